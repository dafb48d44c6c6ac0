"""The library: files that come and go, broken ones, names and keys."""

from pathlib import Path

import pytest

from engine.errors import accept
from engine.exchange.program import insert_text
from engine.graph.document import Document
from engine.graph.own import OwnTemplate, own_template
from playground.session.library import Library
from playground.widgets.mine import MINE


@pytest.fixture
def make(qapp, tmp_path: Path):
    """Open libraries on one folder, as several windows do; the last is closed first."""
    opened: list[Library] = []

    def library(folder: Path = tmp_path / "library") -> Library:
        made = Library(folder)
        made.read()
        opened.append(made)
        return made

    yield library
    for one in reversed(opened):
        one.close()
        one.deleteLater()


def template(name: str, key: str = "") -> OwnTemplate:
    document = Document()
    document.apply(accept(insert_text(document, "tanh(a*b)", (0.0, 0.0))))
    return accept(own_template(document, document.graph, (), key or name, name))


def names() -> list[str]:
    return [one.name for one in MINE.values()]


def test_what_is_saved_is_offered_now_and_after_a_restart(make):
    library = make()
    assert library.save(template("zeta")) is None
    assert library.save(template("Alpha")) is None
    assert names() == ["Alpha", "zeta"]
    library.close()
    assert names() == []
    make()
    assert names() == ["Alpha", "zeta"]


def test_what_one_window_saves_the_other_sees(make, qtbot):
    one, other = make(), make()
    heard = []
    other.changed.connect(lambda: heard.append(names()))
    with qtbot.waitSignal(other._settling.timeout):
        (one.folder / "b.json").write_bytes(b"{}")
    path = one.folder / "a.json"
    from engine.files.own import write_own

    with qtbot.waitSignal(other.changed):
        path.write_bytes(write_own(template("by hand", "a")))
    assert heard[-1] == ["by hand"]


def test_a_broken_file_is_named_once_and_left_alone(make):
    library = make()
    bad = library.folder / "bad.json"
    bad.write_bytes(b"{")
    said: list[str] = []
    library.complained.connect(said.append)
    library.read()
    library.read()
    [sentence] = said
    assert "bad.json cannot be used" in sentence
    assert bad.read_bytes() == b"{"
    assert library.save(template("good")) is None
    assert names() == ["good"]


def test_links_folders_and_other_files_are_no_templates(make):
    library = make()
    (library.folder / "folder.json").mkdir()
    (library.folder / "text.txt").write_text("hello")
    said: list[str] = []
    library.complained.connect(said.append)
    library.read()
    assert names() == []
    assert len(said) == 1


def test_a_deleted_template_stays_as_a_file_that_can_be_brought_back(make):
    library = make()
    library.save(template("mine"))
    assert library.delete("mine") is None
    assert names() == []
    aside = library.folder / "mine.json~"
    aside.rename(library.folder / "mine.json")
    library.read()
    assert names() == ["mine"]
    assert "there no more" in str(library.delete("other"))


def test_another_name_keeps_the_file_and_a_name_that_is_taken_is_refused(make):
    library = make()
    library.save(template("one"))
    library.save(template("two"))
    assert "already a template" in str(library.rename("one", "two"))
    assert library.rename("one", "three") is None
    assert names() == ["three", "two"]
    assert sorted(path.name for path in library.folder.glob("*.json")) == ["one.json", "two.json"]
    assert "needs a name" in str(library.rename("one", " "))


@pytest.mark.parametrize(
    ("name", "key"),
    [("my neuron", "my-neuron"), ("../../etc", "etc"), ("Σ + b", "Σ-+-b"), ("///", "template")],
)
def test_the_key_of_a_name_is_a_file_in_the_folder(make, name, key):
    library = make()
    assert library.key_for(name) == key
    library.save(template(name, key))
    assert library.key_for(name) == key  # saved again, it takes the place of the first
    assert library._path(key).parent == library.folder
    assert library.key_for(f"{name}?") != key


def test_a_folder_that_cannot_be_written_is_said_in_a_sentence(make, tmp_path):
    (tmp_path / "file").write_text("in the way")
    library = make(tmp_path / "file" / "library")
    assert "was not saved" in str(library.save(template("mine")))
    assert names() == []
