"""The gradient doctor: examines a run now and then, and remembers since when something is wrong.

The window's worker and the command line have one for each run.  It measures where the trainer
stands and takes no step; whoever drives it decides when.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from engine.graph.document import Document
from engine.train.checkup import Body, Vitals, checkup
from engine.train.diagnoses import DIAGNOSES, Diagnosis, Severity, Sign
from engine.train.trainer import Trainer

MOST_REMEMBERED = 256  # signs whose first step is known


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is wrong: what was measured in a sentence, why, and since which step.

    `items` are the nodes and groups to look at; `place` and the diagnosis tell it from others;
    `numbers` are for remedies.
    """

    key: str
    severity: Severity
    place: int
    text: str
    why: str
    step: int
    items: tuple[int, ...] = ()
    numbers: Mapping[str, float] = field(default_factory=dict)

    @property
    def diagnosis(self) -> Diagnosis:
        """What it is a case of."""
        return DIAGNOSES[self.key]


@dataclass(frozen=True, slots=True)
class Report:
    """What was found at a step, the worst first; nothing if all was well."""

    step: int
    findings: tuple[Finding, ...] = ()

    @property
    def serious(self) -> tuple[Finding, ...]:
        """What should be looked at soon."""
        return tuple(finding for finding in self.findings if finding.severity != "mild")


class Doctor:
    """Examines one run, whose document nobody changes.

    Attributes:
        examined: how often, for those who count work.
    """

    def __init__(self, document: Document, trainer: Trainer) -> None:
        self.examined = 0
        self._document = document
        self._body = Body(document, trainer.ids)
        self._first: Vitals | None = None
        self._since: dict[tuple[str, int], int] = {}

    def examine(self, trainer: Trainer) -> Report:
        """Measure where the run stands, and say what is wrong there."""
        with np.errstate(all="ignore"):  # what is not finite is what it looks for
            return self._examine(trainer)

    def _examine(self, trainer: Trainer) -> Report:
        self.examined += 1
        before = () if self._first is None else (self._first,)
        found = checkup(self._document, self._body, trainer, before)
        step = found.now.step
        if self._first is None or step <= self._first.step:
            self._first = found.now
        self._forget_after(step)
        findings = [
            self._finding(diagnosis, sign, step)
            for diagnosis in DIAGNOSES.values()
            for sign in diagnosis.test(found)
        ]
        present = {(finding.key, finding.place) for finding in findings}
        kept = [sign for sign in self._since if sign in present][:MOST_REMEMBERED]
        self._since = {sign: self._since[sign] for sign in kept}
        order = sorted(findings, key=lambda finding: finding.severity == "mild")
        return Report(step, tuple(order))

    def _finding(self, diagnosis: Diagnosis, sign: Sign, step: int) -> Finding:
        first = step if sign.step is None else sign.step
        return Finding(
            diagnosis.key,
            "mild" if sign.usual else diagnosis.severity,
            sign.place,
            sign.text,
            sign.why or diagnosis.why,
            self._since.setdefault((diagnosis.key, sign.place), first),
            sign.items,
            sign.numbers,
        )

    def _forget_after(self, step: int) -> None:
        """Forget what was seen at later steps than one that was gone back to."""
        self._since = {sign: first for sign, first in self._since.items() if first <= step + 1}
