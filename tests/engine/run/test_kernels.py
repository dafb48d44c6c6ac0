"""The compiled kernels: current, accurate to the last places, unhurt by nan and infinities."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

import engine.run.kernels.generate
from engine.errors import Refusal, accept
from engine.graph import properties, verbs
from engine.graph.document import Document
from engine.ops import OPS, Op, register
from engine.ops.record import between
from engine.run import compiled
from engine.run.compiled import CompiledRunner
from engine.run.kernels import generate
from engine.run.machine import Machine, MakeRunner, NumpyRunner, make_program
from engine.run.passes.lower import ALL, NONE, Passes
from engine.run.plan import display_plan
from engine.run.tape import Tape

FOLDER = Path(engine.run.kernels.generate.__file__).parent


@pytest.mark.parametrize(
    ("name", "text"), [("op_bodies", generate.bodies), ("op_chains", generate.chains)]
)
def test_the_generated_modules_are_current(name: str, text: Callable[[], str]) -> None:
    assert (FOLDER / f"{name}.py").read_text("utf-8") == text()


def test_a_changed_kernel_gets_a_cache_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    import pkgutil

    before = compiled.fingerprint()
    assert before == compiled.fingerprint()
    real = pkgutil.get_data
    monkeypatch.setattr(pkgutil, "get_data", lambda p, r: (real(p, r) or b"") + b"#")
    assert compiled.fingerprint() != before


def grid(reach: float) -> np.ndarray:
    """Return numbers of every size: evenly spread, near 0, tiny and subnormal, of both signs."""
    stream = np.random.default_rng(0)
    spread = stream.uniform(-reach, reach, 20_000)
    tiny = 10.0 ** stream.uniform(-320, np.log10(reach), 20_000)
    return np.concatenate([spread, spread / reach, tiny, -tiny])


WIDE: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "exp": np.exp,
    "tanh": np.tanh,
    "sigmoid": lambda x: 1 / (1 + np.exp(-x)),
    "softplus": lambda x: np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x))),
}


@pytest.mark.usefixtures("kernels")
@pytest.mark.parametrize("key", WIDE)
def test_transcendental_kernels_are_within_four_units_in_the_last_place(key: str) -> None:
    from engine.run.kernels import op_chains

    x = grid(745.0 if key != "tanh" else 25.0)
    out = np.empty_like(x)
    op_chains.forward(op_chains.KEYS.index(key), out, x, x, np.zeros(1))
    with np.errstate(all="ignore"):
        exact = WIDE[key](x.astype(np.longdouble))
        nearest = exact.astype(np.float64)
    finite = np.isfinite(nearest)
    assert np.array_equal(out[~finite], nearest[~finite])
    off = np.abs(out[finite].astype(np.longdouble) - exact[finite])
    assert (off / np.spacing(np.abs(nearest[finite]))).max() <= 4


EDGES = (np.nan, np.inf, -np.inf, 0.0, -0.0, 1.0, -1.0, 2.5, 710.0, -800.0, 1e308, -1e-308)


def one_op(op: Op) -> Document:
    """Return features that feed one op, which feeds a sum."""
    document = Document()
    count = 3 if op.variadic else len(op.ports)
    for k in range(count):
        document.apply(verbs.add_value(document, (0, 0), role="feature", index=k))
    document.apply(accept(verbs.add_op(document, op.key, (0, 0))))
    for source in range(1, count + 1):
        document.apply(accept(verbs.connect(document, source, count + 1)))
    document.apply(accept(properties.set_mark(document, count + 1, "backward")))
    return document


@pytest.mark.usefixtures("kernels")
@pytest.mark.parametrize("key", OPS)
@pytest.mark.parametrize("runner", [NumpyRunner, CompiledRunner])
@pytest.mark.parametrize("passes", [NONE, ALL], ids=["plain", "fused"])
def test_nan_and_infinities_go_through_every_op_unharmed(
    key: str, passes: Passes, runner: MakeRunner
) -> None:
    """Not finite where the tape is not finite, of the same sign, and close to it elsewhere."""
    op = OPS[key]
    document = one_op(op)
    columns = len(document.nodes()) - 1
    table = np.stack(np.meshgrid(*[EDGES] * columns), axis=-1).reshape(-1, columns)
    plan = display_plan(document, lanes=True)
    program = make_program(plan, passes=passes, only_parameters=False)
    tape, machine = Tape(plan, len(table)), Machine(plan, program, len(table), runner)
    for each in (tape, machine):
        each.load(document)
        each.set_samples(table, np.zeros((len(table), 0)))
        each.forward()
        each.backward()
    assert plan.output is not None
    found, expected = machine.values(plan.output), tape.values(plan.output)
    if key == "add" and passes.sums and runner is NumpyRunner:
        # NumPy has an order of its own, in which other sums overflow or lose their least terms.
        rows = (np.abs(table) == 1e308).sum(axis=1) < 2
        same(found[rows], expected[rows], least=1e-307)
    else:
        same(found, expected)
    for feature in range(1, columns + 1):
        same(machine.gradients(feature), tape.gradients(feature))


def same(found: np.ndarray, expected: np.ndarray, least: float = 5e-324) -> None:
    np.testing.assert_allclose(found, expected, rtol=1e-13, atol=least)


def test_an_op_the_kernels_do_not_know_is_left_to_numpy(kernels: None) -> None:
    extra = Op(
        key="triple",
        symbol="3x",
        title="Triple",
        category="functions",
        ports=("x",),
        formula="3 * x",
        derivatives=("3",),
        intuition="",
        forward=lambda x: 3 * x,
        partials=lambda x, out: (3.0,),
        sampler=between((-1, 1)),
    )
    with register(extra):
        plan = display_plan(one_op(extra), lanes=True)
        assert not compiled.supports(make_program(plan, only_parameters=False))
    plan = display_plan(one_op(OPS["tanh"]), lanes=True)
    assert compiled.supports(make_program(plan, only_parameters=False))


def test_without_the_kernels_there_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setattr(compiled, "_loaded", [])
    monkeypatch.setitem(sys.modules, "numba", None)
    refusal = compiled.load()
    assert isinstance(refusal, Refusal)
    assert str(refusal).startswith("Training runs on NumPy, more slowly and with the same numbers")
    assert not compiled.is_loaded()


def test_what_is_not_in_the_cache_is_not_compiled_unless_that_is_allowed(tmp_path: Path) -> None:
    """In a process of its own: here the kernels may be loaded already."""
    import subprocess
    import sys

    command = "from engine.run.compiled import load; print(load({!r}, compiling=False))"
    done = subprocess.run(
        [sys.executable, "-c", command.format(str(tmp_path))],
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "NotInCacheError" in done.stdout
