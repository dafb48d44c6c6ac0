"""The text of what is copied: a round trip for every piece, a sentence for any other text."""

import json
import random

import pytest

from engine.errors import Refusal, accept
from engine.files import write
from engine.files.clipboard import excerpt_text, is_excerpt, read_excerpt
from engine.files.reader import read
from engine.graph import notes
from engine.graph.bends import add_bend
from engine.graph.clipboard import excerpt, paste
from engine.graph.document import Document
from engine.graph.models import Model, insert_model
from engine.graph.projection import project
from engine.graph.spans import set_span
from engine.graph.verbs import add_op, add_value, connect


def network() -> Document:
    document = Document()
    document.apply(accept(insert_model(document, Model((3, 1)))))
    return document


def rich(seed: int) -> Document:
    """A network with notes and frames in some groups, bent wires, and sliders."""
    document, chance = network(), random.Random(seed)
    for _note in range(4):
        place = (chance.uniform(-500, 500), chance.uniform(-500, 500))
        group = chance.choice([None, *document.groups])
        document.apply(notes.add_note(document, place, "# a *note*", group))
    group = chance.choice(sorted(document.groups))
    inside = [node.id for node in document.nodes() if node.group == group]
    if inside:
        document.apply(accept(notes.frame(document, inside, "frame")))
    document.apply(accept(notes.set_colour(document, document.notes, "teal")))
    wires = [(target, port) for _source, target, port in document.edges()]
    for wire in chance.sample(wires, 12):
        document.apply(accept(add_bend(document, wire, 0, (chance.random(), 8.0))))
    leaves = [node.id for node in document.nodes() if node.is_leaf]
    document.apply(accept(set_span(document, chance.sample(leaves, 3), (-3.0, 3.0))))
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


@pytest.mark.parametrize("seed", range(10))
def test_notes_bends_and_sliders_come_back_as_they_were(seed):
    document, chance = rich(seed), random.Random(seed)
    items = sorted([*document.graph, *document.groups, *document.notes])
    piece = piece_of(document, [*chance.sample(items, 14), *document.notes])
    assert piece.fragment.notes
    assert accept(read_excerpt(excerpt_text(piece))) == piece
    everything = piece_of(document, [i for i in items if document.record(i).group is None])
    assert everything.fragment.bends
    again = accept(read_excerpt(excerpt_text(everything)))
    assert again == everything
    copy = Document()
    copy.apply(accept(paste(copy, again, everything.place)))
    assert len(copy) == len(document)
    assert sorted(copy.bends.values()) == sorted(document.bends.values())
    assert sorted(n.text for n in copy.notes.values()) == sorted(
        n.text for n in document.notes.values()
    )
    assert accept(read(write(copy))).same_content(copy)


def test_a_text_without_notes_and_bends_has_no_word_about_them():
    assert "notes" not in good()
    assert "bends" not in excerpt_text(piece_of(small(), [1, 2]))


def test_a_note_comes_out_of_a_group_that_is_not_there():
    piece = accept(read_excerpt(other(notes=[{"id": 7, "text": "n", "group": 1}])))
    [note] = piece.fragment.notes
    assert note.group is None


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
    "notes that are none": other(notes={}),
    "a note without an id": other(notes=[{"text": "n"}]),
    "a note with the id of a node": other(notes=[{"id": 1}]),
    "a note of a size that is none": other(notes=[{"id": 9, "size": [0, 10]}]),
    "a note of another kind": other(notes=[{"id": 9, "kind": "song"}]),
    "a note at no place": other(notes=[{"id": 9, "position": [1e999, 0]}]),
    "bends that are none": other(
        inputs=[{"source": 1, "target": 1, "key": 0, "bends": [[1, 2, 3]]}]
    ),
    "too many notes": other(notes=[{"id": 9}] * 100_001),
    "too many sources": other(sources=[1] * 300_001),
    "brackets without end": "[" * 100_000,
}


@pytest.mark.parametrize("text", BAD.values(), ids=BAD.keys())
def test_any_other_text_is_refused_in_a_sentence(text):
    refusal = read_excerpt(text)
    assert isinstance(refusal, Refusal)
    assert str(refusal).startswith("This cannot be pasted: ")


@pytest.mark.parametrize("seed", range(60))
def test_a_damaged_text_is_refused_or_pastes_as_a_sound_document(seed):
    chance, document = random.Random(seed), rich(seed)
    text = list(excerpt_text(piece_of(document, [*range(1, 40), *document.notes])))
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
