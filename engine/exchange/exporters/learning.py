"""What a training loop in exported code has to do, from the document's data and settings.

Schedules and optimisers are spelled from the formulas of their records. What cannot be trained, or
not in so few lines, has a reason instead, which becomes a comment.
"""

from dataclasses import dataclass
from gettext import gettext as _

from engine.errors import Refusal
from engine.exchange.exporters.formulas import Names, spell
from engine.exchange.exporters.terms import number
from engine.graph.document import Document
from engine.graph.records import Node, TrainingSettings
from engine.run.plan import training_plan
from engine.run.tape import encode
from engine.train.checks import check_columns, check_settings
from engine.train.objective import decay
from engine.train.optimizers import OPTIMIZERS
from engine.train.samples import Samples
from engine.train.schedules import SCHEDULES

MOST_NUMBERS = 200_000  # of the data written into a program


@dataclass(frozen=True, slots=True)
class Learning:
    """What is trained on what.

    `fed` are the leaves that take a sample's numbers, in the order in which the rows have them.
    `decaying` are the parameters whose squares are added to the loss.
    """

    loss: int
    penalties: tuple[int, ...]
    fed: tuple[int, ...]
    rows: tuple[tuple[float, ...], ...]
    parameters: tuple[int, ...]
    decaying: tuple[int, ...]
    settings: TrainingSettings
    shuffle: int

    @property
    def size(self) -> int | None:
        """The number of samples in a step, None if it takes them all."""
        batch = self.settings.batch
        return batch if batch is not None and batch < len(self.rows) else None

    @property
    def imports(self) -> list[str]:
        """The modules that the batches and the rate are computed with."""
        needed = {"math": "math." in self.rate(), "numpy": self.size is not None}
        return [f"import {name}" for name, wanted in needed.items() if wanted]

    def rate(self) -> str:
        """Return the learning rate of a step as an expression in `step`."""
        settings = self.settings
        warm = settings.warmup_steps
        names: Names = {
            "rate": settings.learning_rate,
            "end": settings.end_rate,
            "factor": settings.step_factor,
            "over": float(settings.schedule_steps),
            "step": f"max(step - {warm}, 0)" if warm else "step",
        }
        rate = spell(SCHEDULES[settings.schedule].formula, names, _called)
        return f"min((step + 1) / {warm + 1}, 1) * ({rate})" if warm else rate

    def update(self, parameter: str, gradient: str) -> str:
        """Return what a parameter becomes in a step, as an expression."""
        formula = OPTIMIZERS[self.settings.optimizer].formula.split("=", 1)[1].strip()
        names: Names = {"p": parameter, "gradient": gradient, "rate": "rate"}
        return spell(formula, names, _called)

    def data_lines(self, head: str = "data = [", tail: str = "]") -> list[str]:
        """Return the rows as a list, a row a line."""
        rows = (", ".join(number(value) for value in row) for row in self.rows)
        return [head, *(f"    [{row}]," for row in rows), tail]

    def batch_lines(self, pick: str, count: str = "len(data)") -> list[str]:
        """Return the function that deals the samples of a step; `pick` are rows of an order."""
        if self.size is None:
            return []
        carries = self.settings.remainder == "carry"
        full, rest = divmod(len(self.rows), self.size)
        in_epoch = full + (rest > 0 and not carries)
        carried = [
            "    if part == 0 and epoch > 0:",
            f"        left = {self._order(count, 'epoch - 1')}[{full * self.size} :]",
            "        rows = numpy.concatenate((left, rows))",
        ]
        return [
            "def batch(step):",
            f"    epoch, part = divmod(step, {in_epoch})",
            f"    order = {self._order(count, 'epoch')}",
            f"    rows = order[part * {self.size} : (part + 1) * {self.size}]",
            *(carried if carries and rest else ()),
            f"    return {pick}",
        ]

    def _order(self, count: str, epoch: str) -> str:
        if self.settings.order == "fixed":
            return f"numpy.arange({count})"
        return f"numpy.random.RandomState([{self.shuffle}, {epoch}]).permutation({count})"


def _called(name: str, given: list[str]) -> str:
    """Write the call of a function in the loop, where there are plain numbers only."""
    if name == "power":
        return f"{given[0]} ** {given[1]}"
    module = "math." if name in ("cos", "floor") else ""
    return f"{module}{name}({', '.join(given)})"


def learning_of(document: Document, samples: Samples | None) -> Learning | Refusal | None:
    """Return how a document is trained, None if it has no loss, or why that is not written."""
    if not document.marked("loss"):
        return None
    if document.node(document.marked("loss")[0]).is_leaf:
        return Refusal(_("A loss that is a value of its own is not trained"))
    plan = training_plan(document)
    if isinstance(plan, Refusal):
        return plan
    training = document.training
    refusal = check_settings(training) or check_columns(document, plan, samples)
    if refusal is not None:
        return refusal
    if OPTIMIZERS[training.optimizer].state:
        return Refusal(_("The training loop of this optimiser is not written out"))
    if training.l1 or training.clip != "none":
        return Refusal(_("A training loop with an L1 penalty or clipping is not written out"))
    leaves = [n for n in document.nodes() if n.is_leaf and n.role in ("feature", "target")]
    fed = sorted(leaves, key=lambda n: (n.role, n.index, n.id))
    rows = _rows(fed, samples)
    if len(rows) * len(fed) > MOST_NUMBERS:
        return Refusal(_("The data are too many numbers to be written into a program"))
    parameters = tuple(plan.parameters.tolist())
    decays = [n for n in parameters if decay(document.node(n), training)]
    return Learning(
        document.marked("loss")[0],
        plan.penalties,
        tuple(node.id for node in fed),
        rows,
        parameters,
        tuple(decays),
        training,
        document.seeds.shuffle,
    )


def _rows(fed: list[Node], samples: Samples | None) -> tuple[tuple[float, ...], ...]:
    """Return the training samples as the leaves take them; their own numbers without data."""
    if samples is None or not fed:
        return (tuple(node.value for node in fed),)
    columns = []
    for node in fed:
        table = samples.inputs if node.role == "feature" else samples.targets
        column = 0 if node.encoding == "one-hot" else node.index
        if column < table.shape[1]:
            numbers = encode(table[samples.train, column], node.encoding, node.index)
            columns.append(numbers.tolist())
        else:
            columns.append([node.value] * len(table[samples.train]))
    return tuple(zip(*columns, strict=True))
