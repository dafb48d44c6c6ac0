"""The op table as a table: complete records, and bodies that could be compiled."""

import types
from collections.abc import Iterator
from dataclasses import fields

import numpy as np
import pytest

from engine import Value, ops
from engine.ops import CATEGORIES, OPS, Op, register, scalars
from engine.ops.record import between

KEYS = {
    "arithmetic": ["add", "sub", "mul", "div", "neg", "power", "pow", "square"],
    "functions": ["sqrt", "exp", "log", "sin", "cos", "abs"],
    "activations": ["relu", "leaky_relu", "tanh", "sigmoid", "softplus", "step"],
    "reductions": ["prod", "max", "min", "logsumexp"],
}


def code_names(code: types.CodeType) -> Iterator[str]:
    """Yield every global or attribute name used in a body, comprehensions included."""
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from code_names(constant)


def cube(**changed: object) -> Op:
    given = {
        "key": "cube",
        "symbol": "x³",
        "title": "Cube",
        "category": "functions",
        "ports": ("x",),
        "formula": "x**3",
        "derivatives": ("3 * x**2",),
        "intuition": "Steep on both sides.",
        "forward": lambda x: x * x * x,
        "partials": lambda x, out: (3 * x * x,),
        "sampler": between((-2, 2)),
        "replaces": ("third_power",),
    }
    return Op(**(given | changed))


def test_the_table_holds_the_ops_of_the_palette_in_its_order() -> None:
    assert list(OPS) == [key for family in KEYS.values() for key in family]


def test_every_op_lies_in_its_category() -> None:
    assert list(CATEGORIES) == list(KEYS)
    assert all(op.key in KEYS[op.category] for op in OPS.values())


def test_no_two_ops_share_a_symbol_or_a_title() -> None:
    assert len({op.symbol for op in OPS.values()}) == len(OPS)
    assert len({op.title for op in OPS.values()}) == len(OPS)


@pytest.mark.parametrize("op", OPS.values(), ids=OPS.keys())
def test_a_record_is_complete_and_consistent(op: Op) -> None:
    assert op.key.isidentifier()
    assert len(op.derivatives) == len(op.ports)
    assert len(op.ports) == 1 or not op.variadic
    assert op.minimum == 1
    assert op.intuition.endswith(".")
    assert all(a.low <= a.default <= a.high for a in op.attributes)
    assert all(not rule.reason[0].isupper() and rule.reason[-1] != "." for rule in op.domain)
    point = op.sampler(np.random.default_rng(1), 3)
    inputs = 3 if op.variadic else len(op.ports)
    assert len(point) == inputs + len(op.attributes)
    assert all(len(special) == len(point) or (op.variadic and special) for special in op.special)


@pytest.mark.parametrize("op", OPS.values(), ids=OPS.keys())
def test_a_body_uses_only_the_bare_names_that_every_table_has(op: Op) -> None:
    allowed = {*scalars.__all__, "len", "range"}
    for body in (op.forward, op.partials):
        assert set(code_names(body.__code__)) <= allowed


def test_a_record_cannot_be_changed() -> None:
    assert all(f.name in ("scalar", "array", "loud") or f.init for f in fields(Op))
    with pytest.raises(AttributeError):
        OPS["add"].symbol = "plus"
    with pytest.raises(TypeError):
        OPS["plus"] = OPS["add"]


def test_an_unknown_key_finds_nothing() -> None:
    assert ops.get("no_such_op") is None


def test_a_registered_op_is_found_everywhere_until_its_block_ends() -> None:
    with register(cube()) as op:
        assert OPS["cube"] is op
        assert list(OPS)[-1] == "cube"
        assert Value(2.0).cube().data == 8.0
        assert "cube" in dir(Value(2.0))
    assert "cube" not in OPS
    with pytest.raises(AttributeError, match="cube"):
        Value(2.0).cube()


def test_a_registered_op_differentiates() -> None:
    with register(cube()):
        x = Value(2.0)
        x.cube().backward()
    assert x.grad == 12.0


def test_a_retired_key_finds_the_op_that_replaced_it() -> None:
    with register(cube()) as op:
        assert ops.get("third_power") is op


def test_a_key_cannot_be_taken_twice() -> None:
    with pytest.raises(ValueError, match="'exp'"), register(cube(key="exp")):
        pass
    assert OPS["exp"].symbol == "eˣ"


def test_an_op_leaves_the_table_even_if_its_block_fails() -> None:
    with pytest.raises(KeyError), register(cube()):
        raise KeyError
    assert "cube" not in OPS
