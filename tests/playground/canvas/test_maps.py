"""Live maps on a shown canvas: what is asked of the worker, what comes, and the large one."""

import numpy as np
import pytest
from numpy.testing import assert_allclose
from PySide6.QtCore import QEvent, QPoint, QRectF
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip

from engine.errors import accept
from engine.graph.models import Model
from engine.graph.properties import set_data, set_value
from engine.graph.records import DataSettings
from engine.graph.verbs import disconnect
from engine.run.evaluate import evaluate
from playground.canvas.painting.detail import Detail
from playground.canvas.painting.maps import SMALLEST
from playground.session.clear import model_edit

AWAY = QPoint(880, 620)
MODEL = Model((4, 3, 1), data=DataSettings("moons", samples=20))


@pytest.fixture
def moons(session, canvas, hands):
    session.do(accept(model_edit(session.document, MODEL)))
    session.flush()
    canvas.fit()
    hands.settle()
    return session.document


def group(document, template: str, place: int = 0) -> int:
    return sorted(g.id for g in document.groups.values() if g.template == template)[place]


def frame_of(canvas):
    return canvas._scene.picture.frame


def small(canvas):
    return canvas._scene.picture.maps


def await_maps(canvas, qtbot, nodes=None) -> None:
    """Wait until what is in sight has been measured."""

    def there() -> bool:
        cells = frame_of(canvas).cells
        wanted = set(cells.node[cells.mapped].tolist()) if nodes is None else set(nodes)
        return small(canvas) is not None and wanted <= set(small(canvas).nodes)

    qtbot.waitUntil(there, timeout=5000)


def row_of(maps, node) -> np.ndarray:
    return maps.scores[maps.nodes.index(node)]


def test_the_maps_in_sight_come_and_are_what_the_graph_says(moons, canvas, qtbot):
    await_maps(canvas, qtbot)
    maps = small(canvas)
    assert len(maps.nodes) == 2 + 4 + 3 + 1
    bounds = maps.bounds
    result = evaluate(moons, probe=(bounds.right, bounds.bottom))
    corner = [row_of(maps, node)[0, -1] for node in maps.nodes]
    assert_allclose(corner, [result.number(node) for node in maps.nodes], rtol=1e-6, atol=1e-6)


def test_a_number_that_is_changed_changes_the_maps_that_depend_on_it(
    moons, canvas, session, qtbot
):
    await_maps(canvas, qtbot)
    before = small(canvas)
    neuron = group(moons, "neuron")
    weight = next(n for n in moons.members(neuron) if moons.node(n).role == "parameter")
    session.do(accept(set_value(moons, weight, 5.0)))
    qtbot.waitUntil(lambda: small(canvas) is not before, timeout=5000)
    after = small(canvas)
    node = int(frame_of(canvas).shows[frame_of(canvas).index[neuron]])
    assert not np.allclose(row_of(after, node), row_of(before, node))
    other = int(frame_of(canvas).shows[frame_of(canvas).index[group(moons, "neuron", 1)]])
    assert np.array_equal(row_of(after, other), row_of(before, other))


def test_only_what_is_in_sight_is_asked_for(moons, canvas, session, hands, qtbot):
    await_maps(canvas, qtbot)
    neuron = group(moons, "neuron", 7)  # that of the output
    canvas.set_zoom(3.0)
    canvas._camera.centre_on(canvas._parts.rect(neuron).center())
    canvas._maps.ask()
    wanted = session.training._wanted
    node = int(frame_of(canvas).shows[frame_of(canvas).index[neuron]])
    assert node in wanted.nodes
    assert len(wanted.nodes) < 5
    assert wanted.side == 32
    canvas.set_zoom(0.05)
    hands.settle()
    canvas._maps.ask()
    assert frame_of(canvas).cells.places[..., 2].max() * 0.05 < SMALLEST
    assert session.training._wanted.nodes == ()


def test_a_hidden_canvas_asks_for_nothing(moons, canvas, session, qtbot):
    await_maps(canvas, qtbot)
    canvas.hide()
    qtbot.waitUntil(lambda: session.training._wanted.nodes == (), timeout=2000)
    canvas.show()
    qtbot.waitUntil(lambda: len(session.training._wanted.nodes) == 10, timeout=2000)


def test_moving_the_view_a_little_measures_nothing_anew(moons, canvas, session, qtbot):
    await_maps(canvas, qtbot)
    canvas._maps.ask()
    before = session.training._wanted
    canvas._camera.pan(4, 3)
    canvas._maps.ask()
    assert session.training._wanted is before


def test_maps_move_while_training_runs_and_are_never_behind_the_numbers(
    moons, canvas, session, hands, qtbot
):
    await_maps(canvas, qtbot)
    node = moons.marked("prediction")[0]
    seen = []

    def look():
        """Compare what stands on the canvas with what its map says at that place."""
        maps, snapshot = small(canvas), session.training.snapshot
        session.flush()
        corner = (maps.bounds.left, maps.bounds.top)
        result = evaluate(moons, probe=corner, numbers=snapshot.parameters)
        assert row_of(maps, node)[-1, 0] == pytest.approx(result.number(node), rel=1e-5, abs=1e-6)
        seen.append(snapshot.step)

    session.training.snapshot_ready.connect(look)
    session.training.play()
    qtbot.waitUntil(lambda: len(set(seen)) > 4, timeout=10_000)
    session.training.pause()
    session.training.snapshot_ready.disconnect(look)
    assert canvas._scene.painter.cards.maps.coloured > 3


def test_without_data_tiles_show_their_numbers_again(moons, canvas, session, hands, qtbot):
    await_maps(canvas, qtbot)
    session.do(accept(set_data(moons, generator=None)))
    session.flush()
    hands.settle()
    assert not frame_of(canvas).cells.mapped.any()
    session.undo()
    session.flush()
    hands.settle()
    assert frame_of(canvas).cells.mapped.any()


def test_a_neuron_that_lacks_an_input_has_no_map_and_undo_brings_it_back(
    moons, canvas, session, hands, qtbot
):
    await_maps(canvas, qtbot)
    neuron = group(moons, "neuron")
    product = next(n for n in moons.members(neuron) if moons.node(n).op == "mul")
    port = moons.node(product).ports[0]
    session.do(accept(disconnect(moons, product, port)))
    session.flush()
    hands.settle()
    frame = frame_of(canvas)
    assert frame.index[neuron] not in frame.cells.item[frame.cells.mapped].tolist()
    session.undo()
    session.flush()
    hands.settle()
    await_maps(canvas, qtbot)


def test_another_document_never_shows_the_maps_of_the_one_before(
    moons, canvas, session, hands, qtbot
):
    await_maps(canvas, qtbot)
    session.new()
    assert small(canvas) is None
    session.do(accept(model_edit(session.document, MODEL)))
    session.flush()
    assert small(canvas) is None


def test_maps_can_be_turned_off_and_heat_does_so_as_long_as_it_lasts(
    moons, canvas, session, hands, qtbot
):
    await_maps(canvas, qtbot)
    for change in (canvas.show_maps, lambda on: canvas.show_heat(on=not on)):
        change(on=False)
        hands.settle()
        assert not frame_of(canvas).cells.mapped.any()
        canvas._maps.ask()
        assert session.training._wanted.nodes == ()
        change(on=True)
        hands.settle()
        assert frame_of(canvas).cells.mapped.any()


# The large one ----------------------------------------------------------------------------------


@pytest.fixture
def tile(moons, canvas, hands, qtbot):
    hands.release(AWAY)  # a double-click before may have left the button down
    await_maps(canvas, qtbot)
    return group(moons, "neuron", 5)


def shown(canvas) -> bool:
    return canvas.map_hover.card.isVisible()


def rest_on(canvas, hands, qtbot, item: int) -> None:
    hands.hover(AWAY)  # a mouse that is there already would not move
    hands.hover(canvas.item_rect(item).center())
    qtbot.waitUntil(lambda: shown(canvas), timeout=2000)


def test_a_mouse_that_rests_on_a_tile_sees_it_large_beside_it(
    tile, moons, canvas, session, hands, qtbot
):
    rest_on(canvas, hands, qtbot, tile)
    card = canvas.map_hover.card
    assert card.node == int(frame_of(canvas).shows[frame_of(canvas).index[tile]])
    qtbot.waitUntil(lambda: card.maps is not None and card.maps.side == 100, timeout=5000)
    assert canvas.rect().contains(card.geometry())
    assert not card.geometry().intersects(canvas.item_rect(tile))
    assert card._names() == ("neuron 2", "layer 2")
    assert card._hint() == f"Double-click to open its {len(moons.members(tile))} scalars"
    image = card.grab().toImage()
    colours = {image.pixel(x, 60) for x in range(30, 180, 5)}
    assert len(colours) > 3


def test_it_goes_at_a_press_and_stays_away_until_the_mouse_has_left(tile, canvas, hands, qtbot):
    rest_on(canvas, hands, qtbot, tile)
    at = canvas.item_rect(tile).center()
    hands.click(at)
    assert not shown(canvas)
    hands.hover(at + QPoint(2, 2))
    qtbot.wait(250)
    assert not shown(canvas)
    hands.hover(AWAY)
    rest_on(canvas, hands, qtbot, tile)
    hands.key("F9")
    assert not shown(canvas)


def test_it_follows_from_tile_to_tile_at_once_and_goes_where_there_is_none(
    tile, moons, canvas, hands, qtbot
):
    rest_on(canvas, hands, qtbot, tile)
    other = group(moons, "neuron", 4)
    hands.hover(canvas.item_rect(other).center())
    assert shown(canvas)
    assert canvas.map_hover.card.node == int(frame_of(canvas).shows[frame_of(canvas).index[other]])
    hands.hover(AWAY)
    assert not shown(canvas)


def test_a_turn_of_the_wheel_and_opening_the_neuron_end_it(tile, canvas, session, hands, qtbot):
    rest_on(canvas, hands, qtbot, tile)
    hands.turn(canvas.item_rect(tile).center(), 1)
    assert not shown(canvas)
    hands.hover(AWAY)
    rest_on(canvas, hands, qtbot, tile)
    at = canvas.item_rect(tile).center()
    hands.double_click(at)
    hands.release(at)  # else the button is down in the tests that follow
    assert tile not in session.view.folded
    assert not shown(canvas)


def test_a_cell_of_a_folded_layer_is_enlarged_by_itself(moons, canvas, session, hands, qtbot):
    layer = group(moons, "layer")
    session.set_view(folded=session.view.folded | {layer})
    canvas.fit()
    hands.settle()
    cells = frame_of(canvas).cells
    rows = np.flatnonzero(cells.item == frame_of(canvas).index[layer])
    assert len(rows) == 4
    sights = Detail.at(canvas.zoom).sights
    await_maps(canvas, qtbot, cells.node[rows].tolist())
    hands.hover(AWAY)
    for row in rows[[0, 3]].tolist():
        rect = cells.in_scene(frame_of(canvas).rects[:, :2], sights)[row]
        place = canvas._camera.rect_on_screen(QRectF(*rect.tolist())).toRect()
        hands.hover(place.center())
        qtbot.waitUntil(lambda: shown(canvas), timeout=2000)
        assert canvas.map_hover.card.node == cells.node[row]


def test_it_marks_the_sample_or_the_place_that_is_tried_out(tile, canvas, session, hands, qtbot):
    rest_on(canvas, hands, qtbot, tile)
    card = canvas.map_hover.card
    qtbot.waitUntil(lambda: card.maps is not None and card.maps.side == 100, timeout=5000)
    ring = card.grab().toImage()
    session.set_probe((0.0, 0.0))
    hands.settle()
    assert card.grab().toImage() != ring


def test_no_tooltip_stands_where_the_large_map_does(tile, canvas, hands, qtbot):
    rest_on(canvas, hands, qtbot, tile)
    at = canvas.item_rect(tile).center()
    event = QHelpEvent(QEvent.Type.ToolTip, at, canvas.viewport().mapToGlobal(at))
    QApplication.sendEvent(canvas.viewport(), event)
    assert not QToolTip.isVisible()


def test_a_tooltip_gives_way_to_the_large_map_even_to_one_that_is_about_to_come(
    tile, canvas, hands, qtbot
):
    at = canvas.item_rect(tile).center()
    event = QHelpEvent(QEvent.Type.ToolTip, at, canvas.viewport().mapToGlobal(at))
    hands.hover(AWAY)
    QToolTip.showText(canvas.viewport().mapToGlobal(AWAY), "of a wire", canvas.viewport())
    hands.hover(at)
    QApplication.sendEvent(canvas.viewport(), event)
    assert QToolTip.text() == "of a wire", "the map is waited for"
    qtbot.waitUntil(lambda: shown(canvas), timeout=2000)
    qtbot.waitUntil(lambda: not QToolTip.isVisible(), timeout=2000)
