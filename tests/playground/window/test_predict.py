"""Predictions in the window: a key opens the page, what is typed flows over the canvas."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.errors import accept
from engine.graph.models import Model
from engine.run.mirror import to_values
from engine.train.predict import predict
from playground.panels.studio.predict import PredictPage
from playground.session.clear import model_edit
from tests.playground.window.driving import turn

CONTROL_ALT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


@pytest.fixture
def page(window, session, qtbot) -> PredictPage:
    """Fill the window with a small network on moons, and open the page by its key."""
    assert session.do(model_edit(session.document, Model((4, 1), activation="tanh")))
    session.flush()
    turn()
    QTest.keyClick(window.canvas.viewport(), Qt.Key.Key_P, CONTROL_ALT)
    page = window.studio.page("predict")
    assert page.isVisible()
    qtbot.waitUntil(lambda: page.rows.asked is not None and not page.forecaster.is_busy)
    return page


def test_a_typed_row_flows_over_the_canvas_number_by_number(page, session, qtbot) -> None:
    assert page.grid.hasFocus()
    for key in ("0", ".", "5"):
        QTest.keyClicks(QApplication.focusWidget(), key)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    for key in ("-", "2"):
        QTest.keyClicks(QApplication.focusWidget(), key)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.grid.currentIndex().row() == 1)
    place = page.grid.visualRect(page.rows.index(0, 0)).center()
    QTest.mouseClick(page.grid.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.waitUntil(lambda: page.rows.place(0) == 0)
    turn()
    assert session.probe == (0.5, -2.0)
    leaves = {n.id: n.index for n in session.document.nodes() if n.role == "feature"}
    values = to_values(session.document, {node: (0.5, -2.0)[k] for node, k in leaves.items()})
    [score] = session.document.marked("prediction")
    for node in (score, *leaves):
        assert session.result.number(node) == pytest.approx(values[node].data, rel=1e-12)
    forecast = accept(predict(session.document, [[0.5, -2.0]]))
    assert np.array_equal(page.rows.forecast.outputs, forecast.outputs)


def test_escape_ends_the_trial_and_then_leaves_the_table(page, window, session) -> None:
    page.rows.add_rows(np.array([[0.25, 0.75]]))
    QTest.keyClick(page.grid, Qt.Key.Key_Up)
    assert session.probe == (0.25, 0.75)
    QTest.keyClick(page.grid, Qt.Key.Key_Escape)
    assert session.probe is None
    assert page.grid.hasFocus()
    QTest.keyClick(page.grid, Qt.Key.Key_Escape)
    assert window.canvas.hasFocus()


def test_the_boundary_marks_where_the_row_lies(page, window, session, qtbot) -> None:
    page.rows.add_rows(np.array([[0.25, 0.75]]))
    place = page.grid.visualRect(page.rows.index(0, 0)).center()
    QTest.mouseClick(page.grid.viewport(), Qt.MouseButton.LeftButton, pos=place)
    turn()
    assert "0.25" in window.training_panel.boundary._about.text()


def test_another_document_asks_for_its_own_features(page, session, qtbot) -> None:
    page.rows.add_rows(np.array([[0.25, 0.75]]))
    assert session.open_example("sine")
    qtbot.waitUntil(lambda: len(page.rows.asked.features) == 1)
    assert page.rows.cells.shape == (0, 1)


def test_a_window_closes_while_it_predicts(page, window, session) -> None:
    page.rows.add_rows(np.zeros((5000, 2)))
    session.settle()
    session.stack.setClean()
    assert window.close()
    assert not page.forecaster.is_busy
