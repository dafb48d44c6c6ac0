"""Frames, notes and bends when things are tidied, lined up and spread out."""

import random
from itertools import combinations, pairwise

import pytest

from engine.errors import Refusal, accept
from engine.graph import notes
from engine.graph.arrange import EDGES, align, distribute
from engine.graph.bends import add_bend
from engine.graph.document import Document
from engine.graph.enclosing import held_by_frames
from engine.graph.projection import project
from engine.graph.tidy import chores, done, tidied
from engine.graph.verbs import add_op, add_value, connect, group, move


def chain(count: int, seed: int = 0) -> Document:
    """Return a value and a row of tanh of it, thrown about; ids from 1."""
    document, chance = Document(), random.Random(seed)
    document.apply(add_value(document, (0.0, 0.0), value=1.0))
    for node in range(2, count + 1):
        at = (200.0 * node, chance.uniform(-80, 80))
        document.apply(accept(add_op(document, "tanh", at)))
        document.apply(accept(connect(document, node - 1, node)))
    return document


def framed(document: Document, *items: int) -> int:
    document.apply(accept(notes.frame(document, items, "f")))
    return max(document.notes)


def tidy(document: Document, items=None, folded=()):
    return tidied(document, done(accept(chores(document, folded, items))))


def scattered(seed: int) -> Document:
    """Return cards, sheets and frames at random, some in a group; frames may nest or overlap."""
    document, chance = Document(), random.Random(seed)

    def spot() -> tuple[float, float]:
        return (chance.uniform(0, 900), chance.uniform(0, 900))

    for _card in range(10):
        document.apply(add_value(document, spot()))
    for _op in range(5):
        document.apply(accept(add_op(document, "tanh", spot())))
        node = document.next_id - 1
        document.apply(accept(connect(document, chance.randrange(1, node), node)))
    for _sheet in range(3):
        document.apply(notes.add_note(document, spot(), "note"))
    for _frame in range(5):
        framed(document, *chance.sample([*document.graph, *document.notes], 3))
    document.apply(accept(group(document, [1, 2, *chance.sample(sorted(document.notes), 2)])))
    for wire in [(target, port) for _source, target, port in document.edges()]:
        document.apply(accept(add_bend(document, wire, 0, spot())))
    return document


@pytest.mark.parametrize("seed", range(30))
def test_what_frames_hold_is_what_each_of_them_says(seed):
    document = scattered(seed)
    held = held_by_frames(document)
    assert set(held) == {note.id for note in document.notes.values() if note.is_frame}
    for frame, items in held.items():
        assert items == notes.content(document, frame)


def test_of_two_frames_of_one_size_the_later_holds_the_earlier():
    document = chain(2)
    first = framed(document, 1, 2)
    note = document.notes[first]
    document.apply(accept(notes.frame(document, [1], "g")))
    later = max(document.notes)
    document.apply(notes.resize(document, later, note.position, note.size))
    assert held_by_frames(document) == {first: [1, 2], later: [1, 2, first]}


@pytest.mark.parametrize("seed", range(20))
def test_tidying_anything_is_one_step_that_undo_takes_back(seed):
    document, chance = scattered(seed), random.Random(seed)
    everything = [*document.graph, *document.groups, *document.notes]
    for items in (None, chance.sample(everything, 8)):
        work = chores(document, [], items)
        if isinstance(work, Refusal):
            continue
        start = document.copy()
        edit = tidied(document, done(work))
        document.apply(edit)
        assert document.edges() == start.edges()
        document.apply(edit.inverse())
        assert document.same_content(start)


def overlaps(one, other) -> bool:
    return all(
        one[axis] < other[axis] + other[axis + 2] and other[axis] < one[axis] + one[axis + 2]
        for axis in (0, 1)
    )


@pytest.mark.parametrize("seed", range(8))
def test_frames_hold_afterwards_what_they_held_and_nothing_else(seed):
    document = chain(9, seed)
    document.apply(notes.add_note(document, (640.0, 120.0), "inside"))
    inner = framed(document, 3, 4)
    outer = framed(document, 3, 4, 5, 10, inner)
    other = framed(document, 7, 8)
    before = held_by_frames(document)
    assert before[outer] == sorted([3, 4, 5, 10, inner])
    document.apply(accept(move_all(document, seed)))
    document.apply(tidy(document))
    assert held_by_frames(document) == before
    shown = project(document).by_id
    lying = {outer: None, inner: outer, 3: inner, 4: inner, 5: outer, 10: outer}
    lying |= {other: None, 7: other, 8: other, 1: None, 2: None, 6: None, 9: None}
    for one, two in combinations(sorted(lying), 2):
        if lying[one] == lying[two]:
            assert not overlaps(shown[one].rect, shown[two].rect), (one, two)


def move_all(document: Document, seed: int):
    """Throw the frames and what lies beside them about, each with what it holds."""
    chance, held = random.Random(seed), held_by_frames(document)
    inside = {item for items in held.values() for item in items}
    places = {}
    things = [item for item in (*document.graph, *document.notes) if item not in inside]
    # Far enough from each other that no frame comes to hold what it did not.
    for number, item in enumerate(chance.sample(things, len(things))):
        off = (5000.0 * number, chance.uniform(-3000, 3000))
        for one in (item, *held.get(item, ())):
            x, y = document.record(one).position
            places[one] = (x + off[0], y + off[1])
    return move(document, places)


@pytest.mark.parametrize("seed", range(8))
def test_tidying_frames_a_second_time_changes_nothing(seed):
    document = chain(9, seed)
    framed(document, 7, 8)
    framed(document, 3, 4, 5, framed(document, 3, 4))
    document.apply(tidy(document))
    assert tidy(document).is_empty


def test_of_a_selected_frame_the_content_is_tidied_and_the_rest_stays():
    document = chain(8, 3)
    frame = framed(document, 3, 4, 5)
    others = {n.id: n.position for n in document.nodes() if n.id not in (3, 4, 5)}
    document.apply(tidy(document, [frame]))
    assert {node: document.node(node).position for node in others} == others
    middles = {document.node(n).position[1] for n in (3, 4, 5)}
    assert len(middles) == 1
    assert held_by_frames(document)[frame] == [3, 4, 5]


def test_a_frame_of_which_a_part_is_tidied_goes_on_holding_all_of_it():
    document = chain(8, 4)
    frame = framed(document, 3, 4, 5)
    fifth = document.node(5).position
    document.apply(tidy(document, [1, 2, 3, 4]))
    assert document.node(5).position == fifth
    assert set(held_by_frames(document)[frame]) >= {3, 4, 5}


def test_notes_beside_stay_where_they_are_and_alone_cannot_be_tidied():
    document = chain(5, 5)
    document.apply(notes.add_note(document, (50.0, 900.0), "beside"))
    [note] = document.notes
    document.apply(tidy(document, [1, 2, 3, note]))
    assert document.notes[note].position == (50.0, 900.0)
    assert isinstance(chores(document, [], [note]), Refusal)


def test_frames_in_a_group_are_tidied_with_its_inside():
    document = chain(7, 6)
    frame = framed(document, 3, 4)
    document.apply(accept(group(document, [2, 3, 4, 5, frame])))
    document.apply(tidy(document))
    assert held_by_frames(document)[frame] == [3, 4]
    tops = [document.record(item).position[0] for item in (2, 5, frame)]
    assert min(tops) == 0.0


def bent(document: Document, *wires: tuple[int, int]) -> None:
    for wire in wires:
        document.apply(accept(add_bend(document, wire, 0, (333.0, 44.0))))


def test_bends_between_things_that_are_laid_out_anew_are_taken_out():
    document = chain(4, 7)
    bent(document, (2, 0), (3, 0), (4, 0))
    document.apply(move(document, {2: (900.0, 900.0)}))
    edit = tidy(document, [1, 2, 3])
    document.apply(edit)
    assert set(document.bends) == {(4, 0)}  # 4 was not laid out


def test_bends_go_along_where_both_ends_go_the_same_way():
    document = chain(6, 8)
    framed(document, 5, 6)
    document.apply(tidy(document))
    bent(document, (6, 0))
    before = document.bends[6, 0]
    document.apply(accept(move_all(document, 8)))
    place, bends = document.node(6).position, document.bends[6, 0]
    assert bends != before
    document.apply(tidy(document))
    x, y = document.node(6).position
    [(bend_x, bend_y)] = document.bends[6, 0]
    assert (bend_x - bends[0][0], bend_y - bends[0][1]) == pytest.approx(
        (x - place[0], y - place[1])
    )


def test_tidying_what_is_tidy_leaves_bends_alone():
    document = chain(5, 9)
    document.apply(tidy(document))
    bent(document, (3, 0))
    assert tidy(document).is_empty


@pytest.mark.parametrize("edge", EDGES)
def test_notes_are_aligned_like_cards(edge):
    document = chain(4, 10)
    document.apply(notes.add_note(document, (111.0, 444.0), "n"))
    [note] = document.notes
    document.apply(accept(align(document, [2, 3, note], edge)))
    axis, part = EDGES[edge]
    rects = [project(document).by_id[item].rect for item in (2, 3, note)]
    assert len({round(rect[axis] + part * rect[axis + 2], 3) for rect in rects}) == 1


@pytest.mark.parametrize("picked", [(), (4, 5)])
def test_a_frame_is_aligned_with_what_it_holds_selected_or_not(picked):
    document = chain(6, 11)
    frame = framed(document, 4, 5)
    bent(document, (5, 0))
    off = {i: relative(document, frame, i) for i in (4, 5)}
    start, bends = document.copy(), document.bends[5, 0]
    edit = accept(align(document, [1, frame, *picked], "left"))
    document.apply(edit)
    assert document.notes[frame].position[0] == document.node(1).position[0]
    assert {i: relative(document, frame, i) for i in (4, 5)} == off
    way = document.node(5).position[0] - start.node(5).position[0]
    assert way < 0
    assert document.bends[5, 0] == ((bends[0][0] + way, bends[0][1]),)
    document.apply(edit.inverse())
    assert document.same_content(start)


def relative(document: Document, frame: int, item: int) -> tuple[float, float]:
    (x, y), (left, top) = document.record(item).position, document.notes[frame].position
    return (round(x - left, 6), round(y - top, 6))


def test_gaps_are_equal_between_cards_notes_and_frames():
    document = chain(6, 12)
    frame = framed(document, 3, 4)
    document.apply(notes.add_note(document, (2000.0, 0.0), "n"))
    note = max(document.notes)
    document.apply(accept(distribute(document, [1, frame, 6, note], "across")))
    rects = sorted(project(document).by_id[item].rect for item in (1, frame, 6, note))
    gaps = [b[0] - a[0] - a[2] for a, b in pairwise(rects)]
    assert gaps == pytest.approx([gaps[0]] * 3)
    assert held_by_frames(document)[frame] == [3, 4]


def test_a_frame_and_what_it_holds_are_one_thing_and_too_little_to_arrange():
    document = chain(4, 13)
    frame = framed(document, 2, 3)
    assert isinstance(align(document, [frame, 2, 3], "top"), Refusal)
