"""Jumps of the view: back and forth, and the glide between."""

import pytest
from PySide6.QtCore import QAbstractAnimation, QPoint, Qt
from PySide6.QtTest import QTest

from engine.errors import accept
from engine.graph import notes
from engine.graph.verbs import group
from tests.playground.canvas.conftest import Hands


def press(canvas, button) -> None:
    QTest.mouseClick(canvas.viewport(), button, pos=QPoint(5, 5))
    Hands.settle()


def test_back_shows_what_was_seen_before_a_jump_and_forward_the_jump_again(
    session, product, canvas, hands
):
    hands.turn(QPoint(300, 200), 2)
    before = canvas.item_rect(product.a)
    session.set_selection({product.c})
    canvas.fit_selection()
    after = canvas.item_rect(product.a)
    assert after != before
    canvas.views.back()
    assert (canvas.item_rect(product.a).topLeft() - before.topLeft()).manhattanLength() <= 2
    canvas.views.forward()
    assert (canvas.item_rect(product.a).topLeft() - after.topLeft()).manhattanLength() <= 2


def test_the_buttons_at_the_side_of_the_mouse_do_the_same(session, product, canvas, hands):
    before = canvas.zoom
    canvas.set_zoom(2.5)
    press(canvas, Qt.MouseButton.BackButton)
    assert canvas.zoom == pytest.approx(before)
    press(canvas, Qt.MouseButton.ForwardButton)
    assert canvas.zoom == pytest.approx(2.5)


def test_notches_of_the_wheel_are_no_jumps(session, product, canvas, hands):
    canvas.set_zoom(2.0)
    for _turn in range(5):
        hands.turn(QPoint(300, 200), -1)
    canvas.zoom_by(1.0)  # nor are steps of the zoom by key
    canvas.fit()
    canvas.views.back()
    assert canvas.zoom == pytest.approx(2.0 * 2**-1.25)
    canvas.views.back()
    assert canvas.zoom == pytest.approx(1.0)


def test_at_the_end_of_the_history_it_is_said_so(session, product, canvas):
    said = []
    session.hinted.connect(said.append)
    session.new()
    canvas.views.back()
    canvas.views.forward()
    assert said == ["There is no earlier view", "There is no later view"]


def test_going_back_folds_again_what_was_folded(session, product, canvas, hands):
    made = session.document.next_id
    session.do(accept(group(session.document, [product.a, product.b], "leaves")))
    hands.settle()
    canvas.fold_to(frozenset({made}))
    canvas.fold_to(frozenset())
    canvas.views.back()
    assert session.view.folded == {made}
    canvas.views.forward()
    assert session.view.folded == frozenset()


def test_what_was_fitted_is_fitted_again_on_going_back(session, product, canvas, hands):
    canvas.fit()
    canvas.set_zoom(3.0)
    canvas.resize(500, 400)
    hands.settle()
    canvas.views.back()
    for item in (product.a, product.b, product.c):
        assert canvas.viewport().rect().contains(canvas.item_rect(item))


def test_nothing_of_it_is_an_edit(session, product, canvas):
    before = session.document.copy()
    canvas.fit()
    canvas.set_zoom(2.0)
    canvas.views.back()
    assert session.document.same_content(before)
    assert not session.is_dirty


def glide(canvas) -> QAbstractAnimation:
    return canvas._camera._flight


def test_a_jump_glides_and_then_nothing_runs(session, product, canvas, qtbot):
    canvas.set_motion(True)
    canvas.set_zoom(3.0)
    assert session.view.zoom == pytest.approx(3.0)  # where it goes is what is remembered
    assert canvas.zoom < 3.0
    qtbot.waitUntil(lambda: canvas.zoom == pytest.approx(3.0))
    qtbot.waitUntil(lambda: glide(canvas).state() is QAbstractAnimation.State.Stopped)
    Hands.settle()
    paints = canvas._scene.painter.paints
    qtbot.wait(120)
    assert canvas._scene.painter.paints == paints


def test_whatever_is_done_on_the_way_finds_the_view_at_its_end(session, product, canvas, hands):
    canvas.set_motion(True)
    session.set_selection({product.c})
    canvas.set_zoom(3.0)
    hands.press(QPoint(3, 3))
    assert canvas.zoom == pytest.approx(3.0)
    hands.release(QPoint(3, 3))
    canvas.set_zoom(1.0)
    hands.turn(QPoint(300, 200), 4)
    assert canvas.zoom == pytest.approx(2.0)
    canvas.set_zoom(1.0)
    canvas.zoom_by(2.0)
    canvas.zoom_by(2.0)
    assert session.view.zoom == pytest.approx(4.0)
    canvas.set_motion(False)


def test_without_motion_a_jump_is_there_at_once(session, product, canvas):
    canvas.set_motion(False)
    canvas.set_zoom(3.0)
    assert canvas.zoom == pytest.approx(3.0)
    assert glide(canvas).state() is QAbstractAnimation.State.Stopped


def test_jumps_in_quick_succession_are_one_to_go_back_over(session, product, canvas):
    canvas.set_motion(True)
    for zoom in (1.5, 2.0, 3.0):
        canvas.set_zoom(zoom)
    canvas.views.back()
    assert session.view.zoom == pytest.approx(1.0)
    canvas.views.forward()
    assert session.view.zoom == pytest.approx(3.0)
    canvas.set_motion(False)


def test_a_place_may_be_named_by_a_note(session, canvas, hands):
    session.do(notes.add_note(session.document, (0.0, 0.0), "# Here"))
    hands.settle()
    canvas.set_zoom(1.0)
    assert canvas.landmark() == "Here"
