"""A document as plain Python: forward line by line, then backward line by line, by hand.

The program imports nothing but `math`. Every gradient is one line that gathers what comes back
from whatever reads the number; a folded group is a function that also gives the function back
which goes backward through it.
"""

from collections.abc import Iterable, Sequence

from engine.exchange.exporters.careful import definitions, imports
from engine.exchange.exporters.naming import GRADIENT, SLOPES, WIDTH, Names, function_name, listed
from engine.exchange.exporters.networks import Network
from engine.exchange.exporters.outline import Item, Section, flat
from engine.exchange.exporters.script import Scope, Script, indented
from engine.exchange.exporters.terms import (
    PRODUCT,
    Operand,
    Term,
    Writer,
    forward,
    is_short,
    number,
    slopes,
)
from engine.exchange.exporters.tracing import traced
from engine.graph.document import Document
from engine.ops import Op
from engine.run.compiler import known


class PlainPython(Script):
    """Writes floats."""

    def accepts(self, network: Network) -> bool:
        """Refuse all: going backward by hand means through every neuron's own function."""
        return False

    def __init__(self, document: Document, folded: Iterable[int]) -> None:
        super().__init__(document, folded)
        self.writer = Writer(careful=self.careful)
        self.helpers: dict[str, list[str]] = {}
        self._known_ends: dict[int, tuple[list[int], list[int]]] = {}

    def body(self) -> list[list[str]]:
        """Return leaves, functions, the way forward and the way back."""
        leaves = self.leaves()
        items = self.outline.items
        functions = list(self.functions(items))
        code = self.passage(items, self.module)
        back = self.backward(items, self.module, {self.output} if self.output else set())
        lifted = [leaf for _group, own in self.outline.leaves for leaf in own]
        back += self.gradients(reversed(lifted), items, self.module)
        title = ["# backward"] if back else []
        return [*leaves, *functions, ["# forward", *code], [*title, *back], self.main()]

    def header(self) -> list[str]:
        """Return docstring, imports and helpers."""
        lines = [
            '"""A graph of scalars, forward and backward, written by Micrograd Playground."""'
        ]
        lines += ["", *imports(self.writer.used), *definitions(self.writer.used)]
        for helper in self.helpers.values():
            lines += ["", *helper]
        return lines

    def main(self) -> list[str]:
        """Return what the program prints when it is run."""
        return [
            'if __name__ == "__main__":',
            "    for name, number in list(globals().items()):",
            f'        if f"{{name}}{GRADIENT}" in globals():',
            f'            gradient = globals()[f"{{name}}{GRADIENT}"]',
            '            print(f"{name} = {number}, gradient {gradient}")',
        ]

    # Forward -------------------------------------------------------------------------------------

    def leaf(self, node: int) -> str:
        """Return a leaf's number."""
        return number(self.value(node))

    def op(self, node: int, scope: Scope) -> str:
        """Return an op as an expression, or as a call of its function if that would be long."""
        record, inputs = self.nodes[node], self.terms(node, scope)
        op, attributes = known(record), self.attributes(record)
        term = forward(op, inputs, attributes)
        if is_short([term]):
            return self.writer.text(term)
        name = function_name(op, len(inputs))
        self.helpers.setdefault(name, self.definition(op, len(inputs), name))
        given = [*(term.head for term in inputs), *map(number, attributes)]
        return f"{name}({', '.join(given)})"

    def terms(self, node: int, scope: Scope) -> list[Term]:
        """Return the inputs of a node as terms."""
        return [Term(self.named(source, scope)) for source in self.sources(node)]

    def definition(self, op: Op, count: int, name: str) -> list[str]:
        """Return the function of an op."""
        ports, given = self.signature(op, count)
        terms: list[Operand] = [Term(attribute) for attribute in given]
        before, [value] = self.writer.lines([forward(op, [Term(p) for p in ports], terms)])
        head = f"def {name}({', '.join([*ports, *given])}):"
        return [head, *indented([*before, f"return {value}"])]

    def slopes_definition(self, op: Op, count: int, name: str) -> list[str]:
        """Return the function of an op's local derivatives."""
        ports, given = self.signature(op, count)
        terms: list[Operand] = [Term(attribute) for attribute in given]
        found = slopes(op, [Term(p) for p in ports], Term("out"), terms)
        before, texts = self.writer.lines(found)
        head = f"def {name}({', '.join([*ports, 'out', *given])}):"
        answer = listed(texts, "return (", ",)" if count == 1 else ")", indent=4)
        return [head, *indented([*before, *answer])]

    @staticmethod
    def signature(op: Op, count: int) -> tuple[list[str], list[str]]:
        """Return what the inputs and the attributes of an op's function are called."""
        ports = [f"x{k + 1}" for k in range(count)] if op.variadic else list(op.ports)
        return ports, [attribute.name for attribute in op.attributes]

    # Functions -----------------------------------------------------------------------------------

    def function(self, section: Section) -> list[str]:
        """Return the function of a folded group, which gives back its way back as well."""
        inner = [line for part in self.functions(section.items) for line in (*part, "")]
        scope = Scope(Names(self.names))
        given = self.take_all(self.arguments(section), scope)
        lines = [*self.notes(section.group.id), *inner, *self.passage(section.items, scope)]
        outputs = [self.named(node, scope) for node in section.outputs]
        if self.goes_back(section):
            lines += ["", *self.way_back(section, scope), ""]
            outputs.append("backward")
        lines.append(f"return {', '.join(outputs)}" if outputs else "pass")
        name = self.objects[section.group.id]
        head = listed(given, f"def {name}(", "):", last="")
        return [*self.titled(section), *head, *indented(lines)]

    def way_back(self, section: Section, scope: Scope) -> list[str]:
        """Return the inner function from the gradients of the outputs to those of the inputs."""
        given = [f"{self.named(n, scope)}{GRADIENT}" for n in section.outputs if n in self.reached]
        seeds = {node for node in section.outputs if node in self.reached}
        lines = self.backward(section.items, scope, seeds, given=True)
        owners = self.owners(section.items)
        shares = [self.gathered(n, section.items, owners, scope) for n in self.returned(section)]
        shares += [[f"{self.named(n, scope)}{GRADIENT}"] for n in self.completed(section)]
        head = listed(given, "def backward(", "):", indent=4, last="")
        answer = listed([" + ".join(share) for share in shares], "return (", ")", indent=8)
        if len(shares) == 1:
            answer = [f"return {' + '.join(shares[0])}"]
        return [*head, *indented([*lines, *map(_subtracted, answer)])]

    def call_lines(self, section: Section, scope: Scope) -> list[str]:
        """Return the lines that compute a folded group."""
        arguments = [self.named(n, scope) for n in self.arguments(section)]
        name = self.objects[section.group.id]
        outputs = self.take_all(section.outputs, scope)
        if self.goes_back(section):
            outputs.append(scope.names.take(f"{name}_backward"))
            scope.backs[section.group.id] = outputs[-1]
        return listed(arguments, f"{', '.join(outputs)} = {name}(", ")", last="")

    def goes_back(self, section: Section) -> bool:
        """Whether a gradient comes to a folded group and leaves it."""
        return bool(self.returned(section) or self.completed(section))

    def returned(self, section: Section) -> list[int]:
        """Return the inputs of a folded group that get a gradient from it."""
        return self._ends(section)[0]

    def completed(self, section: Section) -> list[int]:
        """Return the outputs whose gradients a folded group completes, since it reads them."""
        return self._ends(section)[1]

    def _ends(self, section: Section) -> tuple[list[int], list[int]]:
        if section.group.id not in self._known_ends:
            readers = self.reached.intersection(section.nodes())
            inputs, outputs = (
                [n for n in ends if any(t in readers for t, _p in self.document.consumers(n))]
                for ends in (section.inputs, section.outputs)
            )
            self._known_ends[section.group.id] = (inputs, outputs)
        return self._known_ends[section.group.id]

    # Backward ------------------------------------------------------------------------------------

    def backward(
        self, items: Sequence[Item], scope: Scope, seeds: set[int], *, given: bool = False
    ) -> list[str]:
        """Return the lines that compute gradients in one scope, last ones first.

        The gradients of `seeds` are 1, or come from outside if they are `given`.
        """
        lines: list[str] = []
        owners = self.owners(items)
        for item in reversed(list(flat(items))):
            nodes = item.outputs[::-1] if isinstance(item, Section) else (item,)
            for node in nodes:
                lines += self.gradient(node, items, owners, scope, seeds, given=given)
            if isinstance(item, Section) and self.goes_back(item):
                lines += traced(self.back_call(item, scope), item.group.id)
        return lines

    def gradients(self, nodes: Iterable[int], items: Sequence[Item], scope: Scope) -> list[str]:
        """Return the gradients of leaves that stand before the items."""
        owners = self.owners(items)
        return [line for n in nodes for line in self.gradient(n, items, owners, scope, set())]

    def gradient(
        self,
        node: int,
        items: Sequence[Item],
        owners: dict[int, Section | None],
        scope: Scope,
        seeds: set[int],
        *,
        given: bool = False,
    ) -> list[str]:
        """Return the line of one gradient; none if the output does not depend on the node."""
        if node not in self.reached:
            return []
        name = f"{self.named(node, scope)}{GRADIENT}"
        shares = self.gathered(node, items, owners, scope)
        if node in seeds:
            shares.insert(0, name if given else "1.0")
        if shares == [name]:
            return []
        return traced([_subtracted(line) for line in _sum(name, shares)], node)

    def gathered(
        self,
        node: int,
        items: Sequence[Item],
        owners: dict[int, Section | None],
        scope: Scope,
    ) -> list[str]:
        """Return what comes back to a node, one text for each wire, or for each function."""
        shares: list[str] = []
        asked: set[int] = set()
        for target, port in self.document.consumers(node):
            if target not in self.reached or target not in owners:
                continue
            section = owners[target]
            if section is not None and section is owners.get(node):
                continue  # what comes back within a function is gathered there
            if section is None:
                shares.append(self.share(target, port, scope))
            elif self.goes_back(section) and section.group.id not in asked:
                asked.add(section.group.id)
                shares.append(scope.returned[section.group.id, node])
        return shares

    @staticmethod
    def owners(items: Sequence[Item]) -> dict[int, Section | None]:
        """Return in which folded section of a scope each node is, None if in the scope itself."""
        found: dict[int, Section | None] = {}
        for item in flat(items):
            if isinstance(item, Section):
                found |= dict.fromkeys(item.nodes(), item)
            else:
                found[item] = None
        return found

    def back_call(self, section: Section, scope: Scope) -> list[str]:
        """Return the line that goes backward through a folded group."""
        arguments = [
            f"{self.named(n, scope)}{GRADIENT}" for n in section.outputs if n in self.reached
        ]
        name, inside = self.objects[section.group.id], set(section.nodes())
        answers = []
        for node in self.returned(section):
            whole = f"{self.named(node, scope)}{GRADIENT}"
            if not self.is_whole(node, inside):
                whole = scope.names.take(f"{self.named(node, scope)}_from_{name}")
            answers.append(whole)
            scope.returned[section.group.id, node] = whole
        answers += [f"{self.named(node, scope)}{GRADIENT}" for node in self.completed(section)]
        call = listed(arguments, f"{scope.backs[section.group.id]}(", ")", last="")
        line = f"{', '.join(answers)} = {call[0]}"
        targets = [line] if len(line) <= WIDTH - 8 else [*listed(answers, "(", ")")]
        if targets == [line]:
            return [line, *call[1:]]
        return [*targets[:-1], f"{targets[-1]} = {call[0]}", *call[1:]]

    def is_whole(self, node: int, inside: set[int]) -> bool:
        """Whether all of a node's gradient comes back from one folded group."""
        readers = (target for target, _port in self.document.consumers(node))
        return node != self.output and all(t in inside for t in readers if t in self.reached)

    def share(self, target: int, port: int, scope: Scope) -> str:
        """Return a local derivative times the gradient of the op that it is of."""
        record, out = self.nodes[target], Term(self.named(target, scope))
        op, attributes = known(record), self.attributes(record)
        if target not in scope.slopes:  # once for all wires of an op, of which there may be many
            found = slopes(op, self.terms(target, scope), out, attributes)
            scope.slopes[target] = dict(zip(record.ports, found, strict=True))
        slope = scope.slopes[target][port]
        gradient = f"{out.head}{GRADIENT}"
        if not is_short([slope]):
            inputs = self.terms(target, scope)
            name = f"{function_name(op, len(inputs))}{SLOPES}"
            self.helpers.setdefault(name, self.slopes_definition(op, len(inputs), name))
            given = [*(term.head for term in inputs), out.head, *map(number, attributes)]
            place = record.ports.index(port)
            return f"{name}({', '.join(given)})[{place}] * {gradient}"
        if not isinstance(slope, Term) and abs(slope) == 1:
            return gradient if slope == 1 else f"-{gradient}"
        return f"{self.writer.text(slope, PRODUCT)} * {gradient}"


def _sum(name: str, shares: list[str]) -> list[str]:
    """Return an assignment, on several lines if it is long."""
    line = f"{name} = {' + '.join(shares) or '0.0'}"
    if len(line) < 99 or len(shares) < 2:
        return [line]
    return [f"{name} = (", *(f"    {'+ ' if k else ''}{s}" for k, s in enumerate(shares)), ")"]


def _subtracted(line: str) -> str:
    return line.replace(" + -", " - ")
