"""The hooks: every escape is heard, told once in the main thread, and written down first."""

import gc
import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QThread, QTimer, qCritical, qWarning

from playground.crash import CrashGuard, Failure, Log


class Clock:
    """A clock that tests turn by hand."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def told() -> list[Failure]:
    return []


@pytest.fixture
def guard(qapp, clock: Clock, told: list[Failure], caplog) -> Iterator[CrashGuard]:
    """Install a guard for the test; whoever asks for it breaks things on purpose."""
    guard = CrashGuard(clock)
    guard.failed.connect(told.append)
    guard.install()
    yield guard
    guard.uninstall()


def broken(text: str = "oh") -> BaseException:
    """Return an exception as it was caught."""
    try:
        raise ValueError(text)
    except ValueError as error:
        return error


def test_an_exception_in_a_slot_is_told_with_its_trace(guard, told, qtbot):
    def slot() -> None:
        raise ZeroDivisionError("in a slot")

    QTimer.singleShot(0, slot)
    qtbot.waitUntil(lambda: bool(told))
    assert told[0].sentence == "ZeroDivisionError: in a slot."
    assert "def slot" not in told[0].sentence
    assert "in slot" in told[0].details


def test_an_exception_in_a_python_thread_is_told_in_the_main_thread(guard, qtbot):
    heard = []

    def note(failure: Failure) -> None:
        heard.append((threading.current_thread() is threading.main_thread(), failure.details))

    def fail() -> None:
        raise OSError("in a thread")

    guard.failed.connect(note)
    thread = threading.Thread(target=fail, name="helper")
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(heard))
    assert heard[0][0]
    assert "thread helper" in heard[0][1]


def test_an_exception_in_a_thread_of_qt_is_told(guard, told, qtbot):
    class Failing(QThread):
        def run(self) -> None:
            raise KeyError("in run")

    thread = Failing()
    thread.start()
    thread.wait()
    qtbot.waitUntil(lambda: bool(told))
    assert "KeyError" in told[0].sentence


def test_an_exception_in_a_destructor_is_told(guard, told, qtbot):
    class Stubborn:
        def __del__(self) -> None:
            raise RuntimeError("in a destructor")

    Stubborn()
    gc.collect()
    qtbot.waitUntil(lambda: bool(told))
    assert "in a destructor" in told[0].sentence


def test_a_painter_that_fails_sixty_times_a_second_is_told_once(guard, told, clock, qtbot):
    error = broken()
    for _paint in range(60):
        guard.report(error)
        clock.now += 1 / 60
    qtbot.wait(1)
    assert len(told) == 1


def test_a_failure_that_comes_back_after_a_silence_is_told_again(guard, told, clock, qtbot):
    error = broken()
    for _visit in range(2):
        guard.report(error)
        qtbot.wait(1)
        clock.now += 61
    assert len(told) == 2


def test_a_storm_of_different_failures_opens_one_dialog_but_all_are_logged(
    guard, told, qtbot, caplog
):
    for text in ("ValueError", "KeyError", "TypeError"):
        guard.report(type(text, (Exception,), {})("storm"))
    qtbot.wait(1)
    assert len(told) == 1
    assert all(name in caplog.text for name in ("ValueError", "KeyError", "TypeError"))


def test_the_work_is_rescued_before_anything_is_told_even_if_a_rescue_fails(guard, told, qtbot):
    order = []

    def failing() -> None:
        order.append("failing")
        raise OSError("disk")

    def working() -> None:
        order.append("working")

    guard.rescues += [failing, working]
    guard.failed.connect(lambda failure: order.append("told"))
    guard.report(broken())
    qtbot.waitUntil(lambda: bool(told))
    assert order == ["failing", "working", "told"]


def test_no_dialog_opens_inside_the_code_that_failed(guard, told):
    guard.report(broken())
    assert told == []


def test_messages_of_qt_reach_the_log_with_their_weight(guard, caplog):
    qWarning("a warning of Qt")
    qCritical("a critical one")
    found = {(r.levelname, r.getMessage().split(" (")[0]) for r in caplog.records}
    assert ("WARNING", "a warning of Qt") in found
    assert ("ERROR", "a critical one") in found


def test_what_a_plugin_without_windows_says_of_itself_is_no_warning(guard, caplog):
    qWarning("This plugin does not support propagateSizeHints()")
    assert [entry for entry in caplog.records if entry.levelno >= logging.WARNING] == []


def test_the_hooks_of_before_come_back(qapp, caplog):
    before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
    guard = CrashGuard()
    guard.install()
    assert sys.excepthook != before[0]
    guard.uninstall()
    assert (sys.excepthook, threading.excepthook, sys.unraisablehook) == before
    guard.uninstall()


def test_the_log_remembers_the_last_fifty_actions_and_writes_them(tmp_path: Path):
    log = Log(tmp_path / "logs")
    for number in range(60):
        logging.getLogger("playground.session").info("Edit %s\nsecond line", number)
    lines = log.recent.lines()
    log.close()
    assert len(lines) == 50
    assert lines[0].endswith("Edit 10")
    assert lines[-1].endswith("Edit 59")
    text = (tmp_path / "logs" / "playground.log").read_text("utf-8")
    assert "Edit 0" in text
    assert logging.getLogger().handlers.count(log.recent) == 0


def test_a_log_is_turned_over_before_it_grows_large(tmp_path: Path):
    log = Log(tmp_path)
    for _line in range(25):
        logging.getLogger("x").info("y" * 100_000)
    log.close()
    files = list(tmp_path.glob("playground.log*"))
    assert len(files) >= 2
    assert all(file.stat().st_size <= 1_100_000 for file in files)


def test_without_a_place_for_the_log_the_program_goes_on(tmp_path: Path, caplog):
    (tmp_path / "logs").write_text("a file where the folder should be")
    log = Log(tmp_path / "logs")
    logging.getLogger("x").info("still here")
    assert log.recent.lines()[-1].endswith("still here")
    log.close()
    assert "no log file" in caplog.text
