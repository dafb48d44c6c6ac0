"""What is copied and pasted is the same piece of graph again, under new ids."""

import pytest

from engine.errors import Refusal, accept
from engine.graph.clipboard import cut, excerpt, paste
from engine.graph.document import Document
from engine.graph.models import Model, insert_model
from engine.graph.projection import project
from engine.graph.properties import set_mark
from engine.graph.verbs import add_op, add_value, connect, delete, group
from engine.run.evaluate import evaluate


@pytest.fixture
def product() -> Document:
    """c = prod(a * b, a), with a=1, b=2, mul=3 and prod=4."""
    document = Document()
    for label, number in (("a", 2.0), ("b", -3.0)):
        document.apply(add_value(document, (0, number * 50), value=number, label=label))
    document.apply(accept(add_op(document, "mul", (200, 0))))
    document.apply(accept(add_op(document, "prod", (400, 0), label="c")))
    for source, target in ((1, 3), (2, 3), (3, 4), (1, 4)):
        document.apply(accept(connect(document, source, target)))
    return document


def taken(document: Document, *ids: int, folded=(), origin: str = "here"):
    return accept(excerpt(document, ids, project(document, folded), folded, origin))


def pasted(document: Document, *ids: int, keep: bool = False, at=(1000.0, 0.0)) -> list[int]:
    before = set(document.graph)
    piece = taken(document, *ids)
    document.apply(accept(paste(document, piece, at, origin="here" if keep else None)))
    return sorted(set(document.graph) - before)


def test_a_copy_has_the_wires_among_its_nodes_and_their_labels(product):
    a, b, mul, total = pasted(product, 1, 2, 3, 4)
    assert product.wired(mul) == {0: a, 1: b}
    assert sorted(product.wired(total).values()) == sorted([mul, a])
    assert product.node(total).label == "c"


def test_a_copy_computes_the_same_numbers(product):
    copies = pasted(product, 1, 2, 3, 4)
    result = evaluate(product)
    for one, other in zip((1, 2, 3, 4), copies, strict=True):
        assert result.value[result.row[one]] == result.value[result.row[other]]


def test_distances_within_a_copy_are_those_of_the_original(product):
    copies = pasted(product, 1, 3, 4)
    moved = {
        tuple(
            x - y for x, y in zip(product.node(b).position, product.node(a).position, strict=True)
        )
        for a, b in zip((1, 3, 4), copies, strict=True)
    }
    assert len(moved) == 1


def test_wires_from_outside_are_left_out_and_an_op_with_any_number_of_inputs_closes_up(product):
    [total] = pasted(product, 4)
    assert product.wired(total) == {}
    assert product.node(total).ports == ()


def test_wires_from_outside_are_kept_when_asked_for(product):
    mul, total = pasted(product, 3, 4, keep=True)
    assert product.wired(mul) == {0: 1, 1: 2}
    assert sorted(product.wired(total).values()) == sorted([mul, 1])


def test_another_document_is_not_wired_to_strangers(product):
    piece = taken(product, 3)
    product.apply(accept(paste(product, piece, (0, 0), origin="elsewhere")))
    assert product.wired(max(product.graph)) == {}


def test_a_source_that_is_gone_leaves_its_input_free(product):
    piece = taken(product, 3)
    product.apply(accept(cut(product, [2])))
    product.apply(accept(paste(product, piece, (0, 0), origin="here")))
    assert product.wired(max(product.graph)) == {0: 1}


def test_cutting_is_deleting_by_another_name(product):
    twin = product.copy()
    edit = accept(cut(product, [3]))
    product.apply(edit)
    twin.apply(accept(delete(twin, [3])))
    assert edit.title == "Cut"
    assert product.same_content(twin)


def test_the_loss_stays_one_node(product):
    product.apply(accept(set_mark(product, 4, "loss")))
    pasted(product, 4)
    assert product.marked("loss") == [4]


def test_the_mark_comes_back_with_what_was_cut(product):
    product.apply(accept(set_mark(product, 4, "loss")))
    piece = taken(product, 4)
    product.apply(accept(cut(product, [4])))
    product.apply(accept(paste(product, piece, (0, 0))))
    assert product.marked("loss") == [max(product.graph)]


def test_a_group_is_copied_with_everything_in_it():
    document = Document()
    document.apply(accept(insert_model(document, Model((3, 1)))))
    [network] = [g.id for g in document.groups.values() if g.template == "mlp"]
    nodes, groups = len(document.members(network)), len(document.subgroups(network))
    piece = taken(document, network)
    edit = accept(paste(document, piece, (0.0, 2000.0)))
    twin = document.copy()
    twin.apply(edit)
    assert len(twin) == len(document) + nodes
    assert len(twin.groups) == len(document.groups) + groups
    copies = [g for g in twin.groups.values() if g.template == "mlp" and g.id != network]
    assert len(twin.members(copies[0].id)) == nodes


def test_what_comes_from_several_groups_lies_as_it_was_seen(product):
    product.apply(accept(group(product, [1, 2], "inputs")))
    projection = project(product)
    piece = taken(product, 1, 3)
    a, mul = (projection.by_id[item].rect for item in (1, 3))
    first, second = (node.position for node in piece.fragment.nodes)
    assert (second[0] - first[0], second[1] - first[1]) == (mul[0] - a[0], mul[1] - a[1])
    assert piece.parent is None


def test_a_part_that_leaves_its_template_is_no_part_of_it_any_more():
    document = Document()
    document.apply(accept(insert_model(document, Model((2, 1)))))
    part = next(node for node in document.nodes() if node.slot and node.group)
    document.apply(
        accept(paste(document, taken(document, part.id), part.position, group=part.group))
    )
    assert document.node(max(document.graph)).slot is None


def test_what_is_too_deep_is_refused():
    document = Document()
    document.apply(add_value(document, (0, 0)))
    item = 1
    for _level in range(63):
        made = document.next_id
        document.apply(accept(group(document, [item])))
        item = made
    piece = taken(document, item)
    assert isinstance(paste(document, piece, (0, 0), group=2), Refusal)
    assert not isinstance(paste(document, piece, (0, 0)), Refusal)


def test_nothing_selected_is_nothing_to_copy(product):
    assert isinstance(excerpt(product, [], project(product)), Refusal)
    assert isinstance(cut(product, []), Refusal)
