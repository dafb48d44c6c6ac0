"""Verbs for what nodes, groups and the document are: numbers, names, roles, marks, settings."""

import math
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import fields, replace
from gettext import gettext as _
from typing import Any

import numpy as np

from engine import ops
from engine.errors import Refusal
from engine.graph.document import Document
from engine.graph.edits import Change, Column, Edit
from engine.graph.records import (
    ENCODINGS,
    LINKS,
    MARKS,
    ROLES,
    DataSettings,
    Role,
    Seeds,
    TrainingSettings,
)
from engine.graph.settings import SETTINGS
from engine.graph.streams import check_seed

# What each setting may be: a range (low, high), or the words to choose from.
MOST_TESTED = 0.99  # of the points; some stay to train on
RANGES: dict[str, tuple[float, float] | Sequence[str]] = {
    "samples": (2, 5_000),
    "noise": (0.0, 1.0),
    "classes": (2, 8),
    "test_share": (0.0, MOST_TESTED),
    "data": (0, 2**32 - 1),
    "init": (0, 2**32 - 1),
    "shuffle": (0, 2**32 - 1),
    **{s.name: s.allowed for s in SETTINGS.values() if s.allowed},
}
TEXT_SEEDS = ("data", "init")  # may be texts as well
WORDS: dict[str, str] = {
    "samples": _("The number of samples"),
    "noise": _("The noise"),
    "classes": _("The number of classes"),
    "test_share": _("The share of test points"),
    "data": _("The data seed"),
    "init": _("The seed of the weights"),
    "shuffle": _("The shuffling seed"),
    **{s.name: s.title for s in SETTINGS.values()},
}


def set_value(
    document: Document, node: int, number: float, gesture: Hashable | None = None
) -> Edit | Refusal:
    """Give a leaf another number; it must be finite."""
    if not document.node(node).is_leaf:
        return Refusal(
            _("{name} has no number of its own").format(name=document.name(node)),
            _("it is computed from its inputs"),
            _("Change one of the values it is computed from"),
            (node,),
        )
    if not math.isfinite(number):
        return Refusal(_("A value must be a finite number"), "", "", (node,))
    title = _("Set {name} to {number:.6g}").format(name=document.name(node), number=number)
    return _field(document, node, "value", float(number), title, gesture)


def set_values(
    document: Document, ids: Sequence[int], numbers: Sequence[float], title: str
) -> Edit:
    """Give many leaves other numbers in one edit, as one column."""
    order = np.argsort(np.asarray(ids, dtype=np.int64), kind="stable")
    nodes = np.asarray(ids, dtype=np.int64)[order]
    before = np.array([document.node(node).value for node in nodes.tolist()], dtype=np.float64)
    after = np.asarray(numbers, dtype=np.float64)[order]
    return Edit(title, (), Column("value", nodes, before, after))


def set_label(document: Document, item: int, label: str) -> Edit | Refusal:
    """Name a node or a group."""
    label = " ".join(label.split())
    if len(label) > 200:
        return Refusal(_("A name has at most 200 letters"), "", "", (item,))
    if item in document.groups:
        before = document.groups[item].label
        change = Change("group", item, "label", before, label)
        return Edit(
            _("Rename to {label}").format(label=label), (change,) if label != before else ()
        )
    return _field(document, item, "label", label, _("Rename to {label}").format(label=label))


def set_role(
    document: Document,
    ids: Iterable[int],
    role: Role,
    index: int = 0,
    encoding: str = "number",
) -> Edit | Refusal:
    """Make leaves constants, parameters, feature `index` or target `index`."""
    if role not in ROLES or encoding not in ENCODINGS or not 0 <= index < 10_000:
        return Refusal(_("There is no such role"))
    changes = []
    for item in sorted(set(ids)):
        node = document.node(item)
        if not node.is_leaf:
            return Refusal(
                _("{name} has no role").format(name=document.name(item)),
                _("only values have one"),
                "",
                (item,),
            )
        wanted = {"role": role, "index": index, "encoding": encoding}
        changes += [Change("node", item, k, getattr(node, k), v) for k, v in wanted.items()]
    title = _("Make it a {role}").format(role=role)
    return Edit(title, tuple(c for c in changes if c.before != c.after))


def set_attribute(
    document: Document, node: int, name: str, number: float, gesture: Hashable | None = None
) -> Edit | Refusal:
    """Change an attribute of an op, such as the exponent of a power."""
    record = document.node(node)
    op = ops.get(record.op)
    known = {a.name: a for a in op.attributes} if op is not None else {}
    if name not in known:
        return Refusal(_("{node} has no {name}").format(node=document.name(node), name=name))
    attribute = known[name]
    if not attribute.low <= number <= attribute.high:
        return Refusal(
            _("{title} lies between {low:g} and {high:g}").format(
                title=attribute.title, low=attribute.low, high=attribute.high
            ),
            "",
            "",
            (node,),
        )
    title = _("Set {title} to {number:.6g}").format(title=attribute.title, number=number)
    after = dict(record.attributes) | {name: float(number)}
    return _field(document, node, "attributes", after, title, gesture)


def set_mark(document: Document, node: int, mark: str, on: bool = True) -> Edit | Refusal:
    """Set or clear a mark; "loss" and "backward" are each on one node at most."""
    if mark not in MARKS:
        return Refusal(_("There is no mark {mark!r}").format(mark=mark))
    changes = []
    holders = document.marked(mark) if mark in ("loss", "backward") and on else []
    for item in sorted({node, *holders}):
        marks = set(document.node(item).marks) - {mark}
        if on and item == node:
            marks.add(mark)
        after = tuple(sorted(marks))
        changes.append(Change("node", item, "marks", document.node(item).marks, after))
    name = document.name(node)
    title = {
        "loss": _("Make {name} the loss"),
        "penalty": _("Make {name} a penalty"),
        "prediction": _("Make {name} a prediction"),
        "backward": _("Go backward from {name}"),
    }[mark]
    title = title.format(name=name) if on else _("Clear a mark of {name}").format(name=name)
    return Edit(title, tuple(c for c in changes if c.before != c.after))


def set_frozen(document: Document, ids: Iterable[int], on: bool) -> Edit | Refusal:
    """Keep training from changing parameters, or let it again."""
    changes = []
    for item in sorted(set(ids)):
        node = document.node(item)
        if not node.is_leaf or node.role != "parameter":
            return Refusal(
                _("{name} cannot be frozen").format(name=document.name(item)),
                _("only parameters are trained"),
                _("Make it a parameter first"),
                (item,),
            )
        changes.append(Change("node", item, "frozen", node.frozen, on))
    title = _("Freeze") if on else _("Thaw")
    return Edit(title, tuple(c for c in changes if c.before != c.after))


def freeze_group(document: Document, group: int, on: bool) -> Edit | Refusal:
    """Keep training from changing the parameters in a group, or let it again."""
    if group not in document.groups:
        return Refusal(_("There is no group #{id}").format(id=group))
    label = document.groups[group].label
    found = [n for n in map(document.node, document.members(group)) if n.role == "parameter"]
    if not found:
        return Refusal(
            _("{label} has no parameters").format(label=label),
            _("only parameters are trained"),
            "",
            (group,),
        )
    title = _("Freeze {label}") if on else _("Thaw {label}")
    return Edit(
        title.format(label=label),
        tuple(Change("node", n.id, "frozen", n.frozen, on) for n in found if n.frozen != on),
    )


def set_comment(document: Document, item: int, comment: str) -> Edit:
    """Give a node or a group a comment."""
    if item in document.groups:
        before = document.groups[item].comment
        change = Change("group", item, "comment", before, comment)
        return Edit(_("Comment"), (change,) if before != comment else ())
    return _field(document, item, "comment", comment, _("Comment"))


def set_data(document: Document, **changed: Any) -> Edit | Refusal:
    """Change what the samples are generated from."""
    return _settings(document, "data", DataSettings, changed, _("Change the data"))


def set_seeds(document: Document, **changed: Any) -> Edit | Refusal:
    """Change the seeds of data, weights or batches."""
    return _settings(document, "seeds", Seeds, changed, _("Change a seed"))


def set_training(document: Document, **changed: Any) -> Edit | Refusal:
    """Change how training goes."""
    return _settings(
        document, "training", TrainingSettings, changed, _("Change the training settings")
    )


def set_link(document: Document, link: str) -> Edit | Refusal:
    """Say what the prediction is: a score, a logit, a probability, class scores, a number."""
    if link not in LINKS:
        return Refusal(_("A prediction is one of {links}").format(links=", ".join(LINKS)))
    if link == document.link:
        return Edit("")
    change = Change("document", 0, "link", document.link, link)
    return Edit(_("Read the prediction as: {link}").format(link=link), (change,))


def check_setting(name: str, value: Any) -> Refusal | None:
    """Return why a setting cannot have a value, or None if it can."""
    allowed = RANGES.get(name)
    if allowed is None or (value is None and name in SETTINGS and SETTINGS[name].optional):
        return None
    title = WORDS[name]
    if name in TEXT_SEEDS and isinstance(value, str):
        return check_seed(title, value)
    if isinstance(allowed, tuple) and isinstance(allowed[0], int | float):
        low, high = allowed
        if isinstance(value, str) or not math.isfinite(value) or not low <= value <= high:
            return Refusal(
                _("{title} lies between {low:g} and {high:g}").format(
                    title=title, low=low, high=high
                )
            )
    elif value not in allowed:
        words = ", ".join(str(word) for word in allowed)
        return Refusal(_("{title} is one of {words}").format(title=title, words=words))
    return None


def _settings(
    document: Document, name: str, record: type, changed: dict[str, Any], title: str
) -> Edit | Refusal:
    known = {field.name for field in fields(record)}
    for key, value in changed.items():
        if key not in known:
            return Refusal(_("There is no setting {name!r}").format(name=key))
        refusal = check_setting(key, value)
        if refusal is not None:
            return refusal
    before = getattr(document, name)
    after = replace(before, **changed)
    return Edit(title, (Change("document", 0, name, before, after),) if after != before else ())


def _field(
    document: Document,
    node: int,
    name: str,
    after: Any,
    title: str,
    gesture: Hashable | None = None,
) -> Edit:
    before = getattr(document.node(node), name)
    changes = (Change("node", node, name, before, after),) if before != after else ()
    return Edit(title, changes, gesture=gesture)
