"""What is written is read as it was, to the byte; damage gives a sentence, nothing worse."""

import json
from random import Random

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import EngineError, Refusal
from engine.files import read, write
from engine.graph.document import Document
from engine.graph.edits import WHOLE, Change, Edit
from engine.graph.records import Node
from tests.engine.files.edits import worked

SEEDS = st.integers(0, 10**6)


@given(SEEDS)
def test_write_read_write_gives_equal_bytes_and_content(seed: int) -> None:
    document = worked(seed)
    data = write(document)
    again = read(data)
    assert isinstance(again, Document), str(again)
    assert again.same_content(document)
    assert again.next_id == document.next_id
    assert write(again) == data


def test_the_order_of_insertion_does_not_show() -> None:
    nodes = [Node(1, value=1.0), Node(2, value=2.0), Node(3, "mul", ports=(0, 1))]
    changes = [Change("node", node.id, WHOLE, None, node) for node in nodes]
    changes += [Change("edge", (3, port), WHOLE, None, port + 1) for port in (0, 1)]
    one, other = Document(), Document()
    one.apply(Edit("", tuple(changes)))
    other.apply(Edit("", tuple(reversed(changes))))
    assert write(one) == write(other)


def test_networkx_reads_the_graph() -> None:
    document = worked(7)
    graph = nx.node_link_graph(json.loads(write(document))["graph"], edges="edges")
    assert isinstance(graph, nx.MultiDiGraph)
    assert set(graph) == set(document.graph)
    assert set(graph.edges(keys=True)) == set(document.graph.edges(keys=True))
    assert all(graph.nodes[node.id]["op"] == node.op for node in document.nodes())


def test_a_record_is_one_line() -> None:
    document = worked(3)
    lines = write(document).decode().splitlines()
    for node in document.nodes():
        assert sum(f'"id": {node.id},' in line and '"op"' in line for line in lines) == 1


def test_numbers_that_are_not_finite_are_never_written() -> None:
    document = Document()
    document.apply(Edit("", (Change("node", 1, WHOLE, None, Node(1, value=float("nan"))),)))
    with pytest.raises(EngineError, match="not finite"):
        write(document)


def test_half_a_character_in_a_label_does_not_lose_the_document() -> None:
    document = Document()
    document.apply(Edit("", (Change("node", 1, WHOLE, None, Node(1, label="a\ud800b")),)))
    again = read(write(document))
    assert isinstance(again, Document)
    assert again.node(1).label == "a?b"


def test_every_truncation_is_refused_in_words() -> None:
    data = write(worked(11, 12))
    for length in range(len(data.rstrip())):
        assert isinstance(read(data[:length]), Refusal)


@given(SEEDS, st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 7)), max_size=3))
def test_flipped_bits_give_a_document_or_a_sentence(
    seed: int, flips: list[tuple[int, int]]
) -> None:
    data = bytearray(write(worked(seed % 20, 15)))
    for place, bit in flips:
        data[place % len(data)] ^= 1 << bit
    outcome = read(bytes(data))
    assert isinstance(outcome, Document) or str(outcome).endswith(".")


@given(st.binary(max_size=200))
def test_any_bytes_give_a_document_or_a_sentence(data: bytes) -> None:
    assert isinstance(read(data), Document | Refusal)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)


@given(SEEDS, JSON)
def test_any_value_in_any_place_gives_a_document_or_a_sentence(seed: int, value: object) -> None:
    random = Random(seed)
    tree = json.loads(write(worked(seed % 20, 15)))
    place = tree
    while True:
        keys = list(range(len(place)) if isinstance(place, list) else place)
        key = random.choice(keys)
        if not isinstance(place[key], list | dict) or not place[key] or random.random() < 0.3:
            break
        place = place[key]
    place[key] = value
    outcome = read(json.dumps(tree).encode())
    assert isinstance(outcome, Document) or str(outcome).endswith(".")
    if isinstance(outcome, Document):
        again = read(write(outcome))
        assert isinstance(again, Document), str(again)
        assert write(again) == write(outcome)
