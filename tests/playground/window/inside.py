"""What the tests of stepping inside a group share."""


def within(session) -> int | None:
    return session.view.current_group


def select(session, hands, ids) -> None:
    """Select some things, and let the window take note."""
    session.set_selection(ids)
    hands.settle()


def labelled(session, group: int, label: str) -> int:
    nodes = (session.document.node(node) for node in session.document.members(group))
    return next(node.id for node in nodes if node.label == label)
