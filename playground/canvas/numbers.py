"""Numbers of values as the canvas may change them: what is shown, and what cannot be changed."""

from gettext import gettext as _

from engine.errors import Refusal
from playground.session import Session


def shown_number(session: Session, node: int) -> float:
    """Return the number that a leaf shows, which may be the current sample's."""
    number = session.result.number(node)
    return number if number == number else session.document.node(node).value  # noqa: PLR0124


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
