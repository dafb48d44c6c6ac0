"""Typing numbers and names where they stand."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from engine.errors import accept
from engine.graph.verbs import group


def type_in(canvas, text: str, key=Qt.Key.Key_Return) -> None:
    editor = canvas._editor
    editor.selectAll()
    QTest.keyClicks(editor, text)
    QTest.keyClick(editor, key)


@pytest.mark.parametrize(
    ("typed", "number"),
    [("0.5", 0.5), ("1/3", 1 / 3), ("-2e-3", -2e-3), ("2*pi", 6.283185307179586)],
)
def test_a_double_click_on_a_number_edits_it(session, product, canvas, hands, typed, number):
    hands.double_click(canvas.value_rect(product.a).center())
    assert canvas._editor.isVisible()
    type_in(canvas, typed)
    hands.settle()
    assert session.document.node(product.a).value == number
    assert not canvas._editor.isVisible()
    assert session.stack.count() == 1


def test_the_editor_stands_where_the_number_is_and_holds_it(session, product, canvas, hands):
    hands.double_click(canvas.value_rect(product.b).center())
    assert canvas._editor.geometry().contains(canvas.value_rect(product.b).center())
    assert canvas._editor.text() == "-3"
    assert canvas._editor.selectedText() == "-3"


def test_escape_leaves_the_number_as_it_was(session, product, canvas, hands):
    hands.double_click(canvas.value_rect(product.a).center())
    type_in(canvas, "7", Qt.Key.Key_Escape)
    assert session.document.node(product.a).value == 2.0
    assert not session.stack.canUndo()
    assert canvas.hasFocus()


def test_a_text_that_is_no_number_is_refused_and_can_be_typed_again(
    session, product, canvas, hands
):
    refusals = []
    session.refused.connect(refusals.append)
    hands.double_click(canvas.value_rect(product.a).center())
    type_in(canvas, "two")
    assert len(refusals) == 1
    assert "two" in refusals[0]
    assert canvas._editor.isVisible()
    type_in(canvas, "3")
    hands.settle()
    assert session.document.node(product.a).value == 3.0


def test_clicking_elsewhere_takes_what_was_typed(session, product, canvas, hands):
    hands.double_click(canvas.value_rect(product.a).center())
    canvas._editor.selectAll()
    QTest.keyClicks(canvas._editor, "4.5")
    canvas.setFocus()
    hands.settle()
    assert session.document.node(product.a).value == 4.5


def test_a_double_click_on_a_label_renames_the_value(session, product, canvas, hands):
    hands.double_click(canvas.label_rect(product.a).center())
    assert canvas._editor.text() == "a"
    type_in(canvas, "alpha")
    hands.settle()
    assert session.document.node(product.a).label == "alpha"
    texts = [words.text for words in canvas._scene.picture.frame.labels.texts]
    assert "alpha" in texts


def test_a_double_click_on_an_operation_or_its_name_renames_it(session, product, canvas, hands):
    for name in ("product", "a times b"):
        at = canvas.item_rect(product.c) if name == "product" else canvas.label_rect(product.c)
        hands.double_click(at.center())
        type_in(canvas, name)
        hands.settle()
        assert session.document.node(product.c).label == name


def test_typing_is_safe_from_the_shortcuts_of_the_window(session, product, canvas, hands):
    hands.double_click(canvas.label_rect(product.a).center())
    type_in(canvas, "f f", Qt.Key.Key_Delete)
    QTest.keyClick(canvas._editor, Qt.Key.Key_Return)
    hands.settle()
    assert session.document.node(product.a).label == "f f"
    assert product.a in session.document


def test_enter_edits_the_selected_value_and_f2_its_name(session, product, canvas, hands):
    session.set_selection({product.a})
    canvas.edit_value()
    type_in(canvas, "9")
    canvas.edit_label()
    type_in(canvas, "nine")
    hands.settle()
    assert session.document.node(product.a).value == 9.0
    assert session.document.node(product.a).label == "nine"


def test_return_on_an_operation_edits_its_name(session, product, canvas, hands):
    session.set_selection({product.c})
    hands.key("Return")
    assert canvas._editor.text() == "c"
    type_in(canvas, "product")
    hands.settle()
    assert session.document.node(product.c).label == "product"


def test_a_group_is_renamed_in_its_title(session, product, canvas, hands):
    made = session.document.next_id
    session.do(accept(group(session.document, [product.a, product.b], "inputs")))
    hands.settle()
    session.set_selection({made})
    canvas.edit_label()
    type_in(canvas, "leaves")
    hands.settle()
    assert session.document.groups[made].label == "leaves"


def test_zooming_takes_what_was_typed(session, product, canvas, hands):
    hands.double_click(canvas.value_rect(product.a).center())
    canvas._editor.selectAll()
    QTest.keyClicks(canvas._editor, "6")
    hands.turn(QPoint(100, 100), 1)
    assert not canvas._editor.isVisible()
    assert session.document.node(product.a).value == 6.0


def test_undoing_what_is_being_edited_closes_the_editor(session, canvas, hands):
    session.add_item("value:constant", (0.0, 0.0))
    session.flush()
    node = session.document.nodes()[-1].id
    hands.double_click(canvas.value_rect(node).center())
    assert canvas._editor.isVisible()
    session.undo()
    hands.settle()
    assert not canvas._editor.isVisible()
    assert node not in session.document


def test_the_editor_holds_every_digit_and_has_room_for_them(session, product, canvas, hands):
    session.set_number(product.a, 6.881373587019543)
    hands.settle()
    hands.double_click(canvas.value_rect(product.a).center())
    editor = canvas._editor
    assert editor.text() == "6.881373587019543"
    assert editor.fontMetrics().horizontalAdvance(editor.text()) < editor.width()
    type_in(canvas, editor.text())
    assert session.document.node(product.a).value == 6.881373587019543
