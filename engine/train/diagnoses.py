"""What can be wrong with a training run: one record each, in one table, the worst first.

The doctor asks every diagnosis about a checkup.  A test yields the signs it sees, each with what
was measured; it guesses nothing and mends nothing.  What may help stands in `remedies`.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from gettext import gettext as _
from gettext import ngettext
from types import MappingProxyType
from typing import Literal

import numpy as np

from engine.graph.records import TrainingSettings
from engine.run.result import Problem
from engine.train.checkup import Checkup, Layer

Severity = Literal["grave", "serious", "mild"]
GROWTH = 100.0  # times as long as at the beginning
FEW = 1 / 8  # of a layer's units stand still in healthy networks, too
FAINT = 1e-4  # the first layer's gradient beside the last one's
WINDOW = 64  # steps in a row
ALTERNATES = 0.9  # of the steps turn back; of chance numbers two thirds do
SWING = 0.01  # of the objective, in the middle of all steps
PROGRESS = 0.05  # of the objective
STILL = 1e-4  # of the objective, over all late entries
FLAT = 1e-4  # of the objective would a gradient change it, were the weights as long again
NOTHING = 1e-9  # likewise: rounding alone
GOOD = 0.9  # accuracy or R², from which on to stand still is to be done
SPREAD = 10.0  # deviation of a feature
APART = 100.0  # the widest range of a feature beside the narrowest
GOOD_RATIO = 0.01  # of an update beside the weights, at the beginning
TAKEN = 0.1  # of a weight may a penalty take away in a step
PLAIN = frozenset({"sgd", "momentum", "nesterov"})  # penalties in them are not scaled


@dataclass(frozen=True, slots=True)
class Sign:
    """Something that is wrong in one place.

    `place` tells it from others of its diagnosis: a group or node, 0 for the whole run. `items`
    are the nodes and groups to look at, `numbers` what remedies need to know. With `usual` it is
    milder than others of its diagnosis.
    """

    text: str
    place: int = 0
    items: tuple[int, ...] = ()
    why: str = ""
    step: int | None = None
    numbers: Mapping[str, float] = field(default_factory=dict)
    usual: bool = False


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """Something that can be wrong; `fine` says that it is not, `why` what it comes of.

    `remedies` are keys of what may help, the likeliest first.
    """

    key: str
    title: str
    severity: Severity
    test: Callable[[Checkup], Iterator[Sign]]
    why: str
    fine: str
    remedies: tuple[str, ...]


# Numbers and lengths -----------------------------------------------------------------------------


def _not_finite(checkup: Checkup) -> Iterator[Sign]:
    problem = checkup.problem
    if problem is not None:
        numbers = {"rate": gentle_rate(checkup)}
        why = _("{reason}; the step was taken back").format(reason=problem.reason)
        yield Sign(problem.text, problem.node, (problem.node,), why, problem.step, numbers)


def _exploding(checkup: Checkup) -> Iterator[Sign]:
    first, now = checkup.trail[0], checkup.now
    if not now.objective > first.objective:
        return
    for before, after, text in (
        (first.length, now.length, _("The weights are {times} times as long as at step {step}")),
        (
            first.gradient,
            now.gradient,
            _("The gradient is {times} times as long as at step {step}"),
        ),
    ):
        if before > 0.0 and after > GROWTH * before:
            told = text.format(times=counted(after / before), step=first.step)
            yield Sign(told, numbers={"rate": gentle_rate(checkup)})
            return


def _vanishing(checkup: Checkup) -> Iterator[Sign]:
    """Compare the first and the last layer of each network, unless a dead one tells why."""
    if _slope(checkup) < NOTHING:
        return  # there is nothing that might get lost on the way
    networks: dict[int, list[Layer]] = {}
    for layer in checkup.layers:
        if layer.network is not None and np.isfinite(layer.gradient):
            networks.setdefault(layer.network, []).append(layer)
    for network, layers in networks.items():
        first, last = min(layers, key=_number), max(layers, key=_number)
        dead = any(layer.units and len(_of(layer, "dead")) == layer.units for layer in layers)
        if not dead and first.gradient < FAINT * last.gradient:
            text = _("The gradient of {first} is {part} times as long as that of {last}").format(
                first=first.title, part=counted(first.gradient / last.gradient), last=last.title
            )
            items = () if first.group is None else (first.group,)
            yield Sign(text, network, items)


# Units -------------------------------------------------------------------------------------------


def _dead(checkup: Checkup) -> Iterator[Sign]:
    text = _("{layer}: {units} dead, the same and flat in {samples}")
    yield from _standing_still(checkup, "dead", text)


def _saturated(checkup: Checkup) -> Iterator[Sign]:
    """Look at samples only: to bring one number to a limit may be what a descent is for."""
    if checkup.samples is not None:
        text = _("{layer}: {units} saturated, at the limit in 95 % of {samples} or more")
        good = checkup.quality is not None and checkup.quality >= GOOD
        for sign in _standing_still(checkup, "saturated", text):
            yield replace(sign, usual=sign.usual or good)


def _standing_still(checkup: Checkup, kind: str, text: str) -> Iterator[Sign]:
    looked = checkup.looked
    samples = ngettext("{n:,} sample", "{n:,} samples", looked).format(n=looked)
    if checkup.samples is None:
        samples = _("the one case there is")
    for layer in checkup.layers:
        units = _of(layer, kind)
        if len(units) > FEW * layer.units:
            told = text.format(
                layer=layer.title, units=_share(len(units), layer.units), samples=samples
            )
            usual = len(units) <= layer.units / 2
            yield Sign(told, layer.group or 0, units, usual=usual)


def _share(some: int, count: int) -> str:
    if some == count:
        return ngettext("its only unit is", "all {n} units are", count).format(n=count)
    return ngettext("{n} of {all} units is", "{n} of {all} units are", some).format(
        n=some, all=count
    )


def _of(layer: Layer, kind: str) -> tuple[int, ...]:
    return tuple(unit.node for unit in layer.still if unit.kind == kind)


def _number(layer: Layer) -> int:
    return layer.number


# How the loss goes -------------------------------------------------------------------------------


def _oscillating(checkup: Checkup) -> Iterator[Sign]:
    steps, losses = (column[-WINDOW:] for column in checkup.losses)
    if any(_exploding(checkup)):
        return
    if len(steps) < WINDOW or steps[-1] - steps[0] != WINDOW - 1:
        return
    turns = np.diff(losses)
    back = float(np.mean(turns[1:] * turns[:-1] < 0.0))
    middle = float(np.mean(np.abs(losses)))
    swing = float(np.median(np.abs(turns))) / middle if middle > 0.0 else 0.0
    early, late = float(losses[: WINDOW // 2].mean()), float(losses[WINDOW // 2 :].mean())
    if back >= ALTERNATES and swing >= SWING and late > (1.0 - PROGRESS) * early:
        text = _("The objective turned back in {share:.0%} of the last {n} steps, by {swing:.0%}")
        rate = {"rate": rounded(checkup.settings.learning_rate / 2)}
        yield Sign(text.format(share=back, n=WINDOW, swing=swing), numbers=rate)


def _stalled(checkup: Checkup) -> Iterator[Sign]:
    if _stands(checkup) and _slope(checkup) < FLAT:
        text = _("The objective has been {loss:.4g} for {n} steps, and the gradient is {size:.1e}")
        yield Sign(_standing(checkup, text))


def _slow(checkup: Checkup) -> Iterator[Sign]:
    if _stands(checkup) and _slope(checkup) >= FLAT:
        text = _("The objective has been {loss:.4g} for {n} steps, with a gradient of {size:.2g}")
        rate = {"rate": rounded(checkup.settings.learning_rate * 10)}
        yield Sign(_standing(checkup, text), numbers=rate)


def _stands(checkup: Checkup) -> bool:
    """Whether the objective no longer moves, and what is predicted is not good."""
    losses = checkup.losses[1]
    if len(losses) < WINDOW or checkup.quality is None or checkup.quality >= GOOD:
        return False
    reach = float(losses.max() - losses.min())
    return reach < STILL * abs(float(losses[-1]))


def _slope(checkup: Checkup) -> float:
    """Return the part of the objective that weights twice as long might change, to first order."""
    now = checkup.now
    return now.gradient * max(now.length, 1.0) / max(abs(now.objective), 1e-300)


def _standing(checkup: Checkup, text: str) -> str:
    steps, losses = checkup.losses
    count = int(steps[-1] - steps[0])
    return text.format(loss=losses[-1], n=count, size=checkup.now.gradient)


# Settings and data -------------------------------------------------------------------------------


def shrinks_too_far(settings: TrainingSettings, rate: float) -> bool:
    """Whether L2 alone throws a parameter across 0: a step takes 2 * rate * L2 of it away."""
    return settings.optimizer in PLAIN and 2.0 * rate * settings.l2 >= 1.0


def _shrinking(checkup: Checkup) -> Iterator[Sign]:
    settings, rate = checkup.settings, checkup.rate
    if shrinks_too_far(settings, rate):
        text = _("L2 alone takes {times} times each weight away in a step")
        numbers = {"rate": rounded(TAKEN / 2 / settings.l2)}
        yield Sign(text.format(times=counted(2.0 * rate * settings.l2)), numbers=numbers)


def _unscaled(checkup: Checkup) -> Iterator[Sign]:
    samples = checkup.samples
    if samples is None or not samples.inputs.shape[1]:
        return
    inputs = samples.inputs[samples.train]
    deviation, reach = inputs.std(axis=0), np.ptp(inputs, axis=0)
    widest = int(np.argmax(deviation))
    narrow = np.where(reach > 0.0, reach, np.inf)
    if deviation[widest] > SPREAD:
        text = _("The deviation of {name} is {size:.3g}")
        yield Sign(text.format(name=samples.names[widest], size=deviation[widest]))
    elif reach.max() >= APART * narrow.min():
        text = _("{wide} reaches {times} times as far as {narrow}")
        yield Sign(
            text.format(
                wide=samples.names[int(np.argmax(reach))],
                times=counted(float(reach.max() / narrow.min())),
                narrow=samples.names[int(np.argmin(narrow))],
            )
        )


def gentle_rate(checkup: Checkup) -> float:
    """Return a learning rate at which the first step would have changed the weights by 1 %.

    That is what is measured at the first checkup; half of the present rate at most.
    """
    first, rate = checkup.trail[0], checkup.settings.learning_rate
    sizes = (first.length, first.update)
    if not all(np.isfinite(size) and size > 0.0 for size in sizes):
        return rounded(rate / 10)
    return rounded(min(rate * GOOD_RATIO * first.length / first.update, rate / 2))


def rounded(number: float) -> float:
    """Return a number with one digit."""
    return float(f"{number:.0e}")


def counted(times: float) -> str:
    """Write how many times something is as large as something else."""
    return f"{times:,.0f}" if 10.0 <= times < 1e6 else f"{times:.2g}"


def trouble(problem: Problem, settings: TrainingSettings) -> str:
    """Say where training came to grief, and what to do."""
    if shrinks_too_far(settings, settings.learning_rate):
        remedy = _("L2 times the learning rate is too large: make one of them smaller.")
    else:
        remedy = _("Try a smaller learning rate.")
    return _("{problem}. The parameters before it are back. {remedy}").format(
        problem=problem.text.rstrip("."), remedy=remedy
    )


_TABLE = (
    Diagnosis(
        "not finite",
        _("A number is not finite"),
        "grave",
        _not_finite,
        _("a number grew too large, or left where its operation is defined"),
        _("every number is finite"),
        ("rate", "clip", "standardise"),
    ),
    Diagnosis(
        "exploding",
        _("The run explodes"),
        "grave",
        _exploding,
        _("each step goes so far that the next gradient is larger still"),
        _("weights and gradients keep their lengths"),
        ("rate", "clip"),
    ),
    Diagnosis(
        "shrinking",
        _("The penalty is too strong"),
        "grave",
        _shrinking,
        _("2 · learning rate · L2 is 1 or more, which alone throws weights across 0"),
        _("penalties let weights stand"),
        ("weaker", "rate"),
    ),
    Diagnosis(
        "dead",
        _("Units are dead"),
        "serious",
        _dead,
        _("their input is below 0 in every sample, where a ReLU lets no gradient pass"),
        _("no unit is dead"),
        ("leaky", "draw", "redraw"),
    ),
    Diagnosis(
        "saturated",
        _("Units are saturated"),
        "serious",
        _saturated,
        _("their inputs are so large that they are flat, and little gradient passes"),
        _("none is saturated"),
        ("draw", "redraw", "standardise", "leaky"),
    ),
    Diagnosis(
        "vanishing",
        _("The gradient vanishes"),
        "serious",
        _vanishing,
        _("it shrinks from layer to layer on its way back, so that the first ones hardly learn"),
        _("gradients reach the first layer"),
        ("draw", "leaky", "adam"),
    ),
    Diagnosis(
        "oscillating",
        _("The loss oscillates"),
        "serious",
        _oscillating,
        _("each step goes beyond the valley, and the next one back"),
        _("the loss does not oscillate"),
        ("rate",),
    ),
    Diagnosis(
        "stalled",
        _("Training stands still"),
        "mild",
        _stalled,
        _("the gradient is all but 0: this is a minimum or a flat place, and no good one"),
        _("the run moves"),
        ("redraw", "draw"),
    ),
    Diagnosis(
        "slow",
        _("Training hardly moves"),
        "mild",
        _slow,
        _("there is a gradient, but the steps are too short"),
        _("steps are long enough"),
        ("faster",),
    ),
    Diagnosis(
        "unscaled",
        _("The data are not scaled"),
        "mild",
        _unscaled,
        _("weights of large features need smaller steps than others"),
        _("features are of one size"),
        ("standardise", "adam"),
    ),
)
DIAGNOSES: Mapping[str, Diagnosis] = MappingProxyType({entry.key: entry for entry in _TABLE})
