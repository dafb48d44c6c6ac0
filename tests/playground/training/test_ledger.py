"""What is written back, what the worker has to be told, and what undo brings back."""

import pytest

from engine.errors import accept
from engine.graph.document import Document
from engine.graph.initialise import new_weights
from engine.graph.properties import set_seeds, set_value
from engine.graph.start import rewound
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


def test_a_run_that_begins_is_a_moment_of_its_own_and_the_one_before_is_kept(descent, trainer):
    ledger = Ledger(descent, run=1)
    descent.apply(ledger.write_back(trainer.advance(5)))
    edit = accept(rewound(descent))
    begun = ledger.begin(2, edit)
    assert (begun.run, begun.step, begun.numbers.tolist()) == (2, 0, [0.0])
    descent.apply(edit)
    assert ledger.moment() is begun
    assert ledger.is_at(begun)
    descent.apply(edit.inverse())
    found = ledger.moment()
    assert (found.run, found.step) == (1, 5)


def test_another_seed_of_weights_is_noticed(moons):
    ledger = Ledger(moons)
    moons.apply(accept(set_seeds(moons, data=3)))
    assert not ledger.take_redrawn()
    moons.apply(accept(new_weights(moons, 3)))
    assert ledger.take_redrawn()
    assert not ledger.take_redrawn()


def test_to_find_the_moment_the_document_is_read_once_however_many_there_were(
    descent, trainer, x, monkeypatch
):
    ledger = Ledger(descent)
    for _run in range(20):
        descent.apply(ledger.write_back(trainer.advance(5)))
    descent.apply(accept(set_value(descent, x, 1.5)))
    read, plain = [], Ledger._numbers
    monkeypatch.setattr(Ledger, "_numbers", lambda self, ids: read.append(ids) or plain(self, ids))
    assert ledger.moment() is None
    assert len(read) == 1
