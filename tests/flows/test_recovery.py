"""Killed without warning, a session loses the edit it was in the middle of, and no other."""

import random
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from engine.files import read, write
from engine.graph.document import Document
from playground.session import Session
from playground.storage import Recovery, save
from tests.flows.killed_session import edits

ROOT = Path(__file__).parents[2]


def run_and_kill(folder: Path, seed: int, seconds: float) -> int:
    """Let a session edit in a process of its own, kill it, and return the edits it told of."""
    script = [sys.executable, "-m", "tests.flows.killed_session", str(folder), str(seed)]
    with subprocess.Popen(script, cwd=ROOT, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(seconds)
        process.kill()
        told = 1 + process.stdout.read().count(b"\n")
    assert process.returncode == -9
    return told


def possible(told: int, seed: int) -> Iterator[Document]:
    """Yield the document after the edits that were told of, done here, and after one more."""
    session = Session()
    steps = edits(session, seed)
    for _edit in islice(steps, told):
        pass
    yield session.document.copy()
    next(steps)
    yield session.document.copy()
    session.close()


@pytest.mark.parametrize("seed", range(3))
def test_after_kill_9_the_document_is_there_up_to_the_last_edit(qapp, tmp_path: Path, seed: int):
    told = run_and_kill(tmp_path, seed, random.Random(seed).uniform(0.0, 0.2))
    [remains] = Recovery(tmp_path).recoverable()
    assert sum(remains.document.same_content(one) for one in possible(told, seed)) == 1
    remains.forget()


@pytest.mark.soak
@pytest.mark.timeout(1200)
def test_after_kill_9_at_fifty_moments_nothing_is_ever_lost(qapp, tmp_path: Path):
    for seed in range(50):
        folder = tmp_path / str(seed)
        told = run_and_kill(folder, seed, random.Random(seed).uniform(0.0, 1.0))
        [remains] = Recovery(folder).recoverable()
        assert sum(remains.document.same_content(one) for one in possible(told, seed)) == 1
        remains.forget()


def test_the_work_comes_back_twice_if_the_next_session_is_killed_at_once(qapp, tmp_path: Path):
    told = run_and_kill(tmp_path, 7, 0.1)
    recovery = Recovery(tmp_path)
    [remains] = recovery.recoverable()
    found = remains.document.copy()
    taken = Session(recovery)
    taken.recover(remains)
    journal = taken._keeper.journal.path
    survivor = journal.with_name("1-killed.journal")
    survivor.write_bytes(journal.read_bytes())
    taken.close()
    [again] = recovery.recoverable()
    assert told > 0
    assert again.document.same_content(found)
    again.forget()


def test_a_saved_file_and_the_journal_of_later_edits_are_both_whole(qapp, tmp_path: Path):
    session = Session(Recovery(tmp_path / "recovery"))
    steps = edits(session, 3)
    for _edit in islice(steps, 20):
        pass
    session.save(tmp_path / "graph.mgp")
    saved = session.document.copy()
    for _edit in islice(steps, 5):
        pass
    latest = session.document.copy()
    session.close(keep_journal=True)
    [remains] = Recovery(tmp_path / "recovery").recoverable()
    assert read((tmp_path / "graph.mgp").read_bytes()).same_content(saved)
    assert remains.document.same_content(latest)
    assert save(tmp_path / "again.mgp", write(remains.document)) is None
    remains.forget()
