"""Why a gradient disappeared: which ancestor lets nothing of it through.

`causes` walks from the node towards the output and names where it is lost: an op that is flat, a
factor of 0, ways or samples that cancel each other, a way that does not lead to the output. It
knows no op: what is flat is seen in the local derivatives, the words stand in the op records.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from gettext import gettext as _
from gettext import ngettext

import numpy as np
from numpy.typing import NDArray

from engine import ops
from engine.explain.arriving import arrival
from engine.explain.backward import told
from engine.explain.questions import Question, Subject, spelled
from engine.graph.document import Wire
from engine.run.plan import display_plan
from engine.run.tape import Tape

Array = NDArray[np.float64]

FAINT = 1e-6  # of the 1 that going backward begins with
FLAT = 1e-2  # a slope that makes a gradient vanish, rather than a little smaller
MOST = 3  # causes that are told
MOST_LOOKED = 2000  # nodes on the way, so that a card over a training network stays quick
MOST_NUMBERS = 1_000_000  # of a batch that is run: of more, fewer samples are looked at
MOST_NODES = 20_000  # of a document whose batch is run


@dataclass(frozen=True, slots=True)
class Cause:
    """What made a gradient disappear, and what to ask about it."""

    words: str
    question: Question


def causes(subject: Subject, node: int) -> tuple[Cause, ...]:
    """Return why nothing, or almost nothing, of the gradient arrives; nothing if it does.

    A few are told, the last says how many more there are.
    """
    if not subject.reached(node):
        return tuple(_unreached(subject, node))
    if node == subject.output or not abs(subject.slope(node)) <= FAINT:
        return ()
    if subject.batch is not None and len(subject.document) > MOST_NODES:
        return ()  # to run it would take seconds
    found = list(dict.fromkeys(_Search(subject).causes(node)))
    if len(found) > MOST:
        more = len(found) - MOST + 1
        words = ngettext(
            "It is lost in {count} more place.", "It is lost in {count} more places.", more
        )
        found = [*found[: MOST - 1], Cause(words.format(count=more), found[MOST - 1].question)]
    return tuple(found)


def _unreached(subject: Subject, node: int) -> Iterator[Cause]:
    document = subject.document
    words = arrival(document, subject.result, node)
    if not words:
        return
    ends = sorted(_ends(subject, node))
    if subject.output is None or not ends or ends == [node]:
        yield Cause(words, Question("value", node))
        return
    names = ", ".join(document.name(end) for end in ends[:MOST])
    way = _("Its ways end in {names}.").format(names=names)
    yield Cause(f"{words} {way}", Question("value", ends[0]))


def _ends(subject: Subject, node: int) -> set[int]:
    """Return where the ways from a node end."""
    succ, seen, waiting, ends = subject.document.graph.succ, {node}, [node], set()
    while waiting:
        one = waiting.pop()
        if not succ[one]:
            ends.add(one)
        new = [other for other in succ[one] if other not in seen]
        seen.update(new)
        waiting += new
    return ends


class _Lanes:
    """Values, gradients and local derivatives by sample: of the batch, or of the one shown."""

    def __init__(self, subject: Subject) -> None:
        self._subject = subject
        self.tape = None if subject.batch is None else _run(subject)
        self.count = 1 if self.tape is None else self.tape.lanes

    def value(self, node: int) -> Array:
        if self.tape is None:
            return np.array([self._subject.value(node)])
        return self.tape.values(node)

    def gradient(self, node: int) -> Array:
        if self.tape is None:
            return np.array([self._subject.slope(node)])
        return self.tape.gradients(node)

    def local(self, wire: Wire) -> Array:
        if self.tape is None:
            return np.array([self._subject.local(*wire)])
        record = self._subject.document.node(wire[0])
        op = ops.get(record.op)
        if op is None:
            return np.array([np.nan])
        inputs = [self.value(source) for source in self._subject.sources(record.id)]
        given = op.defaults(record.attributes)
        partials = op.array.partials(inputs, self.value(record.id), given)
        return np.atleast_1d(np.asarray(partials[record.ports.index(wire[1])], np.float64))


def _run(subject: Subject) -> Tape | None:
    """Run the batch with the numbers that the result shows."""
    document, batch = subject.document, subject.batch
    if batch is None or not len(batch.inputs[batch.train]):
        return None
    looked = max(MOST_NUMBERS // len(document), 1)
    inputs, targets = batch.inputs[batch.train][:looked], batch.targets[batch.train][:looked]
    tape = Tape(display_plan(document, lanes=True), len(inputs))
    tape.load(document)
    leaves = [n.id for n in document.nodes() if n.is_leaf and n.id in subject.result.row]
    values = np.array([subject.value(leaf) for leaf in leaves])
    own = [n for n in leaves if document.node(n).role in ("constant", "parameter")]
    known = np.isin(leaves, own)
    tape.set_numbers(np.array(leaves, np.int64)[known], values[known])
    tape.set_samples(inputs, targets)
    tape.forward()
    mean = document.training.reduction == "mean"
    tape.backward(1.0 / len(batch.inputs[batch.train]) if mean else 1.0)
    return tape


class _Search:
    """Walks from one node towards the output, through whatever has no gradient either."""

    def __init__(self, subject: Subject) -> None:
        self._subject = subject
        self._lanes = _Lanes(subject)

    def causes(self, node: int) -> Iterator[Cause]:
        waiting, seen = [node], {node}
        while waiting and len(seen) <= MOST_LOOKED:
            here = waiting.pop()
            heard = []
            for wire in self._wires(here):
                target = wire[0]
                if not _loud(self._lanes.gradient(target)):
                    if target not in seen:
                        seen.add(target)
                        waiting.append(target)
                elif _loud(self._brought(wire)):
                    heard.append(wire)
                else:
                    yield from self._lost(here, wire)
            if heard:
                yield self._cancelled(here, heard)

    def _wires(self, node: int) -> list[Wire]:
        return [w for w in self._subject.document.consumers(node) if self._subject.reached(w[0])]

    def _brought(self, wire: Wire) -> Array:
        brought: Array = self._lanes.local(wire) * self._lanes.gradient(wire[0])
        return brought

    def _lost(self, node: int, wire: Wire) -> Iterator[Cause]:
        """Tell that a wire lets nothing through, or too little after what was lost before."""
        if np.abs(self._lanes.local(wire)).max() < FLAT:
            yield self._flat(wire)
            return
        steep, steps, here = [], 1, wire[0]
        while here != self._subject.output and steps < len(self._subject.document):
            ways = self._wires(here)
            if not ways:
                break
            way = max(ways, key=lambda one: float(np.abs(self._brought(one)).sum()))
            if np.abs(self._lanes.local(way)).max() < FLAT:
                steep.append(way)
            steps, here = steps + 1, way[0]
        if steep:
            yield from map(self._flat, steep)
            return
        words = _("Each of {count} steps back from {output} makes it smaller.")
        output = self._subject.output
        name = "" if output is None else self._subject.document.name(output)
        yield Cause(words.format(count=steps, output=name), Question("gradient", wire[0]))

    def _flat(self, wire: Wire) -> Cause:
        target = wire[0]
        name, question = self._subject.document.name(target), Question("wire", *wire)
        if self._lanes.count == 1:
            words = _("It is lost at {name}, for {reason}.")
            reason = told(self._subject, *wire, "flat")
            return Cause(words.format(name=name, reason=reason), question)
        words = _("It is lost at {name} for each of {count} samples: {reason}.")
        local = _range(self._lanes.local(wire))
        reason = told(self._subject, *wire, "flat", self._values, local)
        return Cause(words.format(name=name, count=self._lanes.count, reason=reason), question)

    def _values(self, node: int) -> str:
        return _range(self._lanes.value(node))

    def _cancelled(self, node: int, wires: list[Wire]) -> Cause:
        name = self._subject.document.name(node)
        question = Question("gradient", node)
        sums = [float(self._brought(wire).sum()) for wire in wires]
        if len(wires) > 1:
            parts = " + ".join(map(spelled, sums[:MOST])) + (" + …" if len(sums) > MOST else "")
            words = _("At {name} its ways cancel each other: {parts} = {total}.")
            total = spelled(self._subject.slope(node))
            return Cause(words.format(name=name, parts=parts, total=total), question)
        words = _("At {name} what the {count} samples bring adds up to nothing.")
        return Cause(words.format(name=name, count=self._lanes.count), question)


def _loud(numbers: Array) -> bool:
    """Tell whether something that is more than faint is there; what is no number is, too."""
    return not float(np.abs(numbers).sum()) <= FAINT


def _range(numbers: Array) -> str:
    """Write a number, or from which to which several are."""
    least, most = float(numbers.min()), float(numbers.max())
    if least == most:
        return spelled(least)
    return _("{least} to {most}").format(least=spelled(least), most=spelled(most))
