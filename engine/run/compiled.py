"""The only door to the compiled kernels: loads them when asked, and runs programs with them.

Loading takes seconds the first time and compiles into a cache folder that the caller names; later
it reads that.  Nothing here starts a process or a thread; `load` says in words if it cannot be.
"""

from gettext import gettext as _
from types import ModuleType

import numpy as np

from engine.errors import Refusal
from engine.ops import OPS
from engine.run.encode import Encoded, encode, scratch_size
from engine.run.program import Array, Program

KERNELS = "engine.run.kernels"
SOURCES = ("elementary", "op_bodies", "op_chains", "dense", "sweep", "descent", "entry")
_loaded: list[ModuleType] = []


def fingerprint() -> str:
    """Return a short text that changes with the kernels' sources: a name for their cache folder.

    A compiled function is looked up by its own file alone, so every version needs its own folder.
    """
    import hashlib
    import pkgutil
    from importlib.metadata import version

    digest = hashlib.sha256(version("numba").encode())
    for name in SOURCES:
        digest.update(pkgutil.get_data(KERNELS, f"{name}.py") or b"")
    for name in ("encode", "program"):
        digest.update(pkgutil.get_data("engine.run", f"{name}.py") or b"")
    return digest.hexdigest()[:16]


def load(cache: str | None = None) -> Refusal | None:
    """Make the compiled runner ready; None if it is, else why it cannot be.

    `cache` is a folder to keep machine code in; without one Numba chooses.  May be called from
    any thread, and again; holds the interpreter while it loads.
    """
    if _loaded:
        return None
    try:
        import numba

        if cache is not None:
            numba.config.CACHE_DIR = cache
        from engine.run.kernels import entry, op_chains

        _warm_up(entry)
    except Exception as problem:  # noqa: BLE001 - whatever is broken there, NumPy does it all
        return Refusal(
            _("Training runs on NumPy, more slowly and with the same numbers"),
            _("the compiled engine could not be loaded ({problem})").format(
                problem=type(problem).__name__
            ),
        )
    if op_chains.KEYS != tuple(OPS)[: len(op_chains.KEYS)]:
        return Refusal(_("The compiled engine does not fit the table of operations"))
    _loaded.append(entry)
    return None


def is_loaded() -> bool:
    """Whether the compiled runner is ready."""
    return bool(_loaded)


def supports(program: Program) -> bool:
    """Whether the kernels know every op of a program."""
    if not _loaded:
        return False
    known = len(_kernel_keys())
    steps = (*program.once, *program.steps)
    return all(step.kind != "map" or step.code < known for step in steps)


def _kernel_keys() -> tuple[str, ...]:
    from engine.run.kernels import op_chains

    keys: tuple[str, ...] = op_chains.KEYS
    return keys


class CompiledRunner:
    """Runs one program with the compiled kernels; like a tape, for one thread at a time."""

    def __init__(self, program: Program) -> None:
        self._entry = _loaded[0]
        self._program = program
        self._once = encode(program, program.once)
        self._steps = encode(program, program.steps)
        self._scratch: dict[int, Array] = {}

    def once(self, value: Array) -> None:
        """Compute what depends on constants only."""
        if self._program.once:
            room = np.empty(scratch_size(self._program.once, 1))
            self._entry.forward(self._once, value, 1, room)

    def forward(self, value: Array, lanes: int) -> None:
        """Compute everything else."""
        self._entry.forward(self._steps, value, lanes, self.scratch(lanes))

    def backward(self, value: Array, gradient: Array, lanes: int, weight: float) -> None:
        """Compute the gradients of weight * (sum of the output over lanes) + penalties."""
        self._entry.backward(self._steps, value, gradient, lanes, weight, self.scratch(lanes))

    def scratch(self, lanes: int) -> Array:
        """Return room for what has to be gathered over so many lanes."""
        if lanes not in self._scratch:
            self._scratch[lanes] = np.empty(scratch_size(self._program.steps, lanes))
        return self._scratch[lanes]

    @property
    def encoded(self) -> Encoded:
        """The steps as the kernels read them."""
        return self._steps


def _warm_up(entry: ModuleType) -> None:
    """Compile, or load from the cache, every function that is ever called."""
    slots = np.zeros(0, dtype=np.int64)
    program = encode(Program((), 1, 0, 0, slots, slots, (), (), -1, ()), ())
    number = np.zeros(1)
    lanes = entry.Lanes(number, number.copy(), number.copy(), 1)
    order = entry.Order(np.zeros(0), np.zeros(0), True, slots, slots, slots, slots)
    entry.forward(program, number, 1, number)
    entry.backward(program, number, number, 1, 1.0, number)
    entry.descend(program, lanes, lanes, lanes, order, np.zeros((3, 0)))
