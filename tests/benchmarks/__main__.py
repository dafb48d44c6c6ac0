"""`python -m tests.benchmarks [part ...]`: measure, print the table, write it down.

Writes build/benchmarks.json and BENCHMARKS.md.  Without parts, all are measured; of a part that is
not measured, what build/benchmarks.json knows stays.
"""

import json
import sys
from pathlib import Path

from tests.benchmarks import engine
from tests.benchmarks.measure import Row, machine, table

ROOT = Path(__file__).parents[2]
FIGURES = ROOT / "build" / "benchmarks.json"
PAGE = ROOT / "BENCHMARKS.md"
PARTS = {"engine": engine.rows}
INTRODUCTION = """# Benchmarks

What `make bench` printed: medians of at least seven repeats; ratios are ours over the peer's, both
measured in one run. A peer is timed only after its losses agreed with ours. A figure that misses
its goal stays here.
"""


def main(wanted: list[str]) -> int:
    """Measure the wanted parts, or all."""
    unknown = set(wanted) - PARTS.keys()
    if unknown:
        print(f"There is no part {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}.")
        return 2
    text, records = INTRODUCTION, []
    for part in wanted or PARTS:
        rows: list[Row] = PARTS[part]()
        shown = f"\n## {part}\n\n{machine()}\n\n{table(rows)}"
        print(shown)
        text += shown
        records += [{"part": part, **row.record()} for row in rows]
    kept = json.loads(FIGURES.read_text()) if FIGURES.exists() else []
    measured = {record["part"] for record in records}
    records += [record for record in kept if record["part"] not in measured]
    FIGURES.parent.mkdir(exist_ok=True)
    FIGURES.write_text(json.dumps(records, indent=1) + "\n")
    PAGE.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
