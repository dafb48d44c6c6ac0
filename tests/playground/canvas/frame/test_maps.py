"""Where maps are on cards: squares within their area, each of its own node."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import accept
from engine.graph.document import Document
from engine.graph.geometry import FOLDED_SIZES, MAP_MARGIN, map_area
from engine.graph.models import Model, model_document
from engine.graph.records import DataSettings
from engine.train.maps import mapped
from playground.canvas.frame.build import build_frame
from playground.canvas.frame.maps import Sight, areas, grid
from playground.canvas.frame.style import CARD_MAPS, DETAIL_LINE, Face, Kind
from playground.canvas.painting.detail import Detail


@pytest.fixture(autouse=True)
def application(qapp):
    """Fonts are measured for labels that have to be cut."""


@pytest.fixture
def network() -> Document:
    return accept(model_document(Model((5, 1), data=DataSettings("moons", samples=10))))


def folded(document: Document, *templates: str) -> frozenset[int]:
    return frozenset(g.id for g in document.groups.values() if g.template in templates)


def built(document: Document, *templates: str):
    shown = folded(document, *templates)
    return build_frame(document, shown, mappable=mapped(document, (0, 1)))


def test_sixteen_neurons_fill_their_rows():
    squares = grid(map_area(FOLDED_SIZES["layer"]), 16)
    assert len({y for _x, y, _width, _height in squares}) in {2, 4}
    assert 16 % sum(y == squares[0][1] for _x, y, _width, _height in squares) == 0


@given(
    st.integers(1, 400),
    st.floats(20, 400),
    st.floats(20, 400),
)
def test_a_grid_has_a_square_for_each_within_the_area_and_none_over_another(count, width, height):
    squares = np.array(grid((3.0, 5.0, width, height), count))
    assert squares.shape == (count, 4)
    assert np.allclose(squares[:, 2], squares[:, 3])
    low, high = squares[:, :2], squares[:, :2] + squares[:, 2:]
    assert (low >= np.array([3.0, 5.0]) - 1e-6).all()
    assert (high <= np.array([3.0 + width, 5.0 + height]) + 1e-6).all()
    apart = (high[:, None] <= low[None] + 1e-9) | (low[:, None] >= high[None] - 1e-9)
    assert (apart.any(axis=2) | np.eye(count, dtype=bool)).all()


@pytest.mark.parametrize("template", ["layer", "mlp"])
def test_the_words_of_a_card_are_above_its_maps(template):
    left, top, width, height = map_area(FOLDED_SIZES[template])
    assert top > DETAIL_LINE + 20
    assert left > 0 < height
    assert (left + width, top + height) < FOLDED_SIZES[template]


@given(st.floats(0.05, 4.0), st.integers(1, 100))
def test_at_every_zoom_maps_lie_within_their_card_and_below_its_name(zoom, count):
    size, shares = FOLDED_SIZES["layer"], np.array(Detail.at(zoom).sights)
    assert np.isclose(shares.sum(), 1.0)
    assert (shares >= 0).all()
    grids = np.array([grid(area, count) for area in areas(size)])
    x, y, width, height = np.tensordot(shares, grids, 1).T
    assert (x >= MAP_MARGIN - 1e-6).all()
    assert (x + width <= size[0] - MAP_MARGIN + 1e-6).all()
    assert (y >= CARD_MAPS[Sight.ALONE] - 1e-6).all()
    assert (y + height <= size[1] - MAP_MARGIN + 1e-6).all()


def test_maps_are_larger_where_nothing_else_can_be_read_and_no_text_is_told_there():
    size = FOLDED_SIZES["layer"]
    _far, alone, near = (grid(area, 16)[0] for area in areas(size))
    assert alone[2] > 1.2 * near[2]
    for zoom in (0.3, 0.45, 0.55):
        assert Detail.at(zoom).sights[Sight.NEAR] == 0.0
    assert Detail.at(1.0).sights == (0.0, 0.0, 1.0)


def test_a_folded_neuron_is_a_square_filled_with_the_map_of_its_output(network):
    frame = built(network, "neuron")
    tiles = np.flatnonzero(frame.kinds == Kind.TILE)
    assert len(tiles) == 6
    for number in tiles.tolist():
        [row] = np.flatnonzero(frame.cells.item == number).tolist()
        assert frame.cells.node[row] == frame.shows[number]
        assert (frame.cells.places[:, row] == (0, 0, *FOLDED_SIZES["neuron"])).all()
        assert frame.faces[number] == Face.MAPPED_TILE
    assert FOLDED_SIZES["neuron"][0] == FOLDED_SIZES["neuron"][1]


def test_features_have_a_small_map_and_targets_and_parameters_have_none(network):
    frame = built(network, "neuron")
    leaves = np.flatnonzero(frame.kinds == Kind.LEAF).tolist()
    roles = {number: network.node(int(frame.ids[number])).role for number in leaves}
    with_map = {n for n in leaves if n in frame.cells.item.tolist()}
    assert with_map == {n for n, role in roles.items() if role == "feature"}


def test_a_folded_layer_shows_its_neurons_in_their_order_and_a_network_its_output(network):
    frame = built(network, "neuron", "layer")
    first = min(g.id for g in network.groups.values() if g.template == "layer")
    nodes = frame.cells.node[frame.cells.item == frame.index[first]].tolist()
    assert nodes == frame.contents[first].outputs
    units = [network.groups[network.node(node).group].slot[1] for node in nodes]
    assert units == [0, 1, 2, 3, 4]
    whole = built(network, "neuron", "layer", "mlp")
    [top] = folded(network, "mlp")
    assert whole.cells.node[whole.cells.item == whole.index[top]].tolist() == network.marked(
        "prediction"
    )


def test_without_maps_tiles_have_their_names_and_cards_cells_of_one_colour(network):
    frame = build_frame(network, folded(network, "neuron"))
    assert not len(frame.cells)
    tile = int(np.flatnonzero(frame.kinds == Kind.TILE)[0])
    labels = frame.labels
    texts = [labels.texts[w].text for w in labels.words[labels.item == tile].tolist()]
    assert texts == ["neuron 1"]
    cards = build_frame(network, folded(network, "neuron", "layer"))
    assert len(cards.cells) == 6
    assert not cards.cells.mapped.any()


def test_the_topmost_cell_is_found_at_a_point(network):
    frame = built(network, "neuron")
    corners = frame.rects[:, :2].copy()
    sights = Detail.at(1.0).sights
    rect = frame.cells.in_scene(corners, sights)
    x, y = (rect[0, :2] + rect[0, 2:] / 2).tolist()
    assert frame.cells.at(corners, sights, x, y) == 0
    last = len(frame.cells) - 1
    corners[frame.cells.item[last]] = corners[frame.cells.item[0]]
    x, y = (frame.cells.in_scene(corners, sights)[last, :2] + 5).tolist()
    assert frame.cells.at(corners, sights, x, y) == last
    assert frame.cells.at(corners, sights, 1e6, 0.0) is None


def test_folding_changes_no_stored_place(network):
    before = {g.id: g.position for g in network.groups.values()}
    network.view = replace(network.view, folded=folded(network, "neuron", "layer"))
    built(network, "neuron", "layer")
    assert {g.id: g.position for g in network.groups.values()} == before
