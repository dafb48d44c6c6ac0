"""Training as the session steers it: every button, every hand-over, errors and endings."""

import gc
import threading
import weakref

import numpy as np
import pytest

from engine.errors import accept
from engine.graph.document import Document
from engine.graph.initialise import initial_parameters, new_weights
from engine.graph.models import Model
from engine.graph.properties import set_mark, set_training, set_value
from engine.graph.verbs import add_op, add_value
from engine.train.trainer import Trainer
from playground.bridge import changes_of
from playground.training import Training


class Owner:
    """Does for a training what a session does, with a list for an undo stack."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.edits = []
        self.training = Training(self.push)
        self.training.set_speed(None)
        self.training.attach(document)

    def push(self, edit) -> None:
        self.document.apply(edit)
        self.edits.append(edit)
        self.training.follow(changes_of(edit))

    def do(self, edit) -> None:
        self.push(accept(edit))

    def undo(self) -> None:
        self.push(self.edits.pop().inverse())
        self.edits.pop()

    @property
    def numbers(self) -> list[float]:
        return [node.value for node in self.document.nodes() if node.trainable]

    @property
    def step(self) -> int:
        snapshot = self.training.snapshot
        return snapshot.step if snapshot is not None else -1

    @property
    def titles(self) -> list[str]:
        return [edit.title for edit in self.edits]


@pytest.fixture
def own(qapp):
    """Give a document an owner, and end its training afterwards."""
    owners = []

    def made(document: Document) -> Owner:
        owners.append(Owner(document))
        return owners[-1]

    yield made
    for owner in owners:
        assert owner.training.close()


def test_play_and_pause_write_back_exactly_the_steps_that_were_seen(own, qtbot, moons):
    alone = accept(Trainer.build(moons.copy()))
    owner = own(moons)
    owner.training.play()
    qtbot.waitUntil(lambda: owner.step >= 20)
    owner.training.pause()
    assert not owner.training.running
    steps = owner.step
    assert owner.titles == [f"Train {steps} steps"]
    assert owner.numbers == alone.advance(steps).parameters[1].tolist()
    with qtbot.waitSignal(owner.training.snapshot_ready):
        pass
    assert owner.training.curves.train.tolist() == alone.history.train_loss


def test_many_starts_and_stops_are_one_unbroken_run(own, qtbot, moons):
    alone = accept(Trainer.build(moons.copy()))
    owner = own(moons)
    for _turn in range(30):
        at = owner.step
        owner.training.play()
        qtbot.waitUntil(lambda least=at: owner.step > max(least, 0))
        owner.training.pause()
    assert owner.numbers == alone.advance(owner.step).parameters[1].tolist()
    assert sum(int(title.split()[1]) for title in owner.titles) == owner.step


@pytest.fixture
def hold():
    """Keep a worker from doing anything until the event is set, at the latest by the end."""
    free = threading.Event()
    yield lambda owner: (owner.training._worker.send(lambda bench: free.wait(30)), free)[1]
    free.set()


def test_a_pause_before_the_first_step_writes_nothing(own, hold, descent):
    owner = own(descent)
    hold(owner)
    owner.training.play()
    owner.training.pause()
    assert owner.edits == []
    assert owner.numbers == [0.0]


def test_steps_that_nobody_saw_before_the_pause_are_never_written(own, hold, qtbot, moons):
    owner = own(moons)
    qtbot.waitUntil(lambda: owner.step == 0)
    before = owner.numbers
    free = hold(owner)
    owner.training.attach(moons)
    owner.training.play()
    owner.training._worker.send(lambda bench: bench._trainer.advance(1))
    owner.training.pause()
    free.set()
    qtbot.waitUntil(lambda: owner.step >= 0)
    owner.training.pause()
    assert (owner.step, owner.edits, owner.numbers) == (0, [], before)
    assert owner.training.snapshot.parameters[1].tolist() == before


def test_a_step_is_one_step_and_one_edit(own, qtbot, descent):
    owner = own(descent)
    for number in range(1, 4):
        with qtbot.waitSignal(owner.training.stopped):
            owner.training.step()
        assert owner.step == number
    assert owner.titles == ["Train 1 step"] * 3
    assert owner.numbers == [pytest.approx(3 - 3 * 0.8**3)]


def test_a_step_never_looks_like_playing(own, qtbot, descent):
    owner = own(descent)
    seen = []
    owner.training.state_changed.connect(lambda: seen.append(owner.training.playing))
    with qtbot.waitSignal(owner.training.stopped):
        owner.training.step()
    assert not any(seen)


def test_steps_pressed_faster_than_they_are_taken_all_count(own, qtbot, descent):
    owner = own(descent)
    for _press in range(10):
        owner.training.step()
    qtbot.waitUntil(lambda: owner.step == 10)
    qtbot.waitUntil(lambda: not owner.training.running)
    assert sum(int(title.split()[1]) for title in owner.titles) == 10


def test_a_step_while_it_plays_pauses_and_takes_one_more(own, qtbot, moons):
    owner = own(moons)
    owner.training.play()
    qtbot.waitUntil(lambda: owner.step >= 3)
    owner.training.step()
    paused = owner.step
    qtbot.waitUntil(lambda: not owner.training.running)
    assert owner.step == paused + 1
    assert owner.titles == [f"Train {paused} steps", "Train 1 step"]


def test_rewind_is_an_edit_and_a_new_run_that_goes_as_the_one_before(own, qtbot, moons):
    owner = own(moons)
    fresh = owner.numbers
    owner.training.step(5)
    qtbot.waitUntil(lambda: not owner.training.running)
    first, curves = owner.numbers, owner.training.curves
    owner.training.rewind()
    assert owner.numbers == fresh
    assert owner.titles == ["Train 5 steps", "Rewind to the same weights"]
    qtbot.waitUntil(lambda: owner.step == 0)
    assert len(owner.training.curves.train) == 1
    assert owner.training.curves.run == curves.run + 1
    owner.training.step(5)
    qtbot.waitUntil(lambda: owner.step == 5)
    assert owner.numbers == first
    assert owner.training.curves.train.tolist() == curves.train.tolist()


def test_undo_of_a_rewind_brings_back_weights_step_and_curve_and_redo_the_new_run(
    own, qtbot, moons
):
    owner = own(moons)
    owner.training.step(5)
    qtbot.waitUntil(lambda: owner.step == 5)
    reached, before, best = owner.numbers, owner.training.curves, owner.training.best
    owner.training.rewind()
    qtbot.waitUntil(lambda: owner.step == 0)
    rewound = owner.edits[-1]
    owner.undo()
    qtbot.waitUntil(lambda: owner.step == 5)
    assert owner.numbers == reached
    after = owner.training.curves
    assert (after.run, after.train.tolist()) == (before.run, before.train.tolist())
    assert owner.training.best.step == best.step
    owner.push(rewound)
    qtbot.waitUntil(lambda: owner.step == 0)
    assert owner.training.curves.run == before.run + 1


def test_rewind_before_any_training_says_that_there_is_nothing_to_rewind(own, qtbot, moons):
    owner = own(moons)
    with qtbot.waitSignal(owner.training.refused) as refused:
        owner.training.rewind()
    assert "where training begins" in refused.args[0]
    assert owner.edits == []


def test_new_weights_are_those_of_the_next_seed_and_undo_leads_back_to_the_run(own, qtbot, moons):
    owner = own(moons)
    owner.training.step(5)
    qtbot.waitUntil(lambda: owner.step == 5)
    reached, run = owner.numbers, owner.training.curves.run
    owner.training.draw_weights()
    qtbot.waitUntil(lambda: owner.step == 0)
    twin = moons.copy()
    twin.apply(initial_parameters(twin, 1338))
    assert moons.seeds.init == 1338
    assert owner.numbers == [node.value for node in twin.nodes() if node.trainable]
    assert owner.training.curves.run == run + 1
    owner.undo()
    qtbot.waitUntil(lambda: owner.step == 5)
    assert (owner.numbers, moons.seeds.init) == (reached, 1337)
    assert owner.training.curves.run == run


def test_a_step_of_an_epoch_ends_where_the_epoch_does(own, qtbot, moons):
    owner = own(moons)
    owner.do(set_training(moons, batch=4))  # 15 points: four steps
    for steps, ends in ((3, 3), (None, 4), (None, 8)):
        with qtbot.waitSignal(owner.training.stopped):
            if steps is None:
                owner.training.step_epoch()
            else:
                owner.training.step(steps)
        assert owner.step == ends


def test_a_run_ends_by_itself_at_the_epoch_of_the_document_and_can_be_gone_on_with(
    own, qtbot, descent
):
    owner = own(descent)
    owner.do(set_training(descent, until_step=7))
    with qtbot.waitSignal(owner.training.stopped):
        owner.training.play()
    assert owner.step == 7
    assert owner.training.word == "Stopped at step 7: as asked"
    owner.training.play()
    qtbot.waitUntil(lambda: owner.step > 7)
    assert owner.training.word == ""


def test_the_best_weights_are_an_edit_away_and_undo_brings_the_later_ones_back(
    own, qtbot, descent
):
    owner = own(descent)
    owner.training.step(8)
    qtbot.waitUntil(lambda: owner.step == 8)
    good = owner.numbers
    owner.do(set_training(descent, learning_rate=1.01))  # it climbs from here
    owner.training.step(6)
    qtbot.waitUntil(lambda: owner.step == 14)
    climbed, curve = owner.numbers, owner.training.curves.train.tolist()
    assert owner.training.best.step == 8
    owner.training.go_to_best()
    qtbot.waitUntil(lambda: owner.step == 8)
    assert owner.numbers == good
    assert owner.titles[-1] == "Back to the best weights"
    owner.undo()
    qtbot.waitUntil(lambda: owner.step == 14)
    assert owner.numbers == climbed
    assert owner.training.curves.train.tolist() == curve


def test_another_structure_after_training_says_that_a_new_run_begins(own, qtbot, moons):
    owner = own(moons)
    owner.training.step(3)
    qtbot.waitUntil(lambda: owner.step == 3)
    run = owner.training.curves.run
    owner.do(add_value(moons, (0.0, 0.0)))
    qtbot.waitUntil(lambda: owner.step == 0)
    assert "new run" in owner.training.word
    assert owner.training.curves.run == run + 1


def test_speeds_go_up_and_down_the_table_and_stop_at_its_ends(own, moons):
    training = own(moons).training
    training.set_speed(30)
    met = []
    for by in (1, 1, 1, 1, 1, *(-1,) * 12):
        training.change_speed(by)
        met.append(training.speed)
    assert met[:5] == [60, 300, 1000, None, None]
    assert met[5:] == [1000, 300, 60, 30, 10, 5, 2, 1, 1, 1, 1, 1]


def test_undo_leads_back_to_the_step_it_belongs_to(own, qtbot, moons):
    owner = own(moons)
    for _press in range(2):
        with qtbot.waitSignal(owner.training.stopped):
            owner.training.step()
    owner.undo()
    qtbot.waitUntil(lambda: owner.step == 1)
    assert len(owner.training.curves.train) == 2
    owner.undo()
    qtbot.waitUntil(lambda: owner.step == 0)
    with qtbot.waitSignal(owner.training.stopped):
        owner.training.step()
    assert owner.step == 1
    assert owner.titles == ["Train 1 step"]


def test_a_number_edited_at_rest_is_measured_and_trained_from(own, qtbot, descent):
    owner = own(descent)
    x = accept(descent.find("x"))
    owner.do(set_value(descent, x, 13.0))
    qtbot.waitUntil(lambda: owner.step == 0 and owner.training.snapshot.train_loss == 100.0)
    with qtbot.waitSignal(owner.training.stopped):
        owner.training.step()
    assert owner.numbers == [11.0]


def test_collecting_goes_on_and_what_follows_is_counted_anew(own, qtbot, moons):
    owner = own(moons)
    owner.training.play()
    qtbot.waitUntil(lambda: owner.step >= 3)
    first = owner.training.collect()
    at = owner.step
    owner.push(first)
    assert owner.training.running
    qtbot.waitUntil(lambda: owner.step > at)
    owner.training.pause()
    assert owner.titles == [f"Train {at} steps", f"Train {owner.step - at} steps"]


def test_other_settings_go_on_from_the_step_that_was_reached(own, qtbot, descent):
    owner = own(descent)
    with qtbot.waitSignal(owner.training.stopped):
        owner.training.step()
    owner.do(set_training(descent, learning_rate=0.5))
    with qtbot.waitSignal(owner.training.stopped):
        owner.training.step()
    assert owner.step == 2
    assert owner.numbers == [pytest.approx(3.0)]


@pytest.mark.parametrize(
    "edit",
    [lambda d: add_value(d, (0.0, 0.0)), lambda d: new_weights(d, 5)],
    ids=["structure", "seed of weights"],
)
def test_another_structure_or_seed_of_weights_begins_a_new_run(own, qtbot, moons, edit):
    owner = own(moons)
    with qtbot.waitSignal(owner.training.stopped):
        owner.training.step()
    owner.do(edit(moons))
    qtbot.waitUntil(lambda: owner.step == 0)


def test_a_pause_right_after_another_structure_writes_nothing_of_the_run_before(
    own, hold, qtbot, moons
):
    owner = own(moons)
    with qtbot.waitSignal(owner.training.stopped):
        owner.training.step()
    hold(owner)
    owner.do(add_value(moons, (0.0, 0.0)))
    owner.training.play()
    owner.training.pause()
    assert len(owner.edits) == 2


def test_what_cannot_be_trained_is_refused_in_words(own, qtbot, descent):
    loss = accept(descent.find("L"))
    owner = own(descent)
    owner.do(set_mark(descent, loss, "loss", on=False))
    owner.do(add_op(descent, "exp", (0.0, 0.0)))
    with qtbot.waitSignal(owner.training.refused) as refused:
        owner.training.play()
    qtbot.waitUntil(lambda: not owner.training.running)
    assert refused.args[0] == str(owner.training.refusal)
    owner.do(set_mark(descent, loss, "loss"))
    with qtbot.waitSignal(owner.training.stopped):
        owner.training.step()
    assert owner.training.refusal is None
    assert owner.step == 1


def test_a_run_that_diverges_pauses_and_names_step_and_node(own, qtbot, descent):
    owner = own(descent)
    owner.do(set_training(descent, learning_rate=1e3))
    with qtbot.waitSignal(owner.training.stopped) as stopped:
        owner.training.play()
    [snapshot] = stopped.args
    assert not owner.training.running
    assert snapshot.problem.node in descent
    assert snapshot.problem.text.startswith(f"Step {snapshot.step + 1}: ")
    assert owner.numbers == snapshot.parameters[1].tolist()
    assert np.isfinite(owner.numbers).all()


def test_the_worker_never_touches_the_document(own, qtbot, moons):
    owner = own(moons)
    before, revision = moons.copy(), moons.revision
    owner.training.play()
    qtbot.waitUntil(lambda: owner.step >= 20)
    assert moons.same_content(before)
    assert moons.revision == revision


def test_an_error_in_the_worker_stops_training_and_play_starts_anew(own, qtbot, descent):
    owner = own(descent)
    owner.training.play()
    qtbot.waitUntil(lambda: owner.step >= 3)
    with qtbot.captureExceptions() as errors:
        owner.training._worker.send(lambda bench: 1 / 0)
        qtbot.waitUntil(lambda: not owner.training.running)
        qtbot.waitUntil(lambda: bool(errors))
    kept = owner.numbers
    assert kept == owner.training.snapshot.parameters[1].tolist()
    assert owner.titles == [f"Train {owner.step} steps"]
    owner.training.pause()
    assert len(owner.edits) == 1
    with qtbot.waitSignal(owner.training.stopped):
        owner.training.step()
    assert owner.numbers[0] == pytest.approx(3 - 0.8 * (3 - kept[0]))


def test_closing_while_it_trains_ends_the_thread_and_tells_nothing_more(own, qtbot, moons):
    owner = own(moons)
    owner.training.play()
    qtbot.waitUntil(lambda: owner.step >= 1)
    before = owner.numbers
    assert owner.training.close()
    with qtbot.assertNotEmitted(owner.training.stopped, wait=50):
        pass
    assert owner.numbers == before
    assert not owner.training._worker.isRunning()


def test_the_thread_is_gone_with_the_training(qapp, qtbot, descent):
    threads = threading.active_count()
    for _round in range(10):
        owner = Owner(descent)
        owner.training.play()
        assert owner.training.close()
        gone = weakref.ref(owner.training)
        del owner
        gc.collect()
        assert gone() is None
    assert threading.active_count() == threads


def test_a_slow_step_does_not_hold_up_the_pause(own, hold, qtbot, moons):
    owner = own(moons)
    owner.training.play()
    qtbot.waitUntil(lambda: owner.step >= 1)
    free = hold(owner)
    qtbot.wait(20)
    owner.training.pause()
    assert not owner.training.running
    reached = owner.step
    free.set()
    with qtbot.waitSignal(owner.training.snapshot_ready):
        pass
    assert owner.step == reached


def test_the_demo_reaches_its_end_with_the_history_of_the_trainer_alone(own, qtbot):
    from engine.graph.models import model_document

    document = accept(model_document(Model()))
    alone = accept(Trainer.build(document.copy()))
    owner = own(document)
    owner.training.step(100)
    qtbot.waitUntil(lambda: not owner.training.running, timeout=30_000)
    snapshot = owner.training.snapshot
    assert snapshot.train_accuracy == alone.advance(100).train_accuracy == 1.0
    assert owner.training.curves.train.tolist() == alone.history.train_loss
    assert owner.titles == ["Train 100 steps"]
