"""What templates are fed by when nobody says: features, predictions and targets, parameters.

One function for each kind of template; `insert_template` calls the one that the template names.
It gets the document, the arguments that were given, the nodes that are to feed it (none if nobody
chose any) and what is selected, and returns a `Feed` or says in words why there is none.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from gettext import gettext as _
from itertools import count
from typing import Any

from engine.errors import Refusal
from engine.graph.arguments import CLASSES, FEATURES, INPUTS
from engine.graph.document import Document
from engine.graph.edits import Change
from engine.graph.geometry import LEAF_SIZE
from engine.graph.networks import COLUMN, ROW
from engine.graph.records import Node, Role
from engine.graph.verbs import resolve

MOST_PENALISED = 2000  # wires that can still be shown as one bundle and drawn when it is opened
AXES = ("x1", "x2")  # the features that are leaves; all others are computed from them


@dataclass(frozen=True, slots=True)
class Feed:
    """What feeds the inputs of a template, in order.

    `sources` holds for each input a node's id, None for nothing, or the record of a leaf that is
    made for it, its position relative to the middle of the folded card's left edge. `changes` are
    what else the document needs, so that what is inserted means what it says.
    """

    sources: tuple[int | Node | None, ...]
    changes: tuple[Change, ...] = ()


Find = Callable[[Document, Mapping[str, Any], Sequence[int], Iterable[int]], Feed | Refusal]


def features(
    document: Document,
    arguments: Mapping[str, Any],
    given: Sequence[int],
    selected: Iterable[int],
) -> Feed:
    """Feed a network: from the features there are, those of a "features" group among them.

    If the arguments say how many inputs it has, these are the first so many, and what is missing
    is made; if they do not, all of them, or new ones where there are none.
    """
    found = list(given) or network_inputs(document)
    wanted = arguments.get(INPUTS.key)
    if wanted is None and found:
        return Feed(tuple(found))
    if wanted is None:
        wanted = INPUTS.default
    found += [node for node in network_inputs(document) if node not in found]
    taken = {document.node(node).index for node in _features(document)}
    numbers = [k for k in range(wanted + len(taken)) if k not in taken]
    made = _leaves(document, "feature", numbers[: max(wanted - len(found), 0)])
    return Feed((*found[:wanted], *made))


def plane(
    document: Document,
    arguments: Mapping[str, Any],
    given: Sequence[int],
    selected: Iterable[int],
) -> Feed | Refusal:
    """Feed what is computed from x1 and x2; of these, what is missing and used is made."""
    words = listed(arguments.get(FEATURES.key, FEATURES.default))
    if set(words) <= set(AXES):
        return Refusal(
            _("Nothing is to be computed"),
            _("x1 and x2 are features as they are"),
            _("Choose one that is made of them, such as x1**2"),
        )
    used = [k for k, axis in enumerate(AXES) if any(axis in word for word in words)]
    there = {document.node(node).index: node for node in reversed(_features(document))}
    # What one was given for may be x2: then x1 is what it lacks.
    lacking = [there.get(k) for k in ((1, 0) if given else (0, 1)) if there.get(k) not in given]
    made = _leaves(document, "feature", range(len(AXES)))
    there_or_made = zip([*given, *lacking], made, strict=False)
    sources = [leaf if source is None else source for source, leaf in there_or_made]
    return Feed(tuple(source if k in used else None for k, source in enumerate(sources)))


def scored(
    document: Document,
    arguments: Mapping[str, Any],
    given: Sequence[int],
    selected: Iterable[int],
) -> Feed:
    """Feed a loss of one score: from the prediction and the target, as far as there are any."""
    targets = [node.id for node in document.nodes() if node.is_leaf and node.role == "target"]
    predictions = document.marked("prediction")
    found = (predictions[0] if predictions else None, targets[0] if targets else None)
    return Feed((*given, *found[len(given) :]))


def classes(
    document: Document,
    arguments: Mapping[str, Any],
    given: Sequence[int],
    selected: Iterable[int],
) -> Feed:
    """Feed a loss of one score a class: from the predictions, then from one-hot targets.

    Targets that are missing are made. In a document without a loss the scores are from now on
    read as class scores, and they become its predictions if there is none.
    """
    marked = document.marked("prediction")
    found = [*given, *(node for node in marked if node not in given)]
    wanted = arguments.get(CLASSES.key) or (len(found) if len(found) > 1 else CLASSES.default)
    scores: list[int | None] = [*found, *[None] * wanted][:wanted]
    there = {
        node.index: node.id
        for node in reversed(document.nodes())
        if node.is_leaf and node.role == "target" and node.encoding == "one-hot"
    }
    made = {leaf.index: leaf for leaf in _leaves(document, "target", range(wanted), below=True)}
    targets = [there.get(k, made[k]) for k in range(wanted)]
    changes: list[Change] = []
    if not document.marked("loss"):
        if document.link != "class scores":
            changes.append(Change("document", 0, "link", document.link, "class scores"))
        if not marked:
            records = [document.node(node) for node in scores if node is not None]
            changes += [_mark(record) for record in records]
    return Feed((*scores, *targets), tuple(changes))


def parameters(
    document: Document,
    arguments: Mapping[str, Any],
    given: Sequence[int],
    selected: Iterable[int],
) -> Feed | Refusal:
    """Feed a penalty: from the selected parameters, else from all that training changes."""
    records = [document.node(node) for node in sorted(resolve(document, selected)[1])]
    chosen = list(given) or [node.id for node in records if node.role == "parameter"]
    chosen = chosen or [node.id for node in document.nodes() if node.trainable]
    if not chosen:
        return Refusal(
            _("There is no parameter to keep small"),
            "",
            _("Add a parameter or a network first"),
        )
    if len(chosen) > MOST_PENALISED:
        return Refusal(
            _("A penalty of {count:,} parameters would be {count:,} wires").format(
                count=len(chosen)
            ),
            _("the limit is {most:,}").format(most=MOST_PENALISED),
            _("Select fewer, or use the L2 of the training panel, which needs no wires"),
        )
    return Feed(tuple(chosen))


def listed(words: str | Sequence[str]) -> tuple[str, ...]:
    """Return words that an argument holds, which may be a single one."""
    return (words,) if isinstance(words, str) else tuple(words)


def _features(document: Document) -> list[int]:
    found = [node for node in document.nodes() if node.is_leaf and node.role == "feature"]
    return [node.id for node in sorted(found, key=lambda node: (node.index, node.id))]


def network_inputs(document: Document) -> list[int]:
    """Return the features of the document; a "features" group says which, and adds its own."""
    leaves = _features(document)
    groups = [group for _id, group in sorted(document.groups.items())]
    group = next((group for group in groups if group.template == "features"), None)
    if group is None:
        return leaves
    words = listed(group.arguments.get(FEATURES.key, FEATURES.default))
    hidden = {k for k, axis in enumerate(AXES) if axis not in words}
    computed = {
        node.slot[0]: node.id for node in document.nodes() if node.group == group.id and node.slot
    }
    shown = [leaf for leaf in leaves if document.node(leaf).index not in hidden]
    return [*shown, *(computed[word] for word in words if word in computed)]


def _leaves(
    document: Document, role: Role, numbers: Sequence[int], *, below: bool = False
) -> list[Node]:
    """Return records of leaves with these numbers and free names, left of what they feed."""
    taken = {node.label for node in document.nodes()}
    letter = "x" if role == "feature" else "y"
    top = ROW if below else -((len(numbers) - 1) * ROW + LEAF_SIZE[1]) / 2
    return [
        Node(
            0,
            label=_free(f"{letter}{number + 1}", taken),
            role=role,
            index=number,
            value=1.0 if role == "feature" or not number else 0.0,
            encoding="number" if role == "feature" else "one-hot",
            position=(-COLUMN, top + row * ROW),
        )
        for row, number in enumerate(numbers)
    ]


def _free(label: str, taken: set[str]) -> str:
    """Return a label that nothing has: itself, or with a prime after it, or two."""
    return next(name for name in (label + "′" * k for k in count()) if name not in taken)


def _mark(record: Node) -> Change:
    return Change("node", record.id, "marks", record.marks, (*record.marks, "prediction"))
