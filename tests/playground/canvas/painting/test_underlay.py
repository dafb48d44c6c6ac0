"""The layer below the cards is painted again when it would look different, and only then."""

from dataclasses import replace

import numpy as np
import pytest

from engine.errors import accept
from engine.graph.document import Document
from engine.graph.verbs import add_op, add_value, connect, group
from playground.canvas.painting.wirework import WirePainter


@pytest.fixture
def room(studio, monkeypatch):
    document = Document()
    document.apply(add_value(document, (0, 0), value=0.5, label="a"))
    document.apply(accept(add_op(document, "tanh", (200, 9))))
    document.apply(accept(connect(document, 1, 2)))
    made = studio(document)
    made.drawn, made.wires = 0, []
    paint = WirePainter.paint

    def counted(*arguments):
        made.drawn += 1
        made.wires.append(int((~arguments[5].hidden).sum()))
        paint(*arguments)

    monkeypatch.setattr(WirePainter, "paint", counted)
    return made


def test_what_is_painted_again_and_again_is_kept_from_the_second_time(room):
    shots = [room.shot() for _time in range(5)]
    assert room.drawn == 2
    assert all(np.array_equal(shots[0], shot) for shot in shots[1:])


@pytest.mark.parametrize("change", ["zoom", "selection", "theme", "flow"])
def test_everything_that_changes_its_look_paints_it_again(room, change):
    for _time in range(3):
        room.shot()
    before = room.drawn
    picture = room.picture
    if change == "selection":
        picture.selected_wires[0] = True
    elif change == "flow":
        picture.flow[0] = True
    elif change == "theme":
        from playground.theme import load_theme

        picture.theme = load_theme("light")
    room.shot(zoom=1.1 if change == "zoom" else 1.0)
    assert room.drawn == before + 1


def test_new_numbers_leave_it_alone(room):
    for _time in range(3):
        room.shot()
    before = room.drawn
    readings = room.picture.readings
    room.picture.readings = replace(readings, value=readings.value + 1.0)
    room.shot()
    assert room.drawn == before


@pytest.fixture
def open_group(studio):
    """Paint three wires of which one leaves an open group."""
    document = Document()
    for row in range(2):
        document.apply(add_value(document, (0, 130.0 * row), value=0.5, label="ab"[row]))
    document.apply(accept(add_op(document, "mul", (200, 60))))
    for leaf in (1, 2):
        document.apply(accept(connect(document, leaf, 3)))
    document.apply(accept(add_op(document, "tanh", (400, 60))))
    document.apply(accept(connect(document, 3, 4)))
    document.apply(accept(group(document, [1], "inner")))
    return studio(document)


@pytest.mark.parametrize("label", ["a", "b"])
def test_a_drag_is_painted_as_if_nothing_had_been_kept(studio, open_group, label):
    picture = open_group.picture
    [node] = [node.id for node in picture.document.nodes() if node.label == label]
    for step in range(6):
        picture.shift[picture.frame.index[node]] = (-9.0 * step, 7.0 * step)
        kept = open_group.shot(size=(700, 400), origin=(120, 80))
        fresh = studio(picture.document)
        fresh.picture.shift[:] = picture.shift
        assert np.array_equal(kept, fresh.shot(size=(700, 400), origin=(120, 80)))


def test_only_the_wires_of_what_is_dragged_are_painted_time_and_again(room):
    for step in range(6):
        room.picture.shift[0] = (5.0 * step, 1.0)
        room.shot()
    # All of them twice without the one in the hand, and that one with every picture.
    assert room.wires.count(0) == 2
    assert room.wires.count(1) == 6


@pytest.fixture
def network(studio, monkeypatch):
    """Open a studio on a folded network, with its weights on its wires."""
    from engine.graph.models import Model, model_document

    document = accept(model_document(Model(layers=(3, 2, 1))))
    groups = document.groups.values()
    folded = frozenset(group.id for group in groups if group.template == "neuron")
    document.view = replace(document.view, folded=folded)
    made = studio(document)
    made.drawn = 0
    paint = WirePainter.paint

    def counted(*arguments):
        made.drawn += 1
        paint(*arguments)

    monkeypatch.setattr(WirePainter, "paint", counted)
    return made


def test_training_paints_the_weight_wires_again_only_when_one_changes_its_bucket(network):
    from playground.canvas.painting.wirework import weight_levels

    picture = network.picture
    for _time in range(2):
        network.shot()
    rng = np.random.default_rng(0)
    weight = picture.readings.weight
    assert np.isfinite(weight).any()
    changes = 0
    for _step in range(60):
        before = weight_levels(picture.readings.weight)
        weight = weight + rng.normal(size=len(weight)) * 0.004
        picture.readings = replace(picture.readings, weight=weight)
        changes += not np.array_equal(before, weight_levels(weight))
        network.drawn = 0
        network.shot()
        changed = not np.array_equal(before, weight_levels(weight))
        assert network.drawn <= 1
        if changed:
            assert network.drawn == 1
    assert 0 < changes < 50


def test_without_a_change_of_bucket_a_training_step_paints_no_wire(network):
    picture = network.picture
    for _time in range(3):
        network.shot()
    network.drawn = 0
    for step in range(10):
        picture.readings = replace(
            picture.readings, weight=picture.readings.weight * (1 + step * 1e-9)
        )
        network.shot()
    assert network.drawn == 0
