"""The boundary is the prediction at every point of a grid."""

import math

import numpy as np
import pytest

from engine.errors import Refusal, accept
from engine.graph import properties, verbs
from engine.graph.document import Document
from engine.train.boundary import (
    FEWEST_LANES,
    LANES,
    BoundaryProbe,
    Bounds,
    Plane,
    boundary_grid,
    default_bounds,
)
from engine.train.samples import load_samples, split
from tests.engine.train.documents import Network, built, demo, graph, marked

SMALL = Bounds(-1.0, 2.0, -0.5, 1.0)


def network_scores(vector: np.ndarray, bounds: Bounds, resolution: int) -> np.ndarray:
    """Return the demo network's scores point by point, bottom row first."""
    network = Network(vector)
    x = np.linspace(bounds.left, bounds.right, resolution)
    y = np.linspace(bounds.bottom, bounds.top, resolution)
    return np.array([[network.scores(np.array([[u, v]]))[0] for u in x] for v in y])


@pytest.mark.parametrize("resolution", [2, 7, 23, 30])
def test_every_point_of_the_grid_has_the_networks_score(resolution: int) -> None:
    assert LANES < 23**2, "some grids must take more than one portion"
    document = demo()
    boundary = accept(boundary_grid(document, bounds=SMALL, resolution=resolution))
    expected = network_scores(built(document).parameters, SMALL, resolution)
    assert boundary.scores.dtype == np.float32
    np.testing.assert_allclose(boundary.scores, expected, rtol=1e-6, atol=1e-6)
    assert boundary.bounds == SMALL
    assert (boundary.link, boundary.threshold) == ("score", 0.0)


def test_a_probe_measures_again_with_trained_parameters() -> None:
    document = demo()
    trainer = built(document)
    probe = accept(BoundaryProbe.build(document))
    before = probe.measure(5)
    kept = before.scores.copy()
    parameters = trainer.advance(20).parameters
    probe.set_numbers(*parameters)
    expected = network_scores(parameters[1], probe.bounds, 5)
    np.testing.assert_allclose(probe.measure(5).scores, expected, rtol=1e-6, atol=1e-6)
    np.testing.assert_array_equal(before.scores, kept)
    once = accept(boundary_grid(document, parameters, resolution=5))
    np.testing.assert_array_equal(once.scores, probe.measure(5).scores)


def test_the_bounds_leave_a_margin_of_1_around_the_data() -> None:
    document = demo()
    inputs = accept(load_samples(document.data, document.seeds)).inputs
    bounds = accept(BoundaryProbe.build(document)).bounds
    assert bounds == Bounds(
        inputs[:, 0].min() - 1,
        inputs[:, 0].max() + 1,
        inputs[:, 1].min() - 1,
        inputs[:, 1].max() + 1,
    )


def test_without_data_the_bounds_lie_around_the_origin() -> None:
    document = two_features("add")
    assert accept(BoundaryProbe.build(document)).bounds == Bounds(-5.0, 5.0, -5.0, 5.0)


def two_features(key: str, *sources: int, link: str = "score") -> Document:
    """Return an op of two features, marked as the prediction."""
    document = graph(
        (key, sources or (1, 2)),
        leaves=[("feature", 0.0), ("feature", 0.0), ("parameter", 0.25)],
    )
    document.apply(accept(properties.set_role(document, [2], "feature", index=1)))
    document.apply(accept(properties.set_link(document, link)))
    return marked(document, 4, "prediction")


def test_the_first_feature_runs_along_x_and_the_second_along_y() -> None:
    boundary = accept(boundary_grid(two_features("sub"), bounds=SMALL, resolution=2))
    assert boundary.scores.tolist() == [[-0.5, 2.5], [-2.0, 1.0]]


def test_a_prediction_that_sees_no_feature_is_the_same_everywhere() -> None:
    boundary = accept(boundary_grid(two_features("neg", 3), resolution=3))
    assert boundary.scores.tolist() == [[-0.25] * 3] * 3


def test_of_two_class_scores_the_difference_is_measured() -> None:
    document = two_features("sub", link="class scores")
    document.apply(accept(verbs.add_op(document, "add", (0, 0))))
    for source in (1, 2):
        document.apply(accept(verbs.connect(document, source, 5)))
    boundary = accept(boundary_grid(marked(document, 5, "prediction"), bounds=SMALL, resolution=2))
    assert boundary.scores.tolist() == [[-1.0, -1.0], [2.0, 2.0]]


@pytest.mark.parametrize(
    ("link", "shade"),
    [
        ("score", [-0.5, 1.0]),
        ("logit", [math.tanh(-0.25), math.tanh(1.25)]),
        ("probability", [-2.0, 4.0]),
        ("number", [-0.5, 1.0]),
    ],
)
def test_shades_tell_how_decided_a_point_is(link: str, shade: list[float]) -> None:
    """The scores of the bottom row are -0.5 and 2.5."""
    boundary = accept(boundary_grid(two_features("sub", link=link), bounds=SMALL, resolution=2))
    assert boundary.shades()[0].tolist() == pytest.approx(shade)
    assert boundary.threshold == (0.5 if link == "probability" else 0.0)


def test_scores_cannot_be_written_to() -> None:
    boundary = accept(boundary_grid(demo(), resolution=2))
    with pytest.raises(ValueError, match="read-only"):
        boundary.scores[0, 0] = 1.0


@pytest.mark.parametrize(
    ("document", "words"),
    [
        (graph(leaves=[("feature", 0.0)]), "no value is marked as the prediction"),
        (Document(), "the graph has no feature"),
        (two_features("mul", 3), "an input is missing"),
        (marked(two_features("add"), 3, "prediction"), "2 values are marked as predictions"),
        (two_features("add", link="class scores"), "1 values are marked as predictions"),
    ],
)
def test_what_has_no_boundary_is_refused_in_words(document: Document, words: str) -> None:
    refusal = boundary_grid(document)
    assert isinstance(refusal, Refusal)
    assert words in str(refusal)


def test_no_prediction_no_boundary() -> None:
    document = two_features("add")
    document.apply(accept(properties.set_mark(document, 4, "prediction", False)))
    assert "no value is marked as the prediction" in str(boundary_grid(document))


@pytest.mark.parametrize("resolution", [1, 1001])
def test_a_grid_has_a_sensible_number_of_points(resolution: int) -> None:
    assert isinstance(boundary_grid(demo(), resolution=resolution), Refusal)


def three_features() -> Document:
    """Return x1 + 10 x2 + 100 x3, marked as the prediction, without data."""
    document = graph(
        ("mul", (2, 4)),
        ("mul", (3, 5)),
        ("add", (1, 6)),
        ("add", (8, 7)),
        leaves=[
            *[("feature", 0.0)] * 3,
            ("parameter", 10.0),
            ("parameter", 100.0),
        ],
    )
    for index in (1, 2):
        role = properties.set_role(document, [index + 1], "feature", index=index)
        document.apply(accept(role))
    return marked(document, 9, "prediction")


@pytest.mark.parametrize("axes", [(0, 1), (0, 2), (2, 0), (1, 2)])
def test_any_two_features_span_the_plane_and_the_others_are_held(axes: tuple[int, int]) -> None:
    probe = accept(BoundaryProbe.build(three_features()))
    held = np.array([0.5, -0.25, 2.0])
    probe.look(Plane(axes, tuple(held), SMALL))
    boundary = probe.measure(3)
    assert boundary.axes == axes
    x, y = np.linspace(SMALL.left, SMALL.right, 3), np.linspace(SMALL.bottom, SMALL.top, 3)
    for row in range(3):
        for column in range(3):
            features = held.copy()
            features[list(axes)] = x[column], y[row]
            expected = features @ (1.0, 10.0, 100.0)
            assert boundary.scores[row, column] == pytest.approx(expected, rel=1e-6)


def test_one_feature_is_measured_along_a_line() -> None:
    document = marked(graph(("neg", (1,)), leaves=[("feature", 0.0)]), 2, "prediction")
    boundary = accept(boundary_grid(document, resolution=5))
    assert boundary.axes == (0,)
    assert boundary.scores.tolist() == [[5.0, 2.5, 0.0, -2.5, -5.0]]


def test_axes_that_there_are_not_are_not_taken() -> None:
    probe = accept(BoundaryProbe.build(demo()))
    probe.look(Plane((0, 7)))
    assert probe.axes == (0, 1)


@pytest.mark.parametrize(
    ("width", "margin"), [(0.0, 1.0), (0.01, 0.01), (3.0, 1.0), (20.0, 1.0), (1000.0, 50.0)]
)
def test_the_margin_suits_the_width_of_the_data(width: float, margin: float) -> None:
    inputs = np.array([[0.0, 0.0], [width, 1.0]])
    samples = split(inputs, np.zeros((2, 1)), 0.0)
    bounds = default_bounds(samples)
    assert (bounds.left, bounds.right) == pytest.approx((-margin, width + margin))


def test_a_probe_of_a_large_network_takes_fewer_points_at_a_time(monkeypatch) -> None:
    document = demo()
    whole = accept(BoundaryProbe.build(document)).measure(20)
    monkeypatch.setattr("engine.train.boundary.MOST_NUMBERS", 1)
    narrow = accept(BoundaryProbe.build(document))
    assert narrow._tape.lanes == FEWEST_LANES < LANES
    np.testing.assert_allclose(narrow.measure(20).scores, whole.scores, rtol=1e-6, atol=1e-6)
