"""The main window: everything is where it belongs, and no work is lost on the way."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QRect, QSettings, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QPalette
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLineEdit, QPushButton

from playground.dialogs.about import AboutDialog
from playground.dialogs.shortcuts import ShortcutsDialog
from playground.main_window import MainWindow, dragged_file
from playground.session import Session
from playground.settings import RECENT_FILES, SHOW_WELCOME, THEME, Settings
from playground.theme import ThemeManager
from playground.widgets.entry import Entry
from playground.widgets.placement import within_reach
from playground.widgets.tile import Tile


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = Settings(QSettings(str(tmp_path / "x.ini"), QSettings.Format.IniFormat))
    settings.write(SHOW_WELCOME, False)
    return settings


@pytest.fixture
def dressed(qapp: QApplication):
    """Give the application its clothes back after a theme was worn."""
    style, font, palette = qapp.style().objectName(), qapp.font(), qapp.palette()
    yield qapp
    qapp.setStyleSheet("")
    qapp.setStyle(style)
    qapp.setFont(font)
    qapp.setPalette(palette)


@pytest.fixture
def make_window(session: Session, settings: Settings, qtbot, dressed):
    def make() -> MainWindow:
        window = MainWindow(session, settings, ThemeManager(settings.read(THEME)))
        qtbot.addWidget(window, before_close_func=forgive)
        window.resize(1280, 800)
        window.show()
        qtbot.waitExposed(window)
        return window

    def forgive(_window: MainWindow) -> None:
        session.settle()
        session.stack.setClean()

    return make


@pytest.fixture
def window(make_window) -> MainWindow:
    return make_window()


def answer(name: str, seen: list[QDialog] | None = None) -> None:
    """Press a button of the next dialog; an empty name presses Escape's."""

    def press() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QDialog)
        if seen is not None:
            seen.append(dialog)
        button = dialog.findChild(QPushButton, name) if name else None
        button.click() if button is not None else dialog.reject()

    QTimer.singleShot(0, press)


def name_file(path: Path) -> None:
    """Type a name into the next file dialog and accept it."""

    def fill() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        dialog.findChild(QLineEdit, "fileNameEdit").setText(str(path))
        dialog.accept()

    QTimer.singleShot(0, fill)


def turn() -> None:
    """Let happen what was put off to the next turns of the event loop."""
    for _turn in range(3):
        QApplication.processEvents()


def add(window: MainWindow, text: str = "value:constant") -> None:
    window.editing.add(text)
    turn()


def tile(window: MainWindow, text: str) -> Tile:
    return next(one for one in window.palette_panel.tiles() if one.item.text == text)


# Bars ------------------------------------------------------------------------------------------


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


# Palette ---------------------------------------------------------------------------------------


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


def test_searching_goes_to_the_filter_box(window, qtbot):
    window.canvas.setFocus()
    qtbot.keyClick(window.canvas.viewport(), Qt.Key.Key_Slash)
    assert window.palette_panel.filter.hasFocus()


# Welcome ---------------------------------------------------------------------------------------


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


# Looks -----------------------------------------------------------------------------------------


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


# Files -----------------------------------------------------------------------------------------


def test_saving_asks_for_a_name_once_and_remembers_the_file(window, session, settings, tmp_path):
    add(window)
    target = tmp_path / "graph.mgp"
    name_file(target)
    window.commands["file.save"].trigger()
    assert target.exists()
    assert session.path == target
    assert settings.read(RECENT_FILES) == (str(target),)
    add(window)
    window.commands["file.save"].trigger()
    assert not session.is_dirty


def test_a_saved_graph_is_opened_again_from_the_recent_files(window, session, tmp_path):
    add(window)
    target = tmp_path / "graph.mgp"
    assert session.save(target)
    window.files.open_path(str(target))
    window.commands["file.new"].trigger()
    assert len(session.document) == 0
    window.recent.fill()
    window.recent.menu.actions()[0].trigger()
    assert session.path == target
    assert len(session.document) == 1


def test_opening_asks_for_a_file(window, session, tmp_path):
    add(window)
    target = tmp_path / "graph.mgp"
    assert session.save(target)
    session.new()
    name_file(target)
    window.commands["file.open"].trigger()
    assert session.path == target


def test_a_bad_file_leaves_what_is_open(window, session, tmp_path):
    session.open_example("product-and-sum")
    before = len(session.document)
    bad = tmp_path / "bad.mgp"
    bad.write_text("no graph")
    assert not window.files.open_path(str(bad))
    assert len(session.document) == before
    assert "bad.mgp" in window.status.hint_text()


def test_leaving_changes_asks_and_escape_stays(window, session):
    add(window)
    answer("")
    window.commands["file.new"].trigger()
    assert len(session.document) == 1
    answer("discard")
    window.commands["file.new"].trigger()
    assert len(session.document) == 0


def test_closing_asks_and_can_save(window, session, tmp_path):
    add(window)
    assert session.save(tmp_path / "graph.mgp")
    add(window)
    answer("")
    assert not window.close()
    answer("save")
    assert window.close()
    assert not session.is_dirty


def test_closing_the_document_goes_back_to_the_start(window, session):
    window.commands["file.close"].trigger()
    assert session.is_untouched
    assert len(session.document) > 0


def test_a_file_dropped_on_the_window_is_opened(window, session, tmp_path):
    add(window)
    target = tmp_path / "graph.mgp"
    assert session.save(target)
    session.new()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(target))])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(600, 300), copy, data, left, none)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(window, QDropEvent(QPointF(600, 300), copy, data, left, none))
    assert session.path == target


def test_other_files_are_not_taken(tmp_path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "picture.png"))])
    assert dragged_file(data) == ""
    data.setUrls([QUrl("https://example.org/graph.mgp")])
    assert dragged_file(data) == ""


# Help ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("action", "kind"), [("help.shortcuts", ShortcutsDialog), ("help.about", AboutDialog)]
)
def test_pages_of_help_open(window, action, kind):
    seen: list[QDialog] = []
    answer("close", seen)
    window.commands[action].trigger()
    assert isinstance(seen[0], kind)


# What is done to the selection -----------------------------------------------------------------


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
    for item, wanted, unwanted in (
        (node, "edit.delete", "view.fit"),
        (None, "view.fit", "edit.delete"),
    ):
        window.canvas.context_requested.emit(item, QPoint(10, 10))
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
