"""The table of settings: every field reads what it wrote, and refuses in words."""

import pytest

from engine.errors import Refusal, accept
from engine.graph.document import Document
from engine.graph.models import Model, model_document
from engine.graph.properties import set_data, set_training
from engine.graph.records import DataSettings, Seeds, TrainingSettings
from engine.train.datasets import DATASETS
from playground.panels.training.fields import FIELDS, Field

ENTRIES = {
    "data.generator": "circle",
    "data.samples": "50",
    "data.noise": "1/4",
    "data.test_share": "20 %",
    "seeds.data": "7",
    "seeds.shuffle": "9",
    "seeds.init": "8",
    "training.learning_rate": "2e-3",
    "training.schedule": "linear",
    "training.end_rate": "0.001",
    "training.schedule_steps": "500",
    "training.l2": "1e-4",
    "training.l2_scope": "weights",
    "training.batch": "10",
    "training.reduction": "sum",
}
VALUES = {
    "data.generator": "circle",
    "data.samples": 50,
    "data.noise": 0.25,
    "data.test_share": 0.2,
    "seeds.data": 7,
    "seeds.shuffle": 9,
    "seeds.init": 8,
    "training.learning_rate": 0.002,
    "training.schedule": "linear",
    "training.end_rate": 0.001,
    "training.schedule_steps": 500,
    "training.l2": 1e-4,
    "training.l2_scope": "weights",
    "training.batch": 10,
    "training.reduction": "sum",
}


def key(field: Field) -> str:
    return f"{field.record}.{field.name}"


def named(name: str) -> Field:
    return next(field for field in FIELDS if key(field) == name)


def test_every_setting_that_can_be_chosen_has_a_field():
    records = {"data": DataSettings, "seeds": Seeds, "training": TrainingSettings}
    settings = {f"{name}.{slot}" for name, record in records.items() for slot in record.__slots__}
    # One optimiser leaves no choice.
    assert settings - {key(field) for field in FIELDS} == {"training.optimizer"}


@pytest.mark.parametrize("field", FIELDS, ids=key)
def test_a_field_sets_its_setting_and_nothing_else_and_reads_it_back(field):
    document = accept(model_document(Model((2, 1), data=DataSettings("moons", samples=10))))
    along = {"data.samples", "data.noise"} if key(field) == "data.generator" else set()
    others = [f for f in FIELDS if f is not field and key(f) not in along]
    before = [f.text(document) for f in others]
    document.apply(accept(field.edit(document, ENTRIES[key(field)])))
    assert getattr(getattr(document, field.record), field.name) == VALUES[key(field)]
    assert [f.text(document) for f in others] == before
    assert accept(field.edit(document, field.text(document))).is_empty


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("data.samples", "many", "many"),
        ("data.samples", "2.5", "2.5 is not a whole number"),
        ("data.samples", "900000", "number of samples lies between"),
        ("data.noise", "-1", "noise lies between"),
        ("data.noise", "", "no number"),
        ("data.test_share", "95 %", "share of test points lies between"),
        ("seeds.data", "-1", "data seed lies between"),
        ("training.learning_rate", "-0.1", "learning rate lies between"),
        ("training.schedule_steps", "0", "length of the schedule lies between"),
        ("training.batch", "0", "batch size lies between"),
        ("training.l2", "1/0", "not a finite number"),
    ],
)
def test_what_cannot_be_is_refused_in_words(name, text, words):
    refusal = named(name).edit(Document(), text)
    assert isinstance(refusal, Refusal)
    assert words in str(refusal)


@pytest.mark.parametrize(
    ("text", "share"), [("20 %", 0.2), ("20%", 0.2), ("20", 0.2), ("0.2", 0.2), ("0", 0.0)]
)
def test_a_share_is_read_with_and_without_its_percent_sign(text, share):
    document = accept(model_document(Model((2, 1))))
    document.apply(accept(named("data.test_share").edit(document, text)))
    assert document.data.test_share == pytest.approx(share)


@pytest.mark.parametrize("text", ["all", "ALL", " ", ""])
def test_all_means_the_whole_set_as_batch(text):
    document = Document()
    document.apply(accept(set_training(document, batch=5)))
    document.apply(accept(named("training.batch").edit(document, text)))
    assert document.training.batch is None


@pytest.mark.parametrize("name", DATASETS)
def test_another_data_set_comes_with_its_own_numbers_in_one_edit(name):
    dataset = DATASETS[name]
    document = Document()
    document.apply(accept(set_data(document, generator=None, samples=7, noise=0.9)))
    edit = accept(named("data.generator").edit(document, name))
    document.apply(edit)
    wanted = DataSettings(name, dataset.default_samples, dataset.default_noise)
    assert document.data == wanted
    document.apply(accept(set_data(document, samples=7)))
    assert accept(named("data.generator").edit(document, name)).is_empty
    document.apply(accept(named("data.generator").edit(document, "")))
    assert document.data.samples == 7


def test_another_seed_of_weights_draws_them_in_the_same_edit():
    document = accept(model_document(Model((2, 1))))
    other = accept(model_document(Model((2, 1), seeds=Seeds(init=5))))
    document.apply(accept(named("seeds.init").edit(document, "5")))
    assert document.same_content(other)


def test_only_a_linear_schedule_has_an_end():
    document = Document()
    assert not named("training.end_rate").applies(document)
    document.apply(accept(set_training(document, schedule="linear")))
    assert named("training.end_rate").applies(document)
