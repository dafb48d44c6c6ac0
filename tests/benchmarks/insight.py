"""The figures of asking why: how soon an answer is there, and what going backward saves.

`answers.py` measures the engine's part, `asking.py` the window's, each in a process of its own,
without a screen. What follows the mouse or a key has a frame's time, what opens a tenth of a
second.
"""

from typing import Any

from tests.benchmarks.measure import Row, below
from tests.benchmarks.programs import UNSEEN, figures, ours

AT_ONCE = 16e-3  # what follows the mouse
OPENS = 0.1
FOLLOWS = {
    "step, neurons": "moons, its neurons in sight: a step of the stepper",
    "step, scalars": "moons, its scalars in sight: a step of the stepper",
    "nudge": "1,000 nodes: a move of a nudge",
    "curve": "1,000 nodes: a curve of 400 points",
}
OPENED = {
    "why": "moons: a why card, from the key to the picture",
    "paths": "moons: the 10 largest paths from a feature to the loss",
    "curve, first": "1,000 nodes: a curve of two other values",
    "check": "moons: check all 337 gradients by differences",
}


def rows() -> list[Row]:
    """Measure everything."""
    return told(measured("answers") | measured("asking"))


def told(found: dict[str, float]) -> list[Row]:
    """Return the rows of the table."""
    remarks = {"paths": f"of {found['paths, count']:,} paths, which are counted and summed, too"}
    limits = ((FOLLOWS, AT_ONCE), (OPENED, OPENS))
    return [
        *(
            below(words, found[key], limit, remarks.get(key, ""))
            for table, limit in limits
            for key, words in table.items()
        ),
        *modes(found),
    ]


def modes(found: dict[str, float]) -> list[Row]:
    """Return reverse mode beside forward mode: the same gradients, a pass for each parameter."""
    count = found["parameters"]
    name = f"moons: {count} gradients, one pass backward"
    forward, reverse = found["forward, multiplications"], found["reverse, multiplications"]
    counted = (
        f"{reverse:,} multiplications beside {forward:,}, {forward / reverse:.3g} times as many"
    )
    return [
        beside(
            name,
            found["reverse"],
            f"{count} passes forward",
            count * found["forward, one"],
            counted,
        ),
        beside(name, found["reverse"], f"{count} passes forward at once", found["forward"]),
    ]


def beside(name: str, ours: float, who: str, theirs: float, remark: str = "") -> Row:
    """Return a row that passes if going backward takes less."""
    return Row(name, ours, who, theirs, "1", "< 1x", ours < theirs, remark)


def measured(name: str) -> Any:
    """Return what a program of this folder prints, run without a screen."""
    return figures(ours(name), **UNSEEN)
