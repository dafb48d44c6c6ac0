"""Training as the session steers it: every button, every hand-over, errors and endings."""

import gc
import threading
import weakref

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QThread

from engine.errors import accept
from engine.graph.initialise import new_weights
from engine.graph.models import Model
from engine.graph.properties import set_mark, set_training, set_value
from engine.graph.verbs import add_op, add_value
from engine.train.boundary import Bounds, Plane
from engine.train.trainer import Trainer
from tests.playground.training.owner import Owner


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


@pytest.mark.parametrize("settings", [{"optimizer": "adam"}, {"l1": 0.05, "l1_rule": "truncated"}])
def test_a_pause_makes_the_optimiser_forget_nothing(own, qtbot, moons, settings):
    moons.apply(accept(set_training(moons, learning_rate=0.05, **settings)))
    alone = accept(Trainer.build(moons.copy()))
    owner = own(moons)
    for _turn in range(5):
        at = owner.step
        owner.training.play()
        qtbot.waitUntil(lambda least=at: owner.step > max(least, 0))
        owner.training.pause()
    assert owner.numbers == alone.advance(owner.step).parameters[1].tolist()
    owner.training.step()
    qtbot.waitUntil(lambda: not owner.training.running)
    later = owner.numbers
    owner.undo()
    owner.training.step()
    qtbot.waitUntil(lambda: not owner.training.running)
    assert owner.numbers == later == alone.advance(1).parameters[1].tolist()


def test_news_wait_until_the_main_thread_has_dealt_with_what_the_person_does(own, qtbot, moons):
    training, came = own(moons).training, []
    training.snapshot_ready.connect(lambda snapshot: came.append(snapshot.step))
    training.play()
    qtbot.waitUntil(lambda: bool(came))
    deadline = QDeadlineTimer(5_000)
    while not training._worker._announced and not deadline.hasExpired():
        QThread.msleep(1)
    before = len(came)
    for _look in range(5):  # what is posted comes before the hands and without end
        QThread.msleep(30)
        QCoreApplication.sendPostedEvents()
    assert len(came) <= before + 1
    qtbot.waitUntil(lambda: len(came) > before)
    training.pause()


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


def test_who_listens_hears_that_what_was_refused_can_be_trained_now(own, qtbot, descent):
    loss = accept(descent.find("L"))
    owner = own(descent)
    training, heard = owner.training, []
    training.state_changed.connect(lambda: heard.append(training.refusal))
    owner.do(set_mark(descent, loss, "loss", on=False))
    owner.do(add_op(descent, "exp", (0.0, 0.0)))
    qtbot.waitUntil(lambda: heard != [])
    assert heard[-1] is not None
    owner.do(set_mark(descent, loss, "loss"))
    qtbot.waitUntil(lambda: heard[-1] is None)


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


def test_after_an_error_in_the_worker_the_plane_that_was_shown_is_measured(own, qtbot, moons):
    owner = own(moons)
    training, bounds = owner.training, Bounds(0.0, 1.0, 0.0, 0.875)
    training.want_plane(Plane(bounds=bounds))
    qtbot.waitUntil(lambda: owner.step == 0)
    with qtbot.captureExceptions() as errors:
        training._worker.send(lambda bench: 1 / 0)
        qtbot.waitUntil(lambda: bool(errors) and training._worker.isFinished())
    QCoreApplication.processEvents()
    training.boundary = None
    with qtbot.waitSignal(training.stopped):
        training.step()
    qtbot.waitUntil(lambda: training.boundary is not None and training.boundary.bounds == bounds)


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
