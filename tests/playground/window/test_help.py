"""F1 on anything, by real events: what is pointed at, has the keyboard or is selected."""

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDockWidget, QMenu, QToolButton

from engine.graph.models import Model, insert_model
from engine.graph.notes import add_note
from playground.panels.help import page_of
from tests.playground.window.driving import add, tile, turn

Key = Qt.Key
FAR = QPoint(-5000, -5000)


@pytest.fixture
def window(make_window, session):
    """Show the lecture's neuron, the mouse far away."""
    QCursor.setPos(FAR)
    session.open_example("tanh-neuron")
    window = make_window()
    window.canvas.fit()
    window.canvas.setFocus()
    turn()
    return window


def node(session, label: str) -> int:
    return next(node.id for node in session.document.nodes() if node.label == label)


def point_at(widget, place: QPoint) -> None:
    """Move the mouse there, the cursor first: QTest moves it only while no button is down."""
    for step in (place - QPoint(3, 3), place):
        QCursor.setPos(widget.mapToGlobal(step))
        QTest.mouseMove(widget, step)
        turn()


def f1() -> None:
    QTest.keyClick(QApplication.focusWidget(), Key.Key_F1)
    turn()


def shown(window) -> str:
    return window.reading.key if window.reading.isVisible() else ""


def follow(window, address: str) -> None:
    window.reading.browser.anchorClicked.emit(QUrl(address))
    turn()


def test_with_nothing_f1_opens_the_contents_and_leaves_the_keyboard(window):
    f1()
    assert shown(window) == "contents"
    assert window.canvas.hasFocus()


def test_f1_opens_the_page_of_what_is_selected(window, session):
    for label, page in (("o", "op/tanh"), ("w1", "value/parameter"), ("x1*w1", "op/mul")):
        session.set_selection({node(session, label)})
        turn()
        f1()
        assert shown(window) == page


def test_f1_opens_the_page_of_what_is_pointed_at_though_something_else_is_selected(
    window, session
):
    session.set_selection({node(session, "w1")})
    turn()
    canvas = window.canvas
    point_at(canvas.viewport(), canvas.item_rect(node(session, "o")).center())
    f1()
    assert shown(window) == "op/tanh"


def test_who_walks_by_keyboard_is_not_disturbed_by_a_mouse_that_lies_still(window, session):
    canvas = window.canvas
    point_at(canvas.viewport(), canvas.item_rect(node(session, "w1")).center())
    session.set_selection({node(session, "n")})
    turn()
    QTest.keyClick(canvas, Key.Key_Right)
    turn()
    f1()
    assert shown(window) == "op/tanh"


def test_f1_on_a_wire(window, session):
    canvas = window.canvas
    out = canvas.port_point(node(session, "n"))
    into = canvas.port_point(node(session, "o"), 0)
    point_at(canvas.viewport(), (out + into) / 2)
    f1()
    assert shown(window) == "concept/wire"


def test_f1_on_a_note_and_on_a_group(window, session):
    session.do(add_note(session.document, (0.0, 400.0), "hello"))
    turn()
    session.set_selection(session.document.notes.keys())
    f1()
    assert shown(window) == "concept/note"
    session.insert(insert_model(session.document, Model((2, 1))))
    turn()
    groups = {group.template: group.id for group in session.document.groups.values()}
    for template in ("mlp", "layer", "neuron"):
        session.set_selection({groups[template]})
        f1()
        assert shown(window) == f"template/{template}"


def test_f1_on_a_tile_of_the_palette_under_the_mouse_or_with_the_keyboard(window):
    sigmoid, parameter = tile(window, "op:sigmoid"), tile(window, "value:parameter")
    point_at(sigmoid, sigmoid.rect().center())
    f1()
    assert shown(window) == "op/sigmoid"
    QCursor.setPos(FAR)
    turn()
    parameter.setFocus()
    f1()
    assert shown(window) == "value/parameter"


def test_the_menu_of_a_tile_leads_to_its_page(window):
    one = tile(window, "op:relu")
    one.asked.emit(one.item.text, one.mapToGlobal(QPoint(5, 5)))
    menu = next(menu for menu in window.findChildren(QMenu) if menu.isVisible())
    menu.actions()[-1].trigger()
    menu.close()
    assert shown(window) == "op/relu"


def test_f1_in_the_search_opens_the_page_of_the_row_and_leaves_the_search_open(window):
    QTest.keyClick(window.canvas, Key.Key_S)
    card = window.canvas.search_card
    QTest.keyClicks(card.field, "oftplus")
    turn()
    assert card.is_open
    f1()
    assert shown(window) == "op/softplus"
    assert card.is_open
    assert card.field.hasFocus()


def test_f1_on_a_control_tells_of_it_by_its_own_words(window):
    field = window.palette_panel.filter
    field.setFocus()
    f1()
    assert shown(window) == "panel/palette"
    text = window.reading.browser.toPlainText()
    assert field.accessibleName() in text
    assert field.toolTip()[:40] in text


def test_f1_on_a_list_opens_the_page_of_what_it_has_chosen(window):
    boxes = window.training_panel.findChildren(QComboBox)
    [box] = [box for box in boxes if box.currentData() == "sgd"]
    box.setFocus()
    f1()
    assert shown(window) == "optimizer/sgd"


def test_f1_over_a_button_opens_the_page_of_its_action_or_of_its_tab(window):
    undo = next(
        button
        for button in window.top_bar.findChildren(QToolButton)
        if button.defaultAction() is window.commands["edit.undo"]
    )
    point_at(undo, undo.rect().center())
    f1()
    assert shown(window) == "action/edit.undo"
    window.reading.close_action.trigger()
    window.resize(1900, 800)  # else there is no room for tabs
    window.view.show_page("loss")
    turn()
    tab = next(
        button
        for button in window.studio.findChildren(QToolButton)
        if button.text() == "Doctor" and button.isVisible()
    )
    point_at(tab, tab.rect().center())
    f1()
    assert shown(window) == "page/doctor"


@pytest.mark.parametrize(
    ("panel", "page"),
    [
        ("outline", "panel/outline"),
        ("code", "panel/code"),
        ("inspector", "panel/inspector"),
        ("training", "panel/training"),
    ],
)
def test_f1_over_a_panel_opens_its_page(window, panel, page):
    dock = window.findChild(QDockWidget, panel)
    dock.show()
    turn()
    point_at(dock, QPoint(4, dock.height() - 4))
    f1()
    assert shown(window) == page


def test_f1_over_the_studio_opens_the_page_about_its_page(window):
    window.view.show_page("weights")
    turn()
    point_at(window.studio, QPoint(window.studio.width() - 6, 6))
    f1()
    assert shown(window) == "page/weights"


def test_every_dock_has_a_page(window):
    for dock in window.findChildren(QDockWidget):
        assert page_of(f"panel/{dock.objectName()}") is not None, dock.objectName()


def test_f1_again_goes_into_the_page_and_escape_comes_back(window, session):
    session.set_selection({node(session, "o")})
    turn()
    f1()
    assert window.canvas.hasFocus()
    f1()
    assert window.reading.browser.hasFocus()
    QTest.keyClick(window.reading.browser, Key.Key_Escape)
    assert window.canvas.hasFocus()
    assert window.reading.isVisible()
    window.reading.close_action.trigger()
    assert not window.reading.isVisible()
    assert window.canvas.hasFocus()


def test_in_a_narrow_window_the_help_stands_in_the_place_of_training_until_it_is_closed(window):
    training = window.training_panel
    assert training.isVisible()
    f1()
    assert not training.isVisible()
    assert window.canvas.width() > 440
    window.commands["view.panel.help"].trigger()
    assert not window.reading.isVisible()
    assert training.isVisible()


def test_who_asks_about_training_sees_it_beside_the_help(window):
    training = window.training_panel
    next(b for b in training.findChildren(QComboBox) if b.currentData() == "sgd").setFocus()
    f1()
    assert training.isVisible()
    assert window.reading.isVisible()


def test_the_menu_says_on_what_there_is_help(window, session):
    session.set_selection({node(session, "o")})
    window.refresh()
    action = window.commands["help.selection"]
    assert action.text() == "&Help on Hyperbolic tangent"
    menu = window.commands.context_menu("item", window)
    assert action in menu.actions()
    action.trigger()
    assert shown(window) == "op/tanh"


def test_links_put_an_example_on_the_canvas_that_can_be_undone(window, session):
    before = len(session.document)
    window.help.contents()
    follow(window, "try:tanh")
    assert len(session.document) == before + 2
    assert session.stack.undoText() == "Add an example of Hyperbolic tangent"
    session.undo()
    follow(window, "add:template:neuron")
    assert any(group.template == "neuron" for group in session.document.groups.values())


def test_a_link_opens_an_op_as_a_graph_of_its_own(window, session):
    window.help.contents()
    follow(window, "open:pow")
    ops = [node.op for node in session.document.nodes() if not node.is_leaf]
    assert ops == ["pow"]
    assert session.result.output is not None
    session.stack.setClean()


def test_links_show_panels_and_pages_open_examples_and_run_actions(window, session):
    window.help.contents()
    follow(window, "panel:outline")
    assert window.outline.isVisible()
    follow(window, "show:loss")
    assert window.studio.isVisible()
    assert window.studio.shown == "loss"
    follow(window, "example:same-value-twice")
    assert session.name == "The same value twice" or len(session.document) < 9
    follow(window, "do:edit.select_all")
    assert session.selection


def test_an_action_that_cannot_be_done_says_so(window, session, qtbot):
    session.set_selection(())
    window.refresh()
    window.help.contents()
    with qtbot.waitSignal(session.hinted) as told:
        follow(window, "do:edit.ungroup")
    assert "cannot be done just now" in told.args[0]


def test_a_hidden_help_does_nothing(window, session):
    add(window)
    assert not window.reading.isVisible()
    assert window.reading.key == ""
