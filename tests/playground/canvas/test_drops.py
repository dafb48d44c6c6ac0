"""Dragging from the palette onto the canvas."""

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from engine.errors import accept
from engine.graph.verbs import group
from playground.widgets.mime import pack
from tests.playground.drags import dragged

COPY, LEFT = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
PLAIN = Qt.KeyboardModifier.NoModifier


def drag(canvas, data: QMimeData, at: QPoint) -> bool:
    event = QDragEnterEvent(dragged(at), COPY, data, LEFT, PLAIN)
    QApplication.sendEvent(canvas.viewport(), event)
    return event.isAccepted()


def drop(canvas, text: str, at: QPoint) -> None:
    data = pack(text)
    assert drag(canvas, data, at)
    event = QDropEvent(QPointF(at), COPY, data, LEFT, PLAIN)
    QApplication.sendEvent(canvas.viewport(), event)


@pytest.mark.parametrize("text", ["op:tanh", "value:parameter", "template:squared_error"])
def test_what_is_dropped_lands_centred_on_the_mouse(session, product, canvas, hands, text):
    at = QPoint(620, 480)
    drop(canvas, text, at)
    hands.settle()
    [made] = session.selection
    assert (canvas.item_rect(made).center() - at).manhattanLength() <= 3
    assert session.stack.count() == 1


def test_what_would_be_dropped_is_shown_before(session, product, canvas, hands):
    drag(canvas, pack("op:tanh"), QPoint(620, 480))
    preview = canvas._scene.picture.floating.preview
    assert preview.text == "tanh"
    QApplication.sendEvent(canvas.viewport(), QDragLeaveEvent())
    assert canvas._scene.picture.floating.preview is None
    assert not session.stack.canUndo()


def test_anything_else_is_not_taken(product, canvas):
    data = QMimeData()
    data.setData("application/x-another-program", b"tanh")
    assert not drag(canvas, data, QPoint(620, 480))


def test_what_is_dropped_into_an_open_group_belongs_to_it(session, product, canvas, hands):
    made = session.document.next_id
    session.do(accept(group(session.document, [product.a, product.b], "inputs")))
    hands.settle()
    between = (canvas.item_rect(product.a).center() + canvas.item_rect(product.b).center()) / 2
    drop(canvas, "op:tanh", between)
    hands.settle()
    [node] = session.selection
    assert session.document.node(node).group == made


def test_what_cannot_be_added_is_refused_in_words(session, product, canvas, hands):
    refusals = []
    session.refused.connect(refusals.append)
    drop(canvas, "op:teleport", QPoint(620, 480))
    assert "teleport" in refusals[0]


def test_what_is_dropped_at_the_edge_of_a_graph_that_is_fitted_stays_under_the_mouse(
    session, product, canvas, hands
):
    canvas.fit()
    for at in (QPoint(75, 60), QPoint(75, 300)):
        drop(canvas, "value:constant", at)
        hands.settle()
        [made] = session.selection
        moved = canvas.item_rect(made).center() - at  # no farther than the guides pull
        assert moved.manhattanLength() <= 12
    canvas.resize(500, 400)
    hands.settle()
    assert canvas.viewport().rect().contains(canvas.item_rect(made))
