"""A document as a program for micrograd, as published; it runs with this project's engine as well.

micrograd's numbers have +, *, ** and relu, and what follows from those. Whatever else the document
uses is written into the program as a small function with its own `_backward`.
"""

from collections.abc import Iterable, Sequence

from engine import ops
from engine.exchange.exporters.careful import definitions, imports
from engine.exchange.exporters.formulas import Unsayable, spell
from engine.exchange.exporters.learning import Learning
from engine.exchange.exporters.naming import function_name, listed
from engine.exchange.exporters.networks import Network, Neuron
from engine.exchange.exporters.outline import Section
from engine.exchange.exporters.script import Scope, indented
from engine.exchange.exporters.terms import (
    Operand,
    Term,
    Writer,
    bracketed,
    forward,
    number,
    slopes,
)
from engine.exchange.exporters.trained_script import TrainedScript
from engine.graph.arguments import LINEAR
from engine.graph.document import Document
from engine.ops import Op

RELU = "max(x, 0)"
NUMPY = "import numpy"
DEEPEST = 900  # micrograd goes backward by recursion, and Python stops at 1000
LOAD = [
    "def load(module, numbers):",
    '    """Give a module the weights of the canvas."""',
    "    for parameter, number in zip(module.parameters(), numbers):",
    "        parameter.data = number",
]


class Micrograd(TrainedScript):
    """Writes `Value`s."""

    def __init__(self, document: Document, folded: Iterable[int]) -> None:
        super().__init__(document, folded)
        self.writer = Writer(careful=self.careful)
        self.helpers: dict[str, list[str]] = {}
        self.used: set[str] = set()  # classes of micrograd.nn

    def body(self) -> list[list[str]]:
        """Return leaves, functions, the passage and the way back."""
        leaves = self.leaves()
        if isinstance(self.learning, Learning):
            return [*leaves, *self.trained(self.learning)]
        functions = list(self.functions(self.outline.items))
        code = self.passage(self.outline.items, self.module)
        return [*leaves, *functions, code, self.back(), self.main()]

    def header(self) -> list[str]:
        """Return docstring, imports and helpers."""
        learning, depth = self.learning, self.depth()
        lines = ['"""A graph of scalars for micrograd, written by Micrograd Playground."""', ""]
        loop = learning.imports if isinstance(learning, Learning) else []
        system = ["import sys"] if depth > DEEPEST else []
        lines += sorted({*imports(self.writer.used), *system, *loop} - {NUMPY})
        lines += [line for line in loop if line == NUMPY]
        lines += ["", "from micrograd.engine import Value"]
        if self.used:
            lines.append(f"from micrograd.nn import {', '.join(sorted(self.used))}")
        if depth > DEEPEST:
            lines += ["", f"sys.setrecursionlimit({2 * depth + 1000})"]
        lines += definitions(self.writer.used)
        for helper in self.helpers.values():
            lines += ["", *helper]
        return [*lines, *(["", *LOAD] if self.used else [])]

    def depth(self) -> int:
        """Return how many numbers stand one behind the other at most, n-ary sums as chains."""
        depths: dict[int, int] = {}
        for node in self.result.ids.tolist():  # inputs first within each section
            if node in self.computed:
                self._deepen(node, depths)
        return max(depths.values(), default=0)

    def _deepen(self, node: int, depths: dict[int, int]) -> None:
        inputs = self.wires.get(node, {}).values()
        before = max((depths.get(source, 0) for source in inputs), default=0)
        depths[node] = before + max(1, len(inputs))

    # Statements ----------------------------------------------------------------------------------

    def leaf(self, node: int) -> str:
        """Return a leaf as a `Value`."""
        return f"Value({number(self.value(node))})"

    def applied(self, op: Op, inputs: list[str], attributes: tuple[float, ...]) -> str:
        """Return an op of numbers that have these names."""
        if op.formula == RELU:
            return f"{inputs[0]}.relu()"
        try:
            names = op.names(inputs, attributes)
            text = spell(op.formula, names, _unsayable, "+-*" if self.careful else "+-*/^")
        except Unsayable:
            text = ""
        if not text or text in inputs:  # a sum of one would be that one, not a new number
            given = [*inputs, *(number(value) for value in attributes)]
            return f"{self.helper(op, len(inputs))}({', '.join(given)})"
        return text

    def helper(self, op: Op, count: int) -> str:
        """Return the name of an op's function, which is written if it is new."""
        name = function_name(op, count)
        if name not in self.helpers:
            self.helpers[name] = self.definition(op, count, name)
        return name

    def definition(self, op: Op, count: int, name: str) -> list[str]:
        """Return the function of an op, as micrograd defines its own."""
        ports = [f"x{k + 1}" for k in range(count)] if op.variadic else list(op.ports)
        given = [attribute.name for attribute in op.attributes]
        inputs = [Term(f"{port}.data") for port in ports]
        attributes: list[Operand] = [Term(attribute) for attribute in given]
        before, [value] = self.writer.lines([forward(op, inputs, attributes)])
        found = slopes(op, inputs, Term("out.data"), attributes)
        back, partials = self.writer.lines(found)
        shares = [_share(port, text) for port, text in zip(ports, partials, strict=True)]
        children = f"({', '.join(ports)},)" if count == 1 else f"({', '.join(ports)})"
        return [
            f"def {name}({', '.join([*ports, *given])}):",
            *indented(before),
            f"    out = Value({value}, {children}, {op.key!r})",
            "",
            "    def _backward():",
            *indented([*back, *shares], 8),
            "",
            "    out._backward = _backward",
            "    return out",
        ]

    # Networks ------------------------------------------------------------------------------------

    def network(self, section: Section) -> list[str]:
        """Return the lines that make the modules of a network and give them their weights."""
        network, name = self.network_of(section), self.objects[section.group.id]
        inputs, widths = self.sizes(network)
        if is_plain(network):
            self.used.add("MLP")
            return [f"{name} = MLP({inputs}, {widths})", *self._load(name, network.parameters)]
        if network.kind == "neuron":
            self.used.add("Neuron")
            line = f"{name} = Neuron({inputs}{_linear(network.layers[0])})"
            return [line, *self._load(name, network.parameters)]
        self.used.add("Layer")
        lines, made = [], []
        for layer, path, nin in zip(network.layers, self._paths(network, name), (inputs, *widths)):  # noqa: B905
            made.append(f"Layer({nin}, {len(layer)}{_linear(layer)})")
            lines += self._load(path, [p for neuron in layer for p in neuron.parameters])
        if network.kind == "layer":
            return [f"{name} = {made[0]}", *lines]
        return [*listed(made, f"{name} = [", "]"), *lines]

    def _load(self, path: str, parameters: Sequence[int]) -> list[str]:
        return listed(self.numbers(parameters), f"load({path}, [", "])")

    @staticmethod
    def _paths(network: Network, name: str) -> list[str]:
        """Return how each layer of a network is reached."""
        if network.kind == "layer":
            return [name]
        within = f"{name}.layers" if is_plain(network) else name
        return [f"{within}[{k}]" for k in range(len(network.layers))]

    def all_parameters(self, section: Section) -> str:
        """Return the expression of all parameters of a network, also one made of layers."""
        network, name = self.network_of(section), self.objects[section.group.id]
        if network.kind == "mlp" and not is_plain(network):
            return f"(p for layer in {name} for p in layer.parameters())"
        return f"{name}.parameters()"

    def name_network(self, section: Section) -> None:
        """Note how each weight is reached."""
        network, name = self.network_of(section), self.objects[section.group.id]
        for layer, path in zip(network.layers, self._paths(network, name), strict=True):
            for k, neuron in enumerate(layer):
                own = name if network.kind == "neuron" else f"{path}.neurons[{k}]"
                self.shared |= {w: f"{own}.w[{j}]" for j, w in enumerate(neuron.weights)}
                self.shared[neuron.bias] = f"{own}.b"

    def network_lines(self, section: Section, scope: Scope) -> list[str]:
        """Return the calls of a network's modules."""
        network, name = self.network_of(section), self.objects[section.group.id]
        signals = self.as_list(network.sources, scope)
        lines = []
        if network.kind == "mlp" and not is_plain(network):
            hidden = scope.names.take(f"{name}_hidden")
            for layer, path in zip(network.layers[:-1], self._paths(network, name), strict=False):
                lines.append(f"{hidden} = {self._bent(layer, f'{path}({signals})', as_list=True)}")
                signals = hidden
        last = network.layers[-1]
        call = name if is_plain(network) else self._paths(network, name)[-1]
        if network.kind == "neuron":
            call = name
        bent = self._bent(last, f"{call}({signals})", as_list=False)
        if len(last) == 1:
            return [*lines, f"{self.take(last[0].output, scope)} = {bent}"]
        return [*lines, f"{scope.take_list(section.outputs, f'{name}_out')} = {bent}"]

    def _bent(self, layer: tuple[Neuron, ...], call: str, *, as_list: bool) -> str:
        """Return a layer's answer after its activation; a single neuron's is no list."""
        key, attributes = layer[0].bend
        single = len(layer) == 1
        if not _is_own(key):
            item = call if single else "n"
            bent = self.applied(ops.OPS[key], [item], attributes)
            call = bent if single else f"[{bent} for n in {call}]"
        return f"[{call}]" if single and as_list else call

    # Training ------------------------------------------------------------------------------------

    def objective(self, learning: Learning, results: list[int], decaying: str) -> list[str]:
        """Return the body of the function of what is made smaller."""
        wanted = [learning.loss, *learning.penalties]
        index = [results.index(node) for node in wanted if node in results]
        single = len(results) == 1
        lines = []
        if not learning.fed:
            lines.append(f"outputs = {'[forward()]' if single else 'forward()'}")
            terms = [f"outputs[{k}]" for k in index]
        else:
            call = "forward(*map(Value, row))"
            lines.append(f"outputs = [{f'[{call}]' if single else call} for row in rows]")
            mean = learning.settings.reduction == "mean"
            sums = [f"sum(out[{k}] for out in outputs)" for k in index]
            terms = [
                f"{text} * (1.0 / len(rows))" if mean or k else text for k, text in enumerate(sums)
            ]
        if not learning.decaying:
            return [*lines, f"return {' + '.join(terms)}"]
        lines.append(f"loss = {' + '.join(terms)}")
        alpha = number(learning.settings.l2)
        return [*lines, f"return loss + {alpha} * sum(p * p for p in {decaying})"]

    def step(self, learning: Learning) -> list[str]:
        """Return the lines of a step downhill."""
        return [
            "for p in parameters:",
            "    p.grad = 0.0",
            "total.backward()",
            "for p in parameters:",
            f"    p.data = {learning.update('p.data', 'p.grad')}",
            "losses.append(total.data)",
        ]


def is_plain(network: Network) -> bool:
    """Whether a network is micrograd's own MLP: ReLU everywhere but in the last, linear layer."""
    bends = [layer[0].activation for layer in network.layers]
    hidden = all(_is_relu(key) for key in bends[:-1])
    return network.kind == "mlp" and hidden and bends[-1] == LINEAR


def _is_relu(key: str) -> bool:
    return key != LINEAR and ops.OPS[key].formula == RELU


def _is_own(key: str) -> bool:
    """Whether micrograd's neurons have the activation themselves."""
    return key == LINEAR or _is_relu(key)


def _linear(layer: tuple[Neuron, ...]) -> str:
    return "" if _is_relu(layer[0].activation) else ", nonlin=False"


def _share(port: str, slope: str) -> str:
    """Return the line of `_backward` for one input."""
    if slope in ("1", "1.0"):
        return f"{port}.grad += out.grad"
    return f"{port}.grad += {bracketed(slope)} * out.grad"


def _unsayable(name: str, _given: list[str]) -> str:
    raise Unsayable(name)
