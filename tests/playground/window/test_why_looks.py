"""How the why card stands and is set: over as little as can be, and equal below equal."""

import pytest
from PySide6.QtCore import QPoint, QRect

from engine.explain.questions import Question
from tests.playground.window.driving import turn
from tests.playground.window.why_card import find

PAGE = 14  # of shadow around what is seen of the card


@pytest.fixture
def ask(window, session):
    """Ask about a node of the lecture's neuron, in a window with room around the graph."""
    window.resize(1600, 1000)
    session.open_example("tanh-neuron")
    turn()
    window.canvas.fit()
    turn()

    def about(label: str, figure: str = "gradient"):
        session.why.close()
        session.why.ask(Question(figure, find(session, label)))
        turn()
        return window.why_card

    return about


def overlap(window, session, card: QRect) -> int:
    """Count the pixels of cards and notes below a rectangle, one by one item."""
    items = [*(node.id for node in session.document.nodes()), *session.document.notes]
    shared = [card.intersected(window.canvas.item_rect(item)) for item in items]
    return sum(part.width() * part.height() for part in shared if part.isValid())


@pytest.mark.parametrize("label", ["x1", "w1", "x2", "w2", "b", "n", "o"])
def test_no_corner_would_hide_less(ask, window, session, label):
    card = ask(label)
    seen = card.geometry().adjusted(PAGE, PAGE, -PAGE, -PAGE)
    about = window.canvas.item_rect(find(session, label))
    room = window.canvas.viewport().geometry().adjusted(16, 16, -16, -16)
    low, high = room.bottom() - seen.height() + 1, room.top()
    corners = [(room.left(), low), (room.left(), high), (room.right() - seen.width() + 1, high)]
    others = [QRect(QPoint(*corner), seen.size()) for corner in corners]
    allowed = [rect for rect in others if not rect.intersects(about)]
    least = min(overlap(window, session, rect) for rect in allowed)
    assert overlap(window, session, seen) <= least + 40  # pixels that rounding may move


def test_what_is_covered_is_what_lies_below(ask, window, session):
    ask("w1")
    w1 = window.canvas.item_rect(find(session, "w1"))
    scale = window.canvas.zoom**2
    area = window.canvas.covered(w1) * scale
    assert area == pytest.approx(w1.width() * w1.height(), rel=0.05)
    assert window.canvas.covered(QRect(0, 0, 20, 20)) == 0.0


@pytest.mark.parametrize(
    ("label", "figure"), [("w1", "gradient"), ("n", "gradient"), ("o", "value")]
)
def test_numbers_stand_below_names_with_equal_below_equal(ask, label, figure):
    names, numbers = ask(label, figure).formulas._rows
    signs = [row.move.map(row.set.equals, 0.0)[0] for row in (names, numbers)]
    assert signs[0] == pytest.approx(signs[1], abs=0.01)
    assert numbers.move.dy() > names.move.dy()


def test_ways_have_their_numbers_in_one_column(ask, window, session):
    session.open_example("shared-values")
    turn()
    session.why.ask(Question("gradient", find(session, "a")))
    turn()
    rows = window.why_card.formulas._rows
    ways = [row for row in rows if row.written.plain.startswith("=")][:2]
    first, second = (row.move.map(row.set.equals, 0.0)[0] for row in ways)
    assert first == pytest.approx(second, abs=0.01)
