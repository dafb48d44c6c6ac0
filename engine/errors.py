"""What went wrong, in words.

A `Refusal` is a value: a verb, a rule or a reader returns it instead of a result, and the same
sentence is shown at the cursor, in the status bar, on the command line and in tests.  An
`EngineError` is an exception for a broken promise inside the program; users never cause one.
"""

from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Say no: what cannot be done, why, and what to do next.

    Each part is a sentence without its full stop.  `where` names the nodes it is about.
    """

    what: str
    why: str = ""
    remedy: str = ""
    where: tuple[int, ...] = ()

    def __str__(self) -> str:
        reason = f"{self.what}: {self.why}" if self.why else self.what
        return f"{reason}. {self.remedy}." if self.remedy else f"{reason}."


class EngineError(Exception):
    """A caller broke a promise: a stale edit, an unknown id, a plan for another document."""


def accept(outcome: T | Refusal) -> T:
    """Return the outcome, or raise `EngineError` with the refusal's words."""
    if isinstance(outcome, Refusal):
        raise EngineError(str(outcome))
    return outcome


class Refused(Exception):
    """Carry a refusal out of nested calls to the public function that returns it.

    It never leaves the package that raised it.
    """

    def __init__(self, what: str, why: str = "", remedy: str = "") -> None:
        super().__init__(what)
        self.refusal = Refusal(what, why, remedy)
