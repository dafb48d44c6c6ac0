"""Which context menu is meant: of the empty canvas, of a card, of several, a group, a note."""

from playground.session import Session


def context_kind(session: Session, item: int | None) -> str:
    """Return which of `CONTEXTS` a menu on an item is, or (None) beside everything.

    What is under the mouse has been selected by then, so several are meant if several are.
    """
    document = session.document
    if item is None or not document.holds(item):
        return "canvas"
    if len(session.selection) > 1:
        return "several"
    if item in document.notes:
        return "note"
    return "group" if item in document.groups else "item"
