"""The graph as micrograd `Value`s: the second implementation that the tape is held against."""

from engine.graph.document import Document
from engine.run.compiler import compile_plan, known
from engine.value import Value


def to_values(document: Document, numbers: dict[int, float] | None = None) -> dict[int, Value]:
    """Build a `Value` for every node that can be computed, by id.

    `numbers` stand in for leaves' own numbers.  Call `backward()` on the one that is wanted.
    """
    plan = compile_plan(document, document.nodes(), None, (), wide=False)
    values: dict[int, Value] = {}
    for node in plan.ids[plan.computed].tolist():
        record = document.node(node)
        if record.is_leaf:
            number = (numbers or {}).get(node, record.value)
            values[node] = Value(number, label=record.label)
        else:
            op = known(record)
            inputs = [values[source] for source in document.inputs(node) if source is not None]
            values[node] = Value.apply(op, inputs, op.defaults(record.attributes))
            values[node].label = record.label
    return values
