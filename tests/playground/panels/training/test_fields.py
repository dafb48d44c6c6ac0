"""The table of settings: every field reads what it wrote, and refuses in words."""

import pytest

from engine.errors import Refusal, accept
from engine.graph.document import Document
from engine.graph.models import Model, model_document
from engine.graph.properties import set_data, set_training
from engine.graph.records import DataSettings, Seeds, TrainingSettings
from engine.graph.rows import NO_TABLE
from engine.train.datasets import DATASETS
from engine.train.optimizers import OPTIMIZERS
from engine.train.schedules import SCHEDULES
from playground.panels.training.fields import ENDS, FIELDS, Field

ENTRIES = {
    "data.generator": "circle",
    "data.samples": "50",
    "data.classes": "5",
    "data.noise": "1/4",
    "data.test_share": "20 %",
    "seeds.data": "7",
    "seeds.shuffle": "9",
    "seeds.init": "8",
    "training.optimizer": "adam",
    "training.momentum": "0.5",
    "training.decay": "0.9",
    "training.beta1": "0.8",
    "training.beta2": "0.99",
    "training.epsilon": "1e-6",
    "training.weight_decay": "0.1",
    "training.step_factor": "1/2",
    "training.warmup_steps": "10",
    "training.l1": "1e-3",
    "training.l1_rule": "truncated",
    "training.remainder": "carry",
    "training.clip": "norm",
    "training.clip_limit": "0.5",
    "training.order": "fixed",
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
    "data.classes": 5,
    "data.noise": 0.25,
    "data.test_share": 0.2,
    "seeds.data": 7,
    "seeds.shuffle": 9,
    "seeds.init": 8,
    "training.optimizer": "adam",
    "training.momentum": 0.5,
    "training.decay": 0.9,
    "training.beta1": 0.8,
    "training.beta2": 0.99,
    "training.epsilon": 1e-06,
    "training.weight_decay": 0.1,
    "training.step_factor": 0.5,
    "training.warmup_steps": 10,
    "training.l1": 0.001,
    "training.l1_rule": "truncated",
    "training.remainder": "carry",
    "training.clip": "norm",
    "training.clip_limit": 0.5,
    "training.order": "fixed",
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
    of_a_table = {f"data.{name}" for name in NO_TABLE}
    assert settings - of_a_table == {key(field) for field in (*FIELDS, *ENDS)}


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
        ("data.classes", "1", "number of classes lies between 2 and 8"),
        ("data.noise", "", "no number"),
        ("data.test_share", "99.5 %", "share of test points lies between"),
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
    assert named("data.classes").applies(document) == (name == "blobs")
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


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_an_optimiser_shows_the_settings_that_it_reads_and_brings_their_numbers(optimizer):
    document = Document()
    document.apply(accept(set_training(document, epsilon=0.5, momentum=0.25, beta2=0.75)))
    document.apply(accept(named("training.optimizer").edit(document, optimizer)))
    own = OPTIMIZERS[optimizer].settings
    known = {name for record in OPTIMIZERS.values() for name in record.settings}
    shown = {name for name in known if named(f"training.{name}").applies(document)}
    assert shown == set(own)
    if optimizer != "sgd":
        assert {name: getattr(document.training, name) for name in own} == own


@pytest.mark.parametrize("schedule", SCHEDULES)
def test_a_schedule_shows_the_settings_that_it_reads(schedule):
    document = Document()
    document.apply(accept(set_training(document, schedule=schedule)))
    known = {name for record in SCHEDULES.values() for name in record.settings}
    shown = {name for name in known if named(f"training.{name}").applies(document)}
    assert shown == set(SCHEDULES[schedule].settings)


def test_what_is_off_hides_what_belongs_to_it():
    document = Document()
    assert not named("training.l2_scope").applies(document)
    assert not named("training.clip_limit").applies(document)
    document.apply(accept(set_training(document, l1=0.1, clip="value")))
    assert named("training.l2_scope").applies(document)
    assert named("training.clip_limit").applies(document)
