"""Sentences about shares: who pushes a parameter, and what a sample has in the gradient.

Boundary, chips, cards and inspector say them. Going downhill follows minus the gradient, so a
sample whose share is below zero pushes its parameter up.
"""

from collections import Counter
from collections.abc import Iterable
from gettext import gettext as _
from gettext import ngettext

import numpy as np

from engine.explain.spoken import called, said
from engine.graph.document import Document
from engine.graph.records import DataSettings, TrainingSettings
from engine.train.samples import Samples
from engine.train.shares import Numbers, Ranking, Shares, ranked


def named(document: Document, item: int) -> str:
    """Return the name of a node or group, and of what it lies in up to its network."""
    around = document.ancestry(document.record(item).group)
    return " · ".join(called(document, one) for one in (item, *around[:2]))


def distinct_names(document: Document, nodes: Iterable[int]) -> dict[int, str]:
    """Return what nodes are called where one is to be chosen, by their ids in the order given.

    Those called the same are told apart by what they lie in and, if need be, by their ids.
    """
    names = {node: document.name(node) for node in nodes}
    for more in (named, _numbered):
        times = Counter(names.values())
        names = {n: name if times[name] == 1 else more(document, n) for n, name in names.items()}
    return names


def _numbered(document: Document, node: int) -> str:
    return f"{named(document, node)} #{node}"


def share_words(shares: Shares, sample: int, parameter: int) -> str:
    """Say what a sample adds to the gradient of a parameter, and what that is; "" if unknown."""
    place, row = shares.place(parameter), shares.of_sample(sample)
    if place is None or row is None:
        return ""
    part, whole = figures(float(row[place])), figures(float(shares.gradient[place]))
    return _("{part} of {whole}").format(part=part, whole=whole)


def pushes_words(
    document: Document, shares: Shares, parameters: tuple[int, ...], item: int | None, rate: float
) -> str:
    """Say how many samples push some parameters which way, and what comes of it.

    `rate` times minus the gradient is the next step; 0 if that is not how a step is taken.
    """
    pushes = shares.of_parameters(parameters)
    if pushes is None:
        return ""
    count = len(parameters)
    many = ngettext("{count:,} weight", "{count:,} weights", count).format(count=count)
    name = many if item is None else named(document, item)
    if count > 1:
        order = ranked(pushes)
        moves = _("{name}: {some:,} of {all:,} points push it, the strongest tenth {part:.0f} %")
        return moves.format(
            name=name, some=len(order.samples), all=len(pushes), part=100 * order.leading
        )
    place = shares.place(parameters[0])
    if place is None:
        return ""
    up, down = int((pushes < 0.0).sum()), int((pushes > 0.0).sum())
    words = ngettext(
        "{name}: {up:,} point pushes it up, {down:,} down",
        "{name}: {up:,} points push it up, {down:,} down",
        up,
    ).format(name=name, up=up, down=down)
    gradient, penalty = float(shares.gradient[place]), float(shares.penalties[place])
    told = [_("gradient {number}").format(number=said(gradient))]
    if penalty:
        told.append(_("penalties {number}").format(number=said(penalty)))
    if rate:
        step = -rate * (gradient + penalty)
        told.append(_("next step {number}").format(number=signed(step)))
    return f"{words}; {', '.join(told)}"


def sample_words(shares: Shares | None, sample: int) -> str:
    """Say how strong a sample is among all."""
    name = _("Sample {number}").format(number=sample)
    if shares is None:
        return name
    if sample >= shares.samples:
        return _("{name} is kept for the test: nothing is learned from it").format(name=name)
    lengths = shares.of_parameters(tuple(shares.parameters.tolist()))
    if lengths is None:
        return name
    told = ranked(lengths)
    place = np.flatnonzero(told.samples == sample)
    if not len(place):
        return _("{name} pushes nothing: its loss is flat here").format(name=name)
    part = float(lengths[sample] / told.shares.sum())
    words = _("{name}: number {place:,} of {count:,} by how hard it pushes, {part:.1f} % of all")
    rank = int(place[0]) + 1
    return words.format(name=name, place=rank, count=shares.samples, part=100 * part)


def balance_words(told: Ranking, single: bool) -> str:
    """Say what pushes up and down add up to, and how few samples that comes from."""
    leading = _("the strongest tenth has {part:.0f} %").format(part=100 * told.leading)
    if not single:
        return leading
    sums = _("up {up} · down {down}").format(up=said(-told.falls), down=said(told.rises))
    return f"{sums} · {leading}"


def label_words(data: DataSettings, samples: Samples, sample: int) -> str:
    """Say what a sample should be: its class in the table's own words, else its number."""
    number = float(samples.labels[sample])
    names = () if data.table is None or data.target is None else data.table.words[data.target]
    place = round(max(number, 0.0))
    return names[place] if samples.classes and place < len(names) else said(number)


def plain_rate(training: TrainingSettings, rate: float) -> float:
    """Return the rate if a step is that times minus the gradient of all samples, else 0."""
    plain = training.optimizer == "sgd" and training.clip == "none" and training.batch is None
    return rate if plain else 0.0


def figures(number: float) -> str:
    """Write a number in three figures, with a real minus."""
    return f"{number + 0.0:.3g}".replace("-", "−")


def signed(number: float) -> str:
    """Write a number with its sign."""
    return f"+{said(number)}" if number > 0.0 else said(number)


def push(share: float) -> str:
    """Return the arrow of where going downhill takes a parameter."""
    return "▲" if share < 0.0 else "▼"


def strongest(pushes: Numbers) -> float:
    """Return the size of the greatest share that is finite, 0 if there is none."""
    return float(np.max(np.abs(pushes), where=np.isfinite(pushes), initial=0.0))
