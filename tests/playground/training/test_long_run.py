"""However long a run and whatever is looked at meanwhile, what is kept of it is bounded."""

from pathlib import Path

import numpy as np
import pytest

from engine.errors import accept
from engine.graph.hidden import hidden_layers
from engine.graph.models import Model, model_document
from engine.graph.records import DataSettings
from engine.train.history import History
from engine.train.series import CAPACITY
from engine.train.shares import Question
from engine.train.spreads import Story
from engine.train.trainer import Trainer
from playground.training import Views
from playground.training.mapping import Wanted
from playground.training.news import News
from playground.training.workbench import Workbench

STEPS, SETTLING = 1_000_000, 20_000
STEP_SECONDS = 2e-5  # on the clock of the test: a chunk is five hundred steps
PAGE = 4096
MOST = 32 * 2**20


def resident() -> int:
    """Return the bytes of memory that the process has."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE


class Watched(Workbench):
    """A workbench that keeps the newest of everything, as a window does."""

    def __init__(self) -> None:
        self.news: News | None = None
        self.now, self.seen = 0.0, 0
        super().__init__(self.keep, self.tick)

    def keep(self, news: News) -> None:
        self.news = news.over(self.news)

    def tick(self) -> float:
        step = self._trainer.step if self._trainer is not None else 0
        self.now += STEP_SECONDS * (1 + abs(step - self.seen))
        self.seen = step
        return self.now

    def work_to(self, step: int) -> int:
        """Train to a step; return how much memory the process had at most."""
        most = 0
        while self._trainer.step < step:
            self.now += self.work() or 0.0
            most = max(most, resident())
        return most


@pytest.mark.soak
@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="no such count here")
def test_a_million_steps_with_everything_in_sight_take_less_than_32_mebibytes(kernels) -> None:
    data = DataSettings("moons", samples=60, test_share=0.25)
    document = accept(model_document(Model((4, 4, 1), data=data)))
    layers, bench = hidden_layers(document), Watched()
    bench.load(document, keep=False, runner="numba")
    bench.want_views(
        Views(lines=layers[0].sums, slopes=True, right=True, space=layers[-1].outputs)
    )
    bench.want_maps(Wanted(tuple(node for layer in layers for node in layer.outputs)))
    bench.want_results(on=True)
    bench.want_shares(Question())
    bench.watch(seen=True)
    bench.set_speed(None)
    bench.go()
    bench.work_to(SETTLING)
    before = resident()
    most = bench.work_to(STEPS)
    seen = bench.news
    assert seen.seen.slopes is not None
    assert seen.seen.space is not None
    assert None not in (seen.results, seen.maps.small, seen.spreads)
    assert seen.shares.gradient is not None
    assert len(seen.curves.steps) <= CAPACITY
    assert most - before < MOST


def test_what_is_kept_of_a_million_steps_is_counted_in_bytes() -> None:
    document = accept(model_document(Model()))
    trainer, history = accept(Trainer.build(document)), History()
    steps, noise = np.arange(1.0, STEPS + 1), np.random.default_rng(0).normal(size=(3, STEPS))
    history.losses.extend(np.stack([steps, steps // 10, *noise]))
    history.accuracies.extend(np.stack([steps, steps // 10, *noise[:2]]))
    story, moment = Story(document, trainer.ids), trainer.moment()
    story.add(moment)
    assert len(history.losses) <= CAPACITY
    assert size(history.losses) + size(history.accuracies) + size(story) < MOST / 2


def size(holder: object) -> int:
    """Return the bytes of the arrays that something has."""
    arrays = [kept for kept in vars(holder).values() if isinstance(kept, np.ndarray)]
    return sum((kept if kept.base is None else kept.base).nbytes for kept in arrays)
