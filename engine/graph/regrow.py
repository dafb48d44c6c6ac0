"""Growing and pruning a network: from the shape it has to the one it is to have, on a draft.

What both shapes call for is touched only where it must be: a sum gets or loses inputs, an
activation becomes another, a product is fed by the layer that now comes before it.  What only the
new one calls for is sketched as a template would sketch it; what only the old one called for is
named in `gone`.  What was deleted before is in neither, and stays deleted.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from random import Random
from typing import Any

from engine import ops
from engine.graph.arguments import LINEAR
from engine.graph.draft import Draft
from engine.graph.fragment import Sketch
from engine.graph.initialise import BIAS, WEIGHT
from engine.graph.networks import (
    ACTIVATED,
    NEURON_ROW,
    PRODUCT,
    SUM,
    Inputs,
    Spot,
    activated,
    layer_label,
    layer_place,
    mlp_label,
    neuron,
    neuron_place,
    part_place,
    product,
    sum_label,
    weight,
)
from engine.graph.parts import Parts
from engine.graph.records import Node, Point, Slot
from engine.graph.schemes import MICROGRAD, SCHEMES
from engine.graph.shape import Shape, Target, word_of

ASKED = 5  # neurons that are asked what feeds an input, in case some were rewired


class Regrowth:
    """One network on its way from one shape to another.

    Attributes:
        gone: the nodes that the new shape does not call for; they are still in the draft.
        closed: the groups that it does not call for.
    """

    def __init__(self, draft: Draft, parts: Parts, old: Shape, target: Target, first: int) -> None:
        self.draft, self.parts, self.old, self.target = draft, parts, old, target
        self.sketch = Sketch(first)
        self.gone: set[int] = set()
        self.closed: set[int] = set()

    def grow(self, feeds: Inputs, stream: Random) -> None:
        """Do all of it, layer by layer; `feeds` are the sources of the network's inputs."""
        self._prune()
        signals = feeds
        for number in range(len(self.target.shape.widths)):
            signals = self._layer(number, signals, stream)
        self.draft.add(self.sketch.finish())
        self._leave_out()
        self._tell()

    def feeds(self) -> list[int | None]:
        """Return what feeds each input now, None where nothing does."""
        return [self._heard(0, k) for k in range(self.old.inputs)]

    def is_drawn(self, source: int, target: int, port: int) -> bool:
        """Whether a wire of the document was drawn by hand, and not by the template."""
        match self._slot(target):
            case (int(layer), unit, int(k), "product"):
                if port == 0:
                    return self._slot(source) != (layer, unit, k, WEIGHT)
                return source != self._fed(layer, k)
            case (layer, unit, _k, "sum"):
                begin = self._slot(source)
                return begin[:2] != (layer, unit) or begin[3] not in (PRODUCT, BIAS)
            case (layer, unit, _k, "activation"):
                return self._slot(source) != (layer, unit, 0, SUM)
        return True

    # Layers ------------------------------------------------------------------------------------

    def _layer(self, number: int, inputs: Inputs, stream: Random) -> list[int | None]:
        origin, width = self.target.origin[number], self.target.shape.widths[number]
        group = self._layer_group(number, len(inputs))
        found: list[int | None] = []
        if origin is not None:
            survivors = range(min(width, self.old.widths[origin]))
            self._feed_anew(origin, survivors, inputs)
            found += [self._keep(origin, number, unit, inputs, stream) for unit in survivors]
            pairs = enumerate(inputs)
            inputs = [self._heard(origin, k) if feed is None else feed for k, feed in pairs]
        new = range(len(found), width)
        return [*found, *(self._new(number, unit, inputs, stream, group) for unit in new)]

    def _layer_group(self, number: int, inputs: int) -> int:
        """Return the group of a layer, made if the layer is new."""
        origin, shape = self.target.origin[number], self.target.shape
        if origin is not None:
            own = self.parts.layer(origin)
            return self.parts.root if own is None else own
        return self.sketch.group(
            layer_label(number, len(shape.widths)),
            layer_place(number),
            group=self.parts.root,
            template="layer",
            arguments={
                "inputs": inputs,
                "units": shape.widths[number],
                "activation": shape.words[number],
                "init": self.target.init,
            },
            slot=(number,),
        )

    def _new(self, number: int, unit: int, inputs: Inputs, stream: Random, group: int) -> int:
        """Sketch a neuron that only the new shape calls for."""
        width, origin = self.target.shape.widths[number], self.target.origin[number]
        layer, own = self.parts.slot(number, unit)[:2]
        return neuron(
            self.sketch,
            inputs,
            self.target.word(number, unit),
            stream,
            init=self._scheme(None if origin is None else group),
            units=width,
            position=self._place(number, unit, group),
            group=group,
            layer=int(layer),
            unit=int(own),
        )

    def _place(self, number: int, unit: int, group: int) -> Point:
        """Return where a new neuron stands: no lower than right below those that stay."""
        width, origin = self.target.shape.widths[number], self.target.origin[number]
        x, y = neuron_place(unit, width)
        survivors = 0 if origin is None else min(width, self.old.widths[origin])
        stay = (self.parts.neuron(origin or 0, above) for above in range(survivors))
        records = [self.draft.group(above) for above in stay if above is not None]
        feet = [record.position[1] for record in records if record.group == group]
        foot = max(feet) + (unit - survivors + 1) * NEURON_ROW if feet else y
        return (x, min(y, foot))

    def _scheme(self, *groups: int | None) -> str:
        """Return what is drawn by in the first of some groups that there is."""
        for group in groups:
            if group is not None:
                if group in self.target.schemes:
                    return self.target.schemes[group]
                named = self.draft.group(group).arguments.get("init", MICROGRAD)
                return named if named in SCHEMES else MICROGRAD
        return self.target.init

    # Neurons that stay -------------------------------------------------------------------------

    def _keep(
        self, origin: int, number: int, unit: int, inputs: Inputs, stream: Random
    ) -> int | None:
        """Change what has to change in a neuron; return the node it answers with then."""
        total = self.parts.node(origin, unit, 0, SUM)
        end = self.parts.node(origin, unit, 0, ACTIVATED)
        before = word_of(self.draft.document, self.parts, self.old, origin, unit)
        after = self.target.word(number, unit)
        if end is not None and LINEAR != after != before:
            self._change_op(end, after)
        if total is None:
            if end is not None and before != after == LINEAR:
                self.gone.add(end)
                return None
            return end
        spot = self.spot(origin, number, unit, total)
        self._add_inputs(origin, number, unit, inputs, stream, spot, total)
        if end is not None:
            return self._make_linear(total, end) if before != after == LINEAR else end
        if before == LINEAR != after:
            return self._activate(total, after, spot)
        return total if after == LINEAR else None

    def spot(self, origin: int, number: int, unit: int, total: int) -> Spot:
        """Return where new parts of a neuron go: beside its sum, wherever that lies now."""
        record = self.draft.node(total)
        group = self.parts.root if record.group is None else record.group
        inputs, off = self.target.shape.fan_in(number), (0.0, 0.0)
        if group != self.parts.neuron(origin, unit):
            x, y = part_place(SUM, 0, self.old.fan_in(origin))
            off = (record.position[0] - x, record.position[1] - y)
        return Spot(group, self.parts.slot(number, unit), inputs, off)

    def _feed_anew(self, origin: int, survivors: range, inputs: Inputs) -> None:
        """Feed products from what comes before them now, where that is something else.

        A product that was wired by hand stays as it is.
        """
        for k in range(min(self.old.fan_in(origin), len(inputs))):
            fed = self._fed(origin, k)
            if fed == inputs[k]:
                continue
            for unit in survivors:
                target = self.parts.node(origin, unit, k, PRODUCT)
                if target is not None and self.draft.document.source(target, 1) == fed:
                    self.draft.wire(target, 1, inputs[k])

    def _add_inputs(
        self,
        origin: int,
        number: int,
        unit: int,
        inputs: Inputs,
        stream: Random,
        spot: Spot,
        total: int,
    ) -> None:
        op = ops.get(self.draft.node(total).op)
        if op is None or not op.variadic:
            return  # someone made another thing of the sum
        width = self.target.shape.widths[number]
        scheme = SCHEMES[self._scheme(self.parts.neuron(origin, unit), self.parts.layer(origin))]
        bias = self.parts.node(origin, unit, 0, BIAS)
        for k in range(self.old.fan_in(origin), len(inputs)):
            drawn = scheme.weight(stream, len(inputs), width)
            factors = (weight(self.sketch, spot, k, drawn), inputs[k])
            self.draft.insert(total, product(self.sketch, spot, k, factors), bias)

    def _change_op(self, node: int, activation: str) -> None:
        known = {a.name: a.default for a in ops.OPS[activation].attributes}
        self.draft.change(node, op=activation, attributes=known)

    def _activate(self, total: int, activation: str, spot: Spot) -> int:
        """Put an activation behind a sum; what the sum fed and was marked as is the new one."""
        record = self.draft.node(total)
        made = activated(
            self.sketch, spot, activation, total, label=record.label, marks=record.marks
        )
        for wire in self.draft.consumers(total):
            self.draft.wire(*wire, made)
        self.draft.change(total, label=sum_label(activation), marks=())
        return made

    def _make_linear(self, total: int, end: int) -> int:
        """Take an activation away; the sum feeds what it fed and is marked as it was."""
        record, last = self.draft.node(total), self.draft.node(end)
        for wire in self.draft.consumers(end):
            self.draft.wire(*wire, total)
        plain = "" if record.label == sum_label(last.op) else record.label
        notes = [words for words in (record.comment, last.comment) if words]
        self.draft.change(end, label="", marks=(), comment="")
        self.draft.change(
            total,
            label=last.label or plain,
            marks=tuple(sorted({*record.marks, *last.marks})),
            comment="\n".join(notes),
        )
        self.gone.add(end)
        return total

    # What goes ---------------------------------------------------------------------------------

    def _prune(self) -> None:
        """Find the parts that the new shape does not call for."""
        for layer, width in enumerate(self.old.widths):
            number = next((n for n, o in enumerate(self.target.origin) if o == layer), None)
            units = 0 if number is None else self.target.shape.widths[number]
            inputs = 0 if number is None else self.target.shape.fan_in(number)
            before = self.old.fan_in(layer)
            if number is None:
                self._close(self.parts.layer(layer))
            for unit in range(width):
                stays = unit < units
                columns = range(inputs if stays else 0, before)
                self._lose(layer, unit, columns, (WEIGHT, PRODUCT))
                if not stays:
                    self._lose(layer, unit, (0,), (BIAS, SUM, ACTIVATED))
                    self._close(self.parts.neuron(layer, unit))

    def _lose(self, layer: int, unit: int, columns: Iterable[int], names: Sequence[str]) -> None:
        found = (self.parts.node(layer, unit, k, part) for k in columns for part in names)
        self.gone.update(node for node in found if node is not None)

    def _close(self, group: int | None) -> None:
        if group is not None:
            self.closed.add(group)

    def _leave_out(self) -> None:
        """Take back products for which there is no source, unless others wait for it, too."""
        for node in self.draft.created():
            match node:
                case Node(slot=(int(layer), _unit, int(k), "product")):
                    wired = self.draft.wired(node.id)
                    origin = self.target.origin[layer - self.parts.start[0]]
                    if 1 not in wired and not self._waits(origin, k):
                        self.draft.drop([node.id, wired[0]])

    def _waits(self, origin: int | None, k: int) -> bool:
        if origin is None:
            return False
        units = range(self.old.widths[origin])
        return any(self.parts.node(origin, unit, k, PRODUCT) is not None for unit in units)

    # What it is called -------------------------------------------------------------------------

    def _tell(self) -> None:
        """Bring slots, names, arguments and places in line with the new shape."""
        shape = self.target.shape
        for number, origin in enumerate(self.target.origin):
            if origin is None:
                continue
            layer = self.parts.layer(origin)
            if layer is not None and layer != self.parts.root:
                self._tell_layer(layer, origin, number)
            for unit in range(min(shape.widths[number], self.old.widths[origin])):
                self._tell_neuron(origin, number, unit)
        root = self.draft.group(self.parts.root)
        label = root.label
        if label == mlp_label(self.old.inputs, self.old.widths):
            label = mlp_label(shape.inputs, shape.widths)
        self._say(self.parts.root, self.target.root, label=label)
        for group, scheme in self.target.schemes.items():
            self._say(group, {"init": scheme})

    def _tell_layer(self, group: int, origin: int, number: int) -> None:
        shape = self.target.shape
        label = self.draft.group(group).label
        if label == layer_label(origin, len(self.old.widths)):
            label = layer_label(number, len(shape.widths))
        told = {
            "inputs": shape.fan_in(number),
            "units": shape.widths[number],
            "activation": shape.words[number],
        }
        self._say(group, told, label=label, slot=(number,))

    def _tell_neuron(self, origin: int, number: int, unit: int) -> None:
        inputs, slot = self.target.shape.fan_in(number), self.parts.slot(number, unit)
        group = self.parts.neuron(origin, unit)
        if group is not None:
            told = {"inputs": inputs, "activation": self.target.word(number, unit)}
            if group == self.parts.root:
                self._say(group, told)
            else:
                self._say(group, told, slot=slot)
        if origin == number:
            return
        columns = range(min(inputs, self.old.fan_in(origin)))
        places = [(0, part) for part in (BIAS, SUM, ACTIVATED)]
        places += [(k, part) for k in columns for part in (WEIGHT, PRODUCT)]
        for k, part in places:
            node = self.parts.node(origin, unit, k, part)
            if node is not None and node not in self.gone:
                self.draft.change(node, slot=(*slot, k, part))

    def _say(self, group: int, told: Mapping[str, Any], **changed: Any) -> None:
        """Change arguments of a group; what else it says stays."""
        record = self.draft.group(group)
        new = dict(record.arguments) | dict(told)
        self.draft.change(group, arguments=new, **changed)

    # Slots -------------------------------------------------------------------------------------

    def _slot(self, node: int) -> Slot:
        """Return what part of the network a node was, layer and unit counted in the network."""
        match self.draft.document.node(node).slot:
            case (int(layer), int(unit), *rest) as slot if self.parts.nodes.get(slot) == node:
                return (layer - self.parts.start[0], unit - self.parts.start[1], *rest)
        return ("",) * 4

    def _fed(self, layer: int, k: int) -> int | None:
        """Return what a template fed input `k` of a layer from."""
        if not layer:
            return self._heard(0, k)
        word = word_of(self.draft.document, self.parts, self.old, layer - 1, k)
        return self.parts.node(layer - 1, k, 0, SUM if word == LINEAR else ACTIVATED)

    def _heard(self, layer: int, k: int) -> int | None:
        """Return what feeds input `k` of most neurons of a layer, as far as it stays."""
        document = self.draft.document
        units = range(self.old.widths[layer])
        products = (self.parts.node(layer, unit, k, PRODUCT) for unit in units)
        there = (product for product in products if product is not None)
        sources = Counter(document.source(product, 1) for product in islice(there, ASKED))
        known = (source for source, _times in sources.most_common() if source is not None)
        return next((source for source in known if source not in self.gone), None)
