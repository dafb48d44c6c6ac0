"""What is copied and pasted is the same piece of graph again, under new ids."""

import pytest

from engine.errors import Refusal, accept
from engine.graph import notes
from engine.graph.bends import add_bend
from engine.graph.clipboard import cut, excerpt, paste
from engine.graph.document import Document
from engine.graph.models import Model, insert_model
from engine.graph.projection import project
from engine.graph.properties import set_mark
from engine.graph.spans import set_span
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


def noted(document: Document) -> tuple[int, int, int]:
    """Put a frame around a and b, a note into it and one far away; return frame, inner, outer."""
    frame = document.next_id
    document.apply(accept(notes.frame(document, [1, 2], "Factors")))
    x, y = document.notes[frame].position
    document.apply(notes.resize(document, frame, (x - 300, y), (480.0, 400.0)))
    document.apply(notes.add_note(document, (x - 290, y + 50), "inside"))
    document.apply(notes.add_note(document, (3000.0, 0.0), "# Far"))
    return frame, frame + 1, frame + 2


def test_a_frame_takes_along_what_it_would_take_if_it_were_moved(product):
    frame, inner, outer = noted(product)
    assert notes.content(product, frame) == [1, 2, inner]
    before = product.next_id
    product.apply(accept(paste(product, taken(product, frame), (0.0, 5000.0))))
    [copy] = [note.id for note in product.notes.values() if note.is_frame and note.id >= before]
    held = notes.content(product, copy)
    originals = [1, 2, inner]
    assert len(held) == len(originals)
    corner, there = product.notes[frame].position, product.notes[copy].position
    for one, other in zip(originals, held, strict=True):
        first, second = product.record(one), product.record(other)
        assert type(first) is type(second)
        assert second.position[0] - there[0] == first.position[0] - corner[0]
        assert second.position[1] - there[1] == first.position[1] - corner[1]
    assert outer in product.notes


def test_cutting_a_frame_takes_what_was_copied_with_it(product):
    frame, inner, outer = noted(product)
    start = product.copy()
    piece = taken(product, frame)
    edit = accept(cut(product, [frame]))
    product.apply(edit)
    assert set(product.notes) == {outer}
    assert set(product.graph) == {3, 4}
    product.apply(accept(paste(product, piece, start.notes[frame].position)))
    assert len(product.notes) == 3
    assert inner not in product.notes


def test_a_note_alone_can_be_copied(product):
    *_rest, outer = noted(product)
    piece = taken(product, outer)
    product.apply(accept(paste(product, piece, (-40.0, 7.0))))
    made = product.notes[max(product.notes)]
    assert (made.text, made.position, made.size) == ("# Far", (-40.0, 7.0), (240.0, 120.0))


def test_a_group_is_copied_with_the_notes_in_it(product):
    frame, inner, outer = noted(product)
    product.apply(accept(group(product, [1, 2, frame, inner], "Inputs")))
    [around] = product.groups
    product.apply(accept(paste(product, taken(product, around), (0.0, 5000.0))))
    other = max(product.groups)
    texts = [note.text for note in product.notes.values() if note.group == other]
    assert sorted(texts) == ["Factors", "inside"]
    assert product.notes[outer].group is None


def bent(document: Document) -> None:
    """Bend the wires from a and from the product into the total."""
    for wire, source in (((4, 0), 3), ((4, 1), 1)):
        assert document.source(*wire) == source
        document.apply(accept(add_bend(document, wire, 0, (300.0, 40.0))))
        document.apply(accept(add_bend(document, wire, 1, (350.0, 90.0))))


def test_bends_of_wires_among_the_copied_come_along(product):
    bent(product)
    mul, total = pasted(product, 3, 4, at=(1200.0, 0.0))
    assert product.source(total, 0) == mul
    off = product.node(total).position[0] - 400, product.node(total).position[1]
    expected = ((300 + off[0], 40 + off[1]), (350 + off[0], 90 + off[1]))
    assert {wire: points for wire, points in product.bends.items() if wire[0] == total} == {
        (total, 0): expected
    }


def test_bends_of_wires_from_outside_come_along_if_the_wires_do(product):
    bent(product)
    mul, total = pasted(product, 3, 4, keep=True)
    assert product.source(total, 1) == 1
    assert set(product.bends) == {(4, 0), (4, 1), (total, 0), (total, 1)}
    start = product.copy()
    edit = accept(cut(product, [mul, total]))
    product.apply(edit)
    assert set(product.bends) == {(4, 0), (4, 1)}
    product.apply(edit.inverse())
    assert product.same_content(start)


def test_bends_from_several_groups_lie_as_they_were_seen(product):
    bent(product)
    product.apply(accept(group(product, [4], "total")))
    before = project(product)
    wire = next(w for w in before.wires if (w.target_node, w.port) == (4, 0))
    corner = before.by_id[4].rect[:2]
    _mul, total = pasted(product, 3, 4)
    after = project(product)
    copy = next(w for w in after.wires if (w.target_node, w.port) == (total, 0))
    there = after.by_id[total].rect[:2]
    for one, other in zip(wire.bends, copy.bends, strict=True):
        assert other[0] - there[0] == pytest.approx(one[0] - corner[0])
        assert other[1] - there[1] == pytest.approx(one[1] - corner[1])


def test_a_slider_is_copied_with_its_range(product):
    product.apply(accept(set_span(product, [1], (-2.0, 2.0))))
    [copy] = pasted(product, 1)
    assert product.node(copy).span == (-2.0, 2.0)
