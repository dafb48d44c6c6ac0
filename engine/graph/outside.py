"""What lies outside of the group one is in, and is wired to what is in it: one stub for each.

A stub stands at the left of what it feeds or at the right of what feeds it. It is derived, as the
room for open groups is: nothing stores it. The projection calls this.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from engine.graph.document import Document
from engine.graph.geometry import STUB_SIZE
from engine.graph.room import Rect

MOST_STUBS = 20  # of one origin; more are bundled
AWAY = 120.0  # from what is inside
APART = 14.0  # from one stub to the next


class Stub(NamedTuple):
    """Something outside: the `nodes` that are wired to the inside, and the `thing` they are in.

    `thing` is the node itself, or the largest group around it that is not around the inside; None
    stands for loose nodes that are too many to be shown one by one. `feeds` tells whether it feeds
    what is inside; else it is fed.
    """

    id: int
    feeds: bool
    nodes: tuple[int, ...]
    thing: int | None

    @property
    def only(self) -> int | None:
        """The one node that it stands for, None if it is a group or a bundle."""
        alone = len(self.nodes) == 1 and (self.feeds or self.thing == self.nodes[0])
        return self.nodes[0] if alone else None


def stubs_around(document: Document, group: int, inside: Iterable[int]) -> list[Stub]:
    """Return the stubs of all that is wired across the edge of a group with these nodes in it.

    Their ids are negative, no document has such.
    """
    inside = frozenset(inside)
    graph = document.graph
    sources = {node for own in inside for node in graph.pred[own] if node not in inside}
    targets = {node for own in inside for node in graph.succ[own] if node not in inside}
    around = frozenset(document.ancestry(group))
    found = []
    for thing, nodes in _by_thing(document, sources, around).items():
        single = len(nodes) <= MOST_STUBS
        found += (
            [_stub(True, (n,), thing or n) for n in nodes]
            if single
            else [_stub(True, tuple(nodes), thing)]
        )
    for thing, nodes in _by_thing(document, targets, around).items():
        if thing is not None:
            found.append(_stub(False, tuple(nodes), thing))
        elif len(nodes) <= MOST_STUBS:
            found += [_stub(False, (n,), n) for n in nodes]
        else:
            found.append(_stub(False, tuple(nodes), None))
    return found


def _stub(feeds: bool, nodes: tuple[int, ...], thing: int | None) -> Stub:
    return Stub(-2 * nodes[0] - (not feeds), feeds, nodes, thing)


def _by_thing(
    document: Document, nodes: Iterable[int], around: frozenset[int]
) -> dict[int | None, list[int]]:
    """Sort nodes by the largest group they are in that is not `around`, None for loose ones."""
    found: dict[int | None, list[int]] = {}
    for node in sorted(nodes):
        chain = [one for one in document.ancestry(document.node(node).group) if one not in around]
        found.setdefault(chain[-1] if chain else None, []).append(node)
    return found


def standing(
    document: Document,
    stubs: Sequence[Stub],
    rects: Mapping[int, Rect],
    owner: Mapping[int, int],
) -> dict[int, Rect]:
    """Return where stubs stand: beside all that is inside, each as high as what it is wired to.

    `rects` are those of the items inside, `owner` says which of them stands for a node.
    """
    if not stubs:
        return {}
    left = min(rect[0] for rect in rects.values()) - AWAY - STUB_SIZE[0]
    right = max(rect[0] + rect[2] for rect in rects.values()) + AWAY
    sides: dict[bool, dict[int, float]] = {True: {}, False: {}}
    for stub in stubs:
        wired = document.graph.succ if stub.feeds else document.graph.pred
        ends = {owner[end] for node in stub.nodes for end in wired[node] if end in owner}
        heights = [rects[end][1] + rects[end][3] / 2 for end in ends]
        sides[stub.feeds][stub.id] = sum(heights) / len(heights)
    return {
        stub: (left if feeds else right, middle - STUB_SIZE[1] / 2, *STUB_SIZE)
        for feeds, heights in sides.items()
        for stub, middle in spread(heights, STUB_SIZE[1] + APART).items()
    }


def spread(wanted: Mapping[int, float], apart: float) -> dict[int, float]:
    """Return heights near those wanted, in the same order, and nowhere nearer than `apart`.

    What would be too near forms a block that stands around the mean of what its members want.
    """
    order = sorted(wanted, key=lambda one: (wanted[one], -one))
    blocks: list[tuple[float, int]] = []  # the middle that a block wants, and how many are in it
    for one in order:
        middle, count = wanted[one], 1
        while blocks and middle - blocks[-1][0] < apart * (count + blocks[-1][1]) / 2:
            before, many = blocks.pop()
            middle = (before * many + middle * count) / (many + count)
            count += many
        blocks.append((middle, count))
    heights = [
        middle + apart * (place - (count - 1) / 2)
        for middle, count in blocks
        for place in range(count)
    ]
    return dict(zip(order, heights, strict=True))
