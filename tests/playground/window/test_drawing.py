"""How the canvas is drawn, driven through the window: heat, dimming, size; and idle rest."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QToolButton, QWidget

from engine.errors import accept
from engine.graph.notes import content, frame
from playground import app
from playground.settings import DIM_REST, FLOW, HEAT, MAPS, SIZE, Settings
from playground.theme import THEMES
from playground.widgets.tile import Tile
from tests.playground.window.driving import turn

ROOT = Path(__file__).parents[3]
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def neuron(window, session):
    session.open_example()
    window.canvas.setFocus()
    turn()
    return window


def picture(window):
    return window.canvas._scene.picture


def press(window, key: Qt.Key) -> None:
    QTest.keyClick(window.canvas.viewport(), key, CONTROL)
    turn()


def segment(window, words: str) -> QToolButton:
    buttons = window.top_bar.findChildren(QToolButton)
    return next(one for one in buttons if one.text().replace("&", "") == words)


def test_the_switch_in_the_bar_and_its_key_show_the_heat(neuron, settings):
    numbers = neuron.canvas.grab().toImage()
    QTest.mouseClick(segment(neuron, "Heat"), Qt.MouseButton.LeftButton)
    turn()
    assert picture(neuron).heat is not None
    assert segment(neuron, "Heat").isChecked()
    assert settings.read(HEAT)
    assert neuron.canvas.grab().toImage() != numbers
    press(neuron, Qt.Key.Key_H)
    assert picture(neuron).heat is None
    assert segment(neuron, "Values + gradients").isChecked()
    assert neuron.canvas.grab().toImage() == numbers


def test_the_heat_follows_the_numbers_and_the_folds(neuron, session):
    press(neuron, Qt.Key.Key_H)
    before = picture(neuron).heat
    node = next(n.id for n in session.document.nodes() if n.label == "w1")
    session.set_number(node, 0.25)
    turn()
    assert not np.array_equal(picture(neuron).heat.items, before.items)
    session.open_example("moons")
    turn()
    assert len(picture(neuron).heat.items) == len(picture(neuron).frame)


def test_looks_are_remembered_and_are_no_edits(neuron, session, settings, make_window):
    for key in (Qt.Key.Key_H, Qt.Key.Key_I):
        press(neuron, key)
    neuron.commands["view.flow"].trigger()
    assert (settings.read(HEAT), settings.read(DIM_REST), settings.read(FLOW)) == (1, 1, 0)
    assert not session.is_dirty
    assert session.stack.count() == 0
    other = make_window()
    assert picture(other).heat is not None
    assert picture(other).dims
    checked = {command.objectName() for command in other.commands if command.isChecked()}
    assert {"view.colours.heat", "view.dim"} <= checked
    assert "view.flow" not in checked


def test_the_rest_steps_back_until_the_selection_is_gone(neuron, session):
    press(neuron, Qt.Key.Key_I)
    assert not picture(neuron).rest.any()
    node = next(n.id for n in session.document.nodes() if n.label == "w1")
    neuron.canvas.viewport().setFocus()
    place = neuron.canvas.item_rect(node)
    at = QPoint(place.right() - 6, place.bottom() - 6)
    QTest.mouseClick(neuron.canvas.viewport(), Qt.MouseButton.LeftButton, pos=at)
    turn()
    shown = picture(neuron)
    items = shown.frame.ids[shown.rest].tolist()
    names = {session.document.name(item) for item in items if item in session.document}
    assert {"x2", "w2", "b"} <= names
    assert not {"w1", "x1*w1", "n", "o"} & names
    QTest.keyClick(neuron.canvas, Qt.Key.Key_Escape)
    turn()
    assert not picture(neuron).rest.any()


def test_a_selected_frame_means_what_it_holds(neuron, session):
    press(neuron, Qt.Key.Key_I)
    ids = {node.label: node.id for node in session.document.nodes()}
    inside, made = [ids["w1"], ids["x1"]], session.document.next_id
    session.do(accept(frame(session.document, inside)))
    held = set(content(session.document, made))
    assert held >= set(inside)
    session.set_selection({made})
    turn()
    shown = picture(neuron)
    by_frame = shown.frame.ids[~shown.rest].tolist()
    assert {made, *held} <= set(by_frame)
    session.set_selection({made, *held})
    turn()
    assert shown.frame.ids[~shown.rest].tolist() == by_frame
    assert shown.rest.any()


def test_a_window_at_rest_paints_nothing_however_it_is_drawn(neuron, session, qtbot):
    session.set_selection({next(n.id for n in session.document.nodes() if n.label == "w1")})
    for key in (Qt.Key.Key_H, Qt.Key.Key_I):
        press(neuron, key)
    qtbot.wait(200)
    painter = neuron.canvas._scene.painter
    before = painter.paints
    qtbot.wait(200)
    assert painter.paints == before
    assert not neuron.canvas._current_flow.timer.isActive()


def test_maps_are_switched_in_the_menu_and_remembered(window, session, settings, make_window):
    session.open_example("moons")
    turn()
    assert window.commands["view.maps"].isChecked()
    assert picture(window).frame.cells.mapped.any()
    window.commands["view.maps"].trigger()
    turn()
    assert not window.commands["view.maps"].isChecked()
    assert not settings.read(MAPS)
    assert not picture(window).frame.cells.mapped.any()
    assert not picture(make_window()).frame.cells.mapped.any()
    assert not session.is_dirty


def test_a_size_is_for_the_next_start_and_says_so(neuron, settings, monkeypatch):
    neuron.commands["view.size.150"].trigger()
    turn()
    assert neuron.status.hint_text() == "150 % takes effect at the next start"
    assert neuron.commands["view.size.150"].isChecked()
    monkeypatch.setenv("QT_SCALE_FACTOR", "3")  # first: now it is put back as it was before
    Settings().write(SIZE, 150)
    app.choose_size()
    assert os.environ["QT_SCALE_FACTOR"] == "3"
    monkeypatch.delenv("QT_SCALE_FACTOR")
    app.choose_size()
    assert os.environ["QT_SCALE_FACTOR"] == "1.5"
    Settings().write(SIZE, SIZE.default)


STARTED = """
from playground import app
from playground.settings import SIZE, Settings
settings = Settings()
settings.write(SIZE, 200)
settings.sync()
app.choose_size()
print(app.make_application().devicePixelRatio())
"""


def test_the_program_starts_at_the_size_that_was_chosen(home):
    surroundings = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": str(home)}
    surroundings.pop("QT_SCALE_FACTOR", None)
    ended = subprocess.run(
        [sys.executable, "-c", STARTED],
        cwd=ROOT,
        env=surroundings,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (ended.returncode, ended.stdout.strip()) == (0, "2.0"), ended.stderr


def cut_off(window: QWidget) -> list[str]:
    """Return the texts that have less room on the screen than they need."""
    found = []
    for widget in window.findChildren(QWidget):
        if not isinstance(widget, QLabel | QAbstractButton) or not widget.isVisible():
            continue
        if isinstance(widget, Tile) or (isinstance(widget, QLabel) and widget.wordWrap()):
            continue  # tiles draw themselves, some as curves
        text = widget.text().replace("&", "")
        needed = max(
            (QFontMetrics(widget.font()).horizontalAdvance(line) for line in text.split("\n")),
            default=0,
        )
        icon_only = isinstance(widget, QToolButton) and (
            widget.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonIconOnly
        )
        if not icon_only and needed > widget.width() + 1:
            found.append(text)
    return found


@pytest.mark.parametrize("theme", THEMES)
def test_at_twice_the_size_nothing_is_cut_off_on_a_screen_of_1600_by_1000(neuron, theme):
    neuron.view.choose_theme(theme)
    neuron.resize(800, 500)  # of which each pixel is two of the screen's
    turn()
    assert (neuron.width(), neuron.height()) == (800, 500)
    assert cut_off(neuron) == []
    corner = neuron.mapToGlobal(QPoint(0, 0))
    bar = neuron.top_bar
    right = max(
        one.mapToGlobal(one.rect().topRight()).x() - corner.x()
        for one in bar.findChildren(QAbstractButton)
        if one.isVisible()
    )
    assert right < 800
    assert neuron.canvas.width() >= 200


def test_the_bar_gives_up_what_has_no_room(neuron):
    assert segment(neuron, "Heat").isVisible()
    neuron.resize(800, 600)
    turn()
    assert not segment(neuron, "Heat").isVisible()
    neuron.resize(1280, 800)
    turn()
    assert segment(neuron, "Heat").isVisible()
    assert QApplication.activeModalWidget() is None


def test_a_panel_too_high_for_the_window_is_scrolled_and_not_cut_off(neuron, session):
    session.open_example("moons")
    panel = neuron.training_panel
    for height, scrolls in ((1000, False), (500, True)):
        neuron.resize(1280, height)
        turn()
        area = panel.parentWidget().parentWidget()
        assert (area.verticalScrollBar().maximum() > 0) == scrolls
        assert panel.height() >= panel.minimumSizeHint().height()
