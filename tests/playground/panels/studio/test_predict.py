"""The page that predicts, by keyboard and clipboard; what it shows is what the engine predicts."""

import csv
import io

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from engine.errors import accept
from engine.graph.models import Model
from engine.graph.properties import set_mark
from engine.graph.records import DataSettings
from engine.graph.tables import make_table
from engine.train.fitting import fitted
from engine.train.predict import predict
from playground.panels.boundary import BoundaryPanel
from playground.panels.studio.predict import PredictPage
from playground.panels.studio.predict.grid import Grid
from playground.panels.studio.predict.rows import MOST_ROWS, SHARE, Rows
from playground.session.clear import model_edit


@pytest.fixture
def page(network, themes, settings, qtbot):
    page = PredictPage(network, themes, settings)
    qtbot.addWidget(page)
    page.resize(900, 320)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    settle(page, qtbot)
    yield page
    page.leave()


def settle(page: PredictPage, qtbot) -> None:
    """Wait until nothing is read or predicted any more."""
    QApplication.processEvents()
    qtbot.waitUntil(lambda: not page.forecaster.is_busy and not page._aside.is_busy)


def titles(rows: Rows) -> list[str]:
    return [column.title for column in rows.columns]


def shown(page: PredictPage, row: int, title: str) -> str:
    rows = page.rows
    text = rows.index(row, titles(rows).index(title)).data()
    return text.replace("−", "-")


def write(text: str, *keys: Qt.Key) -> None:
    """Type where the keyboard is, as a hand does, and the keys that end it."""
    for letter in text:
        QTest.keyClicks(QApplication.focusWidget(), letter)
    for key in keys:
        QTest.keyClick(QApplication.focusWidget(), key)
    QApplication.processEvents()


def begin(page: PredictPage) -> Grid:
    page.grid.setFocus()
    page.grid.setCurrentIndex(page.rows.index(0, 0))
    return page.grid


def choose(page: PredictPage, row: int) -> None:
    """Click on a row."""
    place = page.grid.visualRect(page.rows.index(row, 0)).center()
    QTest.mouseClick(page.grid.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_typed_rows_are_predicted_and_another_empty_one_follows(page, network, qtbot) -> None:
    grid = begin(page)
    write("0.5", Qt.Key.Key_Tab)
    write("-1/4", Qt.Key.Key_Tab)
    assert (grid.currentIndex().row(), grid.currentIndex().column()) == (1, 0)
    write("2", Qt.Key.Key_Tab)
    write("3", Qt.Key.Key_Return)
    assert (grid.currentIndex().row(), grid.currentIndex().column()) == (2, 0)
    settle(page, qtbot)
    assert page.rows.cells.tolist() == [[0.5, -0.25], [2.0, 3.0]]
    assert page.rows.rowCount() == 3
    forecast = accept(predict(network.document, page.rows.cells))
    for row in range(2):
        assert float(shown(page, row, "score")) == pytest.approx(
            forecast.outputs[row, 0], rel=1e-4
        )
        assert int(shown(page, row, "class")) == int(forecast.word(row))


def test_what_is_no_number_is_said_and_not_taken(page, network, qtbot) -> None:
    begin(page)
    with qtbot.waitSignal(network.refused):
        write("fox", Qt.Key.Key_Tab)
    assert len(page.rows.cells) == 0


def test_a_pasted_table_is_predicted_and_its_truth_counted(page, network, qtbot) -> None:
    QApplication.clipboard().setText("x2\tx1\ty\n1\t0,5\t1\n2\t-1,5\t-1\n0\t3\t1\n")
    QTest.keyClick(begin(page), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    settle(page, qtbot)
    assert page.rows.cells.tolist() == [[0.5, 1.0], [-1.5, 2.0], [3.0, 0.0]]
    chosen = accept(predict(network.document, page.rows.cells)).chosen
    right = np.mean(chosen == [1, 0, 1])
    assert f"3 rows · {100 * right:.1f} % right" == page.says.text()
    marks = [shown(page, row, "✓") for row in range(3)]
    assert marks == ["✓" if hit else "✗" for hit in chosen == [1, 0, 1]]


def test_a_pasted_table_with_other_names_says_how_it_is_taken(page, network, qtbot) -> None:
    QApplication.clipboard().setText("a,b\n1,2\n3,4\n")
    with qtbot.waitSignal(network.hinted) as told:
        page.paste.click()
    assert "taken as x1, x2" in told.args[0]
    assert page.rows.cells.tolist() == [[1.0, 2.0], [3.0, 4.0]]


def test_a_pasted_table_that_cannot_be_read_names_its_row(page, network, qtbot) -> None:
    QApplication.clipboard().setText("x1,x2\n1,2\n3,q\n4,5")
    with qtbot.waitSignal(network.refused) as told:
        page.paste.click()
    assert "Row 3 has “q” in x2" in told.args[0]


def test_the_selected_row_flows_on_the_canvas_and_escape_ends_it(page, network, qtbot) -> None:
    page.rows.add_rows(np.array([[0.3, -0.7], [1.0, 2.0]]))
    settle(page, qtbot)
    choose(page, 1)
    assert network.probe == (1.0, 2.0)
    network.flush()
    [score] = network.document.marked("prediction")
    forecast = accept(predict(network.document, [[1.0, 2.0]]))
    assert network.result.number(score) == pytest.approx(forecast.outputs[0, 0], rel=1e-12)
    QTest.keyClick(page.grid, Qt.Key.Key_Escape)
    assert network.probe is None
    choose(page, 0)
    assert network.probe == (0.3, -0.7)
    page.hide()
    assert network.probe is None


def test_a_trial_that_ends_elsewhere_lets_go_of_the_row(page, network, qtbot) -> None:
    page.rows.add_rows(np.array([[0.3, -0.7]]))
    choose(page, 0)
    network.set_sample(3)
    assert page.grid.chosen() == []


def test_samples_are_taken_with_their_class_and_agree_with_the_trainer(page, network, qtbot):
    page.take.click()
    settle(page, qtbot)
    assert len(page.rows.cells) == 40
    qtbot.waitUntil(lambda: network.training.snapshot is not None)
    snapshot = network.training.snapshot
    assert page.says.text() == f"40 rows · {100 * snapshot.train_accuracy:.1f} % right"


def test_forecasts_follow_while_it_trains(page, network, qtbot) -> None:
    page.take.click()
    settle(page, qtbot)
    before = page.rows.forecast
    network.training.play()
    qtbot.waitUntil(lambda: page.rows.forecast is not before and network.training.running)
    count = page.forecaster.forecasts
    qtbot.waitUntil(lambda: page.forecaster.forecasts > count + 2)
    network.training.pause()
    settle(page, qtbot)
    forecast = accept(predict(network.document, page.rows.cells))
    assert np.allclose(page.rows.forecast.outputs, forecast.outputs, rtol=1e-12)


def test_a_hidden_page_predicts_nothing(page, network, qtbot) -> None:
    page.hide()
    count = page.forecaster.forecasts
    with qtbot.waitSignal(network.training.stopped):
        network.training.step()
    page.rows.add_rows(np.zeros((2, 2)))
    QApplication.processEvents()
    assert not page.forecaster.is_busy
    assert page.forecaster.forecasts == count


def test_ten_thousand_rows_are_one_forecast(page, network, qtbot) -> None:
    rows = np.random.default_rng(0).normal(size=(10_000, 2))
    count = page.forecaster.forecasts
    page.rows.add_rows(rows)
    settle(page, qtbot)
    assert page.forecaster.forecasts == count + 1
    assert (page.rows.places() == np.arange(10_000)).all()
    with qtbot.waitSignal(network.refused) as told:
        page.rows.add_rows(np.zeros((MOST_ROWS, 2)))
    assert "100,000 rows" in told.args[0]


def test_rows_are_deleted_by_key_and_the_others_keep_their_numbers(page, network, qtbot) -> None:
    page.rows.add_rows(np.array([[1.0, 1.0], [2.0, 2.0], [3.0, 3.0]]))
    settle(page, qtbot)
    kept = shown(page, 2, "score")
    choose(page, 1)
    QTest.keyClick(page.grid, Qt.Key.Key_Delete)
    assert page.rows.cells[:, 0].tolist() == [1.0, 3.0]
    assert shown(page, 1, "score") == kept
    page.clear.click()
    assert page.rows.rowCount() == 1


def test_what_is_saved_and_copied_is_what_is_shown(page, network, qtbot, monkeypatch, tmp_path):
    page.take.click()
    settle(page, qtbot)
    path = tmp_path / "out"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    page.save.click()
    settle(page, qtbot)
    told = list(csv.DictReader(io.StringIO(path.with_suffix(".csv").read_text())))
    forecast = page.rows.forecast
    assert [float(row["score"]) for row in told] == forecast.outputs[:, 0].tolist()
    assert [row["class"] for row in told] == [forecast.word(k) for k in range(40)]
    assert [float(row["y"]) for row in told] == network.samples.labels.tolist()
    page.copy.click()
    settle(page, qtbot)
    assert QApplication.clipboard().text() == path.with_suffix(".csv").read_text()
    choose(page, 2)
    QTest.keyClick(page.grid, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    settle(page, qtbot)
    assert QApplication.clipboard().text().count("\n") == 2


def test_a_document_that_predicts_nothing_says_why(page, network, qtbot) -> None:
    [score] = network.document.marked("prediction")
    network.do(set_mark(network.document, score, "prediction", False))
    network.flush()
    settle(page, qtbot)
    assert page.problem.isVisible()
    assert "no value is marked" in page.problem.text()
    assert not page.take.isEnabled()
    network.stack.undo()
    network.flush()
    settle(page, qtbot)
    assert page.grid.isVisible()


def test_classes_of_a_table_have_bars_and_their_own_words(session, themes, settings, qtbot):
    kinds = np.arange(30) % 3
    numbers = np.column_stack((100.0 + 9 * kinds, np.arange(30) % 7, kinds))
    words = ((), (), ("ant", "bee", "cow"))
    table = accept(make_table(("width", "height", "kind"), numbers, words))
    data = DataSettings(table=table, features=(0, 1), target=2, standardise=True, test_share=0.3)
    model = accept(fitted(Model((3, 3), data=data)))
    assert session.do(model_edit(session.document, model))
    session.flush()
    page = PredictPage(session, themes, settings)
    qtbot.addWidget(page)
    page.resize(900, 320)
    page.show()
    qtbot.waitExposed(page)
    settle(page, qtbot)
    page.take.click()
    settle(page, qtbot)
    assert titles(page.rows) == ["width", "height", "true kind", "class", "✓", "ant", "bee", "cow"]
    assert len(page.rows.cells) == session.samples.tests
    forecast = accept(predict(session.document, page.rows.cells))
    share, colour = page.rows.index(0, 6).data(SHARE)
    assert share == pytest.approx(forecast.probabilities[0, 1])
    assert colour == themes.current().of_class(1)
    assert shown(page, 0, "class") == forecast.word(0)
    choose(page, 0)
    scaled = session.samples.scaled(page.rows.cells[0])
    assert session.probe == pytest.approx(tuple(scaled))
    page.grab()
    page.leave()


def test_a_click_on_another_row_ends_typing_there(page, network, qtbot) -> None:
    page.rows.add_rows(np.array([[1.0, 1.0], [2.0, 2.0], [3.0, 3.0]]))
    settle(page, qtbot)
    begin(page)
    write("7")
    place = page.grid.visualRect(page.rows.index(2, 1)).center()
    QTest.mouseClick(page.grid.viewport(), Qt.MouseButton.LeftButton, pos=place)
    settle(page, qtbot)
    assert page.rows.cells[0, 0] == 7.0
    assert (page.grid.currentIndex().row(), page.grid.currentIndex().column()) == (2, 1)
    assert network.probe == (3.0, 3.0)


def test_the_boundary_borrows_the_trial_and_gives_it_back(page, network, qtbot, themes, settings):
    panel = BoundaryPanel(network, themes, settings)
    qtbot.addWidget(panel)
    page.rows.add_rows(np.array([[0.3, -0.7]]))
    choose(page, 0)
    panel.picture.hovered.emit(2.5, 2.5)
    assert network.probe == (2.5, 2.5)
    panel.picture.left.emit()
    assert network.probe == (0.3, -0.7)
    assert page.grid.chosen() == [0]


def test_a_row_that_is_changed_is_no_longer_the_point_whose_class_was_known(page, qtbot) -> None:
    page.rows.add_rows(np.array([[1.0, 1.0]]), np.array([1.0]))
    settle(page, qtbot)
    assert shown(page, 0, "true y") == "+1"
    assert "right" in page.says.text()
    begin(page)
    write("7", Qt.Key.Key_Tab)
    assert shown(page, 0, "true y") == ""
    assert "right" not in page.says.text()
    settle(page, qtbot)
    write("8", Qt.Key.Key_Return)
    settle(page, qtbot)
    assert page.rows.cells[0, 0] == 7.0
    assert shown(page, 0, "score")


def test_a_gap_in_a_row_waits_for_its_number(page, network, qtbot) -> None:
    begin(page)
    write("1", Qt.Key.Key_Tab)
    settle(page, qtbot)
    assert shown(page, 0, "score") == ""
    assert network.probe is None
    write("0,5", Qt.Key.Key_Return)
    settle(page, qtbot)
    assert page.rows.cells.tolist() == [[1.0, 0.5]]
    assert shown(page, 0, "score")
