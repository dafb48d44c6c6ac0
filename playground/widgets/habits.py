"""What is usually added next: recent picks, and how often one thing was wired to another.

The search ranks by it and tells it what was picked. It starts with what the bundled examples do,
each pair counted once an example, and learns from there; what is learned stands in the settings.
"""

import json
from collections import Counter
from collections.abc import Iterable
from functools import cache

import resources
from playground.settings import FOLLOWS, RECENT_PICKS, Settings

Pair = tuple[str, str]  # palette texts: what feeds, what is fed

LESSON = 3  # examples that one pick outweighs
MOST = 999  # of one pair, so that a habit can be given up again


class Habits:
    """Reads and writes two settings; without settings it forgets at the end."""

    def __init__(self, settings: Settings | None = None) -> None:
        self._settings = settings
        self._recent: tuple[str, ...] = ()
        self._learned: Counter[Pair] = Counter()
        if settings is not None:
            self._recent = settings.read(RECENT_PICKS)
            self._learned.update(dict(filter(None, map(_pair, settings.read(FOLLOWS)))))

    @property
    def recent(self) -> tuple[str, ...]:
        """What was picked lately, the latest first."""
        return self._recent

    def score(self, source: str, target: str) -> int:
        """Return how usual it is that `source` feeds `target`; 0 if it was never seen."""
        pair = (source, target)
        return starting_counts()[pair] + LESSON * self._learned[pair]

    def picked(self, text: str, sources: Iterable[str] = (), targets: Iterable[str] = ()) -> None:
        """Take note of what was added, of what feeds it, and of what it feeds."""
        others = [known for known in self._recent if known != text]
        self._recent = tuple([text, *others][: int(RECENT_PICKS.high)])
        pairs = [(source, text) for source in sources] + [(text, target) for target in targets]
        for pair in pairs:
            self._learned[pair] = min(self._learned[pair] + 1, MOST)
        self._learned = Counter(dict(self._learned.most_common(int(FOLLOWS.high))))
        if self._settings is not None:
            self._settings.write(RECENT_PICKS, self._recent)
            self._settings.write(FOLLOWS, tuple(map(_line, self._learned.items())))


@cache
def starting_counts() -> Counter[Pair]:
    """Count in how many of the bundled examples one kind of node feeds another."""
    counts: Counter[Pair] = Counter()
    for name in resources.names("examples"):
        if name.endswith(".mgp"):
            counts.update(_pairs(json.loads(resources.read_bytes(name))["graph"]))
    return counts


def _pairs(graph: dict[str, list[dict[str, object]]]) -> set[Pair]:
    texts = {
        node["id"]: f"op:{node['op']}"
        if node.get("op", "value") != "value"
        # A role that is not written down is the first one.
        else f"value:{node.get('role', 'constant')}"
        for node in graph["nodes"]
    }
    return {(texts[edge["source"]], texts[edge["target"]]) for edge in graph["edges"]}


def _line(entry: tuple[Pair, int]) -> str:
    (source, target), count = entry
    return f"{source} {target} {count}"


def _pair(line: str) -> tuple[Pair, int] | None:
    """Read a line of the settings; None if it is rubbish."""
    source, _space, rest = line.partition(" ")
    target, _space, count = rest.partition(" ")
    if not target or not count.isdecimal():
        return None
    return (source, target), min(int(count), MOST)
