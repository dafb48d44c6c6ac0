"""Cyclic garbage is collected in the main thread only."""

import gc
import threading
import weakref

from pytestqt.qtbot import QtBot

from playground.garbage import COLLECTING, GarbageCollector


class Ring:
    """An object that only the cyclic collector can free."""

    def __init__(self) -> None:
        self.me = self


def test_a_worker_that_makes_garbage_never_collects_it(qtbot: QtBot) -> None:
    collector = GarbageCollector()
    try:
        freed_in: list[threading.Thread] = []
        weakref.finalize(Ring(), lambda: freed_in.append(threading.current_thread()))
        worker = threading.Thread(target=lambda: [Ring() for _count in range(50_000)])
        worker.start()
        worker.join()
        assert freed_in == []
        collector.collect()
        assert freed_in == [threading.main_thread()]
    finally:
        collector.close()


def test_closing_leaves_collecting_off_while_a_thread_of_ours_runs(qtbot: QtBot) -> None:
    collector = GarbageCollector()
    COLLECTING.suspend()
    try:
        collector.close()
        collector.close()
        assert not gc.isenabled()
    finally:
        COLLECTING.resume()
    assert gc.isenabled()


def test_closing_leaves_collecting_to_python_again(qtbot: QtBot) -> None:
    collector = GarbageCollector()
    collector.settle()
    assert not gc.isenabled()
    collector.close()
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0
