"""The words about a group: what made it, how much is in it, what goes in and comes out.

Card, tooltip, inspector and outline call it, so that a group is told in the same words everywhere.
It only reads.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from gettext import gettext as _
from gettext import ngettext
from typing import Any

import numpy as np

from engine.graph.arguments import ACTIVATION, Argument, defaults
from engine.graph.boundary import Boundary, boundary
from engine.graph.document import Document
from engine.graph.flat import flattened
from engine.graph.records import Group
from engine.graph.templates import TEMPLATES
from engine.run.result import Result

ARROW = " → "


@dataclass(frozen=True, slots=True)
class Counts:
    """How many nodes are in a group at any depth: all, ops, parameters, and those frozen."""

    scalars: int = 0
    operations: int = 0
    parameters: int = 0
    frozen: int = 0

    @property
    def words(self) -> str:
        """The count that matters: "272 parameters, 4 frozen", without any "9 scalars"."""
        if not self.parameters:
            return ngettext("{count:,} scalar", "{count:,} scalars", self.scalars).format(
                count=self.scalars
            )
        words = ngettext("{count:,} parameter", "{count:,} parameters", self.parameters)
        told = words.format(count=self.parameters)
        if not self.frozen:
            return told
        if self.frozen == self.parameters:
            return _("{parameters}, frozen").format(parameters=told)
        return _("{parameters}, {count:,} frozen").format(parameters=told, count=self.frozen)


@dataclass(frozen=True, slots=True)
class Port:
    """Something that crosses the edge of a group: the node, what it is called, its numbers.

    A number is None while it is not computed, or no gradient reaches it.
    """

    node: int
    name: str
    value: float | None
    gradient: float | None


@dataclass(frozen=True, slots=True)
class Ports:
    """What feeds a group from outside, and what leads out of it."""

    inputs: tuple[Port, ...]
    outputs: tuple[Port, ...]


def title(group: Group) -> str:
    """Return what people call a group."""
    return group.label or f"#{group.id}"


def kind(group: Group) -> str:
    """Return the title of the template that made a group, else "group"."""
    template = TEMPLATES.get(group.template or "")
    return template.title if template is not None else _("group")


def template_line(group: Group) -> str:
    """Say in short what made a group: "layer · 16 tanh", "MLP 2 → 16 → 1 · relu"; "" if nothing.

    Of the arguments that choose a word, an unusual choice is told, and the activation always.
    """
    template = TEMPLATES.get(group.template or "")
    if template is None:
        return ""
    given = dict(defaults(template.arguments)) | dict(group.arguments)
    by_kind = {argument.kind: argument for argument in template.arguments}
    head, parts = template.title, []
    if "widths" in by_kind:
        fed = [given[by_kind["inputs"].key]] if "inputs" in by_kind else []
        sizes = ARROW.join(str(size) for size in (*fed, *given[by_kind["widths"].key]))
        head = f"{head} {sizes}"
    elif "width" not in by_kind and "inputs" in by_kind:
        count = given[by_kind["inputs"].key]
        parts.append(ngettext("{count} input", "{count} inputs", count).format(count=count))
    told = [
        _written(argument, given[argument.key])
        for argument in template.arguments
        if argument.kind not in ("inputs", "widths") and _matters(argument, given[argument.key])
    ]
    if "width" in by_kind:  # "16 tanh" belongs together
        told[:2] = [" ".join(told[:2])]
    return " · ".join([head, *parts, *told])


def beside_name(group: Group) -> str:
    """Return the template's line without what the group's name says already."""
    line = template_line(group)
    rest = line.removeprefix(group.label)
    said = bool(group.label) and rest != line and not rest[:1].strip()
    return rest.lstrip(" ·") if said else line


def _matters(argument: Argument, value: Any) -> bool:
    usual = argument.kind in ("word", "words") and value == argument.default
    return not usual or argument.key == ACTIVATION.key


def _written(argument: Argument, value: Any) -> str:
    if argument.kind == "number":
        return f"{argument.title} {value:g}"
    return str(value) if isinstance(value, str | int) else ", ".join(map(str, value))


def counts(document: Document, group: int) -> Counts:
    """Count what is in a group, at any depth."""
    flat = flattened(document)
    inside = np.isin(flat.group, list(document.subgroups(group)))
    flags = (inside, inside & ~flat.leaf, inside & flat.parameter, inside & flat.frozen)
    return Counts(*(int(np.count_nonzero(some)) for some in flags))


def ports(document: Document, result: Result | None, group: int) -> Ports:
    """Return what crosses the edge of a group, with the numbers of a result."""
    edge = boundary(document, group)
    names = port_names(document, group, edge)

    def told(nodes: Iterable[int]) -> tuple[Port, ...]:
        return tuple(port(result, node, names[node]) for node in nodes)

    return Ports(told(edge.inputs), told(edge.outputs))


def port_names(document: Document, group: int, edge: Boundary) -> dict[int, str]:
    """Return what the nodes at the edge of a group are called.

    The only output is "out" if it has no name of its own.
    """
    around = frozenset(document.ancestry(group))
    names = {node: port_name(document, node, around) for node in (*edge.inputs, *edge.outputs)}
    if len(edge.outputs) == 1:
        [only] = edge.outputs
        record = document.node(only)
        if not record.label and record.group == group:
            names[only] = _("out")
    return names


def port_name(document: Document, node: int, around: Collection[int] = ()) -> str:
    """Return what a node is called at an edge, seen from within the groups `around`.

    What has no name of its own goes by that of the group it is in: the sum of a neuron is called
    "neuron 3", since "add#14" tells nobody anything.
    """
    record = document.node(node)
    inner = record.group
    if record.label or inner is None or inner in around:
        return document.name(node)
    return document.groups[inner].label or document.name(node)


def port(result: Result | None, node: int, name: str) -> Port:
    """Return a node at an edge with the numbers that a result has for it."""
    row = result.row.get(node) if result is not None else None
    value = gradient = None
    if result is not None and row is not None and result.computed[row]:
        value = float(result.value[row])
        gradient = float(result.gradient[row]) if result.reached[row] else None
    return Port(node, name, value, gradient)
