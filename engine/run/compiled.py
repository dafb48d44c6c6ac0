"""The only door to the compiled kernels: loads them when asked, and runs programs with them.

Loading takes seconds the first time and compiles into a cache folder that the caller names; later
it reads that.  Nothing here starts a process or a thread; `load` says in words if it cannot be.
"""

from contextlib import AbstractContextManager, nullcontext
from gettext import gettext as _
from types import ModuleType

import numpy as np

from engine.errors import Refusal
from engine.ops import OPS
from engine.run.encode import (
    BACKWARD,
    DESCEND,
    FORWARD,
    Encoded,
    Lanes,
    Order,
    encode,
    plain_order,
    scratch_size,
)
from engine.run.program import Array, Program

KERNELS = "engine.run.kernels"
SOURCES = (
    "elementary",
    "op_bodies",
    "op_chains",
    "vector",
    "dense",
    "sweep",
    "updates",
    "descent",
)
_loaded: list[ModuleType] = []


class NotInCacheError(Exception):
    """There is no machine code, and compiling is not allowed."""


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


def load(cache: str | None = None, *, compiling: bool = True) -> Refusal | None:
    """Make the compiled runner ready; None if it is, else why it cannot be.

    `cache` is a folder to keep machine code in; without one Numba chooses.  Unless `compiling` is
    allowed, what is not in there is missing.  May be called from any thread, and again; holds the
    interpreter while it loads.
    """
    if _loaded:
        return None
    try:
        import numba

        if cache is not None:
            setattr(numba.config, "CACHE_DIR", cache)  # noqa: B010 - Numba declares it nowhere
        from engine.run.kernels import descent, op_chains

        _use_one_core()
        with nullcontext() if compiling else _without_compiling():
            _warm_up(descent)
    except Exception as problem:  # noqa: BLE001 - whatever is broken there, NumPy does it all
        return unavailable(type(problem).__name__)
    if tuple(OPS)[: len(op_chains.KEYS)] != op_chains.KEYS:
        return Refusal(_("The compiled engine does not fit the table of operations"))
    _loaded.append(descent)
    return None


def unavailable(why: str) -> Refusal:
    """Return the one sentence about doing without."""
    return Refusal(
        _("Training runs on NumPy, more slowly and with the same numbers"),
        _("the compiled engine could not be loaded ({why})").format(why=why),
    )


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


def optimizers() -> tuple[str, ...]:
    """Return the keys of the optimisers that the kernels know, in the order of their codes."""
    from engine.run.kernels import updates

    keys: tuple[str, ...] = updates.KEYS
    return keys


def _kernel_keys() -> tuple[str, ...]:
    from engine.run.kernels import op_chains

    keys: tuple[str, ...] = op_chains.KEYS
    return keys


class CompiledRunner:
    """Runs one program with the compiled kernels; like a tape, for one thread at a time."""

    def __init__(self, program: Program) -> None:
        self._run = _loaded[0].run
        self._program = program
        self._once = encode(program, program.once)
        self._steps = encode(program, program.steps)
        self._scratch: dict[int, Array] = {}

    def once(self, value: Array) -> None:
        """Compute what depends on constants only."""
        if self._program.once:
            room = np.empty(scratch_size(self._program.once, 1))
            lanes = Lanes(value, value, room, 1)
            self._call(FORWARD, self._once, lanes, 1.0)

    def forward(self, value: Array, lanes: int) -> None:
        """Compute everything else."""
        self._call(FORWARD, self._steps, self.lanes(value, value, lanes), 1.0)

    def backward(self, value: Array, gradient: Array, lanes: int, weight: float) -> None:
        """Compute the gradients of weight * (sum of the output over lanes) + penalties."""
        over = self.lanes(value, gradient, lanes)
        self._call(BACKWARD, self._steps, over, weight)

    def descend(
        self, whole: Lanes, test: Lanes | None, part: Lanes | None, order: Order, records: Array
    ) -> int:
        """Take the steps of `order`; return how many went well.  See `kernels.descent.run`."""
        test, part = test or NOBODY, part or whole
        taken = self._run(DESCEND, self._steps, whole, test, part, order, records)
        return int(taken)

    def lanes(self, value: Array, gradient: Array, lanes: int) -> Lanes:
        """Return buffers over so many lanes, with room for what has to be gathered."""
        if lanes not in self._scratch:
            self._scratch[lanes] = np.empty(scratch_size(self._program.steps, lanes))
        return Lanes(value, gradient, self._scratch[lanes], lanes)

    def _call(self, task: int, program: Encoded, over: Lanes, weight: float) -> None:
        self._run(task, program, over, NOBODY, over, _once(weight), np.empty((3, 1)))


NO_ROWS = np.zeros(0, dtype=np.int64)
NOBODY = Lanes(np.zeros(1), np.zeros(1), np.zeros(1), 0)


def _once(weight: float) -> Order:
    return plain_order(np.array([weight]), 0, np.zeros(1, dtype=np.int64))


def _use_one_core() -> None:
    """Keep BLAS to one thread: products are small, and the other core is the window's."""
    import scipy.linalg.cython_blas  # noqa: F401 - what the kernels' products call, loaded first
    from threadpoolctl import threadpool_limits

    threadpool_limits(limits=1, user_api="blas")


def _without_compiling() -> AbstractContextManager[object]:
    """Return a context in which Numba only takes machine code from its cache.

    The cache also knows processors and the times of files, so a folder that is full may not fit.
    """
    from numba.core import event

    class Refusing(event.Listener):
        def on_start(self, event: object) -> None:
            raise NotInCacheError

        def on_end(self, event: object) -> None:
            pass

    context: AbstractContextManager[object] = event.install_listener("numba:compile", Refusing())
    return context


def _warm_up(kernels: ModuleType) -> None:
    """Compile the kernels, or load them from the cache."""
    nothing = Program((), 1, 0, 0, NO_ROWS, NO_ROWS, (), (), -1, ())
    number = np.zeros(1)
    over = Lanes(number, number.copy(), number.copy(), 1)
    program = encode(nothing, ())
    kernels.run(FORWARD, program, over, over, over, _once(1.0), np.empty((3, 1)))
