"""Write the modules of kernels from the tables of ops and optimisers, so that none is known twice.

`bodies`, `chains` and `updates` give the text of `op_bodies.py`, `op_chains.py` and `updates.py`;
a test holds the committed files against them.  Bodies are
taken from the records as they are, but for lists: a partial that would be returned in a list is
written to an array instead, since compiled code should not allocate.
"""

import ast
import inspect
import textwrap
from collections.abc import Iterable, Mapping
from typing import Protocol

from engine.ops import OPS, Op, scalars
from engine.ops.record import Body

BODIES = '''"""The bodies of all ops, to be inlined; generated from the op table, not to be edited.

`python -m engine.run.kernels.generate bodies` writes it anew.
"""

import numba

from engine.run.kernels.elementary import (
{names}
)

# nnan and ninf would delete the checks for nan.
FAST = {{"reassoc", "contract", "nsz", "arcp"}}
BODY = numba.njit(fastmath=FAST, error_model="numpy", forceinline=True)
'''
CHAINS = '''"""One chain over all ops each way; generated from the op table, not to be edited.

`python -m engine.run.kernels.generate chains` writes it anew.  `code` counts through KEYS.
Arrays are contiguous and of one length; `share` receives what the gradient of an input gets from
each lane, and `a` holds the attributes.
"""

import numba

from engine.run.kernels.op_bodies import (
    FAST,
{names}
)

KERNEL = numba.njit(fastmath=FAST, error_model="numpy", nogil=True, _nrt=False)

KEYS = (
{keys}
)
'''
UPDATES = '''"""Steps of all optimisers; generated from their table, not to be edited.

`python -m engine.train.optimizers` writes it anew.  `code` counts through KEYS.
"""

import numba

from engine.run.kernels.elementary import (
{names}
)
from engine.run.kernels.op_bodies import BODY, FAST

KERNEL = numba.njit(fastmath=FAST, error_model="numpy", nogil=True, _nrt=False)

KEYS = (
{keys}
)
'''
UPDATE = '''

@KERNEL
def update(code, value, gradient, rate, step, state, former, a):
    """Move the parameters, the first of `value`; `state` (vectors, parameters) goes along.

    What both were is left in the gradients' place and in `former`; `a` holds the settings.
    """
    count = state.shape[1]
'''
SLOPES = "slopes"


class Rule(Protocol):
    """What is read of an optimiser; see `engine.train.optimizers.Optimizer`."""

    @property
    def key(self) -> str:
        """What it is called in files."""

    @property
    def body(self) -> Body:
        """The step of one parameter."""

    @property
    def state(self) -> tuple[str, ...]:
        """The names of what it remembers."""

    @property
    def settings(self) -> Mapping[str, float]:
        """The settings that the body reads."""


def bodies() -> str:
    """Return the module of bodies as text."""
    code = "".join(_bodies(OPS.values()).values())
    names = sorted(set(scalars.__all__) & _names(code))
    return BODIES.format(names=_lines(names)) + code


def chains() -> str:
    """Return the module of chains as text."""
    ops = list(enumerate(OPS.values()))
    names = _lines(sorted(_bodies(OPS.values()), key=lambda name: name.lower()))
    header = CHAINS.format(names=names, keys=_lines(f'"{key}"' for key in OPS))
    fixed = [(code, op) for code, op in ops if not op.variadic]
    many = [(code, op) for code, op in ops if op.variadic]
    return header + _fixed_chains(fixed) + _many_chains(many)


def updates(rules: Iterable[Rule]) -> str:
    """Return the module of optimisers as text."""
    rules = list(rules)
    code = "".join(_body(rule.body, lists=False) for rule in rules)
    names = sorted(set(scalars.__all__) & _names(code))
    text = UPDATES.format(names=_lines(names), keys=_lines(f'"{rule.key}"' for rule in rules))
    text += code + UPDATE
    for place, rule in enumerate(rules):
        text += f"    {'elif' if place else 'if'} code == {place}:  # {rule.key}\n"
        text += "".join(f"        {name} = a[{k}]\n" for k, name in enumerate(rule.settings))
        given = ["value[k]", "gradient[k]", "rate", "step"]
        given += [f"state[{k}, k]" for k in range(len(rule.state))]
        text += f"        for k in range(count):\n            made = {rule.body.__name__}(\n"
        text += "".join(f"                {name},\n" for name in (*given, *rule.settings))
        text += "            )\n"
        text += "            gradient[k] = value[k]\n            value[k] = made[0]\n"
        for k in range(len(rule.state)):
            text += f"            former[{k}, k] = state[{k}, k]\n"
            text += f"            state[{k}, k] = made[{k + 1}]\n"
    return text


def _bodies(ops: Iterable[Op]) -> dict[str, str]:
    return {
        body.__name__: _body(body, lists=op.variadic and body is op.partials)
        for op in ops
        for body in (op.forward, op.partials)
    }


def _lines(words: Iterable[str]) -> str:
    return "\n".join(f"    {word}," for word in words)


def _names(code: str) -> set[str]:
    return {node.id for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Name)}


# Bodies ------------------------------------------------------------------------------------------


def _body(body: Body, *, lists: bool) -> str:
    tree = ast.parse(textwrap.dedent(inspect.getsource(body))).body[0]
    if not isinstance(tree, ast.FunctionDef):
        raise TypeError(f"{body} is not written as a function")
    tree.returns = None
    for argument in tree.args.args:
        argument.annotation = None
    if isinstance(tree.body[0], ast.Expr):  # the docstring stays with the record
        del tree.body[0]
    if lists:
        tree.args.args.append(ast.arg(SLOPES))
        tree = _WithoutLists().visit(tree)
    text = ast.unparse(ast.fix_missing_locations(tree)).replace("e+", "e")  # as ruff writes it
    return f"\n\n@BODY\n{text}\n"


class _WithoutLists(ast.NodeTransformer):
    """Turns `[f(v) for v in x]` into a loop that fills the array `slopes`."""

    def __init__(self) -> None:
        self._renamed: str | None = None

    def visit_Assign(self, node: ast.Assign) -> ast.AST:
        [target] = node.targets
        if isinstance(node.value, ast.ListComp) and isinstance(target, ast.Name):
            self._renamed = target.id
            return _fill(node.value)
        return self.generic_visit(node)

    def visit_Return(self, node: ast.Return) -> ast.AST | None:
        if isinstance(node.value, ast.ListComp):
            return _fill(node.value)
        return None

    def visit_Name(self, node: ast.Name) -> ast.AST:
        return ast.Name(SLOPES, node.ctx) if node.id == self._renamed else node


def _fill(made: ast.ListComp) -> ast.stmt:
    [loop] = made.generators
    name, inputs = ast.unparse(loop.target), ast.unparse(loop.iter)
    taken = "" if name.startswith("_") else f"    {name} = {inputs}[k]\n"
    text = f"for k in range(len({inputs})):\n{taken}    {SLOPES}[k] = {ast.unparse(made.elt)}"
    return ast.parse(text).body[0]


# Chains ------------------------------------------------------------------------------------------


def _fixed_chains(ops: list[tuple[int, Op]]) -> str:
    text = "\n\n@KERNEL\ndef forward(code, out, x, y, a):\n"
    text += '    """Compute `out` from the inputs `x` and, for ops of two, `y`."""\n'
    for place, (code, op) in enumerate(ops):
        call = f"{op.forward.__name__}({', '.join((*_inputs(op), *_given(op)))})"
        text += _case(place, code, op)
        text += f"        for lane in range(out.size):\n            out[lane] = {call}\n"
    text += "\n\n@KERNEL\ndef backward(code, port, share, x, y, out, up, a):\n"
    text += (
        '    """Compute the share of the input `port` from the gradient `up` of the output."""\n'
    )
    for place, (code, op) in enumerate(ops):
        text += _case(place, code, op)
        for port in range(len(op.ports)):
            inputs = (*_inputs(op), "out[lane]", *_given(op))
            call = f"{op.partials.__name__}({', '.join(inputs)})[{port}]"
            indent = "        "
            if len(op.ports) > 1:
                text += f"        {'else' if port else 'if port == 0'}:\n"
                indent += "    "
            text += f"{indent}for lane in range(out.size):\n"
            text += f"{indent}    share[lane] = {call} * up[lane]\n"
    return text


def _many_chains(ops: list[tuple[int, Op]]) -> str:
    text = "\n\n@KERNEL\ndef forward_many(code, out, x):\n"
    text += '    """Compute `out` from any number of inputs, `x` (inputs, lanes)."""\n'
    for place, (code, op) in enumerate(ops):
        text += _case(place, code, op)
        text += "        for lane in range(out.size):\n"
        text += f"            out[lane] = {op.forward.__name__}(x[:, lane])\n"
    text += "\n\n@KERNEL\ndef backward_many(code, share, x, out, up, slopes):\n"
    text += '    """Compute the shares (inputs, lanes); `slopes` is room for one lane."""\n'
    text += "    for lane in range(out.size):\n"
    for place, (code, op) in enumerate(ops):
        case = _case(place, code, op)
        text += textwrap.indent(case, "    ")
        text += f"            {op.partials.__name__}(x[:, lane], out[lane], slopes)\n"
    text += "        for k in range(slopes.size):\n"
    text += "            share[k, lane] = slopes[k] * up[lane]\n"
    return text


def _case(place: int, code: int, op: Op) -> str:
    text = f"    {'elif' if place else 'if'} code == {code}:  # {op.key}\n"
    for k, attribute in enumerate(op.attributes):
        text += f"        {attribute.name} = a[{k}]\n"
    return text


def _inputs(op: Op) -> list[str]:
    return ["x[lane]", "y[lane]"][: len(op.ports)]


def _given(op: Op) -> list[str]:
    return [attribute.name for attribute in op.attributes]


if __name__ == "__main__":
    import sys

    sys.stdout.write({"bodies": bodies, "chains": chains}[sys.argv[1]]())
