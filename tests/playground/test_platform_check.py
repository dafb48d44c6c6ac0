"""What keeps a window from opening is said in one sentence that names the fix."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from playground import platform_check
from playground.platform_check import (
    debian_package,
    libraries_not_found,
    missing_libraries,
    missing_sentence,
    obstacle,
    plugin_path,
    plugins_to_try,
    unsound_release,
)

SLIM_ANSWER = """\
\tlinux-vdso.so.1 (0x00007ffd6b5f2000)
\tlibQt6XcbQpa.so.6 => /venv/PySide6/Qt/plugins/platforms/../../lib/libQt6XcbQpa.so.6 (0x00007f)
\tlibxcb-icccm.so.4 => not found
\tlibxcb.so.1 => /lib/x86_64-linux-gnu/libxcb.so.1 (0x00007f52f5a00000)
\tlibxcb-keysyms.so.1 => not found
\tlibxcb-icccm.so.4 => not found
"""

DEBIAN_NAMES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libz.so.1": "zlib1g",
}


@pytest.mark.parametrize(("library", "package"), DEBIAN_NAMES.items())
def test_each_library_of_qt_leads_to_its_debian_package(library: str, package: str) -> None:
    assert debian_package(library) == package


def test_missing_libraries_are_read_from_the_answer_of_ldd() -> None:
    assert libraries_not_found(SLIM_ANSWER) == ["libxcb-icccm.so.4", "libxcb-keysyms.so.1"]


def test_a_complete_machine_misses_nothing() -> None:
    complete = SLIM_ANSWER.replace("not found", "/lib/x86_64-linux-gnu/found.so (0x00007f)")
    assert libraries_not_found(complete) == []


def test_the_sentence_names_every_package_once() -> None:
    sentence = missing_sentence(["libglib-2.0.so.0", "libgthread-2.0.so.0", "libxcb-cursor.so.0"])
    assert "`apt-get install libglib2.0-0 libxcb-cursor0`" in sentence
    assert sentence.count("libxcb-cursor.so.0") == 1


def test_a_long_list_of_libraries_is_counted_but_every_package_is_named() -> None:
    sentence = missing_sentence(DEBIAN_NAMES)
    assert f"and {len(DEBIAN_NAMES) - 4} more)" in sentence
    assert all(package in sentence for package in DEBIAN_NAMES.values())


def test_the_unsound_release_is_refused_only_on_old_pythons() -> None:
    sentence = unsound_release("6.12.0", (3, 11))
    assert sentence is not None
    assert "PySide6-Essentials<6.12" in sentence
    assert unsound_release("6.12.0", (3, 12)) is None
    assert unsound_release("6.11.3", (3, 11)) is None
    assert unsound_release("6.12.1", (3, 11)) is None


def test_an_absent_pyside_is_said_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform_check, "pyside_release", lambda: None)
    assert "make venv" in str(obstacle({"DISPLAY": ":0"}))


@pytest.mark.parametrize(
    ("environ", "plugins"),
    [
        ({}, []),
        ({"DISPLAY": ""}, []),
        ({"DISPLAY": ":0"}, ["xcb"]),
        ({"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, ["wayland", "xcb"]),
        ({"QT_QPA_PLATFORM": "offscreen"}, ["offscreen"]),
        ({"QT_QPA_PLATFORM": "wayland;xcb:nograb", "DISPLAY": ":0"}, ["wayland", "xcb"]),
    ],
)
def test_the_plugins_follow_the_environment(environ: dict[str, str], plugins: list[str]) -> None:
    assert plugins_to_try(environ) == plugins


@pytest.mark.parametrize("environ", [{}, {"QT_QPA_PLATFORM": "xcb"}])
def test_without_a_display_the_terminal_is_offered(environ: dict[str, str]) -> None:
    sentence = obstacle(environ, "linux")
    assert sentence is not None
    assert "DISPLAY" in sentence
    assert "main.py demo" in sentence


@pytest.mark.parametrize("platform", ["darwin", "win32"])
def test_other_systems_need_no_display_variable(platform: str) -> None:
    assert obstacle({}, platform) is None


def test_one_plugin_that_loads_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    lacking = {"wayland": ["libwayland-cursor.so.0"], "xcb": []}
    monkeypatch.setattr(platform_check, "missing_libraries", lacking.__getitem__)
    assert obstacle({"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, "linux") is None
    lacking["xcb"] = ["libxcb-cursor.so.0"]
    sentence = obstacle({"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, "linux")
    assert sentence is not None
    assert "libxcb-cursor0" in sentence


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="ldd is a tool of Linux")
def test_a_library_that_is_not_there_is_found_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    linker = tmp_path / "ldd"
    linker.write_text(f"#!/bin/sh\ncat <<'EOF'\n{SLIM_ANSWER}EOF\n")
    linker.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    assert missing_libraries("xcb") == ["libxcb-icccm.so.4", "libxcb-keysyms.so.1"]
    sentence = obstacle({"DISPLAY": ":0"}, "linux")
    assert sentence is not None
    assert "apt-get install libxcb-icccm4 libxcb-keysyms1" in sentence


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="platform plugins of Linux")
def test_the_plugins_stand_where_the_check_looks_for_them() -> None:
    assert all(plugin_path(plugin) for plugin in ("xcb", "wayland", "offscreen"))
    assert plugin_path("nonsense") is None


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="X displays of Linux")
def test_a_display_that_does_not_answer_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform_check, "missing_libraries", lambda _plugin: [])
    sentence = obstacle({"DISPLAY": ":7531"}, "linux")
    assert sentence is not None
    assert "display :7531 does not answer" in sentence


def run(code: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run Python code in a process of its own, so that an abort is an exit code."""
    return subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | environ,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_the_check_itself_imports_no_qt() -> None:
    code = (
        "import sys; from playground.platform_check import obstacle;"
        "obstacle({'QT_QPA_PLATFORM': 'offscreen'});"
        "print(*(name for name in sys.modules if name.startswith(('PySide6', 'shiboken6'))))"
    )
    done = run(code)
    assert done.stderr == ""
    assert done.stdout.strip() == ""


VOID_CALLS = """
import sys
from PySide6.QtCore import QRectF

rectangle = QRectF(0, 0, 1, 1)
before = sys.getrefcount(None)
for _ in range(20_000):
    rectangle.translate(1, 0)
print(before - sys.getrefcount(None))
"""


def test_twenty_thousand_void_calls_keep_the_references_of_none() -> None:
    done = run(VOID_CALLS)
    assert done.returncode == 0, done.stderr
    assert abs(int(done.stdout)) < 100
