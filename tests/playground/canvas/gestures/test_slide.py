"""Sliding: a knob along a value's range, live, snapping to round stops, as one undo step."""

import pytest
from PySide6.QtCore import QPoint

from engine.errors import accept
from engine.graph.models import Model, insert_model
from engine.graph.records import DataSettings
from engine.graph.spans import set_span


def number(session, node) -> float:
    return session.document.node(node).value


def give(session, hands, node, span) -> None:
    session.do(set_span(session.document, [node], span))
    session.stack.clear()
    hands.settle()


@pytest.fixture
def slider(session, product, canvas, hands):
    """Give a, which is 2, a slider from -5 to 5."""
    give(session, hands, product.a, (-5.0, 5.0))
    return product.a


def test_the_knob_is_dragged_along_the_range_in_round_steps(session, slider, canvas, hands):
    hands.drag(canvas.slider_point(slider, 0.7), canvas.slider_point(slider, 0.503))
    assert number(session, slider) == 0.0
    hands.drag(canvas.slider_point(slider, 0.5), canvas.slider_point(slider, 0.9))
    assert number(session, slider) == pytest.approx(4.0, abs=0.1)
    assert number(session, slider) == round(number(session, slider), 1)


def test_a_click_on_the_track_calls_the_knob(session, slider, canvas, hands):
    hands.click(canvas.slider_point(slider, 0.25))
    assert number(session, slider) == pytest.approx(-2.5, abs=0.1)
    assert session.stack.count() == 1


def test_a_press_on_the_knob_does_not_move_it(session, slider, canvas, hands):
    hands.click(canvas.slider_point(slider, 0.7) + QPoint(3, 2))
    assert number(session, slider) == 2.0
    assert session.stack.count() == 0


def test_a_number_between_two_stops_stays_while_the_mouse_goes_up_and_down(
    session, slider, canvas, hands
):
    session.set_number(slider, 0.7071)
    hands.settle()
    at = canvas._camera.to_screen(canvas._parts.knob_point(slider)).toPoint()
    hands.drag(at, at + QPoint(0, 30))
    assert number(session, slider) == 0.7071


def test_shift_has_finer_stops(session, slider, canvas, hands):
    at = canvas.slider_point(slider, 0.7)
    found = set()
    for pixels in range(1, 9):
        hands.drag_to(at, at + QPoint(pixels, 0), "Shift")
        found.add(number(session, slider))
        hands.key("Escape")
        hands.release(at)
    assert any(one != round(one, 1) for one in found)
    assert all(one == round(one, 2) for one in found)


def test_beyond_the_ends_it_rests_at_them(session, slider, canvas, hands):
    at = canvas.slider_point(slider, 0.7)
    hands.drag(at, at + QPoint(400, 0))
    assert number(session, slider) == 5.0
    hands.drag(canvas.slider_point(slider, 1.0), at - QPoint(400, 0))
    assert number(session, slider) == -5.0


def test_a_number_may_be_typed_beyond_the_range(session, slider, canvas, hands):
    session.set_number(slider, 50.0)
    hands.settle()
    assert canvas._parts.knob_point(slider) == canvas._parts.groove(slider).p2()
    hands.click(canvas.slider_point(slider, 1.0))
    assert number(session, slider) == 50.0


def test_a_whole_slide_is_one_undo_step(session, slider, canvas, hands):
    start = session.document.copy()
    for part in (0.2, 0.8):
        knob = canvas._camera.to_screen(canvas._parts.knob_point(slider)).toPoint()
        hands.drag(knob, canvas.slider_point(slider, part), steps=20)
    assert session.stack.count() == 2
    session.undo()
    session.undo()
    assert session.document.same_content(start)


def test_escape_puts_number_and_selection_back(session, product, slider, canvas, hands):
    session.set_selection({product.c})
    start = session.document.copy()
    hands.drag_to(canvas.slider_point(slider, 0.2), canvas.slider_point(slider, 0.9))
    assert number(session, slider) != 2.0
    hands.key("Escape")
    hands.release(canvas.slider_point(slider, 0.9))
    assert session.document.same_content(start)
    assert session.selection == {product.c}
    assert not session.stack.canUndo()


def test_numbers_follow_and_nothing_is_built(session, product, slider, canvas, hands):
    scene = canvas._scene
    hands.drag_to(canvas.slider_point(slider, 0.7), canvas.slider_point(slider, 0.6))
    hands.settle()
    built, made = scene.built, scene.made
    hands.move(canvas.slider_point(slider, 1.0))
    hands.settle()
    assert (scene.built, scene.made) == (built, made)
    picture = scene.picture
    assert picture.readings.value[picture.frame.index[product.c]] == -15.0
    hands.release(canvas.slider_point(slider, 1.0))


def test_the_card_itself_is_still_carried(session, slider, canvas, hands):
    at = canvas.item_rect(slider).topLeft() + QPoint(50, 12)
    hands.drag(at, at + QPoint(0, 40))
    assert number(session, slider) == 2.0
    assert session.document.node(slider).position == (-300.0, -110.0)


def test_two_quick_clicks_open_no_editor(slider, canvas, hands):
    hands.double_click(canvas.slider_point(slider, 0.7))
    assert not canvas._editor.is_open


def test_from_afar_there_is_no_slider_to_take_hold_of(session, slider, canvas, hands):
    canvas.set_zoom(0.3)
    hands.settle()
    hands.click(canvas.slider_point(slider, 0.1))
    assert number(session, slider) == 2.0


def test_a_feature_of_data_becomes_a_probe_and_a_target_is_refused(session, canvas, hands):
    data = DataSettings("moons", samples=10)
    session.do(accept(insert_model(session.document, Model((2, 1), data=data))))
    hands.settle()
    named = {node.label: node.id for node in session.document.nodes() if node.role != "constant"}
    session.do(set_span(session.document, [named["x1"], named["y"]], (-3.0, 3.0)))
    hands.settle()
    canvas.fit()
    hands.settle()
    steps, refusals = session.stack.count(), []
    session.refused.connect(refusals.append)
    hands.click(canvas.slider_point(named["x1"], 1.0))
    assert session.probe is not None
    assert session.probe[0] == pytest.approx(3.0, abs=0.2)
    hands.drag_to(canvas.slider_point(named["y"], 0.1), canvas.slider_point(named["y"], 0.2))
    hands.key("Escape")
    hands.release(canvas.slider_point(named["y"], 0.2))
    assert session.stack.count() == steps
    assert len(refusals) == 1
