"""What keeps the window from opening, said in one sentence before Qt is asked.

Qt aborts the whole process when a system library or the display is missing, and one release of
PySide6 miscounts references on old Pythons until it crashes. The command line asks `obstacle`
before it imports any of that, and prints the sentence instead. This module must never import Qt.
"""

import ctypes
import importlib.util
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from gettext import gettext as _
from importlib import metadata
from pathlib import Path

UNSOUND_RELEASE = "6.12.0"
FIRST_SOUND_PYTHON = (3, 12)

# Debian names a package after its library; these do not follow the rule.
DEBIAN_EXCEPTIONS = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libz.so.1": "zlib1g",
}


def obstacle(environ: Mapping[str, str], platform: str = sys.platform) -> str | None:
    """Say in one sentence why no window can open here, or None when one can.

    `environ` is the environment and `platform` the value of `sys.platform` to judge by.
    """
    release = pyside_release()
    if release is None:
        return _(
            "PySide6 is not installed for this Python; install the locked dependencies with"
            " `make venv` or `pip install -r requirements.txt`."
        )
    return unsound_release(release, sys.version_info[:2]) or (
        linux_obstacle(environ) if platform.startswith("linux") else None
    )


def pyside_release() -> str | None:
    """Return the installed release of PySide6, without importing it."""
    for distribution in ("PySide6-Essentials", "PySide6"):
        try:
            return metadata.version(distribution)
        except metadata.PackageNotFoundError:
            continue
    return None


def unsound_release(release: str, python: tuple[int, int]) -> str | None:
    """Refuse the release that drops a reference of None on every void call before Python 3.12."""
    if release != UNSOUND_RELEASE or python >= FIRST_SOUND_PYTHON:
        return None
    return _(
        "PySide6 {release} crashes on Python {major}.{minor};"
        ' install another release with `pip install "PySide6-Essentials<6.12"`,'
        " or use Python 3.12 or newer."
    ).format(release=release, major=python[0], minor=python[1])


def linux_obstacle(environ: Mapping[str, str]) -> str | None:
    """Look for a display, for the libraries of its Qt plugin, and for an answer from it."""
    display = environ.get("DISPLAY", "")
    plugins = plugins_to_try(environ)
    if not plugins or (plugins == ["xcb"] and not display):
        return _(
            "There is no display to open a window on (neither DISPLAY nor WAYLAND_DISPLAY is set);"
            " start it from a desktop session, or do the same in the terminal with"
            " `python main.py demo`."
        )
    missing = [missing_libraries(plugin) for plugin in plugins]
    if all(missing):
        return missing_sentence(missing[-1])
    if plugins == ["xcb"] and not display_answers(display):
        return _(
            "The display {display} does not answer; start it from a desktop session, or do the"
            " same in the terminal with `python main.py demo`."
        ).format(display=display)
    return None


def plugins_to_try(environ: Mapping[str, str]) -> list[str]:
    """Name the platform plugins Qt will try here, in its order; none without a display."""
    chosen = environ.get("QT_QPA_PLATFORM", "")
    if chosen:
        return [name.split(":")[0] for name in chosen.split(";")]
    by_display = {"WAYLAND_DISPLAY": "wayland", "DISPLAY": "xcb"}
    return [plugin for variable, plugin in by_display.items() if environ.get(variable)]


def missing_libraries(plugin: str) -> list[str]:
    """List the system libraries that Qt's platform plugin needs and this machine lacks."""
    path = plugin_path(plugin)
    if path is None:
        return []
    try:
        answer = subprocess.run(  # noqa: S603 - the linker's own tool on a file of PySide6
            ["ldd", str(path)],  # noqa: S607 - ldd stands in different folders
            capture_output=True,
            text=True,
            timeout=20,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return []
    return libraries_not_found(answer.stdout)


def plugin_path(plugin: str) -> Path | None:
    """Find the file of a platform plugin inside PySide6, without importing PySide6."""
    package = importlib.util.find_spec("PySide6")
    folders = package.submodule_search_locations or [] if package else []
    paths = (Path(folder, "Qt/plugins/platforms", f"libq{plugin}.so") for folder in folders)
    return next(filter(Path.is_file, paths), None)


def libraries_not_found(answer: str) -> list[str]:
    """Read the names of the missing libraries from what ldd printed, sorted, each once."""
    return sorted(set(re.findall(r"^\s*(\S+) => not found", answer, re.MULTILINE)))


def missing_sentence(libraries: Iterable[str]) -> str:
    """Name the packages to install for the missing libraries."""
    libraries = list(libraries)
    packages = dict.fromkeys(map(debian_package, libraries))
    return _(
        "Qt needs system libraries that are not installed ({libraries}): on Debian and Ubuntu run"
        " `apt-get install {packages}`; other distributions pack the same libraries under names"
        " of their own."
    ).format(libraries=shortened(libraries), packages=" ".join(packages))


def shortened(names: list[str], most: int = 4) -> str:
    """Join the names with commas, and only count those past the first few."""
    rest = len(names) - most
    if rest <= 0:
        return ", ".join(names)
    return _("{names} and {count} more").format(names=", ".join(names[:most]), count=rest)


def debian_package(library: str) -> str:
    """Name the Debian package of a shared library.

    The rule is Debian's policy 8.1: the library's name and version, in lower case, with a hyphen
    between them when the name ends in a digit.
    """
    if library in DEBIAN_EXCEPTIONS:
        return DEBIAN_EXCEPTIONS[library]
    name, _dot, version = library.partition(".so.")
    hyphen = "-" if name[-1:].isdigit() else ""
    return f"{name}{hyphen}{version}".lower().replace("_", "-")


def display_answers(display: str) -> bool:
    """Try to connect to an X display as Qt's xcb plugin will; Qt would abort on a refusal."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(display.encode(), None))
    refused = bool(xcb.xcb_connection_has_error(connection))
    xcb.xcb_disconnect(connection)
    return not refused
