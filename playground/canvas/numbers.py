"""Numbers of values as the canvas may change them: what is shown, and what cannot be changed."""

from gettext import gettext as _

from engine.errors import Refusal
from playground.session import Session


def shown_number(session: Session, node: int) -> float:
    """Return the number that a leaf shows, which may be the current sample's."""
    number = session.result.number(node)
    return number if number == number else session.document.node(node).value  # noqa: PLR0124


def fixed(session: Session, node: int) -> Refusal | None:
    """Return why a node's number cannot be changed here, or None if it can."""
    record = session.document.node(node)
    name = session.document.name(node)
    if not record.is_leaf:
        return Refusal(
            _("{name} has no number of its own").format(name=name),
            _("it is computed from its inputs"),
            _("Change one of the values it is computed from"),
            (node,),
        )
    if record.role == "target" and session.samples is not None:
        return Refusal(
            _("{name} belongs to the current sample").format(name=name),
            _("its number comes from the data"),
            _("Choose another sample in the boundary"),
            (node,),
        )
    return None
