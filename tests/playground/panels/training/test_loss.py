"""The loss plot: the curves it draws, its axis, and the numbers above it."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QToolButton

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


def drawn(plot: LossPlot):
    return plot._train_curve.getOriginalDataset()


def shown(plot: LossPlot) -> list[str]:
    return [label.text() for label in plot.findChildren(QLabel) if label.isVisible()]


def view(plot: LossPlot):
    return plot._plot.getViewBox().viewRange()


def test_without_a_run_it_says_what_will_be_here(plot):
    assert any("are drawn here" in text for text in shown(plot))


def test_positive_losses_are_drawn_by_their_powers_of_ten(plot):
    plot.show_snapshot(snapshot(0.01), curves([1.0, 0.1, 0.01]))
    x, y = drawn(plot)
    assert x.tolist() == [0, 1, 2]
    assert y.tolist() == pytest.approx([0, -1, -2])
    assert view(plot)[0] == [0, 2]
    assert view(plot)[1][0] < -2 < 0 < view(plot)[1][1]
    assert not any("are drawn here" in text for text in shown(plot))


def test_negative_losses_are_drawn_as_they_are(plot):
    plot.show_snapshot(snapshot(-1.0), curves([2.0, 0.5, -1.0]))
    assert not plot.is_logarithmic
    assert drawn(plot)[1].tolist() == [2.0, 0.5, -1.0]


def test_a_click_on_log_makes_the_axis_linear_and_back(plot, qtbot):
    plot.show_snapshot(snapshot(0.01), curves([1.0, 0.1, 0.01]))
    button = plot.findChild(QToolButton)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert drawn(plot)[1].tolist() == [1.0, 0.1, 0.01]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert plot.is_logarithmic


def test_the_latest_numbers_stand_above_and_test_only_with_test_points(plot):
    plot.show_snapshot(snapshot(0.01234), curves([1.0]))
    assert "train 0.0123" in shown(plot)
    assert not any(text.startswith("test") for text in shown(plot))
    plot.show_snapshot(snapshot(1.5e-7, 0.25, 0.995), curves([1.0], np.array([2.0])))
    assert "train 1.5e-07" in shown(plot)
    assert "test 0.2500 · 99 %" in shown(plot)


def test_a_million_steps_cost_no_more_points_than_pixels(plot):
    plot.show_snapshot(snapshot(0.1), curves(np.random.default_rng(0).uniform(1, 2, 1_000_000)))
    x, y = drawn(plot)
    assert len(x) == len(y) <= 2 * plot.width()
    assert (x[0], x[-1]) == pytest.approx((0, 999_999), rel=0.01, abs=4000)


def test_entries_stand_at_their_steps(plot):
    thinned = Curves(np.array([0.0, 10.0, 20.0]), np.array([3.0, 2.0, 1.0]), None)
    plot.show_snapshot(snapshot(1.0), thinned)
    assert drawn(plot)[0].tolist() == [0.0, 10.0, 20.0]


@pytest.mark.parametrize(
    "losses", [[0.0], [0.0, 0.0], [5.0], [np.inf, 1.0], [np.nan], [1e300, 1e-300]]
)
def test_odd_losses_never_upset_the_axes(plot, losses, qtbot):
    plot.show_snapshot(snapshot(losses[-1]), curves(losses))
    plot.grab()
    assert np.isfinite(np.array(view(plot))).all()


def test_the_plot_ignores_wheel_and_drag(plot, qtbot):
    plot.show_snapshot(snapshot(0.01), curves([1.0, 0.1, 0.01]))
    before = view(plot)
    port = plot._plot.viewport()
    qtbot.mousePress(port, Qt.MouseButton.LeftButton, pos=port.rect().center())
    qtbot.mouseMove(port, port.rect().topLeft())
    qtbot.mouseRelease(port, Qt.MouseButton.LeftButton, pos=port.rect().topLeft())
    qtbot.mouseClick(port, Qt.MouseButton.RightButton, pos=port.rect().center())
    assert view(plot) == before


def test_another_theme_recolours_the_same_curves(plot, themes):
    plot.show_snapshot(snapshot(0.01), curves([1.0, 0.1, 0.01]))
    curve = plot._train_curve
    themes.choose("light")
    assert plot._train_curve is curve
    assert plot._plot.backgroundBrush().color() == themes.current().panel
    assert curve.opts["pen"].color() == themes.current().positive
    assert drawn(plot)[0].tolist() == [0, 1, 2]
