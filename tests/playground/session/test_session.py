"""Edits through a session: exact undo, one notice and one evaluation a turn, refusals in words."""

import json
import random

import numpy as np
import pytest

from engine.errors import EngineError, Refusal, accept
from engine.graph.document import Document
from engine.graph.models import Model
from engine.graph.properties import (
    set_data,
    set_label,
    set_mark,
    set_role,
    set_training,
    set_value,
    set_values,
)
from engine.graph.records import DataSettings
from engine.graph.verbs import (
    add_op,
    add_value,
    connect,
    delete,
    disconnect,
    group,
    move,
    ungroup,
)
from playground.session import Session
from playground.session.clear import model_edit

PALETTE = ("value:constant", "value:parameter", "op:add", "op:mul", "op:tanh", "template:neuron")


def any_edit(document: Document, luck: random.Random):
    """Draw a verb and what it is about; many are refused, as a person's are."""
    nodes = [node.id for node in document.nodes()]
    items = [*nodes, *document.groups]
    place = (luck.uniform(-500, 500), luck.uniform(-500, 500))
    if len(nodes) < 3:
        return add_value(document, place, value=luck.uniform(-2, 2))
    one, other = luck.choice(nodes), luck.choice(nodes)
    verbs = (
        lambda: add_op(document, luck.choice(("add", "mul", "tanh", "max")), place),
        lambda: connect(document, one, other),
        lambda: connect(document, other, one),
        lambda: move(document, {one: place}),
        lambda: set_value(document, one, luck.uniform(-2, 2)),
        lambda: set_label(document, one, luck.choice("abc")),
        lambda: set_role(document, [one], "parameter"),
        lambda: set_mark(document, one, luck.choice(("loss", "backward"))),
        lambda: set_training(document, l2=luck.random()),
        lambda: group(document, luck.sample(items, 2)),
        lambda: ungroup(document, luck.choice(items)),
        lambda: delete(document, [luck.choice(items)]),
        lambda: disconnect(document, one, 0),
    )
    return luck.choice(verbs)()


@pytest.mark.parametrize("seed", range(5))
def test_undoing_everything_gives_the_start_and_redoing_everything_the_end(session, seed):
    luck = random.Random(seed)
    start = session.document.copy()
    done = 0
    for _step in range(80):
        if luck.random() < 0.1:
            done += session.add_item(luck.choice(PALETTE), (luck.uniform(-500, 500), 0.0))
        else:
            done += session.do(any_edit(session.document, luck))
        if luck.random() < 0.1:
            session.undo()
    assert done > 40
    end = session.document.copy()
    while session.stack.canUndo():
        session.undo()
    assert session.document.same_content(start)
    while session.stack.canRedo():
        session.redo()
    assert session.document.same_content(end)
    session.flush()
    assert session.result.revision == session.document.revision


def leaf(session: Session, value: float = 2.0) -> int:
    node = session.document.next_id
    assert session.do(add_value(session.document, (0.0, 0.0), value=value))
    return node


@pytest.fixture
def product(session: Session) -> Session:
    """Hold 1 * 2 in node 3."""
    for value in (2.0, 3.0):
        leaf(session, value)
    session.do(add_op(session.document, "mul", (200.0, 0.0)))
    session.do(connect(session.document, 1, 3))
    session.do(connect(session.document, 2, 3))
    session.flush()
    return session


def test_a_turn_full_of_edits_brings_one_notice_and_then_one_result(product, qtbot):
    heard = []
    product.changed.connect(lambda changes: heard.append(("changed", changes.nodes)))
    product.result_changed.connect(lambda: heard.append(("result", product.result.number(3))))
    for number in range(10):
        product.do(set_value(product.document, 1, number))
    product.do(set_label(product.document, 2, "b"))
    with qtbot.waitSignal(product.changed):
        pass
    qtbot.wait(1)
    assert heard == [("changed", frozenset({1, 2})), ("result", 27.0)]


@pytest.mark.parametrize(
    ("edit", "compilations", "runs"),
    [
        (lambda d: set_value(d, 1, 7.0), 0, 1),
        (lambda d: set_values(d, [1, 2], [7.0, 8.0], "both"), 0, 1),
        (lambda d: connect(d, 1, 4), 1, 1),
        (lambda d: delete(d, [1]), 1, 1),
        (lambda d: move(d, {1: (9.0, 9.0)}), 0, 0),
        (lambda d: set_label(d, 1, "name"), 0, 0),
    ],
    ids=["value", "values", "wire", "delete", "move", "rename"],
)
def test_an_edit_costs_the_evaluations_it_needs_and_no_more(product, edit, compilations, runs):
    product.do(add_op(product.document, "tanh", (400.0, 0.0)))
    product.flush()
    before = (product.live.compilations, product.live.runs)
    assert product.do(edit(product.document))
    product.flush()
    after = (product.live.compilations, product.live.runs)
    assert after == (before[0] + compilations, before[1] + runs)


def test_a_refusal_is_told_in_its_own_words_and_leaves_no_step(product, qtbot):
    steps = product.stack.count()
    refusal = connect(product.document, 3, 3)
    assert isinstance(refusal, Refusal)
    with qtbot.waitSignal(product.refused) as told:
        assert not product.do(refusal)
    assert told.args == [str(refusal)]
    assert product.stack.count() == steps


def test_an_edit_that_changes_nothing_leaves_no_step(product):
    steps = product.stack.count()
    assert product.do(set_value(product.document, 1, 2.0))
    assert product.stack.count() == steps


def test_a_stale_edit_is_an_error_of_ours_and_changes_nothing(product):
    stale = accept(set_value(product.document, 1, 5.0))
    product.do(set_value(product.document, 1, 4.0))
    before = product.document.copy()
    with pytest.raises(EngineError):
        product.do(stale)
    assert product.document.same_content(before)


def test_undo_steps_are_called_what_was_done(product):
    product.do(set_value(product.document, 1, 0.5))
    assert product.stack.undoText() == f"Set {product.document.name(1)} to 0.5"


def test_what_is_deleted_is_selected_no_longer(product, qtbot):
    product.set_selection({1, 2}, current=1)
    product.do(delete(product.document, [1]))
    with qtbot.waitSignal(product.selection_changed):
        product.flush()
    assert product.selection == {2}
    assert product.current == 2


def test_a_single_selected_item_has_the_focus(product):
    product.set_selection({3})
    assert product.current == 3
    product.set_selection({1, 3})
    assert product.current is None


def test_looking_is_no_edit(product):
    product.do(group(product.document, [1, 2]))
    product.stack.setClean()
    steps = product.stack.count()
    product.toggle_fold(4)
    product.set_view(zoom=2.0, centre=(1.0, 2.0))
    product.set_scope("batch")
    assert product.view.folded == {4}
    assert product.stack.count() == steps
    assert not product.is_dirty
    product.toggle_fold(4)
    assert product.view.folded == frozenset()


def test_a_view_that_stays_the_same_is_not_announced(product, qtbot):
    with qtbot.assertNotEmitted(product.view_changed):
        product.set_view(zoom=product.view.zoom)


@pytest.mark.parametrize("text", ["value:constant", "op:tanh", "template:mlp", "expression:3*z+1"])
def test_a_palette_text_adds_its_item_selects_it_and_brings_it_into_sight(session, qtbot, text):
    with qtbot.waitSignal(session.reveal) as shown:
        assert session.add_item(text, (100.0, 100.0))
    assert shown.args == [session.selection]
    assert session.selection
    assert session.stack.count() == 1


def test_a_dropped_value_is_centred_where_it_was_dropped(session):
    session.add_item("value:constant", (100.0, 100.0))
    assert session.document.node(1).position == (100.0 - 56.0, 100.0 - 42.0)


def test_new_values_get_names_and_numbers_of_their_own(session):
    for _time in range(2):
        for role in ("constant", "parameter", "feature", "target"):
            session.add_item(f"value:{role}", (0.0, 0.0))
    nodes = session.document.nodes()
    assert [node.label for node in nodes] == ["a", "w1", "x1", "y", "b", "w2", "x2", "y1"]
    assert [node.index for node in nodes] == [0, 0, 0, 0, 0, 0, 1, 1]


@pytest.mark.parametrize("text", ["", "op:nothing", "value:nothing", "template:x", "expression:)"])
def test_a_text_that_names_nothing_is_refused_in_words(session, qtbot, text):
    with qtbot.waitSignal(session.refused):
        assert not session.add_item(text, (0.0, 0.0))
    assert len(session.document) == 0


def test_new_networks_show_their_neurons_folded_again_after_undo_and_redo(session):
    session.add_item("template:mlp", (0.0, 0.0))
    groups = session.document.groups
    folded = {groups[one].template for one in session.view.folded}
    opened = {groups[one].template for one in groups.keys() - session.view.folded}
    assert folded == {"neuron"}
    assert opened == {"mlp", "layer"}
    before = session.view.folded
    session.undo()
    session.redo()
    assert session.view.folded == before


@pytest.fixture
def moons(session: Session) -> Session:
    """Hold a small network on ten moons."""
    model = Model((2, 1), data=DataSettings("moons", samples=10))
    session.do(model_edit(session.document, model))
    session.flush()
    return session


def test_a_document_with_a_generator_has_samples_and_shows_the_chosen_one(moons):
    assert len(moons.samples) == 10
    [first, *_others] = (n.id for n in moons.document.nodes() if n.role == "feature")
    moons.set_sample(3)
    moons.flush()
    assert moons.result.number(first) == moons.samples.inputs[3, 0]
    assert moons.features == tuple(moons.samples.inputs[3])


def test_fewer_samples_bring_the_chosen_one_back_into_range(moons):
    moons.set_sample(9)
    moons.do(set_data(moons.document, samples=4))
    moons.flush()
    assert len(moons.samples) == 4
    assert moons.view.sample == 3
    moons.undo()
    moons.flush()
    assert len(moons.samples) == 10


def test_the_number_of_a_feature_is_a_probe_when_there_is_data(moons):
    steps = moons.stack.count()
    [first, _second] = (n.id for n in moons.document.nodes() if n.role == "feature")
    assert moons.set_number(first, 0.75)
    moons.flush()
    assert moons.result.number(first) == 0.75
    assert moons.probe == (0.75, moons.samples.inputs[0, 1])
    assert moons.stack.count() == steps
    moons.set_probe(None)
    moons.flush()
    assert moons.result.number(first) == moons.samples.inputs[0, 0]


def test_a_target_that_the_data_feeds_is_not_edited_and_says_why(moons, qtbot):
    steps = moons.stack.count()
    target = next(n for n in moons.document.nodes() if n.role == "target")
    with qtbot.waitSignal(moons.refused) as told:
        assert not moons.set_number(target.id, 0.25)
    assert told.args[0].startswith(f"{moons.document.name(target.id)} comes from the data. ")
    assert moons.stack.count() == steps
    assert moons.document.node(target.id) == target


@pytest.mark.parametrize("role", ["feature", "target"])
def test_a_leaf_of_a_column_that_the_data_has_not_is_edited(moons, role):
    one = moons.document.next_id
    moons.do(add_value(moons.document, (0.0, 0.0), role=role, index=7))
    assert moons.set_number(one, 0.25)
    assert moons.document.node(one).value == 0.25


def test_the_number_of_a_feature_is_an_edit_when_there_is_no_data(session):
    session.add_item("value:feature", (0.0, 0.0))
    assert session.set_number(1, 0.75)
    assert session.document.node(1).value == 0.75
    assert session.probe is None


def test_choosing_a_sample_ends_the_probe(moons, qtbot):
    moons.set_probe((1.0, 1.0))
    with qtbot.waitSignal(moons.view_changed):
        moons.set_sample(2)
    assert moons.probe is None


def test_the_batch_shows_other_gradients_than_the_sample(moons):
    alone = moons.result.gradient.copy()
    moons.set_scope("batch")
    moons.flush()
    assert not np.array_equal(moons.result.gradient, alone, equal_nan=True)


def test_data_that_cannot_be_made_is_told_and_the_rest_works(session, qtbot, tmp_path):
    session.add_item("value:feature", (0.0, 0.0))
    session.save(tmp_path / "odd.mgp")
    tree = json.loads((tmp_path / "odd.mgp").read_text())
    tree["data"] = {"generator": "rings"}
    (tmp_path / "odd.mgp").write_text(json.dumps(tree))
    with qtbot.waitSignal(session.refused) as told:
        assert session.open(tmp_path / "odd.mgp")
    assert "rings" in told.args[0]
    assert session.samples is None
    assert session.result.number(1) == 0.0


def test_what_was_selected_at_once_is_told_from_what_was_picked_one_by_one(session):
    for _value in range(4):
        session.add_item("value:constant", (0.0, 0.0))
    a, b, c, d = sorted(node.id for node in session.document.nodes())
    session.set_selection({a, b})
    assert session.together == {a, b}
    session.set_selection({a, b, c})
    assert session.together == {a, b}
    assert session.order == (a, b, c)
    session.set_selection({b, c, d})
    assert session.together == {b}
    session.set_selection(())
    session.set_selection({a})
    assert session.together == frozenset()


def test_what_is_kept_stands_before_what_was_added(session):
    session.add_item("value:constant", (0.0, 0.0))
    [first] = session.selection
    session.add_item("value:constant", (0.0, 100.0), keep=True)
    assert session.order == (first, session.current)
    assert session.together == frozenset()
