"""Groups unfold out of their cards and fold into them; all that is seen moves without a jump."""

import numpy as np
import pytest
from PySide6.QtCore import QAbstractAnimation, QPoint, QRectF

from engine.errors import accept
from engine.graph.depths import SCALARS, folded_at
from engine.graph.models import Model, insert_model
from engine.graph.records import DataSettings
from tests.playground.canvas.conftest import Hands


@pytest.fixture
def network(session, canvas, hands) -> dict[str, int]:
    data = DataSettings("moons", samples=10)
    session.do(accept(insert_model(session.document, Model((3, 2, 1), data=data))))
    hands.settle()
    canvas.fit()
    hands.settle()
    canvas.set_motion(True)
    return {group.label: group.id for group in session.document.groups.values()}


def neuron_of(session) -> int:
    return next(g.id for g in session.document.groups.values() if g.template == "neuron")


def on_screen(canvas) -> dict[int, tuple[float, ...]]:
    """Return where everything is painted just now, in pixels."""
    picture, camera = canvas._scene.picture, canvas._camera
    rects = (camera.rect_on_screen(QRectF(*rect)) for rect in picture.rects().tolist())
    places = ((r.x(), r.y(), r.width(), r.height()) for r in rects)
    return dict(zip(picture.frame.ids.tolist(), places, strict=True))


def hold(canvas) -> None:
    """Let glide and flight wait where they begin."""
    for animation in (canvas._glide._animation, canvas._camera._flight):
        if animation.state() is QAbstractAnimation.State.Running:
            animation.pause()


def step(canvas, milliseconds: int) -> None:
    canvas._glide._animation.setCurrentTime(milliseconds)
    if canvas._camera._flight.goal is not None:
        canvas._camera._flight.setCurrentTime(milliseconds)


def arrive(canvas, qtbot) -> None:
    for animation in (canvas._glide._animation, canvas._camera._flight):
        if animation.state() is QAbstractAnimation.State.Paused:
            animation.resume()
    qtbot.waitUntil(lambda: not canvas._glide.runs and canvas._camera.rests)
    Hands.settle()


@pytest.mark.parametrize("what", ["neuron", "layer", "network", "scalars"])
def test_at_first_everything_is_painted_where_it_was(session, network, canvas, qtbot, what):
    acts = {
        "neuron": lambda: session.toggle_fold(neuron_of(session)),
        "layer": lambda: session.toggle_fold(network["layer 1"]),
        "network": lambda: canvas.fold_to(folded_at(session.document, 0)),
        "scalars": lambda: canvas.fold_to(folded_at(session.document, SCALARS)),
    }
    for _there_and_back in range(2):
        before = on_screen(canvas)
        acts[what]()
        hold(canvas)
        now = on_screen(canvas)
        backing = {g for g in session.document.groups if g not in session.view.folded}
        for item in before.keys() & now.keys():
            size = slice(0, 4) if item in backing else slice(0, 2)
            assert now[item][size] == pytest.approx(before[item][size], abs=1.5), item
        arrive(canvas, qtbot)
        canvas.views.back() if what in ("network", "scalars") else None
        arrive(canvas, qtbot)


def test_what_was_hidden_begins_within_its_card(session, network, canvas):
    neuron = neuron_of(session)
    card = on_screen(canvas)[neuron]
    session.toggle_fold(neuron)
    hold(canvas)
    picture, now = canvas._scene.picture, on_screen(canvas)
    for node in session.document.members(neuron):
        x, y = now[node][:2]
        assert card[0] - 1 <= x <= card[0] + card[2] + 1
        assert card[1] - 1 <= y <= card[1] + card[3] + 1
        number = picture.frame.index[node]
        assert picture.gliding.growth[number] < 0.5
        assert picture.gliding.part[number] == 0.0
    step(canvas, 75)
    numbers = [picture.frame.index[node] for node in session.document.members(neuron)]
    assert (picture.gliding.growth[numbers] > 0.5).all()
    assert (picture.gliding.part[numbers] > 0.5).all()


def test_a_card_that_opens_and_a_group_that_closes_leave_their_pictures(session, network, canvas):
    neuron = neuron_of(session)
    for _there_and_back in range(2):
        before = canvas._scene.picture.frame.rects[canvas._scene.picture.frame.index[neuron]]
        session.toggle_fold(neuron)
        hold(canvas)
        [leaving] = canvas._scene.picture.gliding.leaving
        assert leaving.begin[2:].tolist() == before[2:].tolist()
        canvas._glide.stop()


def test_when_it_is_over_nothing_runs_and_nothing_is_painted(session, network, canvas, qtbot):
    session.toggle_fold(neuron_of(session))
    arrive(canvas, qtbot)
    picture = canvas._scene.picture
    assert picture.gliding is None
    assert not picture.shift.any()
    assert not picture.stretch.any()
    paints = canvas._scene.painter.paints
    qtbot.wait(60)
    assert canvas._scene.painter.paints == paints


def test_one_frame_is_built_whatever_glides(session, network, canvas, qtbot):
    built = canvas._scene.built
    session.toggle_fold(neuron_of(session))
    ticks = canvas._glide.ticks
    arrive(canvas, qtbot)
    assert canvas._scene.built == built + 1
    assert canvas._glide.ticks > ticks


def test_hit_items_are_at_their_places_at_once(session, network, canvas):
    session.toggle_fold(neuron_of(session))
    hold(canvas)
    frame = canvas._scene.picture.frame
    for item, hit in canvas._scene.hits.items():
        assert (hit.x(), hit.y()) == tuple(frame.rects[frame.index[item], :2])


def test_wires_end_at_what_glides(session, network, canvas):
    session.toggle_fold(neuron_of(session))
    hold(canvas)
    step(canvas, 30)
    picture = canvas._scene.picture
    wires, growth = picture.wires(), picture.gliding.growth
    begin, _finish = wires.ends(picture.corners())
    off = begin - picture.corners()[wires.start]
    sizes = picture.frame.rects[wires.start, 2:] * growth[wires.start, None]
    assert (off <= sizes + 1e-6).all()


@pytest.mark.parametrize("ends", ["press", "key", "fold", "edit"])
def test_whatever_is_done_meanwhile_finds_things_at_their_places(
    session, network, canvas, hands, ends
):
    neuron = neuron_of(session)
    session.toggle_fold(neuron)
    hold(canvas)
    if ends == "press":
        hands.press(QPoint(3, 3))
        assert not canvas._glide.runs
        hands.release(QPoint(3, 3))
    elif ends == "key":
        hands.key("Home")
    elif ends == "edit":
        session.undo()
        session.redo()
        hands.settle()
    else:
        canvas.set_motion(False)
        session.toggle_fold(neuron)
    assert not canvas._scene.picture.shift.any()
    assert canvas._scene.picture.gliding is None


def test_without_motion_nothing_glides(session, network, canvas):
    canvas.set_motion(False)
    ticks = canvas._glide.ticks
    session.toggle_fold(neuron_of(session))
    canvas.fold_to(folded_at(session.document, 0))
    assert canvas._glide.ticks == ticks
    assert canvas._scene.picture.gliding is None


def test_a_fold_that_follows_another_goes_on_from_where_things_are(session, network, canvas):
    neuron, layer = neuron_of(session), network["layer 2"]
    session.toggle_fold(neuron)
    hold(canvas)
    step(canvas, 20)
    before = on_screen(canvas)
    session.toggle_fold(layer)
    hold(canvas)
    now = on_screen(canvas)
    kept = before.keys() & now.keys() - {layer, *session.document.members(layer)}
    for item in kept - session.document.groups.keys():
        assert now[item][:2] == pytest.approx(before[item][:2], abs=1.5)


def test_folding_and_unfolding_shows_the_very_same_picture_again(session, network, canvas, qtbot):
    def looks() -> tuple[object, ...]:
        return (canvas._camera.look(), canvas._scene.picture.frame.rects.tolist())

    session.toggle_fold(neuron_of(session))  # from now on the view is nobody's fit
    arrive(canvas, qtbot)
    for group in (neuron_of(session), network["layer 1"], network["layer 2"]):
        for _rest in range(2):
            session.toggle_fold(group)
            arrive(canvas, qtbot)
        before = looks()
        for _twice in range(2):
            session.toggle_fold(group)
            arrive(canvas, qtbot)
        after = looks()
        assert after[1] == before[1]
        assert np.hypot(*np.subtract(after[0].centre, before[0].centre)) * canvas.zoom < 3
        assert after[0].zoom == pytest.approx(before[0].zoom)


def test_several_that_fold_at_once_leave_what_is_looked_at_where_it_was(session, network, canvas):
    canvas.set_motion(False)
    canvas.set_zoom(1.0)
    layers = {network["layer 1"], network["layer 2"]}
    session.set_view(folded=session.view.folded | layers)
    before, middle = on_screen(canvas), canvas.viewport().rect().center()
    session.set_view(folded=session.view.folded - layers)
    now = on_screen(canvas)

    def away(item: int) -> float:
        x, y, width, height = before[item]
        across = max(x - middle.x(), middle.x() - x - width, 0)
        return np.hypot(across, max(y - middle.y(), middle.y() - y - height, 0))

    nearest = min(away(item) for item in before.keys() & now.keys())
    looked_at = [one for one in before.keys() & now.keys() if away(one) <= nearest + 0.1]
    moved = [np.hypot(*np.subtract(now[one][:2], before[one][:2])) for one in looked_at]
    assert min(moved) <= 2
