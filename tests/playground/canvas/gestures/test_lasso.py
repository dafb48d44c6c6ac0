"""The lasso selects what it surrounds."""

import math
import random

import numpy as np
import pytest
from PySide6.QtCore import QPoint

from engine.errors import accept
from engine.graph import notes
from engine.graph.verbs import group
from playground.canvas.gestures.lasso import inside


def around(canvas, *items, out: int = 30) -> list[QPoint]:
    """Return points of a ring around items."""
    rect = canvas.item_rect(items[0])
    for item in items[1:]:
        rect = rect.united(canvas.item_rect(item))
    wide, high = rect.width() / 2 + out, rect.height() / 2 + out
    middle = rect.center()
    return [
        middle + QPoint(round(wide * 1.3 * math.cos(t)), round(high * 1.3 * math.sin(t)))
        for t in np.linspace(0.3, 6.2, 24)
    ]


def draw(hands, points, *held: str) -> None:
    hands.press(points[0], "Control", *held)
    for point in points[1:]:
        hands.move(point, "Control", *held)


def test_what_the_line_surrounds_is_selected_at_once(session, product, canvas, hands):
    ring = around(canvas, product.a)
    draw(hands, ring)
    assert session.selection == {product.a}
    assert canvas._scene.picture.floating.lasso is not None
    hands.release(ring[-1], "Control")
    assert canvas._scene.picture.floating.lasso is None
    assert session.selection == {product.a}


def test_what_is_only_touched_is_not_selected(session, product, canvas, hands):
    rect = canvas.item_rect(product.a)
    points = [rect.topLeft() - QPoint(20, 20), rect.bottomLeft() + QPoint(-20, 20)]
    points += [rect.bottomLeft() + QPoint(20, 20), rect.topLeft() + QPoint(20, -20)]
    draw(hands, points)
    hands.release(points[-1], "Control")
    assert session.selection == frozenset()


def test_shift_adds_to_the_selection(session, product, canvas, hands):
    session.set_selection({product.c})
    ring = around(canvas, product.b)
    draw(hands, ring, "Shift")
    hands.release(ring[-1], "Control", "Shift")
    assert session.selection == {product.b, product.c}


def test_escape_restores_the_selection(session, product, canvas, hands):
    session.set_selection({product.c})
    ring = around(canvas, product.a)
    draw(hands, ring)
    hands.key("Escape")
    hands.release(ring[-1], "Control")
    assert session.selection == {product.c}
    assert canvas._scene.picture.floating.lasso is None


def test_a_click_with_control_on_nothing_changes_nothing(session, product, canvas, hands):
    session.set_selection({product.a})
    hands.click(QPoint(880, 20), "Control")
    assert session.selection == {product.a}


def test_an_open_group_is_selected_if_all_of_it_is_surrounded(session, product, canvas, hands):
    made = session.document.next_id
    session.do(accept(group(session.document, [product.a, product.b], "inputs")))
    hands.settle()
    canvas.set_zoom(0.6)
    hands.settle()
    half = around(canvas, product.a, out=5)
    draw(hands, half)
    hands.release(half[-1], "Control")
    assert session.selection == {product.a}
    ring = around(canvas, made, out=90)
    draw(hands, ring)
    hands.release(ring[-1], "Control")
    assert session.selection >= {made, product.a, product.b}


@pytest.mark.parametrize("seed", range(5))
def test_inside_is_what_going_round_point_by_point_says(seed):
    chance = random.Random(seed)
    polygon = np.array([(chance.uniform(-1, 1), chance.uniform(-1, 1)) for _ in range(9)])
    points = np.array([(chance.uniform(-1, 1), chance.uniform(-1, 1)) for _ in range(60)])

    def slow(x: float, y: float) -> bool:
        odd = False
        for (x1, y1), (x2, y2) in zip(polygon, np.roll(polygon, -1, axis=0), strict=True):
            if (y1 <= y) != (y2 <= y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
                odd = not odd
        return odd

    assert inside(points, polygon).tolist() == [slow(x, y) for x, y in points]


def test_a_note_is_surrounded_by_its_middle_and_a_frame_as_a_whole(
    session, product, canvas, hands
):
    session.do(notes.add_note(session.document, (0.0, 150.0), "n"))
    session.do(accept(notes.frame(session.document, [product.a, product.b])))
    hands.settle()
    note, frame = sorted(session.document.notes)
    for items in ([product.a, product.b], [note]):
        ring = around(canvas, *items, out=6 if note in items else -20)
        draw(hands, ring)
        hands.release(ring[-1], "Control")
        assert frame not in session.selection
    assert session.selection == {note}
    ring = around(canvas, frame, out=40)
    draw(hands, ring)
    hands.release(ring[-1], "Control")
    assert session.selection >= {frame, product.a, product.b}
