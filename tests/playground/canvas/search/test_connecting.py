"""Connect to…: wiring by keyboard, with the engine's own words where it cannot be."""

import pytest

from engine.errors import accept
from engine.graph.rules import can_connect, targets_allowed
from engine.graph.verbs import connect, group


@pytest.fixture
def graph(session, product, build, hands):
    """Add a free difference d, a second, unlabelled one, and a sum to c = a * b."""
    product.d = build.op("sub", (), 200, -150, label="d")
    product.e = build.op("sub", (), 200, 60)
    product.total = build.op("add", (), 350, -40)
    session.stack.clear()
    hands.settle()
    return product


def titles(typing) -> list[str]:
    return [row.title for row in typing.card.results.rows]


def test_every_free_input_that_the_rules_allow_is_offered(session, graph, canvas, typing):
    session.set_selection({graph.a})
    canvas.connect_to()
    offered = {int(key.split()[0]) for key in typing.offered()}
    assert offered == targets_allowed(session.document, graph.a)
    assert titles(typing).count("d : x") == titles(typing).count("d : y") == 1


def test_an_input_is_chosen_by_typing_the_operation_and_its_name(session, graph, canvas, typing):
    session.set_selection({graph.c})
    before = session.document.copy()
    canvas.connect_to()
    typing.write("sub")
    assert sorted(titles(typing)) == ["Difference : x", "Difference : y", "d : x", "d : y"]
    typing.write(" y")
    assert sorted(titles(typing)) == ["Difference : y", "d : y"]
    while typing.card.results.current().title != "d : y":
        typing.press("Down")
    assert typing.promise() == "Return wires c to d : y"
    typing.press("Return")
    assert session.document.inputs(graph.d) == (None, graph.c)
    assert session.selection == {graph.c}
    assert session.stack.count() == 1
    session.undo()
    assert session.document.same_content(before)


def test_the_nearest_comes_first(session, graph, canvas, typing):
    session.set_selection({graph.c})
    canvas.connect_to()
    here = canvas.item_rect(graph.c).center()

    def away(key: str) -> float:
        way = canvas.item_rect(int(key.split(maxsplit=1)[0])).center() - here
        return (way.x() ** 2 + way.y() ** 2) ** 0.5

    distances = [away(key) for key in typing.offered()]
    assert distances == sorted(distances)


@pytest.mark.parametrize("target", ["a", "c"])
def test_what_cannot_be_says_why(session, graph, canvas, typing, target):
    source, item = graph.b, getattr(graph, target)
    session.set_selection({source})
    canvas.connect_to()
    typing.write(target)
    while int(typing.card.results.current().key.split()[0]) != item:
        typing.press("Down")
    row = typing.card.results.current()
    assert row.refused
    assert typing.promise() == str(can_connect(session.document, source, item))
    typing.press("Return")
    assert typing.card.is_open
    assert not session.stack.canUndo()


def test_a_sum_takes_as_many_as_come(session, graph, canvas, typing):
    for source in (graph.a, graph.b):
        session.set_selection({source})
        canvas.connect_to()
        typing.write("sum")
        typing.press("Return")
    assert session.document.inputs(graph.total) == (graph.a, graph.b)


def test_a_node_is_found_by_its_number(session, graph, canvas, typing):
    session.set_selection({graph.d})
    canvas.connect_to()
    typing.write("-6")
    assert int(typing.offered()[0].split()[0]) == graph.c


def test_without_a_free_input_it_says_what_to_do(session, product, canvas, typing):
    session.set_selection({product.c})
    canvas.connect_to()
    assert typing.offered() == []
    assert "add an operation first" in typing.promise()
    typing.press("Return")
    assert typing.card.is_open


def test_several_nodes_are_connected_in_the_order_of_selection(session, graph, canvas, typing):
    before = session.document.copy()
    session.set_selection((graph.b, graph.a))
    canvas.connect_to()
    typing.write("d")
    while typing.card.results.current().title != "d : x":
        typing.press("Down")
    assert typing.promise() == "Return wires b, a to d : x"
    typing.press("Return")
    assert session.document.inputs(graph.d) == (graph.b, graph.a)
    assert session.order == (graph.b, graph.a)
    assert session.stack.count() == 1
    session.undo()
    assert session.document.same_content(before)


def test_an_input_in_the_middle_takes_the_first_and_the_next_free_one_the_second(
    session, graph, canvas, typing
):
    session.set_selection((graph.b, graph.a))
    canvas.connect_to()
    typing.write("d")
    while typing.card.results.current().title != "d : y":
        typing.press("Down")
    typing.press("Return")
    assert session.document.inputs(graph.d) == (graph.a, graph.b)


def test_as_many_are_connected_as_are_taken(session, graph, build, canvas, hands, typing):
    t = build.op("tanh", (), 350, 160, label="t")
    hands.settle()
    session.set_selection((graph.b, graph.a))
    canvas.connect_to()
    typing.write("t")
    while int(typing.card.results.current().key.split()[0]) != t:
        typing.press("Down")
    assert typing.promise() == "Return wires b to t, which takes no more"
    typing.press("Return")
    assert session.document.inputs(t) == (graph.b,)


def test_one_of_several_that_cannot_be_says_why(session, graph, build, canvas, hands, typing):
    session.set_selection((graph.a, graph.total))
    last = build.op("add", (graph.a,), -100, 250, label="last")
    session.do(accept(connect(session.document, last, graph.total)))
    session.stack.clear()
    hands.settle()
    canvas.connect_to()
    typing.write("last")
    assert typing.card.results.current().refused
    assert typing.promise() == str(can_connect(session.document, graph.total, last))
    typing.press("Return")
    assert not session.stack.canUndo()


def test_a_folded_group_connects_its_only_output(session, graph, canvas, hands, typing):
    made = session.document.next_id
    session.do(accept(group(session.document, [graph.a, graph.b, graph.c], "g")))
    session.set_view(folded=frozenset({made}))
    hands.settle()
    session.set_selection({made})
    canvas.connect_to()
    assert typing.card.field.placeholderText() == "Connect c to…"
    typing.write("sum")
    typing.press("Return")
    assert session.document.inputs(graph.total) == (graph.c,)


def test_a_folded_group_of_two_outputs_says_what_to_do(session, graph, canvas, hands, typing):
    made = session.document.next_id
    session.do(accept(group(session.document, [graph.a, graph.b], "g")))
    session.set_view(folded=frozenset({made}))
    hands.settle()
    session.set_selection({made})
    said = []
    session.refused.connect(said.append)
    canvas.connect_to()
    assert not typing.card.is_open
    assert said == ["g has 2 outputs. Unfold it and select the node that is meant."]
