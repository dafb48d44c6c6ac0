"""Drawing data on the boundary with a real mouse: brushes, the eraser, and every way back."""

from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import Qt

from engine.errors import accept
from engine.graph.properties import set_data, set_link
from engine.graph.records import DataSettings
from playground.panels.boundary.strokes import SPACING
from tests.playground.panels.boundary.conftest import RIGHT, SHIFT

FREE = (-0.8, -1.2)  # no moon is near


def points(session) -> np.ndarray:
    return session.document.data.table.numbers


def titles(session) -> list[str]:
    return [session.stack.text(k) for k in range(session.stack.count())]


def test_a_click_on_an_empty_plane_makes_data_of_one_point(blank, session):
    blank.click((1.0, 2.0))
    assert points(session)[:, :2] == pytest.approx(np.array([[1.0, 2.0]]), abs=0.05)
    assert (len(session.samples), session.samples.classes) == (1, 2)
    assert titles(session) == ["Draw a point"]
    session.undo()
    session.flush()
    assert session.document.data == DataSettings()
    assert session.samples is None


def test_a_drag_sprays_steadily_however_fast_the_hand(blank, session):
    for height, steps in ((-2.0, 3), (2.0, 40)):
        way = blank.at((4.0, 0.0)).x() - blank.at((-4.0, 0.0)).x()
        pixel = blank.panel.picture.pixel()[1]
        before = 0 if session.samples is None else len(session.samples)
        blank.press((-4.0, height))
        blank.move((-4.0, height), (4.0, height), steps)
        blank.release((4.0, height))
        new = points(session)[before:]
        assert len(new) == 1 + (way - 1) // SPACING
        assert titles(session)[-1] == f"Draw {len(new)} points"
        away = np.abs(new[:, 1] - height)
        assert 0.0 < away.max() <= (blank.panel.drawing.radius + 1) * pixel


def test_with_shift_points_lie_exactly_on_the_way(blank, session):
    blank.press((-3.0, 1.0), held=SHIFT)
    blank.move((-3.0, 1.0), (3.0, 1.0), held=SHIFT)
    blank.release((3.0, 1.0), held=SHIFT)
    assert len(points(session)) > 10
    assert np.ptp(points(session)[:, 1]) < 1e-9


def test_no_boundary_is_painted_twice_because_points_have_come(painter, network, qtbot):
    painter.click((0.5, 0.5))  # which makes a table of what was generated
    qtbot.waitUntil(lambda: network.training.boundary is not None)
    picture, drawn, dots = painter.panel.picture, [], []
    picture.show_boundary = lambda *told: drawn.append(told)
    picture.show_points = lambda *told: dots.append(told)
    painter.stroke(FREE, (0.6, -1.2))
    assert len(dots) >= 3
    same = [one[0] is two[0] and one[1:] == two[1:] for one, two in pairwise(drawn)]
    assert not any(same)
    assert len(drawn) < len(dots)


def test_the_first_stroke_keeps_the_points_that_were_generated(painter, network):
    network.do(accept(set_data(network.document, test_share=0.25)))
    network.flush()
    before = network.samples
    tested = {tuple(point) for point in before.inputs[before.test].tolist()}
    painter.stroke(FREE, (0.6, -1.2))
    after = network.samples
    kept = {tuple(point) for point in after.inputs.tolist()}
    assert {tuple(point) for point in before.inputs.tolist()} <= kept
    moved = {tuple(p) for p in after.inputs[after.test].tolist()} & {
        tuple(point) for point in before.inputs.tolist()
    }
    assert len(moved ^ tested) <= abs(len(tested) - len(moved)) + 4
    network.undo()
    network.flush()
    assert network.document.data.generator == "moons"
    assert np.array_equal(network.samples.inputs, before.inputs)


def test_points_have_the_class_of_their_brush(painter, network):
    for key, label in ((Qt.Key.Key_1, -1.0), (Qt.Key.Key_2, 1.0)):
        painter.key(key)
        count = len(network.samples)
        painter.click((FREE[0] + label, FREE[1]))
        [new] = np.flatnonzero(network.samples.rows == count)
        assert network.samples.labels[new] == label


def test_a_further_class_begins_with_its_first_point(blank, session):
    blank.click((0.0, 0.0))
    blank.key(Qt.Key.Key_Plus, "+")
    assert session.samples.classes == 2
    blank.click((2.0, 2.0))
    assert session.samples.classes == 3
    assert session.samples.labels.tolist() == [0.0, 2.0]
    assert [brush.name for brush in blank.panel.drawing.brushes] == ["1", "2", "3"]
    assert session.samples.words == ("1", "2", "3")
    assert titles(session) == ["Draw a point"] * 2
    session.undo()
    session.flush()
    assert session.samples.classes == 2


def test_the_key_of_the_next_class_adds_it_and_one_further_on_says_why_nothing_happens(
    blank, session
):
    said = []
    session.hinted.connect(said.append)
    blank.key(Qt.Key.Key_4, "4")
    assert said[-1].startswith("There is no class 4 yet")
    blank.key(Qt.Key.Key_3, "3")
    blank.click((2.0, 2.0))
    assert session.samples.labels.tolist() == [2.0]
    assert session.samples.classes == 3


def test_classes_that_were_generated_keep_their_numbers_when_they_are_drawn_on(painter, network):
    network.do(accept(set_data(network.document, generator="spiral3", samples=30)))
    network.flush()
    painter.stroke(FREE, (0.6, -1.2))
    assert network.samples.words == ("1", "2", "3")


def test_there_are_at_most_eight_classes(blank):
    for _press in range(9):
        blank.key(Qt.Key.Key_Plus, "+")
    assert len(blank.panel.drawing.brushes) == 8
    assert not blank.panel.brushes.more.isVisible()


def test_dragging_a_point_moves_it_and_nothing_else(painter, network):
    x, y = network.samples.inputs[3]
    others = np.delete(network.samples.inputs, 3, axis=0)
    painter.stroke((x, y), FREE)
    assert len(network.samples) == 40
    assert titles(network)[1:] == ["Move a point"]
    now = network.samples.inputs
    assert (np.abs(now - FREE).max(axis=1) < 0.1).sum() == 1
    assert {tuple(p) for p in others.tolist()} < {tuple(p) for p in now.tolist()}


def test_a_click_on_a_point_only_shows_it(painter, network):
    x, y = network.samples.inputs[5]
    painter.click((x, y))
    assert len(titles(network)) == 1
    near = network.samples.inputs[network.view.sample]
    assert np.abs(near - (x, y)).max() < 0.15


def test_a_click_shows_the_row_wherever_its_part_puts_it_among_the_samples(painter, network):
    network.do(set_data(network.document, test_share=0.5))
    network.flush()
    painter.stroke(FREE)  # makes them a table, whose rows are in another order than the samples
    assert network.samples.rows.tolist() != sorted(network.samples.rows.tolist())
    for place in network.samples.inputs[[0, -1]]:
        painter.click(tuple(place.tolist()))
        assert np.abs(network.samples.inputs[network.view.sample] - place).max() < 0.15


def test_the_right_button_and_the_eraser_rub_out(painter, network):
    left = network.samples.inputs[:, 0] < 0.0
    painter.key(Qt.Key.Key_E)
    painter.panel.drawing.set_radius(25)
    for _pass in range(2):
        painter.stroke((-1.2, -0.2), (-1.0, 0.5), (-0.5, 1.0), (-0.2, 0.2))
    now = network.samples.inputs[:, 0] < 0.0
    assert now.sum() < 0.3 * left.sum()
    painter.key(Qt.Key.Key_1)
    before = len(network.samples)
    x, y = network.samples.inputs[0]
    painter.click((x, y), button=RIGHT)
    assert len(network.samples) < before
    assert titles(network)[-1].startswith("Remove")


def test_a_table_can_be_emptied_and_drawn_on_again(blank, session):
    told: list[str] = []
    session.refused.connect(told.append)
    blank.click((0.0, 0.0))
    blank.click((0.0, 0.0), button=RIGHT)
    assert len(session.document.data.table) == 0
    assert session.samples is None
    assert "The table has no rows" in told[0]
    assert blank.panel.picture.isVisible()
    blank.click((1.0, 1.0))
    assert len(session.samples) == 1


def test_escape_takes_a_stroke_back_as_if_it_had_never_been(painter, network):
    before = network.document.data
    painter.press(FREE)
    painter.move(FREE, (0.5, -1.2))
    assert network.document.data != before
    painter.key(Qt.Key.Key_Escape)
    assert network.document.data == before
    assert len(titles(network)) == 1
    painter.move((0.5, -1.2), (0.8, -1.2))
    painter.release((0.8, -1.2))
    assert network.document.data == before
    assert painter.panel.drawing.on
    painter.key(Qt.Key.Key_Escape)
    assert not painter.panel.drawing.on


def test_undo_in_the_middle_of_a_stroke_ends_it(painter, network):
    painter.press(FREE)
    painter.move(FREE, (0.5, -1.2))
    network.undo()
    network.flush()
    painter.move((0.5, -1.2), (0.8, -1.2))
    painter.release((0.8, -1.2))
    assert network.document.data.generator == "moons"


def test_another_document_ends_the_mode_and_is_left_alone(painter, network):
    painter.press(FREE)
    network.new()
    assert not painter.panel.drawing.on
    assert network.document.data == DataSettings()
    assert network.stack.count() == 0


def test_the_plane_stands_still_in_a_stroke_and_never_shrinks_between(blank):
    def seen():
        return blank.panel.picture._plot.getViewBox().viewRange()

    before = seen()
    blank.press((-4.9, -4.9))
    blank.move((-4.9, -4.9), (4.9, -4.9))
    assert seen() == before
    blank.release((4.9, -4.9))
    (left, right), (bottom, top) = seen()
    assert left <= before[0][0] < before[0][1] <= right
    assert bottom < before[1][0] < before[1][1] <= top


def test_drawing_never_stops_the_training(painter, network, qtbot):
    network.training.set_speed(None)
    network.training.play()
    qtbot.waitUntil(lambda: network.training.snapshot is not None)
    painter.stroke(FREE, (0.6, -1.2))
    assert network.training.playing
    step = network.training.snapshot.step
    qtbot.waitUntil(lambda: network.training.snapshot.step > step)
    assert len(network.samples) > 40
    network.training.pause()
    assert titles(network)[-1].startswith("Train")


def test_keys_choose_brushes_and_sizes(painter):
    drawing = painter.panel.drawing
    painter.key(Qt.Key.Key_2)
    assert drawing.chosen == 1
    painter.key(Qt.Key.Key_E)
    assert drawing.target is None
    assert painter.panel.brushes.eraser.isChecked()
    size = drawing.radius
    painter.key(Qt.Key.Key_BracketRight, "]")
    assert drawing.radius > size
    painter.key(Qt.Key.Key_BracketLeft, "[")
    assert drawing.radius == size
    assert painter.panel.brushes.radius.value() == size


def test_nothing_is_tried_out_while_one_draws(painter, network):
    painter.move((0.0, 0.0), (1.0, 1.0))
    assert network.probe is None


def test_numbers_are_drawn_where_numbers_are_learned(blank, session):
    session.do(accept(set_link(session.document, "number")))
    session.flush()
    drawing = blank.panel.drawing
    drawing.follow()
    assert [brush.target for brush in drawing.brushes] == [-1.0, 0.0, 1.0]
    blank.key(Qt.Key.Key_3, "3")
    blank.click((0.0, 0.0))
    blank.panel.brushes.value.setValue(150)
    blank.click((2.0, 2.0))
    assert session.samples.classes == 0
    assert session.samples.labels.tolist() == [1.0, 0.5]
