"""The dots on the wires: they move while training runs and is seen, and never otherwise."""

import pytest

from engine.graph.models import Model
from engine.graph.records import DataSettings
from playground.session.clear import model_edit


@pytest.fixture
def moons(session, canvas, hands):
    assert session.do(
        model_edit(session.document, Model((2, 1), data=DataSettings("moons", samples=10)))
    )
    session.flush()
    hands.settle()
    canvas.set_zoom(0.5)
    hands.settle()
    yield session
    session.training.pause()


@pytest.fixture
def flow(canvas):
    return canvas._current_flow


def paints(canvas) -> int:
    return canvas._scene.painter.paints


def test_dots_flow_while_training_runs_and_rest_with_it(moons, canvas, flow, qtbot):
    assert not flow.timer.isActive()
    moons.training.play()
    assert flow.timer.isActive()
    picture = canvas._scene.picture
    first = picture.phase
    qtbot.waitUntil(lambda: picture.phase != first)
    moons.training.pause()
    assert not flow.timer.isActive()
    assert picture.phase is None
    qtbot.wait(100)
    before = paints(canvas)
    qtbot.wait(150)
    assert paints(canvas) == before


def test_a_single_step_sets_nothing_in_motion(moons, flow, qtbot):
    with qtbot.waitSignal(moons.training.stopped):
        moons.training.step()
    assert not flow.timer.isActive()


def test_nobody_sees_them_flow_on_a_hidden_canvas(moons, canvas, flow):
    moons.training.play()
    canvas.hide()
    assert not flow.timer.isActive()
    canvas.show()
    assert flow.timer.isActive()


def test_they_can_be_switched_off_and_on_while_training_runs(moons, canvas, flow):
    moons.training.play()
    canvas.show_flow(on=False)
    assert not flow.timer.isActive()
    assert canvas._scene.picture.phase is None
    canvas.show_flow(on=True)
    assert flow.timer.isActive()


def test_a_system_that_wants_no_motion_gets_none(moons, flow, monkeypatch):
    monkeypatch.setattr("playground.canvas.flow.motion_is_reduced", lambda: True)
    moons.training.play()
    assert not flow.timer.isActive()


@pytest.mark.parametrize(("zoom", "expected"), [(0.1, 0), (0.5, 3)])
def test_far_out_where_none_are_seen_no_paint_is_asked_for(
    moons, canvas, flow, hands, zoom, expected
):
    moons.training.close()  # what its thread tells is painted, too
    canvas.set_zoom(zoom)
    canvas._scene.flow(0.0)
    hands.settle()
    flow._move()  # that paint was not for the dots
    before = paints(canvas)
    for _turn in range(3):
        flow._move()
        hands.settle()
    assert paints(canvas) - before == expected
    assert canvas._scene.picture.phase > 0


def test_a_paint_for_new_numbers_takes_the_dots_along(moons, canvas, flow, hands):
    moons.training.play()
    flow.timer.stop()  # the clock is ours now
    news = []
    moons.training.snapshot_ready.connect(news.append)
    hands.settle()
    flow._move()  # takes note of what was painted until now
    before = paints(canvas)
    flow._move()
    hands.settle()
    mine = paints(canvas) - before
    canvas._scene.painter.update()
    hands.settle()
    between, come = paints(canvas), len(news)
    flow._move()
    assert mine >= 1
    hands.settle()
    # Snapshots may have come, and one be waiting before; the timer asked for none.
    assert paints(canvas) - between <= len(news) - come + 1
    moons.training.snapshot_ready.disconnect(news.append)
    flow.timer.start()
