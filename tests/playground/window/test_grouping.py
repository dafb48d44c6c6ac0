"""Groups by menu and key: the way to the form, the comment, freezing and fresh weights."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.graph.models import Model
from engine.graph.verbs import add_value, group
from playground.session.clear import model_edit
from tests.playground.window.driving import turn

CONTROL_ALT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
RETURN = Qt.Key.Key_Return


@pytest.fixture
def network(window, session) -> int:
    """Show a network of 3, 2 and 1 units in the window; return its group."""
    session.do(model_edit(session.document, Model((3, 2, 1))))
    turn()
    return of_kind(session, "mlp")[0]


def of_kind(session, template: str) -> list[int]:
    return sorted(g.id for g in session.document.groups.values() if g.template == template)


def parameters(session, item: int) -> list:
    nodes = map(session.document.node, session.document.members(item))
    return [node for node in nodes if node.role == "parameter"]


def select(session, *items: int) -> None:
    session.set_selection(items)
    turn()


def test_a_key_puts_the_keyboard_into_the_form(window, session, network):
    select(session, network)
    window.canvas.setFocus()
    QTest.keyClick(window.canvas, Qt.Key.Key_G, CONTROL_ALT)
    turn()
    field = window.inspector.group_page.shape.fields["layers"].text
    assert field.hasFocus()
    QTest.keyClicks(field, "4, 1")  # in place of what there was
    QTest.keyClick(field, RETURN)
    assert tuple(session.document.groups[network].arguments["layers"]) == (4, 1)


def test_the_inspector_is_shown_when_it_is_hidden(window, session, network):
    window.view.toggle_panel("build")
    select(session, network)
    assert not window.inspector.isVisible()
    window.commands["group.shape"].trigger()
    turn()
    field = window.inspector.group_page.shape.fields["layers"].text
    assert field.hasFocus()
    top = field.mapTo(window.inspector, field.rect().topLeft()).y()
    assert 0 <= top < window.inspector.height()


def test_only_a_network_of_a_template_has_a_shape(window, session, network):
    command = window.commands["group.shape"]
    select(session, network)
    assert command.isEnabled()
    select(session, *of_kind(session, "layer")[:2])
    assert not command.isEnabled()
    session.do(add_value(session.document, (0.0, 2000.0)))
    session.do(group(session.document, [max(session.document.graph)]))
    select(session, max(session.document.groups))
    assert not command.isEnabled()
    assert window.commands["group.comment"].isEnabled()


def test_a_comment_is_written_from_the_menu(window, session, network):
    select(session, network)
    window.commands["group.comment"].trigger()
    turn()
    assert window.inspector.group_page.comment.hasFocus()
    QTest.keyClicks(QApplication.focusWidget(), "by hand")
    window.canvas.setFocus()
    assert session.document.groups[network].comment == "by hand"


def test_selected_groups_are_frozen_thawed_and_reset_from_the_menu(window, session, network):
    first, second, output = of_kind(session, "layer")
    values = [node.value for node in parameters(session, first)]
    session.set_number(parameters(session, first)[0].id, 9.0)
    select(session, first, second)
    window.commands["group.reset"].trigger()
    assert [node.value for node in parameters(session, first)] == values
    window.commands["group.freeze"].trigger()
    assert all(node.frozen for item in (first, second) for node in parameters(session, item))
    assert not any(node.frozen for node in parameters(session, output))
    window.commands["group.thaw"].trigger()
    assert not any(node.frozen for node in parameters(session, first))


def test_a_group_without_weights_is_refused_in_words(window, session, network, qtbot):
    select(session, *of_kind(session, "hinge"))
    for name, words in (("group.reset", "no weights"), ("group.freeze", "no parameters")):
        with qtbot.waitSignal(session.refused) as refused:
            window.commands[name].trigger()
        assert words in refused.args[0]


def test_the_context_menu_of_a_group_has_its_own_submenu(window, session, network):
    select(session, network)
    menu = window.commands.context_menu("group", window)
    titles = {action.text(): action.menu() for action in menu.actions()}
    inside = [action.objectName() for action in titles["&Selected groups"].actions()]
    assert [name for name in inside if name] == [
        "group.shape",
        "group.comment",
        "group.reset",
        "group.freeze",
        "group.thaw",
        "library.save",
    ]
    assert any("Colour" in title.replace("&", "") for title in titles)
    menu.deleteLater()


def test_a_frozen_network_does_not_train(window, session, network, qtbot):
    first, _second, _output = of_kind(session, "layer")
    select(session, first)
    window.commands["group.freeze"].trigger()
    turn()
    before = {n.id: n.value for n in parameters(session, first)}
    moving = {n.id: n.value for n in parameters(session, network)}
    with qtbot.waitSignal(session.training.stopped):
        session.training.step()
    session.settle()
    after = {n.id: n.value for n in parameters(session, network)}
    assert {node: after[node] for node in before} == before
    assert after != moving


def test_the_page_of_a_group_leads_inside_it(window, session, network):
    select(session, network)
    button = window.inspector.group_page.enter_button
    assert button.isEnabled()
    button.click()
    turn()
    assert session.view.current_group == network
