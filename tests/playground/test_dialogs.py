"""The dialogs: each answers with what was pressed, and Escape is never the dangerous answer."""

from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QLineEdit, QListWidget, QPushButton, QScrollArea

from playground.actions import ACTIONS
from playground.dialogs.about import AboutDialog
from playground.dialogs.ask_save import AskSaveDialog
from playground.dialogs.crash import CrashDialog
from playground.dialogs.delete_template import DeleteTemplateDialog
from playground.dialogs.recovery import RecoveryDialog
from playground.dialogs.shortcuts import (
    Line,
    Section,
    ShortcutsDialog,
    balanced,
    families,
    height_of,
    sections_of,
    unnumbered,
)
from playground.dialogs.template_name import TemplateNameDialog

SMALL = QSize(1280, 600)  # of a screen


def button(dialog, name: str) -> QPushButton:
    return dialog.findChild(QPushButton, name)


def words(dialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel))


def remains(name: str | None, nodes: int):
    """What a dead session left, as far as the dialog looks at it."""
    path = Path("/home/someone", name) if name else None
    moment = datetime.fromisoformat("2026-03-01T14:05")
    return SimpleNamespace(path=path, document=range(nodes), time=moment)


@pytest.mark.parametrize(("name", "choice"), [("save", "save"), ("discard", "discard")])
def test_the_question_before_leaving_answers_with_the_button(qtbot, name, choice):
    dialog = AskSaveDialog("tanh neuron")
    qtbot.addWidget(dialog)
    dialog.show()
    assert "tanh neuron" in words(dialog)
    qtbot.mouseClick(button(dialog, name), Qt.MouseButton.LeftButton)
    assert dialog.choice == choice
    assert not dialog.isVisible()


def test_escape_stays_and_return_saves(qtbot):
    for key, choice in ((Qt.Key.Key_Escape, ""), (Qt.Key.Key_Return, "save")):
        dialog = AskSaveDialog("graph")
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.keyClick(dialog, key)
        assert dialog.choice == choice


def test_the_crash_dialog_copies_its_details(qtbot):
    dialog = CrashDialog("ZeroDivisionError: division by zero.", "Traceback: line 7")
    qtbot.addWidget(dialog)
    assert "division by zero" in words(dialog)
    qtbot.mouseClick(button(dialog, "details"), Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "Traceback: line 7"
    assert dialog.choice == ""
    qtbot.mouseClick(button(dialog, "copy"), Qt.MouseButton.LeftButton)
    assert dialog.choice == "copy"


def test_recovery_lists_what_was_left_and_recovers_the_chosen(qtbot):
    offers = [remains("moons.mgp", 12), remains(None, 1)]
    dialog = RecoveryDialog(offers)
    qtbot.addWidget(dialog)
    listed = dialog.findChild(QListWidget)
    assert [listed.item(k).text() for k in range(2)] == [
        "moons.mgp  ·  12 nodes  ·  01 March, 14:05",
        "A graph never saved  ·  1 node  ·  01 March, 14:05",
    ]
    listed.setCurrentRow(1)
    qtbot.mouseClick(button(dialog, "recover"), Qt.MouseButton.LeftButton)
    assert (dialog.choice, dialog.offer) == ("recover", offers[1])


def test_the_page_of_shortcuts_names_every_shortcut_and_gesture(qtbot):
    dialog = ShortcutsDialog(ACTIONS)
    qtbot.addWidget(dialog)
    shown = words(dialog)
    for family in families(action for action in ACTIONS if action.shortcuts):
        first, last = family[0], family[-1]
        text = first.text if first is last else unnumbered(first)
        assert text.replace("&", "").rstrip("…") in shown
        assert {first.shortcuts[0], last.shortcuts[0]} <= set(shown.replace("…", " ").split())
    assert all(action.gesture in shown for action in ACTIONS if action.gesture)


def test_the_page_of_shortcuts_fits_on_a_small_screen_and_scrolls(qtbot, monkeypatch):
    monkeypatch.setattr(
        ShortcutsDialog, "screen", lambda _self: SimpleNamespace(availableSize=lambda: SMALL)
    )
    dialog = ShortcutsDialog(ACTIONS)
    qtbot.addWidget(dialog)
    dialog.show()
    area = dialog.findChild(QScrollArea)
    assert dialog.height() < SMALL.height()
    assert area.verticalScrollBar().maximum() > 0
    assert area.horizontalScrollBar().maximum() == 0
    assert button(dialog, "close").geometry().bottom() < dialog.height()


def test_every_shortcut_and_gesture_stands_on_the_page_once():
    lines = [line for one in sections_of(ACTIONS) for line in one.lines]
    told = [action for action in ACTIONS if action.shortcuts or action.gesture]
    assert len(lines) == len(families(told))
    for action in told:
        if action.gesture:
            assert sum(line.gesture == action.gesture for line in lines) >= 1, action.id


def test_every_gesture_of_the_canvas_has_a_section():
    assert all(action.menu for action in ACTIONS if action.gesture)
    titles = [one.title for one in sections_of(ACTIONS)]
    assert len(titles) == len(set(titles))


def test_what_is_typed_leaves_the_lines_that_have_all_of_its_words(qtbot):
    dialog = ShortcutsDialog(ACTIONS)
    qtbot.addWidget(dialog)
    dialog.show()
    before = dialog.size()
    qtbot.keyClicks(dialog.filter, "Ctrl wire")
    shown = words(dialog.findChild(QScrollArea).widget())
    assert "Connect to" not in shown
    assert {"WIRES", "Ctrl and drag with the right button"} <= set(shown.split("\n"))
    qtbot.keyClicks(dialog.filter, " xyz")
    assert words(dialog.findChild(QScrollArea).widget()) == "Nothing here is called so"
    assert dialog.size() == before
    dialog.filter.clear()
    assert "Connect to" in words(dialog.findChild(QScrollArea).widget())


@pytest.mark.parametrize("count", [1, 2, 3])
def test_columns_keep_the_order_and_are_as_even_as_can_be(count):
    sections = [Section(str(size), [Line("x")] * size) for size in (5, 14, 3, 12, 7, 1, 9)]
    columns = balanced(sections, count)
    assert [one for column in columns for one in column] == sections
    highest = max(sum(map(height_of, column)) for column in columns)
    assert highest <= sum(map(height_of, sections)) / count + max(map(height_of, sections))
    assert len(columns) == count
    assert balanced([], count) == []


def test_about_names_the_versions_a_report_needs(qtbot):
    dialog = AboutDialog()
    qtbot.addWidget(dialog)
    for name in ("Python", "Qt", "NumPy", "MIT"):
        assert name in words(dialog)


def test_return_and_escape_keep_a_template_and_only_the_button_deletes_it(qtbot):
    for key, choice in ((Qt.Key.Key_Escape, ""), (Qt.Key.Key_Return, "")):
        dialog = DeleteTemplateDialog("my neuron", "my-neuron.json")
        qtbot.addWidget(dialog)
        dialog.show()
        assert "my-neuron.json~" in words(dialog)
        qtbot.keyClick(dialog, key)
        assert dialog.choice == choice
        assert not dialog.isVisible()
    dialog = DeleteTemplateDialog("my neuron", "my-neuron.json")
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.mouseClick(button(dialog, "delete"), Qt.MouseButton.LeftButton)
    assert dialog.choice == "delete"


def test_a_template_needs_a_name_and_is_warned_of_taking_another_ones_place(qtbot):
    dialog = TemplateNameDialog("Save as template", "", "", {"one"})
    qtbot.addWidget(dialog)
    dialog.show()
    field = dialog.findChild(QLineEdit)
    assert not button(dialog, "save").isEnabled()
    qtbot.keyClicks(field, "  one ")
    assert button(dialog, "save").isEnabled()
    assert "replaced" in words(dialog)
    qtbot.keyClicks(field, "more")
    assert "replaced" not in words(dialog)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert (dialog.choice, dialog.name) == ("save", "one more")
