"""Scrubbing: a number dragged sideways, live, as one undo step."""

import pytest
from PySide6.QtCore import QPoint

from engine.errors import accept
from engine.graph.models import Model, insert_model
from engine.graph.records import DataSettings


def number(session, node) -> float:
    return session.document.node(node).value


def test_dragging_a_number_sideways_changes_it_by_a_hundredth_a_pixel(
    session, product, canvas, hands
):
    at = canvas.value_rect(product.a).center()
    hands.drag(at, at + QPoint(50, 0))
    assert number(session, product.a) == 2.5
    hands.drag(at, at - QPoint(30, 0))
    assert number(session, product.a) == 2.2


def test_one_scrub_is_one_undo_step_and_the_next_is_another(session, product, canvas, hands):
    at = canvas.value_rect(product.a).center()
    for _drag in range(2):
        hands.drag(at, at + QPoint(40, 0), steps=20)
    assert session.stack.count() == 2
    session.undo()
    assert number(session, product.a) == 2.4
    session.undo()
    assert number(session, product.a) == 2.0


def test_numbers_follow_while_the_mouse_is_still_down(session, product, canvas, hands):
    at = canvas.value_rect(product.a).center()
    hands.drag_to(at, at + QPoint(100, 0))
    hands.settle()
    picture = canvas._scene.picture
    assert picture.readings.value[picture.frame.index[product.c]] == -9.0
    hands.release(at + QPoint(100, 0))


def test_shift_is_ten_times_finer(session, product, canvas, hands):
    at = canvas.value_rect(product.a).center()
    hands.drag(at, at + QPoint(50, 0), "Shift")
    assert number(session, product.a) == 2.05


def test_escape_restores_the_number_and_leaves_no_step(session, product, canvas, hands):
    at = canvas.value_rect(product.a).center()
    hands.drag_to(at, at + QPoint(50, 0))
    assert number(session, product.a) == 2.5
    hands.key("Escape")
    hands.release(at + QPoint(50, 0))
    assert number(session, product.a) == 2.0
    assert not session.stack.canUndo()


def test_a_drag_downward_moves_the_card_instead(session, product, canvas, hands):
    at = canvas.value_rect(product.a).center()
    hands.drag(at, at + QPoint(20, 60))
    assert number(session, product.a) == 2.0
    assert session.document.node(product.a).position == (-280.0, -90.0)


def test_no_frame_is_built_and_no_item_made_for_new_numbers(session, product, canvas, hands):
    scene = canvas._scene
    at = canvas.value_rect(product.a).center()
    hands.drag_to(at, at + QPoint(20, 0))
    hands.settle()
    built, made, items = scene.built, scene.made, len(scene.items())
    for step in range(20):
        hands.move(at + QPoint(20 + step, 0))
        hands.settle()
    assert (scene.built, scene.made, len(scene.items())) == (built, made, items)
    hands.release(at + QPoint(40, 0))


@pytest.fixture
def sampled(session, canvas, hands):
    """Open a small network with data; its features show the current sample."""
    data = DataSettings("moons", samples=10)
    session.do(accept(insert_model(session.document, Model((2, 1), data=data))))
    hands.settle()
    canvas.fit()
    hands.settle()
    return {node.label: node.id for node in session.document.nodes() if node.role != "constant"}


def test_scrubbing_a_feature_of_data_tries_it_out_without_an_edit(session, canvas, hands, sampled):
    steps, before = session.stack.count(), session.features
    at = canvas.value_rect(sampled["x1"]).center()
    hands.drag(at, at + QPoint(30, 0))
    assert session.stack.count() == steps
    assert session.probe is not None
    assert session.probe[0] != before[0]
    assert session.probe[1] == before[1]
    hands.key("Escape")
    assert session.probe is None


def test_escape_while_scrubbing_a_feature_goes_back_to_the_sample(session, canvas, hands, sampled):
    at = canvas.value_rect(sampled["x1"]).center()
    hands.drag_to(at, at + QPoint(30, 0))
    assert session.probe is not None
    hands.key("Escape")
    hands.release(at + QPoint(30, 0))
    assert session.probe is None


def test_the_target_of_a_sample_is_refused_in_words(session, canvas, hands, sampled):
    refusals = []
    session.refused.connect(refusals.append)
    at = canvas.value_rect(sampled["y"]).center()
    before = number(session, sampled["y"])
    hands.drag(at, at + QPoint(30, 0))
    assert number(session, sampled["y"]) == before
    [refusal] = refusals
    assert refusal == (
        "y belongs to the current sample: its number comes from the data."
        " Choose another sample in the boundary."
    )
