"""The benchmark of the canvas measures what it says; how fast anything is, is not asked here."""

import pytest

from tests.benchmarks.canvas import NAIVE, RIVAL, beside
from tests.benchmarks.graphs import carried_through, neurons, scalars
from tests.benchmarks.measure import Row, table
from tests.benchmarks.sketch import busy, in_turn, sketch


@pytest.mark.parametrize(("count", "wires"), [(200, 368), (1_000, 1_930), (3_000, 5_878)])
def test_the_sketch_has_two_wires_for_each_operation(count, wires):
    cells = sketch(count)
    assert (len(cells), sum(len(cell.inputs) for cell in cells)) == (count, wires)
    assert all(source < number for number, cell in enumerate(cells) for source in cell.inputs)


@pytest.mark.parametrize("made", [scalars, neurons])
def test_its_documents_are_ones_that_a_file_can_hold(made):
    document = made(50)
    assert carried_through(document).same_content(document)


def test_every_wire_between_folded_neurons_has_a_weight():
    from playground.canvas.frame.build import build_frame

    document = neurons(50)
    frame = build_frame(document, document.view.folded)
    assert len(frame) == 50
    assert len(frame.wires) == sum(len(cell.inputs) for cell in sketch(50))
    assert (frame.wires.weight >= 0).all()


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("part", ["frames", "weights", "work", "dragging", "adding"])
def test_each_part_measures_something(part):
    from tests.benchmarks.drawing import PARTS

    figures = PARTS[part](220)
    assert figures
    assert all(seconds > 0 for seconds in figures.values())


@pytest.mark.usefixtures("qapp")
def test_folding_is_timed_tick_by_tick():
    from tests.benchmarks.drawing import Desk
    from tests.benchmarks.folding import REPEATS, TICKS, stepped

    desk = Desk(neurons(12))
    group = min(desk.session.view.folded)
    ticks = desk.canvas._glide.ticks
    figures = stepped(desk, lambda: desk.session.toggle_fold(group))
    assert all(seconds > 0 for seconds in figures.values())
    assert desk.canvas._glide.ticks - ticks >= 2 * REPEATS * len(TICKS)
    desk.close()


@pytest.mark.usefixtures("qapp")
def test_a_live_frame_is_one_paint_of_numbers_that_have_all_changed():
    from tests.benchmarks.drawing import Desk

    desk = Desk(scalars(60))
    live, scene = desk.live(), desk.canvas._scene
    live()
    paints, before = scene.painter.paints, scene.picture.readings
    live()
    after = scene.picture.readings
    assert scene.painter.paints == paints + 1
    assert (before.value != after.value).all()
    assert (before.slope != after.slope).all()
    desk.close()


def test_work_is_timed_after_it_has_been_prepared_each_time():
    done = []
    busy(lambda: done.append("work"), repeats=3, before=lambda: done.append("before"))
    assert done == ["before", "work"] * 4


def test_choices_are_made_in_turn():
    done = []
    turns = in_turn([lambda: done.append(1), lambda: done.append(2)])
    for _turn in range(3):
        turns()
    assert done == [1, 2, 1]


def test_a_rival_has_to_be_forty_times_slower():
    assert beside("live", 1.0, RIVAL, 40.0, goal=True).passed
    assert beside("live", 1.0, RIVAL, 39.0, goal=True).passed is False
    assert beside("live", 1.0, NAIVE, 39.0, goal=False).passed is None


def test_a_size_is_told_in_megabytes():
    assert "| 1.5 MB |" in table([Row("memory", 1.5 * 2**20, unit="B")])


def test_maps_have_to_move_thirty_times_a_second(monkeypatch):
    from tests.benchmarks import canvas

    figures = {"updates": 31.0, "steps": 5.0, "headless": 10.0, "gap": 0.01}
    figures |= {"measure": 1e-4, "colour": 1e-4, "paint": 3e-3, "paint, no maps": 2e-3}
    monkeypatch.setattr(canvas, "peer", lambda _command: figures)
    first, *_rest = canvas.maps()
    assert first.passed
    assert first.remark == "31 updates a second, 50% of the steps without a window"
    figures["updates"] = 29.0
    assert not canvas.maps()[0].passed
