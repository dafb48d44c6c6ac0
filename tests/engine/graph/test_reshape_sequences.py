"""Whatever is reshaped and whatever users do between: what survives is untouched, undo is exact.

The oracle is the same network built directly: its slots, its values, its gradients.
"""

from collections.abc import Callable
from random import Random

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from engine.errors import Refusal, accept
from engine.files import read, write
from engine.graph.document import Document
from engine.graph.edits import Edit
from engine.graph.networks import mlp_label
from engine.graph.properties import set_frozen, set_label, set_mark, set_values
from engine.graph.records import Slot
from engine.graph.reshape import reshape
from engine.graph.rules import can_connect
from engine.graph.verbs import add_op, add_value, connect, delete, disconnect, group, ungroup
from engine.run.evaluate import evaluate
from tests.engine.graph.networks import (
    built_directly,
    called_for,
    group_of,
    network,
    slots,
    words_of,
)

WORDS = ("tanh", "relu", "sigmoid", "linear")
Moves = Callable[[int], int | None]
pick = st.integers(0, 2**32).map(Random)


class Reshaping(RuleBasedStateMachine):
    """One MLP in the hands of somebody who reshapes it and works on its scalars by hand."""

    def __init__(self) -> None:
        super().__init__()
        self.document = network(3, 2, 1)
        self.start = self.document.copy()
        self.done: list[Edit] = []
        self.like_built = True  # nothing was wired by hand, so a network built directly is alike

    # Reshaping ---------------------------------------------------------------------------------

    @rule(draw=pick)
    def resize_a_layer(self, draw: Random) -> None:
        layers = list(self.given["layers"])
        layer = draw.randrange(len(layers))
        width = draw.randint(1, 4)
        layers[layer] = width
        whole = draw.random() < 0.5
        if whole or not self.has(layer):
            self.reshape((), {"layers": tuple(layers)}, lambda n: n)
        else:
            self.reshape((layer,), {"units": width}, lambda n: n)

    @precondition(lambda self: len(self.given["layers"]) < 5)
    @rule(width=st.integers(1, 4))
    def add_a_layer(self, width: int) -> None:
        layers = self.given["layers"]
        last = len(layers) - 1
        new = (*layers[:-1], width, layers[-1])
        self.reshape((), {"layers": new}, lambda n: n + (n == last))

    @precondition(lambda self: len(self.given["layers"]) > 1)
    @rule(draw=pick)
    def remove_a_layer(self, draw: Random) -> None:
        layers = self.given["layers"]
        gone = draw.randrange(len(layers) - 1)
        while gone + 2 < len(layers) and layers[gone + 1] == layers[gone]:
            gone += 1  # of layers that are alike, the last goes
        new = (*layers[:gone], *layers[gone + 1 :])
        self.reshape((), {"layers": new}, lambda n: None if n == gone else n - (n > gone))

    @rule(word=st.sampled_from(WORDS), draw=pick)
    def change_an_activation(self, word: str, draw: Random) -> None:
        layers = self.given["layers"]
        layer = draw.randrange(len(layers))
        unit = draw.randrange(layers[layer])
        choice = draw.choice(["all", "each", "layer", "neuron"])
        if choice == "layer" and self.has(layer):
            self.reshape((layer,), {"activation": word}, lambda n: n)
        elif choice == "neuron" and self.has(layer, unit):
            self.reshape((layer, unit), {"activation": word}, lambda n: n)
        elif choice == "each":
            words = tuple(draw.choice(WORDS) for _layer in layers)
            self.reshape((), {"activation": words}, lambda n: n)
        else:
            self.reshape((), {"activation": word}, lambda n: n)

    @rule(inputs=st.integers(1, 4))
    def change_the_inputs(self, inputs: int) -> None:
        self.reshape((), {"inputs": inputs}, lambda n: n)

    @rule(init=st.sampled_from(["micrograd", "lecture", "xavier", "he", "playground"]))
    def change_the_scheme(self, init: str) -> None:
        before = self.document.copy()
        self.reshape((), {"init": init}, lambda n: n)
        assert self.document.nodes() == before.nodes()

    # By hand -----------------------------------------------------------------------------------

    @precondition(lambda self: len(self.document))
    @rule(draw=pick)
    def delete_a_scalar(self, draw: Random) -> None:
        node = draw.choice(self.document.nodes())
        if self.do(delete(self.document, [node.id])) and node.role == "feature":
            self.like_built = False

    @rule(draw=pick)
    def delete_or_dissolve_a_group(self, draw: Random) -> None:
        inner = [g.id for g in self.document.groups.values() if g.slot]
        if inner:
            verb = draw.choice([ungroup, lambda document, item: delete(document, [item])])
            self.do(verb(self.document, draw.choice(inner)))

    @precondition(lambda self: len(self.document))
    @rule(draw=pick)
    def write_and_mark(self, draw: Random) -> None:
        node = draw.choice(self.document.nodes())
        self.do(set_label(self.document, node.id, f"my {node.id}"))
        if node.role == "parameter":
            self.do(set_frozen(self.document, [node.id], draw.random() < 0.5))
            self.do(set_values(self.document, [node.id], [draw.uniform(-2, 2)], "train"))
        self.do(set_mark(self.document, node.id, "prediction"))

    @precondition(lambda self: len(self.document))
    @rule(draw=pick)
    def add_a_node_that_reads(self, draw: Random) -> None:
        source = draw.choice(self.document.nodes())
        inside = draw.choice([source.group, None])
        self.do(add_op(self.document, "add", (0.0, 0.0), group=inside, label="mine"))
        self.do(connect(self.document, source.id, self.document.next_id - 1))

    @precondition(lambda self: len(self.document))
    @rule(draw=pick)
    def add_a_node_that_feeds(self, draw: Random) -> None:
        target = draw.choice(self.document.nodes())
        self.do(add_value(self.document, (0.0, 0.0), value=0.5, group=target.group, label="mine"))
        if self.do(connect(self.document, self.document.next_id - 1, target.id)):
            self.like_built = False

    @precondition(lambda self: len(self.document))
    @rule(draw=pick)
    def wire_by_hand(self, draw: Random) -> None:
        nodes = self.document.nodes()
        wires = self.document.edges()
        if not wires:
            return
        _source, target, port = draw.choice(wires)
        self.do(disconnect(self.document, target, port))
        self.like_built = False
        source = draw.choice(nodes).id
        if can_connect(self.document, source, target) is None:
            self.do(connect(self.document, source, target))

    @precondition(lambda self: len(self.document))
    @rule(draw=pick)
    def group_some(self, draw: Random) -> None:
        node = draw.choice(self.document.nodes())
        together = [n.id for n in self.document.nodes() if n.group == node.group]
        self.do(group(self.document, {node.id, draw.choice(together)}))

    # What must hold ----------------------------------------------------------------------------

    @property
    def given(self):
        return group_of(self.document).arguments

    def has(self, *slot: int) -> bool:
        return any(g.template and g.slot == slot for g in self.document.groups.values())

    def do(self, edit: Edit | Refusal) -> bool:
        if isinstance(edit, Refusal) or edit.is_empty:
            return False
        self.document.apply(edit)
        self.done.append(edit)
        return True

    def reshape(self, slot: tuple[int, ...], arguments: dict, moved: Moves) -> None:
        before = self.document.copy()
        self.like_built = self.like_built and knows_its_inputs(before)
        old = called_for(self.given["inputs"], words_of(before))
        done = reshape(before, group_of(before, *slot).id, arguments)
        if isinstance(done, Refusal):
            assert not self.like_built, str(done)
            return
        self.do(done.edit)
        new = called_for(self.given["inputs"], words_of(self.document))
        kept = {slot: (moved(slot[0]), *slot[1:]) for slot in old if moved(slot[0]) is not None}
        kept = {slot: after for slot, after in kept.items() if after in new}
        self.check_parts(before, old, new, kept)
        self.check_what_is_mine(before)
        self.check_counts(before, done.added, done.removed)
        self.check_undo(before, done.edit)
        self.check_arguments()
        assert accept(read(write(self.document))).same_content(self.document)
        if self.like_built:
            check_like_built(self.document)

    def check_parts(self, before: Document, old: set, new: set, kept: dict[Slot, Slot]) -> None:
        there, now = first_slots(before), first_slots(self.document)
        for slot, node in there.items():
            if slot not in old:
                continue
            if slot not in kept:
                assert node not in self.document, slot
                continue
            was, is_now = before.node(node), self.document.node(node)
            assert is_now.slot == kept[slot]
            assert (was.value, was.frozen, was.comment) == (
                is_now.value,
                is_now.frozen,
                is_now.comment,
            )
            if slot[3] in ("weight", "product", "bias"):
                assert (was.label, was.marks, was.op) == (is_now.label, is_now.marks, is_now.op)
        for slot in kept.keys() - there.keys():
            assert kept[slot] not in now, "what was deleted stays deleted"
        assert now.keys() & new <= {kept[s] for s in kept} | (new - set(kept.values()))

    def check_what_is_mine(self, before: Document) -> None:
        mine = [node for node in before.nodes() if node.slot is None]
        for node in mine:
            now = self.document.node(node.id)
            assert (now.op, now.value, now.label, now.role) == (
                node.op,
                node.value,
                node.label,
                node.role,
            )
            assert now.marks == node.marks
            for port, source in before.wired(node.id).items():
                if before.node(source).slot is None:
                    assert self.document.source(node.id, port) == source
            assert set(now.ports) <= set(node.ports)

    def check_counts(self, before: Document, added: int, removed: int) -> None:
        was, now = set(before.records()), set(self.document.records())
        assert (len(now - was), len(was - now)) == (added, removed)

    def check_undo(self, before: Document, edit: Edit) -> None:
        twin = self.document.copy()
        twin.apply(edit.inverse())
        assert twin.same_content(before)

    def check_arguments(self) -> None:
        given = self.given
        sizes = [given["inputs"], *given["layers"]]
        assert group_of(self.document).label == mlp_label(sizes[0], sizes[1:])
        for inner in self.document.groups.values():
            if inner.template == "layer" and inner.slot:
                [layer] = inner.slot
                told = (inner.arguments["inputs"], inner.arguments["units"])
                assert told == (sizes[layer], sizes[layer + 1])
            if inner.template == "neuron" and inner.slot:
                assert inner.arguments["inputs"] == sizes[inner.slot[0]]

    def teardown(self) -> None:
        for edit in reversed(self.done):
            self.document.apply(edit.inverse())
        assert self.document.same_content(self.start)


def knows_its_inputs(document: Document) -> bool:
    """Tell whether anything is left that an input comes to; nothing else says what feeds it."""
    there = slots(document)
    wired = {
        slot[2]
        for slot, node in there.items()
        if (slot[0], slot[3]) == (0, "product") and document.source(node.id, 1) is not None
    }
    return wired >= set(range(group_of(document).arguments["inputs"]))


def first_slots(document: Document) -> dict[Slot, int]:
    return {slot: node.id for slot, node in slots(document).items()}


def check_like_built(document: Document) -> None:
    """Compare every value and gradient with those of the same network built directly."""
    if any(len(set(words)) > 1 for words in words_of(document)):
        return  # a template gives all neurons of a layer one activation
    there, fresh = slots(document), built_directly(document)
    twins = slots(fresh)
    assert twins.keys() == there.keys()
    numbers = {node.id: there[slot].value for slot, node in twins.items() if node.is_leaf}
    fresh.apply(set_values(fresh, list(numbers), list(numbers.values()), "copy"))
    by_index = {n.index: n.value for n in document.nodes() if n.role == "feature"}
    feeds = [n for n in fresh.nodes() if n.role == "feature"]
    fresh.apply(
        set_values(
            fresh, [n.id for n in feeds], [by_index.get(n.index, 1.0) for n in feeds], "copy"
        )
    )
    last = max(slot[0] for slot in there) if there else 0
    ends = [s for s in there if s[0] == last and s[1] == 0 and s[3] in ("activation", "sum")]
    for end in sorted(ends, key=str)[:1]:
        ours, theirs = document.copy(), fresh.copy()
        ours.apply(accept(set_mark(ours, there[end].id, "backward")))
        theirs.apply(accept(set_mark(theirs, twins[end].id, "backward")))
        found, expected = evaluate(ours), evaluate(theirs)
        for slot, node in there.items():
            for ask in ("number", "slope"):
                np.testing.assert_allclose(
                    getattr(found, ask)(node.id),
                    getattr(expected, ask)(twins[slot].id),
                    rtol=1e-12,
                    atol=1e-12,
                    err_msg=f"{ask} of {slot}",
                )


TestReshaping = Reshaping.TestCase
TestReshaping.settings = settings(
    max_examples=settings().max_examples, stateful_step_count=20, deadline=None
)
