"""Queries find what a plain loop over the nodes finds, and say what is wrong with them."""

import math
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import ops
from engine.errors import Refusal, accept
from engine.exchange.query import Query, parse_query
from engine.graph import notes
from engine.graph.document import Document
from engine.graph.verbs import add_op, add_value, connect, group
from engine.run.evaluate import evaluate


def made(seed: int) -> Document:
    """Make a graph with names, roles, strange numbers, a missing input and a group."""
    random, document = Random(seed), Document()
    for label in ("x1", "x2", "w1", "b", ""):
        role = random.choice(("constant", "parameter", "feature"))
        number = random.choice((0.0, 1.0, -1.0, 2.5, 800.0))
        document.apply(accept(add_value(document, (0, 0), value=number, label=label, role=role)))
    for key in random.choices(("add", "mul", "tanh", "log", "exp", "relu"), k=8):
        document.apply(
            accept(add_op(document, key, (200, 0), label=random.choice(("", "n", "h"))))
        )
        node = document.next_id - 1
        for _port in range(len(document.node(node).ports) or 2):
            if random.random() < 0.9:
                edit = connect(document, random.randrange(1, node), node)
                if not isinstance(edit, Refusal):
                    document.apply(edit)
    document.apply(accept(group(document, [1, 2], "inputs")))
    return document


def found(document: Document, text: str) -> list[int]:
    query = parse_query(text)
    assert isinstance(query, Query), str(query)
    return query.find(document, evaluate(document))


SIGNS = {
    ">": lambda a, b: a > b,
    "<": lambda a, b: a < b,
    ">=": lambda a, b: a >= b,
    "<=": lambda a, b: a <= b,
    "=": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
}


@given(
    st.integers(0, 10**6),
    st.sampled_from(("value", "grad")),
    st.booleans(),
    st.sampled_from(list(SIGNS)),
    st.sampled_from((-1.0, 0.0, 0.5, 1.0, 2.5)),
)
def test_conditions_on_numbers_find_what_a_loop_finds(seed, field, size, sign, number):
    document = made(seed)
    result = evaluate(document)
    expected = []
    for node in document.nodes():
        row = result.row[node.id]
        if not result.computed[row] or (field == "grad" and not result.reached[row]):
            continue
        here = float((result.value if field == "value" else result.gradient)[row])
        if SIGNS[sign](abs(here) if size else here, number):
            expected.append(node.id)
    name = f"|{field}|" if size else field
    assert found(document, f"{name} {sign} {number:g}") == expected
    assert found(document, f"{name}{sign}{number:g}") == expected


@given(st.integers(0, 10**6), st.sampled_from(("x", "1", "tanh", "prod", "param", "Σ", "IN", "h")))
def test_a_word_finds_what_has_it_in_label_operation_role_or_marks(seed, word):
    document = made(seed)
    expected = []
    for node in document.nodes():
        op = ops.get(node.op)
        heard = [node.label, *node.marks]
        heard += [op.key, op.title, op.symbol] if op is not None else ["value", node.role]
        if any(word.lower() in text.lower() for text in heard):
            expected.append(node.id)
    expected += [g.id for g in document.groups.values() if word.lower() in f"{g.label} group"]
    assert found(document, word) == sorted(expected)


@given(st.integers(0, 10**6), st.permutations(("value > 0", "role = constant", "x")))
def test_several_terms_find_what_each_of_them_finds_in_any_order(seed, terms):
    document = made(seed)
    every = set.intersection(*(set(found(document, term)) for term in terms))
    assert found(document, " ".join(terms)) == sorted(every)
    assert found(document, " and ".join(terms)) == sorted(every)


def test_nan_is_found_as_nan_and_infinity_as_infinity():
    document = Document()
    for number in (-1.0, 0.0, 2.0):
        document.apply(accept(add_value(document, (0, 0), value=number)))
        document.apply(accept(add_op(document, "log", (200, 0))))
        document.apply(accept(connect(document, document.next_id - 2, document.next_id - 1)))
    assert found(document, "value = nan") == [2]
    assert found(document, "value != nan") == [1, 3, 4, 5, 6]
    assert found(document, "value = -inf") == [4]
    assert found(document, "value < −1 and op = log") == [4]


def test_an_id_a_quoted_label_and_exact_fields():
    document = made(3)
    assert found(document, "#4") == [4]
    assert found(document, "#99") == []
    assert found(document, "label = x1") == [1]
    assert found(document, '"x1"') == [1]
    assert found(document, 'label = ""') == [
        node.id for node in document.nodes() if not node.label
    ]
    groups = sorted(document.groups)
    assert found(document, "op = group") == groups
    assert set(found(document, "op = value")) == {n.id for n in document.nodes() if n.is_leaf}
    assert found(document, "op != value") == sorted(
        {n.id for n in document.nodes() if not n.is_leaf} | set(groups)
    )


def test_notes_are_found_by_their_words_and_frames_by_their_titles():
    document = made(4)
    document.apply(notes.add_note(document, (0, 0), "# Look\nhere at *Tanh*"))
    document.apply(accept(notes.frame(document, [3], "the tanh part")))
    note, drawn = sorted(document.notes)
    assert set(found(document, "tanh")) >= {note, drawn}
    assert found(document, "look") == [note]
    assert found(document, "kind = note") == found(document, "op = note") == [note]
    assert found(document, "kind = frame") == [drawn]
    assert found(document, f"#{note}") == [note]
    assert found(document, "kind = frame value > 0") == []


def test_an_expression_may_stand_for_a_number():
    document = Document()
    document.apply(accept(add_value(document, (0, 0), value=math.pi)))
    assert found(document, "value > 3*pi/4") == [1]


def test_nothing_finds_nothing():
    assert found(made(1), "   ") == []


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("grad >", "A number is missing after “grad >”. Write one, as in grad > 1."),
        ("grad > tall", "“tall” is not a number."),
        ("> 1", "It is not clear what “>” compares. Write value or grad before it"),
        ("|grad > 1", "A bar is missing around “grad”. Write |grad|."),
        ("height > 1", "“height” cannot be compared. What can is value, grad, label, op"),
        ("op = tahn", "There is no op “tahn”. Did you mean tanh"),
        ("role = boss", "There is no role “boss”. They are constant, parameter, feature, target."),
        ("op > tanh", "“op” is a text and has no size. Compare it with = or !=."),
        ("op =", "A word is missing after “op =”."),
        ("value < nan", "Nothing is larger or smaller than nan. Write value = nan."),
        ("x" * 501, "The search is too long."),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(text, sentence):
    refusal = parse_query(text)
    assert isinstance(refusal, Refusal)
    assert str(refusal).startswith(sentence)


@given(st.text(max_size=60))
def test_any_text_is_a_query_or_a_sentence(text):
    query = parse_query(text)
    if isinstance(query, Query):
        query.find(made(5), None)
    else:
        assert str(query)


def test_only_conditions_on_numbers_ask_for_numbers():
    assert accept(parse_query("tanh |grad| > 1")).asks_numbers
    assert not accept(parse_query("tanh role = parameter #7")).asks_numbers
