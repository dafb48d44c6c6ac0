"""Marks from the menus: on a node, and on the one output of a group."""

import pytest

from engine.errors import accept
from engine.graph.templates import insert_template
from playground.handlers.marking import Marking, meant
from playground.handlers.report import checked, conditions


@pytest.fixture
def neuron(session) -> int:
    session.do(accept(insert_template(session.document, "neuron", {}, (0.0, 0.0))))
    [group] = session.document.groups
    return group


@pytest.mark.parametrize("mark", ["prediction", "loss", "penalty"])
def test_a_mark_is_given_to_the_output_of_a_folded_group_and_taken_again(session, neuron, mark):
    [output] = [node.id for node in session.document.nodes() if node.op == "tanh"]
    session.set_selection([neuron])
    assert "markable" in conditions(session)
    Marking(session).toggle(mark)
    assert session.document.marked(mark) == [output]
    assert f"edit.mark.{mark}" in checked(session)
    Marking(session).toggle(mark)
    assert session.document.marked(mark) == []


def test_nothing_is_marked_if_it_is_not_clear_what_is_meant(session, neuron):
    document, steps = session.document, session.stack.count()
    session.do(accept(insert_template(document, "layer", {}, (0.0, 500.0))))
    layer = next(g.id for g in document.groups.values() if g.template == "layer")
    for selection in ([], [neuron, layer], [layer]):
        session.set_selection(selection)
        assert meant(document, session.selection) is None
        assert "markable" not in conditions(session)
        Marking(session).toggle("loss")
    assert session.stack.count() == steps + 1
