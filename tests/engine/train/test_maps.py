"""Maps over the plane: what nodes say there, against evaluating the graph point by point."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from engine.errors import Refusal, accept
from engine.graph.document import Document
from engine.graph.models import Model, model_document
from engine.graph.properties import set_data, set_link, set_mark, set_role
from engine.graph.records import DataSettings
from engine.graph.verbs import add_op, add_value, connect
from engine.run import compiled
from engine.run.evaluate import evaluate
from engine.train.boundary import Bounds, boundary_grid
from engine.train.maps import MapProbe, axes_of, mapped

SIDE = 5
BOUNDS = Bounds(-1.5, 2.0, -1.0, 1.25)


@pytest.fixture(params=["numpy", "kernels"])
def runner(request, monkeypatch):
    """Measure on NumPy, and on the compiled kernels."""
    if request.param == "kernels":
        request.getfixturevalue("kernels")
    else:
        monkeypatch.setattr(compiled, "supports", lambda _program: False)


@pytest.fixture
def network() -> Document:
    return accept(model_document(Model((4, 3, 1), data=DataSettings("moons", samples=20))))


def outputs(document: Document) -> list[int]:
    """Return the output of each neuron, and the features."""
    found = [n.id for n in document.nodes() if n.role == "feature"]
    for group in document.groups.values():
        if group.template == "neuron":
            inside = set(document.members(group.id))
            succ = document.graph.succ
            found += [n for n in inside if succ[n] and not inside.intersection(succ[n])]
    return sorted(found)


def value(document: Document, label: str, role: str, index: int = 0) -> int:
    made = document.next_id
    document.apply(add_value(document, (0, 0), value=0.5, label=label, role=role))
    document.apply(accept(set_role(document, [made], role, index=index)))
    return made


def op(document: Document, key: str, *inputs: int) -> int:
    made = document.next_id
    document.apply(accept(add_op(document, key, (0, 0))))
    for source in inputs:
        document.apply(accept(connect(document, source, made)))
    return made


@pytest.mark.usefixtures("runner")
def test_every_point_of_every_map_is_what_evaluating_the_graph_there_says(network):
    nodes = outputs(network)
    assert len(nodes) == 2 + 4 + 3 + 1
    maps = accept(MapProbe.build(network, nodes)).measure(SIDE, BOUNDS)
    assert maps.scores.shape == (len(nodes), SIDE, SIDE)
    for row, y in enumerate(np.linspace(BOUNDS.bottom, BOUNDS.top, SIDE)):
        for column, x in enumerate(np.linspace(BOUNDS.left, BOUNDS.right, SIDE)):
            result = evaluate(network, probe=(x, y))
            wanted = [result.number(node) for node in nodes]
            assert_allclose(maps.scores[:, row, column], wanted, rtol=1e-6, atol=1e-6)


@pytest.mark.usefixtures("runner")
def test_the_map_of_the_prediction_is_the_boundary(network):
    network.apply(accept(set_link(network, "logit")))
    [prediction] = network.marked("prediction")
    probe = accept(MapProbe.build(network, [prediction]))
    maps, boundary = probe.measure(20), accept(boundary_grid(network, resolution=20))
    assert_allclose(maps.scores[0], boundary.scores, rtol=1e-6, atol=1e-6)
    assert maps.bounds == boundary.bounds
    assert maps.boundary(0).link == boundary.link == "logit"


def test_other_numbers_are_measured_from_then_on(network):
    nodes = outputs(network)
    probe = accept(MapProbe.build(network, nodes))
    parameters = [n.id for n in network.nodes() if n.role == "parameter"]
    ids, zeros = np.array(parameters), np.zeros(len(parameters))
    probe.set_numbers(ids, zeros)
    maps = probe.measure(SIDE)
    features = [row for row, node in enumerate(nodes) if network.node(node).role == "feature"]
    assert not np.delete(maps.scores, features, axis=0).any()


def test_what_depends_on_a_target_or_lacks_an_input_or_is_constant_has_no_map(network):
    known = mapped(network, (0, 1))
    succ = network.graph.succ
    target = next(n.id for n in network.nodes() if n.role == "target")
    assert target not in known
    assert not known.intersection(succ[target])
    assert not known.intersection(n.id for n in network.nodes() if n.role == "parameter")
    feature = next(n.id for n in network.nodes() if n.role == "feature")
    lacking = op(network, "mul", feature)
    after = op(network, "tanh", lacking)
    whole = op(network, "tanh", feature)
    assert whole in mapped(network, (0, 1))
    assert not {lacking, after} & mapped(network, (0, 1))
    maps = accept(MapProbe.build(network, [lacking, whole, target, after]))
    assert maps.nodes == (whole,)


def test_without_data_for_two_features_there_is_no_plane_and_it_says_so(network):
    network.apply(accept(set_data(network, generator=None)))
    refusal = MapProbe.build(network, outputs(network))
    assert isinstance(refusal, Refusal)
    assert "data for two features" in str(refusal)


def test_the_axes_are_the_first_two_features_that_the_data_have():
    document = Document()
    for index in (3, 1, 2):
        value(document, f"x{index}", "feature", index)
    assert axes_of(document, 3) == (1, 2)
    assert axes_of(document, 4) == (1, 2)
    assert axes_of(document, 2) is None


def test_features_that_are_no_axis_stay_as_in_the_sample():
    document = Document()
    features = [value(document, f"x{index}", "feature", index) for index in (0, 1, 2)]
    total = op(document, "add", *features[:2])
    product = op(document, "mul", total, features[2])
    document.apply(accept(set_mark(document, product, "prediction")))
    document.apply(accept(set_data(document, generator="moons", samples=10)))
    probe = accept(MapProbe.build(document, [product]))
    maps = probe.measure(3, Bounds(0.0, 1.0, 0.0, 1.0), (9.0, 9.0))
    own = document.node(features[2]).value  # the data have no third column
    assert_allclose(maps.scores[0], own * np.add.outer([0, 0.5, 1], [0, 0.5, 1]))
    assert maps.axes == (0, 1)


def test_what_is_not_finite_stays_so():
    document = Document()
    first, second = (value(document, f"x{k}", "feature", k) for k in (0, 1))
    log, large = op(document, "log", first), op(document, "exp", second)
    document.apply(accept(set_data(document, generator="moons", samples=10)))
    maps = accept(MapProbe.build(document, [log, large])).measure(3, Bounds(-1, 1, 0, 1000))
    assert_array_equal(np.isnan(maps.scores[0]), [[True, False, False]] * 3)
    assert np.isinf(maps.scores[1, 2]).all()
