"""The leak gate finds what it promises to find, and nothing that was put away."""

import pytest
from PySide6.QtCore import QThread, QTimer, QVariantAnimation
from PySide6.QtWidgets import QDialog, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from tests.leaks import Leaks


@pytest.fixture
def leaks(qtbot: QtBot) -> Leaks:
    with Leaks() as leaks:
        yield leaks


def test_a_running_timer_is_found_with_the_line_that_started_it(leaks: Leaks) -> None:
    timer = QTimer()
    timer.start(100_000)
    (line,) = leaks.found()
    assert "QTimer" in line
    assert "test_leaks.py" in line
    assert "call stop()" in line
    timer.stop()
    assert leaks.found() == []


def test_a_running_thread_is_found(leaks: Leaks) -> None:
    thread = QThread()
    thread.start()
    (line,) = leaks.found()
    assert "quit() and wait()" in line
    thread.quit()
    assert thread.wait(10_000)
    assert leaks.found() == []


def test_a_running_animation_is_found(leaks: Leaks) -> None:
    animation = QVariantAnimation(duration=100_000, startValue=0.0, endValue=1.0)
    animation.start()
    (line,) = leaks.found()
    assert "QVariantAnimation" in line
    animation.stop()
    assert leaks.found() == []


def test_a_window_somebody_holds_is_found(leaks: Leaks) -> None:
    window = QWidget()
    (line,) = leaks.found()
    assert "qtbot.addWidget" in line
    del window
    assert leaks.found() == []


def test_a_child_window_belongs_to_its_parent(leaks: Leaks) -> None:
    window = QMainWindow()
    dialog = QDialog(window)
    assert len(leaks.found()) == 1
    dialog.deleteLater()
    window.deleteLater()
    assert leaks.found() == []


def test_the_wrapped_methods_are_put_back(qtbot: QtBot) -> None:
    before = (QThread.start, QTimer.start)
    with Leaks():
        assert QTimer.start is not before[1]
    assert (QThread.start, QTimer.start) == before
