"""The shape of a network: what the arguments of its groups call for, and what they would.

A neuron, a layer and an MLP are all layers of neurons here, so that reshaping is written once.  A
wish to change one group of a network becomes a wish for the shape of all of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from gettext import gettext as _
from typing import Any

from engine.errors import Refusal
from engine.graph.arguments import gathered, spread
from engine.graph.document import Document
from engine.graph.parts import Parts
from engine.graph.records import Group
from engine.graph.schemes import MICROGRAD
from engine.graph.templates import TEMPLATES, check, complete

Origin = tuple[int | None, ...]
Neuron = tuple[int, int]  # its layer and its unit


@dataclass(frozen=True, slots=True)
class Shape:
    """Inputs, and the units and the activation of each layer."""

    inputs: int
    widths: tuple[int, ...]
    words: tuple[str, ...]

    def fan_in(self, layer: int) -> int:
        """Return how many inputs the neurons of a layer have."""
        return self.widths[layer - 1] if layer else self.inputs


@dataclass(frozen=True, slots=True)
class Target:
    """What a network is to become.

    Attributes:
        shape: the new one.
        origin: which layer each new one was, None if it is new.
        words: activations of neurons that differ from their layer's.
        init: the scheme of all new layers.
        schemes: groups that get another scheme.
        root: the arguments of the network.
    """

    shape: Shape
    origin: Origin
    words: Mapping[Neuron, str]
    root: Mapping[str, Any]
    init: str = MICROGRAD
    schemes: Mapping[int, str] = field(default_factory=dict)

    def word(self, layer: int, unit: int) -> str:
        """Return the activation of a neuron."""
        return self.words.get((layer, unit), self.shape.words[layer])


def shape_of(document: Document, parts: Parts) -> Shape | Refusal:
    """Return the present shape of a network, or why its arguments mean nothing."""
    root = document.groups[parts.root]
    given = complete(root)
    refusal = check(TEMPLATES[root.template or ""], given, given["inputs"])
    if refusal is not None:
        return refusal
    shape = _shape(root.template or "", given)
    return replace(
        shape,
        words=tuple(
            _own_word(document, parts.layer(layer), word) for layer, word in enumerate(shape.words)
        ),
    )


def word_of(document: Document, parts: Parts, shape: Shape, layer: int, unit: int) -> str:
    """Return the present activation of a neuron, which may differ from its layer's."""
    return _own_word(document, parts.neuron(layer, unit), shape.words[layer])


def _own_word(document: Document, group: int | None, word: str) -> str:
    if group is None:
        return word
    given = complete(document.groups[group])
    own = given.get("activation")
    known = check(TEMPLATES[document.groups[group].template or ""], given, given["inputs"]) is None
    return own if known and isinstance(own, str) else word


def _shape(template: str, given: Mapping[str, Any]) -> Shape:
    if template == "mlp":
        widths = tuple(given["layers"])
        return Shape(given["inputs"], widths, spread(given["activation"], len(widths)))
    return Shape(given["inputs"], (given.get("units", 1),), (given["activation"],))


def target_of(
    document: Document, parts: Parts, shape: Shape, group: int, changed: Mapping[str, Any]
) -> Target | Refusal:
    """Return what a network becomes when arguments of one of its groups change."""
    record, root = document.groups[group], document.groups[parts.root]
    asked = complete(record) | dict(changed)
    if "activation" not in changed and not isinstance(asked["activation"], str):
        asked["activation"] = shape.words[-2:][0]  # what layers that are added will have
    refusal = check(TEMPLATES[record.template or ""], asked, asked["inputs"])
    if refusal is not None:
        return refusal
    place = next((slot for slot, item in parts.groups.items() if item == group), ())
    layer, unit = _numbers(parts, place)
    if not _has(shape, layer, unit):
        return Refusal(
            _("{network} knows nothing of {label}").format(network=root.label, label=record.label),
            _("it has {layers} layers, and this lies beyond").format(layers=len(shape.widths)),
            _("Take it out of the group, or ungroup it"),
            (group,),
        )
    if "inputs" in changed and layer and asked["inputs"] != shape.fan_in(layer):
        return Refusal(
            _("The inputs of {label} are the layer before it").format(label=record.label),
            "",
            _("Change the units of that layer"),
            (group,),
        )
    if group == parts.root:
        new, origin = _whole(root, asked, changed, shape)
    else:
        new, origin = _within(shape, changed, layer, unit), tuple(range(len(shape.widths)))
    words = _words(document, parts, shape, new, origin) | _word(changed, layer, unit)
    new, words = _agreed(new, words)
    return Target(
        new,
        origin,
        words,
        _root_arguments(root, new, asked if group == parts.root else complete(root)),
        str(asked["init"] if group == parts.root else complete(root)["init"]),
        _schemes(document, parts, group, changed),
    )


def _numbers(parts: Parts, slot: Sequence[int | str]) -> tuple[int, int | None]:
    """Return the layer and unit of a group, None if it is no neuron."""
    layer = int(slot[0]) - parts.start[0] if slot else 0
    return layer, int(slot[1]) - parts.start[1] if len(slot) > 1 else None


def _has(shape: Shape, layer: int, unit: int | None) -> bool:
    return 0 <= layer < len(shape.widths) and 0 <= (unit or 0) < shape.widths[layer]


def _whole(
    root: Group, asked: Mapping[str, Any], changed: Mapping[str, Any], shape: Shape
) -> tuple[Shape, Origin]:
    """Return the shape that new arguments of the network itself mean."""
    new = _shape(root.template or "", asked)
    origin = _aligned(shape.widths, new.widths)
    if "activation" in changed:
        return new, origin
    words = tuple(
        new.words[number] if old is None else shape.words[old] for number, old in enumerate(origin)
    )
    return replace(new, words=words), origin


def _aligned(old: Sequence[int], new: Sequence[int]) -> Origin:
    """Tell which layer each new one was.  The last stays the last.

    If layers were only added or only removed, those are the same that have the same width, from
    the first on; else they are counted from the first.
    """
    (*few,), (*many,) = sorted((old[:-1], new[:-1]), key=len)
    places: list[int] = []
    for width in few:
        start = places[-1] + 1 if places else 0
        if width not in many[start:]:
            places = list(range(len(few)))
            break
        places.append(many.index(width, start))
    grown = len(new) >= len(old)
    pairs = dict(zip(places, range(len(few)), strict=True)) if grown else dict(enumerate(places))
    return (*(pairs.get(number) for number in range(len(new) - 1)), len(old) - 1)


def _within(shape: Shape, changed: Mapping[str, Any], layer: int, unit: int | None) -> Shape:
    """Return the shape when a layer or neuron in the network changes."""
    widths, words = list(shape.widths), list(shape.words)
    if unit is None:
        widths[layer] = changed.get("units", widths[layer])
        words[layer] = changed.get("activation", words[layer])
    inputs = changed.get("inputs", shape.inputs) if not layer else shape.inputs
    return Shape(inputs, tuple(widths), tuple(words))


def _words(
    document: Document, parts: Parts, shape: Shape, new: Shape, origin: Origin
) -> dict[Neuron, str]:
    """Return the activations of neurons that go on differing from their layers."""
    found: dict[Neuron, str] = {}
    for layer, old in enumerate(origin):
        if old is None or new.words[layer] != shape.words[old]:
            continue
        for unit in range(min(new.widths[layer], shape.widths[old])):
            word = word_of(document, parts, shape, old, unit)
            if word != new.words[layer]:
                found[layer, unit] = word
    return found


def _word(changed: Mapping[str, Any], layer: int, unit: int | None) -> dict[Neuron, str]:
    if unit is None or "activation" not in changed:
        return {}
    return {(layer, unit): changed["activation"]}


def _agreed(shape: Shape, words: Mapping[Neuron, str]) -> tuple[Shape, dict[Neuron, str]]:
    """Let a layer be called as all of its neurons are, and drop what differs from it no more."""
    called = list(shape.words)
    for layer, width in enumerate(shape.widths):
        first = words.get((layer, 0))
        if first and all(words.get((layer, unit)) == first for unit in range(width)):
            called[layer] = first
    apart = {neuron: word for neuron, word in words.items() if word != called[neuron[0]]}
    return replace(shape, words=tuple(called)), apart


def _root_arguments(root: Group, new: Shape, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments of the network once it has a shape; what it knows besides is kept."""
    found = dict(given)
    if root.template == "mlp":
        present = given["activation"]
        found |= {"layers": new.widths, "activation": gathered(new.words, present)}
    else:
        found |= {"units": new.widths[0], "activation": new.words[0]}
    if root.template == "neuron":
        del found["units"]
    return found | {"inputs": new.inputs}


def _schemes(
    document: Document, parts: Parts, group: int, changed: Mapping[str, Any]
) -> dict[int, str]:
    """Return the groups that a new scheme is for: the one, and the parts in it."""
    if "init" not in changed:
        return {}
    inside = document.subgroups(group)
    return {item: changed["init"] for item in {group, *parts.groups.values()} if item in inside}
