"""Weights of wires and bands, against a plain search of the graph."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import accept
from engine.graph.document import Document
from engine.graph.flat import NONE, flattened
from engine.graph.models import Model, model_document
from engine.graph.projection import project
from engine.graph.records import DataSettings
from engine.graph.verbs import add_op, add_value, connect, delete
from engine.graph.weights import weighed

MOONS = accept(model_document(Model((3, 2, 1), data=DataSettings("moons", samples=10))))
GROUPS = sorted(MOONS.groups)


def weight_of(document: Document, wire: tuple[int, int]) -> int | None:
    """Read the weight of a wire off the arrays."""
    flat = flattened(document)
    columns = (flat.ids[flat.end], flat.port, flat.weight)
    rows = zip(*(column.tolist() for column in columns), strict=True)
    weight = next((weight for target, port, weight in rows if (target, port) == wire), NONE)
    return None if weight == NONE else weight


def searched(document: Document, target: int, port: int) -> int | None:
    """Find the weight of a wire as a person would: at the other input of its product."""
    record, source = document.node(target), document.source(target, port)
    others = [one for one in document.inputs(target) if one is not None and one != source]
    if record.op not in ("mul", "prod") or len(document.wired(target)) != 2 or len(others) != 1:
        return None
    return others[0] if document.node(others[0]).role == "parameter" else None


@pytest.mark.parametrize("edge", MOONS.edges())
def test_the_weight_of_a_wire_is_the_other_factor(edge: tuple[int, int, int]) -> None:
    _source, target, port = edge
    assert weight_of(MOONS, (target, port)) == searched(MOONS, target, port)


def test_a_parameter_weighs_what_comes_along_its_wire() -> None:
    for node in MOONS.nodes():
        found = {s for s, t, p in MOONS.edges() if searched(MOONS, t, p) == node.id}
        assert set(weighed(MOONS, node.id)) == found


def test_a_product_of_three_or_of_itself_has_no_weight() -> None:
    document = Document()
    document.apply(add_value(document, (0, 0), label="a"))
    document.apply(add_value(document, (0, 0), label="w", role="parameter"))
    for sources in ((1, 2, 1), (2, 2), (2,)):
        made = document.next_id
        document.apply(accept(add_op(document, "prod", (0, 0))))
        for source in sources:
            document.apply(accept(connect(document, source, made)))
        assert weight_of(document, (made, 0)) is None


@given(st.sets(st.sampled_from(GROUPS)))
def test_a_band_knows_every_wire_that_it_joins(folded: set[int]) -> None:
    projection = project(MOONS, folded)
    strands = projection.strands
    joined: dict[int, set[tuple[int, int, int]]] = {}
    for wire, target, port, weight in zip(*(one.tolist() for one in strands), strict=True):
        joined.setdefault(wire, set()).add((target, port, weight))
    bands = {row for row, wire in enumerate(projection.wires) if wire.many > 1}
    assert joined.keys() == bands
    assert all(len(joined[row]) == projection.wires[row].many for row in bands)
    for ends in {(band.source, band.target) for band in map(projection.wires.__getitem__, bands)}:
        rows = [r for r, wire in enumerate(projection.wires) if (wire.source, wire.target) == ends]
        told = set[tuple[int, int, int]]().union(*(joined.get(row, set()) for row in rows))
        for single in (projection.wires[row] for row in rows if row not in bands):
            weight = -1 if single.weight is None else single.weight
            told.add((single.target_node, single.port, weight))
        assert told == {
            (target, port, -1 if (w := searched(MOONS, target, port)) is None else w)
            for source, target, port in MOONS.edges()
            if (projection.owner[source], projection.owner[target]) == ends
        }


def test_a_weight_that_was_deleted_weighs_nothing_any_more() -> None:
    document = MOONS.copy()
    weight = next(node.id for node in document.nodes() if node.label == "w1")
    [(target, _port)] = document.consumers(weight)
    document.apply(accept(delete(document, [weight])))
    assert all(weight_of(document, (target, port)) is None for port in (0, 1))
