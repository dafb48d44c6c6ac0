"""The welcome: ways to begin, by mouse and keyboard."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QPixmap
from PySide6.QtWidgets import QLabel, QScrollArea

from playground.dialogs.examples import Example
from playground.dialogs.welcome import Welcome
from playground.theme import ThemeManager
from playground.widgets.entry import Entry
from playground.widgets.picture_entry import PICTURE

EXAMPLES = [Example(f"example-{k}", f"Example {k}", "What it shows") for k in range(12)]


@pytest.fixture
def begin(qapp) -> QAction:
    return QAction("&Train moons")


@pytest.fixture
def welcome(qtbot, begin) -> Welcome:
    welcome = Welcome(begin, [("Open a file", QAction(begin))], EXAMPLES, ThemeManager("dark"))
    qtbot.addWidget(welcome)
    welcome.resize(1000, welcome.height())
    welcome.show()
    qtbot.waitExposed(welcome)
    return welcome


def entries(welcome: Welcome) -> list[Entry]:
    return [entry for entry in welcome.findChildren(Entry) if entry.isVisible()]


def test_every_example_is_offered_in_order(welcome):
    assert [entry.key for entry in entries(welcome)] == [one.name for one in EXAMPLES]


def test_clicking_an_example_announces_it(welcome, qtbot):
    with qtbot.waitSignal(welcome.example_chosen) as heard:
        qtbot.mouseClick(entries(welcome)[2], Qt.MouseButton.LeftButton)
    assert heard.args == ["example-2"]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_the_keyboard_chooses_an_example(welcome, qtbot, key):
    entry = entries(welcome)[0]
    entry.setFocus()
    with qtbot.waitSignal(welcome.example_chosen):
        qtbot.keyClick(entry, key)


def test_the_green_button_triggers_its_action(welcome, begin, qtbot):
    welcome.take_focus()
    with qtbot.waitSignal(begin.triggered):
        qtbot.keyClick(welcome.focusWidget(), Qt.Key.Key_Space)


def recent(welcome: Welcome) -> list[Entry]:
    return [entry for entry in entries(welcome) if entry.key.startswith("/")]


def test_recent_files_are_listed_by_name_and_open(welcome, qtbot):
    welcome.show_recent(["/a/neuron.mgp", "/b/moons.mgp"])
    qtbot.waitUntil(lambda: [entry.text() for entry in recent(welcome)] == ["neuron", "moons"])
    with qtbot.waitSignal(welcome.file_chosen) as heard:
        qtbot.mouseClick(recent(welcome)[-1], Qt.MouseButton.LeftButton)
    assert heard.args == ["/b/moons.mgp"]
    welcome.show_recent([])
    assert recent(welcome) == []


def test_escape_and_the_cross_dismiss_it(welcome, qtbot):
    with qtbot.waitSignal(welcome.dismissed):
        qtbot.keyClick(welcome, Qt.Key.Key_Escape)
    with qtbot.waitSignal(welcome.dismissed):
        welcome.close_button.click()


def test_examples_take_as_many_columns_as_there_is_room(welcome, qtbot):
    def columns() -> int:
        return len({entry.x() for entry in entries(welcome)})

    wide = columns()
    welcome.resize(560, welcome.height())
    qtbot.waitUntil(lambda: columns() < wide)
    assert columns() >= 1


def test_a_narrow_welcome_keeps_lines_of_words_and_its_whole_heading(welcome, qtbot):
    welcome.show_recent(["/a/neuron.mgp", "/b/moons.mgp"])
    welcome.resize(350, 300)
    qtbot.waitUntil(lambda: len({entry.x() for entry in entries(welcome)}) == 1)
    assert min(entry.width() for entry in entries(welcome)) >= 130
    headline = next(one for one in welcome.findChildren(QLabel) if "in plain sight" in one.text())
    assert headline.height() >= headline.heightForWidth(headline.width())
    welcome.resize(1000, 300)
    qtbot.waitUntil(lambda: len(recent(welcome)) == 2)
    qtbot.waitUntil(lambda: recent(welcome)[0].mapTo(welcome, QPoint()).x() > 700)


def test_pictures_are_asked_for_when_they_are_seen_and_again_for_another_theme(qtbot, begin):
    themes = ThemeManager("dark")
    welcome = Welcome(begin, [], EXAMPLES, themes)
    qtbot.addWidget(welcome)
    asked: list[tuple[str, ...]] = []
    welcome.pictures_wanted.connect(asked.append)
    themes.choose("light")
    assert asked == []
    welcome.show()
    assert asked == [tuple(one.name for one in EXAMPLES)]
    themes.choose("dark")
    assert len(asked) == 2


def test_a_picture_goes_to_its_example(welcome):
    welcome.show_picture("example-3", QPixmap(PICTURE))
    shown = [entry.key for entry in entries(welcome) if entry.has_picture]
    assert shown == ["example-3"]


def test_arrow_keys_walk_through_the_grid(welcome, qtbot):
    grid = entries(welcome)
    columns = len({entry.x() for entry in grid})
    assert columns > 1
    grid[0].setFocus()
    for key, place in (
        (Qt.Key.Key_Right, 1),
        (Qt.Key.Key_Down, 1 + columns),
        (Qt.Key.Key_Left, columns),
        (Qt.Key.Key_Up, 0),
        (Qt.Key.Key_Up, 0),
    ):
        qtbot.keyClick(welcome.focusWidget(), key)
        assert welcome.focusWidget() is grid[place]


def test_the_entry_that_is_walked_to_is_brought_into_sight(welcome, qtbot):
    entries(welcome)[0].setFocus()
    for _step in EXAMPLES:
        qtbot.keyClick(welcome.focusWidget(), Qt.Key.Key_Right)
    last = entries(welcome)[-1]
    assert welcome.focusWidget() is last
    area = welcome.findChild(QScrollArea)
    assert last.mapTo(area, QPoint(0, last.height())).y() <= area.height()
