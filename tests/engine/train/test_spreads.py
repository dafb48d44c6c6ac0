"""Spreads: against NumPy's histograms, the trainer's own steps, and the layers of the graph."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from engine.errors import accept
from engine.graph.models import Model, model_document
from engine.graph.records import DataSettings
from engine.train.spreads import BINS, MOST_LAYERS, Moment, Story, histogram, layers_of, ratio
from tests.engine.train.documents import built, parabola, trained


def network(**settings: object):
    model = Model((4, 3, 1), data=DataSettings("moons", samples=20))
    return trained(accept(model_document(model)), **settings)


def moment(step: int, numbers: np.ndarray, factor: float = 2.0) -> Moment:
    ids = np.arange(len(numbers))
    return Moment(step, ids, numbers, factor * numbers, 0.01 * numbers)


def test_the_layers_are_those_of_the_graph_and_hold_every_parameter_once():
    document = network()
    ids = np.array([n.id for n in document.nodes() if n.trainable])
    layers = layers_of(document, ids)
    assert [title for title, _rows in layers] == ["layer 1", "layer 2", "output"]
    assert [len(rows) for _title, rows in layers] == [4 * 3, 3 * 5, 4]
    assert sorted(np.concatenate([rows for _title, rows in layers]).tolist()) == list(range(31))
    for title, rows in layers:
        for node in ids[rows].tolist():
            around = document.ancestry(document.node(node).group)
            assert title in [document.groups[group].label for group in around]


def test_parameters_in_no_group_are_a_layer_of_their_own():
    document = parabola()
    [(title, rows)] = layers_of(document, np.array([1]))
    assert (title, rows.tolist()) == ("outside of groups", [0])


def test_very_many_layers_are_bounded():
    document = accept(model_document(Model((1,) * (MOST_LAYERS + 5))))
    ids = np.array([n.id for n in document.nodes() if n.trainable])
    layers = layers_of(document, ids)
    assert len(layers) == MOST_LAYERS
    assert sum(len(rows) for _title, rows in layers) == len(ids)


def test_a_histogram_is_numpys_own():
    numbers = np.random.RandomState(3).normal(size=500)
    low, high, counts = histogram(numbers)
    wanted, edges = np.histogram(numbers, BINS)
    assert (low, high) == (edges[0], edges[-1])
    assert_array_equal(counts, wanted)
    assert counts.sum() == 500


@pytest.mark.parametrize(
    ("numbers", "low", "high", "count"),
    [
        ([0.5, 0.5], 0.5, 0.5, 2),
        ([np.nan, 1.0, np.inf, -2.0], -2.0, 1.0, 2),
        ([-1.5e308, 1.5e308], -1.5e308, 1.5e308, 2),
    ],
)
def test_numbers_that_are_alike_huge_or_not_finite_are_counted_as_far_as_they_can(
    numbers, low, high, count
):
    found = histogram(np.array(numbers))
    assert found[:2] == (low, high)
    assert found[2].sum() == count


def test_without_a_finite_number_there_is_nothing_to_show():
    low, high, counts = histogram(np.array([np.nan]))
    assert np.isnan(low)
    assert np.isnan(high)
    assert not counts.any()


@pytest.mark.parametrize("optimizer", ["sgd", "adam", "nesterov"])
def test_the_update_is_that_of_the_step_which_follows(optimizer):
    trainer = built(network(optimizer=optimizer, learning_rate=0.02, l2=0.01))
    for _step in range(4):
        told = trainer.moment()
        before = trainer.parameters
        assert_array_equal(told.numbers, before)
        trainer.advance()
        assert_allclose(told.update, trainer.parameters - before, atol=1e-15)


def test_the_update_has_what_truncated_l1_takes_off():
    trainer = built(network(learning_rate=0.02, l1=0.05, l1_rule="truncated"))
    for _step in range(40):
        told, before = trainer.moment(), trainer.parameters
        trainer.advance()
        assert_allclose(told.update, trainer.parameters - before, atol=1e-15)
    assert (trainer.parameters == 0.0).any()


def test_asking_changes_no_run():
    asked, alone = built(network(batch=7)), built(network(batch=7))
    for _step in range(10):
        asked.moment()
        asked.advance()
        alone.advance()
    assert_array_equal(asked.parameters, alone.parameters)
    assert asked.history.train_loss == alone.history.train_loss


def test_the_ratio_is_that_of_the_lengths():
    assert ratio(np.array([3.0, 4.0]), np.array([0.0, 100.0])) == pytest.approx(0.05)
    assert np.isnan(ratio(np.array([1.0]), np.array([0.0])))
    assert np.isnan(ratio(np.array([np.inf]), np.array([1.0])))


def test_a_story_tells_what_was_added_and_never_changes_what_it_told():
    story = Story(parabola(), np.array([1]))
    assert story.told() is None
    story.add(moment(0, np.array([2.0])))
    first = story.told()
    story.add(moment(5, np.array([4.0])))
    assert first.steps.tolist() == [0]
    told = story.told()
    assert told.steps.tolist() == [0, 5]
    [layer] = told.layers
    assert layer.weights.low.tolist() == [2.0, 4.0]
    assert layer.gradients.high.tolist() == [4.0, 8.0]
    assert_allclose(layer.ratio, 0.01)
    assert told.latest.step == 5


def test_going_back_forgets_what_came_after():
    story = Story(parabola(), np.array([1]))
    for step in range(6):
        story.add(moment(step, np.array([float(step)])))
    story.add(moment(3, np.array([-1.0])))
    assert story.told().steps.tolist() == [0, 1, 2, 3]
    assert story.told().layers[0].weights.low.tolist() == [0.0, 1.0, 2.0, -1.0]


def test_a_story_of_any_length_is_bounded_and_reaches_from_the_first_to_the_last():
    story = Story(parabola(), np.array([1]), capacity=16)
    for step in range(10_000):
        story.add(moment(step, np.array([float(step)])))
        assert len(story) <= 16
    told = story.told()
    steps = told.steps
    assert (steps[0], steps[-1]) == (0, 9_999)
    gaps = np.diff(steps)[:-1]
    assert gaps.min() == gaps.max()  # the latest alone stands nearer
    assert len(steps) > 8
    assert told.layers[0].weights.low.tolist() == steps.astype(float).tolist()
