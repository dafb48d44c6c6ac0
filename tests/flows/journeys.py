"""Journeys through the real window, driven by a real mouse and keyboard (xdotool).

`test_real_window.py` runs this file under a window manager; pytest does not collect it by itself.
"""

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from playground.app import Program
from playground.canvas.frame.ports import NEW
from playground.main_window import MainWindow
from playground.session import Session

STILL = 20  # looks, some milliseconds apart, that find a window at one place
PATIENCE = 10_000  # milliseconds until something that should happen counts as not happening
LEARNING = 60_000  # the same for what is trained beside everything else that the machine does


class Person:
    """Someone at the desktop: moves the mouse, presses buttons, types."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot

    def do(self, *words: str | int) -> None:
        """Run one chain of xdotool commands while the window lives on."""
        hand = subprocess.Popen(["xdotool", *map(str, words)])
        self._qtbot.waitUntil(lambda: hand.poll() is not None, timeout=PATIENCE)
        assert hand.returncode == 0
        self._qtbot.wait(60)

    def drag(self, start: QPoint, end: QPoint) -> None:
        """Press at one point of the screen and let go at another, moving as a hand does."""
        words: list[str | int] = ["mousemove", start.x(), start.y(), "sleep", "0.05"]
        words += ["mousedown", 1, "sleep", "0.05"]
        for step in range(1, 11):
            point = start + (end - start) * (step / 10)
            words += ["mousemove", point.x(), point.y(), "sleep", "0.02"]
        self.do(*words, "sleep", "0.1", "mouseup", 1, "sleep", "0.1")

    def double_click(self, point: QPoint) -> None:
        self.do("mousemove", point.x(), point.y(), "click", "--repeat", 2, "--delay", 60, 1)

    def press(self, *keys: str) -> None:
        self.do("key", "--clearmodifiers", *keys)

    def type(self, text: str) -> None:
        self.do("type", "--delay", 15, "--", text)

    def until(self, condition: Callable[[], bool], patience: int = PATIENCE) -> None:
        try:
            self._qtbot.waitUntil(condition, timeout=patience)
        except self._qtbot.TimeoutError as error:
            raise AssertionError(f"it did not happen; {self.surroundings()}") from error

    def surroundings(self) -> str:
        """Say where X and Qt see the mouse and the windows, for whoever reads a failure."""
        ask = ["xdotool", "getmouselocation", "getactivewindow", "getwindowgeometry"]
        seen = subprocess.run(ask, capture_output=True, text=True, check=False)
        windows = [
            f"{type(window).__name__} at {window.mapToGlobal(QPoint(0, 0))}"
            for window in QApplication.topLevelWidgets()
            if window.isVisible()
        ]
        ours = f"Qt: mouse {QCursor.pos()}, active {QApplication.activeWindow()}, {windows}"
        return f"X: {' '.join((seen.stdout + seen.stderr).split())}; {ours}"

    def until_reached(self, window: QWidget) -> None:
        """Move the mouse about in a window until the window has felt it: then it can be used."""
        felt: list[QPoint] = []
        middle = window.mapToGlobal(window.rect().center())

        def reached() -> bool:
            place = middle + QPoint(len(felt) % 7, 0)
            felt.append(place)
            self.do("mousemove", place.x(), place.y())
            return QCursor.pos() == place and window.underMouse()

        self.until(reached)

    def until_still(self, window: QWidget) -> None:
        """Wait until the window manager has done with placing a window, and its layout, too."""
        seen: list[tuple[QPoint, QRect]] = []

        def still() -> bool:
            seen.append((window.mapToGlobal(QPoint(0, 0)), window.frameGeometry()))
            return len(seen) > STILL and len({str(place) for place in seen[-STILL:]}) == 1

        self.until(still)


@pytest.fixture
def person(qtbot: QtBot) -> Person:
    return Person(qtbot)


@pytest.fixture
def program(qapp: QApplication, person: Person, home: Path) -> Iterator[Program]:
    """The whole program, as `python main.py` starts it."""
    program = Program(qapp)
    program.start(None)
    try:
        person.until(program.window.isActiveWindow)
        person.until_still(program.window)
        person.until_reached(program.window)
        yield program
    finally:
        program.session.stack.setClean()
        program.close()
        del program
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def window(program: Program) -> MainWindow:
    return program.window


@pytest.fixture
def session(program: Program) -> Session:
    return program.session


def on_screen(widget: QWidget, place: QPoint | QRect) -> QPoint:
    point = place.center() if isinstance(place, QRect) else place
    return widget.mapToGlobal(point)


def drop(
    person: Person, session: Session, window: MainWindow, item: str, right: int, down: int
) -> int:
    """Drag a tile of the palette onto the canvas; return the id of what that made."""
    [tile] = [tile for tile in window.palette_panel.tiles() if tile.item.text == item]
    before = {node.id for node in session.document.nodes()}
    person.drag(
        on_screen(tile, tile.rect()), on_screen(window.canvas.viewport(), QPoint(right, down))
    )
    nodes = session.document.nodes
    person.until(lambda: len(nodes()) == len(before) + 1)
    [made] = {node.id for node in nodes()} - before
    return made


def wire(
    person: Person, session: Session, window: MainWindow, source: int, target: int, port: int
) -> None:
    canvas = window.canvas
    free = port if port in session.document.node(target).ports else NEW
    person.drag(
        on_screen(canvas.viewport(), canvas.port_point(source)),
        on_screen(canvas.viewport(), canvas.port_point(target, free)),
    )
    person.until(lambda: session.document.source(target, port) == source)


def test_d_is_a_times_b_plus_c(
    person: Person, window: MainWindow, session: Session, tmp_path: Path
) -> None:
    """Build it from the palette, wire it, edit a, undo, save, reopen."""
    person.press("ctrl+n")
    person.until(lambda: len(session.document) == 0)
    person.do("mousemove", *on_screen(window.canvas, QPoint(20, 20)).toTuple())
    a = drop(person, session, window, "value:constant", 150, 120)
    b = drop(person, session, window, "value:constant", 150, 280)
    c = drop(person, session, window, "value:constant", 150, 440)
    product = drop(person, session, window, "op:mul", 340, 200)
    total = drop(person, session, window, "op:add", 520, 320)
    for source, target, port in (
        (a, product, 0),
        (b, product, 1),
        (product, total, 0),
        (c, total, 1),
    ):
        wire(person, session, window, source, target, port)
    canvas = window.canvas
    for node, text in ((a, "2"), (b, "-3"), (c, "10")):
        person.double_click(on_screen(canvas.viewport(), canvas.value_rect(node)))
        person.type(text)
        person.press("Return")
        person.until(lambda node=node, text=text: session.document.node(node).value == float(text))
    person.until(lambda: session.result.number(total) == 4.0)
    assert session.result.slope(a) == -3.0

    person.double_click(on_screen(canvas.viewport(), canvas.value_rect(a)))
    person.type("1/2")
    person.press("Return")
    person.until(lambda: session.result.number(total) == 8.5)
    person.press("ctrl+z")
    person.until(lambda: session.result.number(total) == 4.0)

    path = tmp_path / "d.mgp"
    answer_dialog(person, "ctrl+s", path)
    person.until(lambda: path.exists() and not session.is_dirty)
    saved = session.document.copy()
    person.press("ctrl+n")
    person.until(lambda: len(session.document) == 0)
    answer_dialog(person, "ctrl+o", path)
    person.until(lambda: session.path == path)
    assert session.document.same_content(saved)
    assert session.result.number(total) == 4.0


def answer_dialog(person: Person, key: str, path: Path) -> None:
    """Press a key that opens a file dialog, and type a path into it.

    The dialog has an event loop of its own, in which one chain of commands has to live.
    """
    typing = ["type", "--delay", 15, "--args", 1, f"{path}"]
    person.do("key", key, "sleep", "1.5", *typing, "sleep", "0.2", "key", "Return", "sleep", "0.3")


def test_two_clicks_lead_from_the_start_to_a_trained_boundary(
    person: Person, window: MainWindow, session: Session
) -> None:
    """The welcome offers it: open the welcome page if it is hidden, click, watch."""
    person.until(window.welcome.isVisible)
    buttons = window.welcome.findChildren(QPushButton)
    [button] = [button for button in buttons if button.text() == "Train moons"]
    person.do("mousemove", *on_screen(button, button.rect()).toTuple(), "click", 1)
    person.until(lambda: session.training.running)
    person.until(lambda: session.training.snapshot is not None)
    person.until(lambda: (session.training.snapshot.train_accuracy or 0) >= 0.97)
    person.press("space")


def test_two_classes_are_drawn_by_hand_and_learned(
    person: Person, window: MainWindow, session: Session
) -> None:
    """Draw with both brushes on an empty document, insert a network, train it."""
    person.press("ctrl+n")
    person.until(lambda: len(session.document) == 0)
    person.press("ctrl+alt+d")
    boundary = window.training_panel.boundary
    person.until(boundary.brushes.isVisible)
    picture = boundary.picture

    def line(x: float, y: float) -> None:
        ends = (
            picture.position_of(x - 1.5, y).toPoint(),
            picture.position_of(x + 1.5, y).toPoint(),
        )
        person.drag(on_screen(picture, ends[0]), on_screen(picture, ends[1]))

    line(-2.0, 2.5)
    person.until(lambda: session.samples is not None and len(session.samples) > 8)
    person.press("2")
    line(2.0, -2.5)
    person.until(lambda: bool((session.samples.labels > 0).sum() > 8))
    offer = boundary.offer
    person.do("mousemove", *on_screen(offer, offer.rect()).toTuple(), "click", 1)
    person.until(lambda: len(session.document) > 0)
    person.until(window.commands["train.play"].isEnabled)
    person.press("F5")
    training = session.training
    person.until(lambda: training.playing and training.snapshot is not None)
    person.until(lambda: (training.snapshot.train_accuracy or 0) >= 0.95, LEARNING)
    person.press("F5")
    person.until(lambda: not session.training.running)
