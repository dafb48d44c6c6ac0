"""Accuracies, read off the objective's tape or off a plan of the predictions' own."""

import numpy as np
import pytest

from engine.errors import accept
from engine.graph import properties, verbs
from engine.graph.document import Document
from engine.graph.records import DataSettings
from tests.engine.train.documents import Network, built, demo, marked


def beside(document: Document, key: str) -> Document:
    """Mark as prediction what an op makes of the score, beside the loss."""
    [score] = document.marked("prediction")
    document.apply(accept(properties.set_mark(document, score, "prediction", False)))
    document.apply(accept(verbs.add_op(document, key, (0, 0))))
    made = document.next_id - 1
    document.apply(accept(verbs.connect(document, score, made)))
    return marked(document, made, "prediction")


@pytest.mark.parametrize("batch", [None, 30])
def test_a_probability_beside_the_loss_has_the_accuracy_of_its_logit(batch: int | None) -> None:
    data = DataSettings("moons", test_share=0.3)
    plain = demo(data=data)
    twin = beside(demo(data=data), "sigmoid")
    twin.apply(accept(properties.set_link(twin, "probability")))
    for document in (plain, twin):
        document.apply(accept(properties.set_training(document, batch=batch, learning_rate=0.1)))
    one, other = built(plain), built(twin)
    for _chunk in range(3):
        first, second = one.advance(10), other.advance(10)
        assert (first.train_accuracy, first.test_accuracy) == (
            second.train_accuracy,
            second.test_accuracy,
        )
    assert first.train_accuracy > 0.5


def test_class_scores_are_right_where_the_greater_one_is() -> None:
    document = beside(demo(), "neg")
    negative = document.marked("prediction")[0]
    [score] = [n for n in document.inputs(negative) if n is not None]
    document = marked(document, score, "prediction")
    document.apply(accept(properties.set_link(document, "class scores")))
    trainer = built(document)
    network = Network(trainer.parameters)
    scores = network.scores(trainer.samples.inputs)
    # The score has the smaller id, so it is that of class 0, whose label is -1.
    right = np.mean((-scores > scores) == (trainer.samples.labels > 0))
    assert trainer.snapshot().train_accuracy == right


def test_an_unfinished_prediction_predicts_nothing() -> None:
    document = demo()
    document.apply(accept(verbs.add_op(document, "tanh", (0, 0))))
    marked(document, document.next_id - 1, "prediction")
    assert built(document).snapshot().accuracy is None


def test_a_number_has_no_accuracy() -> None:
    document = demo()
    document.apply(accept(properties.set_link(document, "number")))
    assert built(document).snapshot().accuracy is None


@pytest.mark.parametrize(
    ("encoding", "index", "written"),
    [
        ("signed", 0, (-1, 1)),
        ("zero-one", 0, (0, 1)),
        ("one-hot", 0, (1, 0)),
        ("one-hot", 1, (0, 1)),
    ],
)
def test_a_target_is_written_as_its_encoding_says(encoding: str, index: int, written) -> None:
    """The loss w*target at w = 1 is the share of what the labels are written as."""
    document = Document()
    for role in ("parameter", "target"):
        document.apply(
            verbs.add_value(
                document,
                (0, 0),
                value=1.0,
                role=role,
                encoding=encoding if role == "target" else "number",
                index=index if role == "target" else 0,
            )
        )
    document.apply(accept(verbs.add_op(document, "mul", (0, 0))))
    for source in (1, 2):
        document.apply(accept(verbs.connect(document, source, 3)))
    document.apply(accept(properties.set_data(document, generator="circle", samples=9, noise=0.0)))
    trainer = built(document)
    labels = trainer.samples.labels
    expected = np.where(labels > 0, written[1], written[0]).mean()
    assert trainer.snapshot().train_loss == pytest.approx(expected)
