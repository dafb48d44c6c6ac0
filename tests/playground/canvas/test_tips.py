"""Tooltips: what a thing is, its formula, and the sentence that explains a strange number."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QHelpEvent, QTextDocument
from PySide6.QtWidgets import QApplication, QToolTip

from engine.errors import accept
from engine.graph import notes
from engine.graph.properties import set_comment, set_label, set_mark
from engine.graph.verbs import group
from playground.canvas.frame.ports import OUT
from playground.canvas.tips import LONG, STEPS, Facts, broken, facts, port_facts, typeset
from playground.theme import load_theme


def said(session, canvas, item) -> Facts:
    return facts(session.document, canvas._scene.picture.frame, session.result, item)


def test_a_card_tells_its_formula_in_names_and_in_numbers(session, product, canvas, hands):
    told = said(session, canvas, product.c)
    assert told.name == "c"
    assert told.formulas[0] == "c = a · b"
    assert "2" in told.formulas[1]
    assert "-6" in told.formulas[1].replace("−", "-")
    assert told.sentences


def test_a_value_tells_how_the_output_follows_it(session, product, canvas, hands):
    told = said(session, canvas, product.b)
    assert told.kind == "Parameter"
    assert told.formulas == ("∂c/∂b = 2.0",)


def test_a_number_that_is_not_finite_gives_its_reason(session, build, canvas, hands):
    zero = build.value("z", 0.0, -200, 0)
    log = build.op("log", (zero,), 0, 0, label="l")
    after = build.op("square", (log,), 200, 0, label="s")
    hands.settle()
    problem = session.result.reasons[log].text
    assert said(session, canvas, log).sentences[0] == problem
    assert said(session, canvas, after).sentences[0] == f"s is inf since {problem}"
    assert problem not in said(session, canvas, zero).sentences


def test_a_missing_input_is_named(session, build, canvas, hands):
    lonely = build.op("mul", (), 0, 0, label="m")
    hands.settle()
    told = said(session, canvas, lonely)
    assert told.sentences[0] == "m is not computed: an input is missing"


def test_a_value_without_a_gradient_says_what_does_not_depend_on_it(
    session, product, canvas, hands, build
):
    beside = build.value("d", 1.0, 0, 200)
    session.do(accept(set_mark(session.document, product.c, "backward")))
    hands.settle()
    told = said(session, canvas, beside)
    assert told.sentences[0] == "No gradient: c does not depend on d"


def test_a_group_says_what_it_holds_folded_and_open(session, product, canvas, hands):
    made = session.document.next_id
    session.do(accept(group(session.document, [product.a, product.b], "inputs")))
    session.do(set_comment(session.document, made, "both factors"))
    hands.settle()
    told = said(session, canvas, made)
    assert told == Facts(
        "inputs", "group", (), ("1 parameter", "both factors", "Double-click folds it", STEPS)
    )
    session.set_view(folded=frozenset({made}))
    hands.settle()
    told = said(session, canvas, made)
    assert told.sentences == ("1 parameter", "both factors", "Double-click unfolds it", STEPS)
    assert told.formulas == ("out: a = 2.0 (∂ −3.0), b = −3.0 (∂ 2.0)",)


def test_a_frame_says_how_much_it_holds(session, product, canvas, hands):
    made = session.document.next_id
    session.do(accept(notes.frame(session.document, [product.a, product.b], "inputs")))
    hands.settle()
    told = said(session, canvas, made)
    assert (told.name, told.kind) == ("inputs", "Frame")
    assert told.sentences[0] == "Holds 2 things"


def test_a_port_tells_the_local_derivative_and_what_comes_back(session, product, canvas, hands):
    told = port_facts(session.document, session.result, product.c, 0)
    assert told.name == "a → c"
    assert told.formulas == ("∂c/∂a = b = −3.0",)
    assert told.sentences[0] == "Brings a gradient of −3.0 back to a"
    assert port_facts(session.document, session.result, product.c, OUT).name == "Output of c"


def test_a_free_port_says_what_to_do(session, build, canvas, hands):
    lonely = build.op("mul", (), 0, 0, label="m")
    hands.settle()
    told = port_facts(session.document, session.result, lonely, 0)
    assert (told.name, told.sentences) == ("Free input of m", ("Drag a wire here",))


def test_nothing_from_a_document_is_taken_as_rich_text(session, product, canvas, hands):
    session.do(accept(set_label(session.document, product.a, "<img src=x><b>a</b>")))
    hands.settle()
    words = typeset(said(session, canvas, product.a), load_theme("dark"))
    shown = QTextDocument()
    shown.setHtml(words)
    assert "<img src=x><b>a</b>" in shown.toPlainText()


def test_long_lines_are_broken_between_words():
    line = "a sentence of many words " * 12
    lines = broken(line.strip()).splitlines()
    assert max(len(one) for one in lines) <= LONG
    assert " ".join(lines) == line.strip()


@pytest.mark.usefixtures("hands")
def test_the_tooltip_is_shown_over_the_card(session, build, canvas):
    lonely = build.op("mul", (), 0, 0, label="m")
    QApplication.processEvents()
    at = canvas.item_rect(lonely).center()
    event = QHelpEvent(QHelpEvent.Type.ToolTip, at, canvas.viewport().mapToGlobal(at))
    QApplication.sendEvent(canvas.viewport(), event)
    assert "m is not computed: an input is missing" in QToolTip.text()
    QToolTip.hideText()
    QApplication.processEvents()


def test_the_tooltip_goes_when_the_mouse_does(build, canvas, hands, qtbot):
    lonely = build.op("mul", (), 0, 0, label="m")
    QApplication.processEvents()
    at = canvas.item_rect(lonely).center()
    hands.hover(at)
    event = QHelpEvent(QHelpEvent.Type.ToolTip, at, canvas.viewport().mapToGlobal(at))
    QApplication.sendEvent(canvas.viewport(), event)
    assert QToolTip.isVisible()
    hands.hover(at + QPoint(2, 1))
    assert QToolTip.isVisible()
    hands.hover(at + QPoint(12, 0))  # on the same card still
    qtbot.waitUntil(lambda: not QToolTip.isVisible(), timeout=2000)
