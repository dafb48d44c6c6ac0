"""How much work the canvas does: nothing when idle, one paint for a turn, no item for a number."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint

from engine.errors import accept
from engine.graph.properties import set_label, set_value
from engine.graph.verbs import move


@pytest.fixture
def scene(product, canvas, hands):
    hands.settle()
    return canvas._scene


def paints(scene, hands) -> int:
    hands.settle()
    return scene.painter.paints


def test_an_idle_window_paints_nothing(scene, hands, qtbot):
    before = paints(scene, hands)
    qtbot.wait(60)
    assert paints(scene, hands) == before


def test_a_live_frame_is_one_paint_without_a_frame_or_an_item(scene, session, product, hands):
    for number in range(3):
        before, built, items = paints(scene, hands), scene.built, len(scene.items())
        session.live.set_overlay(np.array([product.a]), np.array([float(number)]))
        assert paints(scene, hands) == before + 1
        assert (scene.built, len(scene.items())) == (built, items)
    readings = scene.picture.readings
    assert readings.value[scene.picture.frame.index[product.c]] == -6.0


def test_many_edits_in_a_turn_are_one_paint(scene, session, product, hands):
    before, built = paints(scene, hands), scene.built
    for number in range(20):
        session.do(accept(set_value(session.document, product.a, number)))
        session.do(accept(set_label(session.document, product.b, f"b{number}")))
    assert paints(scene, hands) == before + 1
    assert scene.built == built + 1


def test_moving_the_mouse_over_nothing_paints_nothing(scene, hands):
    hands.hover(QPoint(880, 20))
    before = paints(scene, hands)
    for step in range(5):
        hands.hover(QPoint(880, 20 + step))
    assert paints(scene, hands) == before


def test_an_invisible_item_that_moves_repaints_the_canvas(scene, product, hands):
    before = paints(scene, hands)
    scene.hits[product.a].moveBy(10, 0)
    assert paints(scene, hands) == before + 1
    scene.hits[product.a].setSelected(True)
    assert paints(scene, hands) == before + 2


def test_a_frame_is_built_for_places_and_names_and_not_for_numbers(scene, session, product, hands):
    built = scene.built
    session.do(accept(set_value(session.document, product.a, 9.0)))
    hands.settle()
    assert scene.built == built
    session.do(move(session.document, {product.a: (0.0, 0.0)}))
    hands.settle()
    assert scene.built == built + 1
    session.do(accept(set_label(session.document, product.a, "renamed")))
    hands.settle()
    assert scene.built == built + 2


def test_a_new_theme_is_one_paint(scene, canvas, hands):
    before = paints(scene, hands)
    canvas.themes.choose("light")
    assert paints(scene, hands) == before + 1
    assert scene.picture.theme.name == "light"


def test_nothing_is_painted_for_a_view_that_only_scrolled_in_the_file(scene, session, hands):
    before = paints(scene, hands)
    session.set_view(zoom=0.5)
    assert paints(scene, hands) == before
