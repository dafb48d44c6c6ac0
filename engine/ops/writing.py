"""Formulas written out for people, as plain Unicode text or as LaTeX.

Explanations and tooltips call `plain` and `latex`. Names in a formula may be replaced by other
names, by numbers, or (of an n-ary port) by a sequence of either. Brackets appear only where
reading needs them. Nothing here computes, but for exponents such as n − 1.
"""

import ast
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite, isinf, isnan
from typing import TypeAlias

from engine.ops.formula import AGGREGATES, Formula


@dataclass(frozen=True, slots=True)
class Symbol:
    """Something in a formula that is to be found again: a name, a number, or a derivative.

    A pair of names is the derivative of the first by the second. In LaTeX the symbol has a colour
    whose number is `place`, by which whoever typesets it knows where it lies. A number is told
    from those of the law by its decimal: 2.0.
    """

    place: int
    shown: str | float | tuple[str, str]


Shown: TypeAlias = str | float | Symbol
Names: TypeAlias = Mapping[str, Shown | Sequence[Shown]]
Piece: TypeAlias = tuple[str, int]
"""Text, and how tightly it holds together, from CASES to ATOM."""

CASES, SUM, NEGATIVE, PRODUCT, POWER, ATOM = range(6)
SINGLE = (str, float, int, Symbol)  # what stands for one thing, and not for a sequence
RAISED = str.maketrans("0123456789+-−()nxyk", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾ⁿˣʸᵏ")
RAISABLE = re.compile(r"[0-9+\-−()nxyk ]+")
LOWERED = {"j": "ⱼ", "k": "ₖ"}
EACH = {"x": "x_j", "rest": "x_j"}
RELATIONS = {ast.Gt: ">", ast.GtE: "≥", ast.Lt: "<", ast.Eq: "="}
LATEX_RELATIONS = {**RELATIONS, ast.GtE: r"\ge"}
ESCAPED = str.maketrans(
    {mark: "\\" + mark for mark in "#$%&_{} "}
    | {"…": r"\dots ", "\\": r"\backslash ", "^": r"\wedge ", "~": r"\sim "}
)


def plain(text: str, names: Names | None = None, digits: int = 5) -> str:
    """Write a formula as Unicode text, as in "1 − out²"."""
    return _Plain(names or {}, digits).write(Formula.parse(text).tree)[0]


def latex(text: str, names: Names | None = None, digits: int = 5) -> str:
    r"""Write a formula as LaTeX without dollar signs, as in "1 - \mathrm{out}^{2}"."""
    return _Latex(names or {}, digits).write(Formula.parse(text).tree)[0]


def strength(name: str) -> int:
    """Tell how tightly a name holds together: labels such as "x1*w1" may need brackets."""
    first = NEGATIVE if name.startswith(("-", "−")) else ATOM
    for level, marks in ((SUM, "+-− "), (PRODUCT, "*/·×÷"), (POWER, "#")):
        if any(mark in name[1:] for mark in marks):
            return min(level, first)
    return first


class _Plain:
    """Writes a syntax tree as Unicode text; the subclass changes the notation to LaTeX."""

    dot, minus, total, product, product_of_rest = " · ", "−", "Σ ", "Π ", "Π(j≠k) "
    cross, change = " × ", "∂"
    relations = RELATIONS

    def __init__(self, names: Names, digits: int) -> None:
        self.names = names
        self.digits = digits

    def write(self, tree: ast.expr) -> Piece:
        """Write a tree or a part of it."""
        match tree:
            case ast.Constant(value=int() | float() as number):
                return self.number(number)
            case ast.Name(id=name):
                return self.named(name)
            case ast.UnaryOp(operand=operand):
                return self.minus + self.bracketed(operand, PRODUCT), NEGATIVE
            case ast.Compare():
                return f"[{self.condition(tree)}]", ATOM
            case ast.BinOp():
                return self.binary(tree)
            case ast.Call(func=ast.Name(id="where"), args=[condition, yes, no]):
                return self.cases(self.condition(condition), yes, no)
            case ast.Call(func=ast.Name(id=name), args=[argument]) if name in AGGREGATES:
                return self.aggregate(name, argument)
            case ast.Call(func=ast.Name(id=name), args=arguments):
                return self.function(name, [self.write(argument)[0] for argument in arguments])
        raise AssertionError("parse lets nothing else through")

    def binary(self, tree: ast.BinOp) -> Piece:
        match tree.op:
            case ast.Pow():
                return self.power(tree.left, tree.right)
            case ast.Div():
                return self.quotient(tree.left, tree.right)
            case ast.Mult():
                first, level = self.leading(tree.left)
                if self.is_number(tree.right):
                    return first + self.cross + self.bracketed(tree.right, NEGATIVE), level
                return first + self.dot + self.bracketed(tree.right, PRODUCT), level
        sign = f" {self.minus} " if isinstance(tree.op, ast.Sub) else " + "
        return self.bracketed(tree.left, SUM) + sign + self.bracketed(tree.right, PRODUCT), SUM

    def condition(self, tree: ast.expr) -> str:
        match tree:
            case ast.Compare(left=left, ops=[op], comparators=[right]):
                relation = self.relations[type(op)]
                return f"{self.bracketed(left, SUM)} {relation} {self.bracketed(right, SUM)}"
        return self.bracketed(tree, SUM)

    # Names and numbers ---------------------------------------------------------------------------

    def named(self, name: str) -> Piece:
        item = self.names.get(name, name)
        if isinstance(item, SINGLE):
            return self.shown(item)
        return ", ".join(self.shown(part)[0] for part in item), CASES

    def shown(self, item: Shown) -> Piece:
        if isinstance(item, Symbol):
            return self.symbol(item)
        return self.name(item) if isinstance(item, str) else self.number(item)

    def symbol(self, symbol: Symbol) -> Piece:
        shown = symbol.shown
        if isinstance(shown, tuple):
            return self.derivative(*(self.held(self.name(name), POWER) for name in shown))
        if isinstance(shown, str):
            return self.name(shown)
        text, level = self.number(shown)
        return (f"{text}.0" if text.removeprefix(self.minus).isdigit() else text), level

    def derivative(self, upper: str, lower: str) -> Piece:
        return f"{self.change}{upper}/{self.change}{lower}", POWER

    def is_number(self, tree: ast.expr) -> bool:
        """Tell whether something stands for the number of a symbol."""
        item = self.names.get(tree.id) if isinstance(tree, ast.Name) else None
        return isinstance(item, Symbol) and isinstance(item.shown, float)

    def name(self, name: str) -> Piece:
        if name[1:] in ("_j", "_k"):
            return name[0] + LOWERED[name[2]], ATOM
        return name, strength(name)

    def number(self, number: float) -> Piece:
        if isnan(number):
            return self.name("nan")
        sign, level = (self.minus, NEGATIVE) if number < 0 else ("", ATOM)
        mantissa, _e, exponent = f"{abs(number):.{self.digits}g}".partition("e")
        if isinf(number):
            return f"{sign}{self.infinity()}", level
        if exponent:
            return sign + self.scientific(mantissa, str(int(exponent))), min(level, PRODUCT)
        return sign + mantissa, level

    # Brackets ------------------------------------------------------------------------------------

    def bracketed(self, tree: ast.expr, least: int) -> str:
        """Write a part, in brackets if it holds together less tightly than asked."""
        return self.held(self.write(tree), least)

    def held(self, piece: Piece, least: int) -> str:
        text, level = piece
        return text if level >= least else self.brackets(text)

    def leading(self, tree: ast.expr) -> Piece:
        """Write the first factor; a product that begins with a minus is a negative."""
        text, level = self.write(tree)
        return (text, min(level, PRODUCT)) if level > SUM else (self.brackets(text), PRODUCT)

    # All inputs of an n-ary op -------------------------------------------------------------------

    def aggregate(self, name: str, argument: ast.expr) -> Piece:
        """Write a sum, product, choice or count (a sum of brackets) over all inputs."""
        items = self.items(argument)
        if items is None:
            return self.over_all(name, argument)
        if name in ("max", "min"):
            return self.function(name, [text for text, _level in items])
        if len(items) < 2:
            return items[0] if items else self.number(int(name == "prod"))
        if name == "prod":
            return self.dot.join(self.held(item, POWER) for item in items), PRODUCT
        first, *others = items
        summands = [self.held(first, NEGATIVE), *(self.held(one, PRODUCT) for one in others)]
        return " + ".join(summands), SUM

    def items(self, argument: ast.expr) -> list[Piece] | None:
        """Write the argument once for each item of the sequence in it; None if there is none."""
        for part in ast.walk(argument):
            sequence = self.names.get(part.id, "") if isinstance(part, ast.Name) else ""
            if isinstance(part, ast.Name) and not isinstance(sequence, SINGLE):
                each = ({**self.names, part.id: item} for item in sequence)
                return [type(self)(names, self.digits).write(argument) for names in each]
        return None

    def over_all(self, name: str, argument: ast.expr) -> Piece:
        text, level = type(self)({**EACH, **self.names}, self.digits).write(argument)
        if name in ("max", "min"):
            return self.function(name, [text])
        sign = self.product if name == "prod" else self.total
        if isinstance(argument, ast.Name) and argument.id == "rest":
            sign = self.product_of_rest
        return sign + self.held((text, level), POWER), PRODUCT

    # Notation ------------------------------------------------------------------------------------

    def power(self, base: ast.expr, exponent: ast.expr) -> Piece:
        known = self.exponent(exponent)
        if known == 1:
            return self.write(base)
        return self.raised(
            self.bracketed(base, ATOM),
            self.write(exponent) if known is None else self.number(known),
        )

    def exponent(self, tree: ast.expr) -> float | None:
        """Compute an exponent that is a short number, such as 3 − 1; None if it is not."""
        numbers: dict[str, float] = {}
        for part in ast.walk(tree):
            if isinstance(part, ast.Name):
                number = self.names.get(part.id)
                if not isinstance(number, float | int):
                    return None
                numbers[part.id] = number
        number = Formula(tree).evaluate(numbers)
        short = float(f"{number:.{self.digits}g}")
        return number if isfinite(number) and number == short else None

    def brackets(self, text: str) -> str:
        return f"({text})"

    def infinity(self) -> str:
        return "∞"

    def scientific(self, mantissa: str, exponent: str) -> str:
        return f"{mantissa}·10{exponent.translate(RAISED)}"

    def raised(self, base: str, exponent: Piece) -> Piece:
        if RAISABLE.fullmatch(exponent[0]):
            return base + exponent[0].replace(" ", "").translate(RAISED), POWER
        return f"{base}^{self.held(exponent, ATOM)}", POWER

    def quotient(self, left: ast.expr, right: ast.expr) -> Piece:
        first, level = self.leading(left)
        return f"{first} / {self.bracketed(right, POWER)}", level

    def cases(self, condition: str, yes: ast.expr, no: ast.expr) -> Piece:
        choices = self.bracketed(yes, SUM), self.bracketed(no, SUM)
        return f" if {condition} else ".join(choices), CASES

    def function(self, name: str, arguments: list[str]) -> Piece:
        inner = ", ".join(arguments)
        if name == "abs":
            return f"|{inner}|", ATOM
        if name == "sqrt":
            return f"√{inner if inner.isalnum() else self.brackets(inner)}", POWER
        return {"log": "ln", "sigmoid": "σ"}.get(name, name) + self.brackets(inner), ATOM


class _Latex(_Plain):
    """The same walk in LaTeX's notation."""

    dot, minus, total, product = r" \cdot ", "-", r"\sum_j ", r"\prod_j "
    product_of_rest = r"\prod_{j \ne k} "
    cross, change = r" \;\times\; ", r"\partial "
    relations = LATEX_RELATIONS

    def symbol(self, symbol: Symbol) -> Piece:
        text, level = super().symbol(symbol)
        return rf"{{\color{{#{symbol.place:06x}}}{{{text}}}}}", level

    def name(self, name: str) -> Piece:
        match = re.fullmatch(r"([A-Za-z])(?:_([jk])|(\d+)|)", name)
        if match:
            index = match[2] or match[3]
            return match[1] + (f"_{{{index}}}" if index else ""), ATOM
        return self.worked_out(name) or rf"\mathrm{{{name.translate(ESCAPED)}}}", strength(name)

    def worked_out(self, name: str) -> str:
        """Write a label that says what is computed, such as "x1*w1"; "" if it does not."""
        if "#" in name or not any(mark in name[1:] for mark in "+-*/("):
            return ""
        try:
            return type(self)({}, self.digits).write(Formula.parse(name).tree)[0]
        except (ValueError, SyntaxError, RecursionError):
            return ""

    def brackets(self, text: str) -> str:
        return rf"\left({text}\right)"

    def infinity(self) -> str:
        return r"\infty"

    def scientific(self, mantissa: str, exponent: str) -> str:
        return rf"{mantissa} \cdot 10^{{{exponent}}}"

    def raised(self, base: str, exponent: Piece) -> Piece:
        return f"{base}^{{{exponent[0]}}}", POWER

    def quotient(self, left: ast.expr, right: ast.expr) -> Piece:
        return rf"\frac{{{self.write(left)[0]}}}{{{self.write(right)[0]}}}", PRODUCT

    def cases(self, condition: str, yes: ast.expr, no: ast.expr) -> Piece:
        above = rf"{self.write(yes)[0]} & \text{{if }} {condition}"
        rows = rf"{above} \\ {self.write(no)[0]} & \text{{otherwise}}"
        return rf"\begin{{cases}} {rows} \end{{cases}}", ATOM

    def function(self, name: str, arguments: list[str]) -> Piece:
        inner = ", ".join(arguments)
        if name == "exp":
            return f"e^{{{inner}}}", POWER
        if name == "abs":
            return rf"\left|{inner}\right|", ATOM
        if name == "sqrt":
            return rf"\sqrt{{{inner}}}", ATOM
        word = {"log": "ln", "sign": "operatorname{sgn}", "sigmoid": "sigma"}.get(name, name)
        return f"\\{word}{self.brackets(inner)}", ATOM
