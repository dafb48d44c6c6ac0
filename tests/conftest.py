"""What holds for every test: no display, a home of its own, no leaks, no warnings.

pytest loads this before anything else, so the environment is set at import. Of the application it
imports only the check of the platform, which needs no Qt: tests of the engine run without it.
"""

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from playground.platform_check import obstacle
from tests.kernels import kernels

__all__ = ["kernels"]

if "MICROGRAD_TEST_DISPLAY" not in os.environ:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["LC_ALL"] = "C.UTF-8"
os.environ.pop("LANGUAGE", None)

hypothesis.settings.register_profile(
    "gate", max_examples=25, deadline=None, derandomize="CI" in os.environ
)
hypothesis.settings.register_profile("soak", max_examples=2_000, deadline=None)
hypothesis.settings.load_profile("gate")

passed = pytest.StashKey[bool]()


def pytest_cmdline_main() -> None:
    """Say what Qt lacks before pytest-qt runs into it."""
    sentence = obstacle(os.environ)
    if sentence:
        raise pytest.UsageError(sentence)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Remember whether the test itself passed; a failed one keeps its widgets alive."""
    report = yield
    if report.when == "call":
        item.stash[passed] = report.passed
    return report


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the test a home folder of its own; nothing of the person's is read or written."""
    folder = tmp_path_factory.mktemp("home")
    for variable in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(variable, str(folder))
    for variable in ("CONFIG", "DATA", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{variable}_HOME", str(folder / variable.lower()))
    return folder


@pytest.fixture(autouse=True)
def quiet_logs(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail on any log from WARNING up, unless the test reads the log itself with `caplog`."""
    records: list[logging.LogRecord] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = records.append
    logging.getLogger().addHandler(handler)
    yield
    logging.getLogger().removeHandler(handler)
    if records and "caplog" not in request.fixturenames:
        lines = [f"{entry.levelname} {entry.name}: {entry.getMessage()}" for entry in records]
        pytest.fail("Logged from WARNING up:\n" + "\n".join(lines), pytrace=False)


@pytest.fixture(autouse=True)
def no_leaks(request: pytest.FixtureRequest, home: Path) -> Iterator[None]:
    """Fail a test with Qt that leaves threads, timers, animations or windows behind."""
    if not {"qtbot", "qapp"} & set(request.fixturenames):
        yield
        return
    from tests.leaks import Leaks

    request.getfixturevalue("qapp")
    redirect_settings(home)
    with Leaks() as leaks:
        yield
        found = leaks.found() if request.node.stash.get(passed, False) else []
    if found:
        pytest.fail("Left behind by the test:\n" + "\n".join(found), pytrace=False)


def redirect_settings(folder: Path) -> None:
    """Point Qt's standard paths and settings at the test's home."""
    from PySide6.QtCore import QSettings, QStandardPaths

    QStandardPaths.setTestModeEnabled(True)
    for form in (QSettings.Format.IniFormat, QSettings.Format.NativeFormat):
        for scope in (QSettings.Scope.UserScope, QSettings.Scope.SystemScope):
            QSettings.setPath(form, scope, str(folder / "settings"))
