"""What reshaping a network would take from its user: wires, marks, names and comments of theirs.

The form lists it before anything changes.  What a template made and would make again is nobody's
loss, nor are weights of what is to go.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from gettext import gettext as _

from engine.graph.document import Document
from engine.graph.networks import layer_label, neuron_label, node_label
from engine.graph.regrow import Regrowth


@dataclass(frozen=True, slots=True)
class Lost:
    """Something a user drew or wrote that would go, in words; `items` are what it lies on."""

    words: str
    items: tuple[int, ...]


def losses(work: Regrowth) -> Iterator[Lost]:
    """List what was drawn or written on what is to go, while it is still there."""
    for node in sorted(work.gone):
        yield from _wires(work, node)
        yield from _words(work, node)
    for item in sorted(work.closed):
        yield from _group_words(work, item)


def called(document: Document, node: int) -> str:
    """Return a node's name with those of the groups around it: many neurons have a w1."""
    around = document.ancestry(document.node(node).group)[:2]
    places = [document.groups[group].label for group in reversed(around)]
    name = document.name(node)
    return f"{name} ({', '.join(places)})" if places else name


def _wires(work: Regrowth, node: int) -> Iterator[Lost]:
    draft, document = work.draft, work.draft.document
    into = [(source, node, port) for port, source in draft.wired(node).items()]
    out = [(node, *wire) for wire in draft.consumers(node) if wire[0] not in work.gone]
    for source, target, port in sorted((*into, *out), key=lambda wire: wire[1:]):
        if source in document and target in document and work.is_drawn(source, target, port):
            words = _("the wire from {source} to {target}").format(
                source=called(document, source), target=called(document, target)
            )
            yield Lost(words, (source, target))


def _words(work: Regrowth, node: int) -> Iterator[Lost]:
    document, record = work.draft.document, work.draft.node(node)
    name = called(document, node)
    for mark in record.marks:
        yield Lost(_("the mark “{mark}” on {name}").format(mark=mark, name=name), (node,))
    slot = record.slot or ("", 0)
    if record.label not in ("", node_label(slot[-1], slot[-2])):
        yield Lost(_("the name of {name}").format(name=name), (node,))
    if record.comment:
        yield Lost(_("the comment on {name}").format(name=name), (node,))


def _group_words(work: Regrowth, item: int) -> Iterator[Lost]:
    group = work.draft.document.groups[item]
    numbers = [number for number in group.slot or () if isinstance(number, int)]
    made = {
        "neuron": [neuron_label(number) for number in numbers[1:]],
        "layer": [layer_label(number, len(work.old.widths)) for number in numbers],
    }
    if group.label not in ("", *made.get(group.template or "", ())):
        yield Lost(_("the name of the group {name}").format(name=group.label), (item,))
    if group.comment:
        yield Lost(_("the comment on {name}").format(name=group.label), (item,))
