"""A virtual desktop for journeys in a real window: Xvfb with the window manager openbox."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

TOOLS = ("Xvfb", "openbox", "xdotool")


@contextmanager
def virtual_desktop(size: str = "1600x1000") -> Iterator[dict[str, str]]:
    """Start a desktop and give the environment that programs see it in."""
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing:
        sentence = f"journeys in a real window need {', '.join(missing)}; .ci/run installs them"
        (pytest.fail if "CI" in os.environ else pytest.skip)(sentence)
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{size}x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as numbers:
        display = f":{numbers.readline().strip()}"
    away = {"QT_QPA_PLATFORM", "QT_SCALE_FACTOR", "WAYLAND_DISPLAY"}
    environ = {k: v for k, v in os.environ.items() if k not in away} | {"DISPLAY": display}
    manager = subprocess.Popen(["openbox"], env=environ, stderr=subprocess.DEVNULL)
    try:
        await_manager(environ)
        yield environ
    finally:
        for process in (manager, server):
            process.terminate()
            process.wait(10)


def await_manager(environ: dict[str, str]) -> None:
    """Return when the window manager manages: what is shown before it does is left where it is."""
    asked = ["xdotool", "get_num_desktops"]  # answered by a window manager alone
    for _ in range(200):
        if subprocess.run(asked, env=environ, capture_output=True, check=False).returncode == 0:
            return
        time.sleep(0.1)
    pytest.fail("openbox does not manage the virtual desktop")
