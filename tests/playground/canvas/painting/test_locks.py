"""Padlocks: on a folded group and in the title of an open one, where all parameters are frozen."""

import numpy as np
import pytest

from engine.errors import accept
from engine.graph.document import Document
from engine.graph.groups import freeze_groups
from engine.graph.models import Model, model_document
from engine.graph.properties import set_frozen
from engine.graph.verbs import after
from playground.canvas.frame.build import build_frame
from playground.canvas.frame.labels import LOCK
from playground.canvas.painting.lens import Lens
from playground.canvas.painting.titles import titles_of
from playground.theme import load_theme

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def network() -> Document:
    return accept(model_document(Model((3, 2, 1))))


def of_kind(document: Document, template: str) -> list[int]:
    return sorted(one.id for one in document.groups.values() if one.template == template)


def locked_cards(document: Document, folded: frozenset[int]) -> set[int]:
    """Return the groups on whose cards a padlock is drawn."""
    frame = build_frame(document, folded)
    labels = frame.labels
    drawn = [labels.texts[words].special == LOCK for words in labels.words.tolist()]
    items = frame.ids[labels.item[np.array(drawn, bool)]].tolist()
    return {item for item in items if item in document.groups}


def locked_titles(document: Document, zoom: float = 1.0) -> set[str]:
    """Return the names of the open groups that a padlock stands beside."""
    frame = build_frame(document, frozenset())
    low = frame.rects[:, :2].min(axis=0) * zoom
    lens = Lens(zoom, 1.0, -low[0] + 9, -low[1] + 9, 9000, 9000)
    titles = titles_of(document, frame, frame.rects, lens, load_theme("dark"))
    return {title.words[0][0] for title in titles if title.lock is not None}


def test_nothing_is_locked_at_first(network):
    assert locked_cards(network, frozenset(network.groups)) == set()
    assert locked_titles(network) == set()


@pytest.mark.parametrize("template", ["neuron", "layer"])
def test_a_folded_group_has_a_padlock_once_all_of_it_is_frozen(network, template):
    first, *_others = of_kind(network, template)
    parameters = [n for n in network.members(first) if network.node(n).role == "parameter"]
    folded = frozenset(of_kind(network, template))
    partly = after(network, set_frozen(network, parameters[:-1], True))
    assert locked_cards(partly, folded) == set()
    wholly = after(partly, set_frozen(partly, parameters[-1:], True))
    assert locked_cards(wholly, folded) == {first}


def test_an_open_group_has_it_beside_its_name_and_so_have_those_within(network):
    first, *_others = of_kind(network, "layer")
    frozen = after(network, freeze_groups(network, [first], True))
    inner = {g.label for g in network.groups.values() if g.group == first}
    assert locked_titles(frozen) == {"layer 1", *inner}


def test_what_holds_all_that_is_frozen_is_locked_too(network):
    frozen = after(network, freeze_groups(network, of_kind(network, "layer"), True))
    assert build_frame(frozen, frozenset()).locked >= set(of_kind(network, "mlp"))


@pytest.mark.parametrize("zoom", [0.3, 0.6, 1.0, 2.0])
def test_a_padlock_stands_within_the_box_of_its_title(network, zoom):
    frozen = after(network, freeze_groups(network, of_kind(network, "mlp"), True))
    frame = build_frame(frozen, frozenset())
    low = frame.rects[:, :2].min(axis=0) * zoom
    lens = Lens(zoom, 1.0, -low[0] + 9, -low[1] + 9, 9000, 9000)
    titles = titles_of(frozen, frame, frame.rects, lens, load_theme("dark"))
    locks = [(title, *title.lock) for title in titles if title.lock is not None]
    assert locks
    for title, x, side in locks:
        assert x > 0
        assert x + side <= title.box.width() + 1
        assert side <= title.box.height()


def test_the_padlock_is_seen_on_the_canvas(network, studio):
    first = of_kind(network, "layer")[0]
    frozen = after(network, freeze_groups(network, [first], True))
    pictures = []
    for document in (network, frozen):
        room = studio(document)
        frame = room.picture.frame
        corner = frame.rects[frame.index[first], :2]
        origin = (20 - round(corner[0]), 20 - round(corner[1]))
        pictures.append(room.shot(origin=origin)[20:56, 20:180])
    assert np.any(pictures[0] != pictures[1])
