"""The compiled engine comes in its own time, and where it cannot come, one sentence says so."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QProcess

from engine.errors import accept
from engine.graph.models import Model, model_document
from engine.run import compiled
from playground import compiled_engine
from playground.compiled_engine import DONE, CompiledEngine
from playground.training.workbench import Workbench

Make = Callable[[Path], CompiledEngine]


@pytest.fixture
def make(qtbot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Make]:
    """Make engines that think nothing is loaded, and close them."""
    monkeypatch.setattr(compiled, "_loaded", [])
    made: list[CompiledEngine] = []

    def build(cache: Path) -> CompiledEngine:
        made.append(CompiledEngine(cache))
        return made[-1]

    yield build
    for each in made:
        each.close()
        each.deleteLater()


def test_a_child_compiles_once_and_what_it_left_is_loaded(make, qtbot, monkeypatch, tmp_path):
    loaded: list[str] = []
    monkeypatch.setattr(compiled, "load", lambda folder, compiling: loaded.append(folder))
    monkeypatch.setattr(compiled_engine, "COMPILE", "import sys; open(sys.argv[1] + '/code', 'w')")
    engine = make(tmp_path)
    with qtbot.waitSignals([engine.compiling, engine.ready], order="strict"):
        engine.begin()
    [folder] = (tmp_path / "kernels").iterdir()
    assert folder.name == compiled.fingerprint()
    assert sorted(path.name for path in folder.iterdir()) == ["code", DONE]
    assert loaded == [str(folder)]
    monkeypatch.setattr(compiled_engine, "COMPILE", "raise SystemExit(1)")
    again = make(tmp_path)
    with qtbot.waitSignal(again.ready):
        again.begin()


@pytest.mark.parametrize("end", ["raise SystemExit(1)", "import os; os.kill(os.getpid(), 9)"])
def test_a_child_that_fails_is_told_in_one_sentence(make, qtbot, monkeypatch, tmp_path, end):
    """Whether it gives up by itself or the processor cannot go on."""
    monkeypatch.setattr(compiled_engine, "COMPILE", end)
    engine = make(tmp_path)
    with qtbot.waitSignal(engine.missing) as told:
        engine.begin()
    assert told.args[0].startswith("Training runs on NumPy, more slowly and with the same numbers")
    assert not any((tmp_path / "kernels").glob(f"*/{DONE}"))


def test_machine_code_that_cannot_be_loaded_is_compiled_again_and_only_once(
    make, qtbot, monkeypatch, tmp_path
):
    """The window itself never compiles: the child does it, from nothing, and then it is told."""
    refusal = compiled.unavailable("NotInCacheError")
    monkeypatch.setattr(compiled, "load", lambda _folder, compiling: not compiling and refusal)
    monkeypatch.setattr(compiled_engine, "COMPILE", "import sys; open(sys.argv[1] + '/new', 'w')")
    folder = tmp_path / "kernels" / compiled.fingerprint()
    folder.mkdir(parents=True)
    for name in (DONE, "old"):
        (folder / name).touch()
    engine = make(tmp_path)
    with qtbot.waitSignal(engine.missing) as told:
        engine.begin()
    assert sorted(path.name for path in folder.iterdir() if path.is_file()) == [DONE, "new"]
    assert "NotInCacheError" in told.args[0]


def test_damaged_machine_code_does_not_end_the_program(make, qtbot, monkeypatch, tmp_path):
    answers = [compiled.unavailable("UnpicklingError"), None]
    monkeypatch.setattr(compiled, "load", lambda _folder, compiling: answers.pop(0))
    monkeypatch.setattr(compiled_engine, "COMPILE", "")
    folder = tmp_path / "kernels" / compiled.fingerprint()
    folder.mkdir(parents=True)
    (folder / DONE).touch()
    engine = make(tmp_path)
    with qtbot.waitSignal(engine.ready):
        engine.begin()
    assert not answers


def test_a_cache_that_cannot_be_written_is_told_in_one_sentence(make, qtbot, tmp_path):
    obstacle = tmp_path / "file"
    obstacle.touch()
    engine = make(obstacle)
    with qtbot.waitSignal(engine.missing) as told:
        engine.begin()
    assert "NotADirectoryError" in told.args[0]


def test_closing_ends_a_child_that_compiles(make, qtbot, monkeypatch, tmp_path):
    monkeypatch.setattr(compiled_engine, "COMPILE", "import time; time.sleep(600)")
    engine = make(tmp_path)
    engine.begin()
    child = engine.findChild(QProcess)
    qtbot.waitUntil(lambda: child.state() is QProcess.ProcessState.Running)
    engine.close()
    assert child.state() is QProcess.ProcessState.NotRunning


@pytest.mark.usefixtures("kernels")
def test_a_run_that_has_not_begun_turns_to_the_compiled_engine_and_one_that_has_does_not():
    document = accept(model_document(Model()))
    begun, fresh = (Workbench(lambda _news: None, lambda: 0.0) for _bench in range(2))
    for bench in (begun, fresh):
        bench.load(document.copy(), keep=False)
    begun._trainer.advance(3)
    for bench in (begun, fresh):
        bench.use_runner("numba")
    assert (begun._trainer.runner, fresh._trainer.runner) == ("numpy", "numba")
    begun.restore(0, fresh._trainer.ids, fresh._trainer.parameters)
    assert begun._trainer.runner == "numba"
