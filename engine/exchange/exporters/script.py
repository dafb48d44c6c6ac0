"""What all exported programs have in common: leaves, functions and passages in their order.

`micrograd` and `torch` derive from `Script` and say how their library writes a leaf, an op, a
network and a training loop. A script is made for one document and one way of folding it.
"""

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from gettext import gettext as _

import numpy as np

from engine import ops
from engine.errors import EngineError, Refusal
from engine.exchange.exporters.learning import Learning, learning_of
from engine.exchange.exporters.naming import Names, comment, identifier, listed, printable
from engine.exchange.exporters.networks import Network
from engine.exchange.exporters.outline import Item, Outline, Section, flat, make_outline
from engine.exchange.exporters.terms import Operand, number
from engine.exchange.exporters.tracing import traced, traced_text
from engine.graph.document import Document
from engine.graph.records import MARKS, Node
from engine.run.evaluate import evaluate
from engine.train.samples import load_samples

ROOM = 87  # for an expression, which may be indented twice
SHORT = 6  # letters of the names that make up the name of a product
LEAF_NAMES = {"constant": "c", "parameter": "p", "feature": "x", "target": "y"}


@dataclass(slots=True)
class Scope:
    """What the nodes are called in one function, or in the module.

    `lists` are nodes that are one list. `backs` are the functions that go backward through folded
    groups, `returned` what each of them gives back for an input. `slopes` are the local
    derivatives of an op, by port.
    """

    names: Names
    text: dict[int, str] = field(default_factory=dict)
    lists: dict[tuple[int, ...], str] = field(default_factory=dict)
    backs: dict[int, str] = field(default_factory=dict)
    returned: dict[tuple[int, int], str] = field(default_factory=dict)
    slopes: dict[int, dict[int, Operand]] = field(default_factory=dict)

    def take_list(self, nodes: tuple[int, ...], wanted: str, before: str = "") -> str:
        """Name a list of nodes; `before` is what an index is written after."""
        name = self.names.take(wanted)
        self.lists[nodes] = name
        self.text |= {node: f"{name}[{before}{k}]" for k, node in enumerate(nodes)}
        return name


class Script:
    """Writes one document; subclasses know a library."""

    def __init__(self, document: Document, folded: Iterable[int]) -> None:
        self.document = document
        samples = load_samples(document.data, document.seeds)
        samples = None if isinstance(samples, Refusal) else samples
        row = min(document.view.sample, len(samples) - 1) if samples is not None else None
        self.result = evaluate(document, data=samples, sample=row)
        result = self.result
        self.computed = frozenset(result.ids[result.computed].tolist())
        self.reached = frozenset(result.ids[result.reached].tolist())
        self.output = result.output
        self.careful = not (
            np.isfinite(result.value[result.computed]).all()
            and np.isfinite(result.gradient[result.reached]).all()
        )
        self._inside: dict[int | None, tuple[list[int], list[int]]] | None = None
        self.nodes, self.wires = document.records(), document.wires()
        marked = {node for mark in MARKS for node in document.marked(mark)}
        self.kept = marked | ({self.output} if self.output is not None else set())
        self.learning = learning_of(document, samples)
        self.outline: Outline = make_outline(
            document, self.folded(folded), self.computed, self.kept, self.accepts
        )
        self.names = Names()  # of parameters, networks and functions: known in the whole file
        self.shared: dict[int, str] = {}
        self.objects: dict[int, str] = {}  # by group, of what folded networks are called
        self.module = Scope(Names(self.names))

    def folded(self, folded: Iterable[int]) -> Iterable[int]:
        """Return the groups that are functions or classes in the program."""
        return folded

    def accepts(self, network: Network) -> bool:
        """Whether the library has a class for a network."""
        return True

    # The file ------------------------------------------------------------------------------------

    def write(self) -> str:
        """Return the program."""
        return traced_text(self.marked()).text

    def marked(self) -> str:
        """Return the program, its lines marked with what they are about."""
        body = self.body()
        parts = [self.header(), self.notes(None), *body]
        text = "\n".join(line for part in parts if part for line in (*part, ""))
        return _spaced(text)

    def body(self) -> list[list[str]]:
        """Return the program but for its head, in passages."""
        raise NotImplementedError

    def header(self) -> list[str]:
        """Return docstring, imports and what the library lacks; called last."""
        raise NotImplementedError

    def leaves(self) -> list[list[str]]:
        """Return parameters and networks, which stand before everything else."""
        passages = []
        fed = self.learning.fed if isinstance(self.learning, Learning) else ()
        for group, leaves in self.outline.leaves:
            own = [leaf for leaf in leaves if leaf not in fed]
            heading = traced(self.heading(group.label), group.id)
            passages.append([*heading, *self.leaf_lines(own)] if own else [])
        for section in self.outline.networks:
            self.take_object(section, section.group.template or "network")
            self.name_network(section)
            lines = [*self.titled(section), *self.network(section)]
            passages.append(traced(lines, section.group.id))
        return passages

    def leaf_lines(self, leaves: Iterable[int]) -> list[str]:
        """Return the lines of leaves, whose names are known in the whole file."""
        lines = []
        for leaf in leaves:
            self.shared[leaf] = self.names.take(*self.wanted(leaf, self.module))
            lines += self.node_lines(leaf, self.shared[leaf], self.leaf(leaf))
        return lines

    def take_object(self, section: Section, otherwise: str) -> None:
        """Name the function or the module of a folded group."""
        wanted = section.group.label.lower()
        self.objects[section.group.id] = self.names.take(wanted, otherwise)

    def titled(self, section: Section) -> list[str]:
        """Return the title of a folded group, unless its name in the program says it."""
        label, name = section.group.label, self.objects[section.group.id]
        return [] if label.lower().replace(" ", "_") == name else self.heading(label)

    def parameter_list(self, name: str, parameters: Sequence[int]) -> list[str]:
        """Return a list of parameters, those of a whole module as such."""
        wanted = set(parameters)
        whole: dict[int, str] = {}
        for section in self.outline.networks:
            own = section.network.parameters if section.network is not None else ()
            if wanted.issuperset(own):
                text = f"*{self.all_parameters(section)}"
                whole |= dict.fromkeys(own, text)
        items = dict.fromkeys(whole.get(node, self.shared[node]) for node in parameters)
        return listed(items, f"{name} = [", "]")

    def all_parameters(self, section: Section) -> str:
        """Return the expression of all parameters of a module."""
        return f"{self.objects[section.group.id]}.parameters()"

    def heading(self, label: str) -> list[str]:
        """Return a title as a comment."""
        return comment(label)

    def notes(self, group: int | None) -> list[str]:
        """Return the notes of a group's level, and what could not be computed there."""
        lines: list[str] = []
        for note in self.document.notes.values():
            if note.group == group:
                lines += traced(comment(note.text), note.id)
        for node in self.document.nodes():
            if node.group == group and node.id not in self.computed:
                words = _("{name} is not computed: an input is missing, or its operation unknown")
                said = words.format(name=self.document.name(node.id))
                lines += traced(comment(said), node.id)
        return lines

    # Passages ------------------------------------------------------------------------------------

    def passage(self, items: Sequence[Item], scope: Scope) -> list[str]:
        """Return the lines of nodes and sections in one scope."""
        lines: list[str] = []
        for item in items:
            if not isinstance(item, Section):
                lines += self.statement(item, scope)
            elif item.folded:
                lines += traced(self.call_lines(item, scope), item.group.id)
            else:
                inner = self.passage(item.items, scope)
                if not any(inner):
                    continue
                about = [*self.heading(item.group.label), *comment(item.group.comment)]
                about = traced(about, item.group.id)
                lines += ["", *about, *self.notes(item.group.id), *inner, ""]
        return lines

    def statement(self, node: int, scope: Scope) -> list[str]:
        """Return the lines of one node, unless it stands somewhere else already."""
        if node in self.shared or node in scope.text:
            return []
        name = self.take(node, scope)
        record = self.nodes[node]
        return self.node_lines(
            node, name, self.leaf(node) if record.is_leaf else self.op(node, scope)
        )

    def node_lines(self, node: int, name: str, text: str) -> list[str]:
        """Return an assignment with the comment of the node, and its label if that is no name."""
        record = self.nodes[node]
        label = record.label if identifier(record.label) != record.label else ""
        line = f"{name} = {text}"
        about = f"  # {printable(label)[:60]}" if printable(label) else ""
        lines = [line + about]
        if len(line) > ROOM:
            wrapped = textwrap.wrap(text, ROOM, break_long_words=False, break_on_hyphens=False)
            lines = [f"{name} = ({about}", *indented(wrapped), ")"]
        return traced([*comment(record.comment), *lines], node)

    def call_lines(self, section: Section, scope: Scope) -> list[str]:
        """Return the lines that compute a folded group."""
        if section.network is not None:
            return self.network_lines(section, scope)
        arguments = [self.named(n, scope) for n in self.arguments(section)]
        name = self.objects[section.group.id]
        outputs = self.take_all(section.outputs, scope)
        return listed(arguments, f"{', '.join(outputs)} = {name}(", ")", last="")

    def arguments(self, section: Section) -> tuple[int, ...]:
        """Return what a function is called with: parameters it finds by itself."""
        return tuple(n for n in section.inputs if not self.is_shared(n))

    def all_leaves(self, items: Sequence[Item], fed: Iterable[int]) -> list[str]:
        """Return the leaves of the module but those that samples are fed to."""
        lines = []
        for item in items:
            if isinstance(item, Section) and not item.folded:
                inner = self.all_leaves(item.items, fed)
                heading = traced(self.heading(item.group.label), item.group.id)
                lines += ["", *heading, *inner, ""] if inner else []
            elif not isinstance(item, Section) and self.nodes[item].is_leaf and item not in fed:
                lines += self.leaf_lines([item])
        return lines

    def results(self, learning: Learning) -> list[int]:
        """Return what `forward` gives back: the loss, what is marked, and what nothing reads."""
        found: list[int] = []
        for item in flat(self.outline.items):
            made = item.outputs if isinstance(item, Section) else (item,)
            found += [node for node in made if node not in learning.fed and self.is_end(node)]
        return found

    def is_end(self, node: int) -> bool:
        """Whether a computed number is one that people ask for."""
        if self.nodes[node].is_leaf:
            return False
        readers = (target for target, _port in self.document.consumers(node))
        return node in self.kept or self.computed.isdisjoint(readers)

    def is_shared(self, node: int) -> bool:
        """Whether a node is a parameter, which is known in the whole file."""
        return node in self.shared

    def functions(self, items: Iterable[Item]) -> Iterator[list[str]]:
        """Return the functions of the folded groups in a scope, which stand before it."""
        for item in flat(items):
            if isinstance(item, Section) and item.network is None:
                self.take_object(item, "group")
                yield traced(self.function(item), item.group.id)

    def function(self, section: Section) -> list[str]:
        """Return the definition of a folded group's function, others nested in it."""
        inner = [line for part in self.functions(section.items) for line in (*part, "")]
        scope = Scope(Names(self.names))
        given = self.take_all(self.arguments(section), scope)
        lines = [*comment(section.group.comment), *self.notes(section.group.id), *inner]
        lines += self.passage(section.items, scope)
        outputs = ", ".join(self.named(node, scope) for node in section.outputs)
        name, title = self.objects[section.group.id], self.titled(section)
        lines.append(f"return {outputs}" if outputs else "pass")
        return [*title, *listed(given, f"def {name}(", "):", last=""), *indented(lines)]

    # Names ---------------------------------------------------------------------------------------

    def named(self, node: int, scope: Scope) -> str:
        """Return what a node is called in a scope."""
        return scope.text.get(node) or self.shared[node]

    def as_list(self, nodes: tuple[int, ...], scope: Scope) -> str:
        """Return a list of nodes: its name, if they are one already."""
        inner = ", ".join(self.named(node, scope) for node in nodes)
        return scope.lists.get(nodes) or f"[{inner}]"

    def take_all(self, nodes: Iterable[int], scope: Scope) -> list[str]:
        """Name nodes in a scope."""
        return [self.take(node, scope) for node in nodes]

    def take(self, node: int, scope: Scope) -> str:
        """Name a node in a scope."""
        scope.text[node] = scope.names.take(*self.wanted(node, scope))
        return scope.text[node]

    def wanted(self, node: int, scope: Scope) -> tuple[str, str]:
        """Return what a node would like to be called, and what it is called otherwise."""
        record = self.nodes[node]
        if record.label or record.is_leaf:
            return record.label, LEAF_NAMES.get(record.role, "c") if record.is_leaf else record.op
        if record.op == "mul":
            parts = [scope.text.get(s) or self.shared.get(s, "") for s in self.sources(node)]
            if all(0 < len(part) <= SHORT and part.isidentifier() for part in parts):
                return "_".join(parts) if any("_" in p for p in parts) else "".join(parts), "mul"
        return f"{identifier(record.op)}_{node}", f"node_{node}"

    def sources(self, node: int) -> list[int]:
        """Return the inputs of a computed node in port order."""
        wired = self.wires[node]
        return [wired[port] for port in self.nodes[node].ports]

    def attributes(self, node: Node) -> tuple[float, ...]:
        """Return the attributes of an op in order."""
        op = ops.get(node.op)
        return op.defaults(node.attributes) if op is not None else ()

    def inside(self, group: int) -> tuple[list[int], list[int]]:
        """Return the nodes and the groups directly in a group."""
        if self._inside is None:
            self._inside = {}
            for node in sorted(self.nodes):
                self._inside.setdefault(self.nodes[node].group, ([], []))[0].append(node)
            for inner in sorted(self.document.groups):
                parent = self.document.groups[inner].group
                self._inside.setdefault(parent, ([], []))[1].append(inner)
        return self._inside.get(group, ([], []))

    def value(self, node: int) -> float:
        """Return the number of a node for the sample that is shown."""
        return self.result.number(node)

    def numbers(self, nodes: Iterable[int]) -> list[str]:
        """Return the numbers of nodes as text."""
        return [number(self.value(node)) for node in nodes]

    # What a library says -------------------------------------------------------------------------

    def leaf(self, node: int) -> str:
        """Return the expression of a leaf."""
        raise NotImplementedError

    def op(self, node: int, scope: Scope) -> str:
        """Return the expression of an op."""
        raise NotImplementedError

    def network(self, section: Section) -> list[str]:
        """Return the lines that make a network with its weights."""
        raise NotImplementedError

    def name_network(self, section: Section) -> None:
        """Note in `shared` how the weights of a network are reached."""
        raise NotImplementedError

    def network_lines(self, section: Section, scope: Scope) -> list[str]:
        """Return the lines that compute a network."""
        raise NotImplementedError

    @staticmethod
    def network_of(section: Section) -> Network:
        """Return the network of a section that is one."""
        if section.network is None:
            raise EngineError("a section that is no network was taken for one")
        return section.network

    @staticmethod
    def sizes(network: Network) -> tuple[int, list[int]]:
        """Return the number of inputs and the widths of the layers."""
        return len(network.sources), [len(layer) for layer in network.layers]


def indented(lines: Iterable[str], by: int = 4) -> list[str]:
    """Return lines further in; blank ones stay blank."""
    return [" " * by + line if line else "" for line in lines]


def _spaced(text: str) -> str:
    """Return the text with one blank line between passages, and two around functions."""
    lines: list[str] = []
    before = ""
    for line in text.splitlines():
        if not line.strip():
            if lines and lines[-1]:
                lines.append("")
            continue
        apart = line.startswith(("def ", "class ", "if ")) or before.startswith(" ")
        if lines and not lines[-1] and apart and not line.startswith(" "):
            lines.append("")
        lines.append(line)
        before = line
    return "\n".join(lines).strip("\n") + "\n"
