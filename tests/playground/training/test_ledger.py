"""What is written back, what the worker has to be told, and what undo brings back."""

import numpy as np
import pytest

from engine.errors import accept
from engine.graph.document import Document
from engine.graph.properties import set_seeds, set_value
from engine.train.trainer import Trainer
from playground.training.ledger import Ledger


@pytest.fixture
def trainer(descent: Document) -> Trainer:
    return accept(Trainer.build(descent.copy()))


@pytest.fixture
def x(descent: Document) -> int:
    return accept(descent.find("x"))


def test_what_was_learned_comes_back_once_and_says_how_many_steps(descent, trainer, x):
    ledger = Ledger(descent)
    edit = ledger.write_back(trainer.advance(5))
    assert edit.title == "Train 5 steps"
    descent.apply(edit)
    assert descent.node(x).value == trainer.parameters[0] != 0.0
    assert ledger.write_back(trainer.snapshot()) is None
    assert ledger.write_back(trainer.advance(1)).title == "Train 1 step"


def test_numbers_that_training_wrote_need_not_be_told_to_it(descent, trainer, x):
    ledger = Ledger(descent)
    descent.apply(ledger.write_back(trainer.advance(5)))
    assert ledger.changed([x])[0].tolist() == []
    descent.apply(accept(set_value(descent, x, 1.5)))
    ids, numbers = ledger.changed([x])
    assert (ids.tolist(), numbers.tolist()) == ([x], [1.5])
    assert ledger.changed([x])[0].tolist() == []


def test_a_snapshot_older_than_an_edit_gets_the_edited_number(descent, trainer, x):
    ledger = Ledger(descent)
    descent.apply(accept(set_value(descent, x, 1.5)))
    ids, _numbers = ledger.changed([x])
    ledger.sent(ids, 7)
    old = trainer.advance(5)
    assert ledger.corrected(old, 6).parameters[1].tolist() == [1.5]
    assert ledger.corrected(old, 7) is old
    assert old.parameters[1].tolist() != [1.5]


def test_undo_is_recognised_as_an_earlier_moment_of_the_run(descent, trainer):
    ledger = Ledger(descent)
    edits = []
    for _run in range(2):
        edits.append(ledger.write_back(trainer.advance(5)))
        descent.apply(edits[-1])
    assert ledger.moment().step == 10
    descent.apply(edits[1].inverse())
    assert ledger.moment().step == 5
    descent.apply(edits[0].inverse())
    assert ledger.moment().step == 0
    descent.apply(edits[0])
    assert ledger.moment().step == 5


def test_numbers_of_no_moment_belong_to_none(descent, trainer, x):
    ledger = Ledger(descent)
    descent.apply(ledger.write_back(trainer.advance(5)))
    descent.apply(accept(set_value(descent, x, 1.5)))
    assert ledger.moment() is None


def test_fresh_parameters_are_those_of_the_start_where_no_template_drew_them(descent, trainer, x):
    ledger = Ledger(descent)
    descent.apply(ledger.write_back(trainer.advance(5)))
    descent.apply(ledger.fresh("Reset"))
    assert descent.node(x).value == 0.0


def test_fresh_parameters_of_a_network_follow_from_its_seed(moons):
    before = [node.value for node in moons.nodes() if node.trainable]
    ledger = Ledger(moons)
    trainer = accept(Trainer.build(moons.copy()))
    moons.apply(ledger.write_back(trainer.advance(5)))
    assert not np.array_equal([n.value for n in moons.nodes() if n.trainable], before)
    moons.apply(ledger.fresh("Reset"))
    assert [node.value for node in moons.nodes() if node.trainable] == before


def test_another_seed_of_weights_is_noticed(moons):
    ledger = Ledger(moons)
    moons.apply(accept(set_seeds(moons, data=3)))
    assert not ledger.redrawn
    moons.apply(accept(set_seeds(moons, init=3)))
    assert ledger.redrawn
