"""The thread: orders in their order, the newest news, and a quick end."""

import gc
import threading
import weakref

import pytest
from PySide6.QtWidgets import QApplication

from playground.training import worker as module
from playground.training.news import News
from playground.training.worker import LINGERING, Worker, lingers


@pytest.fixture
def worker(qapp):
    made = Worker()
    yield made
    assert made.leave()


def test_orders_are_carried_out_in_their_order_and_off_the_main_thread(worker, qtbot):
    done = []
    for number in range(100):
        worker.send(lambda bench, k=number: done.append((k, bench.serial, threading.get_ident())))
    qtbot.waitUntil(lambda: len(done) == 100)
    assert [entry[0] for entry in done] == list(range(100))
    assert [entry[1] for entry in done] == list(range(1, 101))
    assert threading.get_ident() not in {entry[2] for entry in done}


def test_a_main_thread_that_is_busy_finds_one_notice_and_the_newest_news(worker, qtbot):
    heard, done = [], threading.Event()
    worker.news_came.connect(lambda: heard.append(worker.take()))

    def flood(bench):
        for _repetition in range(1000):
            worker._publish(News(bench.serial, running=True))
        worker._publish(News(99, running=False))
        done.set()

    worker.send(flood)
    assert done.wait(10)  # the main thread takes no notice meanwhile
    qtbot.waitUntil(lambda: bool(heard))
    assert [news.serial for news in heard] == [99]
    assert worker.take() is None


def test_news_that_come_before_one_listens_are_announced_when_one_does(worker, qtbot):
    heard = []
    worker.news_came.connect(lambda: heard.append(worker.take()))
    worker.send(lambda bench: worker._publish(News(1, running=True)))
    qtbot.waitUntil(lambda: len(heard) == 1)
    done = threading.Event()
    worker.send(lambda bench: (worker._publish(News(2, running=True)), done.set()))
    assert done.wait(10)
    QApplication.processEvents()
    assert len(heard) == 1
    worker.listen()
    assert [news.serial for news in heard] == [1, 2]
    worker.listen()
    assert len(heard) == 2


def test_leaving_ends_a_thread_that_works_and_one_that_waits(qapp, descent):
    for order in (lambda bench: None, lambda bench: bench.go(None)):
        worker = Worker()
        worker.send(lambda bench: bench.load(descent, keep=False))
        worker.send(order)
        assert worker.leave()
        assert not worker.isRunning()


def test_nothing_is_carried_out_after_leaving(qapp):
    worker, done = Worker(), []
    worker.leave()
    worker.send(done.append)
    assert not worker.isRunning()
    assert done == []


def test_a_worker_that_was_never_used_leaves_without_having_started(qapp):
    worker = Worker()
    assert worker.leave()


@pytest.fixture
def stuck(qapp, monkeypatch):
    """Hold a worker in an endless step, whose end is not waited for long; then let it go."""
    monkeypatch.setattr(module, "LEAVING_MILLISECONDS", 1)
    made, held, free = Worker(), threading.Event(), threading.Event()
    made.send(lambda bench: (held.set(), free.wait(30)))
    assert held.wait(10)
    yield made
    free.set()
    assert made.wait(30_000)
    LINGERING.clear()


def test_a_thread_that_does_not_end_is_kept_once_however_often_it_is_asked(stuck):
    assert not stuck.leave()
    assert not stuck.leave()
    assert [stuck] == LINGERING
    assert lingers()


def test_an_error_reaches_the_hook_and_the_next_order_starts_anew(worker, qtbot):
    with qtbot.captureExceptions() as errors:
        worker.send(lambda bench: 1 / 0)
        qtbot.waitUntil(worker.isFinished)
        qtbot.waitUntil(lambda: bool(errors))
    assert errors[0][0] is ZeroDivisionError
    done = []
    worker.send(lambda bench: done.append(bench.serial))
    qtbot.waitUntil(lambda: done == [2])


def test_cyclic_garbage_is_never_collected_in_the_thread(worker, qtbot):
    assert gc.isenabled()
    freed_in, made = [], threading.Event()

    def litter(bench):
        for _ring in range(50_000):
            ring = Ring()
            ring.me = ring
        made.set()

    ring = Ring()
    ring.me = ring
    weakref.finalize(ring, lambda: freed_in.append(threading.current_thread()))
    del ring
    worker.send(litter)
    assert made.wait(10)
    assert not [thread for thread in freed_in if thread is not threading.main_thread()]
    assert worker.leave()
    assert gc.isenabled()


class Ring:
    """An object that only the cyclic collector can free."""
