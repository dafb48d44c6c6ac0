"""Expanding and joining by key and menu, on a real window."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.playground.window.driving import turn


def ops_of(window) -> list[str]:
    nodes = window._session.document.nodes()
    return sorted(node.op for node in nodes if not node.is_leaf)


def add(window, text: str) -> None:
    window._session.add_item(f"expression:{text}", (0.0, 0.0))
    turn()


def press_expand(window) -> None:
    window.canvas.setFocus()
    held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(window.canvas, Qt.Key.Key_E, held)
    turn()


def test_a_key_expands_what_is_selected_and_undo_takes_it_back(window):
    add(window, "o = tanh(x)")
    session = window._session
    before = session.document.copy()
    node = session.document.find("o")
    value = session.result.number(node)
    session.set_selection({node})
    turn()
    press_expand(window)
    assert ops_of(window) == ["add", "div", "exp", "mul", "sub"]
    assert abs(session.result.number(node) - value) < 1e-12
    assert session.selection == {node}
    session.undo()
    assert session.document.same_content(before)


def test_the_key_does_nothing_where_nothing_is_made_of_simpler_things(window):
    add(window, "a + b")
    window._session.set_selection({window._session.document.nodes()[-1].id})
    turn()
    assert not window.commands["edit.expand"].isEnabled()
    assert not window.commands["edit.join"].isEnabled()


def test_a_chain_of_sums_is_joined_from_the_context_menu(window):
    add(window, "a + b + c + d")
    session = window._session
    total = session.document.nodes()[-1].id
    session.set_selection({total})
    turn()
    press_expand(window)
    assert ops_of(window) == ["add", "add", "add"]
    window.refresh()
    menu = window.commands.context_menu("item", window)
    shown = [a.objectName() for a in menu.actions()] + [
        a.objectName() for m in menu.actions() if m.menu() for a in m.menu().actions()
    ]
    assert "edit.join" in shown
    window.commands["edit.join"].trigger()
    turn()
    assert ops_of(window) == ["add"]
    menu.deleteLater()


def test_a_folded_neuron_is_expanded_inside(window):
    session = window._session
    session.add_item("template:neuron", (0.0, 0.0))
    turn()
    [neuron] = session.document.groups
    assert neuron in session.view.folded
    session.set_selection({neuron})
    turn()
    press_expand(window)
    assert "tanh" not in ops_of(window)
    assert neuron in session.view.folded
