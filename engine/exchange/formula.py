"""A typed formula as a small tree: numbers, names and ops.

`engine.exchange.expressions` calls `parse` and gives the tree its place in a document.  Functions
and their attributes come from the op table alone.  Whatever is wrong comes back as one `Refusal`
that points at it, with what is near where a name is unknown.
"""

import ast
import math
from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from difflib import get_close_matches
from gettext import gettext as _

from engine.errors import Refused
from engine.exchange.syntax import (
    ID_WORD,
    TYPOGRAPHY,
    check_depth,
    check_size,
    parse_python,
    shown,
)
from engine.ops import OPS, Op

CONSTANTS: Mapping[str, float] = {"pi": math.pi, "e": math.e}
ALIASES: Mapping[str, str] = {"ln": "log", "sum": "add", "lse": "logsumexp", "leaky": "leaky_relu"}
OPERATORS: Mapping[type[ast.operator], str] = {
    ast.Add: "add",
    ast.Sub: "sub",
    ast.Mult: "mul",
    ast.Div: "div",
    ast.Pow: "pow",
}


@dataclass(frozen=True, slots=True)
class Number:
    """A finite number."""

    value: float


@dataclass(frozen=True, slots=True)
class Leaf:
    """A value of its own, as programs write it: `Value(2.0, label="a")`."""

    value: float
    label: str = ""


@dataclass(frozen=True, slots=True)
class Name:
    """A label, or a node's id as `#7`."""

    text: str


@dataclass(frozen=True, slots=True)
class Call:
    """An op with its inputs, in port order."""

    key: str
    inputs: tuple["Expression", ...]
    attributes: Mapping[str, float] = field(default_factory=dict)


Expression = Number | Leaf | Name | Call


def parse(text: str, known: Set[str] = frozenset()) -> Expression:
    """Read one formula; Refused says what is wrong with it.

    `known` are names that mean a node of the document, so that a node labelled `e` is that node
    and not Euler's number.  Arithmetic between plain numbers is carried out.
    """
    text = " ".join(text.translate(TYPOGRAPHY).split())
    check_size(text)
    tree = parse_python(text)
    check_depth(tree)
    return Reader(known).read(tree)


class Reader:
    """Turns Python's syntax tree into an `Expression`."""

    def __init__(self, known: Set[str]) -> None:
        self.known = known

    def read(self, node: ast.expr) -> Expression:
        """Return the expression of a syntax node, arithmetic between numbers carried out."""
        match node:
            case ast.Constant(value=bool() | None | str() | bytes() | complex()):
                raise self.stranger(node)
            case ast.Constant(value=int() | float() as number):
                return literal(number)
            case ast.Name(id=name):
                return self.name(name)
            case ast.UnaryOp(op=ast.UAdd(), operand=operand):
                return self.read(operand)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return arithmetic("neg", (self.read(operand),))
            case ast.BinOp(op=ast.Add()):
                return self.sum(node)
            case ast.BinOp(left=left, op=operator, right=right) if type(operator) in OPERATORS:
                return self.operation(OPERATORS[type(operator)], left, right)
            case ast.Call(func=ast.Name(id=name), args=args, keywords=keywords):
                return self.call(name, args, keywords)
            case ast.Call(
                func=ast.Attribute(value=first, attr=name), args=args, keywords=keywords
            ):
                return self.call(name, [first, *args], keywords)
        raise self.stranger(node)

    def name(self, text: str) -> Expression:
        """Return a name, or the number that a constant's name stands for."""
        if text.startswith(ID_WORD):
            return Name(f"#{text[len(ID_WORD) :]}")
        if text in CONSTANTS and text not in self.known:
            return Number(CONSTANTS[text])
        return Name(text)

    def sum(self, node: ast.expr) -> Expression:
        """Return a + b + c + … as one sum of all its terms."""
        terms: list[ast.expr] = []
        while isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            terms.append(node.right)
            node = node.left
        return arithmetic("add", tuple(map(self.read, (node, *reversed(terms)))))

    def operation(self, key: str, left: ast.expr, right: ast.expr) -> Expression:
        """Return a difference, product, quotient or power."""
        first, second = self.read(left), self.read(right)
        if key == "pow" and isinstance(second, Number) and not isinstance(first, Number):
            return arithmetic("power", (first,), within(OPS["power"], [second.value]))
        return arithmetic(key, (first, second))

    def call(self, name: str, args: list[ast.expr], keywords: list[ast.keyword]) -> Expression:
        """Return a function of the op table: inputs first, then attributes by place or name."""
        if name == "Value":
            return self.leaf(args, keywords)
        op = find_op(name)
        given = [self.read(arg) for arg in args]
        count = len(given) if op.variadic else len(op.ports)
        inputs, rest = given[:count], given[count:]
        if len(inputs) < (op.minimum if op.variadic else count) or len(rest) > len(op.attributes):
            raise miscounted(op, len(given))
        named = {str(word.arg): self.read(word.value) for word in keywords}
        return Call(op.key, tuple(inputs), attributes(op, rest, named))

    def leaf(self, args: list[ast.expr], keywords: list[ast.keyword]) -> Leaf:
        """Return the value that a program makes with `Value(…)`."""
        match args, keywords:
            case [number], []:
                label = ""
            case [number], [ast.keyword(arg="label", value=ast.Constant(value=str(label)))]:
                pass
            case _:
                raise Refused(_("A value is written as Value(2.0, label='a')"))
        value = self.read(number)
        if not isinstance(value, Number):
            raise Refused(_("“{text}” is no number").format(text=shown(ast.unparse(number))))
        return Leaf(value.value, label)

    def stranger(self, node: ast.expr) -> Refused:
        """Return the refusal of what has no place in a formula."""
        remedies = {
            ast.Tuple: _("Write a decimal point: 1.5"),
            ast.Compare: _("Write one = to name a result, as in y = 3*x"),
        }
        remedy = remedies.get(type(node), "")
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitXor):
            remedy = _("Write ** for a power: x**2")
        elif isinstance(node, ast.Call):
            remedy = _("Write * between things that are multiplied: 2*(x + 1)")
        return Refused(
            _("“{text}” has no place in a formula").format(text=shown(ast.unparse(node))),
            "",
            remedy or _("It is made of numbers, names, + − * / ** and functions such as tanh(x)"),
        )


def literal(number: float) -> Number:
    """Return a number of the text; refuse one beyond the range of floating point."""
    try:
        value = float(number)
    except OverflowError:
        value = math.inf
    if not math.isfinite(value):
        raise Refused(_("A number in the formula is too large"), _("the largest is about 1.8e308"))
    return Number(value)


def arithmetic(
    key: str, inputs: tuple[Expression, ...], attributes: Mapping[str, float] | None = None
) -> Expression:
    """Return an operation, or its number if all inputs are numbers and the result is finite."""
    call = Call(key, inputs, attributes or {})
    numbers = [item.value for item in inputs if isinstance(item, Number)]
    if len(numbers) < len(inputs):
        return call
    value = compute(call.key, numbers, call.attributes)
    return Number(value) if math.isfinite(value) else call


def compute(key: str, numbers: list[float], attributes: Mapping[str, float]) -> float:
    """Return an op's number, by the op's own rule."""
    return float(OPS[key].scalar.forward(numbers, list(attributes.values())))


def find_op(name: str) -> Op:
    """Return the op that a function name means; refuse an unknown one with what is near."""
    op = OPS.get(ALIASES.get(name, name))
    if op is None:
        near = get_close_matches(name.lower(), [*OPS, *ALIASES], n=1)
        remedy = _("Perhaps “{name}” is meant").format(name=near[0]) if near else ""
        raise Refused(_("There is no function “{name}”").format(name=shown(name)), "", remedy)
    return op


def miscounted(op: Op, given: int) -> Refused:
    """Return the refusal of too few or too many inputs."""
    least = op.minimum if op.variadic else len(op.ports)
    takes = _("{least} or more") if op.variadic else "{least}"
    return Refused(
        _("“{name}” takes {count} inputs and has {given}").format(
            name=op.key, count=takes.format(least=least), given=given
        )
    )


def attributes(
    op: Op, placed: list[Expression], named: Mapping[str, Expression]
) -> dict[str, float]:
    """Return all attributes of an op in the table's order, defaults where none is given."""
    names = [attribute.name for attribute in op.attributes]
    given = dict(zip(names, placed, strict=False)) | dict(named)
    for name, value in given.items():
        if name not in names:
            raise Refused(_("“{op}” has no “{name}”").format(op=op.key, name=shown(name)))
        if not isinstance(value, Number):
            raise Refused(_("“{name}” of “{op}” must be a number").format(name=name, op=op.key))
    numbers = {name: value.value for name, value in given.items() if isinstance(value, Number)}
    return within(op, [numbers.get(a.name, a.default) for a in op.attributes])


def within(op: Op, numbers: list[float]) -> dict[str, float]:
    """Return attributes by name; refuse one outside its range."""
    for attribute, number in zip(op.attributes, numbers, strict=True):
        if not attribute.low <= number <= attribute.high:
            raise Refused(
                _("{title} lies between {low:g} and {high:g}").format(
                    title=attribute.title, low=attribute.low, high=attribute.high
                )
            )
    return {a.name: number for a, number in zip(op.attributes, numbers, strict=True)}
