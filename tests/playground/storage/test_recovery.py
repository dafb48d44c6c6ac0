"""Journals of sessions that died: found, replayed, put aside; those of the living left alone."""

import os
import time
from pathlib import Path

import numpy as np
import pytest

from engine.errors import Refusal, accept
from engine.files import write
from engine.graph.document import Document
from engine.graph.edits import Edit
from engine.graph.properties import set_value
from engine.graph.verbs import add_value
from playground.storage import Journal, Recovery
from playground.storage.recovery import KEPT_SECONDS


@pytest.fixture
def recovery(tmp_path: Path) -> Recovery:
    return Recovery(tmp_path / "recovery")


def edited(journal: Journal, count: int = 3) -> Document:
    """Add values to a new document, every edit written to the journal."""
    document = Document()
    assert journal.begin(write(document), None) is None
    for number in range(count):
        edit = add_value(document, (0.0, 0.0), value=float(number), role="parameter")
        document.apply(edit)
        assert journal.append(edit) is None
    return document


def names(recovery: Recovery) -> list[str]:
    folder = recovery.folder
    return sorted(entry.suffix for entry in folder.iterdir()) if folder.exists() else []


def test_a_dead_session_leaves_its_document(recovery: Recovery):
    journal = recovery.journal()
    document = edited(journal)
    journal.leave()
    [remains] = recovery.recoverable()
    assert remains.document.same_content(document)
    assert remains.path is None
    remains.forget()
    assert names(recovery) == []


def test_a_living_session_is_never_offered(recovery: Recovery):
    journal = recovery.journal()
    edited(journal)
    assert recovery.recoverable() == []
    journal.finish()
    assert names(recovery) == []


def test_a_session_that_changed_nothing_writes_nothing(recovery: Recovery):
    journal = recovery.journal()
    journal.begin(write(Document()), None)
    assert names(recovery) == []
    journal.leave()
    assert recovery.recoverable() == []


def test_after_a_save_only_later_edits_are_in_the_journal(recovery: Recovery, tmp_path: Path):
    journal = recovery.journal()
    document = edited(journal)
    journal.begin(write(document), tmp_path / "graph.mgp")
    assert names(recovery) == [".lock"]
    edit = accept(set_value(document, 1, 9.0))
    document.apply(edit)
    journal.append(edit)
    journal.leave()
    [remains] = recovery.recoverable()
    assert remains.path == tmp_path / "graph.mgp"
    assert remains.document.same_content(document)
    remains.forget()


def test_recovered_work_is_on_the_disk_before_its_first_edit(recovery: Recovery):
    journal = recovery.journal()
    document = Document()
    document.apply(add_value(document, (0.0, 0.0), value=4.0))
    journal.begin(write(document), None, at_once=True)
    journal.leave()
    [remains] = recovery.recoverable()
    assert remains.document.same_content(document)
    remains.forget()


def test_what_training_had_reached_comes_back(recovery: Recovery):
    journal = recovery.journal()
    edited(journal)
    journal.checkpoint(np.array([1, 2, 3]), np.array([0.5, 0.25, 0.125]))
    journal.leave()
    [remains] = recovery.recoverable()
    assert [node.value for node in remains.document.nodes()] == [0.5, 0.25, 0.125]
    remains.forget()


def test_a_torn_last_line_costs_that_edit_alone(recovery: Recovery):
    journal = recovery.journal()
    edited(journal, 3)
    journal.leave()
    journal.path.write_bytes(journal.path.read_bytes()[:-5])
    [remains] = recovery.recoverable()
    assert len(remains.document) == 2
    remains.forget()


@pytest.mark.parametrize("data", [b"", b"\n", b"rubbish", b"\xff" * 100, b"{}\n", b"[" * 10_000])
def test_a_journal_that_makes_no_sense_is_put_aside_and_not_offered(recovery: Recovery, data):
    recovery.folder.mkdir()
    (recovery.folder / "1-x.journal").write_bytes(data)
    assert recovery.recoverable() == []
    assert names(recovery) == [".discarded"]


def test_the_latest_work_is_offered_first_and_each_by_one_start_only(recovery: Recovery):
    for age in (100, 10, 50):
        journal = recovery.journal()
        edited(journal, age // 10)
        journal.leave()
        os.utime(journal.path, (time.time() - age,) * 2)
    offered = recovery.recoverable()
    assert [len(remains.document) for remains in offered] == [1, 5, 10]
    assert Recovery(recovery.folder).recoverable() == []
    for remains in offered:
        remains.leave()
    again = recovery.recoverable()
    assert len(again) == 3
    for remains in again:
        remains.forget()


def test_discarded_work_is_kept_for_seven_days(recovery: Recovery):
    journal = recovery.journal()
    edited(journal)
    journal.leave()
    [remains] = recovery.recoverable()
    remains.discard()
    assert recovery.recoverable() == []
    [kept] = recovery.folder.glob("*.discarded")
    os.utime(kept, (time.time() - KEPT_SECONDS - 60,) * 2)
    assert recovery.recoverable() == []
    assert names(recovery) == []


def test_a_disk_that_refuses_is_told_once_and_costs_no_work(tmp_path: Path):
    (tmp_path / "recovery").write_text("a file where the folder should be")
    journal = Recovery(tmp_path / "recovery").journal()
    document = Document()
    journal.begin(write(document), None)
    edit = add_value(document, (0.0, 0.0))
    first, second = journal.append(edit), journal.append(edit)
    assert isinstance(first, Refusal)
    assert "cannot be kept for recovery" in str(first)
    assert second is None
    journal.finish()


def test_edits_before_any_document_are_not_written(recovery: Recovery):
    journal = recovery.journal()
    assert journal.append(Edit("nothing")) is None
    assert names(recovery) == []
