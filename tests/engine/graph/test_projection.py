"""What is visible follows from the document and the folded set, and nothing overlaps."""

from itertools import combinations
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from engine.errors import accept
from engine.graph.depths import folded_at
from engine.graph.models import Model, model_document
from engine.graph.projection import Item, project
from engine.graph.room import Axis, Growth
from tests.engine.graph.test_flat import grouped

MOONS = accept(model_document(Model(layers=(3, 2, 1))))
GROUPS = sorted(MOONS.groups)


def overlap(one: Item, other: Item) -> bool:
    (x, y, w, h), (u, v, a, b) = one.rect, other.rect
    return x < u + a - 1e-6 and u < x + w - 1e-6 and y < v + b - 1e-6 and v < y + h - 1e-6


@given(st.sets(st.sampled_from(GROUPS)))
def test_siblings_never_overlap_whatever_is_folded(folded: set[int]) -> None:
    projection = project(MOONS, folded)
    for one, other in combinations(projection.items, 2):
        if one.parent == other.parent:
            assert not overlap(one, other), (one, other)


@given(st.sets(st.sampled_from(GROUPS)))
def test_items_lie_inside_their_frames(folded: set[int]) -> None:
    projection = project(MOONS, folded)
    for item in projection.items:
        if item.parent is not None:
            x, y, width, height = item.rect
            left, top, wide, high = projection.by_id[item.parent].rect
            assert left <= x
            assert x + width <= left + wide + 1e-6
            assert top <= y
            assert y + height <= top + high + 1e-6


@given(st.sets(st.sampled_from(GROUPS)), st.sampled_from(GROUPS))
def test_unfolding_and_folding_again_puts_everything_where_it_was(
    folded: set[int], group: int
) -> None:
    before = project(MOONS, folded | {group})
    project(MOONS, folded - {group})
    assert project(MOONS, folded | {group}).items == before.items


@given(st.integers(0, 10_000), st.randoms(use_true_random=False))
def test_no_sequence_of_folds_moves_anything(seed: int, draw: Random) -> None:
    document, folded = grouped(seed)
    groups = sorted(document.groups)
    stored = [document.record(item).position for item in (*groups, *document.records())]
    shown = project(document, folded).items
    depths = [folded_at(document, depth) for depth in range(4)]
    toggles = [draw.choice(groups) for _step in range(6)] if groups else []
    seen: dict[frozenset[int], tuple[Item, ...]] = {folded: shown}
    for state in (*depths, *(folded ^ {group} for group in toggles), folded):
        items = project(document, state).items
        assert seen.setdefault(state, items) == items
    assert project(document, folded).items == shown
    again = [document.record(item).position for item in (*groups, *document.records())]
    assert again == stored


@given(st.sets(st.sampled_from(GROUPS)))
def test_every_node_is_shown_by_exactly_one_visible_item(folded: set[int]) -> None:
    projection = project(MOONS, folded)
    visible = {item.id for item in projection.items if item.kind != "frame"}
    assert set(projection.owner) == {node.id for node in MOONS.nodes()}
    assert set(projection.owner.values()) == visible


@given(st.sets(st.sampled_from(GROUPS)), st.floats(-50, 50), st.floats(-50, 50))
def test_dragging_back_and_forth_stores_the_same_place(
    folded: set[int], dx: float, dy: float
) -> None:
    projection = project(MOONS, folded)
    for item in projection.items:
        record = MOONS.groups.get(item.id) or MOONS.node(item.id)
        x, y = projection.moved(MOONS, item.id, 0.0, 0.0)
        assert abs(x - record.position[0]) < 1e-4
        assert abs(y - record.position[1]) < 1e-4


def test_wires_between_folded_groups_become_bands_with_their_count() -> None:
    layers = {g.id for g in MOONS.groups.values() if g.template == "layer"}
    bands = [w.many for w in project(MOONS, layers).wires if {w.source, w.target} <= layers]
    assert bands[:3] == [2, 2, 2]  # 3 units feed 2, each from a port of its own


def test_a_wire_into_a_folded_neuron_knows_its_weight() -> None:
    neurons = {g.id for g in MOONS.groups.values() if g.template == "neuron"}
    weights = [w.weight for w in project(MOONS, neurons).wires if w.target in neurons]
    assert len(weights) == 2 * 3 + 3 * 2 + 2
    assert all(MOONS.node(weight).label.startswith("w") for weight in weights if weight)
    assert None not in weights


growths = st.lists(
    st.tuples(st.floats(-100, 100), st.floats(1, 50), st.floats(0, 80), st.floats(0, 80)),
    max_size=6,
).map(lambda rows: [Growth(low, low + size, a, b) for low, size, a, b in rows])


@given(growths, st.lists(st.floats(-200, 200), min_size=2))
def test_room_keeps_order_and_can_be_taken_back(rows: list[Growth], points: list[float]) -> None:
    axis = Axis(rows, anchored=True)
    shown = [point + axis.shift(point) for point in sorted(points)]
    assert shown == sorted(shown)
    for point, place in zip(sorted(points), shown, strict=True):
        assert abs(axis.stored(place) - point) < 1e-5
