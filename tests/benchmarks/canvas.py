"""The canvas's figures: live frames, and what is done to a graph, beside two other node editors.

Each part is measured in a process of its own, without a screen: ours in `drawing.py`, a naive
scene and, where `make peers-venv` has installed it, NodeGraphQt in `peers/`. Times are of the
processor.
"""

import statistics
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.measure import Row, below
from tests.benchmarks.programs import UNSEEN, figures, ours
from tests.benchmarks.rivals import PYTHON

PEERS = Path(__file__).parent / "peers"
NAIVE, RIVAL, BARE = "one item a node", "NodeGraphQt", "NodeGraphQt, bare texts"
MANY = 1_000
MEMORY_REPEATS = 3
MEGABYTE = 2**20
LEAST_RATIO = 1 / 40
REMARK = (
    "NodeGraphQt shows numbers in text fields; “bare texts” are plain items that were put on its"
    " nodes by hand"
)
FRAMES_A_SECOND = 60
MAPS_A_SECOND = 30
SMOOTH = 16e-3  # a frame on a screen of 60 a second

Figures = dict[str, float]

# What our 1,000 nodes may take, by what the peers' programs call it.
LIMITS = {
    "live, fit": 6e-3,
    "live, 100 %": 6e-3,
    "load": 0.1,
    "build": 0.1,
    "move": 8e-3,
    "select all": 20e-3,
}
WORDS = {
    "live, fit": "live frame, everything in sight",
    "live, 100 %": "live frame at 100 %",
    "load": "open a file",
    "build": "a canvas on it",
    "move": "move 100 selected",
    "select all": "select all",
}


def rows() -> list[Row]:
    """Measure everything."""
    return [*beside_peers(), *larger(), *at_work(), *folding(), *maps(), *memory()]


def beside_peers() -> list[Row]:
    """Compare with the other editors at 1,000 nodes."""
    ours = measured("frames", MANY) | measured("work", MANY)
    peers = {NAIVE: peer([sys.executable, PEERS / "naive_scene.py", str(MANY)])}
    remark = "NodeGraphQt is not installed: `make peers-venv` does it"
    if has_rival():
        command: list[str | Path] = [PYTHON, PEERS / "node_graph_qt.py", str(MANY)]
        peers |= {RIVAL: peer(command), BARE: peer([*command, "bare"])}
        remark = REMARK
    found = []
    for key, limit in LIMITS.items():
        name = f"{MANY:,} nodes: {WORDS[key]}"
        found.append(below(name, ours[key], limit, remark if key == "live, fit" else ""))
        found += [
            beside(name, ours[key], who, theirs[key], goal=who == RIVAL and "live" in key)
            for who, theirs in peers.items()
            if key in theirs
        ]
    return found


def beside(name: str, ours: float, who: str, theirs: float, *, goal: bool) -> Row:
    """Return a row beside a peer, which has to be 40 times slower if that is a goal."""
    if not goal:
        return Row(name, ours, who, theirs)
    return Row(name, ours, who, theirs, "", f"<= {LEAST_RATIO:g}x", ours / theirs <= LEAST_RATIO)


def larger() -> list[Row]:
    """Measure live frames of larger graphs, of wires that weigh, and on a sharp screen."""
    weights = measured("weights", MANY)["live, fit"]
    found = [below(f"{MANY:,} neurons: live frame, every weight of a wire too", weights, 14e-3)]
    for count, limit in ((3_000, 6e-3), (10_000, 12e-3)):
        seconds = measured("frames", count)["live, fit"]
        found.append(below(f"{count:,} nodes: {WORDS['live, fit']}", seconds, limit))
    sharp = measured("sharp", MANY, ratio=2)
    for key in ("live, fit", "live, 100 %"):
        name = f"{MANY:,} nodes, device pixel ratio 2: {WORDS[key]}"
        found.append(below(name, sharp[key], 14e-3))
    return found


def at_work() -> list[Row]:
    """Measure a drag with live values, and an edit of a large graph."""
    frame = measured("dragging", 3_000)["frame"]
    goal = f">= {FRAMES_A_SECOND} frames a second"
    name = "3,000 nodes: drag 200 selected, values live"
    added = measured("adding", 2_000)["add"]
    return [
        below(name, frame, 1 / FRAMES_A_SECOND, f"{1 / frame:.0f} frames a second", goal),
        Row("2,000 nodes: one operation more, until it is seen", added),
    ]


def maps() -> list[Row]:
    """Measure the maps of all neurons of moons while these train flat out."""
    found = peer(ours("living"))
    updates, share = found["updates"], found["steps"] / found["headless"]
    remark = f"{updates:.0f} updates a second, {share:.0%} of the steps without a window"
    goal = f">= {MAPS_A_SECOND} updates a second"
    name = "maps of 33 neurons while training flat out"
    return [
        below(f"{name}: from one to the next", 1 / updates, 1 / MAPS_A_SECOND, remark, goal),
        below(f"{name}: longest main-thread gap", found["gap"], 50e-3),
        Row("maps of 33 neurons: measure, in the worker", found["measure"]),
        Row("maps of 33 neurons: colour them", found["colour"]),
        Row(
            "maps of 33 neurons: a frame", found["paint"], "without maps", found["paint, no maps"]
        ),
    ]


def folding() -> list[Row]:
    """Measure how smoothly groups fold and unfold, and how soon one sees the first of it."""
    moons, large = folded("moons"), folded("large")
    which = (
        (f"{MANY:,} visible: one neuron", moons["frame"], moons["first"]),
        (f"{MANY:,} visible: all neurons", moons["depth frame"], moons["depth first"]),
        ("784-100-50-1: network and layers", large["frame"], large["first"]),
    )
    words = "fold and unfold, slowest of 95 % of the frames"
    found = [below(f"{what}, {words}", frame, SMOOTH) for what, frame, _first in which]
    return [*found, *(Row(f"{what}, the first frame", first) for what, _frame, first in which)]


def folded(part: str) -> Figures:
    """Return what a part of `folding.py` says, in a process of its own."""
    return peer(ours("folding", part))


def memory() -> list[Row]:
    """Measure by how much a canvas on 3,000 nodes makes a process grow."""
    sizes = [measured("memory", 3_000)["bytes"] for _repeat in range(MEMORY_REPEATS)]
    size = statistics.median(sizes)
    passed = size <= 40 * MEGABYTE
    return [
        Row("3,000 nodes: the canvas's objects", size, goal="<= 40 MB", passed=passed, unit="B")
    ]


def measured(part: str, count: int, ratio: int = 1) -> Figures:
    """Return what one part of ours says, in a process of its own."""
    return peer(ours("drawing", part, str(count)), ratio)


def peer(command: Sequence[str | Path], ratio: int = 1) -> Figures:
    """Run a program without a screen and return the figures that it prints."""
    return figures(command, **UNSEEN, QT_SCALE_FACTOR=str(ratio))


def has_rival() -> bool:
    """Tell whether NodeGraphQt is installed among the peers."""
    return any(PYTHON.parents[1].glob("lib/python*/site-packages/NodeGraphQt"))
