"""One node, group or note in a line of words, as a screen reader says it.

The canvas announces it when the keyboard walks there, the outline gives it to every row. It only
reads, and is cheap enough to be asked for each row in sight.
"""

import math
from collections.abc import Iterable
from gettext import gettext as _

from engine import ops
from engine.explain.groups import beside_name, counts, kind
from engine.explain.notes import note_name, note_words
from engine.graph.document import Document
from engine.graph.records import Node
from engine.graph.weights import weighed
from engine.run.result import Result

MOST_NAMES = 4  # of what feeds something, or is fed
ROLES = {
    "constant": _("constant"),
    "parameter": _("parameter"),
    "feature": _("feature"),
    "target": _("target"),
}


def spoken(document: Document, result: Result | None, item: int) -> str:
    """Return "w1, parameter, value −3, gradient 1, feeds x1*w1", or a group's or note's words."""
    if item in document.notes:
        return note_words(document, item)
    if item in document.groups:
        return _group_words(document, item)
    node = document.node(item)
    parts = [document.name(item), part_words(document, node)]
    if node.frozen:
        parts.append(_("frozen"))
    parts += node.marks
    parts += _numbers(result, item)
    wired = document.wired(item)
    sources = [document.name(wired[port]) for port in node.ports if port in wired]
    if sources:
        parts.append(_("of {names}").format(names=_joined(sources)))
    targets = dict.fromkeys(target for target, _port in document.consumers(item))
    if targets:
        fed = _joined([document.name(target) for target in targets])
        parts.append(_("feeds {names}").format(names=fed))
    return ", ".join(parts)


def called(document: Document, item: int) -> str:
    """Return what people call a node, a group or a note."""
    if item in document.notes:
        return note_name(document.notes[item])
    group = document.groups.get(item)
    return document.name(item) if group is None else group.label or f"#{item}"


def kind_words(node: Node) -> str:
    """Return what a node is: the role of a leaf, the title of an operation."""
    if node.is_leaf:
        return ROLES[node.role]
    op = ops.get(node.op)
    return op.title.lower() if op is not None else node.op


def part_words(document: Document, node: Node) -> str:
    """Return what a node is, and of a weight in a group what it weighs."""
    if node.role != "parameter" or node.group is None:
        return kind_words(node)
    sources = weighed(document, node.id)
    if not sources:
        return kind_words(node)
    return _("weight of {names}").format(names=_joined(document.name(one) for one in sources))


def said(number: float) -> str:
    """Write a number in four figures, with a real minus."""
    if math.isnan(number):
        return _("not a number")
    if math.isinf(number):
        return _("infinity") if number > 0 else _("minus infinity")
    return f"{number + 0.0:.4g}".replace("-", "−")


def _numbers(result: Result | None, node: int) -> list[str]:
    row = result.row.get(node) if result is not None else None
    if result is None or row is None:
        return []
    if not result.computed[row]:
        return [_("waits") if result.waits_for_value(node) else _("not computed")]
    value = _("value {number}").format(number=said(float(result.value[row])))
    if not result.reached[row]:
        return [value]
    return [value, _("gradient {number}").format(number=said(float(result.gradient[row])))]


def _group_words(document: Document, item: int) -> str:
    group = document.groups[item]
    made = beside_name(group) or kind(group)
    size = counts(document, item).words
    folded = _("folded") if item in document.view.folded else _("open")
    return ", ".join(part for part in (called(document, item), made, size, folded) if part)


def _joined(names: Iterable[str]) -> str:
    listed = list(names)
    shown = listed[:MOST_NAMES]
    if len(listed) > len(shown):
        shown.append(_("{count} more").format(count=len(listed) - len(shown)))
    if len(shown) == 1:
        return shown[0]
    return _("{names} and {last}").format(names=", ".join(shown[:-1]), last=shown[-1])
