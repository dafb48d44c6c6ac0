"""Sentences about shares, against numbers that are easy to see through."""

import numpy as np
import pytest

from engine.errors import accept
from engine.explain.whose import (
    balance_words,
    distinct_names,
    label_words,
    named,
    plain_rate,
    pushes_words,
    sample_words,
    share_words,
    signed,
)
from engine.graph.models import Model, model_document
from engine.graph.records import DataSettings, TrainingSettings
from engine.graph.tables import make_table
from engine.train.samples import load_samples
from engine.train.shares import Question, Shares, ranked


@pytest.fixture
def document():
    return accept(model_document(Model((2, 1), data=DataSettings("moons", samples=4))))


@pytest.fixture
def shares(document) -> Shares:
    """Two parameters, four samples: the first is pushed up twice and down once."""
    ids = np.array(sorted(n.id for n in document.nodes() if n.trainable)[:2])
    matrix = np.array([[-0.5, 3.0], [-0.25, 0.0], [1.0, 4.0], [0.0, 0.0]])
    none = np.zeros(2)
    gradient = matrix.sum(axis=0)
    return Shares(ids, none, gradient, np.array([0.125, 0.0]), 4, matrix, Question())


def test_in_a_list_every_node_has_a_name_of_its_own_no_longer_than_it_must_be(document):
    nodes = [node.id for node in document.nodes()]
    names = distinct_names(document, nodes)
    assert list(names) == nodes
    assert len(set(names.values())) == len(nodes)
    [x1] = [node for node in nodes if document.name(node) == "x1"]
    assert names[x1] == "x1"
    weights = [node for node in nodes if document.name(node) == "w1"]
    assert len(weights) > 1
    assert [names[node] for node in weights] == [named(document, node) for node in weights]
    assert distinct_names(document, weights[:1]) == {weights[0]: "w1"}


def test_a_share_is_told_beside_the_whole(shares):
    assert share_words(shares, 0, int(shares.parameters[0])) == "−0.5 of 0.25"
    assert share_words(shares, 9, int(shares.parameters[0])) == ""
    assert share_words(shares, 0, 10_000) == ""


def test_of_one_parameter_it_says_who_pushes_which_way_and_what_comes_of_it(document, shares):
    [first, second] = shares.parameters.tolist()
    words = pushes_words(document, shares, (first,), first, 0.1)
    assert words.startswith("w1 · neuron 1 · layer 1: 2 points push it up, 1 down;")
    assert words.endswith("gradient 0.25, penalties 0.125, next step −0.0375")
    words = pushes_words(document, shares, (second,), second, 0.0)
    assert words.endswith("0 points push it up, 2 down; gradient 7")
    assert "step" not in words


def test_of_several_it_says_how_many_push_and_how_few_push_hardest(document, shares):
    both = tuple(shares.parameters.tolist())
    words = pushes_words(document, shares, both, None, 0.1)
    assert words == "2 weights: 3 of 4 points push it, the strongest tenth 56 %"
    lengths = np.hypot(*shares.matrix.T)
    assert round(100 * lengths.max() / lengths.sum()) == 56


def test_a_sample_has_a_rank_unless_it_pushes_nothing_or_is_a_test(shares):
    assert "number 1 of 4" in sample_words(shares, 2)
    assert "number 2 of 4" in sample_words(shares, 0)
    assert "pushes nothing" in sample_words(shares, 3)
    assert "test" in sample_words(shares, 4)
    assert sample_words(None, 2) == "Sample 2"


def test_the_balance_has_signs_for_a_single_parameter_alone(shares):
    told = ranked(shares.matrix[:, 0])
    assert balance_words(told, single=True) == "up 0.75 · down 1 · the strongest tenth has 57 %"
    assert balance_words(told, single=False) == "the strongest tenth has 57 %"


def test_a_label_is_written_as_the_table_writes_it(document):
    samples = accept(load_samples(document.data, document.seeds))
    assert label_words(document.data, samples, 0) in ("−1", "1")
    table = accept(
        make_table(("a", "b", "kind"), [[0, 1, 0], [1, 0, 1]], ((), (), ("cat", "dog")))
    )
    data = DataSettings(None, table=table, features=(0, 1), target=2, test_share=0.0)
    samples = accept(load_samples(data, document.seeds))
    assert [label_words(data, samples, k) for k in (0, 1)] == ["cat", "dog"]


@pytest.mark.parametrize(
    ("changed", "rate"),
    [({}, 0.5), ({"optimizer": "adam"}, 0.0), ({"clip": "norm"}, 0.0), ({"batch": 8}, 0.0)],
)
def test_a_step_is_foretold_only_where_it_is_the_rate_times_the_gradient(changed, rate):
    assert plain_rate(TrainingSettings(**changed), 0.5) == rate


def test_signs_are_written():
    assert (signed(0.5), signed(-0.5), signed(0.0)) == ("+0.5", "−0.5", "0")
