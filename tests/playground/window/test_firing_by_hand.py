"""Nodes fired by hand, on cards, rows and by keys: the lecture's sequence, and wrong ones."""

import pytest
from PySide6.QtCore import QPoint

from engine.graph import verbs
from tests.playground.window.driving import turn
from tests.playground.window.walker import blank


def test_the_lecture_s_manual_sequence_by_clicks_on_cards_gives_its_gradients(walker):
    walker.open("neuron-in-steps")
    walker.begin_by_hand()
    document = walker.session.document
    order = [node.label for node in document.nodes() if not node.is_leaf]
    total = next(label for label in order if "+" in label.replace(" ", ""))
    sequence = ["o", "n", "b", total, "x2*w2", "x1*w1"]
    assert walker.grad("o") == 1.0
    halves = {
        "o": ["n"],
        "n": ["b", total],
        total: ["x1*w1", "x2*w2"],
    }
    for label in sequence:
        walker.click_card(label)
        for below in halves.get(label, ()):
            assert walker.grad(below) == pytest.approx(0.5, rel=1e-12)
    assert walker.grad("x2") == pytest.approx(0.5)
    assert walker.grad("w2") == 0.0
    assert walker.grad("w1") == pytest.approx(1.0)
    assert walker.grad("x1") == pytest.approx(-1.5)
    assert walker.order.verdict.text().startswith("All gradients are right")


def test_a_wrong_order_gives_wrong_gradients_and_names_the_rule(walker):
    walker.open("shared-values")
    walker.begin_by_hand()
    walker.click_card("f")
    walker.click_card("d")
    walker.click_card("e")
    assert walker.grad("a") == -3.0
    walker.press(walker.strip.rewind)
    assert blank(walker.grad("a"))
    walker.click_card("d")
    assert walker.order.sentence.text() == (
        "d fired before f had sent its part: its gradient was 0 then, and 1 is missing below it."
    )
    walker.click_card("f")
    walker.click_card("e")
    assert walker.grad("a") == -6.0
    assert walker.order.verdict.text().splitlines() == [
        "2 gradients are wrong:",
        "a.grad is −6, not −3",
        "b.grad is −6, not −8",
    ]
    walker.key("F10", "Shift")
    assert walker.order.verdict.text() == "1 node has not fired yet."


def test_a_row_or_return_fires_as_well_and_firing_twice_is_told(walker):
    walker.open("same-value-twice")
    walker.begin_by_hand()
    walker.click_row(walker.place("backward", "b"))
    assert walker.grad("a") == 2.0
    walker.select("b")
    walker.key("Return")
    assert walker.grad("a") == 4.0
    assert "again" in walker.order.sentence.text()
    assert "a.grad is 4, not 2" in walker.order.verdict.text()
    walker.hands.double_click(walker.canvas.item_rect(walker.id("b")).center())
    assert not walker.canvas._editor.is_open


def test_dragging_a_card_by_hand_moves_it_and_fires_nothing(walker):
    walker.open("same-value-twice")
    walker.begin_by_hand()
    at = walker.canvas.item_rect(walker.id("b")).center()
    walker.hands.drag(at, at + QPoint(40, 60))
    assert walker.session.tracing.trace.fired == ()
    assert walker.session.stack.count() == 1


def test_escape_ends_firing_by_hand_after_the_selection(walker):
    walker.open("same-value-twice")
    walker.begin_by_hand()
    walker.click_card("b")
    walker.key("Escape")
    assert not walker.session.selection
    assert walker.session.tracing.by_hand
    walker.key("Escape")
    assert not walker.session.tracing.by_hand
    assert walker.strip.isVisible()


def test_by_the_rules_again_the_firings_that_broke_one_are_taken_back(walker):
    walker.open("shared-values")
    walker.begin_by_hand()
    for label in ("f", "e", "f"):
        walker.click_card(label)
    walker.order.by_rules.trigger()
    turn()
    assert walker.grad("a") == -6.0
    walker.key("F10")
    assert walker.grad("a") == -3.0
    assert not walker.order.verdict.text()


def test_without_an_output_the_list_says_what_to_do(walker):
    walker.open("shared-values")
    session = walker.session
    session.do(verbs.delete(session.document, {walker.id("f")}))
    turn()
    walker.begin_by_hand()
    assert walker.order.list.rows.rowCount() == 0
    assert "no output is chosen" in walker.order.sentence.text()
