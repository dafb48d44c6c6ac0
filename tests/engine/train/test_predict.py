"""Predictions of rows, held against `Value`s, against the trainer, and against themselves."""

from dataclasses import replace

import numpy as np
import pytest

from engine.errors import Refusal, accept
from engine.graph.document import Document
from engine.graph.models import model_document
from engine.graph.records import DataSettings
from engine.graph.rows import use_table
from engine.graph.tables import make_table
from engine.run.mirror import to_values
from engine.train.fitting import fitted
from engine.train.predict import UNKNOWN, Predictor, predict, read_truth, right
from engine.train.samples import load_samples
from tests.engine.train.documents import Model, built, demo, graph, marked, trained

ROWS = np.random.default_rng(5).normal(size=(1300, 2))  # more than two portions of lanes


def by_values(document: Document, inputs: np.ndarray) -> np.ndarray:
    """Compute the predictions of scaled inputs row by row as micrograd does."""
    leaves = {n.id: n.index for n in document.nodes() if n.role == "feature"}
    found = []
    for row in inputs:
        values = to_values(document, {node: row[index] for node, index in leaves.items()})
        found.append([values[node].data for node in document.marked("prediction")])
    return np.array(found)


def heaps(standardise: bool = True) -> Document:
    """Return a document on a table of three named classes, far from 0."""
    rng = np.random.default_rng(1)
    kinds = np.arange(60) % 3
    numbers = np.column_stack((rng.normal(100 + 30 * kinds, 1), rng.normal(5 - kinds, 0.1), kinds))
    words = ((), (), ("ant", "bee", "cow"))
    table = accept(make_table(("width", "height", "kind"), numbers, words))
    blank = Document()
    edit = accept(use_table(blank, table, (0, 1), 2, standardise=standardise))
    model = accept(fitted(replace(Model((4, 3)), data=edit.changes[0].after)))
    return accept(model_document(model))


def test_outputs_are_those_of_values_row_by_row() -> None:
    document = demo(layers=(4, 1))
    forecast = accept(predict(document, ROWS))
    assert forecast.outputs.shape == (len(ROWS), 1)
    picked = np.r_[0:5, 500:510, 1295:1300]
    assert np.allclose(forecast.outputs[picked], by_values(document, ROWS[picked]), rtol=1e-12)


def test_inputs_are_in_the_units_of_the_table() -> None:
    document = heaps()
    samples = accept(load_samples(document.data, document.seeds))
    raw = document.data.table.numbers[:20, :2]
    forecast = accept(predict(document, raw))
    scaled = (raw - samples.centre) / samples.scale
    assert np.allclose(forecast.outputs, by_values(document, scaled), rtol=1e-11)
    assert forecast.asked.features == ("width", "height")
    assert forecast.asked.classes == ("ant", "bee", "cow")


@pytest.mark.parametrize("make", [demo, heaps])
def test_the_accuracy_of_the_trainer_follows_from_predictions(make) -> None:
    document = trained(make(), learning_rate=0.05)
    run = built(document)
    snapshot = run.advance(30)
    samples = run.samples
    raw = samples.raw(samples.inputs[samples.train])
    forecast = accept(predict(document, raw, snapshot.parameters))
    labels = samples.labels[samples.train]
    truth = np.maximum(labels, 0.0)
    assert right(forecast, truth).mean() == snapshot.train_accuracy


def test_probabilities_of_class_scores_sum_to_one_and_follow_them() -> None:
    forecast = accept(predict(heaps(), 1e3 * ROWS))
    assert np.allclose(forecast.probabilities.sum(axis=1), 1.0)
    some = (forecast.probabilities > 1e-12).all(axis=1)
    logs = np.log(forecast.probabilities[some])
    assert some.sum() > 20
    assert np.allclose(
        logs[:, 0] - logs[:, 1], forecast.outputs[some, 0] - forecast.outputs[some, 1]
    )
    assert (forecast.chosen == forecast.probabilities.argmax(axis=1)).all()


def test_a_logit_is_read_as_odds_however_great_it_is() -> None:
    document = demo(loss="cross_entropy")
    forecast = accept(predict(document, 400 * ROWS))
    low, high = forecast.probabilities.T
    assert np.allclose(low + high, 1.0)
    with np.errstate(over="ignore", divide="ignore"):
        assert np.allclose(high, 1.0 / (1.0 + np.exp(-forecast.outputs[:, 0])))
    assert ((high > 0.5) == (forecast.chosen == 1)).all()
    assert (low[forecast.outputs[:, 0] < 700] > 0.0).all()


def test_a_margin_has_no_probability_and_classes_are_called_by_their_sign() -> None:
    forecast = accept(predict(demo(), ROWS))
    assert forecast.probabilities is None
    assert forecast.asked.classes == ("-1", "1")
    assert all((forecast.outputs[k, 0] > 0) == (forecast.word(k) == "1") for k in range(100))


def test_numbers_are_predicted_as_they_are() -> None:
    model = accept(fitted(Model((3, 1), data=DataSettings("sine"))))
    document = accept(model_document(model))
    forecast = accept(predict(document, ROWS[:, :1]))
    assert forecast.chosen is None
    assert forecast.probabilities is None
    assert forecast.asked.classes == ()
    assert np.allclose(forecast.outputs[:9], by_values(document, ROWS[:9, :1]))


def test_an_output_that_is_no_number_has_no_class() -> None:
    document = marked(graph(("log", (1,)), leaves=[("feature", 1.0)]), 2, "prediction")
    forecast = accept(predict(document, [[2.0], [-1.0], [0.5]]))
    assert forecast.chosen.tolist() == [1, UNKNOWN, 0]
    assert forecast.word(1) == ""
    assert forecast.asked.features == ("v0",)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([[1.0, 2.0], [np.inf, 0.0]], "Row 2 has no finite number in x1"),
        ([[1.0, 2.0, 3.0]], "a number for each of x1, x2"),
    ],
)
def test_a_row_that_cannot_be_used_is_named(rows, words) -> None:
    refusal = predict(demo(), rows)
    assert isinstance(refusal, Refusal)
    assert words in str(refusal)


def test_a_document_that_predicts_nothing_says_why() -> None:
    for document, words in (
        (Document(), "no value is marked"),
        (marked(graph(leaves=[("parameter", 1.0)]), 1, "prediction"), "has no feature"),
    ):
        assert words in str(Predictor.build(document))
    assert "2 values are marked" in str(Predictor.build(marked(demo(), 1, "prediction")))


def test_what_is_true_is_read_in_the_words_of_the_table() -> None:
    asked = accept(Predictor.build(heaps())).asked
    assert read_truth(asked, ["cow", " ant", "fox", ""]).tolist()[:2] == [2.0, 0.0]
    assert np.isnan(read_truth(asked, ["fox", ""])).all()
    signs = accept(Predictor.build(demo())).asked
    assert read_truth(signs, np.array([-1.0, 1.0, 0.0])).tolist() == [0.0, 1.0, 0.0]
