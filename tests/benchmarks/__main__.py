"""`python -m tests.benchmarks [part ...]`: measure, print the table, write it down.

Writes build/benchmarks.json and BENCHMARKS.md.  Without parts, all are measured; of a part that is
not measured, what both know stays.
"""

import json
import sys
from pathlib import Path

from tests.benchmarks import canvas, engine, insight, training
from tests.benchmarks.measure import Row, machine, table

ROOT = Path(__file__).parents[2]
FIGURES = ROOT / "build" / "benchmarks.json"
PAGE = ROOT / "BENCHMARKS.md"
PARTS = {
    "engine": engine.rows,
    "canvas": canvas.rows,
    "training": training.rows,
    "insight": insight.rows,
}
HEAD = "## "
INTRODUCTION = """# Benchmarks

What `make bench` printed: medians of at least seven repeats; ratios are ours over the peer's, both
measured in one run. The open window is watched for seconds, with each view of the studio three
times. A peer is timed only after its losses agreed with ours. A figure that misses its goal stays
here. Times of the canvas and of its answers are the processor's, without a screen, 1600 x 1000
pixels.
"""


def main(wanted: list[str]) -> int:
    """Measure the wanted parts, or all."""
    unknown = set(wanted) - PARTS.keys()
    if unknown:
        print(f"There is no part {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}.")
        return 2
    sections, records = known_sections(), []
    for part in wanted or PARTS:
        rows: list[Row] = PARTS[part]()
        sections[part] = f"\n{HEAD}{part}\n\n{machine()}\n\n{table(rows)}"
        print(sections[part])
        records += [{"part": part, **row.record()} for row in rows]
    kept = json.loads(FIGURES.read_text()) if FIGURES.exists() else []
    measured = {record["part"] for record in records}
    records += [record for record in kept if record["part"] not in measured]
    FIGURES.parent.mkdir(exist_ok=True)
    FIGURES.write_text(json.dumps(records, indent=1) + "\n")
    text = "".join(sections[part] for part in PARTS if part in sections)
    PAGE.write_text(INTRODUCTION + text, "utf-8")
    return 0


def known_sections() -> dict[str, str]:
    """Return what the page says of each part so far."""
    text = PAGE.read_text("utf-8") if PAGE.exists() else ""
    found = {}
    for section in text.split(f"\n{HEAD}")[1:]:
        found[section.partition("\n")[0]] = f"\n{HEAD}{section}"
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
