"""The table of actions and what is derived from it."""

from collections import Counter
from itertools import pairwise

import pytest
from PySide6.QtGui import QIcon, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenuBar, QWidget

from playground.actions import ACTIONS, CONDITIONS, CONTEXTS, MENUS, Action, ActionSet
from playground.actions.action_set import resolve
from playground.actions.table import CONTEXT_ORDER

LONGEST = 16  # entries of a menu


class Recorder:
    """Handlers that write down how they were called."""

    def __init__(self) -> None:
        self.calls: list[tuple] = []

    def __getattr__(self, name: str):
        return Branch(self, name)


class Branch:
    def __init__(self, recorder: Recorder, path: str) -> None:
        self.recorder, self.path = recorder, path

    def __getattr__(self, name: str):
        return Branch(self.recorder, f"{self.path}.{name}")

    def __call__(self, *arguments) -> None:
        self.recorder.calls.append((self.path, *arguments))


def no_icon(_name: str) -> QIcon:
    return QIcon()


@pytest.fixture
def recorder() -> Recorder:
    return Recorder()


@pytest.fixture
def window(qtbot) -> QMainWindow:
    window = QMainWindow()
    qtbot.addWidget(window)
    return window


@pytest.fixture
def actions(window, recorder) -> ActionSet:
    return ActionSet(window, recorder, no_icon)


def all_conditions() -> frozenset[str]:
    return CONDITIONS


def test_no_two_actions_share_an_id_or_a_shortcut():
    ids = Counter(action.id for action in ACTIONS)
    keys = Counter(QKeySequence(key).toString() for one in ACTIONS for key in one.shortcuts)
    assert [name for name, count in (ids + keys).items() if count > 1] == []


def test_every_shortcut_is_a_key_that_qt_knows():
    for action in ACTIONS:
        for key in action.shortcuts:
            assert QKeySequence(key).toString() not in ("", None), (action.id, key)


def test_a_single_letter_works_only_on_the_canvas():
    for action in ACTIONS:
        plain = [key for key in action.shortcuts if len(key) == 1 or key in ("Space", "Return")]
        assert not plain or action.on_canvas, action.id


def test_every_record_is_sound():
    for action in ACTIONS:
        if not action.handler:
            assert action.gesture, action.id
            assert not action.shortcuts, action.id
            assert not action.menu or action.menu in MENUS, action.id
            continue
        assert action.tip, action.id
        assert not action.when or action.when in CONDITIONS, action.id
        assert not action.choice or action.checkable, action.id
        assert action.menu in MENUS, action.id
        assert set(action.context) <= CONTEXTS.keys(), action.id


def test_mnemonics_in_one_menu_differ():
    for menu in MENUS:
        texts = [action.text for action in ACTIONS if action.menu == menu and action.handler]
        texts += [title for path, title in MENUS.items() if path.rpartition("/")[0] == menu]
        letters = [text[text.index("&") + 1].lower() for text in texts if "&" in text]
        assert len(set(letters)) == len(letters), menu


def test_triggering_calls_the_handler_with_its_arguments(actions, recorder):
    actions["file.save"].trigger()
    actions["view.depth.2"].trigger()
    assert recorder.calls == [("files.save",), ("view.fold_to", 2)]


def test_a_handler_that_is_missing_is_found_out_at_once(window):
    with pytest.raises(AttributeError, match="files"):
        ActionSet(window, object(), no_icon)
    with pytest.raises(TypeError, match="title"):
        resolve(type("Handlers", (), {"title": "x"})(), "title")


def test_conditions_enable_and_states_check(actions):
    actions.refresh(frozenset({"undo"}), frozenset({"view.theme.dark", "view.panel.train"}))
    assert actions["edit.undo"].isEnabled()
    assert not actions["edit.redo"].isEnabled()
    assert actions["file.new"].isEnabled()
    assert actions["view.theme.dark"].isChecked()
    assert not actions["view.theme.light"].isChecked()
    assert actions["view.panel.train"].isChecked()


def test_one_of_a_choice_is_checked_at_a_time(actions):
    actions.refresh(all_conditions(), frozenset({"view.depth.0"}))
    actions["view.depth.3"].trigger()
    checked = [action.record.id for action in actions if action.isChecked()]
    assert checked == ["view.depth.3"]


def test_the_menus_show_the_table_in_its_order(actions, window):
    bar = QMenuBar(window)
    menus = actions.fill_bar(bar)
    titles = [action.text() for action in bar.actions()]
    assert titles == [title for path, title in MENUS.items() if "/" not in path]
    actions_of = [one for one in menus["Edit"].actions() if not one.isSeparator()]
    in_edit = [one.objectName() for one in actions_of if one.menu() is None]
    wanted = [action.id for action in ACTIONS if action.menu == "Edit" and action.handler]
    assert in_edit == wanted
    assert menus["View/Theme"].menuAction() in menus["View"].actions()


def test_sections_begin_with_a_line(actions, window):
    menus = actions.fill_bar(QMenuBar(window))
    entries = menus["Edit"].actions()
    rename = entries.index(actions["edit.rename"])
    assert entries[rename - 1].isSeparator()


def entries(menu) -> list[str]:
    """Return the ids in a menu and its submenus."""
    found = []
    for one in menu.actions():
        if one.menu() is not None:
            found += entries(one.menu())
        elif not one.isSeparator():
            found.append(one.objectName())
    return found


@pytest.mark.parametrize("kind", CONTEXTS)
def test_a_context_menu_holds_what_the_table_says(actions, window, kind):
    actions.refresh(all_conditions(), frozenset())
    shown = entries(actions.context_menu(kind, window))
    wanted = [action.id for action in ACTIONS if CONTEXTS[kind].intersection(action.context)]
    assert sorted(shown) == sorted(wanted)


def test_a_context_menu_leaves_out_what_makes_no_sense_just_now(actions, window):
    actions.refresh(frozenset({"selection", "single"}), frozenset())
    shown = entries(actions.context_menu("item", window))
    assert "edit.rename" in shown
    assert "edit.ungroup" not in shown


def test_no_menu_is_longer_than_the_eye_takes_in(actions, window):
    menus = actions.fill_bar(QMenuBar(window))
    for path, menu in menus.items():
        count = sum(not one.isSeparator() for one in menu.actions())
        assert count <= LONGEST, path


def test_no_two_lines_of_a_menu_follow_each_other_or_stand_at_an_end(actions, window):
    actions.refresh(all_conditions(), frozenset())
    menus = list(actions.fill_bar(QMenuBar(window)).values())
    menus += [actions.context_menu(kind, window) for kind in CONTEXTS]
    for menu in menus:
        lines = [one.isSeparator() for one in menu.actions()]
        assert not any(one and two for one, two in pairwise([True, *lines, True])), menu.title()


def test_the_order_of_context_menus_names_what_there_is():
    known = {action.id for action in ACTIONS if action.context} | MENUS.keys()
    names = [name for group in CONTEXT_ORDER for name in group]
    assert set(names) <= known
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("kind", "first"),
    [("wire", "wire.insert"), ("canvas", "add.search"), ("note", "edit.write")],
)
def test_a_context_menu_begins_with_what_is_used_most(actions, window, kind, first):
    actions.refresh(all_conditions(), frozenset())
    assert actions.context_menu(kind, window).actions()[0] is actions[first]


def test_no_submenu_of_a_context_menu_holds_a_single_action(actions, window):
    actions.refresh(all_conditions(), frozenset())
    for kind in CONTEXTS:
        for one in actions.context_menu(kind, window).actions():
            if one.menu() is not None:
                assert len(one.menu().actions()) > 1, kind


def test_no_context_menu_ends_or_begins_with_a_line(actions, window):
    for kind in CONTEXTS:
        for conditions in (all_conditions(), frozenset({"selection"})):
            actions.refresh(conditions, frozenset())
            lines = [one.isSeparator() for one in actions.context_menu(kind, window).actions()]
            assert not lines or not (lines[0] or lines[-1]), kind


def test_keys_of_the_canvas_reach_only_the_canvas(actions, window):
    canvas = QWidget(window)
    actions.attach(canvas)
    on_canvas = {action.id for action in ACTIONS if action.on_canvas}
    assert {one.objectName() for one in canvas.actions()} == on_canvas
    assert not on_canvas & {one.objectName() for one in window.actions()}


def test_icons_are_drawn_by_name_and_again_for_another_theme(window, recorder):
    asked: list[str] = []

    def icon_of(name: str) -> QIcon:
        asked.append(name)
        return QIcon()

    records = (Action(id="a", text="A", handler="do", icon="play"),)
    actions = ActionSet(window, recorder, icon_of, records)
    actions.draw_icons(icon_of)
    assert asked == ["play", "play"]


def test_the_tooltip_names_the_shortcut(actions):
    assert "(F5)" in actions["train.play"].toolTip()
