"""After a crash the journal gives back every edit that was written to the end."""

from itertools import accumulate
from random import Random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import Refusal
from engine.files import write
from engine.files.journal import (
    Header,
    checkpoint_line,
    edit_line,
    header_line,
    read_header,
    replay,
)
from engine.graph.document import Document
from engine.graph.edits import Edit
from engine.graph.properties import set_label, set_value
from engine.graph.verbs import add_value
from tests.engine.files.edits import work, worked


def lines_of(data: bytes) -> list[bytes]:
    """Split what a journal file holds as storage reads it."""
    return data.splitlines(keepends=True)


def recovered(lines: list[bytes]) -> Document:
    """Replay a journal that must be fine."""
    document = replay(lines)
    assert isinstance(document, Document), str(document)
    return document


@given(st.integers(0, 10**6))
def test_replay_gives_the_document_after_any_work(seed: int) -> None:
    document = worked(seed, 10)
    base = write(document)
    edits = work(document, Random(seed), 15)
    lines = [header_line(base), *map(edit_line, edits)]
    assert write(recovered(lines)) == write(document)


@given(st.integers(0, 10**6))
def test_undone_edits_replay_as_they_were_undone(seed: int) -> None:
    document = Document()
    lines = [header_line(write(document))]
    edits = work(document, Random(seed), 12)
    for edit in reversed(edits[6:]):
        document.apply(edit.inverse())
    lines += [edit_line(edit) for edit in edits]
    lines += [edit_line(edit.inverse()) for edit in reversed(edits[6:])]
    assert recovered(lines).same_content(document)


def test_a_journal_torn_anywhere_loses_at_most_the_edit_being_written() -> None:
    document = Document()
    header = header_line(write(document))
    contents = [write(document)]
    parts = []
    for _step in range(6):
        [edit] = work(document, Random(len(parts)), 1)
        parts.append(edit_line(edit))
        contents.append(write(document))
    journal = header + b"".join(parts)
    ends = list(accumulate(map(len, parts), initial=len(header)))
    for length in range(len(header), len(journal) + 1):
        whole = sum(end <= length for end in ends) - 1
        assert write(recovered(lines_of(journal[:length]))) == contents[whole]


def test_zeros_after_a_power_cut_end_the_replay() -> None:
    document = Document()
    lines = [header_line(write(document))]
    lines += [edit_line(edit) for edit in work(document, Random(5), 3)]
    assert recovered([*lines, b"\0" * 40]).same_content(document)
    assert recovered([*lines, b"\0" * 40 + b"\n"]).same_content(document)


def test_an_edit_that_does_not_fit_ends_the_replay() -> None:
    document = Document()
    lines = [header_line(write(document))]
    first, second, third = work(document, Random(8), 3)
    document.apply(third.inverse())
    document.apply(second.inverse())
    assert recovered([*lines, edit_line(first), edit_line(first)]).same_content(document)


def test_the_header_tells_path_and_document() -> None:
    base = write(worked(2))
    header = read_header(header_line(base, "/home/ščž/a b.mgp"))
    assert header == Header("/home/ščž/a b.mgp", base)


def test_what_is_no_journal_is_refused_in_words() -> None:
    for data in (b"", b"{}", b"[1]\n", b'{"journal": "other", "path": "", "document": ""}\n'):
        refusal = replay(lines_of(data))
        assert isinstance(refusal, Refusal)
        assert str(refusal).endswith(".")


def parameters() -> Document:
    """Return a document with two parameters, #1 and #2."""
    document = Document()
    for place in (0.0, 100.0):
        edit = add_value(document, (0.0, place), value=1.0, role="parameter")
        document.apply(edit)
    return document


IDS = np.array([1, 2])
NUMBERS = np.array([0.25, -0.5])


def test_a_checkpoint_gives_back_what_training_had_reached() -> None:
    lines = [header_line(write(parameters())), checkpoint_line(IDS, NUMBERS)]
    assert [node.value for node in recovered(lines).nodes()] == [0.25, -0.5]


def test_an_edit_of_the_same_numbers_makes_a_checkpoint_stale() -> None:
    document = parameters()
    lines = [header_line(write(document)), checkpoint_line(IDS, NUMBERS)]
    edit = set_value(document, 2, 7.0)
    assert isinstance(edit, Edit)
    assert [n.value for n in recovered([*lines, edit_line(edit)]).nodes()] == [1.0, 7.0]


def test_an_edit_of_something_else_leaves_a_checkpoint_alone() -> None:
    document = parameters()
    document.apply(add_value(document, (0.0, 300.0)))
    lines = [header_line(write(document)), checkpoint_line(IDS, NUMBERS)]
    edit = set_label(document, 3, "c")
    assert isinstance(edit, Edit)
    values = [n.value for n in recovered([*lines, edit_line(edit)]).nodes()]
    assert values == [0.25, -0.5, 0.0]


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 7))
def test_flipped_bits_give_a_document_or_a_sentence(seed: int, place: int, bit: int) -> None:
    document = Document()
    lines = [header_line(write(document))]
    lines += [edit_line(edit) for edit in work(document, Random(seed), 8)]
    journal = bytearray(b"".join(lines))
    journal[place % len(journal)] ^= 1 << bit
    assert isinstance(replay(lines_of(bytes(journal))), Document | Refusal)
