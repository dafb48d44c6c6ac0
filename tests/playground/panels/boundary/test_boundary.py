"""The boundary panel under a real mouse: points chosen, places tried out, and both given up."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel

from engine.errors import accept
from engine.graph.models import Model
from engine.graph.properties import set_data, set_mark
from engine.graph.records import DataSettings
from playground.panels.boundary import BoundaryPanel
from playground.session.clear import model_edit


@pytest.fixture
def panel(network, themes, settings, qtbot) -> BoundaryPanel:
    """Show the panel of the network, once its boundary is there."""
    made = BoundaryPanel(network, themes, settings)
    qtbot.addWidget(made)
    made.resize(288, 320)
    made.show()
    qtbot.waitExposed(made)
    qtbot.waitUntil(lambda: fine(network))
    return made


def fine(session) -> bool:
    """Tell whether the boundary at rest is there."""
    boundary = session.training.boundary
    return boundary is not None and boundary.scores.shape == (100, 100)


def port(panel):
    return panel.picture._plot.viewport()


def place_of(panel, x: float, y: float) -> QPoint:
    return panel.picture.position_of(x, y).toPoint()


def lonely(session) -> int:
    """Return a point with no other near it."""
    points = session.samples.inputs
    away = np.hypot(*(points[:, None] - points).T) + 1e9 * np.eye(len(points))
    return int(np.argmax(away.min(axis=0)))


def press(qtbot, panel, x: float, y: float) -> None:
    qtbot.mouseClick(port(panel), Qt.MouseButton.LeftButton, pos=place_of(panel, x, y))


def hover(qtbot, panel, x: float, y: float) -> None:
    qtbot.mouseMove(port(panel), place_of(panel, x, y))


def leave(panel) -> None:
    panel.picture.left.emit()


def shown(panel) -> str:
    return "\n".join(w.text() for w in panel.findChildren(QLabel) if w.isVisible())


def ring(panel) -> list[list[float]]:
    return np.stack(panel.picture._ring.getData(), axis=1).tolist()


def test_the_title_says_what_is_shown(panel, network):
    assert "Decision boundary" in shown(panel)
    assert "moons · 40 points" in shown(panel)
    network.do(set_data(network.document, test_share=0.25))
    network.flush()
    assert "moons · 30 + 10 test" in shown(panel)


def test_every_point_lies_where_the_data_say(panel, network):
    points = np.stack(panel.picture._dots.getData(), axis=1)
    assert np.array_equal(points, network.samples.inputs)
    x, y = network.samples.inputs[3]
    assert panel.picture.near(x, y) is not None
    inside = panel.picture.rect().contains
    assert all(inside(place_of(panel, *point)) for point in network.samples.inputs)


def test_points_wear_the_colour_of_their_class(panel, network, themes):
    theme = themes.current()
    colours = {True: theme.map_positive, False: theme.map_negative}
    for spot, label in zip(panel.picture._dots.points(), network.samples.labels, strict=True):
        assert spot.brush().color() == colours[bool(label > 0)]


def test_the_picture_is_that_of_the_boundary(panel, network, themes):
    """Where the network leans to a class, the pixel leans to its colour: orange or blue."""
    panel.picture.show_points(np.empty((0, 2)), [], [])
    panel.picture.choose(None)
    boundary, picture = network.training.boundary, panel.picture.grab().toImage()
    x = np.linspace(boundary.bounds.left, boundary.bounds.right, 100)
    y = np.linspace(boundary.bounds.bottom, boundary.bounds.top, 100)
    checked = 0
    for row, column in [(i, j) for i in range(5, 96, 15) for j in range(5, 96, 15)]:
        score = boundary.scores[row, column]
        if abs(score) > 0.1:
            pixel = picture.pixelColor(place_of(panel, x[column], y[row]))
            assert (blueness(pixel) > blueness(themes.current().map_zero)) == (score > 0)
            checked += 1
    assert checked > 5


def blueness(colour) -> int:
    return colour.blue() - colour.red()


def test_a_click_on_a_point_makes_it_the_sample_that_is_shown(panel, network, qtbot):
    point = lonely(network)
    press(qtbot, panel, *network.samples.inputs[point])
    assert network.view.sample == point
    assert network.probe is None
    assert ring(panel) == [network.samples.inputs[point].tolist()]
    network.flush()
    features = [n for n in network.document.nodes() if n.role == "feature"]
    shown_now = [network.result.number(node.id) for node in features]
    assert shown_now == network.samples.inputs[point].tolist()


def test_a_sample_chosen_elsewhere_is_ringed(panel, network):
    network.set_sample(7)
    assert ring(panel) == [network.samples.inputs[7].tolist()]


def test_hovering_tries_a_place_out_until_the_mouse_leaves(panel, network, qtbot):
    hover(qtbot, panel, 0.5, 1.9)
    assert network.probe == pytest.approx((0.5, 1.9), abs=0.05)
    assert ring(panel) == []
    leave(panel)
    assert network.probe is None
    assert ring(panel) == [network.samples.inputs[0].tolist()]


def test_a_twitch_after_the_click_does_not_lose_the_point(panel, network, qtbot):
    point = lonely(network)
    press(qtbot, panel, *network.samples.inputs[point])
    spot = place_of(panel, *network.samples.inputs[point]) + QPoint(2, 1)
    qtbot.mouseMove(port(panel), spot)
    assert network.probe is None
    assert network.view.sample == point


def test_a_click_beside_the_points_keeps_the_place_until_escape(panel, network, qtbot):
    press(qtbot, panel, 0.5, 1.9)
    kept = network.probe
    assert kept == pytest.approx((0.5, 1.9), abs=0.05)
    hover(qtbot, panel, -1.0, -1.0)
    leave(panel)
    assert network.probe == kept
    qtbot.keyClick(panel, Qt.Key.Key_Escape)
    assert network.probe is None
    hover(qtbot, panel, -1.0, 1.8)
    assert network.probe == pytest.approx((-1.0, 1.8), abs=0.05)


def test_the_place_that_is_tried_out_is_written_above(panel, network, qtbot):
    press(qtbot, panel, 0.5, 1.9)
    assert "40 points" not in shown(panel)
    assert "0.5" in shown(panel)


def test_the_arrow_keys_walk_through_the_samples(panel, network, qtbot):
    panel.setFocus()
    for key, sample in ((Qt.Key.Key_Right, 1), (Qt.Key.Key_Down, 2), (Qt.Key.Key_Left, 1)):
        qtbot.keyClick(panel, key)
        assert network.view.sample == sample


def test_the_keyboard_sees_where_it_is(panel, qtbot):
    panel.clearFocus()
    plain = panel.picture.grab().toImage()
    panel.setFocus(Qt.FocusReason.TabFocusReason)
    assert panel.picture.grab().toImage() != plain
    panel.clearFocus()
    assert panel.picture.grab().toImage() == plain


def test_nothing_looked_at_is_an_edit(panel, network, qtbot):
    press(qtbot, panel, 0.5, 1.9)
    press(qtbot, panel, *network.samples.inputs[lonely(network)])
    assert network.stack.count() == 1


def test_wheel_drag_and_right_click_leave_the_picture_where_it_is(panel, qtbot):
    before = panel.picture._plot.getViewBox().viewRange()
    middle = port(panel).rect().center()
    qtbot.mousePress(port(panel), Qt.MouseButton.LeftButton, pos=middle)
    qtbot.mouseMove(port(panel), middle + QPoint(60, 40))
    qtbot.mouseRelease(port(panel), Qt.MouseButton.LeftButton, pos=middle + QPoint(60, 40))
    qtbot.mouseClick(port(panel), Qt.MouseButton.RightButton, pos=middle)
    turn = QWheelEvent(
        QPointF(middle),
        QPointF(port(panel).mapToGlobal(middle)),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(port(panel), turn)
    assert panel.picture._plot.getViewBox().viewRange() == before
    assert QApplication.activePopupWidget() is None


def test_a_unit_is_as_long_across_as_up_at_any_width(panel, qtbot):
    for width in (288, 420):
        panel.resize(width, 500)
        qtbot.waitUntil(lambda: panel.picture.width() == panel.width())
        origin, right, up = (panel.picture.position_of(*p) for p in ((0, 0), (1, 0), (0, 1)))
        assert right.x() - origin.x() == pytest.approx(origin.y() - up.y(), abs=2)


def test_without_data_it_says_what_to_do_and_does_it(session, themes, settings, qtbot):
    panel = BoundaryPanel(session, themes, settings)
    qtbot.addWidget(panel)
    panel.show()
    qtbot.waitExposed(panel)
    assert not panel.picture.isVisible()
    qtbot.mouseClick(panel.empty.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: session.training.boundary is not None)
    assert session.training.playing
    assert panel.picture.isVisible()
    assert not panel.empty.isVisible()
    session.settle()


def test_without_a_prediction_the_points_stay_and_a_sentence_says_why(panel, network, qtbot):
    [prediction] = network.document.marked("prediction")
    network.do(accept(set_mark(network.document, prediction, "prediction", on=False)))
    qtbot.waitUntil(lambda: "marked as the prediction" in shown(panel))
    assert panel.picture.isVisible()
    assert panel.picture._image.image is None
    network.undo()
    qtbot.waitUntil(lambda: panel.picture._image.image is not None)
    assert "marked as the prediction" not in shown(panel)


def test_the_boundary_follows_training(panel, network, qtbot):
    before = panel.picture._image.image.copy()
    network.training.set_speed(None)
    network.training.play()
    qtbot.waitUntil(lambda: not np.array_equal(panel.picture._image.image, before))
    network.training.pause()


def test_another_theme_and_another_document_use_the_same_plot(panel, network, themes, qtbot):
    items = (panel.picture._plot, panel.picture._image, panel.picture._dots)
    themes.choose("light")
    assert panel.picture._dots.points()[0].brush().color() in (
        themes.current().map_negative,
        themes.current().map_positive,
    )
    network.new()
    assert panel.empty.isVisible()
    network.do(model_edit(network.document, Model((1,), data=DataSettings("xor", samples=10))))
    qtbot.waitUntil(lambda: "exclusive or · 10 points" in shown(panel))
    assert items == (panel.picture._plot, panel.picture._image, panel.picture._dots)
