"""What cards are called: symbols as they are drawn by hand, and a title on everything."""

import pytest

from engine import ops
from engine.errors import accept
from engine.graph.document import Document
from engine.graph.verbs import add_op, add_value, connect
from playground.canvas.frame.build import build_frame
from playground.canvas.frame.labels import labels_of


@pytest.fixture(autouse=True)
def application(qapp):
    return qapp


def texts(document: Document, node: int) -> list[str]:
    """Return what is written on the card of a node."""
    frame = build_frame(document, frozenset())
    labels = frame.labels
    rows = (labels.item == frame.index[node]).nonzero()[0]
    return [labels.texts[labels.words[row]].text for row in rows]


def summed(count: int) -> tuple[Document, int]:
    """Make a sum of so many values."""
    document = Document()
    values = []
    for place in range(count):
        values.append(document.next_id)
        document.apply(add_value(document, (0, place * 100), value=1.0))
    total = document.next_id
    document.apply(accept(add_op(document, "add", (300, 0))))
    for value in values:
        document.apply(accept(connect(document, value, total)))
    return document, total


@pytest.mark.parametrize(("count", "symbol"), [(1, "+"), (2, "+"), (3, "Σ"), (7, "Σ")])
def test_a_sum_of_many_terms_is_a_sigma(count, symbol):
    document, total = summed(count)
    assert texts(document, total) == [symbol]


def test_sums_of_few_and_of_many_terms_stand_side_by_side():
    document, total = summed(3)
    few = document.next_id
    document.apply(accept(add_op(document, "add", (600, 0))))
    document.apply(accept(connect(document, total, few)))
    document.apply(accept(connect(document, 1, few)))
    assert (texts(document, total), texts(document, few)) == (["Σ"], ["+"])


@pytest.mark.parametrize("role", ["constant", "parameter", "feature", "target"])
@pytest.mark.parametrize("label", ["", "x"])
def test_every_value_has_a_title_and_its_role_is_said_once(role, label):
    document = Document()
    document.apply(add_value(document, (0, 0), value=1.0, label=label, role=role))
    frame = build_frame(document, frozenset())
    labels = labels_of(document, frame.projection, frame.kinds, frame.faces, frame.contents)
    assert labels.title.sum() == 1
    written = texts(document, 1)
    assert len(written) == len(set(written)) == (1 if not label or role == "constant" else 2)


def test_no_two_operations_share_a_symbol():
    symbols = [op.symbol for op in ops.OPS.values()]
    assert len(symbols) == len(set(symbols))
