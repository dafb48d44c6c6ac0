"""What tooltips say of wires and ports, and the menu of a wire."""

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QContextMenuEvent, QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip

from playground.canvas.words import wire_facts
from playground.widgets.numbers import written


@pytest.fixture
def spot(product, canvas) -> QPoint:
    return (canvas.port_point(product.a) + canvas.port_point(product.c, 0)) / 2


def test_a_wire_says_what_flows_both_ways(session, product):
    told = wire_facts(session.document, session.result, (product.c, 0))
    assert (told.name, told.kind) == ("a → c", "input x")
    assert told.formulas == ("forward: 2.0", "backward: local −3.0 × upstream 1.0 = −3.0")


def test_the_contribution_is_the_product_the_engine_found(session, product, build):
    build.op("square", (product.c,), 200, 0)
    session.flush()
    told = wire_facts(session.document, session.result, (product.c, 1))
    row = session.result.edge_row[product.c, 1]
    assert told.formulas[-1].endswith(f"= {written(session.result.contribution[row])}")


def test_an_n_ary_operation_counts_its_inputs(session, product, build, hands):
    total = build.op("add", (product.a, product.b), 150, 60)
    hands.settle()
    [_first, second] = session.document.node(total).ports
    told = wire_facts(session.document, session.result, (total, second))
    assert told.kind == "input 2"


def test_the_tooltip_of_a_wire_is_shown(session, product, canvas, spot, hands):
    event = QHelpEvent(QEvent.Type.ToolTip, spot, canvas.viewport().mapToGlobal(spot))
    QApplication.sendEvent(canvas.viewport(), event)
    hands.settle()
    assert "a → c" in QToolTip.text()
    QToolTip.hideText()


def test_a_menu_on_a_wire_selects_it(session, product, canvas, spot):
    asked = []
    canvas.context_requested.connect(lambda kind, _at: asked.append(kind))
    place = canvas.viewport().mapToGlobal(spot)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, spot, place)
    QApplication.sendEvent(canvas.viewport(), event)
    keyboard = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, spot, place)
    QApplication.sendEvent(canvas.viewport(), keyboard)
    assert asked == ["wire", "wire"]
    assert session.wires == {(product.c, 0)}


def test_hovering_a_wire_paints_once_and_then_nothing(product, canvas, hands, spot):
    hands.hover(spot)
    painter = canvas._scene.painter
    assert canvas._scene.picture.hovered_wire == canvas._scene.wire_row((product.c, 0))
    before = painter.paints
    hands.settle()
    hands.hover(spot + QPoint(1, 0))
    assert painter.paints == before
    hands.hover(QPoint(880, 20))
    assert canvas._scene.picture.hovered_wire is None
