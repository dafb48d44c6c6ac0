"""A fitting model can be trained on its data as it is; one that does not fit says so in words."""

from dataclasses import replace

import pytest

from engine.errors import Refusal, accept
from engine.graph.models import DEMO_TRAINING, STEADY_TRAINING, Model, model_document
from engine.graph.properties import set_data
from engine.graph.records import DataSettings
from engine.train.datasets import DATASETS
from engine.train.fitting import fitted
from engine.train.trainer import Trainer
from tests.engine.train.documents import built


def model(generator: str, **changed: object) -> Model:
    """Return a small model of a data set as it is at its best."""
    dataset = DATASETS[generator]
    data = DataSettings(generator, dataset.default_samples, dataset.default_noise)
    return replace(Model(layers=(8, 1), activation="tanh", data=data), **changed)


def test_the_demo_fits_as_it_is() -> None:
    assert fitted(Model()) == Model()


@pytest.mark.parametrize("key", DATASETS)
def test_a_fitting_model_learns_its_data_by_the_settings_it_comes_with(key: str) -> None:
    document = accept(model_document(accept(fitted(model(key)))))
    trainer = built(document)
    before, after = trainer.snapshot(), trainer.advance(150)
    assert after.problem is None
    assert after.train_loss < before.train_loss
    if DATASETS[key].classes:
        assert after.train_accuracy > 1.2 / DATASETS[key].classes
        assert after.train_r2 is None
    else:
        assert after.train_r2 > before.train_r2
        assert after.train_accuracy is None


@pytest.mark.parametrize(
    ("key", "layers", "loss"),
    [
        ("moons", (8, 1), "hinge"),
        ("spiral3", (8, 3), "softmax_cross_entropy"),
        ("hills", (8, 1), "squared_error"),
        ("sine", (8, 1), "squared_error"),
    ],
)
def test_outputs_and_loss_follow_from_the_classes(key, layers, loss) -> None:
    fit = accept(fitted(model(key)))
    assert (fit.layers, fit.loss, fit.features) == (layers, loss, DATASETS[key].features)


def test_what_suits_the_data_is_left_as_it_is() -> None:
    chosen = model("xor", layers=(4, 2), loss="softmax_cross_entropy")
    assert accept(fitted(chosen)) == chosen
    assert accept(fitted(model("xor"))).training == DEMO_TRAINING
    assert accept(fitted(model("sine"))).training == STEADY_TRAINING
    own = replace(DEMO_TRAINING, learning_rate=0.3)
    assert accept(fitted(model("sine", training=own))).training == own


def test_data_that_cannot_be_drawn_fit_nothing() -> None:
    assert isinstance(fitted(Model(data=DataSettings("rocks"))), Refusal)


@pytest.mark.parametrize(
    ("made_for", "given", "words"),
    [
        (
            "moons",
            "spiral3",
            "The model does not fit the data: it tells 2 classes apart, and the data have 3.",
        ),
        (
            "moons",
            "plane",
            "The model does not fit the data: y names a class, and the data are numbers. Replace",
        ),
        ("moons", "sine", "x2 is feature 2, and the data has 1. Replace the model, or make it"),
        ("spiral3", "hills", "The model does not fit the data: y1 names a class"),
        ("plane", "spiral3", "The model does not fit the data: it tells 2 classes apart"),
    ],
)
def test_a_network_that_does_not_fit_the_data_says_so(made_for, given, words) -> None:
    document = accept(model_document(accept(fitted(model(made_for)))))
    document.apply(accept(set_data(document, generator=given)))
    refusal = Trainer.build(document)
    assert isinstance(refusal, Refusal)
    assert str(refusal).startswith(words)


def test_a_running_training_refuses_data_that_do_not_fit_and_goes_on() -> None:
    document = accept(model_document(model("moons")))
    trainer = built(document)
    trainer.advance(3)
    refusal = trainer.update_data(DataSettings("spiral3"), document.seeds)
    assert "does not fit" in str(refusal)
    assert trainer.advance(3).step == 6


def test_scores_for_more_classes_than_there_are_learn_to_leave_the_rest_alone() -> None:
    document = accept(model_document(accept(fitted(model("spiral3")))))
    document.apply(accept(set_data(document, generator="circle", samples=60, noise=0.0)))
    assert built(document).advance(100).train_accuracy > 0.9
