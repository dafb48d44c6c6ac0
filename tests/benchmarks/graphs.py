"""The sketch as documents of ours: scalars, and the same graph at the depth of folded neurons."""

from dataclasses import replace

from engine.errors import accept
from engine.graph.document import Document
from engine.graph.edits import WHOLE, Change, Edit
from engine.graph.records import LEAF, Group, Node
from tests.benchmarks.sketch import Cell, sketch

OUTPUT = ("backward",)


def scalars(count: int) -> Document:
    """Return the sketch node by node; gradients begin at its last node."""
    cells = sketch(count)
    nodes, edges = [], []
    for number, cell in enumerate(cells, start=1):
        node = Node(number, cell.op or LEAF, position=(cell.x, cell.y))
        if not cell.inputs:
            node = replace(node, label=f"x{number}", role="parameter", value=number / len(cells))
        else:
            node = replace(node, ports=tuple(range(len(cell.inputs))))
        nodes.append(node)
        edges += [(source + 1, number, port) for port, source in enumerate(cell.inputs)]
    nodes[-1] = replace(nodes[-1], marks=OUTPUT)
    return _document(nodes, [], edges)


def neurons(count: int) -> Document:
    """Return it with a neuron of two weights, folded, for each operation: every wire weighs."""
    cells = sketch(count)
    nodes: list[Node] = []
    groups: list[Group] = []
    edges: list[tuple[int, int, int]] = []
    outputs: list[int] = []
    for cell in cells:
        first = len(nodes) + len(groups) + 1
        if not cell.inputs:
            nodes.append(Node(first, label="x", value=0.5, position=(cell.x, cell.y)))
            outputs.append(first)
            continue
        groups.append(Group(first, "n", position=(cell.x, cell.y), template="neuron"))
        outputs.append(_neuron(cell, first, outputs, nodes, edges))
    nodes[-1] = replace(nodes[-1], marks=OUTPUT)
    document = _document(nodes, groups, edges)
    document.view = replace(document.view, folded=frozenset(group.id for group in groups))
    return document


def _neuron(
    cell: Cell,
    group: int,
    outputs: list[int],
    nodes: list[Node],
    edges: list[tuple[int, int, int]],
) -> int:
    """Put the scalars of a neuron into its group; return the last one."""
    total = group + 1 + 2 * len(cell.inputs)
    for place, source in enumerate(cell.inputs):
        weight, product = group + 1 + 2 * place, group + 2 + 2 * place
        down = place * 116.0
        nodes.append(
            Node(
                weight,
                role="parameter",
                value=(-1) ** place / (group % 7 + 1),
                position=(0.0, down),
                group=group,
            )
        )
        nodes.append(Node(product, "mul", ports=(0, 1), position=(180.0, down), group=group))
        edges += [(weight, product, 0), (outputs[source], product, 1), (product, total, place)]
    ports = tuple(range(len(cell.inputs)))
    nodes.append(Node(total, "add", ports=ports, position=(360.0, 58.0), group=group))
    return total


def _document(
    nodes: list[Node], groups: list[Group], edges: list[tuple[int, int, int]]
) -> Document:
    changes = [Change("group", group.id, WHOLE, None, group) for group in groups]
    changes += [Change("node", node.id, WHOLE, None, node) for node in nodes]
    changes += [
        Change("edge", (target, port), WHOLE, None, source) for source, target, port in edges
    ]
    document = Document()
    document.apply(Edit("", tuple(changes)))
    return document


def carried_through(document: Document) -> Document:
    """Return the document as its file would give it back."""
    from engine.files import read, write

    return accept(read(write(document)))
