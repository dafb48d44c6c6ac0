"""The start and the end: what opens, what is offered, how it ends, and that nothing is left."""

import logging
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QPushButton

from engine.graph.document import Document
from engine.graph.verbs import add_value
from playground.app import Program, data_folder
from playground.dialogs.crash import CrashDialog
from playground.dialogs.recovery import RecoveryDialog
from playground.session import Session
from playground.storage import Recovery

ROOT = Path(__file__).parents[2]


@pytest.fixture
def program(qapp, qtbot) -> Iterator[Program]:
    """Make the program without showing it."""
    made = Program(qapp)
    yield made
    made.close()
    qtbot.wait(1)


def leave_work(value: float = 3.0) -> Document:
    """Let a session die with one unsaved edit; return what it held."""
    session = Session(Recovery(data_folder() / "recovery"))
    session.do(add_value(session.document, (0.0, 0.0), value=value))
    document = session.document.copy()
    session.close(keep_journal=True)
    return document


def answer(kind: type, choice: str, seen: list[str]) -> Callable[[], None]:
    """Return what presses a button of the dialog that is open."""

    def press() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, kind)
        seen.append(choice)
        dialog.findChild(QPushButton, choice).click()

    return press


def test_it_opens_on_the_lecture_and_ends_without_a_trace(qapp, qtbot):
    program = Program(qapp)
    program.start(None)
    qtbot.waitExposed(program.window)
    assert program.session.name == "A tanh neuron"
    assert program.window.isVisible()
    program.close()
    assert list((data_folder() / "recovery").glob("*")) == []


def test_it_opens_the_file_it_was_given(program, tmp_path: Path, monkeypatch):
    program.session.add_item("op:tanh", (0.0, 0.0))
    program.session.save(tmp_path / "mine.mgp")
    program.session.new()
    monkeypatch.chdir(tmp_path)
    program.start(Path("mine.mgp"))
    assert program.session.path == tmp_path / "mine.mgp"
    assert len(program.session.document) == 1


def test_a_file_that_is_none_leads_to_the_start_page_and_a_sentence(program, tmp_path, qtbot):
    with qtbot.waitSignal(program.session.refused) as told:
        program.start(tmp_path / "gone.mgp")
    assert "there is no such file" in told.args[0]
    assert program.session.name == "A tanh neuron"
    qtbot.waitExposed(program.window)
    assert program.window.notice.isVisible()
    assert program.window.notice.text() == told.args[0]


def test_work_of_a_dead_session_is_offered_and_taken_up(program, qtbot):
    expected, seen = leave_work(), []
    QTimer.singleShot(0, answer(RecoveryDialog, "recover", seen))
    program.offer_recovery()
    assert seen == ["recover"]
    assert program.session.document.same_content(expected)
    assert program.session.is_dirty
    assert program.recovery.recoverable() == []


def test_work_that_is_not_wanted_is_put_aside_and_the_rest_offered(program, qtbot):
    seen: list[str] = []
    for value in (1.0, 2.0):
        leave_work(value)
    QTimer.singleShot(0, answer(RecoveryDialog, "discard", seen))
    QTimer.singleShot(300, answer(RecoveryDialog, "recover", seen))
    program.offer_recovery()
    assert seen == ["discard", "recover"]
    assert len(list(program.recovery.folder.glob("*.discarded"))) == 1


def test_work_nobody_decides_about_is_offered_again(program):
    leave_work()
    dialogs: list[str] = []

    def escape() -> None:
        dialogs.append("escape")
        QApplication.activeModalWidget().reject()

    QTimer.singleShot(0, escape)
    program.offer_recovery()
    [remains] = program.recovery.recoverable()
    assert dialogs == ["escape"]
    remains.forget()


def test_without_work_to_recover_nothing_is_asked(program):
    program.offer_recovery()
    assert QApplication.activeModalWidget() is None


def test_an_error_is_shown_once_with_what_was_done_before(program, qtbot, caplog):
    program.session.add_item("op:tanh", (0.0, 0.0))
    seen: list[str] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, CrashDialog)
        seen.append(dialog._details)
        dialog.findChild(QPushButton, "continue").click()

    def fail() -> None:
        raise LookupError("of a test")

    QTimer.singleShot(0, fail)
    QTimer.singleShot(100, look)
    qtbot.waitUntil(lambda: bool(seen))
    assert "LookupError: of a test" in seen[0]
    assert "Add Hyperbolic tangent" in seen[0]
    logs = (data_folder() / "logs" / "playground.log").read_text("utf-8")
    assert "LookupError: of a test" in logs


def test_quitting_after_an_error_keeps_the_work_for_the_next_start(
    program, qtbot, monkeypatch, caplog
):
    codes: list[int] = []
    monkeypatch.setattr(program, "_application", SimpleNamespace(exit=codes.append))
    program.session.do(add_value(program.session.document, (0.0, 0.0), value=5.0))
    expected, seen = program.session.document.copy(), []
    QTimer.singleShot(100, answer(CrashDialog, "quit", seen))
    program.guard.report(LookupError("of a test"))
    qtbot.waitUntil(lambda: codes == [1])
    [remains] = program.recovery.recoverable()
    assert remains.document.same_content(expected)
    remains.forget()


def test_a_copy_can_be_saved_after_an_error(program, qtbot, tmp_path, monkeypatch, caplog):
    program.session.add_item("op:tanh", (0.0, 0.0))
    seen: list[str] = []
    monkeypatch.setattr(program.window.files, "ask_path", lambda _title: tmp_path / "copy.mgp")
    QTimer.singleShot(100, answer(CrashDialog, "copy", seen))
    program.guard.report(LookupError("of a test"))
    qtbot.waitUntil((tmp_path / "copy.mgp").exists)
    assert program.session.is_dirty


def test_it_ends_even_if_the_session_cannot_be_closed(program, monkeypatch):
    codes: list[int] = []

    def fail(*, keep_journal: bool) -> None:
        raise OSError("of a test")

    with monkeypatch.context() as patch:
        patch.setattr(program, "_application", SimpleNamespace(exit=codes.append))
        patch.setattr(program.session, "close", fail)
        with pytest.raises(OSError, match="of a test"):
            program._leave(1)
    assert codes == [1]


def test_a_notice_without_a_signal_to_read_does_no_harm(program, qtbot):
    with qtbot.assertNotEmitted(program.interrupts.came):
        program.interrupts._read()


LINGERING = """
import sys, threading
from PySide6.QtCore import QTimer
from playground import app
from playground.training import worker

worker.LEAVING_MILLISECONDS = 1
start = app.Program.start

def start_and_quit(program, path):
    start(program, path)
    held = threading.Event()
    endless = lambda bench: (held.set(), threading.Event().wait(600))
    program.session.training._worker.send(endless)
    assert held.wait(10)
    QTimer.singleShot(0, program._application.quit)

app.Program.start = start_and_quit
code = app.run(None)
print("tidied up")
"""


def test_a_thread_that_does_not_end_does_not_keep_the_program_from_ending():
    ended = subprocess.run(
        [sys.executable, "-W", "error", "-c", LINGERING],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")


def test_closing_twice_does_no_harm(program):
    program.session.close(keep_journal=True)
    program.session.close()


SCRIPT = """
import sys
from PySide6.QtCore import QLocale, QTimer
from engine.graph.verbs import add_value
from playground import app

def work():
    session = program.session
    session.do(add_value(session.document, (0.0, 0.0), value=7.0))
    session.flush()
    print(QLocale().decimalPoint(), session.document.nodes()[-1].value, flush=True)

application = app.make_application()
program = app.Program(application)
program.start(None)
QTimer.singleShot(0, work)
code = application.exec()
program.close()
sys.exit(code)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_interrupted_it_ends_at_once_and_keeps_what_is_unsaved(home: Path, number, code):
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "LC_ALL": "de_DE.UTF-8"}
    with subprocess.Popen(
        [sys.executable, "-W", "error", "-c", SCRIPT],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == ". 7.0\n"
        process.send_signal(number)
        _rest, errors = process.communicate(timeout=60)
    assert process.returncode == code, errors
    assert "Traceback" not in errors
    [journal] = (home / "data").rglob("*.journal")
    [remains] = Recovery(journal.parent).recoverable()
    assert remains.document.nodes()[-1].value == 7.0
    remains.forget()


def test_the_log_and_the_hooks_are_given_back(qapp, qtbot):
    hook, handlers = sys.excepthook, list(logging.getLogger().handlers)
    program = Program(qapp)
    assert sys.excepthook != hook
    program.close()
    qtbot.wait(1)
    assert sys.excepthook == hook
    assert logging.getLogger().handlers == handlers
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
