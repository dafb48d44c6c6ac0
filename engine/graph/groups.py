"""Verbs for several groups at once: their weights are drawn anew, their parameters frozen.

Inspector, menus and context menus call them, with one group or with more; those that have nothing
of the kind are passed over, unless none has.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from gettext import gettext as _

from engine.errors import Refusal
from engine.graph.document import Document
from engine.graph.edits import Edit
from engine.graph.initialise import reset_weights
from engine.graph.properties import freeze_group, set_values
from engine.graph.start import forgotten
from engine.graph.verbs import joined

Verb = Callable[[int], Edit | Refusal]


def freeze_groups(document: Document, groups: Iterable[int], on: bool) -> Edit | Refusal:
    """Keep training from changing what is in groups, or let it again."""
    edits = _each(groups, lambda group: freeze_group(document, group, on))
    if isinstance(edits, Refusal) or len(edits) == 1:
        return edits if isinstance(edits, Refusal) else edits[0]
    title = _("Freeze {count} groups") if on else _("Thaw {count} groups")
    return joined(title.format(count=len(edits)), *edits)


def reset_groups(
    document: Document, groups: Iterable[int], seed: int | None = None
) -> Edit | Refusal:
    """Draw the weights in groups anew, each by its own scheme; groups may lie in each other."""
    edits = _each(groups, lambda group: reset_weights(document, group, seed))
    if isinstance(edits, Refusal) or len(edits) == 1:
        return edits if isinstance(edits, Refusal) else edits[0]
    drawn: dict[int, float] = {}
    for edit in edits:
        drawn |= edit.numbers
    title = _("Reset the weights of {count} groups").format(count=len(edits))
    written = set_values(document, list(drawn), list(drawn.values()), title)
    return replace(written, changes=forgotten(document, drawn))


def _each(groups: Iterable[int], verb: Verb) -> list[Edit] | Refusal:
    """Return the edits that a verb makes of groups, or the refusal if it makes none."""
    answers = [verb(group) for group in sorted(set(groups))]
    edits = [answer for answer in answers if isinstance(answer, Edit)]
    refusals = [answer for answer in answers if isinstance(answer, Refusal)]
    if edits:
        return edits
    if refusals:
        return refusals[0]
    return Refusal(_("No group is selected"), "", _("Select a group first"))
