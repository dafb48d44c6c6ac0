"""What is asked, one question after the other: going back, taking back, and what is no more."""

import pytest

from engine.errors import accept
from engine.explain.questions import Question
from engine.graph.verbs import delete


@pytest.fixture
def neuron(session):
    session.open_example("tanh-neuron")
    session.flush()
    return session


def about(session, label: str, what: str = "gradient") -> Question:
    return Question(what, accept(session.document.find(label)))


def test_going_back_asks_each_question_again_the_latest_first(neuron):
    asked = [about(neuron, label) for label in ("w1", "n", "o")]
    for question in asked:
        neuron.why.ask(question)
    neuron.why.ask(asked[-1])  # once more is nothing new
    for question in asked[-2::-1]:
        assert neuron.why.can_go_back
        neuron.why.back()
        assert neuron.why.question == question
    assert not neuron.why.can_go_back
    neuron.why.back()
    assert neuron.why.question == asked[0]


def test_what_was_deleted_is_passed_by_on_the_way_back(neuron):
    for label in ("b", "w1", "n"):
        neuron.why.ask(about(neuron, label))
    first = about(neuron, "b")
    neuron.do(delete(neuron.document, {about(neuron, "w1").node}))
    neuron.flush()
    neuron.why.back()
    assert neuron.why.question == first


def test_when_what_is_asked_about_goes_the_question_before_is_asked(neuron):
    for label in ("b", "w1"):
        neuron.why.ask(about(neuron, label))
    neuron.do(delete(neuron.document, {about(neuron, "w1").node}))
    neuron.why.let_go()
    assert neuron.why.question == about(neuron, "b")


def test_nothing_is_asked_about_what_is_not_there(neuron):
    neuron.why.ask(Question("value", 999))
    assert neuron.why.question is None
    assert neuron.why.answer() is None


def test_what_only_followed_the_selection_is_not_gone_back_to(neuron):
    asked = about(neuron, "w1")
    neuron.why.ask(asked)
    for label in ("x1", "x2", "w2"):
        neuron.set_selection({about(neuron, label).node})
        assert neuron.why.question == about(neuron, label)
    neuron.set_selection(())
    assert neuron.why.question == about(neuron, "w2")
    neuron.why.back()
    assert neuron.why.question == asked


def test_the_first_of_two_clicks_is_taken_back_with_what_it_had_left_behind(neuron):
    for label in ("w1", "n"):
        neuron.why.ask(about(neuron, label))
    neuron.why.ask(about(neuron, "o", "value"), hasty=True)
    neuron.why.retract()
    assert neuron.why.question == about(neuron, "n")
    neuron.why.back()
    assert neuron.why.question == about(neuron, "w1")
    neuron.why.retract()  # nothing was hasty
    assert neuron.why.question == about(neuron, "w1")


def test_a_selected_value_that_is_asked_about_stays_a_question_about_values(neuron):
    neuron.why.ask(about(neuron, "w1", "value"))
    neuron.set_selection({about(neuron, "n").node})
    assert neuron.why.question == about(neuron, "n", "value")
    neuron.why.close()
    assert neuron.why.selected == about(neuron, "n")


def test_a_selected_wire_can_be_asked_about(neuron):
    target = about(neuron, "o").node
    [port] = neuron.document.node(target).ports
    neuron.set_wires([(target, port)])
    assert neuron.why.selected == Question("wire", target, port)
