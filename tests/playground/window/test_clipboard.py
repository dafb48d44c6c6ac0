"""Cut, copy, paste and duplicate in a window, by real keys, and from one window to another."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from engine.errors import accept
from engine.graph import notes
from engine.graph.verbs import group
from playground.handlers.clipboard import EXCERPT
from playground.main_window import MainWindow
from playground.session import Session
from playground.settings import Settings
from playground.theme import ThemeManager
from tests.playground.canvas.conftest import Builder, Hands


@pytest.fixture
def canvas(window):
    window.canvas.setFocus()
    return window.canvas


@pytest.fixture
def hands(canvas) -> Hands:
    return Hands(canvas)


class Product:
    """c = a * b, the shown graph of a window."""

    def __init__(self, session, canvas) -> None:
        build = Builder(session)
        self.a = build.value("a", 2.0, -300.0, -150.0)
        self.b = build.value("b", -3.0, -300.0, 60.0)
        self.c = build.op("mul", (self.a, self.b), 0.0, -40.0, label="c")
        session.stack.clear()
        Hands.settle()
        canvas.set_zoom(1.0)
        canvas.manners.animated = False
        Hands.settle()


@pytest.fixture
def product(session, canvas) -> Product:
    return Product(session, canvas)


def press(canvas, key: str, *held: str) -> None:
    """Press a key with Control and more."""
    modifiers = Qt.KeyboardModifier.ControlModifier
    for name in held:
        modifiers |= Qt.KeyboardModifier[f"{name}Modifier"]
    Hands.settle()  # actions learn of a selection at the end of a turn
    QTest.keyClick(canvas, Qt.Key[f"Key_{key}"], modifiers)
    Hands.settle()


def point_at(canvas, hands, at: QPoint) -> None:
    """Move the mouse there, as Qt tells the canvas."""
    hands.move(at, button="left")
    Hands.settle()


def centre(canvas, items) -> QPoint:
    rect = canvas.item_rect(min(items))
    for item in items:
        rect = rect.united(canvas.item_rect(item))
    return rect.center()


def refusals(session) -> list[str]:
    said: list[str] = []
    session.refused.connect(said.append)
    return said


def test_a_copy_lands_at_the_mouse_and_is_selected(session, canvas, product, hands):
    start = session.document.copy()
    session.set_selection({product.a, product.b, product.c})
    press(canvas, "C")
    assert session.document.same_content(start)
    at = QPoint(canvas.width() // 2 + 90, canvas.height() // 2 + 80)
    point_at(canvas, hands, at)
    press(canvas, "V")
    made = session.selection
    assert len(made) == 3
    assert not made & {product.a, product.b, product.c}
    assert (centre(canvas, made) - at).manhattanLength() <= 3
    [copy] = [node for node in made if not session.document.node(node).is_leaf]
    assert set(session.document.wired(copy).values()) == made - {copy}
    assert session.document.node(copy).label == "c"
    assert session.stack.count() == 1
    session.undo()
    assert session.document.same_content(start)


def test_pasting_again_at_the_same_place_goes_a_step_on(session, canvas, product, hands):
    session.set_selection({product.c})
    press(canvas, "C")
    point_at(canvas, hands, QPoint(300, 300))
    places = []
    for _paste in range(3):
        press(canvas, "V")
        [made] = session.selection
        places.append(session.document.node(made).position)
    assert len(set(places)) == 3
    assert {b[0] - a[0] for a, b in pairwise(places)} == {24.0}


def test_without_a_mouse_a_copy_lands_a_step_beside_the_original(session, canvas, product):
    session.set_selection({product.c})
    press(canvas, "C")
    press(canvas, "V")
    [made] = session.selection
    assert session.document.node(made).position == (24.0, -16.0)


def test_if_the_original_is_out_of_sight_a_copy_lands_in_the_middle(session, canvas, product):
    session.set_selection({product.c})
    press(canvas, "C")
    canvas._camera.pan(-9000, 0)
    middle = canvas.viewport().rect().center()
    press(canvas, "V")
    assert (centre(canvas, session.selection) - middle).manhattanLength() <= 4


def test_incoming_wires_are_kept_on_demand(session, canvas, product):
    session.set_selection({product.c})
    press(canvas, "C")
    press(canvas, "V", "Shift")
    [made] = session.selection
    assert session.document.wired(made) == {0: product.a, 1: product.b}
    press(canvas, "V")
    [other] = session.selection
    assert session.document.wired(other) == {}


def test_cutting_is_one_step_and_can_be_pasted_back(session, canvas, product):
    start = session.document.copy()
    session.set_selection({product.c})
    press(canvas, "X")
    assert product.c not in session.document
    assert (session.stack.count(), session.stack.undoText()) == (1, "Cut")
    press(canvas, "V", "Shift")
    [made] = session.selection
    assert session.document.wired(made) == {0: product.a, 1: product.b}
    session.undo()
    session.undo()
    assert session.document.same_content(start)


def test_a_duplicate_lies_beside_the_original_and_leaves_the_clipboard_alone(
    session, canvas, product
):
    QGuiApplication.clipboard().setText("kept")
    start = session.document.copy()
    session.set_selection({product.a, product.c})
    press(canvas, "D")
    assert len(session.selection) == 2
    assert session.stack.undoText() == "Duplicate"
    assert QGuiApplication.clipboard().text() == "kept"
    [copy] = [node for node in session.selection if not session.document.node(node).is_leaf]
    assert session.document.node(copy).position == (24.0, -16.0)
    assert list(session.document.wired(copy)) == [0]
    session.undo()
    assert session.document.same_content(start)


def test_what_is_pasted_over_an_open_group_belongs_to_it(session, canvas, product, hands):
    session.set_selection({product.c})
    press(canvas, "C")
    made = session.document.next_id
    session.do(accept(group(session.document, [product.a, product.b], "inputs")))
    Hands.settle()
    between = (canvas.item_rect(product.a).center() + canvas.item_rect(product.b).center()) / 2
    point_at(canvas, hands, between)
    press(canvas, "V")
    [copy] = session.selection
    assert session.document.node(copy).group == made
    assert (canvas.item_rect(copy).center() - between).manhattanLength() <= 3


def test_a_duplicate_stays_in_its_group_and_a_folded_group_stays_folded(session, canvas, product):
    inner = session.document.next_id
    session.do(accept(group(session.document, [product.a], "inner")))
    outer = session.document.next_id
    session.do(accept(group(session.document, [inner, product.b], "outer")))
    session.set_view(folded=frozenset({inner}))
    Hands.settle()
    session.set_selection({inner})
    press(canvas, "D")
    [copy] = session.selection
    assert session.document.groups[copy].group == outer
    assert session.view.folded == {inner, copy}
    assert len(session.document.members(copy)) == 1


def test_a_formula_is_pasted_as_nodes(session, canvas, product):
    QGuiApplication.clipboard().setText(" tanh(a + 2*b) ")
    press(canvas, "V")
    ops = {session.document.node(n).op for n in session.selection if n in session.document}
    assert "tanh" in ops
    assert session.stack.count() == 1


@pytest.mark.parametrize("text", ["", "hello there!", "{", '{"a": 1}', "x" * 5000, "a ="])
def test_any_other_text_is_refused_in_one_sentence(session, canvas, product, text):
    QGuiApplication.clipboard().setText(text)
    said = refusals(session)
    press(canvas, "V")
    assert len(said) == 1
    assert "nothing that can be pasted" in said[0]
    assert not session.stack.canUndo()


def test_a_damaged_excerpt_is_refused_in_words(session, canvas, product):
    session.set_selection({product.c})
    press(canvas, "C")
    data = QMimeData()
    kept = bytes(QGuiApplication.clipboard().mimeData().data(EXCERPT).data())
    data.setData(EXCERPT, kept[:-9])
    QGuiApplication.clipboard().setMimeData(data)
    said = refusals(session)
    press(canvas, "V")
    assert said
    assert said[0].startswith("This cannot be pasted: ")


def test_the_text_alone_is_enough(session, canvas, product):
    session.set_selection({product.a, product.c})
    press(canvas, "C")
    QGuiApplication.clipboard().setText(QGuiApplication.clipboard().text())
    press(canvas, "V")
    assert len(session.selection) == 2


def test_nothing_selected_is_nothing_to_copy(session, canvas, product, window):
    session.set_selection(())
    QGuiApplication.clipboard().setText("kept")
    said = refusals(session)
    window.clipboard.copy()
    window.clipboard.cut()
    window.clipboard.duplicate()
    assert len(said) == 3
    assert QGuiApplication.clipboard().text() == "kept"


@pytest.fixture
def other(qtbot, qapp, settings: Settings):
    """Open a second window with a document of its own."""
    session = Session()
    window = MainWindow(session, settings, ThemeManager("dark"))
    qtbot.addWidget(window, before_close_func=lambda _window: session.stack.setClean())
    window.resize(1000, 700)
    window.show()
    qtbot.waitExposed(window)
    yield window
    session.close()


def test_another_window_pastes_without_wiring_to_strangers(
    session, window, canvas, product, other, qtbot
):
    strangers = Product(other._session, other.canvas)
    session.set_selection({product.a, product.c})
    for each, key, held in ((window, "C", ()), (other, "V", ("Shift",))):
        each.activateWindow()
        qtbot.waitUntil(each.isActiveWindow)
        each.canvas.setFocus()
        press(each.canvas, key, *held)
    document = other._session.document
    [copy] = [node for node in other._session.selection if not document.node(node).is_leaf]
    assert strangers.b not in document.wired(copy).values()
    assert list(document.wired(copy)) == [0]


def test_keys_in_a_text_field_stay_there(session, canvas, product, window):
    session.set_selection({product.c})
    canvas.edit_label()
    editor = canvas._editor
    QTest.keyClick(editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(editor, Qt.Key.Key_X, Qt.KeyboardModifier.ControlModifier)
    assert editor.text() == ""
    assert QGuiApplication.clipboard().text() == "c"
    assert product.c in session.document
    editor.abandon()


def test_a_frame_is_copied_and_cut_with_what_it_holds(session, canvas, product, window):
    session.do(accept(notes.frame(session.document, [product.a, product.b], "Factors")))
    session.do(notes.add_note(session.document, (200.0, 150.0), "# Look"))
    session.stack.clear()
    frame, note = sorted(session.document.notes)
    start = session.document.copy()
    session.set_selection({frame})
    press(canvas, "C")
    assert window.status.hint_text() == "2 nodes and 1 frame copied"
    session.set_selection({frame, note})
    press(canvas, "D")
    assert len(session.selection) == 4
    assert len(session.document) == 5
    session.undo()
    Hands.settle()
    session.set_selection({frame, note})
    press(canvas, "X")
    assert set(session.document.graph) == {product.c}
    assert not session.document.notes
    press(canvas, "V")
    assert len(session.document.notes) == 2
    assert len(session.document) == 3
    assert session.stack.count() == 2
    while session.stack.canUndo():
        session.undo()
    assert session.document.same_content(start)


def test_a_note_alone_is_copied_and_pasted_at_the_mouse(session, canvas, product, hands, window):
    session.do(notes.add_note(session.document, (200.0, 150.0), "# Look"))
    [note] = session.document.notes
    session.set_selection({note})
    press(canvas, "C")
    assert window.status.hint_text() == "1 note copied"
    at = QPoint(200, 200)
    point_at(canvas, hands, at)
    press(canvas, "V")
    [made] = session.selection
    assert session.document.notes[made].text == "# Look"
    assert (canvas.item_rect(made).center() - at).manhattanLength() <= 3


def test_what_is_selected_but_hidden_is_neither_copied_nor_cut(session, canvas, product):
    session.do(accept(group(session.document, [product.a], "hidden")))
    around = max(session.document.groups)
    session.set_view(folded=frozenset({around}))
    session.set_selection({product.a, product.b})
    press(canvas, "X")
    assert product.a in session.document
    assert product.b not in session.document
