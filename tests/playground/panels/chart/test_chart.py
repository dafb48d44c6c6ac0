"""The chart: the curves it draws, its axes, its cursor, and the part that is in sight."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel

from engine.train.results import Part
from playground.panels.chart import Chart, Line
from playground.panels.chart.chart import AXIS_WIDTH
from playground.panels.chart.curves import smoothed
from playground.panels.studio.results import Scatter


def make(themes, qtbot, **arguments) -> Chart:
    made = Chart(themes, "Nothing yet.", **arguments)
    qtbot.addWidget(made)
    made.resize(640, 220)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def chart(themes, qtbot) -> Chart:
    return make(themes, qtbot)


@pytest.fixture
def wide(themes, qtbot) -> Chart:
    return make(themes, qtbot, zoomable=True)


def line(numbers, steps=None, **more) -> Line:
    numbers = np.asarray(numbers, dtype=float)
    steps = np.arange(len(numbers), dtype=float) if steps is None else np.asarray(steps, float)
    return Line("train", steps, numbers, **more)


def drawn(chart: Chart, which: int = 0):
    return chart._curves[which].raw.getData()


def sight(chart: Chart):
    return chart.plot.getViewBox().viewRange()


def at(chart: Chart, step: float) -> QPoint:
    """Return where a step is on the screen, by the plot's own mapping."""
    view = chart.plot.getViewBox()
    return chart.plot.mapFromScene(view.mapViewToScene(QPointF(step, sum(sight(chart)[1]) / 2)))


def turn(chart: Chart, place: QPoint, notches: int) -> None:
    port = chart.plot.viewport()
    event = QWheelEvent(
        QPointF(place),
        QPointF(port.mapToGlobal(place)),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(port, event)


def test_the_range_holds_all_curves_and_all_steps(chart):
    chart.show_lines([line([1.0, 0.1, 0.01]), line([9.0, 2.0])])
    assert sight(chart)[0] == [0, 2]
    assert sight(chart)[1][0] < -2 < np.log10(9) < sight(chart)[1][1]


def test_zero_lies_below_everything_that_any_line_has_and_is_marked_as_what_it_is(chart):
    chart.show_lines([line([3.0, 0.0, 0.0]), line([2.0, 1e-4, 1e-3])])
    fell, other = drawn(chart)[1], drawn(chart, 1)[1]
    assert fell[1] == fell[2] < other.min() == -4
    assert sight(chart)[1][0] < fell[1]
    marks = dict(chart._axes.left._tickLevels[0])
    assert marks[fell[1]] == "0"
    assert not [at for at in marks if at < fell[1]]


def test_a_run_that_falls_to_zero_at_once_is_seen_to_fall(chart):
    chart.show_lines([line([3.5, 0.0, 0.0])])
    first, second, third = drawn(chart)[1]
    assert first > second == third


def test_without_a_zero_none_is_marked(chart):
    chart.show_lines([line([3.5, 0.1, 0.01])])
    assert "0" not in [words for _at, words in chart._axes.left._tickLevels[0]]


def test_negative_numbers_are_drawn_as_they_are(chart):
    chart.show_lines([line([2.0, 0.5, -1.0])])
    assert not chart.is_logarithmic
    assert drawn(chart)[1].tolist() == [2.0, 0.5, -1.0]


def test_a_million_steps_cost_no_more_points_than_pixels(chart):
    chart.show_lines([line(np.random.default_rng(0).uniform(1, 2, 1_000_000))])
    x, y = drawn(chart)
    assert len(x) == len(y) <= 2 * chart.width()
    assert (x[0], x[-1]) == pytest.approx((0, 999_999), rel=0.01, abs=4000)


def test_entries_stand_at_their_steps(chart):
    chart.show_lines([line([3.0, 2.0, 1.0], [0.0, 10.0, 20.0])])
    assert drawn(chart)[0].tolist() == [0.0, 10.0, 20.0]


@pytest.mark.parametrize(
    "numbers", [[], [0.0], [0.0, 0.0], [5.0], [np.inf, 1.0], [np.nan], [1e300, 1e-300]]
)
@pytest.mark.parametrize("smoothing", [0.0, 0.9])
def test_odd_numbers_never_upset_the_axes(chart, numbers, smoothing):
    chart.smoothing = smoothing
    chart.show_lines([line(numbers)], [(0, "begun")])
    chart.point(0.0)
    chart.grab()
    assert np.isfinite(np.array(sight(chart))).all()


class Paints(QObject):
    """Counts how often a widget is painted."""

    def __init__(self, widget) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched, event):
        self.count += event.type() is QEvent.Type.Paint
        return False


def test_other_lines_are_painted_in_one_frame(chart, qtbot):
    with qtbot.waitExposed(chart):
        chart.show()
    chart.show_lines([line([1.0, 2.0])])
    qtbot.wait(50)
    paints = Paints(chart.plot.viewport())
    chart.show_lines([line([3.0, 20.0, 500.0])])
    qtbot.wait(50)
    assert paints.count == 1


def test_other_points_of_a_scatter_are_painted_in_one_frame(themes, qtbot):
    scatter = Scatter(themes)
    qtbot.addWidget(scatter)
    scatter.resize(400, 300)
    scatter.show()
    qtbot.waitExposed(scatter)
    qtbot.wait(50)
    paints = Paints(scatter.plot.viewport())
    scatter.show_part(Part(0, np.arange(5.0), 1.5 * np.arange(5.0)))
    qtbot.wait(50)
    assert paints.count == 1


def test_curves_are_reused_and_those_that_are_gone_are_empty(chart):
    chart.show_lines([line([1.0, 2.0]), line([2.0, 3.0])])
    first = chart._curves[0].raw
    items = len(chart.plot.getPlotItem().items)
    for _update in range(5):
        chart.show_lines([line([1.0, 2.0, 3.0])])
    assert chart._curves[0].raw is first
    assert len(chart.plot.getPlotItem().items) == items
    assert not len(drawn(chart, 1)[0])


def test_another_theme_recolours_the_same_curves(chart, themes):
    chart.show_lines([line([1.0, 0.1, 0.01])])
    curve = chart._curves[0].raw
    themes.choose("light")
    assert chart._curves[0].raw is curve
    assert chart.plot.backgroundBrush().color() == themes.current().panel
    assert curve.opts["pen"].color() == themes.current().positive


def test_what_was_smoothed_is_not_smoothed_again(chart, monkeypatch):
    counted = []
    monkeypatch.setattr(
        "playground.panels.chart.chart.smoothed", lambda *a: counted.append(1) or smoothed(*a)
    )
    chart.smoothing = 0.9
    old, new = line(np.ones(9)), line(np.ones(5))
    chart.show_lines([new, old])
    chart.show_lines([line(np.ones(6)), old])
    chart.redraw()
    assert len(counted) == 3


# The cursor --------------------------------------------------------------------------------------


def words(chart: Chart) -> str:
    return chart.pointer.words


def test_the_cursor_tells_step_epoch_and_the_value_of_every_line(chart, qtbot):
    epochs = np.arange(10) // 4
    curve = line(np.arange(1.0, 11.0), epochs=epochs)
    test = Line("test", curve.steps, curve.numbers * 2, "muted")
    chart.show_lines([curve, test], [(6, "Learning rate 0.1 → 0.01")])
    qtbot.mouseMove(chart.plot.viewport(), at(chart, 6.0))
    assert words(chart) == "epoch 1 · step 6, train 7.0, test 14.0, Learning rate 0.1 → 0.01"
    assert chart.accessibleDescription() == words(chart)
    assert chart.pointer._line.value() == 6.0
    assert [spot.pos().y() for spot in chart.pointer._dots.points()] == pytest.approx(
        np.log10([7.0, 14.0])
    )


def test_the_cursor_goes_with_the_mouse(chart, qtbot):
    chart.show_lines([line(np.arange(1.0, 11.0))])
    qtbot.mouseMove(chart.plot.viewport(), at(chart, 3.0))
    assert words(chart).startswith("step 3")
    QApplication.sendEvent(chart.plot.viewport(), leaving())
    assert words(chart) == ""
    assert not any(card.isVisible() for card in chart.findChildren(QLabel, "chart-card"))


def leaving():
    return QEvent(QEvent.Type.Leave)


def test_a_line_that_has_ended_says_nothing_where_others_go_on(chart):
    chart.show_lines([line(np.ones(100)), Line("other", np.arange(5.0), np.ones(5))])
    chart.point(50.0)
    assert "other" not in words(chart)
    chart.point(3.0)
    assert "other" in words(chart)


def test_the_nearest_entry_is_told(chart):
    chart.show_lines([line([1.0, 2.0, 3.0], [0, 100, 1_000])])
    for step, value in ((40, "1.0"), (60, "2.0"), (551, "3.0"), (1_000, "3.0")):
        chart.point(step)
        assert words(chart).endswith(f"train {value}")


# The part in sight -------------------------------------------------------------------------------


def test_the_wheel_zooms_about_the_mouse(wide):
    wide.show_lines([line(np.linspace(2, 1, 1001))])
    place = at(wide, 250.0)
    turn(wide, place, 2)
    assert np.diff(sight(wide)[0])[0] == pytest.approx(500, rel=0.01)
    assert abs(at(wide, 250.0).x() - place.x()) <= 2
    turn(wide, place, -9)
    assert wide.sight.shows_all


def test_what_is_in_sight_decides_the_height(wide):
    numbers = np.ones(1001)
    numbers[:100] = 1000.0
    numbers[500:] = 1.5
    wide.logarithmic = False
    wide.show_lines([line(numbers)])
    wide.sight.show(400, 300)
    wide.redraw()
    low, high = sight(wide)[1]
    assert 0.9 < low < 1.0 < 1.5 < high < 1.6


def test_a_drag_moves_and_a_double_click_shows_all(wide, qtbot):
    wide.show_lines([line(np.linspace(2, 1, 1001))])
    wide.sight.show(400, 200)
    wide.redraw()
    port, begin = wide.plot.viewport(), at(wide, 500.0)
    with qtbot.assertNotEmitted(wide.clicked):
        qtbot.mousePress(port, Qt.MouseButton.LeftButton, pos=begin)
        qtbot.mouseMove(port, begin + QPoint(60, 0))
        qtbot.mouseRelease(port, Qt.MouseButton.LeftButton, pos=begin + QPoint(60, 0))
    moved = 60 * 200 / (wide.width() - AXIS_WIDTH)
    assert sight(wide)[0] == pytest.approx([400 - moved, 600 - moved], abs=1)
    qtbot.mouseDClick(port, Qt.MouseButton.LeftButton, pos=begin)
    assert sight(wide)[0] == [0, 1000]


def test_what_is_in_sight_stays_while_the_run_goes_on(wide):
    wide.show_lines([line(np.linspace(2, 1, 1001))])
    wide.sight.show(100, 50)
    wide.show_lines([line(np.linspace(2, 1, 5001))])
    assert sight(wide)[0] == [100, 150]


def test_the_wheel_belongs_to_the_panel_where_nothing_can_be_zoomed(chart):
    chart.show_lines([line(np.linspace(2, 1, 1001))])
    turn(chart, at(chart, 500.0), 3)
    assert chart.sight.shows_all


def test_keys_do_what_the_mouse_does(wide, qtbot):
    wide.show_lines([line(np.linspace(2, 1, 1001))])
    wide.setFocus()
    qtbot.keyClick(wide, Qt.Key.Key_Right)
    first = wide.pointer.step
    qtbot.keyClick(wide, Qt.Key.Key_Left)
    assert wide.pointer.step < first
    qtbot.keyClick(wide, Qt.Key.Key_Plus)
    assert np.diff(sight(wide)[0])[0] == pytest.approx(500)
    qtbot.keyClick(wide, Qt.Key.Key_Home)
    assert wide.sight.shows_all
    qtbot.keyClick(wide, Qt.Key.Key_Escape)
    assert wide.pointer.step is None


def test_shares_have_an_axis_in_percent(themes, qtbot):
    chart = make(themes, qtbot, shares=True)
    chart.show_lines([line([0.8, 0.95, 1.0])])
    assert not chart.is_logarithmic
    assert sight(chart)[1][0] < 0.75 < 1.0 < sight(chart)[1][1]


def test_a_curve_that_runs_along_a_line_of_the_axis_lies_over_it(themes, qtbot):
    chart = make(themes, qtbot, shares=True)
    chart.show_lines([line(np.ones(50))])
    picture = chart.plot.grab().toImage()
    height = chart.plot.getPlotItem().getViewBox().mapViewToScene(QPointF(25.0, 1.0)).y()
    near = [picture.pixelColor(picture.width() // 2, round(height) + k) for k in (-1, 0, 1)]
    assert max(colour.blue() - colour.red() for colour in near) > 80  # blue; the line is grey
