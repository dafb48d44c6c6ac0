"""Ways to begin: the palette and the welcome, joined to the canvas."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from playground.settings import SHOW_WELCOME
from playground.widgets.entry import Entry
from tests.playground.window.driving import add, tile, turn


def test_a_double_click_in_the_palette_adds_where_one_looks(window, session, qtbot):
    qtbot.mouseDClick(tile(window, "op:tanh"), Qt.MouseButton.LeftButton)
    [node] = session.document.nodes()
    assert node.op == "tanh"
    assert session.selection == {node.id}


def test_two_things_added_in_a_row_do_not_cover_each_other(window, session):
    add(window)
    add(window)
    first, second = session.document.nodes()
    assert first.position != second.position


def test_an_expression_is_typed_into_the_filter_box(window, session, qtbot):
    box = window.palette_panel.filter
    qtbot.keyClicks(box, "3*x**2+1")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert {node.op for node in session.document.nodes()} >= {"value", "mul"}
    assert box.text() == ""


def test_an_expression_that_is_refused_stays_to_be_corrected(window, session, qtbot):
    box = window.palette_panel.filter
    qtbot.keyClicks(box, "3*x+")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert box.text() == "3*x+"
    assert len(session.document) == 0
    assert window.status.hint_text()


def test_after_an_insert_and_after_escape_the_canvas_has_the_focus(window, session, qtbot):
    box = window.palette_panel.filter
    box.setFocus()
    qtbot.keyClicks(box, "tanh")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert window.canvas.hasFocus()
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert window.canvas.hasFocus()


def test_a_value_is_added_changed_and_deleted_with_keys_alone(window, session, qtbot):
    canvas = window.canvas
    canvas.setFocus()
    qtbot.keyClick(canvas, Qt.Key.Key_Slash)
    qtbot.keyClicks(canvas.focusWidget(), "value")
    qtbot.keyClick(canvas.focusWidget(), Qt.Key.Key_Return)
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    qtbot.keyClick(canvas, Qt.Key.Key_Right)
    turn()
    qtbot.keyClick(canvas, Qt.Key.Key_Return)
    qtbot.keyClicks(canvas.focusWidget(), "7")
    qtbot.keyClick(canvas.focusWidget(), Qt.Key.Key_Return)
    [node] = session.document.nodes()
    assert node.value == 7.0
    qtbot.keyClick(canvas, Qt.Key.Key_Delete)
    assert len(session.document) == 0


def test_a_person_who_comes_with_nothing_is_welcomed(make_window, settings):
    settings.write(SHOW_WELCOME, True)
    window = make_window()
    turn()
    assert window.welcome.isVisible()
    assert window.commands["help.welcome"].isChecked()


def test_the_welcome_stays_away_if_it_is_not_wanted(window, settings):
    assert not window.welcome.isVisible()
    window.commands["help.welcome"].trigger()
    assert window.welcome.isVisible()
    window.welcome.again.click()
    assert settings.read(SHOW_WELCOME)


def test_an_example_of_the_welcome_opens_and_makes_room(window, session, qtbot):
    window.show_welcome()
    entry = next(one for one in window.welcome.findChildren(Entry) if one.key == "product-and-sum")
    qtbot.mouseClick(entry, Qt.MouseButton.LeftButton)
    assert len(session.document) > 0
    assert not window.welcome.isVisible()


def test_one_click_of_the_welcome_trains_moons(window, session, qtbot):
    window.show_welcome()
    button = next(b for b in window.welcome.findChildren(QPushButton) if "moons" in b.text())
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert session.training.running
    qtbot.waitUntil(lambda: session.training.snapshot is not None, timeout=20_000)
    window.commands["train.play"].trigger()
    assert not session.training.running


def test_the_first_edit_puts_the_welcome_away(window):
    window.show_welcome()
    add(window)
    assert not window.welcome.isVisible()
