"""A document as Graphviz DOT: the lecture's drawing, a box a number and a circle an operation.

Open groups are clusters, folded ones a single box. Every text that people wrote is quoted.
"""

from collections import Counter
from collections.abc import Iterable

from engine import ops
from engine.exchange.exporters.naming import printable
from engine.exchange.exporters.tracing import traced
from engine.graph.document import Document
from engine.run.evaluate import evaluate
from engine.run.result import Result
from engine.train.samples import Samples, load_samples

LONGEST = 60


def write_dot(document: Document, folded: Iterable[int]) -> str:
    """Return the document as a marked digraph, values and gradients as the canvas shows them."""
    return _Drawing(document, frozenset(folded)).text()


def shown_result(document: Document) -> Result:
    """Return values and gradients for the sample that the document shows."""
    samples = load_samples(document.data, document.seeds)
    if not isinstance(samples, Samples):
        return evaluate(document)
    row = min(document.view.sample, len(samples) - 1)
    return evaluate(document, data=samples, sample=row)


class _Drawing:
    def __init__(self, document: Document, folded: frozenset[int]) -> None:
        self.document, self.result = document, shown_result(document)
        self.folded = folded
        self.box = {
            node.id: next(
                (g for g in reversed(document.ancestry(node.group)) if g in folded), None
            )
            for node in document.nodes()
        }
        self.counts = Counter(self.box.values())
        self.inside: dict[int | None, tuple[list[int], list[int]]] = {}
        for node in document.nodes():
            self.inside.setdefault(node.group, ([], []))[0].append(node.id)
        for inner in sorted(document.groups):
            self.inside.setdefault(document.groups[inner].group, ([], []))[1].append(inner)

    def text(self) -> str:
        """Return the whole digraph."""
        lines = [
            "digraph {",
            "    rankdir=LR",
            '    node [shape=record, fontname="Helvetica"]',
            *self.level(None, 1),
            *(f"    {line}" for line in self.edges()),
            "}",
        ]
        return "\n".join(lines) + "\n"

    def level(self, group: int | None, depth: int) -> list[str]:
        """Return the nodes directly in a group, and its groups as boxes or clusters."""
        nodes, groups = self.inside.get(group, ([], []))
        lines = [line for node in nodes for line in self.node(node)]
        for inner in groups:
            label = self.document.groups[inner].label
            if inner in self.folded:
                about = quoted(f"{label}\n{self.counts[inner]} scalars")
                box = [f"g{inner} [label={about}, shape=box3d]"] if self.counts[inner] else []
                lines += traced(box, inner)
            else:
                within = self.level(inner, depth + 1)
                head = [f"subgraph cluster_{inner} {{", f"    label={quoted(label)}"]
                lines += [*traced(head, inner), *within, "}"]
        return [f"    {line}" for line in lines]

    def node(self, node: int) -> list[str]:
        """Return a number's box, and the circle of the operation that it comes from."""
        record, row = self.document.node(node), self.result.row[node]
        value = f"{self.result.value[row]:.4f}" if self.result.computed[row] else "?"
        parts = [record.label, f"data {value}"]
        if self.result.reached[row]:
            parts.append(f"grad {self.result.gradient[row]:.4f}")
        fields = " | ".join(field(part) for part in parts if part)
        lines = [f'n{node} [label="{{ {fields} }}"]']
        if not record.is_leaf:
            op = ops.get(record.op)
            symbol = quoted(op.symbol if op is not None else record.op)
            lines += [f"n{node}op [label={symbol}, shape=circle]", f"n{node}op -> n{node}"]
        return traced(lines, node)

    def edges(self) -> list[str]:
        """Return a line for each wire, and one for all between the same two folded groups."""
        found: dict[tuple[str, str], int] = {}
        for source, target, _port in self.document.edges():
            start, end = self.name(source), self.name(target, op=True)
            if start != end:
                found[start, end] = found.get((start, end), 0) + 1
        lines = []
        for (start, end), count in found.items():
            bundle = count > 1 and "g" in (start[0], end[0])
            times = 1 if bundle else count
            about = f" [label={quoted(f'×{count}')}]" if bundle else ""
            lines += [f"{start} -> {end}{about}"] * times
        return lines

    def name(self, node: int, *, op: bool = False) -> str:
        """Return what a node is called in the drawing; wires end at its operation."""
        box = self.box[node]
        if box is not None:
            return f"g{box}"
        return f"n{node}op" if op and not self.document.node(node).is_leaf else f"n{node}"


def quoted(text: str) -> str:
    """Return a text in quotes; a line break is one in the drawing, too."""
    lines = [printable(line)[:LONGEST] for line in text.splitlines()]
    inner = "\\n".join(line.replace("\\", "\\\\").replace('"', '\\"') for line in lines)
    return f'"{inner}"'


def field(text: str) -> str:
    """Return a text as a part of a record's label."""
    line = printable(text)[:LONGEST].replace("\\", "\\\\").replace('"', '\\"')
    for mark in "{}|<>":
        line = line.replace(mark, f"\\{mark}")
    return line
