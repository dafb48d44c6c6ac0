"""Reshaping a network: what comes, what goes, what stays, what is listed as lost."""

from dataclasses import replace

import numpy as np
import pytest

from engine.errors import Refusal, accept
from engine.graph.bends import add_bend
from engine.graph.boundary import boundary
from engine.graph.clipboard import excerpt
from engine.graph.document import Document
from engine.graph.fragment import insert_fragment
from engine.graph.geometry import group_origin, item_size
from engine.graph.initialise import initial_parameters
from engine.graph.models import Model, model_document
from engine.graph.networks import NEURON_ROW
from engine.graph.notes import add_note
from engine.graph.projection import project
from engine.graph.properties import set_comment, set_label, set_mark
from engine.graph.reshape import reshape
from engine.graph.verbs import add_op, connect, delete, group, move, resource
from engine.graph.wiring import extract
from engine.run.evaluate import evaluate
from tests.engine.graph.networks import group_of, network, node_at, reshaped, slots


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ((4, 4, 1), (5, 4, 1)),
        ((4, 4, 1), (4, 4, 4, 1)),
        ((4, 4, 1), (1,)),
        ((4, 4, 1), (6, 2, 7, 3, 2)),
        ((1,), (3, 1)),
        ((2, 3, 2), (3, 3, 1)),
    ],
)
@pytest.mark.parametrize("init", ["micrograd", "lecture", "he"])
def test_a_reshaped_network_drawn_anew_is_the_one_built_directly(
    before: tuple[int, ...], after: tuple[int, ...], init: str
) -> None:
    document, fresh = network(*before, init=init), network(*after, init=init)
    reshaped(document, layers=after)
    document.apply(initial_parameters(document, 7))
    fresh.apply(initial_parameters(fresh, 7))
    ours, theirs = slots(document), slots(fresh)
    assert ours.keys() == theirs.keys()
    for slot, node in ours.items():
        twin = theirs[slot]
        assert (node.op, node.label, node.value) == (twin.op, twin.label, twin.value)
    for item in fresh.groups.values():
        twin = group_of(document, *(item.slot or ()))
        assert (item.label, dict(item.arguments)) == (twin.label, dict(twin.arguments))
    assert ends(document) == ends(fresh)


def ends(document: Document) -> np.ndarray:
    """Return what the network answers, and the gradient of its first weight, bit by bit."""
    last = max(slot[0] for slot in slots(document))
    out = node_at(document, last, 0, 0, "sum")
    document.apply(accept(set_mark(document, out.id, "backward")))
    result = evaluate(document)
    return np.array(
        [result.number(out.id), result.slope(node_at(document, 0, 0, 0, "weight").id)]
    ).tobytes()


def test_weights_keep_numbers_ids_and_places_where_they_can() -> None:
    document = network(8, 8, 1, inputs=7)
    before = document.copy()
    done = reshaped(document, layers=(8, 9, 1))
    assert (done.added, done.removed, done.lost) == (2 * 8 + 3 + 2, 0, ())
    moved = set()
    for node in before.nodes():
        now = document.node(node.id)
        assert now.value == node.value
        if now.position != node.position:
            moved.add(node.group)
    assert moved <= {group_of(before, 2, 0).id}, "only where a weight was added"


def test_a_layer_that_was_narrowed_and_is_widened_again_has_no_gap() -> None:
    document = network(16, 1)
    reshaped(document, layers=(8, 1))
    reshaped(document, layers=(10, 1))
    heights = [group_of(document, 0, unit).position[1] for unit in range(10)]
    assert np.diff(heights).tolist() == [NEURON_ROW] * 9
    reshaped(document, layers=(16, 1))
    fresh = network(16, 1)
    for unit in range(16):
        assert group_of(document, 0, unit).position == group_of(fresh, 0, unit).position


def test_nothing_that_is_placed_by_a_template_ever_overlaps() -> None:
    document = network(3, 1)
    steps = (
        {"layers": (4, 1)},
        {"inputs": 3},
        {"inputs": 9},
        {"layers": (4, 5, 5, 1)},
        {"layers": (7, 2)},
    )
    for step in steps:
        reshaped(document, **step)
        for around in (None, *document.groups):
            nodes, groups = document.children(around)
            rects = [(*r.position, *item_size(r)) for r in map(document.record, (*nodes, *groups))]
            for k, (x, y, wide, high) in enumerate(rects):
                for left, top, width, height in rects[k + 1 :]:
                    assert not (
                        x < left + width
                        and left < x + wide
                        and y < top + height
                        and top < y + high
                    )


def test_what_a_user_put_in_the_way_moves_down_and_nothing_else_of_theirs_does() -> None:
    document = network(2, 1)
    inside, top = group_of(document).id, group_of(document, 1).position
    document.apply(accept(add_op(document, "add", top, group=inside)))
    way = document.next_id - 1
    document.apply(add_note(document, (0.0, 900.0), "mine", inside))
    document.apply(accept(add_op(document, "add", (0.0, 700.0), group=inside)))
    reshaped(document, layers=(2, 2, 1))
    assert document.node(way).position[1] > top[1]
    assert document.node(way).position[0] == top[0]
    free = next(n for n in document.nodes() if n.op == "add" and n.slot is None and n.id != way)
    assert free.position == (0.0, 700.0)


def test_the_output_moves_on_when_a_layer_comes_before_it_and_keeps_its_marks_and_consumers() -> (
    None
):
    document = accept(model_document(Model(layers=(4, 1))))
    [prediction], [loss] = document.marked("prediction"), document.marked("loss")
    feeds = document.consumers(prediction)
    output = group_of(document, 1)
    reshaped(document, layers=(4, 4, 1))
    assert document.marked("prediction") == [prediction]
    assert document.marked("loss") == [loss]
    assert document.consumers(prediction) == feeds
    assert document.node(prediction).label == "score"
    moved = document.groups[output.id]
    assert moved.slot == (2,)
    assert moved.label == output.label
    assert moved.position[0] > output.position[0]
    assert document.node(prediction).slot == (2, 0, 0, "sum")


def test_a_deleted_product_stays_deleted_and_the_net_goes_on() -> None:
    document = accept(model_document(Model(layers=(4, 4, 1))))
    document.apply(accept(delete(document, [node_at(document, 1, 2, 3, "product").id])))
    reshaped(document, layers=(4, 5, 1))
    reshaped(document, layers=(6, 5, 1))
    assert (1, 2, 3, "product") not in slots(document)
    assert (1, 4, 3, "product") in slots(document)
    neuron = group_of(document, 1, 2)
    assert boundary(document, neuron.id).outputs == (node_at(document, 1, 2, 0, "activation").id,)
    [loss] = document.marked("loss")
    assert np.isfinite(evaluate(document).number(loss))


def test_a_neuron_that_was_deleted_gets_no_new_inputs() -> None:
    document = network(3, 3, 1)
    document.apply(accept(delete(document, [group_of(document, 1, 1).id])))
    reshaped(document, layers=(4, 3, 1))
    assert not any(slot[:2] == (1, 1) for slot in slots(document))
    assert (1, 2, 3, "weight") in slots(document)


def test_where_an_activation_was_taken_out_of_its_wires_new_neurons_are_fed_likewise() -> None:
    document = network(3, 3, 1)
    taken = node_at(document, 0, 1, 0, "activation").id
    document.apply(accept(extract(document, taken)))
    document.apply(accept(delete(document, [taken])))
    reshaped(document, layers=(3, 4, 1))
    new = node_at(document, 1, 3, 1, "product").id
    assert document.source(new, 1) == node_at(document, 0, 1, 0, "sum").id


def test_removed_units_list_what_a_user_drew_from_them() -> None:
    document = network(3, 2)
    out = node_at(document, 1, 1, 0, "sum").id
    document.apply(accept(add_op(document, "tanh", (900.0, 0.0), label="mine")))
    mine = document.next_id - 1
    document.apply(accept(connect(document, out, mine)))
    document.apply(accept(set_mark(document, out, "prediction")))
    document.apply(set_comment(document, out, "look at this"))
    document.apply(accept(set_label(document, group_of(document, 1, 1).id, "edges")))
    done = accept(reshape(document, group_of(document).id, {"layers": (3, 1)}))
    name = f"add#{out} (output, edges)"
    assert [lost.words for lost in done.lost] == [
        f"the wire from {name} to mine",
        f"the mark “prediction” on {name}",
        f"the comment on {name}",
        "the name of the group edges",
    ]
    assert done.lost[0].items == (out, mine)
    document.apply(done.edit)
    assert document.inputs(mine) == (None,)
    assert document.marked("prediction") == []


def test_nothing_that_the_template_made_is_listed_as_lost() -> None:
    document = accept(model_document(Model(layers=(5, 4, 1))))
    for layers in ((2, 4, 1), (2, 2, 2, 1), (2, 1), (1,)):
        assert reshaped(document, layers=layers).lost == ()
    assert reshaped(document, inputs=1).lost == ()


def test_a_wire_drawn_within_the_network_is_listed_once() -> None:
    document = network(3, 2, 1)
    product, source = node_at(document, 1, 0, 2, "product"), node_at(document, 0, 0, 0, "sum")
    document.apply(accept(resource(document, (product.id, 1), source.id)))
    done = reshaped(document, layers=(2, 2, 1))
    assert [lost.items for lost in done.lost] == [(source.id, product.id)]


def test_what_a_user_put_into_a_neuron_outlives_it_where_it_stood() -> None:
    document = network(3, 1)
    neuron = group_of(document, 0, 2)
    document.apply(accept(add_op(document, "tanh", (10.0, 300.0), group=neuron.id, label="mine")))
    mine = document.next_id - 1
    document.apply(accept(add_op(document, "exp", (10.0, 400.0), group=neuron.id)))
    document.apply(accept(connect(document, mine, mine + 1)))
    document.apply(accept(add_bend(document, (mine + 1, 0), 0, (50.0, 380.0))))
    document.apply(accept(group(document, [node_at(document, 0, 2, 0, "weight").id])))
    place = shown(document, mine)
    reshaped(document, layers=(2, 1))
    assert neuron.id not in document.groups
    assert document.node(mine).group == group_of(document, 0).id
    assert shown(document, mine) == place
    assert document.source(mine + 1, 0) == mine
    (x, y), (was_x, was_y) = document.node(mine).position, (10.0, 300.0)
    assert document.bends[mine + 1, 0] == ((50.0 + x - was_x, 380.0 + y - was_y),)
    assert not any(g.label == "group" for g in document.groups.values()), "an emptied group goes"


def shown(document: Document, node: int) -> tuple[float, float]:
    """Return where a node lies on the plane, without the room that open groups are given."""
    x, y = document.node(node).position
    for item in document.ancestry(document.node(node).group):
        dx, dy = group_origin(document.groups[item])
        x, y = x + dx, y + dy
    return x, y


def test_a_wire_that_leads_back_is_refused_when_it_would_close_a_circle() -> None:
    document = network(2, 1)
    product = node_at(document, 1, 0, 1, "product")
    document.apply(accept(delete(document, [], [(product.id, 1)])))
    back = node_at(document, 0, 1, 1, "product")
    document.apply(accept(resource(document, (back.id, 1), node_at(document, 1, 0, 0, "sum").id)))
    refusal = reshape(document, group_of(document).id, {"layers": (2, 2, 1)})
    assert isinstance(refusal, Refusal)
    assert "feed itself" in str(refusal)


def test_a_copy_of_a_neuron_beside_it_is_left_alone() -> None:
    document = network(2, 1)
    piece = accept(
        excerpt(document, [group_of(document, 0, 1).id], project(document, frozenset()))
    )
    layer = group_of(document, 0).id
    document.apply(
        insert_fragment(document, piece.fragment, "Paste", (0.0, 400.0), layer, piece.sources)
    )
    copies = [n for n in document.nodes() if n.id > piece.sources[-1]][-8:]
    before = {n.id: n for n in document.nodes() if n.group == copies[-1].group}
    reshaped(document, layers=(1, 1))
    for item, node in before.items():
        assert document.node(item) == node
    copy = document.groups[copies[-1].group]
    done = accept(reshape(document, copy.id, {"activation": "relu"}))
    assert {c.id for c in done.edit.changes} <= {copy.id, *before}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"layers": ()}, "between 1 and 4096"),
        ({"layers": 5}, "between 1 and 4096"),
        ({"layers": (4000, 4000)}, "more than 300,000"),
        ({"activation": "tan"}, "no activation 'tan'"),
        ({"activation": ("tanh",)}, "3 layers and 1 activations"),
        ({"init": "random"}, "no way to draw weights 'random'"),
        ({"inputs": 0}, "between 1 and 4096"),
        ({"depth": 3}, "no argument 'depth'"),
        ({"sources": (999_999,)}, "no node #999999"),
        ({"inputs": 4, "sources": (4,)}, "2 inputs are added, and 1"),
    ],
)
def test_what_cannot_be_is_refused_in_words(arguments: dict[str, object], words: str) -> None:
    document = network(3, 2, 1)
    refusal = reshape(document, group_of(document).id, arguments)
    assert isinstance(refusal, Refusal)
    assert words in str(refusal)


def test_groups_of_no_network_have_no_shape() -> None:
    document = accept(model_document(Model(layers=(2, 1))))
    hinge = next(g for g in document.groups.values() if g.template == "hinge")
    for item, words in ((hinge.id, "cannot be reshaped"), (1, "no group #1")):
        refusal = reshape(document, item, {"inputs": 3})
        assert isinstance(refusal, Refusal)
        assert words in str(refusal)


def test_arguments_that_mean_nothing_are_refused_and_not_believed() -> None:
    for broken in ({"layers": "many"}, {"layers": (2, -1)}, {"inputs": None}, {"activation": 7}):
        document = network(2, 1)
        mlp = group_of(document)
        arguments = dict(mlp.arguments) | broken
        document.groups[mlp.id] = replace(mlp, arguments=arguments)
        assert isinstance(reshape(document, mlp.id, {"init": "he"}), Refusal), broken


def test_an_edit_of_one_unit_holds_that_unit_and_one_input_of_the_next_layer() -> None:
    document = network(20, 10, 1, inputs=30)
    done = accept(reshape(document, group_of(document).id, {"layers": (21, 10, 1)}))
    made = {c.id for c in done.edit.changes if c.kind == "node" and c.before is None}
    assert len(made) == done.added == 2 * 30 + 3 + 2 * 10


def test_moved_scalars_stay_where_they_were_put() -> None:
    document = network(3, 1)
    node = node_at(document, 0, 0, 0, "weight").id
    document.apply(move(document, {node: (-900.0, -900.0)}))
    reshaped(document, inputs=3)
    assert document.node(node).position == (-900.0, -900.0)
