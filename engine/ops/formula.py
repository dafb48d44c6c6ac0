"""The formulas of op records: plain infix text, parsed once, and computed.

Tests compute them to hold records against their bodies; `writing` writes them out for people.
The text comes from the project's own records, never from people or files, and is never run as
code.
"""

import ast
import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

BINARY: Mapping[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: np.divide,
    ast.Pow: np.float_power,
}
COMPARISONS: Mapping[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Lt: operator.lt,
    ast.Eq: operator.eq,
}
FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "abs": np.abs,
    "cos": np.cos,
    "count": np.count_nonzero,
    "exp": np.exp,
    "floor": np.floor,
    "log": np.log,
    "max": lambda x, *y: np.maximum(x, *y) if y else np.max(x),
    "min": lambda x, *y: np.minimum(x, *y) if y else np.min(x),
    "prod": np.prod,
    "sigmoid": lambda x: 1 / (1 + np.exp(-x)),
    "sign": np.sign,
    "sin": np.sin,
    "sqrt": np.sqrt,
    "sum": np.sum,
    "tanh": np.tanh,
    "where": np.where,
}
AGGREGATES = frozenset({"count", "max", "min", "prod", "sum"})
"""Functions that take all the inputs of an n-ary op at once."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A parsed formula: its syntax tree, of numbers, names, operators and known functions."""

    tree: ast.expr

    @staticmethod
    @lru_cache(maxsize=1024)
    def parse(text: str) -> "Formula":
        """Parse one formula; raises ValueError if it uses anything a formula may not."""
        tree = ast.parse(text, mode="eval").body
        _check(tree)
        return Formula(tree)

    @property
    def names(self) -> frozenset[str]:
        """The names in it that are no functions: ports, attributes, `out`."""
        called = {id(part.func) for part in ast.walk(self.tree) if isinstance(part, ast.Call)}
        found = (part for part in ast.walk(self.tree) if isinstance(part, ast.Name))
        return frozenset(part.id for part in found if id(part) not in called)

    @property
    def is_single(self) -> bool:
        """Whether it is one name or one number, which may be negative."""
        tree = self.tree.operand if isinstance(self.tree, ast.UnaryOp) else self.tree
        named = isinstance(tree, ast.Name) and tree is self.tree
        return named or isinstance(tree, ast.Constant)

    def evaluate(self, names: Mapping[str, float | Sequence[float]]) -> float:
        """Compute in float64 with numbers for the names, and sequences for n-ary ports.

        Infinities and nan come out as NumPy makes them; raises KeyError for a missing name.
        """
        with np.errstate(all="ignore"):
            numbers = {name: np.asarray(number, np.float64) for name, number in names.items()}
            return float(_compute(self.tree, numbers))


def _check(tree: ast.expr) -> None:
    match tree:
        case ast.Constant(value=int() | float()) | ast.Name():
            return
        case ast.BinOp(left=left, op=op, right=right) if type(op) in BINARY:
            parts = [left, right]
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            parts = [operand]
        case ast.Compare(left=left, ops=[op], comparators=[right]) if type(op) in COMPARISONS:
            parts = [left, right]
        case ast.Call(func=ast.Name(id=name), args=parts, keywords=[]) if name in FUNCTIONS:
            pass
        case _:
            raise ValueError(f"a formula cannot use {ast.unparse(tree)}")
    for part in parts:
        _check(part)


def _compute(tree: ast.expr, names: Mapping[str, Any]) -> Any:
    match tree:
        case ast.Constant(value=int() | float() as number):
            return np.float64(number)
        case ast.Name(id=name):
            return names[name]
        case ast.BinOp(left=left, op=op, right=right):
            return BINARY[type(op)](_compute(left, names), _compute(right, names))
        case ast.UnaryOp(operand=operand):
            return -_compute(operand, names)
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            return 1.0 * COMPARISONS[type(op)](_compute(left, names), _compute(right, names))
        case ast.Call(func=ast.Name(id=name), args=arguments):
            return FUNCTIONS[name](*(_compute(argument, names) for argument in arguments))
    raise AssertionError("parse lets nothing else through")
