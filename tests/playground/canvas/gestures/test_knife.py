"""The knife: what is crossed is shown while it lasts and cut at the end, in one step."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication

from engine.errors import accept
from engine.graph.verbs import connect, disconnect, group

ABOVE, BELOW = QPoint(360, 120), QPoint(360, 560)


def cut(hands, begin=ABOVE, end=BELOW) -> None:
    hands.drag(begin, end, "Control", button="right")


def test_a_cut_removes_every_wire_it_crosses_in_one_step(session, product, canvas, hands):
    start = session.document.copy()
    cut(hands)
    assert session.document.inputs(product.c) == (None, None)
    assert session.stack.undoText() == "Cut 2 wires"
    assert session.stack.count() == 1
    session.undo()
    assert session.document.same_content(start)


def test_what_would_be_cut_is_shown_while_the_knife_is_drawn(session, product, canvas, hands):
    said = []
    session.hinted.connect(said.append)
    hands.drag_to(ABOVE, QPoint(360, 300), "Control", button="right")
    floating = canvas._scene.picture.floating
    assert len(floating.cut) == 1
    hands.move(BELOW, "Control", button="right")
    assert len(canvas._scene.picture.floating.cut) == 2
    assert "Cuts 2 wires" in said[-1]
    hands.release(BELOW, "Control", button="right")
    assert canvas._scene.picture.floating.blade is None


def test_escape_leaves_the_wires(session, product, canvas, hands):
    hands.drag_to(ABOVE, BELOW, "Control", button="right")
    hands.key("Escape")
    hands.release(BELOW, "Control", button="right")
    assert session.document.inputs(product.c) == (product.a, product.b)
    assert not session.stack.canUndo()


def test_a_cut_beside_the_wires_changes_nothing(session, product, canvas, hands):
    cut(hands, QPoint(700, 100), QPoint(860, 600))
    assert not session.stack.canUndo()


def test_a_band_is_cut_whole(session, product, canvas, hands):
    session.do(
        accept(disconnect(session.document, product.c, session.document.node(product.c).ports[1]))
    )
    session.do(accept(connect(session.document, product.a, product.c)))
    made = session.document.next_id
    session.do(accept(group(session.document, [product.a], "source")))
    session.set_view(folded=frozenset({made}))
    hands.settle()
    wires = canvas._scene.picture.frame.wires
    assert wires.count.tolist() == [2]
    canvas.fit()
    hands.settle()
    middle = (canvas.item_rect(made).center() + canvas.item_rect(product.c).center()) / 2
    cut(hands, middle - QPoint(0, 120), middle + QPoint(0, 120))
    assert session.document.inputs(product.c) == (None, None)


@pytest.mark.parametrize("held", [(), ("Control",)])
def test_a_right_click_without_a_drag_asks_for_the_menu_once(canvas, product, hands, held):
    asked = []
    canvas.context_requested.connect(lambda kind, _at: asked.append(kind))
    at = canvas.item_rect(product.c).center()
    hands.press(at, *held, button="right")
    modifiers = hands._held(*held)
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse, at, canvas.viewport().mapToGlobal(at), modifiers
    )
    QApplication.sendEvent(canvas.viewport(), event)
    hands.release(at, *held, button="right")
    assert asked == ["item"]


def test_a_drawn_cut_asks_for_no_menu(canvas, product, hands):
    asked = []
    canvas.context_requested.connect(lambda kind, _at: asked.append(kind))
    cut(hands)
    assert asked == []
