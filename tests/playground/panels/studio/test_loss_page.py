"""The page of the losses: runs over each other, the table of runs, and what is saved of both."""

import csv
import io

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLineEdit

from engine.graph.properties import set_training
from playground.panels.studio.run_table import CHANGED, NAME, STEPS, TEST, TRAIN
from playground.settings import LOSS_LOGARITHMIC, LOSS_SMOOTHING


@pytest.fixture
def page(studio, qtbot):
    studio.show()
    studio.show_page("loss")
    qtbot.waitExposed(studio)
    return studio.page("loss")


def train(session, qtbot, steps: int = 3) -> None:
    with qtbot.waitSignal(session.training.stopped):
        session.training.step(steps)


@pytest.fixture
def three(page, network, qtbot):
    for rate in (0.1, 0.05, 0.02):
        network.do(set_training(network.document, learning_rate=rate))
        network.flush()
        train(network, qtbot, 4)
        if rate > 0.02:
            network.training.draw_weights()
    return page


def told(page, row: int, column: int) -> str:
    return page.model.index(row, column).data()


def test_every_run_has_a_line_and_a_row_the_newest_first(three, network):
    assert [line.group for line in three.lines()] == [
        "Run 3 · SGD 0.02",
        "Run 2 · SGD 0.05",
        "Run 1 · SGD 0.1",
    ]
    assert [told(three, row, NAME) for row in range(3)] == [run.group for run in three.lines()]
    assert [told(three, row, STEPS) for row in range(3)] == ["4", "4", "4"]
    assert told(three, 0, TRAIN) == f"{network.training.snapshot.train_loss:.4f}"
    assert told(three, 1, CHANGED) == "Learning rate 0.1 → 0.05"


def test_lines_have_colours_of_their_own_and_blue_is_the_current_one(three):
    colours = [line.colour for line in three.lines()]
    assert colours[0] == "positive"
    assert len(set(colours)) == 3


def test_a_check_mark_hides_a_run(three, network, qtbot):
    index = three.model.index(1, NAME)
    three.table.scrollTo(index)
    box = three.table.visualRect(index)
    place = box.topLeft() + (box.bottomLeft() - box.topLeft()) / 2
    place.setX(place.x() + 12)
    qtbot.mouseClick(three.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert network.runs.find(2).hidden
    assert len(three.lines()) == 2


def test_a_name_is_edited_in_place(three, network, qtbot):
    index = three.model.index(2, NAME)
    three.table.setCurrentIndex(index)
    three.table.edit(index)
    editor = three.table.viewport().findChild(QLineEdit)
    editor.setText("first try")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: network.runs.find(1).name == "first try")
    assert told(three, 2, NAME) == "first try"


def test_buttons_act_on_the_chosen_run(three, network, qtbot):
    assert three.chosen().number == 3  # the newest, as long as nobody chose another
    three.table.setCurrentIndex(three.model.index(2, NAME))
    qtbot.mouseClick(three._buttons["pin"], Qt.MouseButton.LeftButton)
    assert network.runs.find(1).pinned
    qtbot.mouseClick(three._buttons["settings"], Qt.MouseButton.LeftButton)
    assert network.document.training.learning_rate == 0.1
    qtbot.mouseClick(three._buttons["weights"], Qt.MouseButton.LeftButton)
    ids, ended = network.runs.find(1).snapshot.parameters
    assert [network.document.node(node).value for node in ids.tolist()] == ended.tolist()
    qtbot.mouseClick(three._buttons["delete"], Qt.MouseButton.LeftButton)
    assert network.runs.find(1) is None
    three.table.setCurrentIndex(three.model.index(0, NAME))
    assert not three._buttons["delete"].isEnabled()


def test_runs_stand_beside_the_chart_where_there_is_room(page, studio, network, qtbot):
    studio.setMinimumSize(200, 100)  # as its dock has it
    studio.resize(900, 400)
    assert not page.table.isVisible()  # there are no runs yet
    train(network, qtbot)
    qtbot.waitUntil(page.table.isVisible)
    assert page.table.isColumnHidden(TEST) == (network.training.snapshot.test_loss is None)
    studio.resize(500, 400)
    assert not page.table.isVisible()
    assert page.chart.isVisible()


def test_all_steps_can_be_shown_again_once_a_part_is_enlarged(three):
    assert not three.whole.isVisible()
    three.chart.sight.zoom(0.5, 1.0)
    three.chart.redraw()
    assert three.whole.isVisible()
    three.whole.click()
    assert not three.whole.isVisible()


def test_measures_can_be_left_out(three, qtbot):
    qtbot.mouseClick(three.measures["train"], Qt.MouseButton.LeftButton)
    assert three.lines() == []
    qtbot.mouseClick(three.measures["train"], Qt.MouseButton.LeftButton)
    assert len(three.lines()) == 3


def test_scale_and_smoothing_are_remembered(three, settings, qtbot):
    qtbot.mouseClick(three.scale, Qt.MouseButton.LeftButton)
    three.smoothing.choices.actions()[2].trigger()
    assert settings.read(LOSS_LOGARITHMIC) is False
    assert settings.read(LOSS_SMOOTHING) == 0.9
    assert not three.chart.is_logarithmic


def test_a_hidden_page_draws_nothing(page, studio, network, qtbot, monkeypatch):
    counted = []
    monkeypatch.setattr(page.chart, "show_lines", lambda *a: counted.append(a))
    studio.show_page("optimizer")
    train(network, qtbot)
    assert not counted
    studio.show_page("loss")
    assert counted


def test_curves_are_saved_as_a_table_that_reads_back_the_same(three, network, qtbot, tmp_path):
    path = tmp_path / "curves.csv"
    with qtbot.waitSignal(network.hinted):
        three.save(path, "csv")
    rows = list(csv.DictReader(io.StringIO(path.read_text())))
    for run in network.runs:
        own = [row for row in rows if row["run"] == run.name]
        assert [float(row["train_loss"]) for row in own] == run.curves.train.tolist()
        assert [int(row["step"]) for row in own] == run.curves.steps.tolist()
        assert {row["test_loss"] for row in own} == {""}
        assert [float(row["objective"]) for row in own] == run.curves.objective.tolist()


@pytest.mark.parametrize("kind", ["png", "svg"])
def test_the_chart_is_saved_as_a_picture(three, network, qtbot, tmp_path, kind):
    path = tmp_path / f"chart.{kind}"
    three.save(path, kind)
    data = path.read_bytes()
    if kind == "png":
        image = QImage.fromData(data)
        port = three.chart.plot.viewport()
        assert image.size() == port.size() * 2
        pixels = np.frombuffer(image.constBits(), np.uint8).reshape(-1, 4)
        assert len(np.unique(pixels, axis=0)) > 10
    else:
        assert data.startswith(b"<?xml")
        assert b"<path" in data or b"<polyline" in data
    three.save(path, kind)
    assert path.read_bytes() == data


def test_a_file_that_cannot_be_written_is_said(three, network, qtbot, tmp_path):
    with qtbot.waitSignal(network.refused) as said:
        three.save(tmp_path / "none" / "chart.png", "png")
    assert "was not written" in said.args[0]
