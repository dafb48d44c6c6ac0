"""What the Edit menu does to a selection: one undo step, however much is selected."""

import pytest

from engine.errors import accept
from engine.graph.document import Document
from engine.graph.geometry import group_origin
from engine.graph.records import Point
from engine.graph.verbs import add_value, group
from playground.handlers.editing import Editing
from playground.session import Session


@pytest.fixture
def nested(session: Session) -> Session:
    """Hold group 4 around node 1 in group 5, with node 2, in group 6, with node 3."""
    for place in (0.0, 200.0, 400.0):
        session.do(add_value(session.document, (place, place)))
    for items in ([1], [4, 2], [5, 3]):
        session.do(accept(group(session.document, items)))
    return session


def standing(document: Document, node: int) -> Point:
    """Return where a node stands on the plane with every group taken for what it is."""
    record = document.node(node)
    x, y = record.position
    for item in document.ancestry(record.group):
        dx, dy = group_origin(document.groups[item])
        x, y = x + dx, y + dy
    return (x, y)


@pytest.mark.parametrize("items", [[4], [4, 5], [5, 6], [4, 6], [4, 5, 6]])
def test_groups_that_are_dissolved_together_are_one_step_and_leave_all_in_place(nested, items):
    before, steps = nested.document.copy(), nested.stack.count()
    nested.set_selection(items)
    Editing(nested, None).ungroup()
    after = nested.document
    assert after.groups.keys() == {4, 5, 6} - set(items)
    assert nested.stack.count() == steps + 1
    for node in (1, 2, 3):
        assert standing(after, node) == pytest.approx(standing(before, node))
    nested.undo()
    assert nested.document.same_content(before)
    nested.redo()
    assert nested.document.groups.keys() == {4, 5, 6} - set(items)


def test_the_step_is_called_after_its_group_or_their_number(nested):
    nested.set_selection([4])
    Editing(nested, None).ungroup()
    assert nested.stack.undoText() == "Ungroup group"
    nested.set_selection([5, 6])
    Editing(nested, None).ungroup()
    assert nested.stack.undoText() == "Ungroup 2 groups"


def test_without_a_group_in_the_selection_nothing_is_dissolved(nested):
    steps = nested.stack.count()
    nested.set_selection([1])
    Editing(nested, None).ungroup()
    assert nested.stack.count() == steps


def test_a_new_group_is_selected_and_what_cannot_be_grouped_stays_so(nested):
    nested.set_selection([6])
    Editing(nested, None).group()
    assert nested.selection == {7}
    assert nested.document.groups[6].group == 7
    nested.set_selection([])
    Editing(nested, None).group()
    assert nested.selection == frozenset()
    assert 8 not in nested.document.groups
