"""The rows about training beside the open window: how long it is deaf, and what training loses.

The engine's part asks for them. `beside.py` does the measuring, as a program of its own: it needs
a `QApplication`, a home folder without settings, and an interpreter that did nothing else before.
"""

from tests.benchmarks.measure import Row, below, spoken
from tests.benchmarks.programs import figures, ours

LONGEST_GAP = 50e-3
LEAST_SHARE = 0.6


def rows() -> list[Row]:
    """Measure in a process of its own."""
    return told(**figures(ours("beside")))


def told(windowed: float, headless: float, gap: float, waited: float, screen: str) -> list[Row]:
    """Return the rows of the table."""
    return [
        below(
            "window: longest main-thread gap",
            gap,
            LONGEST_GAP,
            f"while moons train flat out; screen: {screen}",
        ),
        headless_share(
            "window",
            windowed,
            headless,
            f"; {spoken(waited)} in line for a core beside other programs",
        ),
    ]


def headless_share(when: str, windowed: float, headless: float, more: str = "") -> Row:
    """Return how many of the steps a second without a window are left beside it."""
    share = windowed / headless
    return Row(
        f"{when}: steps per second of headless's",
        1 / windowed,
        "no window",
        1 / headless,
        "1",
        f">= {LEAST_SHARE:.0%} of the steps",
        share >= LEAST_SHARE,
        f"{windowed:,.0f} of {headless:,.0f} steps per second: {share:.0%}{more}",
    )
