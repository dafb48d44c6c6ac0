"""A document as code would tell it: what comes one after the other, folded like the canvas.

An open group is a passage under its title, a folded one a function, or the library's own class if
it is a network as it was made. All exporters of code write an `Outline`; it holds no text.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

import networkx as nx

from engine.exchange.exporters.networks import Finder, Network
from engine.graph.document import Document
from engine.graph.records import Group, Node

Item: TypeAlias = "int | Section"


@dataclass(frozen=True, slots=True, eq=False)
class Section:
    """A group's part of the code.

    `items` are nodes and sections in an order in which they can be computed. A folded one reads
    `inputs` from outside, gives `outputs` back and is a function, or what `network` says.
    """

    group: Group
    items: tuple[Item, ...]
    folded: bool = False
    inputs: tuple[int, ...] = ()
    outputs: tuple[int, ...] = ()
    network: Network | None = None

    def nodes(self) -> Iterator[int]:
        """Return all nodes within."""
        return _nodes(self.items)


@dataclass(frozen=True, slots=True)
class Outline:
    """The whole: `leaves` and `networks` of folded groups stand first, then the items.

    A leaf that is a constant stays in the function of its group.
    """

    items: tuple[Item, ...]
    leaves: tuple[tuple[Group, tuple[int, ...]], ...] = ()
    networks: tuple[Section, ...] = ()


def make_outline(
    document: Document,
    folded: Iterable[int],
    computed: Iterable[int],
    kept: Iterable[int],
    accepts: Callable[[Network], bool],
) -> Outline:
    """Outline the nodes that can be computed; `kept` are nodes that must not be hidden in a class.

    A folded network that the library does not accept is a function like any other group.
    """
    maker = _Maker(document, frozenset(folded), frozenset(computed), frozenset(kept), accepts)
    items = maker.ordered(None)
    return Outline(items, tuple(maker.leaves), tuple(maker.networks))


def _nodes(items: Iterable[Item]) -> Iterator[int]:
    for item in items:
        if isinstance(item, Section):
            yield from item.nodes()
        else:
            yield item


def flat(items: Iterable[Item]) -> Iterator[Item]:
    """Return the items of one scope in order: open sections are part of it, folded ones not."""
    for item in items:
        if isinstance(item, Section) and not item.folded:
            yield from flat(item.items)
        else:
            yield item


@dataclass(slots=True)
class _Maker:
    document: Document
    folded: frozenset[int]
    computed: frozenset[int]
    kept: frozenset[int]
    accepts: Callable[[Network], bool]
    leaves: list[tuple[Group, tuple[int, ...]]] = field(default_factory=list)
    networks: list[Section] = field(default_factory=list)
    _nodes: Mapping[int, Node] = field(init=False)
    _wires: Mapping[int, Mapping[int, int]] = field(init=False)
    _finder: Finder = field(init=False)
    _hidden: set[int] = field(default_factory=set)
    _lifted: set[int] = field(default_factory=set)
    _direct: dict[int | None, list[int]] = field(default_factory=dict)
    _children: dict[int | None, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._nodes, self._wires = self.document.records(), self.document.wires()
        self._finder = Finder(self.document, self.kept)
        for node in sorted(self.computed):
            self._direct.setdefault(self._nodes[node].group, []).append(node)
        for group in sorted(self.document.groups):
            parent = self.document.groups[group].group
            self._children.setdefault(parent, []).append(group)

    def ordered(self, group: int | None) -> tuple[Item, ...]:
        """Return nodes and sections directly in a group, in order of computation.

        A group that could only be computed in two goes, because something outside stands between
        its parts, is taken apart.
        """
        nodes, groups = list(self._direct.get(group, ())), list(self._children.get(group, ()))
        while True:
            units = self._units(nodes, groups)
            graph = self._contracted(units)
            torn = [g for part in nx.strongly_connected_components(graph) if len(part) > 1
                    for g in part if g < 0]  # fmt: skip
            if not torn:
                break
            for unit in torn:
                groups.remove(-unit)
                nodes += self._direct.get(-unit, ())
                groups += self._children.get(-unit, ())
        first = {unit: min(members) for unit, members in units.items()}
        order = nx.lexicographical_topological_sort(
            graph, lambda u: (not self._is_leaf(u), first[u])
        )
        items = (self._section(-u) if u < 0 else u for u in order)
        return tuple(item for item in items if not isinstance(item, Section) or item.items)

    def _is_leaf(self, unit: int) -> bool:
        return unit > 0 and self._nodes[unit].is_leaf

    def _units(self, nodes: list[int], groups: list[int]) -> dict[int, list[int]]:
        """Return the members of each unit: a node under its id, a group under minus its id."""
        units = {node: [node] for node in nodes}
        for group in groups:
            members = list(self._members(group))
            if members:
                units[-group] = members
        return units

    def _members(self, group: int) -> Iterator[int]:
        waiting = [group]
        while waiting:
            here = waiting.pop()
            yield from self._direct.get(here, ())
            waiting += self._children.get(here, ())

    def _contracted(self, units: Mapping[int, list[int]]) -> "nx.DiGraph":
        unit_of = {node: unit for unit, members in units.items() for node in members}
        graph = nx.DiGraph()
        graph.add_nodes_from(units)
        for node, unit in unit_of.items():
            for source in self._wires.get(node, {}).values():
                before = unit_of.get(source)
                if before is not None and before != unit:
                    graph.add_edge(before, unit)
        return graph

    def _section(self, group: int) -> Section:
        record = self.document.groups[group]
        if group not in self.folded:
            return Section(record, self.ordered(group))
        network = self._finder.find(group)
        if network and self.computed.issuperset(network.outputs) and self.accepts(network):
            return self._class(record, network)
        items = self.ordered(group)
        members = set(self._members(group))
        lifted = {n for n in members - self._hidden if self._is_lifted(n)}
        if lifted - self._lifted:
            self.leaves.append((record, tuple(sorted(lifted - self._lifted))))
            self._lifted |= lifted
        inside = members - lifted
        return Section(
            record,
            self._without(items, lifted),
            folded=True,
            inputs=self._inputs(inside),
            outputs=tuple(n for n in sorted(inside) if self._leaves(n, inside)),
        )

    def _class(self, record: Group, network: Network) -> Section:
        members = tuple(sorted(self._members(record.id)))
        section = Section(
            record, members, True, tuple(dict.fromkeys(network.sources)), network.outputs, network
        )
        self.networks.append(section)
        self._hidden.update(members)
        return section

    def _is_lifted(self, node: int) -> bool:
        """Whether a leaf stands outside of the function that uses it: all but constants."""
        return self._nodes[node].is_leaf and self._nodes[node].role != "constant"

    def _without(self, items: tuple[Item, ...], lifted: set[int]) -> tuple[Item, ...]:
        kept: list[Item] = []
        for item in items:
            if isinstance(item, Section) and not item.folded:
                inner = self._without(item.items, lifted)
                kept += [replace(item, items=inner)] if inner else []
            elif item not in lifted:
                kept.append(item)
        return tuple(kept)

    def _inputs(self, inside: set[int]) -> tuple[int, ...]:
        """Return what is read from outside, in the order in which it is first read."""
        read: dict[int, None] = {}
        for node in sorted(inside):
            wired = self._wires.get(node, {})
            read.update((wired[p], None) for p in self._nodes[node].ports if p in wired)
        return tuple(source for source in read if source not in inside)

    def _leaves(self, node: int, inside: set[int]) -> bool:
        """Whether a node is of use outside: read or named there, or the end of what is inside.

        Weights of a class are not: code finds them in its object.
        """
        if node in self._hidden and self._nodes[node].role == "parameter":
            return False
        if node in self.kept:
            return True
        readers = [t for t, _port in self.document.consumers(node) if t in self.computed]
        return not readers or any(reader not in inside for reader in readers)
