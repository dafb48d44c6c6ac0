"""Verbs for several groups: what they come to is what each would come to by itself."""

import pytest

from engine.errors import Refusal, accept
from engine.graph.document import Document
from engine.graph.groups import freeze_groups, reset_groups
from engine.graph.initialise import reset_weights
from engine.graph.models import Model, model_document
from engine.graph.properties import set_value
from engine.graph.verbs import add_value, after, group


@pytest.fixture
def document() -> Document:
    made = accept(model_document(Model((3, 2, 1))))
    for node in made.nodes():
        if node.trainable:
            made.apply(accept(set_value(made, node.id, 9.0 + node.id)))
    return made


def layers(document: Document) -> list[int]:
    return sorted(one.id for one in document.groups.values() if one.template == "layer")


def plain_group(document: Document) -> int:
    document.apply(add_value(document, (0.0, 0.0)))
    document.apply(accept(group(document, [max(document.graph)])))
    return max(document.groups)


def test_groups_are_reset_as_each_would_be_alone(document):
    first, second, _output = layers(document)
    apart = after(after(document, reset_weights(document, first)), reset_weights(document, second))
    together = after(document, reset_groups(document, [second, first]))
    assert together.same_content(apart)
    assert not together.same_content(document)


def test_a_group_within_another_is_reset_once(document):
    network = next(one.id for one in document.groups.values() if one.template == "mlp")
    whole = after(document, reset_groups(document, [network]))
    nested = reset_groups(document, [network, *layers(document)])
    assert after(document, nested).same_content(whole)


def test_groups_are_frozen_and_thawed_as_one_edit(document):
    first, second, output = layers(document)
    frozen = after(document, freeze_groups(document, [first, second], True))
    for layer, stays in ((first, True), (second, True), (output, False)):
        nodes = [frozen.node(node) for node in frozen.members(layer)]
        assert all(node.frozen is stays for node in nodes if node.role == "parameter")
    assert after(frozen, freeze_groups(frozen, [first, second], False)).same_content(document)


def test_frozen_weights_stay_when_their_group_is_reset(document):
    first, second, _output = layers(document)
    frozen = after(document, freeze_groups(document, [first], True))
    reset = after(frozen, reset_groups(frozen, [first, second]))
    kept = frozen.members(first)
    assert [reset.node(node) for node in kept] == [frozen.node(node) for node in kept]
    assert any(reset.node(node) != frozen.node(node) for node in frozen.members(second))


def test_a_group_without_parameters_is_passed_over_unless_it_is_alone(document):
    own = plain_group(document)
    first = layers(document)[0]
    alone = accept(freeze_groups(document, [first], True))
    assert accept(freeze_groups(document, [first, own], True)).changes == alone.changes
    for verb in (lambda g: freeze_groups(document, g, True), lambda g: reset_groups(document, g)):
        assert isinstance(verb([own]), Refusal)
        assert isinstance(verb([]), Refusal)
