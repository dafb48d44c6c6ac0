"""The worker thread and its two letter boxes: orders in, the latest news out.

`Training` sends orders and takes news; between them the thread runs a `Workbench`. Orders are
carried out in their order; of news only the newest is kept and at most one notice is on its way,
so that a slow main thread never finds a queue, and paints and looks at hands between two. Nothing
of the document may be shared with it.
"""

import threading
import time
from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, QThread, Signal

from playground.garbage import COLLECTING
from playground.training.news import News
from playground.training.workbench import Workbench

Order = Callable[[Workbench], None]

LEAVING_MILLISECONDS = 2_000
# Qt aborts when a thread that still runs is destroyed: one in an endless step is kept instead.
LINGERING: list[QThread] = []


def lingers() -> bool:
    """Whether a thread that was asked to leave still runs."""
    return any(thread.isRunning() for thread in LINGERING)


class Worker(QThread):
    """Carries out orders on a workbench of its own; starts with the first one.

    An exception in the thread ends it by way of `sys.excepthook`; the next order starts it anew,
    with an empty workbench.

    Attributes:
        news_came: emitted from the thread, once until `listen` is called.
    """

    news_came = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._door = threading.Condition()
        self._orders: deque[tuple[int, Order]] = deque()
        self._leaving = False
        self._news: News | None = None
        self._announced = False
        self._sent = 0

    # For the main thread -------------------------------------------------------------------------

    def send(self, order: Order) -> int:
        """Hand over an order; return its serial number. Nothing is done after `leave`."""
        with self._door:
            self._sent += 1
            if self._leaving:
                return self._sent
            self._orders.append((self._sent, order))
            self._door.notify()
        if not self.isRunning():
            COLLECTING.suspend()
            self.start()
        return self._sent

    def take(self) -> News | None:
        """Return the latest news, None if there are none since the last call."""
        with self._door:
            news, self._news = self._news, None
        return news

    def listen(self) -> None:
        """Be told of news again, at once if there are any by now."""
        with self._door:
            self._announced = self._news is not None
            waiting = self._announced
        if waiting:
            self.news_came.emit()

    def leave(self) -> bool:
        """End the thread and wait for it; False if it did not end within two seconds."""
        with self._door:
            self._leaving = True
            self._orders.clear()
            self._door.notify()
        ended = self.wait(LEAVING_MILLISECONDS)
        if not ended and self not in LINGERING:
            self.setParent(None)
            LINGERING.append(self)
        return ended

    # In the thread -------------------------------------------------------------------------------

    def run(self) -> None:
        """Work until asked to leave; Python's collector would destroy widgets here."""
        try:
            self._work()
        finally:
            COLLECTING.resume()

    def _work(self) -> None:
        bench = Workbench(self._publish, time.perf_counter)
        wait: float | None = None
        while (orders := self._collect(wait)) is not None:
            for bench.serial, order in orders:
                order(bench)
            wait = bench.work()

    def _collect(self, wait: float | None) -> list[tuple[int, Order]] | None:
        """Return the orders that came, waiting at most so many seconds; None to leave."""
        with self._door:
            if not self._orders and not self._leaving:
                self._door.wait(wait)
            if self._leaving:
                return None
            orders = list(self._orders)
            self._orders.clear()
            return orders

    def _publish(self, news: News) -> None:
        with self._door:
            self._news = news.over(self._news)
            silent, self._announced = self._announced, True
        if not silent:
            self.news_came.emit()
