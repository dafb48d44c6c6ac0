"""How weights and gradients are spread, layer by layer, over a training run.

The training worker measures a moment now and then and keeps a `Story` of them; pages of the window
show it. However long a run, a story stays bounded: when it is full, every second moment goes and
from then on half as many stay. Nothing here knows a clock: who measures decides when.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from gettext import gettext as _

import numpy as np
from numpy.typing import NDArray

from engine.graph.document import Document

Ids = NDArray[np.int64]
Numbers = NDArray[np.float64]

BINS = 48
CAPACITY = 512  # moments
MOST_LAYERS = 32  # the last of more stands for all that follow
LAYER = "layer"  # the template
WEIGHTS, GRADIENTS = 0, 1


@dataclass(frozen=True, slots=True, eq=False)
class Moment:
    """A run at one step: (parameters,) each, in the order of `ids`.

    `gradient` is that of the objective over all training samples, before it is clipped; `update`
    is what the step that would follow from it adds to the parameters.
    """

    step: int
    ids: Ids
    numbers: Numbers
    gradient: Numbers
    update: Numbers


@dataclass(frozen=True, slots=True, eq=False)
class Strip:
    """Histograms over time: `counts` (t, BINS) between `low` and `high` (t,), finite numbers only.

    Without any finite number low and high are nan.
    """

    low: Numbers
    high: Numbers
    counts: NDArray[np.uint32]


@dataclass(frozen=True, slots=True, eq=False)
class Spread:
    """One layer over time; `ratio` (t,) is the length of its update beside that of its weights."""

    title: str
    weights: Strip
    gradients: Strip
    ratio: Numbers


@dataclass(frozen=True, slots=True, eq=False)
class Spreads:
    """All that is known of a run, read-only: `steps` (t,), ascending, and the latest moment."""

    steps: Ids
    layers: tuple[Spread, ...]
    latest: Moment


class Story:
    """Keeps the moments of one run; made for the trained parameters of its document."""

    def __init__(self, document: Document, ids: Ids, capacity: int = CAPACITY) -> None:
        self._layers = layers_of(document, ids)
        self._capacity = capacity
        self._count = 0
        self._every = 1  # moments that come for each one that stays
        self._latest: Moment | None = None
        size = (capacity, len(self._layers))
        self._steps = np.zeros(capacity, np.int64)
        self._number = np.zeros(capacity, np.int64)  # of each moment among all that came
        self._span = np.full((*size, 2, 2), np.nan)
        self._counts = np.zeros((*size, 2, BINS), np.uint32)
        self._ratio = np.full(size, np.nan)

    def __len__(self) -> int:
        return self._count

    def add(self, moment: Moment) -> None:
        """Write a moment down; one of the same or a later step makes room for it.

        The latest is always there, of those before it one in so many.
        """
        self.forget_from(moment.step)
        number = int(self._number[self._count - 1]) + 1 if self._count else 0
        if self._count and (number - 1) % self._every:
            self._count -= 1  # it was there as the latest only
        if self._count == self._capacity:
            self._thin()
        row = self._count
        self._count += 1
        self._number[row] = number
        self._latest = moment
        self._steps[row] = moment.step
        for place, (_title, rows) in enumerate(self._layers):
            for kind, numbers in ((WEIGHTS, moment.numbers), (GRADIENTS, moment.gradient)):
                low, high, counts = histogram(numbers[rows])
                self._span[row, place, kind] = (low, high)
                self._counts[row, place, kind] = counts
            self._ratio[row, place] = ratio(moment.update[rows], moment.numbers[rows])

    def forget_from(self, step: int) -> None:
        """Drop the moments of this step and of later ones."""
        self._count = int(np.searchsorted(self._steps[: self._count], step))

    def told(self) -> Spreads | None:
        """Return what is known so far, None if that is nothing."""
        if self._latest is None or not self._count:
            return None
        upto = slice(0, self._count)
        steps, ratios = self._steps[upto].copy(), self._ratio[upto].copy()
        spans, counts = self._span[upto].copy(), self._counts[upto].copy()
        for array in (steps, ratios, spans, counts):
            array.flags.writeable = False

        def strip(place: int, kind: int) -> Strip:
            low, high = spans[:, place, kind, 0], spans[:, place, kind, 1]
            return Strip(low, high, counts[:, place, kind])

        layers = tuple(
            Spread(title, strip(place, WEIGHTS), strip(place, GRADIENTS), ratios[:, place])
            for place, (title, _rows) in enumerate(self._layers)
        )
        return Spreads(steps, layers, self._latest)

    def _thin(self) -> None:
        """Keep every second moment, and from now on half as many."""
        self._every *= 2
        kept = np.flatnonzero(self._number[: self._count] % self._every == 0)
        self._count = len(kept)
        for table in (self._steps, self._number, self._span, self._counts, self._ratio):
            table[: self._count] = table[kept]


def layers_of(document: Document, ids: Ids) -> tuple[tuple[str, Ids], ...]:
    """Return title and places of the parameters of each layer, in the order of their first ones.

    A parameter in no layer belongs to the outermost group around it, or to what is in none.
    """
    named = list(homes(document, ids).items())
    kept, rest = named[: MOST_LAYERS - 1], named[MOST_LAYERS - 1 :]
    if len(rest) > 1:
        following = sorted(place for _home, places in rest for place in places)
        names = [*titles(document, [home for home, _p in kept]), _("all that follow")]
        places = [*(p for _home, p in kept), following]
    else:
        names = titles(document, [home for home, _p in named])
        places = [p for _home, p in named]
    return tuple(
        (title, np.array(some, np.int64)) for title, some in zip(names, places, strict=True)
    )


def homes(document: Document, ids: Ids) -> dict[int | None, list[int]]:
    """Return the places of nodes by their layer, or else by the outermost group around them."""
    known: dict[int | None, int | None] = {}
    found: dict[int | None, list[int]] = {}
    for place, node in enumerate(ids.tolist()):
        group = document.node(node).group
        if group not in known:
            known[group] = _home(document, document.ancestry(group))
        found.setdefault(known[group], []).append(place)
    return found


def histogram(numbers: Numbers) -> tuple[float, float, NDArray[np.uint32]]:
    """Return the least and the greatest finite number and how many lie in each bin between."""
    finite = numbers[np.isfinite(numbers)]
    if not len(finite):
        return np.nan, np.nan, np.zeros(BINS, np.uint32)
    low, high = float(finite.min()), float(finite.max())
    # In halves, since the distance of two numbers may be more than there is.
    reach = high / 2 - low / 2
    part = (finite / 2 - low / 2) / reach if reach > 0.0 else np.zeros(len(finite))
    places = np.minimum((part * BINS).astype(np.int64), BINS - 1)
    return low, high, np.bincount(places, minlength=BINS).astype(np.uint32)


def ratio(update: Numbers, numbers: Numbers) -> float:
    """Return how long an update is beside the weights, nan where that says nothing."""
    with np.errstate(all="ignore"):
        long, beside = float(np.linalg.norm(update)), float(np.linalg.norm(numbers))
    return long / beside if beside > 0.0 and np.isfinite(long) else float("nan")


def _home(document: Document, around: Sequence[int]) -> int | None:
    layers = (group for group in around if document.groups[group].template == LAYER)
    return next(layers, around[-1] if around else None)


def titles(document: Document, groups: Iterable[int | None]) -> list[str]:
    """Return the names of groups; of those that are called the same, with what is around them."""
    known = list(groups)
    plain = [_name(document, home) for home in known]
    return [
        name if plain.count(name) == 1 else f"{name} · {_name(document, _around(document, home))}"
        for name, home in zip(plain, known, strict=True)
    ]


def _around(document: Document, home: int | None) -> int | None:
    return None if home is None else document.groups[home].group


def _name(document: Document, group: int | None) -> str:
    if group is None:
        return _("outside of groups")
    return document.groups[group].label or f"#{group}"
