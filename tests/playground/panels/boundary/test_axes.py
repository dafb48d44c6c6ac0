"""More features than a plane has, and fewer: axes chosen, the others held, a curve of one."""

import numpy as np
import pytest
from PySide6.QtCore import Qt

from engine.errors import accept
from engine.files import read, write
from engine.graph.models import Model
from engine.graph.records import DataSettings
from engine.graph.rows import use_table
from engine.graph.tables import make_table
from engine.train.fitting import fitted
from playground.panels.boundary import BoundaryPanel
from playground.session.clear import model_edit
from playground.settings import SLOPES
from playground.training import Wanted

NAMES = ("length", "width", "height", "weight")


@pytest.fixture
def boxes(session):
    """Open a network on boxes of four features, two of them in other units."""
    stream = np.random.RandomState(3)
    numbers = stream.normal(size=(60, 4)) * (1, 2, 50, 0.1) + (0, 1, 200, 3)
    kinds = (numbers[:, 0] + numbers[:, 1] > 1).astype(float)
    words = ((), (), (), (), ("small", "large"))
    table = accept(make_table((*NAMES, "kind"), np.column_stack((numbers, kinds)), words))
    session.do(use_table(session.document, table, (0, 1, 2, 3), 4, standardise=True))
    model = accept(fitted(Model((2, 1), data=session.document.data)))
    session.do(model_edit(session.document, model))
    session.flush()
    return session


@pytest.fixture
def panel(boxes, themes, settings, qtbot) -> BoundaryPanel:
    return shown(boxes, themes, settings, qtbot)


def shown(session, themes, settings, qtbot) -> BoundaryPanel:
    made = BoundaryPanel(session, themes, settings)
    qtbot.addWidget(made)
    made.resize(288, 500)
    made.show()
    qtbot.waitExposed(made)
    qtbot.waitUntil(lambda: session.training.boundary is not None)
    return made


def dots(panel) -> np.ndarray:
    return np.stack(panel.picture._dots.getData(), axis=1)


def settled(session, qtbot) -> None:
    """Wait for the boundary at rest in the plane of now."""
    qtbot.waitUntil(
        lambda: (
            session.training.boundary is not None
            and session.training.boundary.axes == session.axes
        )
    )


def predicted(session, features: np.ndarray) -> float:
    """Return the prediction for some features, as the canvas computes it."""
    session.set_probe(features.tolist())
    session.flush()
    [prediction] = session.document.marked("prediction")
    number = session.result.number(prediction)
    session.set_probe(None)
    return number


def test_the_axes_offer_all_features_by_their_names(panel):
    for row in (panel.across, panel.up):
        offered = [row.choice.itemText(k) for k in range(row.choice.count())]
        assert offered == list(NAMES)
    assert panel.across.choice.currentText() == "length"
    assert panel.up.choice.currentText() == "width"
    names = [row.name.text() for row in panel.held.rows if row.isVisible()]
    assert names == ["height", "weight"]


def test_another_axis_shows_the_points_along_it(panel, boxes):
    panel.up.choice.entered.emit("3")
    assert boxes.axes == (0, 3)
    assert np.array_equal(dots(panel), boxes.samples.inputs[:, [0, 3]])
    assert boxes.stack.count() == 2, "how one looks at data is no edit"


def test_the_axis_of_the_other_changes_places_with_it(panel, boxes):
    panel.across.choice.entered.emit("1")
    assert boxes.axes == (1, 0)
    assert np.array_equal(dots(panel), boxes.samples.inputs[:, [1, 0]])


def test_the_boundary_is_the_prediction_with_the_others_held(panel, boxes, qtbot):
    panel.up.choice.entered.emit("2")
    row = panel.held.rows[0]
    row.slider.setValue(330)
    held = boxes.held
    assert held[1] == pytest.approx(
        np.interp(
            330, (0, 400), (boxes.samples.inputs[:, 1].min(), boxes.samples.inputs[:, 1].max())
        )
    )
    qtbot.wait(50)
    settled(boxes, qtbot)
    qtbot.waitUntil(lambda: boxes.training.boundary.scores.shape[0] >= 60)
    boundary = boxes.training.boundary
    for row_number, column in ((0, 0), (10, 50), (40, 20)):
        side = boundary.scores.shape[1] - 1
        bounds = boundary.bounds
        features = np.array(held)
        features[0] = bounds.left + (bounds.right - bounds.left) * column / side
        features[2] = bounds.bottom + (bounds.top - bounds.bottom) * row_number / side
        found = boundary.scores[row_number, column]
        assert found == pytest.approx(predicted(boxes, features), abs=1e-5)


def test_the_others_are_held_at_their_means_at_first(panel, boxes):
    assert boxes.held == pytest.approx(boxes.samples.inputs.mean(axis=0))
    written = panel.held.rows[0]._number.text()
    raw = boxes.document.data.table.numbers[:, 2].mean()
    assert float(written.replace("\N{MINUS SIGN}", "-")) == pytest.approx(raw, rel=1e-2)


def test_a_place_that_is_tried_out_has_all_features(panel, boxes, qtbot):
    panel.up.choice.entered.emit("3")
    spot = panel.picture.position_of(0.5, -0.25).toPoint()
    qtbot.mouseMove(panel.picture._plot.viewport(), spot)
    probe = boxes.probe
    assert len(probe) == 4
    assert (probe[0], probe[3]) == pytest.approx((0.5, -0.25), abs=0.1)
    assert probe[1:3] == boxes.held[1:3]


def test_points_fade_with_their_distance_from_the_plane(panel, boxes):
    alphas = [spot.brush().color().alphaF() for spot in panel.picture._dots.points()]
    others = boxes.samples.inputs[:, 2:]
    away = (((others - others.mean(axis=0)) / others.std(axis=0)) ** 2).mean(axis=1)
    nearest, farthest = int(np.argmin(away)), int(np.argmax(away))
    assert alphas[nearest] > 0.85
    assert alphas[farthest] < 0.5
    assert min(alphas) > 0.1, "no point is out of sight"


def test_the_plane_is_kept_in_the_file(boxes):
    boxes.set_view(axes=(3, 1), held=(0.0, 0.5, 1.0, -1.0))
    again = accept(read(write(boxes.document)))
    assert (again.view.axes, again.view.held) == ((3, 1), (0.0, 0.5, 1.0, -1.0))


def test_a_plane_that_the_data_do_not_have_is_not_taken(boxes):
    boxes.set_view(axes=(2, 9))
    assert boxes.axes == (0, 1)


def test_drawing_in_a_plane_gives_the_others_what_is_held(panel, boxes, qtbot):
    panel.up.choice.entered.emit("3")
    panel.draw()
    spot = panel.picture.position_of(3.0, 3.0).toPoint()
    qtbot.mouseClick(panel.picture._plot.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    boxes.flush()
    table = boxes.document.data.table
    assert len(table) == 61
    means = table.numbers[:60].mean(axis=0)
    assert table.numbers[60, 1:3] == pytest.approx(means[1:3])
    raw = table.numbers[:60, [0, 3]]
    wanted = raw.mean(axis=0) + 3.0 * raw.std(axis=0)
    assert table.numbers[60, [0, 3]] == pytest.approx(wanted, abs=0.2)


def test_many_features_share_one_slider(session, themes, settings, qtbot):
    numbers = np.random.RandomState(0).normal(size=(20, 9))
    table = accept(make_table([f"f{k}" for k in range(9)], numbers))
    session.do(use_table(session.document, table, tuple(range(8)), 8))
    session.flush()
    panel = BoundaryPanel(session, themes, settings)
    qtbot.addWidget(panel)
    panel.show()
    [row] = [row for row in panel.held.rows if row.isVisible()]
    assert row.choice.count() == 6
    row.choice.entered.emit("5")
    row.slider.setValue(0)
    assert session.held[5] == numbers[:, 5].min()


def test_of_one_feature_the_prediction_is_a_curve_through_the_points(
    session, themes, settings, qtbot
):
    model = accept(fitted(Model((2, 1), data=DataSettings("sine", samples=30))))
    session.do(model_edit(session.document, model))
    session.flush()
    panel = shown(session, themes, settings, qtbot)
    samples = session.samples
    assert np.array_equal(dots(panel), np.column_stack((samples.inputs, samples.labels)))
    across, heights = panel.picture._curve.getData()
    for place in (0, 17, len(across) - 1):
        expected = predicted(session, np.array([across[place]]))
        assert heights[place] == pytest.approx(expected, abs=1e-5)
    assert panel.up._name.text() == "y"


def test_drawing_on_a_curve_gives_points_their_height(session, themes, settings, qtbot):
    model = accept(fitted(Model((2, 1), data=DataSettings("line", samples=10))))
    session.do(model_edit(session.document, model))
    session.flush()
    panel = shown(session, themes, settings, qtbot)
    panel.draw()
    assert [brush.name for brush in panel.drawing.brushes] == ["points"]
    place = (float(session.samples.inputs.mean()), float(session.samples.labels.max()))
    spot = panel.picture.position_of(*place).toPoint()
    qtbot.mouseClick(panel.picture._plot.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert session.document.data.table.numbers[-1] == pytest.approx(place, abs=0.2)


def test_maps_and_arrows_are_of_the_same_plane(panel, boxes, settings, qtbot):
    """What a map says at a point is what the canvas computes with the point's features."""
    boxes.set_view(axes=(2, 1), held=(0.5, 0.0, 0.0, -0.5))
    [prediction] = boxes.document.marked("prediction")
    boxes.training.want_maps(Wanted((prediction,), 16))
    settings.write(SLOPES, True)

    def there() -> bool:
        maps, seen = boxes.training.maps, boxes.training.seen
        measured = maps is not None and maps.small is not None and maps.small.axes == (2, 1)
        return measured and seen is not None and seen.slopes is not None

    qtbot.waitUntil(there)
    maps = boxes.training.maps.small
    features = np.array(boxes.held)
    features[[2, 1]] = maps.bounds.left, maps.bounds.top
    assert maps.scores[0, -1, 0] == pytest.approx(predicted(boxes, features), abs=1e-5)

    def steepness() -> float:
        slopes = boxes.training.seen.slopes
        features[[2, 1]] = slopes.places[3]
        ahead, behind = features.copy(), features.copy()
        ahead[2] += 1e-5
        behind[2] -= 1e-5
        slope = (predicted(boxes, ahead) - predicted(boxes, behind)) / 2e-5
        return abs(slope - slopes.slopes[3, 0])

    qtbot.waitUntil(lambda: steepness() < 1e-4)
