"""Weights in the window: by keys alone, in the inspector, frozen by a menu; and groups by keys."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from engine.errors import accept
from engine.graph.models import Model, insert_model
from engine.graph.records import DataSettings
from tests.playground.canvas.conftest import Hands
from tests.playground.window.driving import turn


@pytest.fixture
def net(window, session):
    data = DataSettings("moons", samples=10)
    session.do(accept(insert_model(session.document, Model((3, 1), data=data))))
    session.stack.clear()
    turn()
    window.canvas.fit()
    window.canvas.setFocus()
    turn()
    return window


def press(window, key: str, *held: str) -> None:
    QTest.keyClick(window.canvas, Qt.Key[f"Key_{key}"], Hands._held(*held))
    turn()


def neuron(session, place: int = 0) -> int:
    groups = session.document.groups.values()
    return [group.id for group in groups if group.template == "neuron"][place]


def test_alt_w_goes_round_a_neuron_by_its_wires_and_its_bias(net, session):
    session.set_selection({neuron(session)})
    turn()
    seen = []
    for _step in range(5):
        press(net, "W", "Alt")
        seen.append(session.weight or next(iter(session.selection)))
    names = [session.document.node(node).label for node in seen]
    assert names[:3] == ["w1", "w2", "b"]
    weight = seen[0]
    assert session.document.node(weight).group == neuron(session)
    # The wire that leads on ends in the next neuron, and so the walk goes on there.
    assert session.document.node(seen[3]).group == neuron(session, 3)


def test_by_keys_alone_a_weight_is_typed(net, session):
    session.set_selection({neuron(session)})
    turn()
    press(net, "W", "Alt")
    weight = session.weight
    press(net, "Return")
    editor = net.canvas._editor
    assert editor.isVisible()
    editor.setText("0.5")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    turn()
    assert session.document.node(weight).value == 0.5


def test_the_inspector_shows_the_weight_of_the_selected_wire(net, session):
    wires = net.canvas._scene.picture.frame.wires
    row = int(np.flatnonzero(wires.weight >= 0)[0])
    net.canvas.select_wire(wires.keys(np.array([row]))[0])
    turn()
    page = net.inspector.node_page
    assert page.isVisible()
    assert page.name.text() == "w1"
    assert page._part.text() == "Weight of x1, in neuron 1"
    assert page.role.frozen.isVisible()
    page.role.frozen.click()
    turn()
    assert session.document.node(session.weight).frozen
    net.canvas._scene.select_wires(())
    turn()
    assert net.inspector.empty_page.isVisible()


def test_weights_are_frozen_and_thawed_by_the_menu_of_their_wires(net, session):
    action = net.commands["edit.frozen"]
    turn()
    assert not action.isEnabled()
    layers = {g.id for g in session.document.groups.values() if g.template == "layer"}
    session.set_view(folded=session.view.folded | layers)
    turn()
    wires = net.canvas._scene.picture.frame.wires
    row = int(np.flatnonzero(wires.count > 1)[0])
    net.canvas.select_wire(wires.keys(np.array([row]))[0])
    turn()
    assert action.isEnabled()
    weights = session.weights
    action.trigger()
    turn()
    assert all(session.document.node(node).frozen for node in weights)
    assert action.isChecked()
    action.trigger()
    turn()
    assert not any(session.document.node(node).frozen for node in weights)


def test_what_is_selected_moves_into_a_group_and_out_of_it_by_keys(net, session):
    start = session.document.copy()
    target = next(node.id for node in session.document.nodes() if node.role == "target")
    session.set_selection({target})
    turn()
    press(net, "BracketRight", "Control", "Shift")
    card = net.canvas.search_card
    assert card.is_open
    QTest.keyClicks(card.field, "layer 1")
    turn()
    QTest.keyClick(card.field, Qt.Key.Key_Return)
    turn()
    home = session.document.node(target).group
    assert session.document.groups[home].label == "layer 1"
    assert session.selection == {target}
    press(net, "BracketLeft", "Control", "Shift")
    around = session.document.groups[home].group
    assert session.document.node(target).group == around
    for _step in range(2):
        session.undo()
    assert session.document.same_content(start)


def test_what_lies_in_no_group_cannot_move_out_and_the_menu_knows(net, session):
    target = next(node.id for node in session.document.nodes() if node.role == "target")
    session.set_selection({target})
    turn()
    assert not net.commands["edit.move_out"].isEnabled()
    assert net.commands["edit.move_into"].isEnabled()
    session.set_selection({neuron(session)})
    turn()
    assert net.commands["edit.move_out"].isEnabled()
