"""Groups that are still what their template made: neurons, layers and MLPs, found from the wires.

Exporters write these as the classes that libraries have for them. A group is one only if its
scalars compute exactly that and nothing inside is needed elsewhere but weights, which a class
shows; a neuron with one multiplication deleted is not.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine import ops
from engine.graph.arguments import LINEAR
from engine.graph.document import Document
from engine.graph.records import Node


@dataclass(frozen=True, slots=True)
class Neuron:
    """act(w·x + b): ids of the weights, their sources, the bias and the output."""

    weights: tuple[int, ...]
    sources: tuple[int, ...]
    bias: int
    activation: str
    attributes: tuple[float, ...]
    output: int

    @property
    def bend(self) -> tuple[str, tuple[float, ...]]:
        """The activation with its attributes."""
        return self.activation, self.attributes

    @property
    def parameters(self) -> tuple[int, ...]:
        """Weights, then the bias."""
        return (*self.weights, self.bias)


@dataclass(frozen=True, slots=True)
class Network:
    """Layers of neurons, one behind the other; a lone layer or neuron is a short one.

    `kind` is "neuron", "layer" or "mlp".
    """

    kind: str
    layers: tuple[tuple[Neuron, ...], ...]

    @property
    def sources(self) -> tuple[int, ...]:
        """What the first layer reads, in order."""
        return self.layers[0][0].sources

    @property
    def outputs(self) -> tuple[int, ...]:
        """The outputs of the last layer, in order."""
        return tuple(neuron.output for neuron in self.layers[-1])

    @property
    def parameters(self) -> tuple[int, ...]:
        """All parameters, neuron by neuron, as micrograd lists them."""
        return tuple(p for layer in self.layers for neuron in layer for p in neuron.parameters)


@dataclass(slots=True)
class Finder:
    """Recognises networks in one document; `kept` are nodes that code must be able to name."""

    document: Document
    kept: frozenset[int]
    wires: Mapping[int, Mapping[int, int]] = field(init=False)
    nodes: Mapping[int, Node] = field(init=False)
    _inside: dict[int | None, list[int]] = field(init=False)
    _groups: dict[int | None, list[int]] = field(init=False)

    def __post_init__(self) -> None:
        """Look the document over once."""
        self.nodes, self.wires = self.document.records(), self.document.wires()
        self._inside, self._groups = {}, {}
        for node in sorted(self.nodes):
            self._inside.setdefault(self.nodes[node].group, []).append(node)
        for group in sorted(self.document.groups):
            self._groups.setdefault(self.document.groups[group].group, []).append(group)

    def find(self, group: int) -> Network | None:
        """Return the network that a group is, None if it is none."""
        kind = self.document.groups[group].template
        if kind == "neuron":
            neuron = self._neuron(group)
            return Network(kind, ((neuron,),)) if neuron else None
        if kind == "layer":
            layer = self._layer(group)
            return Network(kind, (layer,)) if layer else None
        if kind == "mlp":
            layers = self._layers(group)
            return Network(kind, layers) if layers else None
        return None

    def _layers(self, group: int) -> tuple[tuple[Neuron, ...], ...] | None:
        waiting = [self._layer(inner) for inner in self._groups.get(group, ())]
        if self._inside.get(group) or not waiting:
            return None
        by_sources = {layer[0].sources: layer for layer in waiting if layer is not None}
        if len(by_sources) < len(waiting):
            return None
        outputs = {tuple(n.output for n in layer): layer for layer in by_sources.values()}
        first = [layer for sources, layer in by_sources.items() if sources not in outputs]
        if len(first) != 1:
            return None
        chain = [first[0]]
        while (signals := tuple(n.output for n in chain[-1])) in by_sources:
            if self._read_elsewhere(signals, by_sources[signals]):
                return None
            chain.append(by_sources[signals])
        return tuple(chain) if len(chain) == len(waiting) else None

    def _read_elsewhere(self, signals: tuple[int, ...], layer: tuple[Neuron, ...]) -> bool:
        """Whether anything but the layer reads these signals: a class would hide them."""
        readers = {target for s in signals for target, _port in self.document.consumers(s)}
        groups = {self.nodes[neuron.output].group for neuron in layer}
        hidden = self.kept.isdisjoint(signals)
        return not hidden or any(self.nodes[reader].group not in groups for reader in readers)

    def _layer(self, group: int) -> tuple[Neuron, ...] | None:
        neurons = [self._neuron(inner) for inner in self._groups.get(group, ())]
        if self._inside.get(group) or not neurons:
            return None
        found = [neuron for neuron in neurons if neuron is not None]
        alike = {(neuron.sources, neuron.bend) for neuron in found}
        return tuple(found) if len(found) == len(neurons) and len(alike) == 1 else None

    def _neuron(self, group: int) -> Neuron | None:
        members = self._inside.get(group, [])
        if self._groups.get(group) or self.document.groups[group].template != "neuron":
            return None
        sums = [node for node in members if self.nodes[node].op == "add"]
        if len(sums) != 1:
            return None
        terms = self._sources(sums[0])
        products = [term for term in terms if self.nodes[term].op == "mul"]
        biases = [term for term in terms if self._is_parameter(term, group)]
        pairs = [self._sources(product) for product in products]
        if len(biases) != 1 or len(products) + 1 != len(terms) or not products:
            return None
        if any(len(pair) != 2 or not self._is_parameter(pair[0], group) for pair in pairs):
            return None
        weights, sources = tuple(pair[0] for pair in pairs), tuple(pair[1] for pair in pairs)
        bends = [node for node in members if self._sources(node) == (sums[0],)]
        output = bends[0] if bends else sums[0]
        whole = {*weights, *products, biases[0], sums[0], output}
        if whole != set(members) or len(whole) != 2 * len(products) + 2 + len(bends):
            return None
        if len(bends) > 1 or not self._is_closed(whole, output, {*weights, biases[0]}):
            return None
        op = ops.get(self.nodes[output].op) if bends else None
        if bends and (op is None or op.category != "activations"):
            return None
        attributes = op.defaults(self.nodes[output].attributes) if op else ()
        return Neuron(weights, sources, biases[0], op.key if op else LINEAR, attributes, output)

    def _sources(self, node: int) -> tuple[int, ...]:
        """Return the sources of a node in port order; none if a wire is missing."""
        wired, ports = self.wires.get(node, {}), self.nodes[node].ports
        return tuple(wired[port] for port in ports) if len(wired) == len(ports) else ()

    def _is_parameter(self, node: int, group: int) -> bool:
        record = self.nodes[node]
        return record.is_leaf and record.role == "parameter" and record.group == group

    def _is_closed(self, whole: set[int], output: int, weights: set[int]) -> bool:
        """Whether nothing outside reads or names what is inside, but the output and weights."""
        for node in whole - {output} - weights:
            if node in self.kept:
                return False
            if any(target not in whole for target, _port in self.document.consumers(node)):
                return False
        return True
