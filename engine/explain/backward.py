"""A gradient taken apart: what each wire brings back, by which law, and what that means.

`why` asks; all numbers are those of the result.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from gettext import gettext as _
from gettext import ngettext

from engine import ops
from engine.explain.arriving import Share, decay_words
from engine.explain.questions import Line, Question, Sentence, Subject, Written, spelled
from engine.explain.scribe import Scribe, Side, is_single
from engine.ops.record import OUTPUT

MOST_LINES = 4
"""Of more wires than these and one, the largest are told, and the rest as one number."""
MOST_PRODUCTS = 3  # that a sum is still written out in names
UPSTREAM = "upstream_"


# Lines -------------------------------------------------------------------------------------------


def gradient_lines(subject: Subject, node: int) -> Iterator[Line]:
    """Write out a gradient: a product for each wire, and their sum if there are several."""
    found, seed = subject.shares(node), begun_with(subject, node)
    if not found:
        scribe = Scribe(subject)
        own = scribe.side("d_", {"d_": scribe.gradient(node)})
        yield Line("", scribe.equal(own, scribe.side("n_", {"n_": scribe.slope(node)})))
        return
    if len(found) == 1 and not seed:
        yield _line(subject, found[0], "", node)
        return
    told, rest = largest(found)
    for one in told:
        through = subject.document.name(one.target)
        yield _line(subject, one, _("through {name}").format(name=through))
    if rest:
        words = ngettext("and {count} more", "and {count} more", len(rest))
        scribe, total = Scribe(subject), math.fsum(one.contribution for one in rest)
        side = scribe.side("n_", {"n_": scribe.slope(node, total)})
        yield Line(words.format(count=len(rest)), scribe.equal(side))
    yield _sum_line(subject, node, told, rest, seed)


def wire_lines(subject: Subject, target: int, port: int) -> Iterator[Line]:
    """Write out the local derivative along a wire, and what the wire brings back."""
    scribe = Scribe(subject)
    law = scribe.law(target, port)
    if law is None:
        return
    own = scribe.side("d_", {"d_": scribe.local(target, port)})
    names = scribe.equal(own, scribe.side(*law))
    scribe = Scribe(subject)
    numeric = scribe.law(target, port, numeric=True)
    sides = [] if numeric is None else [scribe.side(*numeric)]
    if not is_single(law[0]):
        sides.append(scribe.side("n_", {"n_": scribe.partial(target, port)}))
    yield Line(_("slope"), names, scribe.equal(*sides, begun=True) if law[1] else Written())
    source = subject.document.source(target, port)
    shared = subject.shares(source) if source is not None else ()
    for one in shared:
        if (one.target, one.port) == (target, port):
            yield _line(subject, one, _("brings back"))


def _line(subject: Subject, share: Share, through: str, node: int | None = None) -> Line:
    """Write what one wire brings; with a node it is all of that node's gradient."""
    scribe = Scribe(subject)
    own = [] if node is None else [scribe.side("d_", {"d_": scribe.gradient(node)})]
    names = scribe.equal(*own, _product(subject, scribe, share))
    scribe = Scribe(subject)
    sides = _figures(scribe, share) if share.is_product else []
    last = (
        scribe.brought(share.target, share.port, share.contribution)
        if node is None
        else scribe.slope(node)
    )
    sides.append(scribe.side("n_", {"n_": last}))
    return Line(through, names, scribe.equal(*sides, begun=True))


def _product(subject: Subject, scribe: Scribe, share: Share) -> Side:
    """Write law · upstream gradient, over a batch its mean or sum over the samples."""
    law = scribe.law(share.target, share.port)
    if law is None:
        side = scribe.side(UPSTREAM, {UPSTREAM: scribe.gradient(share.target)})
    else:
        upstream = {UPSTREAM: scribe.gradient(share.target)}
        side = scribe.side(f"({law[0]}) * {UPSTREAM}", {**law[1], **upstream})
    if share.is_product or subject.batch is None:
        return side
    count = len(subject.batch.inputs[subject.batch.train])
    total = rf"\sum_{{i=1}}^{{{count}}} {side.latex}"
    if subject.document.training.reduction == "mean":
        said = _("mean over {count} samples of {product}")
        written = rf"\frac{{1}}{{{count}}} {total}"
    else:
        said, written = _("sum over {count} samples of {product}"), total
    return Side(said.format(count=count, product=side.plain), written)


def _figures(scribe: Scribe, share: Share) -> list[Side]:
    """Write the product in numbers: the law first, if it is more than one number."""
    sides, ends = [], (share.target, share.port)
    law = scribe.law(*ends, numeric=True)
    if law is not None and not is_single(law[0]):
        upstream = {UPSTREAM: scribe.slope(share.target)}
        sides.append(scribe.side(f"({law[0]}) * {UPSTREAM}", {**law[1], **upstream}))
    alone = law is not None and is_single(law[0]) and law[1]
    local = next(iter(law[1].values())) if law is not None and alone else scribe.partial(*ends)
    names = {"n_": local, UPSTREAM: scribe.slope(share.target)}
    sides.append(scribe.side(f"n_ * {UPSTREAM}", names))
    return sides


def _sum_line(
    subject: Subject, node: int, told: Sequence[Share], rest: Sequence[Share], seed: float
) -> Line:
    scribe = Scribe(subject)
    own = scribe.side("d_", {"d_": scribe.gradient(node)})
    sides = [own]
    if len(told) <= MOST_PRODUCTS and not rest:
        sides.append(_sum(seed, [_product(subject, scribe, one) for one in told]))
    names = scribe.equal(*sides)
    scribe = Scribe(subject)
    figures = {
        f"n{k}": scribe.brought(one.target, one.port, one.contribution)
        for k, one in enumerate(told)
    }
    if seed:
        figures = {"s_": scribe.slope(node, seed), **figures}
    if rest:
        figures["r_"] = scribe.slope(node, math.fsum(one.contribution for one in rest))
    added = scribe.side(" + ".join(figures), figures)
    total = scribe.side("n_", {"n_": scribe.slope(node)})
    return Line("", names, scribe.equal(added, total, begun=True))


def _sum(seed: float, products: Sequence[Side]) -> Side:
    """Write a sum of products; one that begins with a minus is in brackets, unless it is first."""
    sides = [Side("1", "1")] if seed else []
    for one in products:
        negative = bool(sides) and one.plain.startswith("−")
        bracketed = Side(f"({one.plain})", rf"\left({one.latex}\right)")
        sides.append(bracketed if negative else one)
    return Side(" + ".join(side.plain for side in sides), " + ".join(side.latex for side in sides))


def begun_with(subject: Subject, node: int) -> float:
    """Return what a gradient has that no wire brings: 1 where going backward begins, else 0."""
    if node == subject.output:
        return 1.0
    is_penalty = "penalty" in subject.document.node(node).marks
    return 1.0 if subject.batch is not None and is_penalty else 0.0


def largest(found: Sequence[Share]) -> tuple[Sequence[Share], Sequence[Share]]:
    """Return the shares to tell one by one, the largest of many, and the rest."""
    if len(found) <= MOST_LINES + 1:
        return found, ()
    by_size = sorted(found, key=lambda one: -abs(one.contribution))
    return by_size[:MOST_LINES], by_size[MOST_LINES:]


# Sentences ---------------------------------------------------------------------------------------


def gradient_sentences(subject: Subject, node: int) -> Iterator[Sentence]:
    """Say what makes a gradient what it is, and where to go on."""
    document, found = subject.document, subject.shares(node)
    name = document.name(node)
    if begun_with(subject, node):
        words = _("Going backward begins here: {name} changes exactly as much as itself.")
        yield Sentence(words.format(name=name))
    if len(found) == 1:
        yield from _only(subject, found[0])
    elif found:
        words = _(
            "{name} goes into {count} places. Each brings a gradient of its own, and they add up."
        )
        yield Sentence(words.format(name=name, count=len(found)))
    if not math.isfinite(subject.slope(node)):
        yield from _not_finite(subject, found)
    yield from _in_training(subject, node)


def wire_sentences(subject: Subject, target: int, port: int) -> Iterator[Sentence]:
    """Say what a wire does to a change, and what its ends are."""
    document, source = subject.document, subject.document.source(target, port)
    if not subject.computed(target) or source is None:
        words = _("{name} is not computed, so its slope is not known.")
        yield Sentence(words.format(name=document.name(target)), Question("value", target))
        return
    yield Sentence(told(subject, target, port, "effects"))
    if not subject.reached(target):
        words = _("It brings nothing back: no gradient reaches {name}.")
        yield Sentence(words.format(name=document.name(target)), Question("gradient", target))
        return
    words = _("The gradient of {name} is {number}.")
    weights = {
        factor
        for factor in document.inputs(target)
        if document.node(target).op == "mul" and factor not in (None, source)
    }
    for end in (target, *(one for one in weights if document.node(one).trainable), source):
        said = words.format(name=document.name(end), number=spelled(subject.slope(end)))
        yield Sentence(said, Question("gradient", end))


def told(
    subject: Subject,
    target: int,
    port: int,
    kind: str,
    value: Callable[[int], str] | None = None,
    local: str = "",
) -> str:
    """Say with the record of an op what a wire into it does: its `effects`, or why it is `flat`.

    Numbers are the subject's, unless `value` writes those of nodes and `local` is the slope.
    """
    document, record = subject.document, subject.document.node(target)
    op, place, sources = ops.get(record.op), record.ports.index(port), document.inputs(target)
    texts: tuple[str, ...] = () if op is None else getattr(op, kind)
    named = [("x", sources[place])]
    if op is not None and texts and not op.variadic:
        named = list(zip(op.ports, sources, strict=True))
    words = defaultdict(lambda: "?")  # for an input whose wire has just gone
    words["local"] = local or spelled(subject.local(target, port))
    for name, node in [*named, (OUTPUT, target)]:
        if node is not None:
            written = spelled(subject.value(node)) if value is None else value(node)
            words[name], words[f"{name}_value"] = subject.called(node), written
    if texts and op is not None:
        return texts[0 if op.variadic else place].format_map(words)
    if kind == "flat":
        return _("its slope along {x} is {local}").format_map(words)
    return _("A small change of {x} changes this {local} times as much.").format_map(words)


def _only(subject: Subject, share: Share) -> Iterator[Sentence]:
    if not share.is_product:
        words = _("It comes by way of {name}, from every sample its own part.")
        yield Sentence(words.format(name=share.name), Question("gradient", share.target))
        return
    yield Sentence(told(subject, share.target, share.port, "effects"))
    words = _("The {number} is the gradient of {name}.")
    said = words.format(number=spelled(share.gradient), name=share.name)
    yield Sentence(said, Question("gradient", share.target))


def _not_finite(subject: Subject, found: Sequence[Share]) -> Iterator[Sentence]:
    """Say where a gradient became what is no number."""
    for one in found:
        if math.isfinite(one.contribution):
            continue
        if not math.isfinite(one.gradient):
            words = _("It is so because the gradient of {name} is {number} already.")
            said = words.format(name=one.name, number=spelled(one.gradient))
            yield Sentence(said, Question("gradient", one.target))
        elif not math.isfinite(one.local):
            words = _("It is so because the slope of {name} is {number} here.")
            said = words.format(name=one.name, number=spelled(one.local))
            yield Sentence(said, Question("wire", one.target, one.port))
        else:
            yield Sentence(_("It is so because the number grew too large."))
        return


def _in_training(subject: Subject, node: int) -> Iterator[Sentence]:
    document, record, slope = subject.document, subject.document.node(node), subject.slope(node)
    if not record.trainable or not document.marked("loss"):
        return
    if slope and math.isfinite(slope):
        words = (
            _("A step of training makes {name} smaller, against its gradient.")
            if slope > 0
            else _("A step of training makes {name} larger, against its gradient.")
        )
        yield Sentence(words.format(name=document.name(node)))
    decay = decay_words(document, subject.result, node)
    if decay:
        yield Sentence(f"{decay}.")
