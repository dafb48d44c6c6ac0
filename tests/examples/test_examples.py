"""The bundled examples: current, in order, and fit to be looked at."""

import json
from itertools import combinations
from textwrap import wrap

import pytest

import resources
from engine.files import read
from engine.graph.document import Document
from engine.graph.geometry import node_size
from engine.graph.projection import Item, project
from playground.canvas.painting.notes import SHEET_PAD
from playground.canvas.painting.prose import typeset
from tests.make_examples import EXAMPLES, files

NAMES = [example.name for example in EXAMPLES]
FOLDED = ("moons", "spiral", "three-classes", "sine", "four-points")
NARROW = 24  # letters


def opened(name: str) -> Document:
    """Open a bundled example."""
    document = read(resources.read_bytes(f"examples/{name}.mgp"))
    assert isinstance(document, Document), str(document)
    return document


def test_the_committed_files_are_what_the_examples_make() -> None:
    made = files()
    committed = {name.split("/")[-1]: resources.read_bytes(name) for name in stored()}
    stale = sorted(name for name in made | committed if made.get(name) != committed.get(name))
    assert stale == [], "run `python -m tests.make_examples`"


def stored() -> list[str]:
    """Return the names of the files of the folder."""
    return resources.names("examples")


def test_the_index_lists_every_example_in_order() -> None:
    index = json.loads(resources.read_text("examples/index.json"))
    assert [entry["name"] for entry in index["examples"]] == NAMES
    assert all(entry["title"] and entry["description"] for entry in index["examples"])


def test_no_description_is_cut_off_where_two_short_lines_are_shown() -> None:
    index = json.loads(resources.read_text("examples/index.json"))
    long = [entry["name"] for entry in index["examples"] if len(lines(entry["description"])) > 2]
    assert long == []


def lines(description: str) -> list[str]:
    """Break a description as the narrowest column of the welcome does."""
    return wrap(description, NARROW, break_on_hyphens=False)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_covers_anything_at_first_sight(name: str) -> None:
    document = opened(name)
    items = project(document, document.view.folded).items
    boxes = [item for item in items if item.kind != "frame"]
    for one, other in combinations(boxes, 2):
        assert apart(one, other), f"{one} covers {other}"


def test_every_note_of_an_example_has_room_for_its_words(qapp: object) -> None:
    for name in NAMES:
        for note in opened(name).notes.values():
            width, height = note.size
            words = typeset(note.text, width - 2 * SHEET_PAD)
            assert words.size().height() <= height - 1.5 * SHEET_PAD, name


def apart(one: Item, other: Item) -> bool:
    """Whether two items do not touch."""
    x, y, width, height = one.rect
    left, top, across, down = other.rect
    return x + width < left or left + across < x or y + height < top or top + down < y


@pytest.mark.parametrize("name", [name for name in NAMES if name not in FOLDED])
def test_values_flow_from_left_to_right(name: str) -> None:
    document = opened(name)
    for source, target, _port in document.edges():
        start, end = document.node(source), document.node(target)
        assert start.position[0] + node_size(start)[0] < end.position[0]
