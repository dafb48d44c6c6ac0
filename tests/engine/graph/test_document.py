"""The document applies edits whole or not at all, and every edit can be taken back."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import EngineError, Refusal, accept
from engine.files import read, write
from engine.graph import properties, verbs
from engine.graph.document import Document
from engine.graph.edits import Edit
from tests.engine.random_graphs import random_edit


def product() -> Document:
    """d = a*b, with ids 1, 2, 3."""
    document = Document()
    for label in ("a", "b"):
        document.apply(verbs.add_value(document, (0, 0), value=2.0, label=label))
    document.apply(accept(verbs.add_op(document, "mul", (200, 0), label="d")))
    for source in (1, 2):
        document.apply(accept(verbs.connect(document, source, 3)))
    return document


@given(st.integers(0, 10**9))
def test_undoing_everything_leads_back_to_the_start_and_redoing_to_the_end(seed: int) -> None:
    draw = random.Random(seed)
    document = Document()
    start, done = document.copy(), []
    for _step in range(40):
        edit = random_edit(document, draw)
        if isinstance(edit, Edit):
            document.apply(edit)
            done.append(edit)
    end = document.copy()
    for edit in reversed(done):
        document.apply(edit.inverse())
    assert document.same_content(start)
    for edit in done:
        document.apply(edit)
    assert document.same_content(end)


@given(st.integers(0, 10**9))
def test_verbs_never_change_the_document_they_look_at(seed: int) -> None:
    draw = random.Random(seed)
    document = Document()
    for _step in range(25):
        before = document.copy()
        edit = random_edit(document, draw)
        assert document.same_content(before)
        if isinstance(edit, Edit):
            document.apply(edit)


def test_ids_are_never_used_twice_not_even_after_undo() -> None:
    document = product()
    edit = verbs.add_value(document, (0, 0))
    document.apply(edit)
    document.apply(edit.inverse())
    document.apply(verbs.add_value(document, (0, 0)))
    assert [node.id for node in document.nodes()] == [1, 2, 3, 5]


def test_a_stale_edit_is_an_error_and_changes_nothing() -> None:
    document = product()
    stale = accept(properties.set_value(document, 1, 7.0))
    document.apply(accept(properties.set_value(document, 1, 5.0)))
    before = document.copy()
    with pytest.raises(EngineError, match="stale"):
        document.apply(stale)
    assert document.same_content(before)


def test_an_edit_that_would_leave_wires_behind_is_an_error() -> None:
    document = product()
    careless = Edit(
        "", tuple(c for c in accept(verbs.delete(document, {1})).changes if c.kind == "node")
    )
    with pytest.raises(EngineError, match="wires behind"):
        document.apply(careless)


def test_deleting_a_node_takes_its_wires_and_undo_brings_them_back() -> None:
    document = product()
    edit = accept(verbs.delete(document, {1}))
    document.apply(edit)
    assert document.inputs(3) == (None, 2)
    document.apply(edit.inverse())
    assert document.inputs(3) == (1, 2)


def test_deleting_an_input_of_a_sum_removes_its_port() -> None:
    document = product()
    document.apply(accept(verbs.add_op(document, "add", (0, 0))))
    for source in (1, 1, 2):
        document.apply(accept(verbs.connect(document, source, 4)))
    document.apply(accept(verbs.disconnect(document, 4, 1)))
    assert document.node(4).ports == (0, 2)
    assert document.inputs(4) == (1, 2)


def test_one_gesture_is_one_edit_from_its_first_before_to_its_last_after() -> None:
    document = product()
    first = accept(properties.set_value(document, 1, 3.0, gesture="drag"))
    document.apply(first)
    second = accept(properties.set_value(document, 1, 4.0, gesture="drag"))
    document.apply(second)
    merged = first.merged(second)
    assert merged is not None
    document.apply(merged.inverse())
    assert document.node(1).value == 2.0
    assert first.merged(accept(properties.set_value(document, 1, 9.0, gesture="other"))) is None


def test_a_label_finds_its_node_and_an_ambiguous_one_is_refused_with_ids() -> None:
    document = product()
    assert document.find("a") == 1
    assert document.find("#3") == 3
    document.apply(accept(properties.set_label(document, 2, "a")))
    refusal = document.find("a")
    assert isinstance(refusal, Refusal)
    assert "#1, #2" in str(refusal)
    assert str(document.find("nothing")) == (
        "There is no node labelled 'nothing'. There are a, d."
    )
    assert str(document.find("D")) == "There is no node labelled 'D'. There are d."


def test_a_value_that_is_not_finite_is_refused() -> None:
    refusal = properties.set_value(product(), 1, float("inf"))
    assert str(refusal) == "A value must be a finite number."


def test_only_one_node_is_the_loss() -> None:
    document = product()
    document.apply(accept(properties.set_mark(document, 3, "loss")))
    document.apply(accept(properties.set_mark(document, 1, "loss")))
    assert document.marked("loss") == [1]


def test_ungrouping_undoes_grouping_to_the_last_position() -> None:
    document = product()
    before = document.copy()
    document.apply(accept(verbs.group(document, {1, 2}, "pair")))
    document.apply(accept(verbs.ungroup(document, 4)))
    assert document.same_content(before)


def test_groups_nest_only_as_deep_as_a_file_may_hold() -> None:
    document = product()
    inner = {1}
    for _level in range(100):
        edit = verbs.group(document, inner)
        if isinstance(edit, Refusal):
            break
        document.apply(edit)
        inner = {document.next_id - 1}
    assert str(edit) == "Groups lie at most 64 deep."
    assert not isinstance(read(write(document)), Refusal)


def test_nothing_is_moved_off_the_plane() -> None:
    document = product()
    document.apply(verbs.move(document, {1: (1e300, -float("inf"))}))
    assert document.node(1).position == (1e9, -1e9)
    assert not isinstance(read(write(document)), Refusal)
