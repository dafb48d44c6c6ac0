"""Steps in words, on the lecture's graphs."""

import re

import resources
from engine.errors import accept
from engine.exchange.program import insert_text
from engine.explain.steps import (
    breach_words,
    growth_words,
    reason_words,
    right_gradients,
    step_words,
    verdict_words,
    wrong_words,
    wrongs,
)
from engine.files import read
from engine.graph.document import Document
from engine.run.course import Course
from engine.run.evaluate import evaluate
from engine.run.trace import Broken, Trace


def begun(name: str) -> Course:
    """Return a course on an example, all values computed and its output's gradient 1."""
    document = accept(read(resources.read_bytes(f"examples/{name}.mgp")))
    course = Course(Trace(document, evaluate(document)))
    course.finish()
    course.step()
    return course


def fire(course: Course, *labels: str):
    document = course.trace.document
    steps = [course.do("backward", document.find(label)) for label in labels]
    return steps[-1]


def told(course: Course) -> str:
    return step_words(course.trace.document, course, course.latest)


def why(course: Course) -> str:
    return reason_words(course.trace.document, course, course.latest)


def test_gradients_that_add_up_are_told_number_by_number():
    course = begun("shared-values")
    assert told(course) == "f.grad = 1"
    fire(course, "f")
    assert told(course) == "d.grad: 0 → 1 · e.grad: 0 → −6"
    fire(course, "e")
    assert told(course) == "a.grad: 0 → −6 · b.grad: 0 → −6"
    fire(course, "d")
    assert told(course) == "a.grad: 0 → −6 → −3 · b.grad: 0 → −6 → −8"
    assert "a and b feed more than one input" in why(course)
    assert "+=" in why(course)


def test_a_value_that_is_wired_twice_gets_two_parts_of_one_firing():
    course = begun("same-value-twice")
    course.go_to(course.forward - 1)
    assert why(course) == "b can be computed, because a has a value."
    course.step()
    fire(course, "b")
    assert told(course) == "a.grad: 0 → 1 → 2"


def test_every_step_in_order_says_why_it_was_its_turn():
    course = begun("tanh-neuron")
    assert why(course) == "Going backward begins here: the gradient of o by itself is 1."
    fire(course, "o")
    assert why(course).startswith("o fires first")
    fire(course, "n")
    assert why(course) == "It is the turn of n: all it feeds (o) has fired, so n.grad is final."
    while course.back() is not None:
        pass
    course.step()
    assert why(course) == "x1 is a leaf: its value is given."
    course.go_to(course.forward - 1)
    assert why(course) == "o can be computed, because n has a value."
    assert told(course) == "o = 0.7071"


def test_firing_too_early_says_for_whom_and_what_is_missing():
    course = begun("tanh-neuron")
    document, right = course.trace.document, right_gradients(course.trace)
    step = fire(course, "n")
    [breach] = step.broken
    assert breach.rule is Broken.TOO_EARLY
    assert breach_words(document, step, breach, right) == (
        "n fired before o had sent its part: its gradient was 0 then, and 0.5 is missing below it."
    )
    assert breach_words(document, step, breach) == (
        "n fired before o had sent its part: its gradient was 0 then."
    )


def test_firing_twice_says_that_parts_are_added():
    course = begun("tanh-neuron")
    step = fire(course, "o", "o")
    assert "again" in breach_words(course.trace.document, step, step.broken[0])


def test_at_the_end_wrong_gradients_stand_beside_the_right_ones():
    course = begun("tanh-neuron")
    document, right = course.trace.document, right_gradients(course.trace)
    fire(course, "n", "o", "x1*w1", "x2*w2")
    found = wrongs(course.trace, right)
    assert verdict_words(found, 1) == "6 gradients are wrong:"
    words = {wrong_words(document, wrong) for wrong in found}
    assert "x1.grad is 0, not −1.5" in words
    assert "b.grad is 0, not 0.5" in words


def test_a_right_order_by_hand_is_said_to_be_right():
    course = begun("tanh-neuron")
    fire(course, "o", "n", "b", "x2*w2", "x1*w1")
    found = wrongs(course.trace, right_gradients(course.trace))
    assert verdict_words(found, 0) == (
        "All gradients are right: every node fired after all that it feeds."
    )


def many(text: str) -> Course:
    """Return a course on a program, all values computed and its output's gradient 1."""
    document = Document()
    document.apply(accept(insert_text(document, text, (0.0, 0.0))))
    course = Course(Trace(document, evaluate(document)))
    course.finish()
    course.step()
    return course


def test_a_gradient_that_grew_often_is_told_by_its_latest_numbers():
    course = many("L = a + a + a + a")
    course.finish()
    grown = growth_words(course, course.trace.document.find("a"))
    assert grown == "… → 3 → 4"
    few = many("L = a + a + a")
    few.finish()
    assert growth_words(few, few.trace.document.find("a")) == "0 → 1 → 2 → 3"


def test_of_a_firing_that_sends_to_many_the_first_are_told_and_how_many_more():
    course = many("L = " + " + ".join(f"x{k}" for k in range(9)))
    fire(course, "L")
    words = "x0.grad: 0 → 1 · x1.grad: 0 → 1 · x2.grad: 0 → 1 · 6 more"
    assert told(course) == words


def test_firing_what_the_output_does_not_depend_on_sends_nothing_and_changes_nothing():
    course = many("u = tanh(a)\nL = a*b")
    document, right = course.trace.document, right_gradients(course.trace)
    step = fire(course, "u")
    assert [breach_words(document, step, breach) for breach in step.broken] == [
        "u fired although no gradient had come to it: it sent 0 to all its inputs."
    ]
    fire(course, "L")
    assert verdict_words(wrongs(course.trace, right), 1) == (
        "All gradients are right: what was broken changed none of them."
    )


def test_of_many_that_are_waited_for_a_few_are_named():
    course = many("n = 2*a\nL = " + " + ".join(f"n*{k}" for k in range(2, 7)))
    step = fire(course, "n")
    words = breach_words(course.trace.document, step, step.broken[0])
    assert re.match(r"n fired before [^,]+, [^,]+, [^,]+ and 2 more had sent their parts", words)


def test_a_turn_is_not_called_final_if_what_came_to_it_is_wrong():
    course = begun("neuron-in-steps")
    right = right_gradients(course.trace)
    document = course.trace.document
    fire(course, "o")
    fine = reason_words(document, course, course.latest, right)
    assert "wrong" not in fine
    course.back()
    fire(course, "n", "o", "x1*w1 + x2*w2")
    said = reason_words(document, course, course.latest, right)
    assert "final" not in said
    assert said.endswith("x1*w1 + x2*w2.grad is 0, not 0.5.")
