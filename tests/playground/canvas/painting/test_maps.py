"""Maps as they are painted: in the colours of the boundary, each on its own card."""

from dataclasses import replace

import numpy as np
import pytest

from engine.errors import accept
from engine.graph.models import Model, model_document
from engine.graph.records import DataSettings
from engine.train.boundary import NO_DATA, Boundary
from engine.train.maps import PLAIN, Maps
from tests.playground.canvas.studio import maps_of

SIDE = 16


@pytest.fixture
def studio(qapp):
    from tests.playground.canvas.studio import Studio

    return Studio


@pytest.fixture
def document():
    made = accept(model_document(Model((3, 1), data=DataSettings("moons", samples=10))))
    neurons = frozenset(g.id for g in made.groups.values() if g.template == "neuron")
    made.view = replace(made.view, folded=neurons)
    return made


def tiles(room):
    """Return the item numbers and nodes of the tiles of a studio."""
    cells = room.picture.frame.cells
    rows = np.flatnonzero(cells.places[0, :, 0] == 0)
    return list(zip(cells.item[rows].tolist(), cells.node[rows].tolist(), strict=True))


def shot_of(room, item: int, zoom: float = 2.0):
    """Paint a studio so that an item fills the picture."""
    x, y, width, height = room.picture.frame.rects[item].tolist()
    size = (round(width * zoom), round(height * zoom))
    return room.shot(zoom, 1.0, size, (-x * zoom, -y * zoom)).astype(int)


def flat(nodes, numbers, links=None) -> Maps:
    """Return maps that have one number everywhere."""
    scores = np.stack([np.full((SIDE, SIDE), number, np.float32) for number in numbers])
    return Maps(tuple(nodes), scores, tuple(links or [PLAIN] * len(numbers)), NO_DATA, (0, 1))


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("link", ["score", "logit", "probability"])
def test_a_tile_has_the_colours_of_the_boundary(studio, document, theme, link):
    from playground.theme import load_theme
    from playground.widgets.heatmap import colour_table, leaning, shades

    room = studio(document, theme, maps=True)
    item, node = tiles(room)[0]
    row = np.linspace(-1.4, 1.4, SIDE, dtype=np.float32)
    scores = np.broadcast_to(row + row[:, None] / 2, (1, SIDE, SIDE))
    room.picture.maps = Maps((node,), scores, (link,), NO_DATA, (0, 1))
    pixels = shot_of(room, item)
    wanted = shades(leaning(Boundary(scores[0], NO_DATA, link)), colour_table(load_theme(theme)))
    wanted = wanted[::-1, :, :3].astype(int)
    line, count = 2, len(pixels)
    places = np.rint(line + (count - 2 * line) * np.arange(1, SIDE - 1) / (SIDE - 1) - 0.5)
    found = pixels[np.ix_(places.astype(int), places.astype(int))]
    inner = np.abs(found - wanted[1:-1, 1:-1]).max(axis=2)
    assert np.median(inner) <= 8
    assert inner.max() <= 40  # half a pixel off where the colour turns fastest


def test_every_tile_shows_the_map_of_its_own_node(studio, document):
    room = studio(document, maps=True)
    own = tiles(room)
    numbers = [-0.9, -0.3, 0.3, 0.9]
    nodes = [node for _item, node in own]
    room.picture.maps = flat(nodes, numbers)
    middles = [shot_of(room, item)[60, 72] for item, _node in own]
    red = [int(pixel[0]) for pixel in middles]
    assert red == sorted(red, reverse=True)
    room.picture.maps = flat(nodes[::-1], numbers)
    again = [shot_of(room, item)[60, 72] for item, _node in own]
    assert np.array_equal(again, middles[::-1])


def test_what_is_not_finite_has_no_colour_of_the_map(studio, document):
    room = studio(document, maps=True)
    item, node = tiles(room)[0]
    room.picture.maps = flat([node], [np.nan])
    assert tuple(shot_of(room, item)[60, 72]) == room.picture.theme.card.getRgb()[:3]
    room.picture.maps = flat([node], [np.inf])
    assert tuple(shot_of(room, item)[60, 72]) == room.picture.theme.card.getRgb()[:3]


def test_until_its_map_has_come_a_tile_has_the_colour_of_its_number(studio, document):
    from playground.widgets.heatmap import colour_table, shades

    room = studio(document, maps=True)
    item, node = tiles(room)[1]
    room.picture.maps = None
    picture = room.picture
    value = picture.readings.value[picture.frame.index[int(picture.frame.ids[item])]]
    wanted = shades(np.array([value]), colour_table(picture.theme))[0, :3]
    assert shot_of(room, item)[60, 72].tolist() == wanted.tolist()
    room.picture.maps = flat([node + 1], [0.9])  # that of another node is never shown on it
    assert shot_of(room, item)[60, 72].tolist() == wanted.tolist()


def test_the_map_of_a_card_that_lies_over_another_is_the_one_to_be_seen(studio, document):
    room = studio(document, maps=True)
    (lower, first), (upper, second) = tiles(room)[:2]
    room.picture.maps = flat([first, second], [-0.9, 0.9])
    alone = shot_of(room, upper)[60, 72]
    rects = room.picture.frame.rects
    room.picture.shift[upper] = rects[lower, :2] - rects[upper, :2] + (10, 10)
    pixels = shot_of(room, lower)
    assert np.array_equal(pixels[80, 80], alone)
    assert not np.array_equal(pixels[8, 60], alone)


def test_in_the_heat_view_tiles_show_heat_and_no_map(studio, document):
    from engine.run.evaluate import evaluate
    from playground.canvas.frame.heat import Thermometer

    room = studio(document, maps=True)
    item, node = tiles(room)[0]
    picture = room.picture
    picture.heat = Thermometer(picture.frame).read(evaluate(document))
    before = shot_of(room, item)
    picture.maps = flat([node], [0.9])
    assert np.array_equal(shot_of(room, item), before)


def test_an_atlas_is_coloured_once_for_its_maps_and_theme(studio, document):
    from playground.theme import load_theme

    room = studio(document, maps=True)
    painter = room.item.cards.maps
    for _again in range(3):
        room.shot()
    assert painter.coloured == 1
    room.picture.theme = load_theme("light")
    room.shot()
    assert painter.coloured == 2
    nodes = room.picture.frame.cells.node.tolist()
    room.picture.maps = maps_of(document, nodes)
    room.shot()
    assert painter.coloured == 3
