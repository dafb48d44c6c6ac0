"""The panel of code: the document as a program, a drawing or data, folded like the canvas.

It stands below the canvas, where lines are as wide as graphs are. What is selected on the canvas
is marked in the code; a click on a line selects what it is about. While the panel is hidden it
does nothing at all.
"""

from gettext import gettext as _
from gettext import ngettext

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from engine.errors import Refusal
from engine.exchange.exporters import EXPORTERS
from engine.exchange.exporters.tracing import Code
from engine.graph.document import Document
from engine.graph.records import View
from playground.panels.code.page import CodePage
from playground.panels.code.writer import CodeWriter
from playground.session import Session
from playground.settings import CODE_FORMAT, Settings
from playground.theme import Theme, ThemeManager
from playground.widgets.labels import label
from playground.widgets.segments import Segments

MOST_LINES = 5_000
MARGIN = 14
FIRST_SIZE = QSize(700, 300)
NARROW = {"python": _("Python"), "json": _("JSON")}  # shorter than their titles


class CodePanel(QWidget):
    """Shows a session's document as code.

    Attributes:
        pointed: carries the ids (a frozenset) that were selected here and should be in sight.
        left: the keyboard goes back to the canvas.
        copy_wanted, save_wanted: carry the key of the format that is to be copied or saved.
    """

    pointed = Signal(object)
    left = Signal()
    copy_wanted = Signal(str)
    save_wanted = Signal(str)

    def __init__(
        self,
        session: Session,
        themes: ThemeManager,
        settings: Settings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session, self._settings = session, settings
        self._code = Code("", ())
        self._pointing = False
        self.writer = CodeWriter(session, settings.read(CODE_FORMAT), self)
        self.page = CodePage(themes.current(), self)
        self.page.setAccessibleName(_("Code of the graph"))
        self.page.setAccessibleDescription(_("Return selects what a line is about"))
        self.setFocusProxy(self.page)
        self._words = label(_("Put something on the canvas, and read here what it is in code."))
        self._words.setProperty("tone", "muted")
        self._words.setWordWrap(True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._words.setMargin(MARGIN)
        self._cut = label(tone="dim")
        self._cut.setContentsMargins(MARGIN, 4, MARGIN, 8)
        self._cut.hide()
        self._lay_out()
        self.page.begin(self._suffix())
        self._connect(themes)

    def _lay_out(self) -> None:
        self.formats = QActionGroup(self)
        for exporter in EXPORTERS.values():
            action = QAction(NARROW.get(exporter.key, exporter.title), self.formats)
            action.setData(exporter.key)
            action.setCheckable(True)
            action.setChecked(exporter.key == self.writer.key)
            action.setToolTip(exporter.purpose)
        self.count = label(tone="dim")
        self.copy_button = QPushButton(_("Copy"))
        self.copy_button.setToolTip(_("Copy all of the code"))
        self.save_button = QPushButton(_("Save…"))
        self.save_button.setToolTip(_("Save the code to a file"))
        head = QHBoxLayout()
        head.setContentsMargins(MARGIN - 4, 8, MARGIN - 4, 8)
        head.setSpacing(8)
        head.addWidget(Segments(self.formats.actions(), self))
        head.addStretch(1)
        for part in (self.count, self.copy_button, self.save_button):
            head.addWidget(part)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._words)
        self._stack.addWidget(self.page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._stack, 1)
        column.addWidget(self._cut)

    def _connect(self, themes: ThemeManager) -> None:
        self.formats.triggered.connect(self._choose)
        self.copy_button.clicked.connect(self._copy)
        self.save_button.clicked.connect(self._save)
        self.writer.written.connect(self._show)
        self.page.chosen.connect(self._point)
        self.page.left.connect(self.left)
        self._session.selection_changed.connect(self._follow_selection)
        self._session.document_replaced.connect(self._start_over)
        themes.theme_changed.connect(self._wear)

    @property
    def code(self) -> Code:
        """The code that is shown, all of it."""
        return self._code

    def _suffix(self) -> str:
        return EXPORTERS[self.writer.key].suffix

    def _choose(self, action: QAction) -> None:
        self._settings.write(CODE_FORMAT, action.data())
        self.writer.choose(action.data())
        self.page.begin(self._suffix())

    def _copy(self) -> None:
        self.copy_wanted.emit(self.writer.key)

    def _save(self) -> None:
        self.save_wanted.emit(self.writer.key)

    def _start_over(self) -> None:
        self.page.begin(self._suffix())

    def _show(self, code: Code | Refusal) -> None:
        empty = isinstance(code, Refusal)
        self._stack.setCurrentIndex(0 if empty else 1)
        for button in (self.copy_button, self.save_button):
            button.setEnabled(not empty)
        if isinstance(code, Refusal):
            self._code = Code("", ())
            self.page.begin(self._suffix())
            if len(self._session.document):
                self._words.setText(str(code))
        else:
            self._code = code
            self._show_lines(code.text.removesuffix("\n").split("\n"))
            self._light()

    def _show_lines(self, lines: list[str]) -> None:
        self.page.show_lines(lines[:MOST_LINES])
        words = ngettext("{count} line", "{count} lines", len(lines))
        self.count.setText(words.format(count=f"{len(lines):,}"))
        cut = len(lines) > MOST_LINES
        self._cut.setVisible(cut)
        if cut:
            words = _("The first {most} lines are shown; Copy and Save take them all.")
            self._cut.setText(words.format(most=f"{MOST_LINES:,}"))

    def _wear(self, theme: Theme) -> None:
        self.page.wear(theme)

    def sizeHint(self) -> QSize:
        """Ask at first for a third of a window, below the canvas."""
        return FIRST_SIZE

    # Selection -----------------------------------------------------------------------------------

    def _follow_selection(self) -> None:
        if self.isVisible():
            self._light(show=not self._pointing)

    def _light(self, *, show: bool = False) -> None:
        document, selection = self._session.document, self._session.selection
        rows = self._code.lines_of(within(document, selection)) if selection else []
        if selection and not rows:  # it is hidden in the class or the box of a group around it
            around = (document.ancestry(document.record(item).group) for item in selection)
            rows = self._code.lines_of(group for groups in around for group in groups)
        self.page.light(rows, show=show)

    def _point(self, line: int) -> None:
        """Select what a line is about, or the folded groups it is hidden in."""
        session = self._session
        about = self._code.about[line] if line < len(self._code.about) else ()
        alive = [item for item in about if session.document.holds(item)]
        inside = session.view.current_group
        if inside is not None and not within(session.document, frozenset({inside})) >= {*alive}:
            session.set_view(current_group=None)  # what is meant lies outside
        shown = tuple(dict.fromkeys(seen_as(session.document, session.view, one) for one in alive))
        if not shown:
            return
        self._pointing = True
        session.set_selection(shown)
        self._pointing = False
        self.pointed.emit(frozenset(shown))

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened meanwhile."""
        super().showEvent(event)
        self.writer.wake(up=True)
        self._light(show=True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Do nothing until it is shown again."""
        super().hideEvent(event)
        self.writer.wake(up=False)

    def close_writer(self) -> None:
        """Write nothing more, before the window goes."""
        self.writer.close()


def within(document: Document, items: frozenset[int]) -> frozenset[int]:
    """Return these items, and all nodes and groups in those of them that are groups."""
    groups: set[int] = set()
    for item in items & document.groups.keys():
        groups |= document.subgroups(item)
    if not groups:
        return items
    inside = {node.id for node in document.nodes() if node.group in groups}
    return items | groups | inside


def seen_as(document: Document, view: View, item: int) -> int:
    """Return an item, or the outermost folded group that it is hidden in."""
    around = document.ancestry(document.record(item).group)
    if view.current_group in around:
        around = around[: around.index(view.current_group)]
    return next((group for group in reversed(around) if group in view.folded), item)
