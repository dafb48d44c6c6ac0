"""Going from card to card by keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from engine.errors import accept
from engine.graph.verbs import group
from tests.playground.canvas.conftest import Hands


def test_a_step_goes_from_left_to_right_and_one_back(session, product, canvas):
    reached = []
    for _step in range(3):
        canvas._walk.step()
        reached.append(session.current)
    assert reached == [product.a, product.b, product.c]
    canvas._walk.step(forward=False)
    assert session.selection == {product.b}


def test_an_arrow_key_begins_where_nothing_is_selected(session, product, canvas, hands):
    hands.key("Right")
    assert session.selection == {product.a}
    session.set_selection(())
    hands.key("Left")
    assert session.selection == {product.c}


@pytest.fixture
def chain(build, canvas):
    """Build d = (a + b) * (c - e) with tanh(d) and relu(d) behind it, and return ids by name."""
    a = build.value("a", 1.0, -600.0, -300.0)
    b = build.value("b", 2.0, -600.0, -180.0)
    c = build.value("c", 3.0, -600.0, 60.0)
    e = build.value("e", 4.0, -600.0, 180.0)
    s = build.op("add", (a, b), -300.0, -200.0, "s")
    m = build.op("sub", (c, e), -300.0, 120.0, "m")
    d = build.op("mul", (s, m), 0.0, -20.0, "d")
    build.op("tanh", (d,), 240.0, -150.0, "t")
    build.op("relu", (d,), 240.0, 60.0, "r")
    Hands.settle()
    canvas.fit()
    Hands.settle()
    build.session.stack.clear()
    return {node.label: node.id for node in build.document.nodes()}


def walked(session, hands, start, *keys) -> int:
    session.set_selection({start})
    for key in keys:
        hands.key(key)
    [reached] = session.selection
    assert session.current == reached
    return reached


@pytest.mark.parametrize(
    ("start", "keys", "end"),
    [
        ("a", ("Right",), "s"),
        ("a", ("Right", "Right", "Right"), "r"),  # of two consumers the nearer in height
        ("d", ("Left",), "s"),  # the first input
        ("d", ("Left", "Down"), "m"),  # its sibling
        ("d", ("Left", "Down", "Up"), "s"),
        ("d", ("Left", "Down", "Left"), "c"),
        ("d", ("Right", "Up"), "t"),
        ("m", ("Right", "Left"), "m"),  # back the way one came
        ("d", ("Left", "Down", "Right", "Left"), "m"),
        ("t", ("Down",), "r"),  # without a way one came, whatever is nearest
        ("m", ("Up",), "s"),
        ("a", ("Left",), "a"),
        ("r", ("Right",), "r"),
    ],
)
def test_arrows_walk_along_the_wires(session, chain, canvas, hands, start, keys, end):
    assert walked(session, hands, chain[start], *keys) == chain[end]


def test_to_the_right_one_always_comes_to_the_end_of_the_graph(session, chain, canvas, hands):
    for start in chain.values():
        end = walked(session, hands, start, *["Right"] * len(chain))
        assert not session.document.consumers(end)


def test_left_takes_back_every_step_to_the_right(session, chain, canvas, hands):
    for start in chain.values():
        if session.document.consumers(start):
            assert walked(session, hands, start, "Right", "Left") == start


def test_shift_takes_along_what_is_reached(session, chain, canvas, hands):
    session.set_selection({chain["s"]})
    hands.key("Right", "Shift")
    hands.key("Right", "Shift")
    assert session.selection == {chain["s"], chain["d"], chain["r"]}
    assert session.current == chain["r"]


def test_brackets_go_in_reading_order_and_home_and_end_to_its_ends(
    session, product, canvas, hands
):
    canvas.end_card(last=True)
    assert session.current == product.c
    canvas.step_card(forward=False)
    assert session.current == product.b
    said = []
    session.hinted.connect(said.append)
    canvas.end_card(last=False)
    canvas.step_card(forward=False)
    assert session.current == product.a
    assert said == ["This is the first card"]


def test_wires_lead_into_open_groups_and_out_again(session, chain, canvas, hands):
    made = session.document.next_id
    session.do(accept(group(session.document, [chain["s"], chain["m"]], "middle")))
    hands.settle()
    assert walked(session, hands, chain["a"], "Right") == chain["s"]
    assert walked(session, hands, chain["a"], "Right", "Right") == chain["d"]
    assert walked(session, hands, made, "Right") == chain["d"]
    session.toggle_fold(made)
    hands.settle()
    assert walked(session, hands, chain["a"], "Right") == made
    assert walked(session, hands, chain["d"], "Left") == made
    assert walked(session, hands, made, "Right") == chain["d"]


def test_at_the_end_of_a_wire_it_is_said_what_else_goes_on(session, product, canvas, hands):
    said = []
    session.hinted.connect(said.append)
    walked(session, hands, product.a, "Left")
    assert said[-1] == "Nothing feeds this · [ and ] go from card to card"


def test_the_card_that_is_reached_is_told_to_screen_readers(
    session, product, canvas, hands, monkeypatch
):
    told = []
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(QAccessible, "updateAccessibility", lambda e: told.append(e.message()))
    walked(session, hands, product.a, "Right")
    assert told == [canvas.accessibleDescription()]
    assert told[0].startswith("c, product, value −6, gradient 1, of a and b")


def test_what_is_reached_is_brought_into_sight(session, product, canvas, hands):
    canvas._camera.pan(5_000, 0)
    hands.key("Right")
    assert canvas.viewport().rect().contains(canvas.item_rect(product.a))


def test_open_groups_are_reached_and_folded_ones_hide_what_is_in_them(
    session, product, canvas, hands
):
    made = session.document.next_id
    session.do(accept(group(session.document, [product.a, product.b], "leaves")))
    hands.settle()
    for expected in (made, product.a, product.b, product.c):
        canvas._walk.step()
        assert session.current == expected
    session.set_selection({made})
    hands.key("Return")
    assert made in session.view.folded
    canvas._walk.step()
    assert session.current == product.c


def test_the_keyboard_comes_in_and_goes_on_at_the_ends(session, product, canvas, qtbot):
    window, before, after = QWidget(), QLineEdit(), QLineEdit()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    for widget in (before, canvas, after):
        column.addWidget(widget)
    QWidget.setTabOrder(before, canvas)
    QWidget.setTabOrder(canvas, after)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    before.setFocus()
    qtbot.keyClick(before, Qt.Key.Key_Tab)
    assert canvas.hasFocus()
    assert session.selection == {product.a}
    qtbot.keyClick(canvas, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    assert after.hasFocus()
    qtbot.keyClick(after, Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    assert canvas.hasFocus()
    held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(canvas, Qt.Key.Key_Backtab, held)
    assert before.hasFocus()
    Hands.settle()
    canvas.setParent(None)
