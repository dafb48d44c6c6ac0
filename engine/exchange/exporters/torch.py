"""A document as a program for PyTorch, in float64: scalars, or modules where networks are folded.

A network whose scalars are all out of sight becomes an `nn.Module` with the weights of the canvas.
Everything outside of it works on one sample as on a whole batch, so the training loop runs the
same lines over all samples at once.
"""

import ast
import re
from collections.abc import Iterable, Sequence

from engine import ops
from engine.exchange.exporters.formulas import spell
from engine.exchange.exporters.learning import Learning
from engine.exchange.exporters.naming import listed
from engine.exchange.exporters.networks import Network, Neuron
from engine.exchange.exporters.outline import Section
from engine.exchange.exporters.script import Scope, indented
from engine.exchange.exporters.terms import number
from engine.exchange.exporters.tracing import traced
from engine.exchange.exporters.trained_script import TrainedScript
from engine.graph.arguments import LINEAR
from engine.graph.document import Document
from engine.ops import Op

SETUP = [
    "torch.set_default_dtype(torch.float64)",
    'torch.set_default_device("cuda" if torch.cuda.is_available() else "cpu")',
]
LOAD = [
    "def load(linear, weights, biases):",
    '    """Give a layer the weights of the canvas, a row a neuron."""',
    "    with torch.no_grad():",
    "        linear.weight.copy_(torch.tensor(weights))",
    "        linear.bias.copy_(torch.tensor(biases))",
]
RETAIN = [
    "for node in list(globals().values()):",
    "    if isinstance(node, torch.Tensor) and node.requires_grad:",
    "        node.retain_grad()  # of what is computed, too, not of leaves alone",
]


class Torch(TrainedScript):
    """Writes tensors."""

    opening, closing = "data = torch.tensor([", "])"
    picked = "data[torch.as_tensor(rows)]"
    number_test = "isinstance(node, torch.Tensor) and node.dim() == 0"
    number_data = "node.item()"

    def __init__(self, document: Document, folded: Iterable[int]) -> None:
        self.modules: dict[str, list[str]] = {}
        super().__init__(document, folded)
        self.says_nn = False

    def folded(self, folded: Iterable[int]) -> Iterable[int]:
        """Fold networks whose neurons are all folded: PyTorch has no class for a lone neuron."""
        found = set(folded)
        for group in self.document.groups.values():
            if group.template in ("mlp", "layer") and not self._shows_scalars(group.id, found):
                found.add(group.id)
        return found

    def _shows_scalars(self, group: int, folded: set[int]) -> bool:
        waiting = [group]
        while waiting:
            here = waiting.pop()
            if here in folded:
                continue
            nodes, groups = self.inside(here)
            if nodes:
                return True
            waiting += groups
        return False

    def accepts(self, network: Network) -> bool:
        """Whether all of a network's parameters are trained, or none: tensors hold many."""
        if not isinstance(self.learning, Learning):
            return True
        trained = set(self.learning.parameters).intersection(network.parameters)
        return len(trained) in (0, len(network.parameters))

    def body(self) -> list[list[str]]:
        """Return leaves, functions, the passage and the way back."""
        leaves = self.leaves()
        if isinstance(self.learning, Learning):
            return [*leaves, *self.trained(self.learning)]
        functions = list(self.functions(self.outline.items))
        code = self.passage(self.outline.items, self.module)
        back = self.back()
        return [*leaves, *functions, code, [*(RETAIN if back else []), *back], self.main()]

    def header(self) -> list[str]:
        """Return docstring, imports and modules."""
        lines = ['"""A graph of scalars for PyTorch, written by Micrograd Playground."""', ""]
        if isinstance(self.learning, Learning):
            lines += self.learning.imports
        lines.append("import torch")
        networks = self.outline.networks
        if networks or self.says_nn:
            lines.append("from torch import nn")
        lines += ["", *SETUP, ""]
        for module in self.modules.values():
            lines += [*module, ""]
        return [*lines, *(LOAD if networks else [])]

    # Statements ----------------------------------------------------------------------------------

    def leaf(self, node: int) -> str:
        """Return a leaf as a tensor without dimensions."""
        return f"torch.tensor({number(self.value(node))}, requires_grad=True)"

    def applied(self, op: Op, inputs: list[str], attributes: tuple[float, ...]) -> str:
        """Return an op of tensors that have these names."""
        names = op.names(inputs, attributes)
        if op.torch:
            self.says_nn |= "nn." in op.torch
            return filled(op.torch, names)
        text = spell(op.formula, names, _called)
        return f"{text}.clone()" if text in inputs else text

    # Networks ------------------------------------------------------------------------------------

    def network(self, section: Section) -> list[str]:
        """Return the lines that make the module of a network and give it its weights."""
        network, name = self.network_of(section), self.objects[section.group.id]
        inputs, widths = self.sizes(network)
        lines = [f"{name} = nn.Linear({inputs}, {widths[0]})"]
        if network.kind == "mlp":
            lines = [f"{name} = {self.module_name(network)}()"]
        for layer, path in zip(network.layers, self.paths(network, name), strict=True):
            lines.append(f"load({path}, [")
            for neuron in layer:
                row = f"[{', '.join(self.numbers(neuron.weights))}]"
                lines += traced(_row(row), *neuron.weights)
            biases = self.numbers(neuron.bias for neuron in layer)
            lines += listed(biases, "], [", "])")
        return lines

    def module_name(self, network: Network) -> str:
        """Return the name of the class of an MLP, which is written if it is new."""
        inputs, widths = self.sizes(network)
        lines = ["class {}(nn.Module):", "    def __init__(self):", "        super().__init__()"]
        sizes = zip((inputs, *widths), widths, strict=False)
        linear = [f"nn.Linear({n}, {width})" for n, width in sizes]
        lines += indented(listed(linear, "self.layers = nn.ModuleList([", "])", indent=8), 8)
        lines += ["", "    def forward(self, x):"]
        for k, layer in enumerate(network.layers):
            lines.append(f"        x = {self.bent(layer, f'self.layers[{k}](x)')}")
        lines.append("        return x")
        for name, known_lines in self.modules.items():
            if known_lines[1:] == lines[1:]:
                return name
        name = self.names.take("Network")
        self.modules[name] = [lines[0].format(name), *lines[1:]]
        return name

    def bent(self, layer: tuple[Neuron, ...], call: str) -> str:
        """Return a layer's answer after its activation."""
        key, attributes = layer[0].bend
        return call if key == LINEAR else self.applied(ops.OPS[key], [call], attributes)

    @staticmethod
    def paths(network: Network, name: str) -> list[str]:
        """Return how each layer of a network is reached."""
        if network.kind != "mlp":
            return [name]
        return [f"{name}.layers[{k}]" for k in range(len(network.layers))]

    def name_network(self, section: Section) -> None:
        """Note how each weight is reached."""
        network, name = self.network_of(section), self.objects[section.group.id]
        for layer, path in zip(network.layers, self.paths(network, name), strict=True):
            for k, neuron in enumerate(layer):
                weights = enumerate(neuron.weights)
                self.shared |= {w: f"{path}.weight[{k}, {j}]" for j, w in weights}
                self.shared[neuron.bias] = f"{path}.bias[{k}]"

    def network_lines(self, section: Section, scope: Scope) -> list[str]:
        """Return the call of a network's module, and its answers by name."""
        network, name = self.network_of(section), self.objects[section.group.id]
        given = ", ".join(self.named(source, scope) for source in network.sources)
        signals = scope.lists.get(network.sources) or f"torch.stack([{given}], -1)"
        call = f"{name}({signals})"
        if network.kind != "mlp":
            call = self.bent(network.layers[0], call)
        if len(network.outputs) == 1:
            return [f"{self.take(network.outputs[0], scope)} = {call}[..., 0]"]
        return [f"{scope.take_list(network.outputs, f'{name}_out', '..., ')} = {call}"]

    def parameter_list(self, name: str, parameters: Sequence[int]) -> list[str]:
        """Return a list of parameters: tensors of networks, whole modules where that is meant."""
        wanted = set(parameters)
        texts: dict[int, str] = {}
        for section in self.outline.networks:
            network, own = self.network_of(section), self.objects[section.group.id]
            if wanted.issuperset(network.parameters):
                texts |= dict.fromkeys(network.parameters, f"*{own}.parameters()")
                continue
            for layer, path in zip(network.layers, self.paths(network, own), strict=True):
                weights = [w for neuron in layer for w in neuron.weights]
                texts |= dict.fromkeys(weights, f"{path}.weight")
        items = dict.fromkeys(texts.get(node, self.shared[node]) for node in parameters)
        return listed(items, f"{name} = [", "]")

    # Training ------------------------------------------------------------------------------------

    def objective(self, learning: Learning, results: list[int], decaying: str) -> list[str]:
        """Return the body of the function of what is made smaller."""
        call = "forward(*rows.T)" if learning.fed else "forward()"
        reduced = learning.settings.reduction if learning.fed else "mean"
        given = ", ".join(self.module.text[node] for node in results)
        terms = [f"{self.module.text[learning.loss]}.{reduced}()"]
        terms += [f"{self.module.text[node]}.mean()" for node in learning.penalties]
        if learning.decaying:
            alpha = number(learning.settings.l2)
            terms.append(f"{alpha} * sum((p * p).sum() for p in {decaying})")
        return [f"{given} = {call}", f"return {' + '.join(terms)}"]

    def step(self, learning: Learning) -> list[str]:
        """Return the lines of a step downhill."""
        return [
            "for p in parameters:",
            "    p.grad = None",
            "total.backward()",
            "with torch.no_grad():",
            "    for p in parameters:",
            f"        p.copy_({learning.update('p', 'p.grad')})",
            "losses.append(total.item())",
        ]


def filled(text: str, names: dict[str, object]) -> str:
    """Return what an op's record says of PyTorch, with other names for ports and attributes."""
    tree = _Filler(names).visit(ast.parse(text, mode="eval").body)
    return ast.unparse(tree)


class _Filler(ast.NodeTransformer):
    def __init__(self, names: dict[str, object]) -> None:
        self.names = names

    def visit_Name(self, node: ast.Name) -> ast.expr:
        """Put in what is meant by a port or an attribute."""
        item = self.names.get(node.id)
        if isinstance(item, int | float):
            return ast.Constant(item)
        return _parsed(item) if isinstance(item, str) else node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        """Put all inputs of an n-ary op in the place of `*x`."""
        arguments: list[ast.expr] = []
        for argument in node.args:
            match argument:
                case ast.Starred(value=ast.Name(id=name)):
                    arguments += map(_parsed, self.names[name])  # type: ignore[call-overload]
                case _:
                    arguments.append(argument)
        node.args = arguments
        return self.generic_visit(node)


def _parsed(text: str) -> ast.expr:
    return ast.parse(text, mode="eval").body


def _called(name: str, given: list[str]) -> str:
    """Write a function of a formula in PyTorch."""
    if name in (">", ">=", "<", "=="):
        return f"({given[0]} {name} {given[1]})"
    if name == "power":
        return f"{given[0]}**{given[1]}"
    if name == "where":
        given = [f"{text}.0" if re.fullmatch(r"-?\d+", text) else text for text in given]
        return f"torch.where({', '.join(given)})"
    if name in ("max", "min"):
        first, second = given
        return f"torch.{name}imum({first}, torch.as_tensor({second}))"
    return f"torch.{name}({', '.join(given)})"


def _row(text: str) -> list[str]:
    """Return a row of weights, indented, on as many lines as it needs."""
    return indented(listed(text[1:-1].split(", "), "[", "],", indent=4))
