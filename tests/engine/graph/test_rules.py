"""Every wire that is impossible is refused in words."""

from engine.errors import accept
from engine.graph import rules, verbs
from engine.graph.document import Document
from tests.engine.graph.chains import doubling_chain


def test_a_wire_back_is_refused_with_the_reason() -> None:
    document = doubling_chain(2)
    refusal = rules.can_connect(document, 3, 2)
    assert refusal is not None
    assert "values flow one way" in str(refusal)
    assert str(rules.can_connect(document, 2, 2)).startswith("add#2 would feed itself")


def test_an_occupied_port_names_the_wire_that_is_in_the_way() -> None:
    document = Document()
    document.apply(verbs.add_value(document, (0, 0), label="a"))
    document.apply(accept(verbs.add_op(document, "tanh", (0, 0), label="o")))
    document.apply(accept(verbs.connect(document, 1, 2)))
    assert str(rules.can_connect(document, 1, 2, 0)) == (
        "This input of o is taken: the wire from a ends in it. Pull that wire off first."
    )
    assert "takes no more wires" in str(rules.can_connect(document, 1, 2))


def test_a_value_takes_no_wire_and_an_unknown_node_is_said_to_be_unknown() -> None:
    document = Document()
    document.apply(verbs.add_value(document, (0, 0), label="a"))
    document.apply(verbs.add_value(document, (0, 0), label="b"))
    assert "values are where a graph begins" in str(rules.can_connect(document, 1, 2))
    assert str(rules.can_connect(document, 1, 9)) == "There is no node #9."


def test_checking_a_deep_chain_of_doublings_visits_each_node_once() -> None:
    # 2**200 paths lead from end to start: only a search that marks what it saw comes back.
    document = doubling_chain(200)
    last = document.nodes()[-1].id
    assert rules.can_connect(document, last, 2) is not None
    assert len(rules.upstream(document, last)) == 201


def test_of_a_taken_port_in_a_cycle_the_cycle_is_told() -> None:
    document = Document()
    document.apply(verbs.add_value(document, (0, 0), label="a"))
    for key in ("tanh", "exp"):
        document.apply(accept(verbs.add_op(document, key, (0, 0))))
    document.apply(accept(verbs.connect(document, 1, 2)))
    document.apply(accept(verbs.connect(document, 2, 3)))
    for port in (0, None):
        assert "would feed itself" in str(rules.can_connect(document, 3, 2, port))
    assert "values are where a graph begins" in str(rules.can_connect(document, 3, 1))
