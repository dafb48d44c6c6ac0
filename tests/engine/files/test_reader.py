"""The reader takes any bytes: a document comes out, or exactly one sentence."""

import copy
import json

import pytest

from engine.errors import Refusal
from engine.files import newer_version, read, write
from engine.graph.document import Document
from engine.graph.records import Bookmark
from tests.engine.files.corpus import BAD
from tests.engine.files.good_file import GOOD, changed, noted, raw, section


@pytest.mark.parametrize("name", BAD)
def test_bad_bytes_are_refused_in_words(name: str) -> None:
    data, sentence = BAD[name]
    outcome = read(data)
    assert isinstance(outcome, Refusal)
    assert str(outcome) == sentence


def test_the_good_file_is_read() -> None:
    document = opened(json.dumps(GOOD).encode())
    assert [node.id for node in document.nodes()] == [1, 2, 3, 4]
    assert document.inputs(4) == (3, 1)
    assert document.node(4).ports == (0, 2)
    assert document.members(7) == [3]
    assert document.next_id == 9


def test_a_byte_order_mark_does_no_harm() -> None:
    assert opened(b"\xef\xbb\xbf" + json.dumps(GOOD).encode()).same_content(
        opened(json.dumps(GOOD).encode())
    )


def test_whole_characters_written_as_surrogate_pairs_are_read() -> None:
    assert opened(raw('"a"', '"\\ud83d\\ude00"')).node(1).label == "😀"


def test_unknown_ops_and_fields_survive_load_and_save() -> None:
    tree = copy.deepcopy(GOOD)
    tree |= {"sounds": {"volume": 0.5}, "version": 7}
    tree["training"] = {"patience": 0.9}
    tree["view"] = {"lanterns": [[1, 2]]}
    tree["graph"]["mood"] = "calm"
    tree["graph"]["edges"][0]["comment"] = "the first"
    tree["graph"]["nodes"][0] |= {"colour": {"hue": 3}, "extra": [None]}
    tree["graph"]["nodes"].append(
        {"id": 8, "op": "fourier", "ports": [4], "position": [0, 0], "attributes": {"k": 2}}
    )
    tree["graph"]["edges"].append({"source": 4, "target": 8, "key": 4})
    saved = json.loads(write(opened(json.dumps(tree).encode())))
    assert saved["sounds"] == {"volume": 0.5}
    assert saved["version"] == 7
    assert saved["training"]["patience"] == 0.9
    assert saved["view"]["lanterns"] == [[1, 2]]
    assert saved["graph"]["mood"] == "calm"
    assert saved["graph"]["edges"][0]["comment"] == "the first"
    assert saved["graph"]["nodes"][0] == tree["graph"]["nodes"][0]
    assert saved["graph"]["nodes"][4] == tree["graph"]["nodes"][4]
    assert {"source": 4, "target": 8, "key": 4} in saved["graph"]["edges"]


def test_a_file_of_a_newer_version_opens_with_a_warning() -> None:
    document = opened(changed(lambda tree: tree.update(version=7)))
    assert newer_version(document) == (
        "This document was made by a newer Micrograd Playground (format 7, this one knows 1);"
        " what is new in it is kept but not shown. Save it under another name."
    )
    assert newer_version(opened(json.dumps(GOOD).encode())) == ""


def test_an_id_is_never_given_out_twice() -> None:
    assert opened(changed(lambda tree: tree.update(next_id=2))).next_id == 8
    assert opened(changed(lambda tree: tree.pop("next_id"))).next_id == 8


def test_missing_attributes_get_their_defaults() -> None:
    power = {"id": 8, "op": "power", "ports": [0], "position": [0, 0]}
    document = opened(changed(lambda tree: tree["graph"]["nodes"].append(power)))
    assert document.node(8).attributes == {"n": 2.0}


def test_a_view_of_groups_that_are_gone_is_forgotten() -> None:
    view = opened(section("view", folded=[7, 99], current_group=99)).view
    assert view.folded == {7}
    assert view.current_group is None


def test_a_note_is_read_with_what_this_version_does_not_know() -> None:
    data = noted(kind="frame", text="both", size=[100, 50], colour="moss", group=7, mood="calm")
    document = opened(data)
    note = document.notes[8]
    assert (note.kind, note.text, note.size, note.group) == ("frame", "both", (100.0, 50.0), 7)
    assert json.loads(write(document))["notes"][0]["mood"] == "calm"
    assert document.next_id == 9


def test_a_note_whose_group_an_older_version_deleted_comes_out_of_it() -> None:
    assert opened(noted(group=99)).notes[8].group is None


def test_a_file_without_notes_is_written_as_it_always_was() -> None:
    assert b"notes" not in write(opened(json.dumps(GOOD).encode()))


def test_bookmarks_are_kept_with_what_is_unknown_in_them() -> None:
    near = {"slot": 2, "name": "near", "zoom": 2.0, "centre": [1.0, -2.0], "folded": [7]}
    far = {"slot": 1, "name": "far", "zoom": 0.5, "centre": None, "folded": [], "mood": "calm"}
    document = opened(section("view", bookmarks=[near, far]))
    assert document.view.bookmarks == (
        Bookmark(1, "far", 0.5, extra={"mood": "calm"}),
        Bookmark(2, "near", 2.0, (1.0, -2.0), frozenset({7})),
    )
    assert json.loads(write(document))["view"]["bookmarks"] == [far, near]


def test_a_file_without_bookmarks_has_no_word_of_them() -> None:
    assert "bookmarks" not in json.loads(write(opened(json.dumps(GOOD).encode())))["view"]


def test_a_bookmark_forgets_groups_that_are_gone() -> None:
    view = opened(section("view", bookmarks=[{"slot": 1, "folded": [7, 99]}])).view
    assert view.bookmarks[0].folded == {7}


def opened(data: bytes) -> Document:
    """Read a document that must be fine."""
    document = read(data)
    assert isinstance(document, Document), str(document)
    return document
