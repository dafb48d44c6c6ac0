"""The formulas of records as code: for libraries whose numbers differentiate themselves.

A formula is spelled in names of variables; how functions and powers are called is the library's.
`Unsayable` tells that the library has no way to say it, so that the exporter writes a function.
"""

import ast
from collections.abc import Callable, Mapping, Sequence

from engine.exchange.exporters.terms import ATOM, NEGATIVE, POWER, PRODUCT, SUM, number
from engine.ops.formula import AGGREGATES, Formula

Names = Mapping[str, str | float | Sequence[str]]
Call = Callable[[str, list[str]], str]
SIGNS = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
RELATIONS = {ast.Gt: ">", ast.GtE: ">=", ast.Lt: "<", ast.Eq: "=="}
JOINED = {"sum": (" + ", PRODUCT), "prod": (" * ", POWER)}


class Unsayable(Exception):
    """The library has no words for a formula; it never leaves this package."""


def spell(formula: str, names: Names, call: Call, operators: str = "+-*/^") -> str:
    """Write a formula; `call` writes a function, `operators` are those that may be used."""
    return _Speller(names, call, operators).write(Formula.parse(formula).tree)[0]


class _Speller:
    def __init__(self, names: Names, call: Call, operators: str) -> None:
        self.names, self.call, self.operators = names, call, operators

    def write(self, tree: ast.expr) -> tuple[str, int]:
        match tree:
            case ast.Constant(value=int() | float() as value):
                return number(value), ATOM
            case ast.Name(id=name):
                return self.name(self.names[name])
            case ast.UnaryOp(operand=operand):
                return f"-{self.held(operand, POWER)}", NEGATIVE
            case ast.BinOp(left=left, op=ast.Pow(), right=right):
                return self.power(left, right), POWER
            case ast.BinOp(left=left, op=operator, right=right):
                sign = self.allowed(SIGNS[type(operator)])
                level = SUM if sign in "+-" else PRODUCT
                return f"{self.held(left, level)} {sign} {self.held(right, level + 1)}", level
            case ast.Compare(left=left, ops=[relation], comparators=[right]):
                sign = RELATIONS[type(relation)]
                return self.call(sign, [self.held(left, SUM), self.held(right, SUM)]), SUM
            case ast.Call(func=ast.Name(id=name), args=[argument]) if name in AGGREGATES:
                return self.aggregate(name, argument)
            case ast.Call(func=ast.Name(id=name), args=arguments):
                return self.call(name, [self.write(part)[0] for part in arguments]), ATOM
        raise AssertionError("parse lets nothing else through")

    def held(self, tree: ast.expr, least: int) -> str:
        text, level = self.write(tree)
        return text if level >= least else f"({text})"

    def allowed(self, sign: str) -> str:
        if sign not in self.operators:
            raise Unsayable(sign)
        return sign

    def name(self, item: str | float | Sequence[str]) -> tuple[str, int]:
        if isinstance(item, str):
            return item, ATOM
        if isinstance(item, int | float):
            text = number(int(item) if float(item).is_integer() else item)
            return text, NEGATIVE if text.startswith("-") else ATOM
        raise Unsayable("a sequence")

    def power(self, base: ast.expr, exponent: ast.expr) -> str:
        self.allowed("^")
        text = self.held(exponent, NEGATIVE)
        try:
            float(text)
        except ValueError:
            return self.call("power", [self.held(base, ATOM), text])
        return f"{self.held(base, ATOM)}**{text}"

    def aggregate(self, name: str, argument: ast.expr) -> tuple[str, int]:
        """Write a sum or product item for item, another aggregate as a call."""
        [used] = {part.id for part in ast.walk(argument) if isinstance(part, ast.Name)
                  if not isinstance(self.names.get(part.id, ""), str | float)}  # fmt: skip
        each = ({**self.names, used: item} for item in self.names[used])  # type: ignore[union-attr]
        items = [_Speller(names, self.call, self.operators) for names in each]
        if name not in JOINED:
            return self.call(name, [item.write(argument)[0] for item in items]), ATOM
        sign, least = JOINED[name]
        self.allowed(sign.strip())
        text = sign.join(item.held(argument, least) for item in items)
        return text, ATOM if len(items) == 1 else least - 1
