"""The page of an op, made from its record and from nothing else."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from functools import cache
from gettext import gettext as _

import numpy as np

import resources
from engine import ops
from engine.exchange.exporters.micrograd import Micrograd
from engine.exchange.exporters.torch import Torch
from engine.graph.document import Document
from engine.graph.edits import Edit
from engine.graph.fragment import Sketch, insert_fragment
from engine.graph.records import Point
from engine.ops import Op
from engine.ops.record import OUTPUT
from engine.ops.writing import latex, plain
from playground.panels.help.drawings import kinks
from playground.panels.help.page import (
    Given,
    Page,
    beside,
    block,
    capitalised,
    code,
    drawing,
    escaped,
    formula,
    joined,
    link,
    listed,
    number,
    section,
    table,
    to,
)
from playground.widgets.catalogue import op_item, visible

STEPS = 10.0  # of an attribute, from the least to the greatest that is offered
FEW, MANY = 2, 3  # inputs of an n-ary op: in formulas of others, and on its example


def op_page(op: Op) -> Page:
    """Make the page of an op."""
    item = op_item(op)
    return Page(
        key=f"op/{op.key}",
        title=op.title,
        section=ops.CATEGORIES[op.category],
        write=lambda given: write(op, given),
        names=item.words,
        about=item.about,
        summary=op.intuition,
        symbol=op.symbol,
    )


def write(op: Op, given: Given) -> str:
    """Write the page, its curve drawn with the attributes that are given."""
    chosen = numbers_of(op) | dict(given)
    family = ops.CATEGORIES[op.category]
    return joined(
        f"# {escaped(op.title)}",
        f"**{escaped(op.symbol)}** · {to('contents', family)} · {inputs_words(op)}",
        escaped(op.intuition),
        formula(rf"\mathrm{{{OUTPUT}}} = {latex(op.formula)}", f"{OUTPUT} = {plain(op.formula)}"),
        section(_("How its output moves with its inputs"), *derivatives(op)),
        section(_("Its curve"), curve_words(op, chosen), dials(op, chosen)),
        section(_("At special points"), specials(op), *bends(op)),
        section(_("Where it has no answer"), domain(op)),
        section(_("In simpler ones"), expansion(op)),
        section(_("In other programs"), *elsewhere(op)),
        section(_("Try it"), trials(op)),
        section(_("Read on"), onward(op)),
    )


def inputs_words(op: Op) -> str:
    """Say how many inputs it has."""
    if op.variadic:
        return escaped(_("any number of inputs"))
    words = {1: _("one input"), 2: _("two inputs")}
    return escaped(words.get(len(op.ports), _("{count} inputs").format(count=len(op.ports))))


def derivatives(op: Op) -> Iterator[str]:
    """Write each local derivative as a formula."""
    ports = ["x_k"] if op.variadic else op.ports
    for port, text in zip(ports, op.derivatives, strict=True):
        left = rf"\frac{{\partial\,\mathrm{{{OUTPUT}}}}}{{\partial {latex(port)}}}"
        yield formula(f"{left} = {latex(text)}", f"∂{OUTPUT}/∂{port} = {plain(text)}")
    yield escaped(_("Going backward, each input gets this times the gradient of the output."))


# The curve -------------------------------------------------------------------------------------


def numbers_of(op: Op) -> dict[str, float]:
    """Return what its drawing is made with: attributes, and what other inputs are held at."""
    attributes = {one.name: visible(one) for one in op.attributes}
    return attributes | dict.fromkeys(held(op), 2.0)


def held(op: Op) -> tuple[str, ...]:
    """Name the inputs that a curve holds still."""
    if op.variadic:
        return ("others",)
    return op.ports if len(op.ports) > 1 else ()


def curve_words(op: Op, chosen: Mapping[str, float]) -> str:
    """Show the curve and its derivative."""
    words = _("{title} in blue and its derivative in violet").format(title=op.title)
    return drawing(f"op/{op.key}", chosen, words)


def dials(op: Op, chosen: Mapping[str, float]) -> str:
    """Offer a little less and a little more of each number the drawing is made with."""
    known = {one.name: (one.title, one.low, one.high) for one in op.attributes}
    lines = []
    for name in numbers_of(op):
        title, low, high = known.get(name, (held_title(name), -4.0, 4.0))
        value, step = chosen[name], min((high - low) / STEPS, 0.5)
        less, more = max(low, value - step), min(high, value + step)
        ways = link(_("less"), f"set:{name}={less!r}"), link(_("more"), f"set:{name}={more!r}")
        said = f"{escaped(title)} = **{escaped(number(value))}**"
        lines.append(beside(said, *ways))
    return listed(*lines)


def held_title(name: str) -> str:
    """Say which inputs are held still."""
    return _("The other input") if name == "others" else _("{name}, held").format(name=name)


# Points, domain, other words -------------------------------------------------------------------


def specials(op: Op) -> str:
    """Tabulate what the record's own function says at its special points."""
    if not op.special:
        return ""
    count = 1 if op.variadic else len(op.ports)
    names = [*(["x"] if op.variadic else op.ports), *(one.name for one in op.attributes)]
    rows = []
    for point in op.special:
        wide = len(point) - len(op.attributes) if op.variadic else count
        inputs, attributes = point[:wide], point[wide:]
        out = op.scalar.forward(inputs, attributes)
        slopes = op.scalar.partials(inputs, out, attributes)
        told = [", ".join(map(number, inputs))] if op.variadic else [number(x) for x in inputs]
        told += [number(x) for x in attributes]
        slope_words = ", ".join(number(float(slope)) for slope in slopes)
        rows.append(tuple(map(escaped, (*told, number(out), slope_words))))
    return table((*map(escaped, names), OUTPUT, f"∂{OUTPUT}"), rows)


def bends(op: Op) -> Iterator[str]:
    """Say of an op of one input where its slope jumps, and what the rule says there."""
    for x, kink in kinks(op, op.defaults()).items():
        bent = _("At {x} there is a kink: the slope is {left} left of it and {right} right of it.")
        leap = _("At {x} the value jumps from {below} to {above}.")
        rule = _("The rule of this operation gives a slope of {here} there.")
        told = {field: number(value) for field, value in asdict(kink).items()} | {"x": number(x)}
        yield escaped(f"{leap if kink.leaps else bent} {rule}".format(**told))


def domain(op: Op) -> str:
    """List the reasons why there may be no finite answer."""
    if not op.domain:
        return ""
    reasons = listed(*(escaped(capitalised(one.reason) + ".") for one in op.domain))
    words = _("Such a number is not refused: the node shows it, and names the reason.")
    return joined(reasons, escaped(words) + " " + to("concept/broken", _("Why?")))


def expansion(op: Op) -> str:
    """Show what it is short for."""
    if op.reference is None:
        return ""
    words = to("action/edit.expand", _("Write it out on the canvas"))
    shown = f"{OUTPUT} = {latex(op.reference)}".replace(OUTPUT, rf"\mathrm{{{OUTPUT}}}", 1)
    return joined(formula(shown, f"{OUTPUT} = {plain(op.reference)}"), words)


def elsewhere(op: Op) -> Iterator[str]:
    """Show what micrograd and PyTorch call it, as programs that are exported have it."""
    ports = [f"x{k + 1}" for k in range(FEW)] if op.variadic else list(op.ports)
    numbers = op.defaults()
    yield f"PyTorch: {code(Torch(Document(), ()).applied(op, ports, numbers))}"
    script = Micrograd(Document(), ())
    yield f"micrograd: {code(script.applied(op, ports, numbers))}"
    for lines in script.helpers.values():
        yield escaped(_("micrograd has no such operation; as a function of one's own:"))
        yield block("\n".join(lines))


# Trying ----------------------------------------------------------------------------------------


def trials(op: Op) -> str:
    """Offer an example of its own, and the bundled ones that it is in."""
    told = [
        link(_("Put it on the canvas, wired to numbers"), f"try:{op.key}"),
        link(_("Open it as a graph of its own"), f"open:{op.key}"),
    ]
    users = [(name, title) for name, title, keys in examples() if op.key in keys]
    told += [link(_("Open “{title}”").format(title=t), f"example:{n}") for n, t in users[:MANY]]
    return listed(*told)


def onward(op: Op) -> str:
    """Lead to what one should know about it."""
    pages = [
        ("concept/local-derivative", _("Local derivatives")),
        ("concept/chain-rule", _("The chain rule")),
    ]
    if op.variadic and set(op.derivatives) == {"1"}:
        pages.append(("concept/accumulation", _("Why gradients add up")))
    if op.category == "activations":
        pages.append(("concept/saturation", _("Dead and saturated units")))
    return beside(*(to(*page) for page in pages))


@cache
def examples() -> tuple[tuple[str, str, frozenset[str]], ...]:
    """Return name, title and the ops of each bundled example, the smallest first."""
    found = []
    for entry in json.loads(resources.read_text("examples/index.json"))["examples"]:
        record = json.loads(resources.read_text(f"examples/{entry['name']}.mgp"))
        keys = [node["op"] for node in record["graph"]["nodes"]]
        found.append((len(keys), entry["name"], entry["title"], frozenset(keys)))
    return tuple((name, title, keys) for _size, name, title, keys in sorted(found))


def example_of(op: Op, document: Document, position: Point) -> Edit:
    """Return the edit that puts an op on a document with a number for each input.

    Where nothing says yet where gradients begin, they begin at it.
    """
    count = MANY if op.variadic else len(op.ports)
    drawn = op.sampler(np.random.default_rng(1), count)
    names = [f"x{k + 1}" for k in range(count)] if op.variadic else list(op.ports)
    sketch = Sketch()
    height = 96.0
    leaves = [
        sketch.value(name, round(value, 2), (0.0, height * row))
        for row, (name, value) in enumerate(zip(names, drawn, strict=False))
    ]
    free = not any(document.marked(mark) for mark in ("backward", "loss"))
    attributes = dict(zip((one.name for one in op.attributes), op.defaults(), strict=True))
    sketch.op(
        op.key,
        leaves,
        (220.0, height * (count - 1) / 2),
        label="out",
        attributes=attributes,
        marks=("backward",) if free else (),
    )
    title = _("Add an example of {title}").format(title=op.title)
    return insert_fragment(document, sketch.finish(), title, position)
