"""The compiled engine for the commands: loaded in this process, from the cache of the window."""

import os
from gettext import gettext as _
from pathlib import Path

from engine.errors import Refusal
from engine.run import compiled
from playground.commands.terminal import complain

FOLDER = "micrograd-playground"


def load() -> str:
    """Load the kernels; return the runner to train with, after a word if there are none.

    The first time they are compiled, which takes about half a minute.
    """
    refusal = _loaded()
    if refusal is not None:
        complain(str(refusal))
        return "numpy"
    return "numba"


def _loaded() -> Refusal | None:
    try:
        cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
        folder = cache / FOLDER / "kernels" / compiled.fingerprint()
        folder.mkdir(parents=True, exist_ok=True)
    except Exception as problem:  # noqa: BLE001 - no Numba, no folder: NumPy does it all
        return compiled.unavailable(type(problem).__name__)
    if not any(folder.iterdir()) and not compiled.is_loaded():
        complain(_("Compiling the engine; this happens once."))
    return compiled.load(str(folder))
