"""The explorer's sentences and numbers: what is seen, in words, and every slope in full."""

from collections.abc import Sequence
from gettext import gettext as _
from gettext import ngettext

from numpy import spacing

from engine.run.breaks import Break
from engine.run.downhill import Stop
from playground.panels.studio.explorer.exploring import Exploration
from playground.panels.studio.explorer.readings import Look, Reading
from playground.widgets.numbers import exact, written

RESOLVED = 1e-4  # of a slope or value, how well it is known right beside a break
ROUNDED = 0.01  # of a slope, how much of it may be due to rounding before that is told
FEW = 2  # poles, jumps and ends that are told


def readings(seen: Exploration) -> list[Reading]:
    """Return the rows of numbers at the place: values, both slopes, and how far they differ."""
    if not seen.secants:
        return []
    names = ("x", "z")[: len(seen.x)]
    place = ", ".join(names)
    first = seen.secants[0]
    look: Look = "curve" if len(names) == 1 else ""
    rows = [Reading("value", f"f({place})", exact(first.here), _sign(first.here), look)]
    if len(names) == 1:
        rows += [
            Reading("ahead", "f(x + h)", exact(first.ahead), _sign(first.ahead)),
            *_slopes(seen, 0, "f′(x)", "(f(x + h) − f(x)) / h", "tangent", "secant"),
            Reading(
                "central",
                "(f(x + h) − f(x − h)) / 2h",
                exact(first.central),
                tip=_("The slope from two points as far ahead as behind"),
            ),
        ]
        return rows
    for axis, name in enumerate(names):
        moved = ", ".join(f"{n} + h" if n == name else n for n in names)
        rows += _slopes(seen, axis, f"∂f/∂{name}", f"(f({moved}) − f) / h", "", "")
    return rows


def _slopes(
    seen: Exploration, axis: int, derivative: str, quotient: str, tangent: Look, secant: Look
) -> list[Reading]:
    """Return the slope from two points, the one from going backward, and their difference."""
    slope, found = seen.slopes[axis], seen.secants[axis]
    suffix = ("", "-z")[axis]
    return [
        Reading(
            "secant" + suffix,
            quotient,
            exact(found.forward),
            look=secant,
            tip=_("The slope of the line through both points"),
        ),
        Reading(
            "slope" + suffix,
            derivative,
            exact(slope),
            "backward",
            tangent,
            _("The derivative, found by going backward through the graph"),
        ),
        Reading(
            "difference" + suffix,
            _("difference"),
            exact(found.forward - slope),
            "muted",
            tip=_("The slope from two points less the derivative"),
        ),
    ]


def _sign(number: float) -> str:
    return "positive" if number > 0 else "negative" if number < 0 else ""


def sentences(seen: Exploration) -> list[str]:
    """Return what has to be said of what is seen, the most important first."""
    session, document = seen.session, seen.session.document
    if seen.refusal is not None:
        return [str(seen.refusal)]
    if seen.sweep is None or seen.f is None:
        return [
            _("Nothing to plot yet: build a value that depends on another, such as 3*x**2 + 1.")
        ]
    names = [document.name(node) for node in seen.x]
    told = []
    if not seen.sweep.depends:
        told.append(
            _("{f} does not depend on {x}: whatever {x} is, it stays the same.").format(
                f=document.name(seen.f), x=_(" and ").join(names)
            )
        )
    told += _too_small(seen)
    computed = _("{x} is computed; here it takes any number, cut off from its inputs.")
    told += [computed.format(x=document.name(n)) for n in seen.sweep.cut if n != seen.f]
    curve, surface = seen.curve, seen.surface
    if curve is not None:
        told += _broken(curve.breaks)
    problem = curve.problem if curve is not None else surface.problem if surface else None
    if problem is not None:
        told.append(
            _("Not a finite number everywhere: {reason}.").format(
                reason=problem.text.partition(": ")[2]
            )
        )
    if curve is not None and len(curve.x) < curve.wanted:
        told.append(
            _(
                "Of {wanted:,} points {shown:,} are computed, so that the window stays quick."
            ).format(wanted=curve.wanted, shown=len(curve.x))
        )
    if curve is not None and seen.step is not None:
        told.append(_("{count:,} points.").format(count=len(curve.x)))
    if session.samples is not None:
        told.append(_("All other numbers are those of the sample that is shown."))
    return told


def _too_small(seen: Exploration) -> list[str]:
    """Say when the digits of f, rounded off, decide about the slope from two points."""
    if len(seen.x) != 1 or not seen.secants:
        return []
    [place], [slope], [found] = seen.place, seen.slopes, seen.secants
    if place + found.h == place:
        return [_("h is too small: x + h rounds to x itself, so that nothing moves.")]
    rounded = spacing(abs(found.here)) / abs(found.h)
    if not rounded > ROUNDED * max(abs(slope), 1.0):
        return []
    words = _(
        "h is too small: f is rounded to steps of {step}, and over h that is a slope of {slope}."
        " “Errors” shows which h is best."
    )
    step, over = written(spacing(abs(found.here)), 2), written(rounded, 2)
    return [words.format(step=step, slope=over)]


def _broken(breaks: Sequence[Break]) -> list[str]:
    """Tell of one kink in full, of several where they are, and of all else one by one."""
    kinks = [one for one in breaks if one.kind == "kink"]
    told = [_one(one) for one in breaks if one.kind != "kink"][:FEW]
    if len(kinks) == 1:
        told.append(_one(kinks[0]))
    elif kinks:
        places = ", ".join(written(one.place, 4) for one in kinks)
        told.append(
            _(
                "Kinks at x = {places}: the slope changes at once there, and going backward "
                "takes one of those beside it, or one between."
            ).format(places=places)
        )
    return told


def _one(one: Break) -> str:
    least = RESOLVED * max(abs(one.before), abs(one.after))
    sides = (n if abs(n) > least else 0.0 for n in (one.before, one.after))
    place, before, after = (written(n, 4) for n in (one.place, *sides))
    if one.kind == "kink":
        return _(
            "A kink at x = {place}: the slope goes from {before} to {after} at once; "
            "going backward takes {there} there."
        ).format(place=place, before=before, after=after, there=written(one.there, 4))
    if one.kind == "jump":
        return _("A jump at x = {place}, from {before} to {after}; no slope tells of it.").format(
            place=place, before=before, after=after
        )
    if one.kind == "pole":
        return _("A pole at x = {place}: f grows beyond all bounds.").format(place=place)
    return _("f ends at x = {place}.").format(place=place)


def descent_words(stops: Sequence[Stop], rate: float) -> str:
    """Say where gradient descent has come to."""
    if not stops:
        return ""
    last = stops[-1]
    steps = len(stops) - 1
    if last.lost:
        return _("Step {steps} is lost: each step overshoots more. Try a smaller rate.").format(
            steps=steps
        )
    values = [stop.value for stop in stops]
    where = ", ".join(
        f"{name} = {written(number, 6)}" for name, number in zip("xz", last.place, strict=False)
    )
    words = ngettext(
        "After {steps} step: {where}, f = {value}.",
        "After {steps} steps: {where}, f = {value}.",
        steps,
    )
    told = words.format(steps=steps, where=where, value=written(last.value, 6))
    if steps and values[-1] > values[0]:
        told += " " + _("It climbs: at the rate {rate} each step overshoots.").format(
            rate=written(rate, 4)
        )
    return told
