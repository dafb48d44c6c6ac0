"""Frames and notes: what they hold, how they are changed, and that undo brings all of it back."""

import pytest

from engine.errors import Refusal, accept
from engine.graph import notes
from engine.graph.document import Document
from engine.graph.edits import Edit
from engine.graph.fragment import Sketch, insert_fragment
from engine.graph.geometry import item_size
from engine.graph.projection import project
from engine.graph.templates import insert_template
from engine.graph.verbs import add_value, delete, group, move, ungroup


@pytest.fixture
def document() -> Document:
    """Return two values side by side, #1 and #2, and a third far away, #3."""
    made = Document()
    for place in ((0.0, 0.0), (200.0, 0.0), (2000.0, 0.0)):
        made.apply(add_value(made, place, label="a"))
    return made


def done(document: Document, edit: Edit | Refusal) -> int:
    """Apply an edit; return the id it may have made."""
    made = document.next_id
    before = document.copy()
    edit = accept(edit)
    document.apply(edit)
    after = document.copy()
    document.apply(edit.inverse())
    assert document.same_content(before), "undo is not the inverse"
    document.apply(edit)
    assert document.same_content(after)
    return made


def test_a_frame_holds_what_it_was_made_around_and_nothing_else(document):
    frame = done(document, notes.frame(document, [1, 2], "pair"))
    assert notes.content(document, frame) == [1, 2]
    x, y, width, height = notes.bounds(document, [frame])
    for item in (1, 2):
        record = document.record(item)
        assert x < record.position[0]
        assert record.position[0] + item_size(record)[0] < x + width
        assert y < record.position[1] < record.position[1] + item_size(record)[1] < y + height


def test_what_sticks_out_is_not_held(document):
    frame = done(document, notes.frame(document, [1, 2]))
    x, y, width, _height = notes.bounds(document, [frame])
    done(document, move(document, {1: (x - 1.0, y + 50.0)}))
    assert notes.content(document, frame) == [2]
    done(document, move(document, {1: (x + width - 40.0, y + 50.0)}))
    assert notes.content(document, frame) == [2]


def test_a_frame_holds_smaller_frames_notes_and_groups_of_its_level(document):
    inner = done(document, notes.frame(document, [1]))
    sheet = done(document, notes.add_note(document, (150.0, 120.0), "hello"))
    neuron = done(document, insert_template(document, "neuron", {}, (0.0, 300.0)))
    outer = done(document, notes.frame(document, [1, inner, sheet, neuron]))
    assert notes.content(document, outer) == sorted([1, 2, inner, sheet, neuron])
    assert notes.content(document, inner) == [1]


def test_a_frame_fitted_to_its_content_is_as_it_was_made(document):
    frame = done(document, notes.frame(document, [1, 2]))
    made = document.notes[frame]
    done(document, notes.resize(document, frame, (-500.0, -300.0), (1500.0, 900.0)))
    done(document, notes.fit_frame(document, frame))
    assert document.notes[frame] == made


def test_an_empty_frame_cannot_be_fitted_and_nothing_cannot_be_framed(document):
    frame = done(document, notes.frame(document, [3]))
    document.apply(accept(delete(document, [3])))
    assert "holds nothing" in str(notes.fit_frame(document, frame))
    assert "Nothing is selected" in str(notes.frame(document, []))


def test_things_of_two_groups_are_not_framed_together(document):
    done(document, group(document, [1], "one"))
    assert "same group" in str(notes.frame(document, [1, 2]))


def test_a_size_has_a_least(document):
    note = done(document, notes.add_note(document, (0.0, 0.0)))
    done(document, notes.resize(document, note, (5.0, 5.0), (1.0, -4.0)))
    assert document.notes[note].size == notes.LEAST_SIZE


def test_a_title_is_one_line_and_a_text_may_be_many(document):
    frame = done(document, notes.frame(document, [1]))
    sheet = done(document, notes.add_note(document, (0.0, 0.0)))
    for note in (frame, sheet):
        done(document, notes.set_text(document, note, "one\n  two\n"))
    assert document.notes[frame].text == "one two"
    assert document.notes[sheet].text == "one\n  two"
    assert "too long" in str(notes.set_text(document, frame, "x" * 201))
    assert "too long" in str(notes.set_text(document, sheet, "x" * 20_001))


def test_frames_and_groups_are_tinted_values_are_not(document):
    frame = done(document, notes.frame(document, [1]))
    made = done(document, group(document, [2, 3], "two"))
    done(document, notes.set_colour(document, [frame, made, 1], "moss"))
    assert (document.notes[frame].colour, document.groups[made].colour) == ("moss", "moss")
    assert isinstance(notes.set_colour(document, [1], "moss"), Refusal)
    assert isinstance(notes.set_colour(document, [frame], "blue"), Refusal)


def test_a_note_goes_with_its_group_in_and_out_and_away(document):
    sheet = done(document, notes.add_note(document, (10.0, 120.0), "why"))
    before = document.notes[sheet]
    made = done(document, group(document, [1, sheet], "both"))
    assert document.notes[sheet].group == made
    done(document, ungroup(document, made))
    assert document.notes[sheet].group is None
    assert document.notes[sheet].position == pytest.approx(before.position)
    made = done(document, group(document, [1, sheet], "both"))
    done(document, delete(document, [made]))
    assert sheet not in document.notes
    assert 1 not in document


def test_a_note_in_a_folded_group_is_hidden(document):
    sheet = done(document, notes.add_note(document, (10.0, 120.0)))
    made = done(document, group(document, [1, sheet], "both"))
    assert sheet in project(document).by_id
    assert sheet not in project(document, {made}).by_id


def test_a_frame_goes_on_holding_a_group_that_is_unfolded(document):
    neuron = done(document, insert_template(document, "neuron", {}, (600.0, 0.0)))
    frame = done(document, notes.frame(document, [2, neuron]))
    folded = {neuron}
    for shown in (project(document, folded), project(document)):
        x, y, width, height = shown.by_id[frame].rect
        for item in (2, neuron):
            left, top, wide, high = shown.by_id[item].rect
            assert x <= left <= left + wide <= x + width
            assert y <= top <= top + high <= y + height


def test_notes_lie_behind_and_small_frames_before_large_ones(document):
    small = done(document, notes.frame(document, [1]))
    sheet = done(document, notes.add_note(document, (10.0, 120.0)))
    large = done(document, notes.frame(document, [1, 2, small]))
    order = [item.id for item in project(document).items]
    assert order == [large, small, sheet, 1, 2, 3]


def test_a_fragment_brings_its_notes():
    sketch = Sketch()
    value = sketch.value("a", 1.0, (0.0, 0.0))
    note = sketch.note("why", (0.0, 100.0), (200.0, 80.0), colour="sand")
    document = Document()
    document.apply(add_value(document, (0.0, 0.0)))
    document.apply(insert_fragment(document, sketch.finish(), "Paste", (50.0, 60.0)))
    assert document.notes[note + 1].position == (50.0, 160.0)
    assert document.notes[note + 1].colour == "sand"
    assert document.node(value + 1).position == (50.0, 60.0)


def test_a_copy_has_notes_of_its_own(document):
    sheet = done(document, notes.add_note(document, (0.0, 0.0), "one"))
    twin = document.copy()
    document.apply(accept(notes.set_text(document, sheet, "two")))
    assert twin.notes[sheet].text == "one"
    assert not twin.same_content(document)
