"""A storm over frames and notes: undoing all of it gives the start, doing it again the end."""

import random

import pytest
from PySide6.QtCore import QPoint

from engine.errors import Refusal
from engine.files import read, write
from engine.graph import notes
from engine.graph.verbs import group


class Storm:
    """Adds, drags, tints, groups and deletes frames and notes at random."""

    def __init__(self, canvas, session, hands, seed: int) -> None:
        self.canvas, self.session, self.hands = canvas, session, hands
        self.chance = random.Random(seed)

    def blow(self, count: int) -> None:
        deeds = (self.drag, self.drag, self.drag, self.waver, self.add, self.frame, self.tint)
        for _deed in range(count):
            self.chance.choice((*deeds, self.group, self.press))()
            self.hands.settle()

    def drag(self) -> None:
        held = self.chance.choice([(), ("Shift",), ("Control",)])
        self.hands.drag(self.spot(), self.spot(), *held, steps=3)

    def waver(self) -> None:
        self.hands.drag_to(self.spot(), self.spot(), steps=2)
        self.hands.key("Escape")
        self.hands.release(self.spot())

    def add(self) -> None:
        self.session.insert(notes.add_note(self.session.document, self.canvas.free_spot(), "# a"))

    def frame(self) -> None:
        self.session.insert(notes.frame(self.session.document, self.some(), "frame"))

    def tint(self) -> None:
        colour = self.chance.choice(notes.COLOURS)
        self.session.do(notes.set_colour(self.session.document, self.some(), colour))

    def group(self) -> None:
        self.session.do(group(self.session.document, self.some(), "g"))

    def press(self) -> None:
        self.hands.key(self.chance.choice(["Delete", "Up", "Right"]), "Alt")

    def spot(self) -> QPoint:
        document, chance = self.session.document, self.chance
        ids = sorted((*document.notes, *document.graph))
        if ids and chance.random() < 0.8:
            rect = self.canvas.item_rect(chance.choice(ids))
            where = (rect.topLeft() + QPoint(30, 12), rect.bottomRight(), rect.center())
            found = chance.choice(where)
            if self.canvas.viewport().rect().contains(found):
                return found
        return QPoint(chance.randrange(900), chance.randrange(640))

    def some(self) -> list[int]:
        document = self.session.document
        ids = sorted((*document.notes, *document.graph, *document.groups))
        return self.chance.sample(ids, min(2, len(ids)))


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_undoing_a_storm_over_notes_gives_the_start(session, product, canvas, hands, seed):
    start = session.document.copy()
    Storm(canvas, session, hands, seed).blow(30)
    end = session.document.copy()
    assert session.stack.count() > 5
    again = read(write(session.document))
    assert not isinstance(again, Refusal)
    assert again.same_content(end)
    while session.stack.canUndo():
        session.undo()
    hands.settle()
    assert session.document.same_content(start)
    assert set(canvas._scene.hits) == {product.a, product.b, product.c}
    while session.stack.canRedo():
        session.redo()
    hands.settle()
    assert session.document.same_content(end)
