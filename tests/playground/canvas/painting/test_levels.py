"""The levels of detail fade into each other, and names of groups never lie over each other."""

import numpy as np
import pytest
from PySide6.QtCore import QRectF

from engine.errors import accept
from engine.graph.models import Model, model_document
from playground.canvas.painting import detail
from playground.canvas.painting.detail import Detail
from playground.canvas.painting.lens import Lens
from playground.canvas.painting.titles import OVER_CARDS, titles_of
from tests.playground.canvas.golden.gallery import neuron

LIMITS = sorted(
    {end for ends in (detail.TITLES, detail.CARDS, detail.LIFTS, detail.NUMBERS) for end in ends}
    | set(detail.CLOSE)
    | {OVER_CARDS}
)


def change(room, zoom: float) -> float:
    """Return how much of the picture changes with a hair's breadth of zoom."""
    before, after = (room.shot(zoom=zoom * part).astype(int) for part in (0.9995, 1.0005))
    return float(np.abs(before - after).mean())


def test_nothing_jumps_where_one_level_of_detail_becomes_another(studio):
    room = studio(neuron())
    ordinary = max(change(room, zoom) for zoom in (0.2, 0.37, 0.47, 0.58, 0.8, 1.0, 1.3, 2.0))
    for zoom in LIMITS:
        assert change(room, zoom) < 2 * ordinary, zoom


def test_every_part_appears_once_and_stays():
    zooms = np.geomspace(0.03, 4.0, 400)
    for part in ("titles", "cards", "lifts", "numbers", "close"):
        shares = [getattr(Detail.at(zoom), part) for zoom in zooms]
        assert shares == sorted(shares)
        assert (shares[0], shares[-1]) == (0.0, 1.0)


def test_titles_are_out_of_the_way_before_numbers_come():
    assert detail.LIFTS[1] <= detail.NUMBERS[0]
    assert detail.CARDS[1] <= detail.NUMBERS[0]


@pytest.fixture(scope="module")
def network():
    return accept(model_document(Model(layers=(5, 4, 1))))


@pytest.mark.parametrize("zoom", [0.03, 0.08, 0.12, 0.2, 0.3, 0.37, 0.5, 1.0])
@pytest.mark.parametrize("fold", ["", "neuron", "layer"])
def test_names_of_open_groups_never_lie_over_each_other(qapp, network, zoom, fold):
    from playground.canvas.frame.build import build_frame
    from playground.theme import load_theme

    folded = frozenset(g.id for g in network.groups.values() if g.template == fold)
    frame = build_frame(network, folded)
    low = frame.rects[:, :2].min(axis=0) * zoom
    lens = Lens(zoom, 1.0, -low[0] + 9, -low[1] + 9, 4000, 4000)
    boxes = [
        title.box for title in titles_of(network, frame, frame.rects, lens, load_theme("dark"))
    ]
    for place, box in enumerate(boxes):
        assert not any(box.intersects(other) for other in boxes[place + 1 :])


@pytest.mark.parametrize("zoom", [0.1, 0.2, 0.3, 0.37])
def test_the_outermost_name_keeps_its_size_from_afar(qapp, network, zoom):
    from playground.canvas.frame.build import build_frame
    from playground.theme import load_theme

    frame = build_frame(network, frozenset())
    low = frame.rects[:, :2].min(axis=0) * zoom
    lens = Lens(zoom, 1.0, -low[0] + 18, -low[1] + 18, 4000, 4000)
    [first, *_others] = titles_of(network, frame, frame.rects, lens, load_theme("dark"))
    assert first.words[0][0].startswith("MLP")
    assert first.words[0][1].pixelSize() >= 10
    everything = QRectF(0, 0, 4000, 4000)
    assert everything.contains(first.box)


@pytest.mark.parametrize("zoom", [0.2, 0.3, 0.37, 0.42, 0.5, 1.0])
def test_names_of_frames_cover_no_card(qapp, network, zoom):
    from playground.canvas.frame.build import build_frame
    from playground.canvas.frame.style import BACKING
    from playground.canvas.painting.backdrop import box_of
    from playground.theme import load_theme

    frame = build_frame(network, frozenset())
    lens = Lens(zoom, 1.0, *(18 - frame.rects[:, :2].min(axis=0) * zoom), 4000, 4000)
    titles = titles_of(network, frame, frame.rects, lens, load_theme("dark"))
    cards = frame.rects[~np.isin(frame.kinds, [int(kind) for kind in BACKING])]
    boxes = [box_of(rect, lens) for rect in cards]
    assert titles
    assert not any(title.box.intersects(box) for title in titles for box in boxes)


def test_a_folded_group_says_its_name_from_afar(studio, network):
    from dataclasses import replace

    document = network.copy()
    document.view = replace(network.view, folded=frozenset(g.id for g in network.groups.values()))
    room = studio(document)
    frame = room.picture.frame
    corner = frame.rects[frame.index[min(document.groups)], :2] * 0.3
    origin = (20 - corner[0].round(), 20 - corner[1].round())
    block = room.shot(zoom=0.3, origin=origin)[23:42, 24:60].reshape(-1, 3)
    assert len(np.unique(block, axis=0)) > 10  # letters, and their soft edges


def test_a_title_without_room_is_its_number_or_is_not_cut_to_next_to_nothing(qapp, network):
    from playground.canvas.frame.build import build_frame
    from playground.theme import load_theme

    frame = build_frame(network, frozenset())
    low = frame.rects[:, :2].min(axis=0)
    names = {group.label for group in network.groups.values()}
    numbers = {name.split()[-1] for name in names if name.split()[-1].isdigit()}
    for zoom in np.linspace(0.02, 0.5, 40).tolist():
        lens = Lens(zoom, 1.0, -low[0] * zoom + 9, -low[1] * zoom + 9, 4000, 4000)
        for title in titles_of(network, frame, frame.rects, lens, load_theme("dark")):
            written = title.words[0][0]
            cut = written.removesuffix("\N{HORIZONTAL ELLIPSIS}")
            whole = max((len(name) for name in names if name.startswith(cut)), default=0)
            assert written in names | numbers or len(cut) >= whole / 2


@pytest.mark.parametrize(
    ("text", "short"),
    [("neuron 12", "12"), ("layer 1", "1"), ("hinge", "hinge"), ("MLP 2 → 1", "MLP 2 → 1")],
)
def test_only_a_word_with_a_number_is_brief(text, short):
    from playground.canvas.frame.labels import brief

    assert brief(text) == short


def test_the_word_beside_a_title_fades_in(qapp, network):
    from playground.canvas.frame.build import build_frame
    from playground.theme import load_theme

    frame = build_frame(network, frozenset())
    low = frame.rects[:, :2].min(axis=0)
    shown = []
    for zoom in (0.36, 0.40, 0.43, 0.5):
        lens = Lens(zoom, 1.0, -low[0] * zoom + 9, -low[1] * zoom + 9, 4000, 4000)
        words = titles_of(network, frame, frame.rects, lens, load_theme("dark"))[0].words
        shown.append(words[1][2].alphaF() if len(words) > 1 else 0.0)
    assert shown == sorted(shown)
    assert (shown[0], shown[-1]) == (0.0, 1.0)
    assert 0 < shown[1] < shown[2] < 1
