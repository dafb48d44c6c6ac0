"""Editing, undoing and saving while training runs: nothing is lost, and all of it is undone."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from engine.errors import accept
from engine.files import read
from engine.graph.models import Model
from engine.graph.properties import (
    set_data,
    set_label,
    set_mark,
    set_role,
    set_training,
    set_value,
)
from engine.graph.records import DataSettings
from engine.graph.verbs import add_value, delete
from playground.bridge import EditCommand
from playground.handlers.report import conditions
from playground.session import Session
from playground.session.clear import model_edit
from playground.session.meanwhile import concern, fitted
from playground.storage import Recovery


def numbers(session: Session) -> list[float]:
    return [node.value for node in session.document.nodes() if node.trainable]


def steps(session: Session) -> list[str]:
    return [session.stack.text(index) for index in range(session.stack.count())]


def parameter(session: Session) -> int:
    return next(node.id for node in session.document.nodes() if node.trainable)


def train(session: Session, qtbot, least: int = 5) -> None:
    """Let it play until it has taken some steps more."""
    begin = session.training.snapshot.step if session.training.snapshot is not None else 0
    session.training.play()
    qtbot.waitUntil(lambda: learned(session) >= begin + least)
    assert session.training.running


def learned(session: Session) -> int:
    return session.training.snapshot.step if session.training.snapshot is not None else 0


@pytest.fixture
def small(session: Session) -> Session:
    """Hold a small network on ten moons, as one undo step."""
    model = Model((2, 1), data=DataSettings("moons", samples=10))
    assert session.do(model_edit(session.document, model))
    session.flush()
    session.training.set_speed(None)
    return session


def test_pausing_writes_the_learned_numbers_back_and_undo_brings_the_old_ones(small, qtbot):
    before = numbers(small)
    train(small, qtbot)
    small.training.pause()
    assert numbers(small) != before
    assert steps(small)[-1].startswith("Train ")
    small.undo()
    assert numbers(small) == before
    small.redo()
    assert numbers(small) != before


def test_while_training_runs_the_trained_numbers_are_shown_and_the_document_rests(small, qtbot):
    before, one = numbers(small), parameter(small)
    train(small, qtbot)
    qtbot.waitUntil(lambda: small.result.number(one) != before[0])
    assert numbers(small) == before
    small.training.pause()
    small.flush()
    assert small.result.number(one) == small.document.node(one).value


def test_after_a_pause_that_learned_nothing_the_document_is_shown_again(small, qtbot):
    small.do(set_training(small.document, learning_rate=0.0, schedule="constant"))
    small.flush()
    one = parameter(small)
    before = numbers(small)
    small.training.play()
    qtbot.waitUntil(lambda: learned(small) >= 3)
    small.training.pause()
    assert numbers(small) == before
    small.set_number(one, 5.0)
    small.flush()
    assert small.result.number(one) == 5.0


def test_a_parameter_edited_while_training_is_its_own_step_after_what_was_learned(small, qtbot):
    one = parameter(small)
    train(small, qtbot)
    assert small.do(set_value(small.document, one, 0.125))
    assert small.training.running
    kinds = [text.split()[0] for text in steps(small)[1:]]
    assert kinds == ["Train", "Set"]
    assert small.document.node(one).value == 0.125
    small.settle()
    while small.stack.canUndo():
        small.undo()
    assert len(small.document) == 0


def test_the_trainer_goes_on_from_the_edited_number(small, qtbot):
    one = parameter(small)
    train(small, qtbot)
    small.do(set_training(small.document, learning_rate=0.0, schedule="constant"))
    qtbot.waitUntil(lambda: small.training.snapshot.learning_rate == 0.0)
    small.do(set_value(small.document, one, 0.125))
    small.flush()
    at = learned(small)
    qtbot.waitUntil(lambda: learned(small) > at + 200)
    small.settle()
    assert small.document.node(one).value == 0.125


def test_scrubbing_a_parameter_while_training_is_one_step(small, qtbot):
    one = parameter(small)
    train(small, qtbot)
    for tick in range(20):
        small.do(set_value(small.document, one, 0.01 * tick, gesture="scrub"))
        small.flush()
    assert [text.split()[0] for text in steps(small)[1:]] == ["Train", "Set"]
    assert small.training.running


@pytest.mark.parametrize(
    "edit",
    [
        lambda d: add_value(d, (0.0, 0.0)),
        lambda d: delete(d, [next(n.id for n in d.nodes() if n.trainable)]),
        lambda d: set_role(d, [next(n.id for n in d.nodes() if n.trainable)], "constant"),
        lambda d: set_mark(d, next(n.id for n in d.nodes() if not n.is_leaf), "loss"),
    ],
    ids=["add", "delete", "role", "mark"],
)
def test_an_edit_of_the_structure_pauses_and_writes_back_first(small, qtbot, edit):
    start = small.document.copy()
    train(small, qtbot)
    assert small.do(edit(small.document))
    assert not small.training.running
    assert steps(small)[1].startswith("Train ")
    assert len(steps(small)) == 3
    small.undo()
    small.undo()
    assert small.document.same_content(start)


@pytest.mark.parametrize(
    "edit",
    [
        lambda d: set_label(d, next(n.id for n in d.nodes() if n.trainable), "w"),
        lambda d: set_training(d, learning_rate=0.01),
        lambda d: set_data(d, noise=0.2),
    ],
    ids=["name", "rate", "noise"],
)
def test_names_settings_and_data_go_beside_training(small, qtbot, edit):
    train(small, qtbot)
    assert small.do(edit(small.document))
    small.flush()
    at = learned(small)
    qtbot.waitUntil(lambda: learned(small) > at)
    assert small.training.running
    assert len(steps(small)) == 2


def test_undo_while_training_takes_back_what_was_learned(small, qtbot):
    before = numbers(small)
    train(small, qtbot)
    small.undo()
    assert not small.training.running
    assert numbers(small) == before
    assert small.stack.canRedo()


def test_redo_while_training_is_refused_and_stays_possible(small, qtbot):
    one, before = parameter(small), numbers(small)
    small.do(set_value(small.document, one, 0.125))
    small.undo()
    small.training.play()
    assert "redo" not in conditions(small)
    with qtbot.waitSignal(small.refused) as told:
        small.redo()
    assert told.args == ["Training runs, and what it learns comes first. Pause, then redo."]
    assert small.training.running
    assert numbers(small) == before


def test_what_was_learned_before_an_error_in_the_worker_is_kept_and_unsaved(
    small, qtbot, tmp_path
):
    small.save(tmp_path / "fresh.mgp")
    one, before = parameter(small), numbers(small)
    train(small, qtbot)
    with qtbot.captureExceptions() as errors:
        small.training._worker.send(lambda bench: 1 / 0)
        qtbot.waitUntil(lambda: bool(errors) and not small.training.running)
    small.flush()
    assert numbers(small) != before
    assert small.result.number(one) == small.document.node(one).value
    assert small.is_dirty


def test_saving_while_training_saves_what_was_learned(small, qtbot, tmp_path: Path):
    before = numbers(small)
    train(small, qtbot)
    assert small.is_dirty
    assert small.save(tmp_path / "trained.mgp")
    assert not small.training.running
    saved = accept(read((tmp_path / "trained.mgp").read_bytes()))
    assert saved.same_content(small.document)
    assert [node.value for node in saved.nodes() if node.trainable] != before
    assert not small.is_dirty


def test_another_document_ends_training_and_is_not_touched_by_it(small, qtbot):
    train(small, qtbot)
    small.open_example()
    before = small.document.copy()
    assert not small.training.running
    qtbot.wait(100)
    assert small.document.same_content(before)
    assert small.result.revision == small.document.revision


def test_a_document_opened_after_training_shows_its_own_numbers(small, qtbot, tmp_path: Path):
    small.save(tmp_path / "fresh.mgp")
    before = numbers(small)
    train(small, qtbot)
    small.settle()
    small.open(tmp_path / "fresh.mgp")
    qtbot.waitUntil(lambda: small.training.snapshot is not None)
    assert small.training.snapshot.step == 0
    assert small.training.snapshot.parameters[1].tolist() == before


def test_closing_waits_once_for_a_thread_that_does_not_end(small, monkeypatch):
    waits: list[bool] = []
    end = small.training.close

    def lingering() -> bool:
        waits.append(end())
        return False

    monkeypatch.setattr(small.training, "close", lingering)
    small.close()
    assert waits == [True]


def test_a_run_that_diverges_stops_itself_and_only_finite_numbers_come_back(small, qtbot):
    small.do(set_training(small.document, learning_rate=1e6, schedule="constant"))
    small.flush()
    small.training.play()
    qtbot.waitUntil(lambda: not small.training.running and learned(small) > 0)
    assert small.training.snapshot.problem is not None
    assert np.isfinite(numbers(small)).all()


def test_train_moons_replaces_an_untouched_start_page(session, qtbot):
    session.open_example()
    assert session.train_moons()
    assert session.document.data.generator == "moons"
    assert sum(node.trainable for node in session.document.nodes()) == 337
    assert session.stack.count() == 1
    assert session.selection == frozenset()
    qtbot.waitUntil(lambda: learned(session) > 2)
    session.undo()
    session.undo()
    assert len(session.document) == 0


def test_train_moons_leaves_a_graph_of_ones_own_where_it_is(session, qtbot):
    session.add_item("expression:q*r+1", (0.0, 0.0))
    qtbot.waitUntil(lambda: session.training.refusal is not None)
    before = session.document.copy()
    with qtbot.assertNotEmitted(session.refused):
        assert session.train_moons()
        qtbot.waitUntil(lambda: learned(session) > 2)
    positions = [session.document.node(node.id).position for node in before.nodes()]
    assert positions == [node.position for node in before.nodes()]
    session.undo()
    session.undo()
    assert session.document.same_content(before)


@pytest.fixture
def kept(qapp, tmp_path: Path) -> Iterator[Session]:
    """Open a session that keeps a journal."""
    made = Session(Recovery(tmp_path / "recovery"))
    yield made
    made.close()


def test_what_training_reached_is_in_the_journal_every_ten_seconds(kept, qtbot, tmp_path):
    recovery, session = Recovery(tmp_path / "recovery"), kept
    session.do(model_edit(session.document, Model((2, 1))))
    session.flush()
    train(session, qtbot)
    assert session._checkpoints.isActive()
    assert session._checkpoints.interval() == 10_000
    session._checkpoints.timeout.emit()
    reached = session.training.snapshot.parameters[1].tolist()
    journal = session._keeper.journal.path
    copy = journal.with_name("copy.journal")
    copy.write_bytes(journal.read_bytes())
    session.close()
    [remains] = recovery.recoverable()
    assert [node.value for node in remains.document.nodes() if node.trainable] == reached
    remains.forget()
    assert not session._checkpoints.isActive()


def test_an_edit_is_fitted_to_numbers_that_were_written_back_after_it_was_made(small):
    document = small.document
    one = parameter(small)
    edits = [accept(set_value(document, one, 0.5)), accept(delete(document, [one]))]
    document.apply(accept(set_value(document, one, 0.25)))
    for edit in edits:
        twin = document.copy()
        twin.apply(fitted(twin, edit))
    assert one not in twin
    assert fitted(document, accept(set_value(small.document, one, 0.25))).is_empty


def test_only_edits_that_training_must_know_of_concern_it(small):
    document, one = small.document, parameter(small)
    assert concern(accept(set_label(document, one, "w"))) == "none"
    assert concern(accept(set_value(document, one, 0.5))) == "number"
    assert concern(accept(delete(document, [one]))) == "pause"
    assert isinstance(small.stack.command(0), EditCommand)
