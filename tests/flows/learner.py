"""A learner at the main window: real keys and mouse, and eyes that read what is written there.

What a learner does goes through Qt's events; what a learner sees is read off widgets, off the
glyphs that cards are painted with, or off tooltips. The session is asked for nothing but which
node is called what.
"""

from collections.abc import Callable
from contextlib import suppress

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QHelpEvent, QTextDocumentFragment
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from engine.errors import accept
from playground.canvas.frame.digits import FIGURES, GLYPHS, PARTIAL, codes
from playground.main_window import MainWindow
from playground.session import Session
from playground.widgets.picture_entry import PictureEntry
from tests.playground.canvas.conftest import Hands

Key = Qt.Key
LOOKS = 500  # some milliseconds apart, until what should happen counts as not happening


class Learner:
    """Somebody who works through the lecture in a window."""

    def __init__(self, window: MainWindow, session: Session) -> None:
        self.window, self.session, self.canvas = window, session, window.canvas
        self.hands = Hands(self.canvas)

    # Doing --------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Go to an empty canvas (Ctrl+N) and put the keyboard on it."""
        self.canvas.setFocus()
        self.press("N", "Control")
        self.canvas.setFocus()

    def open_example(self, title: str) -> None:
        """Choose an example on the welcome page."""
        self.window.show_welcome()
        self.settle()
        entries = self.window.welcome.findChildren(PictureEntry)
        [entry] = [one for one in entries if one.text() == title]
        QTest.keyClick(entry, Key.Key_Return)  # it may lie below what is scrolled to
        self.settle()
        self.canvas.setFocus()
        self.press("F")

    def press(self, key: str, *held: str) -> None:
        """Press a key on whatever has the keyboard."""
        QTest.keyClick(self._focus(), Key[f"Key_{key}"], Hands._held(*held))
        self.settle()

    def type(self, text: str) -> None:
        """Type letter by letter; on the canvas the first one opens the search."""
        for letter in text:
            QTest.keyClicks(self._focus(), letter)
            self.settle()

    def enter(self, text: str, *held: str) -> None:
        """Type a text and press Return."""
        self.type(text)
        self.press("Return", *held)

    def paste(self, program: str) -> None:
        """Paste lines of a program (Ctrl+V)."""
        QGuiApplication.clipboard().setText(program)
        self.press("V", "Control")

    def click(self, widget: QWidget) -> None:
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=widget.rect().center())
        self.settle()

    def select(self, *labels: str) -> None:
        """Click cards, all but the first with Shift."""
        for number, label in enumerate(labels):
            held = ("Shift",) if number else ()
            self.hands.click(self._beside_numbers(label), *held)

    def set(self, label: str, number: str) -> None:
        """Double-click the number of a card, type another one, press Return."""
        self.hands.double_click(self.canvas.value_rect(self.node(label)).center())
        assert self.canvas._editor.isVisible(), f"{label} cannot be typed"
        self.enter(number)

    def wire(self, source: str, target: str, port: int) -> None:
        """Drag a wire from the output of one card to an input of another."""
        start, end = self.node(source), self.node(target)
        free = port if port in self.session.document.node(end).ports else -1
        self.hands.drag(self.canvas.port_point(start), self.canvas.port_point(end, free))
        assert self.session.document.source(end, port) == start

    def connect(self, source: str, target: str) -> None:
        """Select a card, press Ctrl+L, type where it is to lead, press Return."""
        self.select(source)
        self.press("L", "Control")
        self.enter(target)

    def trigger(self, action: str) -> None:
        """Choose an entry of the menus that has no key; refuse if it is disabled."""
        self.window.refresh()
        entry = self.window.commands[action]
        assert entry.isEnabled(), action
        entry.trigger()
        self.settle()

    def why(self, label: str, about: str = "gradient") -> str:
        """Click a number of a card, and return the formulas of the card that answers."""
        self.hands.click(self.canvas.figure_rect(self.node(label), about).center())
        assert self.window.why_card.isVisible()
        return self.window.why_card.formulas.accessibleName()

    def hold(self, label: str) -> None:
        """Press on the number of a card and rest there until it is nudged."""
        self.hands.press(self.canvas.value_rect(self.node(label)).center())
        self.until(lambda: self.canvas._scene.picture.ghost is not None)

    def let_go(self, label: str) -> None:
        self.hands.release(self.canvas.value_rect(self.node(label)).center())

    def until(self, condition: Callable[[], bool]) -> None:
        """Wait until something has happened."""
        for _look in range(LOOKS):
            if condition():
                return
            QTest.qWait(20)
        raise AssertionError("it did not happen")

    # Reading ------------------------------------------------------------------------------------

    def node(self, label: str) -> int:
        """Return which node is called so."""
        return accept(self.session.document.find(label))

    def card(self, label: str) -> tuple[str, str]:
        """Return the number and the gradient that a card is painted with."""
        return self._painted(self.canvas._scene.picture.frame.index[self.node(label)])

    def _painted(self, row: int) -> tuple[str, str]:
        self.settle()
        told = self.canvas._scene.picture.readings
        value = codes(told.value[[row]], told.value_state[[row]], figures=FIGURES)
        slope = codes(told.slope[[row]], told.slope_state[[row]], PARTIAL, FIGURES)
        written = ["".join(GLYPHS[code] for code in line[0]) for line in (value, slope)]
        return written[0], written[1]

    def ghost(self, label: str) -> float:
        """Return the number that stands beside that of a card while something is nudged."""
        picture = self.canvas._scene.picture
        assert picture.ghost is not None
        shown = picture.frame.shows[picture.ghost.items].tolist()
        return float(picture.ghost.values[shown.index(self.node(label))])

    def cards(self) -> dict[str, str]:
        """Return the gradients that cards are painted with, by name, of those that have one."""
        document = self.session.document
        found = {node.label: self.card(node.label)[1] for node in document.nodes() if node.label}
        return {label: gradient for label, gradient in found.items() if gradient}

    def exact(self, label: str) -> tuple[float, float]:
        """Select a card and read value and gradient off the inspector, to the last digit."""
        self.select(label)
        page = self.window.inspector.node_page
        value = page.computed if page.computed.isVisible() else page.value
        return number_in(value.toolTip()), number_in(page.gradient.toolTip())

    def status(self) -> str:
        """Return what the status bar says."""
        return self.window.status.hint_text()

    def tooltip(self, label: str) -> str:
        """Rest the mouse on the middle of a card and return what is said there."""
        return self._said(self.canvas.item_rect(self.node(label)).center())

    def wire_tooltip(self, target: str, port: int) -> str:
        """Rest the mouse on the wire into an input and return what is said there."""
        picture = self.canvas._scene.picture
        row = self.canvas._scene.wire_row((self.node(target), port))
        pieces = picture.pieces()
        start, pull, push, end = pieces.points[pieces.wire == row][0]
        x, y = ((start + 3 * pull + 3 * push + end) / 8).tolist()
        return self._said(self.canvas._camera.to_screen(QPointF(x, y)).toPoint())

    def unnamed_leaves(self) -> dict[str, str]:
        """Return number and gradient of every card without a name."""
        document, picture = self.session.document, self.canvas._scene.picture
        leaves = [node.id for node in document.nodes() if node.is_leaf and not node.label]
        return dict(self._painted(picture.frame.index[leaf]) for leaf in leaves)

    def _beside_numbers(self, label: str) -> QPoint:
        """Return a point of a card where no number stands, a click on which would ask why."""
        card = self.canvas.item_rect(self.node(label))
        return QPoint(card.center().x(), card.top() + 6)

    def _said(self, at: QPoint) -> str:
        port = self.canvas.viewport()
        QApplication.sendEvent(port, QHelpEvent(QEvent.Type.ToolTip, at, port.mapToGlobal(at)))
        said = QTextDocumentFragment.fromHtml(QToolTip.text()).toPlainText()
        QToolTip.hideText()
        return said

    def drawn(self) -> tuple[int, int]:
        """Return boxes and edges as the lecture draws the graph: an op is a box beside its value.

        An op that is drawn feeds its value by an edge of its own.
        """
        document = self.session.document
        ops = [node for node in document.nodes() if not node.is_leaf]
        return len(document.nodes()) + len(ops), len(document.edges()) + len(ops)

    # ---------------------------------------------------------------------------------------------

    def settle(self) -> None:
        """Let everything of this turn happen."""
        Hands.settle()

    def _focus(self) -> QWidget:
        return QApplication.focusWidget() or self.canvas


def number_in(words: str) -> float:
    """Return the first number that stands in a text as Python writes it."""
    for word in words.split():
        with suppress(ValueError):
            return float(word)
    raise AssertionError(f"no number in {words!r}")
