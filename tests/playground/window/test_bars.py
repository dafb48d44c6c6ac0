"""Bars, menus and looks of the main window."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QDialog, QLabel

from engine.graph import visible
from playground.dialogs.about import AboutDialog
from playground.dialogs.shortcuts import ShortcutsDialog
from playground.settings import FOLD_BY_ZOOM, THEME
from playground.theme import ThemeManager
from playground.widgets.placement import within_reach
from tests.playground.window.driving import add, answer, turn


def test_the_title_names_the_document_and_whether_it_is_saved(window, session):
    assert window.windowTitle().startswith("Untitled")
    assert not window.isWindowModified()
    add(window)
    assert window.isWindowModified()
    assert window.status.saved_text() == "not saved yet"
    session.undo()
    turn()
    assert window.status.saved_text() == "saved"


def test_the_status_bar_counts_what_there_is(window, session):
    add(window)
    assert window.status.count_text() == "1 node"
    session.open_example("moons")
    turn()
    assert "33 neurons" in window.status.count_text()
    assert window.top_bar.subtitle_text() == "MLP 2 → 16 → 16 → 1"


def test_refusals_and_hints_stand_in_the_status_bar(window, session):
    session.hinted.emit("Drag to a port")
    assert window.status.hint_text() == "Drag to a port"
    session.open(Path("/no/such/file.mgp"))
    assert "no such file" in window.status.hint_text()


def test_a_number_that_is_not_finite_is_named(window):
    add(window, "expression:log(-1)")
    assert window.status.state_text() != "live"


def test_undo_and_redo_name_what_they_do(window, session):
    add(window)
    undo, redo = window.commands["edit.undo"], window.commands["edit.redo"]
    assert session.stack.undoText() in undo.text()
    assert not redo.isEnabled()
    undo.trigger()
    turn()
    assert len(session.document) == 0
    assert session.stack.redoText() in redo.text()
    redo.trigger()
    assert len(session.document) == 1


def test_shortcuts_reach_their_actions(window, session, qtbot):
    add(window)
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(session.document) == 0


def test_single_keys_of_the_canvas_type_letters_elsewhere(window, qtbot):
    window.palette_panel.filter.setFocus()
    qtbot.keyClicks(window.palette_panel.filter, "uf /")
    assert window.palette_panel.filter.text() == "uf /"


def test_the_depth_switch_folds_and_shows_the_depth(window, session):
    session.open_example("moons")
    turn()
    assert window.commands["view.depth.2"].isChecked()
    window.commands["view.depth.0"].trigger()
    turn()
    assert session.view.folded == session.document.groups.keys()
    assert window.commands["view.depth.0"].isChecked()


def test_a_depth_that_would_show_too_much_is_refused_and_the_switch_tells_so(
    window, session, monkeypatch
):
    session.open_example("moons")
    turn()
    monkeypatch.setattr(visible, "MOST_VISIBLE", 500)
    window.commands["view.depth.3"].trigger()
    turn()
    assert "That would show" in window.status.hint_text()
    assert window.commands["view.depth.2"].isChecked()
    assert not window.commands["view.depth.3"].isChecked()


def test_folding_by_zoom_is_off_until_it_is_wanted_and_then_remembered(window, session, settings):
    action = window.commands["view.fold_by_zoom"]
    session.open_example("moons")
    turn()
    assert not action.isChecked()
    assert not window.canvas._depths.on
    action.trigger()
    turn()
    assert action.isChecked()
    assert window.canvas._depths.on
    assert settings.read(FOLD_BY_ZOOM)


def test_an_empty_canvas_says_how_to_begin(window, session, qtbot):
    turn()
    assert window.blank.isVisible()
    middle = window.canvas.viewport().rect().center()
    qtbot.mouseClick(window.canvas.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    add(window)
    turn()
    assert not window.blank.isVisible()


def test_a_chosen_theme_is_worn_and_remembered(window, settings, dressed):
    window.commands["view.theme.light"].trigger()
    turn()
    assert settings.read(THEME) == "light"
    assert dressed.palette().color(QPalette.ColorRole.Window).name() == "#ffffff"
    assert window.commands["view.theme.light"].isChecked()


def test_panels_are_hidden_and_shown(window):
    for name in ("build", "train"):
        command = window.commands[f"view.panel.{name}"]
        command.trigger()
        turn()
        assert not command.isChecked()
        command.trigger()
        turn()
        assert command.isChecked()


def test_the_window_comes_back_as_it_was_left(make_window, settings):
    first = make_window()
    first.setGeometry(40, 60, 1000, 700)
    first.commands["view.panel.train"].trigger()
    first.close()
    second = make_window()
    assert not second.training_panel.isVisible()
    assert second.palette_panel.isVisible()


def test_a_window_that_nobody_could_reach_is_pulled_back():
    screens = [QRect(0, 0, 1920, 1080), QRect(1920, 0, 1280, 1024)]
    fine = QRect(2000, 100, 1000, 700)
    assert within_reach(fine, screens) == fine
    for lost in (QRect(5000, 100, 800, 600), QRect(100, -400, 800, 600), QRect(-750, 9, 800, 600)):
        found = within_reach(lost, screens)
        assert screens[0].contains(found)
        assert found.size() == lost.size()
    assert within_reach(QRect(9000, 0, 4000, 3000), screens).size() == screens[0].size()


def test_grouping_and_dissolving_are_actions(window, session):
    add(window)
    add(window)
    session.set_selection([node.id for node in session.document.nodes()])
    turn()
    window.commands["edit.group"].trigger()
    turn()
    [made] = session.document.groups
    session.set_selection([made])
    turn()
    window.commands["edit.ungroup"].trigger()
    assert not session.document.groups


def test_gradients_begin_where_one_says(window, session):
    session.open_example("product-and-sum")
    product = next(node.id for node in session.document.nodes() if node.op == "mul")
    session.set_selection([product])
    turn()
    window.commands["edit.backward"].trigger()
    session.flush()
    assert session.result.output == product
    window.commands["edit.backward"].trigger()
    session.flush()
    assert session.result.output != product


def test_what_makes_no_sense_is_disabled(window, session):
    turn()
    enabled = {command.record.id for command in window.commands if command.isEnabled()}
    assert not enabled & {"edit.delete", "edit.group", "edit.rename", "edit.undo", "view.depth.1"}
    assert enabled >= {"file.new", "add.moons", "view.zoom_in", "help.about"}


def test_a_right_click_offers_what_fits_the_place(window, session):
    session.open_example("product-and-sum")
    node = session.document.nodes()[0].id
    session.set_selection([node])
    for kind, wanted, unwanted in (
        ("item", "edit.delete", "view.fit"),
        ("canvas", "view.fit", "edit.delete"),
        ("wire", "wire.bend", "edit.rename"),
    ):
        if kind == "wire":
            window.canvas.select_wire(session.document.edges()[0][1:])
            turn()
        window.canvas.context_requested.emit(kind, QPoint(10, 10))
        menu = QApplication.activePopupWidget()
        shown = {action.objectName() for action in menu.actions()}
        menu.close()
        turn()
        assert wanted in shown
        assert unwanted not in shown


def test_the_window_keeps_its_size_whatever_it_shows(window, session):
    size = window.size()
    window.commands["add.moons"].trigger()
    session.training.pause()
    for _turn in range(20):
        turn()
    assert window.size() == size


@pytest.mark.parametrize(
    ("action", "kind"), [("help.shortcuts", ShortcutsDialog), ("help.about", AboutDialog)]
)
def test_pages_of_help_open(window, action, kind):
    seen: list[QDialog] = []
    answer("close", seen)
    window.commands[action].trigger()
    assert isinstance(seen[0], kind)


def test_the_words_of_an_empty_canvas_fit_into_a_small_window(window, session):
    window.resize(960, 640)
    turn()
    for words in window.blank.findChildren(QLabel):
        assert words.width() <= window.canvas.viewport().width()
        assert words.height() >= words.heightForWidth(words.width())
        assert words.wordWrap()


def test_the_menu_of_an_item_marks_it_and_shows_its_mark(window, session):
    add(window, "op:tanh")
    menu = window.commands.context_menu("item", window)
    marks = next(one.menu() for one in menu.actions() if one.text() == "&Mark")
    mark = next(one for one in marks.actions() if one.text() == "Mark as &loss")
    assert not mark.isChecked()
    mark.trigger()
    turn()
    assert session.document.marked("loss")
    assert mark.isChecked()


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_one_hairline_parts_the_docks_from_the_canvas_from_top_to_bottom(window, dressed, theme):
    themes = ThemeManager(theme)
    themes.dress(dressed)
    turn()
    palette = window.palette_panel
    picture = window.grab().toImage()
    left = palette.mapTo(window, QPoint(palette.width(), 0))
    right = window.canvas.mapTo(window, QPoint(window.canvas.width(), 0))
    hairline = themes.current().hairline.name()
    for corner in (left, right):
        for down in (40, window.canvas.height() // 2, window.canvas.height() - 40):
            y = window.canvas.mapTo(window, QPoint(0, down)).y()
            across = [picture.pixelColor(corner.x() + x, y).name() for x in range(5)]
            assert across.count(hairline) == 1


def test_a_refusal_stands_out_without_the_colour_of_a_number(window, session):
    session.refused.emit("That would be a loop")
    assert window.status.hint_text() == "That would be a loop"
    looks = window.status.findChildren(QLabel)
    [refusal] = [one for one in looks if one.text() == "That would be a loop"]
    assert refusal.property("tone") == "problem"


def test_news_of_the_engine_do_not_take_the_place_of_a_refusal(window, session):
    session.refused.emit("row 2 has 2 cells")
    window.status.show_news("Engine ready")
    assert window.status.hint_text() == "row 2 has 2 cells"
    window.status.show_hint("Drag from a port to wire")
    window.status.show_news("Engine ready")
    assert window.status.hint_text() == "Engine ready"
