"""Moving between groups: everything is shown where it was, and means what it meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import Refusal, accept
from engine.graph.arrange import outermost
from engine.graph.bends import add_bend
from engine.graph.clipboard import shown_corner
from engine.graph.document import Document
from engine.graph.geometry import PADDING, TITLE_BAR
from engine.graph.models import Model, model_document
from engine.graph.projection import Rect, project
from engine.graph.records import DataSettings
from engine.graph.regroup import regroup
from engine.graph.verbs import add_op, add_value, connect, group
from engine.run.evaluate import evaluate

MOONS = accept(model_document(Model((3, 2, 1), data=DataSettings("moons", samples=10))))
ITEMS = [*(node.id for node in MOONS.nodes()), *sorted(MOONS.groups)]
GOALS = [None, *sorted(MOONS.groups)]


def moved(document: Document, edit: object) -> Document:
    """Return a copy with an edit carried out."""
    twin = document.copy()
    twin.apply(accept(edit))  # type: ignore[arg-type]
    return twin


items = st.sets(st.sampled_from(ITEMS), min_size=1, max_size=4)


@given(items, st.sampled_from(GOALS), st.sets(st.sampled_from(sorted(MOONS.groups))))
def test_what_is_moved_is_shown_where_it_was_or_as_near_as_can_be_and_keeps_its_numbers(
    ids: set[int], goal: int | None, folded: set[int]
) -> None:
    before = project(MOONS, folded)
    edit = regroup(MOONS, ids, goal, folded)
    roots = outermost(MOONS, ids)
    if isinstance(edit, Refusal):
        inside = goal is not None and set(roots) & set(MOONS.ancestry(goal))
        there = all(MOONS.record(item).group == goal for item in roots)
        hidden = any(item not in before.by_id for item in roots)
        assert inside or there or hidden
        return
    after = moved(MOONS, edit)
    assert all(after.record(item).group == goal for item in roots)
    numbers = [evaluate(one) for one in (MOONS, after)]
    assert numbers[0].value.tolist() == numbers[1].value.tolist()
    if goal in before.places:
        seen = project(after, folded)
        new = [item for item in roots if MOONS.record(item).group != goal]
        frame = before.by_id.get(goal or 0)
        if frame is not None and not fits(frame.rect, [before.by_id[item].rect for item in new]):
            return
        off = [0.0, 0.0]
        for axis in (0, 1) if frame is not None else ():
            at = [before.by_id[item].rect for item in new]
            high = frame.rect[axis] + frame.rect[axis + 2] - PADDING
            off[axis] += min(0.0, high - max(one[axis] + one[axis + 2] for one in at))
            low = frame.rect[axis] + PADDING + TITLE_BAR * axis
            off[axis] = max(off[axis], low - min(one[axis] for one in at))
        for item in roots:
            x, y = shown_corner(MOONS, before, item)
            at = shown_corner(after, seen, item)
            rooms = (*seen.places.values(), *before.places.values())
            far = 0.05 if all(room.is_plain for room in rooms) else 2_000.0
            assert at == pytest.approx((x + off[0], y + off[1]), abs=far)
    after.apply(edit.inverse())
    assert after.same_content(MOONS)


def test_a_part_of_a_template_that_leaves_it_is_no_part_of_it_any_more() -> None:
    weight = next(node for node in MOONS.nodes() if node.label == "w1")
    after = moved(MOONS, regroup(MOONS, [weight.id], None))
    assert weight.slot is not None
    assert after.node(weight.id).slot is None
    neuron = next(one for one in MOONS.groups.values() if one.template == "neuron")
    inside = MOONS.members(neuron.id)
    after = moved(MOONS, regroup(MOONS, [neuron.id], None))
    assert after.groups[neuron.id].slot is None
    assert [after.node(i).slot for i in inside] == [MOONS.node(i).slot for i in inside]


def test_a_group_never_goes_into_itself_or_into_what_it_holds() -> None:
    layer = next(one for one in MOONS.groups.values() if one.template == "layer")
    neuron = next(one for one in MOONS.groups.values() if one.group == layer.id)
    for goal in (layer.id, neuron.id):
        refusal = regroup(MOONS, [layer.id], goal)
        assert isinstance(refusal, Refusal)
        assert "cannot go into itself" in str(refusal)


def test_what_is_there_already_what_is_hidden_and_nothing_are_refused_in_words() -> None:
    neuron = next(one for one in MOONS.groups.values() if one.template == "neuron")
    inside = MOONS.members(neuron.id)[0]
    assert "already" in str(regroup(MOONS, [inside], neuron.id))
    assert "folded away" in str(regroup(MOONS, [inside], None, {neuron.id}))
    assert "Nothing is selected" in str(regroup(MOONS, [], None))
    assert "no group #999" in str(regroup(MOONS, [inside], 999))


def test_into_a_folded_group_it_goes_below_what_is_there() -> None:
    layer = next(one for one in MOONS.groups.values() if one.template == "layer")
    feature = next(node for node in MOONS.nodes() if node.role == "feature")
    after = moved(MOONS, regroup(MOONS, [feature.id], layer.id, {layer.id}))
    nodes, groups = after.children(layer.id)
    assert feature.id in nodes
    lowest = max(after.groups[one].position[1] for one in groups)
    assert after.node(feature.id).position[1] > lowest


def test_a_group_that_is_left_empty_stays() -> None:
    document = moved(MOONS, group(MOONS, [MOONS.nodes()[0].id], "alone"))
    made = max(document.groups)
    after = moved(document, regroup(document, [document.nodes()[0].id], None))
    assert made in after.groups
    assert after.children(made) == ([], [])


def fits(frame: Rect, rects: list[Rect]) -> bool:
    """Tell whether a frame has room for things as they lie to each other."""
    room = (frame[2] - 2 * PADDING, frame[3] - 2 * PADDING - TITLE_BAR)
    low = [min(rect[axis] for rect in rects) for axis in (0, 1)]
    high = [max(rect[axis] + rect[axis + 2] for rect in rects) for axis in (0, 1)]
    return all(high[axis] - low[axis] <= room[axis] for axis in (0, 1))


def plain() -> tuple[Document, int, int, int]:
    """Make a group of two cards, and beside it, at the right, a leaf."""
    document = Document()
    for x, y in ((0.0, 0.0), (300.0, 200.0), (800.0, 100.0)):
        document.apply(add_value(document, (x, y), value=1.0))
    document.apply(accept(group(document, [1, 2], "pair")))
    return document, 1, 3, max(document.groups)


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_drag_into_an_open_group_lands_where_it_went(across: float, down: float) -> None:
    document, _inner, outer, pair = plain()
    projection = project(document)
    left, top, wide, high = projection.by_id[pair].rect
    x, y, width, height = projection.by_id[outer].rect
    goal = (
        left + PADDING + across * (wide - 2 * PADDING - width),
        top + PADDING + TITLE_BAR + down * (high - 2 * PADDING - TITLE_BAR - height),
    )
    edit = regroup(document, [outer], pair, (), (goal[0] - x, goal[1] - y))
    after = moved(document, edit)
    assert shown_corner(after, project(after), outer) == pytest.approx(goal, abs=0.05)
    assert after.node(outer).group == pair


@given(st.floats(500, 900), st.floats(-90, 90))
def test_a_drag_out_of_an_open_group_lands_where_it_went(dx: float, dy: float) -> None:
    document, inner, _outer, _pair = plain()
    before = shown_corner(document, project(document), inner)
    after = moved(document, regroup(document, [inner], None, (), (dx, dy)))
    seen = shown_corner(after, project(after), inner)
    assert seen == pytest.approx((before[0] + dx, before[1] + dy), abs=0.05)
    assert after.node(inner).group is None


def test_bends_of_a_wire_go_along_with_both_of_its_ends() -> None:
    document, inner, _outer, pair = plain()
    made = document.next_id
    document.apply(accept(add_op(document, "tanh", (300.0, 100.0), group=pair)))
    document.apply(accept(connect(document, inner, made)))
    document.apply(accept(add_bend(document, (made, 0), 0, (220.0, 40.0))))
    [before] = project(document).wires
    after = moved(document, regroup(document, [made, inner], None, (), (900.0, 30.0)))
    [wire] = project(after).wires
    expected = (before.bends[0][0] + 900.0, before.bends[0][1] + 30.0)
    assert wire.bends[0] == pytest.approx(expected, abs=0.05)
