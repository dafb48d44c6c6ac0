"""Numbers of values as the canvas may change them: what is shown, and what cannot be changed."""

from gettext import gettext as _
from math import floor, log10

from PySide6.QtCore import Qt

from engine.errors import Refusal
from engine.graph.spans import FINER, step_of
from playground.session import Session

STEP = 0.1
PLACES = 10


def shown_number(session: Session, node: int) -> float:
    """Return the number that a leaf has, which may be the current sample's.

    It is changed from there, also while a pass that is stepped through has not come to it.
    """
    number = session.live.result.number(node)
    return number if number == number else session.document.node(node).value  # noqa: PLR0124


def stepped(session: Session, node: int, count: int, modifiers: Qt.KeyboardModifier) -> float:
    """Return a leaf's number so many steps on: of a tenth, with a slider of its stops.

    With Shift they are ten times finer, with Control ten times coarser.
    """
    span = session.document.node(node).span
    size = (step_of(span) if span is not None else 0.0) or STEP
    if modifiers & Qt.KeyboardModifier.ShiftModifier:
        size /= FINER
    elif modifiers & Qt.KeyboardModifier.ControlModifier:
        size *= FINER
    number = shown_number(session, node) + count * size
    places = max(PLACES, -floor(log10(size)) + 1)
    return round(number, places)


def held(session: Session) -> int | Refusal | None:
    """Return the value that keys mean though its card is folded away, None if they mean none.

    That is a selected one, or the weight of the selected wire; of a band there are many.
    """
    if len(session.selection) == 1:
        [item] = session.selection
        document, folded = session.document, session.view.folded
        if item not in document or not document.node(item).is_leaf:
            return None
        return None if folded.isdisjoint(document.ancestry(document.node(item).group)) else item
    if len(session.weights) > 1:
        return bundled(len(session.wires))
    return session.weight


def bundled(count: int) -> Refusal:
    """Return the refusal to change the weight of many wires at once."""
    return Refusal(
        _("These are {count} wires").format(count=f"{count:,}"),
        _("each has a weight of its own"),
        _("Unfold a group and choose one of them"),
    )


def fixed(session: Session, node: int) -> Refusal | None:
    """Return why a value's number cannot be changed here, or None if it can."""
    record = session.document.node(node)
    if record.role == "target" and session.samples is not None:
        return Refusal(
            _("{name} belongs to the current sample").format(name=session.document.name(node)),
            _("its number comes from the data"),
            _("Choose another sample in the boundary"),
            (node,),
        )
    return None
