"""Bends of wires: they go with their wire, move with its ends, and come back by undo."""

import pytest

from engine.errors import EngineError, Refusal, accept
from engine.files import read, write
from engine.graph.bends import MOST, add_bend, move_bend, remove_bend, straighten
from engine.graph.document import Document
from engine.graph.edits import WHOLE, Change, Edit
from engine.graph.fragment import Fragment, insert_fragment
from engine.graph.verbs import add_op, add_value, connect, delete, disconnect, group, move, rewire
from engine.graph.verbs import ungroup as dissolve
from engine.graph.wiring import insert_on_wire

WIRE = (2, 0)


@pytest.fixture
def document() -> Document:
    """Make -a with a wire that bends at (100, 50) and (150, 80)."""
    made = Document()
    made.apply(add_value(made, (0, 0), value=1.0, label="a"))
    made.apply(accept(add_op(made, "neg", (300, 0))))
    made.apply(accept(connect(made, 1, 2)))
    made.apply(accept(add_bend(made, WIRE, 0, (150, 80))))
    made.apply(accept(add_bend(made, WIRE, 0, (100, 50))))
    return made


def done(document: Document, edit) -> Document:
    """Apply an edit to a copy, and hold that its inverse leads back."""
    twin = document.copy()
    twin.apply(accept(edit))
    back = twin.copy()
    back.apply(edit.inverse())
    assert back.same_content(document)
    return twin


def test_bends_keep_their_order_and_are_part_of_the_content(document):
    assert document.bends == {WIRE: ((100, 50), (150, 80))}
    assert not done(document, straighten(document, [WIRE])).same_content(document)


def test_a_bend_moves_and_goes_alone(document):
    assert done(document, move_bend(document, WIRE, 1, (9, 9))).bends[WIRE] == ((100, 50), (9, 9))
    assert done(document, remove_bend(document, WIRE, 0)).bends[WIRE] == ((150, 80),)
    assert isinstance(remove_bend(document, WIRE, 2), Refusal)
    assert isinstance(move_bend(document, (2, 1), 0, (0, 0)), Refusal)


def test_a_bend_is_no_number_and_no_structure(document):
    edit = accept(move_bend(document, WIRE, 0, (1, 2)))
    assert not edit.is_structural


@pytest.mark.parametrize(
    "verb", [lambda d: disconnect(d, *WIRE), lambda d: delete(d, [1]), lambda d: delete(d, [2])]
)
def test_bends_go_with_their_wire_and_come_back(document, verb):
    assert done(document, verb(document)).bends == {}


def test_an_edit_that_would_leave_bends_behind_is_refused_as_a_bug(document):
    edit = Edit("", (Change("edge", WIRE, WHOLE, 1, None),))
    with pytest.raises(EngineError, match="bends"):
        document.apply(edit)
    with pytest.raises(EngineError, match="bends"):
        document.apply(Edit("", (Change("edge", (9, 0), "bends", (), ((1.0, 2.0),)),)))


def test_bends_move_only_with_both_ends(document):
    assert done(document, move(document, {2: (310, 5)})).bends == document.bends
    both = done(document, move(document, {1: (10, 5), 2: (310, 5)}))
    assert both.bends[WIRE] == ((110, 55), (160, 85))


def test_grouping_keeps_bends_where_they_are_and_ungrouping_too(document):
    made = document.next_id
    grouped = done(document, group(document, [1, 2], "g"))
    off = tuple(grouped.bends[WIRE][0][k] - grouped.node(2).position[k] for k in (0, 1))
    assert off == (100 - 300, 50)
    assert done(grouped, dissolve(grouped, made)).bends == document.bends


def test_a_wire_that_is_moved_to_another_input_keeps_its_bends(document):
    document.apply(accept(add_op(document, "mul", (300, 200))))
    moved = done(document, rewire(document, WIRE, 3, 1))
    assert moved.bends == {(3, 1): ((100, 50), (150, 80))}
    assert rewire(document, WIRE, 2).is_empty  # back into the port it was in


def test_a_node_inserted_on_a_bent_wire_parts_its_bends(document):
    document.apply(accept(add_op(document, "square", (120, 0))))
    parted = done(document, insert_on_wire(document, WIRE, 3))
    assert parted.bends == {(3, 0): ((100, 50),), WIRE: ((150, 80),)}


def test_bends_are_kept_in_files_and_in_pieces_that_are_pasted(document):
    data = write(document)
    assert b'"bends": [[100.0, 50.0], [150.0, 80.0]]' in data
    again = accept(read(data))
    assert again.same_content(document)
    assert write(again) == data
    piece = Fragment(
        tuple(document.nodes()), tuple(document.edges()), (), bends={WIRE: document.bends[WIRE]}
    )
    document.apply(insert_fragment(document, piece, "Paste", (10.0, 20.0)))
    assert document.bends[4, 0] == ((110, 70), (160, 100))


def test_a_wire_has_only_so_many_bends(document):
    for _bend in range(MOST - 2):
        document.apply(accept(add_bend(document, WIRE, 0, (0, 0))))
    assert isinstance(add_bend(document, WIRE, 0, (0, 0)), Refusal)
