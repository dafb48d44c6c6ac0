"""A storm over a whole window: every gesture, key and action on the graph, at random.

Blows over whatever the session holds; each deed is one that a person could do.
"""

import random

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.graph.spans import set_span
from playground.main_window import MainWindow
from tests.playground.canvas.conftest import Hands

HELD = [(), (), ("Shift",), ("Control",), ("Control", "Shift"), ("Alt",)]
TYPED = ["tanh", "+", "a*b + 2", "3", "neuron", "zzz", "-1.5", "w"]
SOUGHT = ["a", "kind = note", "value > 0", "|grad| > ", "#3", "frame"]
WORDS = ["tanh(x*w + b)", "no formula at all (", '{"format": "micrograd-playground-excerpt"}', ""]
KEYS = ["Up", "Down", "Left", "Right", "Delete", "Escape", "Return", "BracketLeft", "BracketRight"]
# What changes settings, the window or the data, and what training does, is no matter of a storm.
CALM = ("view.theme", "view.size", "view.panel.build", "view.panel.train", "edit.redo")
KINDS = ("edit.", "wire.", "view.", "add.frame", "add.note", "add.search", "add.connect")


class Storm:
    """Does things to the canvas of one window; `deeds` tells what, in order."""

    def __init__(self, window: MainWindow, seed: int) -> None:
        self.window, self.canvas, self.session = window, window.canvas, window.canvas._session
        self.hands = Hands(self.canvas)
        self.chance = random.Random(seed)
        self.deeds: list[str] = []

    def blow(self, count: int) -> None:
        """Do so many things, and leave nothing half done."""
        often = (self.drag, self.drag, self.drag, self.act, self.act, self.act, self.select)
        seldom = (self.waver, self.knife, self.click, self.wheel, self.press, self.search)
        rarely = (self.find, self.slider, self.copy_words, self.fold, self.outline)
        for _deed in range(count):
            deed = self.chance.choice((*often, *seldom, *seldom, *rarely))
            self.deeds.append(deed.__name__)
            deed()
            self.calm()

    def calm(self) -> None:
        """Close what has popped up, end what is being written, and let threads finish."""
        self.hands.settle()
        while QApplication.activePopupWidget() is not None:
            QApplication.activePopupWidget().close()
        canvas = self.canvas
        if canvas._writer.is_open or canvas._editor.is_open:
            field = canvas._writer if canvas._writer.is_open else canvas._editor
            QTest.keyClicks(field, self.chance.choice(["5", "words", "-2", "*b*"]))
            QTest.keyClick(field, self.chance.choice([Qt.Key.Key_Return, Qt.Key.Key_Escape]))
            self.hands.settle()
        if canvas._mouse.gesture is not None:
            self.hands.key("Escape")
        while self.window.arranging.tidier.is_busy:
            self.hands.settle()
        canvas.setFocus()
        self.hands.settle()

    def drag(self) -> None:
        held = self.chance.choice(HELD)
        self.hands.drag(self.spot(), self.spot(), *held, steps=3)

    def waver(self) -> None:
        """Begin a drag and give it up."""
        before = self.session.document.copy()
        self.hands.drag_to(self.spot(), self.spot(), *self.chance.choice(HELD), steps=2)
        self.hands.key("Escape")
        assert self.session.document.same_content(before)
        self.hands.release(self.spot())

    def knife(self) -> None:
        self.hands.drag(self.spot(), self.spot(), "Control", button="right", steps=3)

    def click(self) -> None:
        if self.chance.random() < 0.5:
            self.hands.double_click(self.spot())
        else:
            self.hands.click(self.spot(), *self.chance.choice(HELD))

    def wheel(self) -> None:
        held = self.chance.choice([(), ("Alt",), ("Control",)])
        self.hands.turn(self.spot(), self.chance.choice([-2, -1, 1, 2]), *held)

    def press(self) -> None:
        self.hands.key(self.chance.choice(KEYS), *self.chance.choice(HELD))

    def act(self) -> None:
        """Run any action on the graph that is enabled."""
        ready = [
            command
            for command in self.window.commands
            if command.isEnabled()
            and command.record.id.startswith(KINDS)
            and not command.record.id.startswith(CALM)
        ]
        command = self.chance.choice(sorted(ready, key=lambda one: one.record.id))
        self.deeds[-1] = command.record.id
        command.trigger()
        self.hands.settle()
        if self.canvas.search_card.is_open:
            self.type()

    def select(self) -> None:
        """Select a few things, or a wire."""
        document, chance = self.session.document, self.chance
        wires = [(target, port) for _source, target, port in document.edges()]
        if wires and chance.random() < 0.3:
            self.canvas.select_wire(chance.choice(wires))
            return
        ids = sorted((*document.graph, *document.groups, *document.notes))
        self.session.set_selection(chance.sample(ids, min(len(ids), chance.randrange(1, 5))))

    def search(self) -> None:
        self.canvas.search()
        self.type()

    def type(self) -> None:
        """Look for something in the search, and take it or leave it."""
        field = self.canvas.search_card.field
        QTest.keyClicks(field, self.chance.choice(TYPED))
        self.hands.settle()
        QTest.keyClick(field, self.chance.choice([Qt.Key.Key_Return, Qt.Key.Key_Escape]))
        self.hands.settle()
        if self.canvas.search_card.is_open:
            QTest.keyClick(field, Qt.Key.Key_Escape)

    def find(self) -> None:
        bar = self.canvas.find_bar
        bar.open()
        bar.field.setText(self.chance.choice(SOUGHT))
        for _step in range(self.chance.randrange(3)):
            QTest.keyClick(bar.field, Qt.Key.Key_Return)
        self.hands.settle()
        if self.chance.random() < 0.7:
            bar.leave()

    def slider(self) -> None:
        leaves = [node.id for node in self.session.document.nodes() if node.is_leaf]
        if leaves:
            some = self.chance.sample(leaves, 1)
            self.session.do(set_span(self.session.document, some, (-4.0, 4.0)))

    def copy_words(self) -> None:
        """Let another program put a text on the clipboard, and paste it."""
        QGuiApplication.clipboard().setText(self.chance.choice(WORDS))
        self.window.clipboard.paste()

    def fold(self) -> None:
        groups = sorted(self.session.document.groups)
        if groups:
            self.session.toggle_fold(self.chance.choice(groups))

    def outline(self) -> None:
        """Point at something in the outline, which is shown for that."""
        if not self.window.outline.isVisible():
            self.window.navigating.toggle_outline()
            self.hands.settle()
        tree = self.window.outline.tree
        rows = list(tree.rows_in_sight())
        if rows:
            tree.setCurrentIndex(self.chance.choice(rows))
            QTest.keyClick(tree, self.chance.choice([Qt.Key.Key_Delete, Qt.Key.Key_Down]))

    def spot(self) -> QPoint:
        """Return a point of a card, a port, a note or a wire's bend, or anywhere."""
        canvas, document, chance = self.canvas, self.session.document, self.chance
        shown = sorted(canvas.projection.by_id)
        room = canvas.viewport().rect()
        if shown and chance.random() < 0.8:
            item = chance.choice(shown)
            rect = canvas.item_rect(item)
            spots = [rect.center(), rect.topLeft() + QPoint(20, 10), rect.bottomRight()]
            if item in document:
                port = chance.choice([None, *document.node(item).ports])
                spots += [canvas.port_point(item, port), canvas.value_rect(item).center()]
                spots.append(canvas.slider_rect(item).center())
            found = chance.choice(spots)
            if room.contains(found):
                return found
        return QPoint(chance.randrange(room.width()), chance.randrange(room.height()))


def is_sound(document) -> str:
    """Return what is wrong with a document that verbs have made, "" for nothing."""
    for target, port in document.bends:
        if target not in document or document.source(target, port) is None:
            return f"bends of {(target, port)} without a wire"
    for record in (*document.nodes(), *document.groups.values(), *document.notes.values()):
        if record.group is not None and record.group not in document.groups:
            return f"#{record.id} lies in a group that is not there"
    return ""
