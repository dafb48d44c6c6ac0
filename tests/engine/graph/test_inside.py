"""One group shown alone: all that is in it, stubs of all it is wired to, and nothing else."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import accept
from engine.graph.bands import NOBODY
from engine.graph.document import Document
from engine.graph.models import Model, model_document
from engine.graph.outside import MOST_STUBS, spread
from engine.graph.projection import Projection, project
from engine.graph.templates import insert_template
from engine.graph.verbs import add_value, group
from tests.engine.random_graphs import random_graph

MOONS = accept(model_document(Model(layers=(3, 2, 1))))
GROUPS = sorted(MOONS.groups)
LABELLED = {(g.label, g.group): g.id for g in MOONS.groups.values()}
NETWORK = next(g.id for g in MOONS.groups.values() if g.template == "mlp")
FIRST, SECOND = LABELLED["layer 1", NETWORK], LABELLED["layer 2", NETWORK]


def joined(document: Document, shown: Projection) -> set[tuple[int, int]]:
    """Return (target, port) of every wire that is drawn, those in bands as well."""
    strands = shown.strands
    found = set(zip(strands.target.tolist(), strands.port.tolist(), strict=True))
    return found | {(wire.target_node, wire.port) for wire in shown.wires if wire.many == 1}


@given(st.sampled_from(GROUPS), st.sets(st.sampled_from(GROUPS)))
def test_every_wire_that_touches_the_inside_is_drawn_and_no_other(
    within: int, folded: set[int]
) -> None:
    shown = project(MOONS, folded, within)
    inside = set(MOONS.members(within))
    hidden = {node: MOONS.ancestry(MOONS.node(node).group) for node in inside}
    owner = {
        node: next((one for one in reversed(chain[: chain.index(within)]) if one in folded), node)
        for node, chain in hidden.items()
    }
    expected = {
        (target, port)
        for source, target, port in MOONS.edges()
        if (source in inside or target in inside)
        and owner.get(source, -source) != owner.get(target, -target)
    }
    assert joined(MOONS, shown) == expected
    assert {n for n, item in shown.owner.items() if item > 0} == inside
    assert {item for item in shown.owner.values() if item > 0} <= shown.by_id.keys()


@given(st.sampled_from(GROUPS), st.sets(st.sampled_from(GROUPS)))
def test_a_stub_stands_for_every_node_outside_that_is_wired_to_the_inside(
    within: int, folded: set[int]
) -> None:
    shown = project(MOONS, folded, within)
    inside = set(MOONS.members(within))
    edges = MOONS.edges()
    sources = {s for s, t, _port in edges if t in inside and s not in inside}
    targets = {t for s, t, _port in edges if s in inside and t not in inside}
    stubs = shown.stubs.values()
    assert {node for stub in stubs if stub.feeds for node in stub.nodes} == sources
    assert {node for stub in stubs if not stub.feeds for node in stub.nodes} == targets
    assert sum(len(stub.nodes) for stub in stubs) == len(sources) + len(targets)


@given(st.sampled_from(GROUPS), st.sets(st.sampled_from(GROUPS)))
def test_stubs_stand_left_of_what_they_feed_and_right_of_what_feeds_them(
    within: int, folded: set[int]
) -> None:
    shown = project(MOONS, folded, within)
    inside = [item.rect for item in shown.items if item.kind != "stub"]
    left = min(rect[0] for rect in inside)
    right = max(rect[0] + rect[2] for rect in inside)
    for stub in shown.stubs.values():
        x, _y, width, _height = shown.by_id[stub.id].rect
        assert x + width < left if stub.feeds else x > right
    sides = [[s.id for s in shown.stubs.values() if s.feeds == feeds] for feeds in (True, False)]
    for side in sides:
        for one, other in combinations(side, 2):
            apart = abs(shown.by_id[one].rect[1] - shown.by_id[other].rect[1])
            assert apart >= shown.by_id[one].rect[3]


def test_inside_a_group_things_lie_as_they_are_stored_and_have_no_frame_around_them() -> None:
    shown = project(MOONS, GROUPS, SECOND)
    for item in shown.items:
        assert item.parent is None
        if item.kind != "stub":
            assert item.rect[:2] == MOONS.record(item.id).position
    assert shown.inside(None, (3.0, 4.0)) == shown.inside(SECOND, (3.0, 4.0)) == (3.0, 4.0)


def test_a_group_that_is_gone_shows_everything() -> None:
    assert project(MOONS, (), 10**6).items == project(MOONS).items
    assert project(MOONS, (), 10**6).within is None


def test_nodes_of_a_layer_are_shown_one_by_one_and_consumers_by_the_group_they_are_in() -> None:
    shown = project(MOONS, GROUPS, SECOND)
    fed = [stub for stub in shown.stubs.values() if not stub.feeds]
    assert [stub.thing for stub in fed] == [LABELLED["output", NETWORK]]
    feeding = [stub for stub in shown.stubs.values() if stub.feeds]
    assert len(feeding) == 3
    assert all(stub.only is not None and stub.thing == FIRST for stub in feeding)


def test_very_many_inputs_are_one_stub() -> None:
    document = Document()
    leaves = []
    for k in range(MOST_STUBS + 1):
        leaves.append(document.next_id)
        document.apply(add_value(document, (0.0, 100.0 * k), role="feature", index=k))
    made = document.next_id
    document.apply(accept(insert_template(document, "layer", {}, (400.0, 0.0), leaves)))
    layer = next(g.id for g in document.groups.values() if g.template == "layer" and g.id >= made)
    shown = project(document, document.groups, layer)
    [stub] = [one for one in shown.stubs.values() if one.feeds]
    assert stub.nodes == tuple(leaves)
    assert stub.only is None
    assert {wire.many for wire in shown.wires if wire.source == stub.id} == {len(leaves)}


@pytest.mark.parametrize("seed", range(30))
def test_whatever_is_grouped_its_inside_and_its_wires_are_whole(seed: int) -> None:
    document = random_graph(seed)
    some = [node.id for node in document.nodes()][seed % 4 :: 2]
    document.apply(accept(group(document, some)))
    within = max(document.groups)
    shown = project(document, (), within)
    inside = set(some)
    touching = {(t, p) for s, t, p in document.edges() if s in inside or t in inside}
    assert joined(document, shown) == touching
    outside = {n.id for n in document.nodes()} - inside
    standing = shown.owners[[n.id in outside for n in document.nodes()]]
    assert set(standing.tolist()) <= {NOBODY}


@given(st.dictionaries(st.integers(), st.floats(-1e4, 1e4), max_size=12))
def test_spreading_keeps_order_and_distance_and_leaves_alone_what_has_room(
    wanted: dict[int, float],
) -> None:
    found = spread(wanted, 60.0)
    order = sorted(found, key=found.__getitem__)
    assert [wanted[one] for one in order] == sorted(wanted.values())
    assert all(found[b] - found[a] >= 60.0 - 1e-6 for a, b in pairwise(order))
    if all(abs(wanted[a] - wanted[b]) >= 60.0 for a, b in combinations(wanted, 2)):
        assert found == pytest.approx(wanted)
