"""Measure and record: medians of repeats, rows of the table, the table in words."""

import platform
import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass

REPEATS = 9


@dataclass(frozen=True)
class Row:
    """One figure: ours, beside a peer's or alone.  `goal` is in words.

    `remark` and `plot` go below the table.
    `passed` compares the ratio, or our own figure, with the goal.  A figure whose `unit` is "B" is
    a size in bytes, all others are seconds.
    """

    name: str
    ours_seconds: float
    peer: str = ""
    peer_seconds: float | None = None
    threads: str = ""
    goal: str = ""
    passed: bool | None = None
    remark: str = ""
    unit: str = "s"
    plot: str = ""

    @property
    def ratio(self) -> float | None:
        """Ours over the peer's."""
        return None if self.peer_seconds is None else self.ours_seconds / self.peer_seconds

    def record(self) -> dict[str, object]:
        """Return the row as the fields of the JSON file."""
        fields = asdict(self)
        fields["pass"] = fields.pop("passed")
        del fields["plot"]
        return {**fields, "ratio": self.ratio}


def median(work: Callable[[], object], per: int = 1, repeats: int = REPEATS) -> float:
    """Return the median seconds of a piece of work, of which one call does `per`."""
    work()
    seconds = []
    for _repeat in range(repeats):
        start = time.perf_counter()
        work()
        seconds.append((time.perf_counter() - start) / per)
    return statistics.median(seconds)


def below(
    name: str, seconds: float, limit: float, remark: str = "", goal: str | None = None
) -> Row:
    """Return a row that passes if the time does not exceed a limit."""
    words = goal or f"<= {spoken(limit)}"
    return Row(name, seconds, goal=words, passed=seconds <= limit, remark=remark)


def spoken(seconds: float, unit: str = "s") -> str:
    """Return a time with a fitting unit, or a size in megabytes."""
    if unit == "B":
        return f"{seconds / 2**20:.3g} MB"
    for unit, size in (("s", 1.0), ("ms", 1e-3)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds / 1e-6:.3g} µs"


def table(rows: list[Row]) -> str:
    """Return the rows as a Markdown table."""
    lines = [
        "| work | ours | peer | threads | peer's time | ratio | goal | met |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        peer = "" if row.peer_seconds is None else spoken(row.peer_seconds)
        ratio = "" if row.ratio is None else f"{row.ratio:.3g}"
        met = {None: "", True: "yes", False: "**no**"}[row.passed]
        cells = (row.name, spoken(row.ours_seconds, row.unit), row.peer, row.threads, peer, ratio)
        lines.append(f"| {' | '.join((*cells, row.goal, met))} |")
    remarks = [f"- {row.name}: {row.remark}" for row in rows if row.remark]
    plots = [f"\n{row.name}:\n\n```\n{row.plot}\n```" for row in rows if row.plot]
    return "\n".join([*lines, *([""] if remarks else []), *remarks, *plots]) + "\n"


def machine() -> str:
    """Return what it was measured on."""
    import numba
    import numpy as np

    processor = platform.processor() or platform.machine()
    versions = f"Python {platform.python_version()}, NumPy {np.__version__}"
    return f"{processor}, {platform.system()}; {versions}, Numba {numba.__version__}"
