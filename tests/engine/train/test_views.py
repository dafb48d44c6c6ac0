"""What the views of the plane measure: hidden layers, slopes, and the space of a layer."""

import numpy as np
import pytest

from engine.errors import Refusal, accept
from engine.graph import properties
from engine.graph.document import Document
from engine.graph.hidden import hidden_layers
from engine.graph.models import Model, model_document
from engine.train.boundary import BoundaryProbe, Bounds, boundary_grid
from engine.train.maps import MapProbe
from engine.train.metrics import accuracy, right
from engine.train.slopes import SlopeProbe
from engine.train.space import SpaceProbe, projected
from tests.engine.train.documents import demo, graph

BOUNDS = Bounds(-1.0, 2.0, -0.5, 1.0)


@pytest.fixture(scope="module")
def network() -> Document:
    """Return 2 → 3 → 2 → 1 with tanh, on moons."""
    return accept(model_document(Model((3, 2, 1), activation="tanh")))


def classes_document(count: int) -> Document:
    """Return scores of `count` classes, each a tanh of the two features in other shares."""
    leaves = [("feature", 0.0), ("feature", 0.0)]
    leaves += [("parameter", np.cos(2 * k)) for k in range(count)]
    leaves += [("parameter", np.sin(2 * k)) for k in range(count)]
    specs, first = [], 3 + 2 * count
    for k in range(count):
        specs += [("mul", (1, 3 + k)), ("mul", (2, 3 + count + k))]
        specs += [("add", (first + 4 * k, first + 4 * k + 1)), ("tanh", (first + 4 * k + 2,))]
    document = graph(*specs, leaves=leaves)
    document.apply(accept(properties.set_role(document, [2], "feature", index=1)))
    document.apply(accept(properties.set_link(document, "class scores")))
    for k in range(count):
        made = first + 4 * k + 3
        document.apply(accept(properties.set_mark(document, made, "prediction")))
    document.apply(accept(properties.set_data(document, generator="moons", samples=20)))
    return document


def expected_scores(count: int, x: float, y: float) -> np.ndarray:
    each = np.arange(count)
    return np.tanh(x * np.cos(2 * each) + y * np.sin(2 * each))


# Hidden layers -----------------------------------------------------------------------------------


def test_the_layers_but_the_last_are_hidden(network: Document) -> None:
    first, second = hidden_layers(network)
    assert [len(layer.outputs) for layer in (first, second)] == [3, 2]
    assert [network.groups[layer.group].label for layer in (first, second)] == [
        "layer 1",
        "layer 2",
    ]
    for total, said in zip(first.sums, first.outputs, strict=True):
        assert network.node(total).op == "add"
        assert network.inputs(said) == (total,) or list(network.inputs(said)) == [total]


def test_a_graph_without_layers_has_no_hidden_ones() -> None:
    assert hidden_layers(graph(("tanh", (1,)), leaves=[("feature", 0.0)])) == ()


# More than two classes ---------------------------------------------------------------------------


def test_of_three_classes_all_scores_are_measured() -> None:
    boundary = accept(boundary_grid(classes_document(3), bounds=BOUNDS, resolution=26))
    assert boundary.scores.shape == (3, 26, 26)
    assert (boundary.classes, boundary.side, boundary.margins) == (3, 26, None)
    x, y = np.linspace(-1.0, 2.0, 26), np.linspace(-0.5, 1.0, 26)
    for row, column in ((0, 0), (7, 20), (25, 25)):
        scores = expected_scores(3, x[column], y[row])
        assert boundary.scores[:, row, column] == pytest.approx(scores, abs=1e-6)
        assert boundary.winners[row, column] == scores.argmax()
        shares = np.sort(np.exp(scores) / np.exp(scores).sum())
        assert boundary.probabilities[:, row, column].sum() == pytest.approx(1.0)
        leads = np.where(scores == scores.max(), shares[-1] - shares[-2], 0.0)
        assert boundary.leads[:, row, column] == pytest.approx(leads, abs=1e-6)


@pytest.mark.parametrize(
    ("link", "classes", "margins"),
    [
        ("score", 2, (-1.0, 1.0)),
        ("logit", 2, (-np.log(3), np.log(3))),
        ("probability", 2, (0.25, 0.75)),
        ("number", 0, None),
    ],
)
def test_margins_are_those_of_the_link(link: str, classes: int, margins: object) -> None:
    document = demo()
    document.apply(accept(properties.set_link(document, link)))
    boundary = accept(boundary_grid(document, resolution=3))
    assert boundary.classes == classes
    assert boundary.margins == (None if margins is None else pytest.approx(margins))


def test_accuracy_is_the_share_of_what_is_right() -> None:
    labels = np.array([-1.0, 1.0, 1.0, -1.0])
    scores = [np.array([-2.0, 0.5, -0.1, 3.0])]
    found = right("score", scores, labels)
    assert found.tolist() == [True, True, False, False]
    assert accuracy("score", scores, labels) == 0.5
    assert right("number", scores, labels) is None


# Slopes ------------------------------------------------------------------------------------------


def differences(document: Document, places: np.ndarray, winner: bool = False) -> np.ndarray:
    """Return the slopes by central differences of the boundary's own scores."""
    probe, step = accept(BoundaryProbe.build(document)), 1e-5
    found = []
    for x, y in places:
        tall = []
        for off in ((step, 0.0), (0.0, step)):
            ends = [probe._scores(np.array([[x + s * off[0], y + s * off[1]]])) for s in (1, -1)]
            tall.append((ends[0][:, 0] - ends[1][:, 0]) / (2 * step))
        slopes = np.array(tall)  # (2, k)
        if winner:
            ranked = probe._scores(np.array([[x, y]]))[:, 0].argsort()
            found.append(slopes[:, ranked[-1]] - slopes[:, ranked[-2]])
        else:
            found.append(slopes[:, 0])
    return np.array(found)


def test_slopes_are_those_of_central_differences(network: Document) -> None:
    field = accept(SlopeProbe.build(network)).measure(4, 3, BOUNDS)
    assert field.places.shape == field.slopes.shape == (12, 2)
    middles = [(x, y) for y in (-0.25, 0.25, 0.75) for x in (-0.625, 0.125, 0.875, 1.625)]
    assert field.places.tolist() == [list(middle) for middle in middles]
    assert field.slopes == pytest.approx(differences(network, field.places), abs=1e-8)


@pytest.mark.parametrize("count", [2, 3])
def test_slopes_of_classes_are_those_of_a_difference(count: int) -> None:
    document = classes_document(count)
    field = accept(SlopeProbe.build(document)).measure(3, 3, BOUNDS)
    expected = differences(document, field.places, winner=count > 2)
    assert field.slopes == pytest.approx(expected, abs=1e-8)


def test_slopes_follow_the_parameters(network: Document) -> None:
    probe = accept(SlopeProbe.build(network))
    before = probe.measure(2, 2).slopes
    parameters = [n.id for n in network.nodes() if n.role == "parameter"]
    probe.set_numbers(np.array(parameters), np.zeros(len(parameters)))
    assert not probe.measure(2, 2).slopes.any()
    assert before.any()


def test_without_data_there_are_no_slopes(network: Document) -> None:
    bare = network.copy()
    bare.apply(accept(properties.set_data(bare, generator=None)))
    assert isinstance(SlopeProbe.build(bare), Refusal)
    assert isinstance(SpaceProbe.build(bare, hidden_layers(bare)[0].outputs), Refusal)


# The space of a layer ----------------------------------------------------------------------------


def test_two_units_are_the_two_directions(network: Document) -> None:
    layer = hidden_layers(network)[1]
    space = accept(SpaceProbe.build(network, layer.outputs)).measure(5, BOUNDS)
    maps = accept(MapProbe.build(network, layer.outputs)).measure(5, BOUNDS)
    units = np.stack(maps.scores, axis=-1)
    spans = np.ptp(units, axis=(0, 1))
    assert np.ptp(space.bent, axis=(0, 1)) == pytest.approx(2 * spans / spans.max(), rel=1e-5)
    for axis in (0, 1):  # each direction rises with its unit alone
        fit = np.corrcoef(space.bent[..., axis].ravel(), units[..., axis].ravel())
        assert fit[0, 1] == pytest.approx(1.0)
    assert space.share == 1.0


def test_points_lie_where_the_grid_would_have_them(network: Document) -> None:
    """A sample in the middle of a grid of three points is the middle of the bent grid."""
    probe = accept(SpaceProbe.build(network, hidden_layers(network)[0].outputs))
    x, y = probe._probe.samples.inputs[0]
    space = probe.measure(3, Bounds(x - 1, x + 1, y - 1, y + 1))
    assert space.after[0] == pytest.approx(space.bent[1, 1], abs=1e-5)
    assert space.before[0] == pytest.approx(space.plane[1, 1], abs=1e-9)
    assert 0.5 < space.share <= 1.0
    assert space.boundary.scores.shape == (3, 3)


def test_the_picture_stays_between_minus_one_and_one(network: Document) -> None:
    space = accept(SpaceProbe.build(network, hidden_layers(network)[0].outputs)).measure(9)
    for grid in (space.plane, space.bent):
        assert np.abs(grid).max() == pytest.approx(1.0)


def test_components_keep_all_the_variance_they_can_and_stand_as_they_stood() -> None:
    """However the units are turned and mirrored, the picture is the same."""
    stream = np.random.RandomState(3)
    units = stream.standard_normal((50, 4)) * (3.0, 2.0, 0.3, 0.1)
    towards = units[:, :2]
    first, points, share = projected(units, units[:7], towards)
    assert share == pytest.approx(
        np.linalg.svd(units - units.mean(0))[1][:2]
        @ np.linalg.svd(units - units.mean(0))[1][:2]
        / ((units - units.mean(0)) ** 2).sum()
    )
    assert points == pytest.approx(first[:7])
    turn = np.linalg.qr(stream.standard_normal((4, 4)))[0]
    again, _points, _share = projected(units @ turn, units[:1] @ turn, first)
    assert again == pytest.approx(first, abs=1e-9)


def test_a_layer_of_one_unit_lies_on_a_line() -> None:
    flat, _points, share = projected(np.array([[1.0], [2.0]]), np.zeros((1, 1)), np.zeros((2, 2)))
    assert flat.tolist() == [[1.0, 0.0], [2.0, 0.0]]
    assert share == 1.0


def test_numbers_that_are_not_finite_have_no_space(network: Document) -> None:
    probe = accept(SpaceProbe.build(network, hidden_layers(network)[0].outputs))
    parameters = [n.id for n in network.nodes() if n.role == "parameter"]
    probe.set_numbers(np.array(parameters), np.full(len(parameters), np.nan))
    assert probe.measure(4) is None


def test_many_points_are_thinned_evenly(network: Document) -> None:
    many = network.copy()
    many.apply(accept(properties.set_data(many, samples=5000)))
    space = accept(SpaceProbe.build(many, hidden_layers(many)[0].outputs)).measure(3)
    assert len(space.rows) == len(space.after) == 2000
    assert (space.rows[0], space.rows[-1]) == (0, 4999)
