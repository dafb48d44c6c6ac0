"""Typing networks and pasting programs in a window, by real keys, and dropping text."""

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.errors import accept
from engine.exchange.program import insert_text
from engine.graph.document import Document
from tests.engine.exchange.test_program import LECTURE, README
from tests.playground.canvas.conftest import Hands
from tests.playground.window.test_clipboard import press, refusals


@pytest.fixture
def canvas(window):
    window.canvas.manners.animated = False
    window.canvas.setFocus()
    return window.canvas


@pytest.fixture
def card(canvas):
    return canvas._search.card


def write(canvas, text: str) -> None:
    for letter in text:
        QTest.keyClicks(canvas.focusWidget() or canvas, letter)
        Hands.settle()


def enter(canvas, *names: str) -> None:
    for name in names:
        QTest.keyClick(canvas.focusWidget() or canvas, Qt.Key[f"Key_{name}"])
        Hands.settle()


def networks(session) -> list[object]:
    return [g.arguments for g in session.document.groups.values() if g.template == "mlp"]


def test_a_typed_network_is_previewed_while_one_types_and_inserted_by_return(
    session, canvas, card
):
    write(canvas, "mlp 2 4 4 1 tanh")
    row = card.results.current()
    assert (row.title, row.detail) == ("MLP 2 → 4 → 4 → 1, tanh", "37 parameters")
    assert card.promise.text().startswith("Return adds MLP 2 → 4 → 4 → 1, tanh: 37 parameters")
    assert "initial weights (micrograd)" in card.promise.text()
    assert not session.document.groups  # a preview builds nothing
    enter(canvas, "Return")
    [arguments] = networks(session)
    assert (arguments["inputs"], tuple(arguments["layers"])) == (2, (4, 4, 1))
    assert sum(node.trainable for node in session.document.nodes()) == 37
    assert session.stack.count() == 1
    session.undo()
    Hands.settle()
    assert len(session.document) == 0


def test_words_are_completed_in_the_rows(session, canvas, card):
    write(canvas, "mlp 2 3 1 si")
    titles = [row.title for row in card.results.rows]
    assert titles[:2] == ["MLP 2 → 3 → 1, sigmoid", "mlp 2 3 1 si"]
    enter(canvas, "Return")
    [arguments] = networks(session)
    assert arguments["activation"] == "sigmoid"


def test_a_misspelt_word_is_refused_in_the_card_and_nothing_is_added(session, canvas, card):
    write(canvas, "layer 2 4 tahn")
    enter(canvas, "Return")
    assert card.is_open
    assert card.promise.text() == "There is no activation “tahn”. Perhaps “tanh” is meant."
    assert not session.stack.canUndo()


def test_a_template_by_its_name_alone_says_what_may_be_typed(session, canvas, card):
    write(canvas, "mlp")
    assert card.results.current().key == "template:mlp"
    promise = "MLP 2 → 4 → 4 → 1: 37 parameters · type on to choose layers (4, 4, 1), activation"
    assert promise in card.promise.text()


def test_the_palette_takes_typed_networks_too(session, window):
    field = window.palette_panel.filter
    field.setFocus()
    QTest.keyClicks(field, "neuron 3 relu")
    assert window.palette_panel.promise_text() == "Return adds neuron 3, relu"
    QTest.keyClick(field, Qt.Key.Key_Return)
    Hands.settle()
    [group] = session.document.groups.values()
    assert (group.template, group.arguments["activation"]) == ("neuron", "relu")
    field.clear()
    QTest.keyClicks(field, "neuron 3 rleu")
    assert window.palette_panel.promise_text().startswith("There is no activation “rleu”")


@pytest.mark.parametrize("text", [README, LECTURE])
def test_a_program_is_pasted_as_one_step_selected_and_the_same_as_in_the_engine(
    session, canvas, text
):
    QGuiApplication.clipboard().setText(text)
    press(canvas, "V")
    direct = Document()
    direct.apply(accept(insert_text(direct, text, (0.0, 0.0))))
    assert session.document.edges() == direct.edges()
    assert session.selection == set(session.document.graph)
    assert session.stack.count() == 1
    session.undo()
    Hands.settle()
    assert len(session.document) == 0


def test_a_refused_program_names_its_line_and_leaves_nothing(session, canvas):
    QGuiApplication.clipboard().setText("a = 2\nb = tahn(a)")
    said = refusals(session)
    press(canvas, "V")
    why = "line 2: There is no function “tahn”. Perhaps “tanh” is meant."
    assert said == [f"The clipboard holds nothing that can be pasted: {why}"]
    assert not session.stack.canUndo()


def test_a_program_goes_where_the_mouse_is_and_can_be_pasted_twice(session, canvas):
    hands = Hands(canvas)
    QGuiApplication.clipboard().setText("a = 2\nb = 3\nc = a*b")
    for at in (QPoint(150, 150), QPoint(150, 450)):
        hands.move(at, button="left")
        Hands.settle()
        press(canvas, "V")
        corners = [canvas.item_rect(item).topLeft() for item in session.selection]
        assert abs(min(c.x() for c in corners) - at.x()) <= 12
        assert abs(min(c.y() for c in corners) - at.y()) <= 12
    assert len(session.document) == 6


def test_lines_pasted_into_the_search_are_a_program_too(session, canvas, card):
    write(canvas, "9")
    QGuiApplication.clipboard().setText("a = 2\nb = a*3\nL = b + a")
    card.field.selectAll()
    QTest.keyClick(card.field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    Hands.settle()
    enter(canvas, "Return")
    labels = {node.label for node in session.document.nodes()}
    assert {"a", "b", "L"} <= labels
    assert session.stack.count() == 1


def test_what_is_copied_is_a_formula_for_other_programs(session, canvas):
    QGuiApplication.clipboard().setText("x = 2\nw = -3\nb = 0.5\nL = tanh(w*x + b)")
    press(canvas, "V")
    press(canvas, "A")
    press(canvas, "C")
    text = QGuiApplication.clipboard().text()
    assert text.splitlines()[-1] == "L = tanh(w*x + b)"
    QGuiApplication.clipboard().setText(text)  # as if an editor had held it
    before = session.result.number(accept(session.document.find("L")))
    press(canvas, "X")
    QGuiApplication.clipboard().setText(text)
    press(canvas, "V")
    assert session.result.number(accept(session.document.find("L"))) == before


def drag(canvas, data: QMimeData, at: QPoint) -> bool:
    """Drag something in from elsewhere and let it go; return whether it was taken."""
    port = canvas.viewport()
    action, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    plain = Qt.KeyboardModifier.NoModifier
    over = QDragEnterEvent(at, action, data, button, plain)
    QApplication.sendEvent(port, over)
    drop = QDropEvent(QPointF(at), action, data, button, plain)
    QApplication.sendEvent(port, drop)
    Hands.settle()
    return over.isAccepted()


def test_text_dropped_from_another_program_is_inserted(session, canvas):
    data = QMimeData()
    data.setText("a = 2\nbb = a*3\nmlp 2 3 1")
    assert drag(canvas, data, QPoint(200, 200))
    assert len(networks(session)) == 1
    assert session.result.number(accept(session.document.find("bb"))) == 6
    assert session.stack.count() == 1


def test_dropped_nonsense_is_refused_in_words_and_a_file_is_no_text(session, canvas):
    data = QMimeData()
    data.setText("hello there!\nand so on")
    said = refusals(session)
    drag(canvas, data, QPoint(200, 200))
    assert said
    assert said[0].startswith("Line 1: “hello there!” cannot be read")
    data.setUrls([QUrl("https://example.org/")])
    assert not drag(canvas, data, QPoint(200, 200))
    assert not session.stack.canUndo()


@pytest.mark.parametrize("typed", ["f=-2", "f = -2", "F=-2"])
def test_a_value_called_f_is_typed_like_any_other_though_f_alone_fits(
    session, canvas, card, typed
):
    write(canvas, "a=2")
    enter(canvas, "Return")
    write(canvas, typed)
    assert card.field.text() == typed.replace("f = ", "f= ")
    enter(canvas, "Return")
    assert session.result.number(accept(session.document.find(typed[0]))) == -2
    for keys in ("f", "exp"):
        assert not card.is_open
        write(canvas, keys)
    assert card.field.text() == "exp"
    write(canvas, "=")
    assert card.field.text() == "exp="
