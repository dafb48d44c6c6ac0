"""Connect to…: wiring by keyboard, with the engine's own words where it cannot be."""

import pytest

from engine.graph.rules import can_connect, targets_allowed


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
