"""Tooltips: the sentence that explains a strange or missing number."""

import pytest
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip

from engine.errors import accept
from engine.graph.properties import set_comment, set_mark
from engine.graph.verbs import group
from playground.canvas.tips import tip


def said(session, canvas, item) -> str:
    return tip(session.document, canvas._scene.picture.frame, session.result, item)


def test_a_number_that_is_not_finite_gives_its_reason(session, build, canvas, hands):
    zero = build.value("z", 0.0, -200, 0)
    log = build.op("log", (zero,), 0, 0, label="l")
    after = build.op("square", (log,), 200, 0, label="s")
    hands.settle()
    problem = session.result.reasons[log].text
    assert said(session, canvas, log) == problem
    assert said(session, canvas, after) == f"s is inf since {problem}"
    assert said(session, canvas, zero) == ""


def test_a_missing_input_is_named(session, build, canvas, hands):
    lonely = build.op("mul", (), 0, 0, label="m")
    hands.settle()
    assert said(session, canvas, lonely) == "m is not computed: an input is missing"


def test_a_value_without_a_gradient_says_what_does_not_depend_on_it(
    session, product, canvas, hands, build
):
    beside = build.value("d", 1.0, 0, 200)
    session.do(accept(set_mark(session.document, product.c, "backward")))
    hands.settle()
    assert said(session, canvas, beside) == "No gradient: c does not depend on d"


def test_a_group_says_what_it_holds(session, product, canvas, hands):
    made = session.document.next_id
    session.do(accept(group(session.document, [product.a, product.b], "inputs")))
    session.do(set_comment(session.document, made, "both factors"))
    session.set_view(folded=frozenset({made}))
    hands.settle()
    assert said(session, canvas, made) == "1 parameter\nboth factors"


@pytest.mark.usefixtures("hands")
def test_the_tooltip_is_shown_over_the_card(session, build, canvas):
    lonely = build.op("mul", (), 0, 0, label="m")
    QApplication.processEvents()
    at = canvas.item_rect(lonely).center()
    event = QHelpEvent(QHelpEvent.Type.ToolTip, at, canvas.viewport().mapToGlobal(at))
    QApplication.sendEvent(canvas.viewport(), event)
    assert QToolTip.text() == "m is not computed: an input is missing"
    QToolTip.hideText()
    QApplication.processEvents()
