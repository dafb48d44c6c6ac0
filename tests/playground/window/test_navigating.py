"""Going about in the window by real keys: cards, views, find bar, overview, outline."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from playground.settings import ANIMATIONS, MINIMAP
from tests.playground.window.driving import turn

Key, Modifier = Qt.Key, Qt.KeyboardModifier
CTRL = Modifier.ControlModifier
CTRL_SHIFT = CTRL | Modifier.ShiftModifier


@pytest.fixture
def opened(window, session):
    """A window on the lecture's neuron, the keyboard on the canvas."""
    session.open_example()
    turn()
    window.canvas.setFocus()
    return window


def press(widget, key: Key, held: Modifier = Modifier.NoModifier) -> None:
    QTest.keyClick(widget, key, held)
    turn()


def name(session) -> str:
    note = session.document.notes.get(session.current)
    return note.text if note is not None else session.document.name(session.current)


def test_brackets_home_and_end_go_through_the_cards(opened, session):
    canvas, seen = opened.canvas, []
    press(canvas, Key.Key_Home)
    seen.append(name(session))
    document = session.document
    names = [document.name(node.id) for node in document.nodes()]
    names += [note.text for note in document.notes.values()]
    for _press in names[1:]:
        press(canvas, Key.Key_BracketRight)
        seen.append(name(session))
    assert sorted(seen) == sorted(names)
    press(canvas, Key.Key_BracketLeft)
    assert name(session) == seen[-2]
    press(canvas, Key.Key_End)
    assert name(session) == seen[-1]


def test_arrows_walk_from_a_weight_to_the_output_and_say_so_in_the_status_bar(opened, session):
    session.set_selection({session.document.find("w1")})
    for _press in range(3):
        press(opened.canvas, Key.Key_Right)
    assert name(session) == "o"
    press(opened.canvas, Key.Key_Right)
    assert opened.status.hint_text().startswith("Nothing is fed from here")


def test_page_up_and_down_turn_the_views(opened):
    before = opened.canvas.zoom
    press(opened, Key.Key_0, CTRL)
    assert opened.canvas.zoom == 1.0
    press(opened.canvas, Key.Key_PageUp)
    assert opened.canvas.zoom == pytest.approx(before)
    press(opened.canvas, Key.Key_PageDown)
    assert opened.canvas.zoom == 1.0


def test_find_next_and_previous_from_canvas_and_bar(opened, session):
    press(opened.canvas, Key.Key_F, CTRL)
    bar = opened.canvas.find_bar
    assert bar.field.hasFocus()
    assert "Return goes through them" in opened.status.hint_text()
    QTest.keyClicks(bar.field, "role = parameter |grad| > 0")
    press(bar.field, Key.Key_F3)
    first = name(session)
    opened.canvas.setFocus()
    press(opened.canvas, Key.Key_F3)
    assert bar.count.text() == "2 of 2"
    press(opened.canvas, Key.Key_F3, Modifier.ShiftModifier)
    assert name(session) == first
    press(bar.field, Key.Key_Escape)
    assert opened.canvas.hasFocus()


def test_typing_in_the_bar_runs_no_shortcut_of_the_canvas(opened, session):
    before = session.document.copy()
    press(opened.canvas, Key.Key_F, CTRL)
    field = opened.canvas.find_bar.field
    zoom = opened.canvas.zoom
    QTest.keyClicks(field, "fub]")
    press(field, Key.Key_Home)
    press(field, Key.Key_Delete)
    press(field, Key.Key_Return)
    assert field.text() == "ub]"
    assert session.document.same_content(before)
    assert opened.canvas.zoom == zoom


def test_the_overview_is_switched_by_key_and_remembered(opened, settings):
    press(opened.canvas, Key.Key_M, CTRL)
    assert not settings.read(MINIMAP)
    opened.canvas.set_zoom(3.0)
    turn()
    assert not opened.canvas.minimap.isVisible()
    press(opened.canvas, Key.Key_M, CTRL)
    turn()
    assert settings.read(MINIMAP)
    assert opened.canvas.minimap.isVisible()
    assert opened.commands["view.minimap"].isChecked()


def test_the_outline_comes_and_goes_by_key_with_the_keyboard(opened, session):
    palette = opened.palette_panel.width()
    press(opened.canvas, Key.Key_O, CTRL_SHIFT)
    outline = opened.outline
    assert outline.isVisible()
    assert outline.tree.hasFocus()
    assert opened.commands["view.panel.outline"].isChecked()
    assert opened.palette_panel.width() == palette
    press(outline.tree, Key.Key_Down)
    assert session.current is not None
    press(outline.tree, Key.Key_Escape)
    assert opened.canvas.hasFocus()
    press(opened.canvas, Key.Key_O, CTRL_SHIFT)
    assert not outline.isVisible()
    assert opened.palette_panel.width() == palette


def test_what_is_pointed_at_in_the_outline_comes_into_sight(opened, session):
    press(opened.canvas, Key.Key_O, CTRL_SHIFT)
    opened.canvas.set_zoom(4.0)
    for node in session.document.nodes():
        opened.outline.tree.setCurrentIndex(opened.outline.model.index_of(node.id))
        turn()
        seen = opened.canvas.viewport().rect()
        assert seen.intersects(opened.canvas.item_rect(node.id))


def test_motion_is_switched_by_the_menu_and_remembered(opened, settings):
    assert not opened.commands["view.manner.animated"].isChecked()
    opened.commands["view.manner.animated"].trigger()
    turn()
    assert settings.read(ANIMATIONS)
    assert opened.canvas._camera.motion
    opened.commands["view.manner.animated"].trigger()
    assert not settings.read(ANIMATIONS)


def test_keys_of_the_outline_are_its_own_and_not_the_windows(opened, session):
    before = session.document.copy()
    press(opened.canvas, Key.Key_O, CTRL_SHIFT)
    tree = opened.outline.tree
    weight = session.document.find("w1")
    tree.setCurrentIndex(opened.outline.model.index_of(weight))
    for key, typed in ((Key.Key_Return, "0.5"), (Key.Key_F2, "weight")):
        press(tree, key)
        editor = tree.findChild(QLineEdit)
        assert editor is not None
        assert not opened.canvas._editor.is_open
        QTest.keyClicks(editor, typed)
        press(editor, Key.Key_Return)
        turn()
    assert session.document.node(weight).value == 0.5
    assert session.document.node(weight).label == "weight"
    press(tree, Key.Key_Delete)
    assert weight not in session.document
    assert session.stack.count() == 3
    while session.stack.canUndo():
        session.undo()
    assert session.document.same_content(before)


def test_the_outline_is_there_again_in_the_next_window(opened, make_window):
    assert not opened.outline.isVisible()
    press(opened.canvas, Key.Key_O, CTRL_SHIFT)
    opened.close()
    again = make_window()
    turn()
    assert again.outline.isVisible()
    document = again.outline._session.document
    listed = len(document) + len(document.groups) + len(document.notes)
    assert again.outline.model.built == listed
