"""Templates of a person's own: what is saved comes back as it was, fed as it was fed."""

import random

import pytest

from engine.errors import Refusal, accept
from engine.exchange.program import insert_text
from engine.files.own import read_own, write_own
from engine.graph import properties, verbs
from engine.graph.document import Document
from engine.graph.models import Model, model_document
from engine.graph.notes import set_colour
from engine.graph.own import Input, OwnTemplate, insert_own, own_template
from engine.run.evaluate import evaluate


def formula(text: str) -> Document:
    document = Document()
    document.apply(accept(insert_text(document, text, (0.0, 0.0))))
    return document


def the(document: Document, label: str) -> int:
    found = document.find(label)
    assert isinstance(found, int)
    return found


def network() -> tuple[Document, int]:
    document = accept(model_document(Model((3, 1), "tanh")))
    return document, min(g for g, one in document.groups.items() if one.template == "mlp")


def saved(document: Document, ids, name: str = "mine") -> OwnTemplate:
    template = accept(own_template(document, ids, document.view.folded, "mine", name))
    again = read_own(write_own(template), "mine")
    assert again == template  # what a file holds is all there is
    return again


def test_a_saved_network_is_fed_by_features_and_computes_the_same() -> None:
    document, group = network()
    template = saved(document, {group})
    assert [one.kind for one in template.inputs] == ["feature", "feature"]
    other = Document()
    edit = accept(insert_own(other, template, (0.0, 0.0)))
    other.apply(edit)
    other.apply(edit.inverse())
    assert other.same_content(Document())
    other.apply(edit)
    features = sorted((n.index, n.id) for n in other.nodes() if n.role == "feature")
    for document_, ids in ((document, [1, 2]), (other, [node for _index, node in features])):
        for node, number in zip(ids, (0.3, -1.2), strict=True):
            document_.apply(properties.set_value(document_, node, number))
    [one], [two] = (d.marked("prediction") for d in (document, other))
    assert evaluate(other).number(two) == evaluate(document).number(one)
    labels = [other.groups[g].label for g in sorted(other.groups)]
    assert labels == [document.groups[g].label for g in sorted(document.subgroups(group))]


def test_a_second_copy_is_fed_by_the_features_there_are_and_leaves_the_prediction_alone() -> None:
    document, group = network()
    template, before = saved(document, {group}), document.marked("prediction")
    features = [node.id for node in document.nodes() if node.role == "feature"]
    document.apply(accept(insert_own(document, template, (900.0, 900.0))))
    assert [node.id for node in document.nodes() if node.role == "feature"] == features
    assert document.marked("prediction") == before


def test_a_saved_loss_finds_prediction_and_target() -> None:
    document, _group = network()
    loss = next(g for g, one in document.groups.items() if one.template == "hinge")
    template = saved(document, {loss})
    assert {one.kind for one in template.inputs} == {"prediction", "target"}
    old = document.marked("loss")
    document.apply(accept(verbs.delete(document, {loss})))
    document.apply(accept(insert_own(document, template, (0.0, 900.0))))
    [new] = document.marked("loss")
    assert new not in old
    assert None not in document.inputs(new)


def test_a_selection_becomes_a_group_of_the_name() -> None:
    document = formula("s = tanh(a*b + c)")
    ids = {node.id for node in document.nodes() if not node.is_leaf}
    template = saved(document, ids, "squashed")
    assert template.inputs == tuple(Input("", 0, label) for label in ("a", "b", "c"))
    assert template.outputs == 1
    [group] = template.piece.fragment.groups
    assert group.label == "squashed"
    leaf = the(document, "b")
    edit = accept(insert_own(document, template, (0.0, 500.0), (leaf, leaf)))
    document.apply(edit)
    assert len(document.consumers(leaf)) == 3
    [total] = [n for n in document.nodes() if n.op == "add" and n.id not in ids]
    assert len(total.ports) == 1  # a port of a sum without a wire is none


def test_colours_folds_and_numbers_are_kept() -> None:
    document, group = network()
    inner = min(g for g, one in document.groups.items() if one.group == group)
    document.apply(accept(set_colour(document, {inner}, "teal")))
    template = accept(own_template(document, {group}, {inner}, "k", "net"))
    other = read_own(write_own(template), "k")
    assert isinstance(other, OwnTemplate)
    assert len(other.piece.folded) == 1
    [tinted] = [one for one in other.piece.fragment.groups if one.colour]
    assert tinted.colour == "teal"
    assert tinted.id in other.piece.folded
    numbers = sorted(document.node(node).value for node in document.members(group))
    assert sorted(node.value for node in other.piece.fragment.nodes) == numbers


def test_what_lies_in_several_groups_or_has_no_name_is_refused() -> None:
    document, group = network()
    refused = own_template(document, set(document.members(group)), (), "k", "net")
    assert "same group" in str(refused)
    assert "Nothing is selected" in str(own_template(document, (), (), "k", "net"))
    assert "needs a name" in str(own_template(document, {group}, (), "k", "  "))
    assert "at most 60" in str(own_template(document, {group}, (), "k", "n" * 61))


GOOD = write_own(accept(own_template(*((d := network())[0], {d[1]}), (), "k", "net")))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"[]", "not a template"),
        (b'{"format": "micrograd-playground"}', "not a template"),
        (GOOD[: len(GOOD) // 2], "cut off"),
        (GOOD.replace(b'"name": "net"', b'"name": ""'), "needs a name"),
        (GOOD.replace(b'"name": "net"', b'"name": 3'), "a text"),
        (GOOD.replace(b'"kind": "feature"', b'"kind": "thing"'), "kind"),
        (GOOD.replace(b'-template", "inputs"', b'-template", "other"'), "must be a list"),
        (b'{"format": "micrograd-playground-template", "version": 99, "name": "x"}', "newer"),
        (
            b'{"format": "micrograd-playground-template", "name": "x", "inputs": [], "piece": {}}',
            "not a piece",
        ),
    ],
)
def test_a_file_that_is_no_template_is_refused_in_words(data: bytes, words: str) -> None:
    refusal = read_own(data, "k")
    assert isinstance(refusal, Refusal)
    assert words in str(refusal)


@pytest.mark.parametrize("seed", range(200))
def test_damaged_files_never_raise(seed: int) -> None:
    draw = random.Random(seed)
    data = bytearray(GOOD)
    for _damage in range(draw.randint(1, 6)):
        place = draw.randrange(len(data))
        if draw.random() < 0.5:
            data[place] = draw.randrange(32, 127)
        else:
            del data[place : place + draw.randint(1, 40)]
    found = read_own(bytes(data), "k")
    if isinstance(found, OwnTemplate):
        edit = insert_own(Document(), found, (0.0, 0.0))
        if not isinstance(edit, Refusal):
            Document().apply(edit)
