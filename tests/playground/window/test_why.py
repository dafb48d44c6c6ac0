"""The why card in the window: asked by clicks and keys, gone through, gone back, closed."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.explain.questions import Question
from engine.graph.properties import set_value
from engine.graph.verbs import delete
from playground.session.lit import Lit
from tests.playground.canvas.conftest import Hands
from tests.playground.window.driving import turn
from tests.playground.window.why_card import at, click_spot, find, formulas, press

Key = Qt.Key


@pytest.fixture
def shown(window, session):
    """Show the lecture's neuron, large enough to read."""
    session.open_example("tanh-neuron")
    turn()
    window.canvas.fit()
    turn()
    return window


@pytest.fixture
def click(shown):
    return Hands(shown.canvas)


# Asking ------------------------------------------------------------------------------------------


def test_a_click_on_a_gradient_asks_why(shown, session, click):
    click.click(at(shown, "w1", "gradient"))
    assert shown.why_card.isVisible()
    assert session.why.question == Question("gradient", find(session, "w1"))
    assert formulas(shown) == ["∂o/∂w1 = x1 · ∂o/∂(x1*w1)", "= 2.0 × 0.5 = 1.0"]
    assert "w1.grad = 1.0" in shown.why_card.question.text()
    assert session.selection == {find(session, "w1")}


@pytest.mark.parametrize("label", ["w1", "n"])
def test_a_click_on_a_value_of_a_leaf_or_an_op_asks_why(shown, session, click, label):
    click.click(at(shown, label, "value"))
    assert session.why.question == Question("value", find(session, label))


def test_a_click_on_the_chip_of_a_wire_asks_what_flows_there(shown, session, click):
    session.set_selection({find(session, "w1")})
    turn()
    canvas = shown.canvas
    from playground.canvas.painting.chips import chips_of

    picture = canvas._scene.picture
    w1 = find(session, "w1")
    [wire] = session.document.consumers(w1)
    row = picture.frame.wires.row(wire)
    chip = next(c for c in chips_of(picture, picture.corners(), canvas.zoom) if c.row == row)
    click.click(canvas._camera.to_screen(QPointF(*chip.at)).toPoint())
    assert session.why.question == Question("wire", *wire)
    assert formulas(shown) == [
        "∂(x1*w1)/∂w1 = x1",
        "= 2.0",
        "x1 · ∂o/∂(x1*w1)",
        "= 2.0 × 0.5 = 1.0",
    ]


def test_f12_asks_about_what_is_selected_and_then_goes_into_the_card(shown, session):
    session.set_selection({find(session, "b")})
    turn()
    press(shown.canvas, Key.Key_F12)
    assert session.why.question == Question("gradient", find(session, "b"))
    assert shown.canvas.hasFocus()
    press(shown.canvas, Key.Key_F12)
    assert shown.why_card.formulas.hasFocus()


def test_f12_asks_about_a_selected_wire(shown, session):
    wire = session.document.consumers(find(session, "n"))[0]
    shown.canvas.select_wire(wire)
    turn()
    press(shown.canvas, Key.Key_F12)
    assert session.why.question == Question("wire", *wire)


def test_of_a_folded_group_its_only_output_is_asked_about(shown, session):
    session.open_example("moons")
    turn()
    document = session.document
    neuron = next(one.id for one in document.groups.values() if one.template == "neuron")
    session.set_selection({neuron})
    turn()
    press(shown.canvas, Key.Key_F12)
    node = session.why.question.node
    assert node in document.members(neuron)
    assert all(target not in document.members(neuron) for target, _p in document.consumers(node))


def test_the_context_menu_and_the_insight_menu_offer_it(shown, session):
    session.set_selection({find(session, "w1")})
    shown.refresh()
    assert shown.commands["insight.why"].isEnabled()
    menu = shown.commands.context_menu("item", shown)
    assert shown.commands["insight.why"] in menu.actions()
    menu.deleteLater()
    session.set_selection(())
    shown.refresh()
    assert not shown.commands["insight.why"].isEnabled()


def test_the_inspectors_numbers_ask_by_click_and_by_return(shown, session):
    session.set_selection({find(session, "n")})
    turn()
    page = shown.inspector.node_page
    QTest.mouseClick(page.gradient, Qt.MouseButton.LeftButton)
    assert session.why.question == Question("gradient", find(session, "n"))
    page.computed.setFocus()
    press(page.computed, Key.Key_Return)
    assert session.why.question == Question("value", find(session, "n"))


# What a click must not break ---------------------------------------------------------------------


def test_a_drag_on_a_number_scrubs_and_asks_nothing(shown, session, click):
    place = at(shown, "w1", "value")
    before = session.document.node(find(session, "w1")).value
    click.drag(place, place + QPoint(40, 0))
    assert session.document.node(find(session, "w1")).value > before
    assert session.why.question is None
    click.press(place)
    click.move(place + QPoint(30, 0))
    click.move(place)
    click.release(place)
    assert session.why.question is None


def test_a_number_that_is_held_is_nudged_and_asked_nothing(shown, session, click, qtbot):
    place = at(shown, "w1", "value")
    click.press(place)
    qtbot.waitUntil(lambda: shown.canvas._mouse.gesture.is_held)
    click.release(place)
    assert session.why.question is None


def test_a_press_that_escape_took_back_asks_nothing_later(shown, session, click):
    place = at(shown, "w1", "gradient")
    click.press(place)
    press(shown.canvas, Key.Key_Escape)
    click.release(place)
    assert session.why.question is None


def test_a_double_click_types_a_number_and_leaves_no_card(shown, session, click):
    click.double_click(at(shown, "w1", "value"))
    assert shown.canvas._editor.is_open
    assert session.why.question is None
    assert not shown.why_card.isVisible()


def test_a_click_that_adds_to_the_selection_asks_nothing(shown, session, click):
    click.click(at(shown, "w1", "value"))
    session.why.close()
    click.click(at(shown, "b", "gradient"), "Shift")
    assert session.selection == {find(session, "w1"), find(session, "b")}
    assert session.why.question is None


def test_a_click_beside_the_numbers_asks_nothing(shown, session, click):
    rect = shown.canvas.label_rect(find(session, "w1"))
    click.click(rect.center())
    assert session.selection == {find(session, "w1")}
    assert session.why.question is None


# Going on and back -------------------------------------------------------------------------------


def test_a_click_on_a_symbol_goes_on_to_it_and_back_comes_back(shown, session, click):
    click.click(at(shown, "w1", "gradient"))
    assert not shown.why_card.back.isVisible()
    click_spot(shown, 2)  # ∂o/∂(x1*w1)
    upstream = Question("gradient", find(session, "x1*w1"))
    assert session.why.question == upstream
    click_spot(shown, 1)  # ∂o/∂n
    assert session.why.question == Question("gradient", find(session, "n"))
    QTest.mouseClick(shown.why_card.back, Qt.MouseButton.LeftButton)
    assert session.why.question == upstream
    shown.why_card.take_focus()
    press(shown.why_card.formulas, Key.Key_Backspace)
    assert session.why.question == Question("gradient", find(session, "w1"))
    assert find(session, "w1") in session.document


def test_the_link_after_a_sentence_goes_on_too(shown, session, click):
    click.click(at(shown, "w1", "gradient"))
    assert "Show" in shown.why_card.sentences.text()
    shown.why_card.sentences.linkActivated.emit("0")
    assert session.why.question == Question("gradient", find(session, "x1*w1"))


def test_a_gradient_of_0_says_where_it_was_lost(shown, session, click):
    click.click(at(shown, "w2", "gradient"))
    assert shown.why_card.gone_title.text() == "Why did my gradient disappear?"
    assert "its other factor, x2, is 0.0" in shown.why_card.gone.text()
    click.click(at(shown, "w1", "gradient"))
    assert not shown.why_card.gone.isVisible()


def test_keys_go_through_the_symbols_and_choose_one(shown, session):
    session.set_selection({find(session, "w1")})
    turn()
    press(shown.canvas, Key.Key_F12)
    press(shown.canvas, Key.Key_F12)
    card = shown.why_card.formulas
    assert session.lit.nodes == {find(session, "w1")}
    press(card, Key.Key_Right)
    assert session.lit.nodes == {find(session, "x1")}
    assert session.lit.forward
    assert "value" in card.accessibleDescription()
    press(card, Key.Key_Right)
    press(card, Key.Key_Return)
    assert session.why.question == Question("gradient", find(session, "x1*w1"))
    press(card, Key.Key_Escape)
    assert session.why.question is None
    assert shown.canvas.hasFocus()


def test_pointing_at_a_symbol_lights_its_node_and_leaving_lights_the_way_again(
    shown, session, click
):
    click.click(at(shown, "w1", "gradient"))
    way = session.lit
    assert list(way.wires.values()) == ["×2.0", "×1.0", "×0.5"]
    card = shown.why_card.formulas
    QTest.mouseMove(card, card.spots[1].rect.center().toPoint())
    turn()
    assert session.lit.nodes == {find(session, "x1")}
    shown.why_card.refresh()  # as new numbers do
    assert session.lit.nodes == {find(session, "x1")}
    QApplication.sendEvent(card, QEvent(QEvent.Type.Leave))
    assert session.lit == way
    session.light(Lit(frozenset({find(session, "b")})))  # as a page may
    shown.why_card.refresh()
    assert session.lit.nodes == {find(session, "b")}
    session.light()
    session.why.close()
    assert not session.lit.nodes


def test_while_it_is_open_it_follows_the_selection(shown, session, click):
    click.click(at(shown, "w1", "gradient"))
    click.click(shown.canvas.label_rect(find(session, "b")).center())
    assert session.why.question == Question("gradient", find(session, "b"))
    session.why.back()
    assert session.why.question == Question("gradient", find(session, "w1"))
    click.click(at(shown, "n", "value"))
    session.why.back()
    assert session.why.question == Question("gradient", find(session, "w1"))
    click.click(at(shown, "n", "value"))
    session.set_selection({find(session, "o")})
    assert session.why.question == Question("value", find(session, "o"))


def test_escape_closes_the_card_before_the_selection_goes(shown, session, click):
    click.click(at(shown, "w1", "gradient"))
    press(shown.canvas, Key.Key_Escape)
    assert not shown.why_card.isVisible()
    assert session.selection
    press(shown.canvas, Key.Key_Escape)
    assert not session.selection


def test_its_button_closes_it(shown, session, click):
    click.click(at(shown, "w1", "gradient"))
    QTest.mouseClick(shown.why_card.close_button, Qt.MouseButton.LeftButton)
    assert session.why.question is None


# Living numbers ----------------------------------------------------------------------------------


def test_its_numbers_follow_what_is_changed(shown, session, click):
    click.click(at(shown, "w1", "gradient"))
    session.do(set_value(session.document, find(session, "x1"), 4.0))
    turn()
    assert formulas(shown)[1].startswith("= 4.0 × ")


def test_what_is_deleted_is_asked_about_no_more(shown, session, click):
    click.click(at(shown, "w1", "gradient"))
    click_spot(shown, 1)
    session.do(delete(session.document, {find(session, "x1")}))
    turn()
    assert session.why.question == Question("gradient", find(session, "w1"))
    session.do(delete(session.document, {find(session, "w1")}))
    turn()
    assert session.why.question is None
    assert not shown.why_card.isVisible()


def test_another_document_closes_it(shown, session, click):
    click.click(at(shown, "w1", "gradient"))
    session.new()
    turn()
    assert session.why.question is None


def test_while_hidden_it_answers_nothing(shown, session, monkeypatch):
    asked = []
    monkeypatch.setattr(type(session.why), "answer", asked.append)
    session.do(set_value(session.document, find(session, "x1"), 4.0))
    turn()
    assert not asked


def test_formulas_are_set_anew_only_when_they_are_others(shown, session, click, monkeypatch):
    click.click(at(shown, "w1", "gradient"))
    placed = []
    card = shown.why_card
    monkeypatch.setattr(card.formulas, "_place", lambda: placed.append(1))
    card.refresh()
    card.refresh()
    assert not placed


def test_over_the_batch_it_says_so(shown, session):
    session.open_example("moons")
    turn()
    session.set_scope("batch")
    turn()
    weight = next(n.id for n in session.document.nodes() if n.label == "w1")
    session.why.ask(Question("gradient", weight))
    turn()
    assert "mean over 100 samples" in formulas(shown)[0]


def test_the_card_stands_clear_of_what_it_is_about(shown, session, click):
    for label in ("x1", "w1", "x2", "w2", "b", "n", "o"):
        session.why.close()
        session.why.ask(Question("gradient", find(session, label)))
        turn()
        card = shown.why_card.geometry().adjusted(14, 14, -14, -14)
        assert not card.intersects(shown.canvas.item_rect(find(session, label))), label
        assert shown.canvas.rect().contains(card)


def test_a_press_on_the_card_reaches_nothing_below(shown, session, click):
    click.click(at(shown, "w1", "gradient"))
    card = shown.why_card
    before = session.selection
    spot = card.sentences.mapTo(card, card.sentences.rect().bottomRight()) + QPoint(2, 4)
    for kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease):
        event = QMouseEvent(
            kind,
            QPointF(spot),
            QPointF(card.mapToGlobal(spot)),
            Qt.MouseButton.LeftButton,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(card, event)
    assert session.selection == before
