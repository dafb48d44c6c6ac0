"""A workbench that is worked by hand, with a clock of its own."""

from engine.train.shares import Shares
from engine.train.spreads import Spreads
from playground.training.news import News
from playground.training.workbench import Workbench


class Bench(Workbench):
    """A workbench with all its news; each look at its clock takes a millisecond."""

    def __init__(self) -> None:
        self.told = list[News]()
        self.now = 0.0
        super().__init__(self.told.append, self.tick)

    def tick(self) -> float:
        self.now += 0.001
        return self.now

    def run_for(self, seconds: float) -> None:
        end = self.now + seconds
        while self.now < end:
            self.work()

    def shares(self) -> list[Shares]:
        return [news.shares for news in self.told if isinstance(news.shares, Shares)]

    def spreads(self) -> list[Spreads]:
        return [news.spreads for news in self.told if news.spreads is not None]
