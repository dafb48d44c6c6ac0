"""The boundary is the prediction at every point of a grid."""

import math

import numpy as np
import pytest

from engine.errors import Refusal, accept
from engine.graph import properties, verbs
from engine.graph.document import Document
from engine.train.boundary import LANES, BoundaryProbe, Bounds, boundary_grid
from engine.train.samples import load_samples
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
        (graph(leaves=[("feature", 0.0)]), "the plane has two features, and the graph has 1"),
        (Document(), "the plane has two features, and the graph has 0"),
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
