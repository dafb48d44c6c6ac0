"""The record of a training run: what was measured after how many steps.

The trainer writes it; panels and the command line read it, in the thread that trains.  However
long a run, it stays bounded: when it is full, every second entry goes and from then on only every
second is recorded.
"""

from bisect import bisect_right
from dataclasses import dataclass, field

CAPACITY = 200_000


@dataclass(slots=True)
class History:
    """Losses by step, in columns of equal length; `steps[i]` says which step entry i belongs to.

    Entry k is measured after `steps[k]` updates.  `every` is the number of steps between entries;
    it doubles when `capacity` is reached.  `test_loss` holds None without test samples.
    """

    every: int = 1
    capacity: int = CAPACITY
    steps: list[int] = field(default_factory=list)
    train_loss: list[float] = field(default_factory=list)
    test_loss: list[float | None] = field(default_factory=list)
    objective: list[float] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.steps)

    def wants(self, step: int) -> bool:
        """Whether an entry for this step is due and not there yet."""
        return step % self.every == 0 and (not self.steps or step > self.steps[-1])

    def add(self, step: int, train_loss: float, test_loss: float | None, objective: float) -> None:
        """Record what was measured after `step` updates."""
        if len(self) >= self.capacity:
            self._thin()
            if not self.wants(step):
                return
        self.steps.append(step)
        self.train_loss.append(train_loss)
        self.test_loss.append(test_loss)
        self.objective.append(objective)

    def forget_after(self, step: int) -> None:
        """Drop the entries of later steps."""
        self._keep(list(range(bisect_right(self.steps, step))))

    def _thin(self) -> None:
        self.every *= 2
        self._keep([row for row, step in enumerate(self.steps) if step % self.every == 0])

    def _keep(self, rows: list[int]) -> None:
        self.steps = [self.steps[row] for row in rows]
        self.train_loss = [self.train_loss[row] for row in rows]
        self.test_loss = [self.test_loss[row] for row in rows]
        self.objective = [self.objective[row] for row in rows]
