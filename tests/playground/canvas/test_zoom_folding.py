"""While one zooms groups fold and unfold, if that is wanted: without flicker, around the mouse."""

import pytest
from PySide6.QtCore import QPoint

from engine.errors import accept
from engine.graph import visible
from engine.graph.models import Model, insert_model
from engine.graph.records import DataSettings


@pytest.fixture
def network(session, canvas, hands) -> dict[str, int]:
    data = DataSettings("moons", samples=10)
    session.do(accept(insert_model(session.document, Model((3, 2, 1), data=data))))
    hands.settle()
    canvas.fit()
    canvas.fold_by_zoom(on=True)
    hands.settle()
    return {group.label: group.id for group in session.document.groups.values()}


def open_templates(session) -> set[str]:
    groups = session.document.groups.values()
    return {one.template for one in groups if one.id not in session.view.folded}


def look_at(canvas, item: int, zoom: float) -> QPoint:
    """Look at the middle of an item, and return where that is."""
    canvas._camera.set_zoom(zoom)
    canvas._camera.centre_on(canvas._parts.rect(item).center())
    return canvas.item_rect(item).center()


def test_stepping_back_folds_neurons_then_layers_then_networks(session, network, canvas, hands):
    session.set_view(folded=frozenset())
    canvas._depths.forget()
    at = look_at(canvas, network["layer 1"], 1.0)
    seen = []
    for _notch in range(14):
        hands.turn(at, -1)
        state = frozenset(open_templates(session))
        if not seen or seen[-1] != state:
            seen.append(state)
    assert seen[1:] == [frozenset({"mlp", "layer"}), frozenset({"mlp"}), frozenset()]


def test_coming_near_opens_what_is_near_and_nothing_else(session, network, canvas, hands):
    session.set_view(folded=frozenset(session.document.groups))
    canvas._depths.forget()
    [mlp] = [one.id for one in session.document.groups.values() if one.template == "mlp"]
    at = look_at(canvas, mlp, 0.4)
    for _notch in range(3):
        hands.turn(at, 1)
    assert mlp not in session.view.folded
    layer = network["layer 1"]
    at = look_at(canvas, layer, 0.75)
    hands.turn(at, 1)
    assert layer not in session.view.folded
    assert network["layer 2"] in session.view.folded
    neurons = [one.id for one in session.document.groups.values() if one.group == layer]
    at = look_at(canvas, neurons[1], 1.4)
    hands.turn(at, 1)
    assert [one for one in neurons if one not in session.view.folded] == [neurons[1]]


def test_the_point_under_the_mouse_stays_there(session, network, canvas, hands):
    layer = network["layer 1"]
    neuron = next(one.id for one in session.document.groups.values() if one.group == layer)
    at = look_at(canvas, neuron, 1.4)
    hands.turn(at, 1)
    assert neuron not in session.view.folded
    assert canvas.item_rect(neuron).adjusted(-2, -2, 2, 2).contains(at)
    point = canvas._camera.to_scene(at.toPointF())
    hands.turn(at, 1)
    there = canvas._camera.to_scene(at.toPointF())
    assert (there - point).manhattanLength() * canvas.zoom < 4


def test_no_zoom_makes_a_group_flicker(session, network, canvas, hands):
    neuron = next(one.id for one in session.document.groups.values() if one.template == "neuron")
    at = look_at(canvas, neuron, 1.4)
    states = []
    for _time in range(6):
        hands.turn(at, 0.5)
        states.append(session.view.folded)
        hands.turn(at, -0.5)
        states.append(session.view.folded)
    assert len(set(states)) == 1


def test_what_is_folded_or_unfolded_by_hand_stays_so(session, network, canvas, hands):
    neurons = [one.id for one in session.document.groups.values() if one.template == "neuron"]
    session.toggle_fold(neurons[0])
    for _notch in range(12):
        hands.turn(look_at(canvas, network["layer 1"], canvas.zoom), -1)
        if network["layer 1"] in session.view.folded:
            break
    assert neurons[0] not in session.view.folded
    session.set_view(folded=session.view.folded - {network["layer 1"]})
    session.toggle_fold(neurons[0])
    at = look_at(canvas, neurons[0], 1.4)
    for _notch in range(3):
        hands.turn(at, 1)
    assert neurons[0] in session.view.folded
    assert network["layer 1"] not in session.view.folded


def test_it_is_off_at_first_and_jumps_fold_nothing(session, network, canvas, hands):
    folded = session.view.folded
    canvas.fit()
    canvas.set_zoom(3.0)
    canvas.set_zoom(0.1)
    assert session.view.folded == folded
    canvas.fold_by_zoom(on=False)
    for _notch in range(8):
        hands.turn(QPoint(450, 320), -1)
    assert session.view.folded == folded


def test_what_would_be_too_much_is_refused_in_words(session, network, canvas, hands, monkeypatch):
    neuron = next(one.id for one in session.document.groups.values() if one.template == "neuron")
    at = look_at(canvas, neuron, 1.4)
    monkeypatch.setattr(visible, "MOST_VISIBLE", len(canvas._scene.hits))
    said: list[str] = []
    session.refused.connect(said.append)
    hands.turn(at, 1)
    assert neuron in session.view.folded
    assert "at most" in said[-1]


def test_the_keys_for_zooming_do_the_same(session, network, canvas):
    neuron = next(one.id for one in session.document.groups.values() if one.template == "neuron")
    session.set_selection({neuron})
    look_at(canvas, neuron, 1.4)
    canvas.zoom_by(1.25)
    assert neuron not in session.view.folded
