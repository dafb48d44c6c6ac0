"""The text of what is copied: a round trip for every piece, a sentence for any other text."""

import json
import random

import pytest

from engine.errors import Refusal, accept
from engine.files import write
from engine.files.clipboard import excerpt_text, is_excerpt, read_excerpt
from engine.files.reader import read
from engine.graph.clipboard import excerpt, paste
from engine.graph.document import Document
from engine.graph.models import Model, insert_model
from engine.graph.projection import project
from engine.graph.verbs import add_op, add_value, connect


def network() -> Document:
    document = Document()
    document.apply(accept(insert_model(document, Model((3, 1)))))
    return document


def piece_of(document: Document, ids):
    folded = [group for group in document.groups if group % 2]
    shown = project(document, folded)
    return accept(excerpt(document, [i for i in ids if i in shown.by_id], shown, folded, "here"))


def small() -> Document:
    document = Document()
    document.apply(add_value(document, (0, 0), value=0.1, label="a"))
    document.apply(accept(add_op(document, "power", (0, 0), attributes={"n": 3.0})))
    document.apply(accept(connect(document, 1, 2)))
    return document


@pytest.mark.parametrize("seed", range(5))
def test_an_excerpt_comes_back_as_it_was(seed):
    document, chance = network(), random.Random(seed)
    items = sorted([*document.graph, *document.groups])
    piece = piece_of(document, chance.sample(items, 9))
    assert accept(read_excerpt(excerpt_text(piece))) == piece


def test_its_text_is_one_line_and_says_what_it_is():
    text = excerpt_text(piece_of(small(), [2]))
    assert "\n" not in text
    assert is_excerpt(text)
    assert not is_excerpt("tanh(a)")


def good() -> dict:
    return json.loads(excerpt_text(piece_of(small(), [2])))


def one_node(**fields) -> str:
    tree = good()
    tree["nodes"][0].update(fields)
    return json.dumps(tree)


def other(**members) -> str:
    return json.dumps({**good(), **members})


BAD = {
    "nothing": "",
    "a word": "hello",
    "a list": "[1, 2]",
    "a half": excerpt_text(piece_of(small(), [2]))[:-20],
    "another format": other(format="micrograd-playground"),
    "a newer version": other(version=2),
    "no nodes": other(nodes=[], inputs=[]),
    "nodes that are none": other(nodes=7),
    "an id of zero": one_node(id=0),
    "a number that is none": one_node(attributes={"n": "x"}),
    "an exponent out of range": one_node(attributes={"n": 1e99}),
    "an infinite place": one_node(position=[1e999, 0]),
    "a group that is not there": one_node(group=5),
    "an input from nowhere": other(sources=[]),
    "an input into nothing": other(inputs=[{"source": 1, "target": 9, "key": 0}]),
    "an input of zero": other(inputs=[{"source": 0, "target": 1, "key": 0}]),
    "a circle": other(edges=[{"source": 1, "target": 1, "key": 0}], inputs=[]),
    "the same id twice": other(nodes=good()["nodes"] * 2),
    "a place that is none": other(place=[0]),
    "a box that is none": other(box=[0, 0, 1]),
    "half a character": one_node(label="\ud800"),
    "too many sources": other(sources=[1] * 300_001),
    "brackets without end": "[" * 100_000,
}


@pytest.mark.parametrize("text", BAD.values(), ids=BAD.keys())
def test_any_other_text_is_refused_in_a_sentence(text):
    refusal = read_excerpt(text)
    assert isinstance(refusal, Refusal)
    assert str(refusal).startswith("This cannot be pasted: ")


@pytest.mark.parametrize("seed", range(40))
def test_a_damaged_text_is_refused_or_pastes_as_a_sound_document(seed):
    chance = random.Random(seed)
    text = list(excerpt_text(piece_of(network(), range(1, 40))))
    for _damage in range(chance.randrange(1, 4)):
        text[chance.randrange(len(text))] = chance.choice('0123456789-"{}[],:. e')
    piece = read_excerpt("".join(text))
    if not isinstance(piece, Refusal):
        document = small()
        document.apply(accept(paste(document, piece, piece.centred((1e12, 0.0)), origin="here")))
        assert accept(read(write(document))).same_content(document)


def test_large_ids_of_a_text_are_not_taken_over():
    tree = good()
    tree["nodes"][0]["id"] = 2**48
    tree["inputs"][0]["target"] = 2**48
    document = small()
    document.apply(accept(paste(document, accept(read_excerpt(json.dumps(tree))), (0, 0))))
    assert document.next_id == 4


def test_far_places_of_a_text_stay_on_the_plane():
    document = small()
    text = one_node(position=[1e9, -1e9])
    document.apply(accept(paste(document, accept(read_excerpt(text)), (1e12, -1e12))))
    assert accept(read(write(document))).same_content(document)
