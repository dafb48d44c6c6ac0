"""Document files on a real disk: wholly old or wholly new, and a sentence for whatever fails."""

import os
import resource
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.errors import Refusal
from playground.storage import load, save
from playground.storage.files import MAX_BYTES

NOBODY = 65534  # whom the system refuses things, as it never does root


@pytest.fixture
def ordinary(tmp_path: Path) -> Iterator[Path]:
    """Give a folder of one's own, and be someone whom permissions hold, even if run by root."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        yield tmp_path
        return
    folder = Path(tempfile.mkdtemp())
    os.chown(folder, NOBODY, NOBODY)
    os.seteuid(NOBODY)
    try:
        yield folder
    finally:
        os.seteuid(0)
        shutil.rmtree(folder)


def test_what_was_saved_is_loaded(tmp_path: Path):
    path = tmp_path / "gräph ✓.mgp"
    assert save(path, b"one") is None
    assert load(path) == b"one"


def test_the_version_before_is_kept_and_a_save_without_change_keeps_it(tmp_path: Path):
    path = tmp_path / "graph.mgp"
    for data in (b"one", b"two", b"two"):
        assert save(path, data) is None
    assert path.read_bytes() == b"two"
    assert (tmp_path / "graph.mgp~").read_bytes() == b"one"


def test_a_first_save_leaves_no_other_file(tmp_path: Path):
    save(tmp_path / "graph.mgp", b"one")
    assert [entry.name for entry in tmp_path.iterdir()] == ["graph.mgp"]


def test_the_kept_version_is_as_private_as_the_file(tmp_path: Path):
    path = tmp_path / "graph.mgp"
    save(path, b"one")
    path.chmod(0o600)
    save(path, b"two")
    modes = {stat.S_IMODE(entry.stat().st_mode) for entry in tmp_path.iterdir()}
    assert modes == {0o600}


def test_a_save_through_a_link_changes_the_file_it_leads_to(tmp_path: Path):
    target, link = tmp_path / "target.mgp", tmp_path / "link.mgp"
    save(target, b"one")
    link.symlink_to(target)
    assert save(link, b"two") is None
    assert link.is_symlink()
    assert target.read_bytes() == b"two"


def test_a_folder_that_is_gone_is_named_and_nothing_is_written(tmp_path: Path):
    refusal = save(tmp_path / "gone" / "graph.mgp", b"one")
    assert isinstance(refusal, Refusal)
    assert "graph.mgp was not saved" in str(refusal)
    assert list(tmp_path.iterdir()) == []


def test_saving_over_a_folder_or_a_pipe_is_refused(tmp_path: Path):
    os.mkfifo(tmp_path / "pipe")
    for path, why in ((tmp_path, "it is a folder"), (tmp_path / "pipe", "it is no ordinary file")):
        refusal = save(path, b"one")
        assert isinstance(refusal, Refusal)
        assert f"{path.name} was not saved: {why}" in str(refusal)


def test_a_read_only_folder_keeps_its_old_file(ordinary: Path):
    path = ordinary / "graph.mgp"
    save(path, b"one")
    ordinary.chmod(0o500)
    try:
        refusal = save(path, b"two")
    finally:
        ordinary.chmod(0o700)
    assert isinstance(refusal, Refusal)
    assert path.read_bytes() == b"one"
    assert len(list(ordinary.iterdir())) == 1


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="uses a limit of Linux")
def test_a_disk_that_is_full_leaves_the_old_file_whole(tmp_path: Path):
    path = tmp_path / "graph.mgp"
    save(path, b"one")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    try:
        refusal = save(path, b"x" * 100_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert isinstance(refusal, Refusal)
    assert path.read_bytes() == b"one"
    assert {entry.name for entry in tmp_path.iterdir()} <= {"graph.mgp", "graph.mgp~"}


def test_a_process_killed_in_the_middle_of_saving_leaves_one_whole_version(tmp_path: Path):
    path = tmp_path / "graph.mgp"
    old, new = b"a" * 3_000_000, b"b" * 3_000_000
    path.write_bytes(old)
    script = (
        "import sys; from pathlib import Path; from playground.storage import save\n"
        "while True:\n"
        "    for letter in (b'b', b'a'):\n"
        f"        save(Path(sys.argv[1]), letter * {len(new)})\n"
        "        print(flush=True)"
    )
    saver = subprocess.Popen([sys.executable, "-c", script, path], stdout=subprocess.PIPE)
    assert saver.stdout is not None
    for _save in range(3):
        saver.stdout.readline()
    saver.kill()
    saver.wait()
    saver.stdout.close()
    assert path.read_bytes() in (old, new)


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda path: None, "there is no such file"),
        (lambda path: path.mkdir(), "it is a folder"),
        (os.mkfifo, "it is no ordinary file"),
        (lambda path: path.touch() or os.truncate(path, MAX_BYTES + 1), "64 MiB"),
    ],
)
def test_what_cannot_be_opened_is_refused_in_words(tmp_path: Path, make, why: str):
    path = tmp_path / "graph.mgp"
    make(path)
    refusal = load(path)
    assert isinstance(refusal, Refusal)
    assert "graph.mgp cannot be opened" in str(refusal)
    assert why in str(refusal)


def test_a_file_nobody_may_read_is_refused_in_words(ordinary: Path):
    path = ordinary / "graph.mgp"
    path.write_bytes(b"one")
    path.chmod(0)
    assert isinstance(load(path), Refusal)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="uses folders of Linux")
def test_what_the_system_refuses_even_to_root_is_said_in_its_words():
    refused = save(Path("/proc/graph.mgp"), b"one")
    assert "graph.mgp was not saved" in str(refused)
    unreadable = load(Path("/proc/self/mem"))
    assert "mem cannot be opened: Input/output error" in str(unreadable)


def test_a_name_no_file_can_have_is_refused_in_words():
    assert isinstance(load(Path("a\0b")), Refusal)
    assert isinstance(save(Path("a\0b"), b""), Refusal)
