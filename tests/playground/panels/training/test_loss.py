"""The small loss chart: the curves it draws, the numbers above it, and what its buttons do."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel

from engine.train.snapshot import Snapshot
from playground.panels.training.loss import LossPlot
from playground.training import Curves

NOTHING = (np.empty(0, np.int64), np.empty(0))


@pytest.fixture
def plot(themes, qtbot) -> LossPlot:
    made = LossPlot(themes)
    qtbot.addWidget(made)
    made.resize(288, 170)
    made.show()
    qtbot.waitExposed(made)
    return made


def snapshot(train: float, test: float | None = None, accuracy: float | None = None) -> Snapshot:
    return Snapshot(9, 9, NOTHING, train, test, train, accuracy, accuracy, 0.1)


def curves(train, test=None) -> Curves:
    train = np.asarray(train, dtype=float)
    return Curves(np.arange(len(train), dtype=float), train, test)


def drawn(plot: LossPlot, which: int = 0):
    return plot.chart._curves[which].raw.getData()


def shown(plot: LossPlot) -> list[str]:
    return [label.text() for label in plot.findChildren(QLabel) if label.isVisible()]


def test_without_a_run_it_says_what_will_be_here(plot):
    assert any("are drawn here" in text for text in shown(plot))


def test_positive_losses_are_drawn_by_their_powers_of_ten(plot):
    plot.show_snapshot(snapshot(0.01), curves([1.0, 0.1, 0.01]))
    x, y = drawn(plot)
    assert x.tolist() == [0, 1, 2]
    assert y.tolist() == pytest.approx([0, -1, -2])
    assert not any("are drawn here" in text for text in shown(plot))


def test_a_click_on_log_makes_the_axis_linear_and_back(plot, qtbot):
    plot.show_snapshot(snapshot(0.01), curves([1.0, 0.1, 0.01]))
    qtbot.mouseClick(plot.scale, Qt.MouseButton.LeftButton)
    assert drawn(plot)[1].tolist() == [1.0, 0.1, 0.01]
    qtbot.mouseClick(plot.scale, Qt.MouseButton.LeftButton)
    assert plot.chart.is_logarithmic


def test_smoothing_draws_an_average_over_what_was_measured(plot):
    plot.show_snapshot(snapshot(1.0), curves([1.0, 3.0, 1.0, 3.0]))
    strong = plot.smoothing.choices.actions()[-1]
    strong.trigger()
    raw, soft = plot.chart._curves[0].raw, plot.chart._curves[0].smooth
    assert np.ptp(soft.getData()[1]) < np.ptp(raw.getData()[1]) / 1.4
    assert plot.smoothing.isChecked()
    plot.smoothing.choices.actions()[0].trigger()
    assert not soft.isVisible()
    assert not plot.smoothing.isChecked()


def test_the_latest_numbers_stand_above_and_test_only_with_test_points(plot):
    plot.show_snapshot(snapshot(0.01234), curves([1.0]))
    assert "train 0.0123" in shown(plot)
    assert not any(text.startswith("test") for text in shown(plot))
    plot.show_snapshot(snapshot(1.5e-7, 0.25, 0.995), curves([1.0], np.array([2.0])))
    assert "train 1.5e-07" in shown(plot)
    assert "test 0.2500 · 99 %" in shown(plot)


def test_a_click_asks_for_the_wide_chart_and_a_drag_does_not(plot, qtbot):
    plot.show_snapshot(snapshot(0.01), curves([1.0, 0.1, 0.01]))
    port = plot.chart.plot.viewport()
    with qtbot.waitSignal(plot.opened):
        qtbot.mouseClick(port, Qt.MouseButton.LeftButton, pos=port.rect().center())
    with qtbot.assertNotEmitted(plot.opened):
        qtbot.mousePress(port, Qt.MouseButton.LeftButton, pos=port.rect().center())
        qtbot.mouseMove(port, QPoint(20, 20))
        qtbot.mouseRelease(port, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    assert plot.chart.sight.shows_all
