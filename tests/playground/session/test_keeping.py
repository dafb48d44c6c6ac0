"""Files through a session: what is saved comes back, and nothing bad replaces what is open."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

import pytest

from engine.files import read, write
from engine.graph.document import Document
from engine.graph.properties import set_value
from engine.graph.verbs import add_value, delete
from playground.dialogs.examples import examples
from playground.session import Session
from playground.session.keeper import Keeper
from playground.storage import Journal, Recovery


@pytest.fixture
def recovery(tmp_path: Path) -> Recovery:
    return Recovery(tmp_path / "recovery")


@pytest.fixture
def opened(qapp) -> Iterator[Callable[[Recovery], Session]]:
    """Open sessions that keep a journal, and close them whatever happens to the test."""
    sessions: list[Session] = []

    def make(recovery: Recovery) -> Session:
        sessions.append(Session(recovery))
        return sessions[-1]

    yield make
    for session in sessions:
        session.close()


@pytest.fixture
def kept(opened, recovery: Recovery) -> Session:
    """Open a session that keeps a journal."""
    return opened(recovery)


def work(session: Session, value: float = 2.0) -> None:
    session.add_item("template:neuron", (0.0, 0.0))
    session.add_item("value:constant", (300.0, 0.0))
    [*_others, last] = session.document.nodes()
    session.do(set_value(session.document, last.id, value))


def journals(recovery: Recovery) -> list[str]:
    return [entry.name for entry in recovery.folder.glob("*.journal")]


def test_a_saved_document_is_the_same_when_opened_and_saved_again(session, tmp_path: Path):
    work(session)
    session.toggle_fold(min(session.document.groups))
    before = session.document.copy()
    first, second = tmp_path / "one.mgp", tmp_path / "two.mgp"
    assert session.save(first)
    session.new()
    assert session.open(first)
    assert session.document.same_content(before)
    assert session.view.folded == before.view.folded
    assert session.save(second)
    assert first.read_bytes() == second.read_bytes()


def test_the_name_follows_the_file_and_dirty_follows_the_steps(session, tmp_path: Path, qtbot):
    assert session.name == "Untitled"
    work(session)
    assert session.is_dirty
    with qtbot.waitSignal(session.title_changed):
        session.save(tmp_path / "graph.mgp")
    assert (session.name, session.path) == ("graph.mgp", tmp_path / "graph.mgp")
    assert not session.is_dirty
    with qtbot.waitSignal(session.title_changed):
        session.undo()
    assert session.is_dirty
    session.redo()
    assert not session.is_dirty


def test_saving_without_a_name_does_nothing(session):
    work(session)
    assert not session.save()
    assert session.is_dirty


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"\x89PNG\r\n", b'{"format": "micrograd-playground"}', b"[" * 100_000, b"\xff"],
    ids=["empty", "torn", "picture", "bare", "deep", "not text"],
)
def test_a_bad_file_is_a_sentence_and_the_open_document_stays(session, tmp_path, qtbot, data):
    work(session)
    document, steps = session.document, session.stack.count()
    (tmp_path / "bad.mgp").write_bytes(data)
    with qtbot.waitSignal(session.refused) as told:
        assert not session.open(tmp_path / "bad.mgp")
    assert told.args[0].startswith("bad.mgp: ")
    assert "Traceback" not in told.args[0]
    assert session.document is document
    assert session.stack.count() == steps
    assert session.path is None


def test_a_file_that_is_not_there_is_a_sentence(session, tmp_path: Path, qtbot):
    with qtbot.waitSignal(session.refused) as told:
        assert not session.open(tmp_path / "gone.mgp")
    assert told.args == ["gone.mgp cannot be opened: there is no such file."]


def test_a_save_that_fails_leaves_the_document_dirty_and_says_why(session, tmp_path, qtbot):
    work(session)
    with qtbot.waitSignal(session.refused) as told:
        assert not session.save(tmp_path / "gone" / "graph.mgp")
    assert "graph.mgp was not saved" in told.args[0]
    assert session.is_dirty
    assert session.path is None


def test_a_copy_is_saved_without_becoming_the_document(session, tmp_path: Path):
    work(session)
    assert session.save_copy(tmp_path / "copy.mgp")
    assert read((tmp_path / "copy.mgp").read_bytes()).same_content(session.document)
    assert session.is_dirty
    assert session.path is None


def test_a_file_of_a_newer_version_is_announced_and_saved_under_another_name(
    session, tmp_path: Path, qtbot
):
    newer = tmp_path / "newer.mgp"
    newer.write_bytes(write(Document()).replace(b'"version": 1', b'"version": 2'))
    with qtbot.waitSignal(session.refused) as told:
        assert session.open(newer)
    assert "newer" in told.args[0]
    work(session)
    with qtbot.waitSignal(session.refused) as told:
        assert not session.save()
    assert "Save it under another name" in told.args[0]
    assert session.save(tmp_path / "other.mgp")


def test_the_start_page_is_the_tanh_neuron_of_the_lecture(session, qtbot):
    with qtbot.waitSignal(session.document_replaced):
        assert session.open_example()
    output = session.document.find("o")
    assert round(session.result.number(output), 4) == 0.7071
    assert session.is_untouched
    assert session.path is None
    assert session.name == "A tanh neuron"


def test_an_example_that_does_not_exist_is_refused(session, qtbot):
    for name in ("nothing", "../nothing"):
        with qtbot.waitSignal(session.refused):
            assert not session.open_example(name)


def test_the_result_of_a_new_document_is_there_when_it_is_announced(session):
    seen = []
    session.document_replaced.connect(
        lambda: seen.append(session.result.revision == session.document.revision)
    )
    session.open_example()
    session.new()
    assert seen == [True, True]
    assert len(session.result.ids) == 0


def test_another_document_leaves_no_selection_probe_or_steps(session):
    session.open_example("moons")
    session.set_probe((0.0, 0.0))
    work(session)
    session.new()
    assert session.selection == frozenset()
    assert session.probe is None
    assert session.samples is None
    assert not session.stack.canUndo()


def test_every_edit_undo_and_redo_is_in_the_journal(kept: Session, recovery: Recovery):
    work(kept)
    kept.undo()
    kept.undo()
    kept.redo()
    kept.do(delete(kept.document, [kept.document.nodes()[0].id]))
    expected = kept.document.copy()
    kept.close(keep_journal=True)
    [remains] = recovery.recoverable()
    assert remains.document.same_content(expected)
    remains.forget()


def test_a_clean_end_leaves_no_journal(kept: Session, recovery: Recovery, tmp_path: Path):
    work(kept)
    assert len(journals(recovery)) == 1
    kept.save(tmp_path / "graph.mgp")
    assert journals(recovery) == []
    work(kept)
    kept.close()
    assert list(recovery.folder.iterdir()) == []


def test_an_interrupted_session_leaves_a_journal_only_if_it_is_dirty(recovery: Recovery, opened):
    for dirty in (False, True):
        session = opened(recovery)
        work(session)
        while not dirty and session.stack.canUndo():
            session.undo()
        session.close(keep_journal=True)
        assert len(journals(recovery)) == dirty


def test_recovered_work_is_dirty_keeps_its_file_and_is_offered_once(
    kept: Session, recovery: Recovery, tmp_path: Path, opened
):
    path = tmp_path / "graph.mgp"
    work(kept)
    kept.save(path)
    kept.do(set_value(kept.document, kept.document.nodes()[-1].id, 9.0))
    expected = kept.document.copy()
    kept.close(keep_journal=True)
    again = opened(recovery)
    [remains] = recovery.recoverable()
    again.recover(remains)
    assert again.document.same_content(expected)
    assert again.view.folded == expected.view.folded
    assert again.is_dirty
    assert again.path == path
    assert recovery.recoverable() == []
    assert len(journals(recovery)) == 1
    again.save()
    again.close()
    assert journals(recovery) == []
    assert read(path.read_bytes()).same_content(expected)


def test_a_new_document_after_recovered_work_is_clean(kept: Session, recovery: Recovery, opened):
    work(kept)
    kept.close(keep_journal=True)
    again = opened(recovery)
    [remains] = recovery.recoverable()
    again.recover(remains)
    assert again.is_dirty
    again.new()
    assert not again.is_dirty


def test_recovered_work_is_offered_again_if_no_journal_takes_it(
    kept: Session, recovery: Recovery, opened, monkeypatch, qtbot
):
    work(kept)
    expected = kept.document.copy()
    kept.close(keep_journal=True)
    again = opened(recovery)
    [remains] = recovery.recoverable()

    def refuse(_journal: Journal) -> BinaryIO:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Journal, "_open", refuse)
    with qtbot.waitSignal(again.refused) as told:
        again.recover(remains)
    assert "cannot be kept for recovery" in told.args[0]
    assert again.document.same_content(expected)
    again.close()
    [remains] = recovery.recoverable()
    assert remains.document.same_content(expected)
    remains.forget()


def test_a_journal_that_cannot_be_written_is_told_once_and_work_goes_on(tmp_path, opened):
    (tmp_path / "recovery").write_text("a file where the folder should be")
    session, told = opened(Recovery(tmp_path / "recovery")), []
    session.refused.connect(told.append)
    work(session)
    assert session.stack.count() == 3
    session.close()
    assert len(told) == 1
    assert "cannot be kept for recovery" in told[0]


def test_a_keeper_without_recovery_only_names(tmp_path: Path):
    keeper = Keeper(None)
    assert keeper.keep(b"", tmp_path / "graph.mgp") is None
    assert keeper.name == "graph.mgp"
    document = Document()
    document.apply(add_value(document, (0.0, 0.0)))
    assert keeper.save(document, tmp_path / "other.mgp") is None
    assert (keeper.path, keeper.name) == (tmp_path / "other.mgp", "other.mgp")


def test_an_example_is_called_what_the_welcome_calls_it(session):
    for example in examples():
        assert session.open_example(example.name)
        assert session.name == example.title


def test_a_closed_session_says_nothing_when_its_undo_stack_is_destroyed(session):
    """Qt clears a stack that it destroys, and calls whoever listens, be it half destroyed."""
    session.do(add_value(session.document, (0.0, 0.0)))
    said = []
    session.title_changed.connect(lambda: said.append("title"))
    session.stack.indexChanged.connect(lambda _index: said.append("index"))
    session.close()
    session.stack.clear()
    assert said == []
