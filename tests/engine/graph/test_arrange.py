"""Lined up and spread out where they are seen, as one edit that undo takes back."""

import random
from itertools import pairwise

import pytest

from engine.errors import Refusal, accept
from engine.graph.arrange import EDGES, align, distribute
from engine.graph.document import Document
from engine.graph.projection import project
from engine.graph.verbs import add_op, add_value, group


def scattered(seed: int, *, grouped: bool) -> Document:
    """Return twelve cards in a mess, the first three, if grouped, in groups left of the rest."""
    document, chance = Document(), random.Random(seed)
    for card in range(12):
        left = -3000 if grouped and card < 3 else 0
        at = (left + chance.uniform(0, 900), chance.uniform(0, 900))
        if card < 8:
            document.apply(add_value(document, at))
        else:
            document.apply(accept(add_op(document, "tanh", at)))
    if grouped:
        document.apply(accept(group(document, [1, 2])))
        document.apply(accept(group(document, [3, 13])))
    return document


def lines(document: Document, items, edge: str, folded=()) -> set[float]:
    axis, part = EDGES[edge]
    shown = project(document, folded).by_id
    rects = [shown[item].rect for item in items]
    return {round(rect[axis] + part * rect[axis + 2], 1) for rect in rects}


@pytest.mark.parametrize("edge", EDGES)
@pytest.mark.parametrize("grouped", [False, True])
def test_aligned_things_share_a_line(edge, grouped):
    document = scattered(1, grouped=grouped)
    items = [4, 6, 9, 10, 12]
    document.apply(accept(align(document, items, edge)))
    assert len(lines(document, items, edge)) == 1


@pytest.mark.parametrize("edge", EDGES)
def test_folded_groups_are_aligned_as_cards(edge):
    document = scattered(2, grouped=True)
    folded = [14]
    items = [14, 5, 12]
    document.apply(accept(align(document, items, edge, folded)))
    assert len(lines(document, items, edge, folded)) == 1


@pytest.mark.parametrize("edge", EDGES)
def test_things_in_one_group_are_aligned_within_it(edge):
    document = scattered(2, grouped=True)
    document.apply(accept(align(document, [1, 2], edge)))
    assert len(lines(document, [1, 2], edge)) == 1


def test_the_outermost_stays():
    document = scattered(3, grouped=False)
    left = min(document.node(node).position[0] for node in range(1, 9))
    document.apply(accept(align(document, range(1, 9), "left")))
    assert [document.node(node).position[0] for node in range(1, 9)] == pytest.approx([left] * 8)


@pytest.mark.parametrize("way", ["across", "down"])
@pytest.mark.parametrize("grouped", [False, True])
def test_gaps_are_equal_and_the_ends_stay(way, grouped):
    axis = 0 if way == "across" else 1
    document = scattered(4, grouped=grouped)
    items = [4, 5, 6, 7, 10, 11]

    def rects():
        shown = project(document).by_id
        found = [shown[item].rect for item in items]
        return sorted(found, key=lambda rect: rect[axis] + rect[axis + 2] / 2)

    before = rects()
    document.apply(accept(distribute(document, items, way)))
    after = rects()
    gaps = [b[axis] - a[axis] - a[axis + 2] for a, b in pairwise(after)]
    assert max(gaps) - min(gaps) < 0.1
    assert (after[0][axis], after[-1][axis]) == pytest.approx(
        (before[0][axis], before[-1][axis]), abs=0.1
    )


def test_aligning_again_changes_nothing():
    document = scattered(5, grouped=True)
    document.apply(accept(align(document, [4, 5, 10], "middle")))
    assert accept(align(document, [4, 5, 10], "middle")).is_empty


def test_it_is_undone_in_one_step():
    document = scattered(6, grouped=True)
    start = document.copy()
    edit = accept(align(document, [1, 4, 13, 10], "top"))
    document.apply(edit)
    document.apply(edit.inverse())
    assert document.same_content(start)
    assert edit.title == "Align top"


def test_a_group_takes_along_what_it_holds():
    document = scattered(7, grouped=True)
    inside = document.node(1).position
    document.apply(accept(align(document, [14, 1, 5], "left")))
    assert document.node(1).position == inside


def test_too_little_is_refused():
    document = scattered(8, grouped=False)
    assert isinstance(align(document, [1], "left"), Refusal)
    assert isinstance(distribute(document, [1, 2], "down"), Refusal)
