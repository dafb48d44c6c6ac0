"""Folding and unfolding by double-click, with the corner that was clicked where it was."""

import pytest
from PySide6.QtCore import QPoint, QPointF

from engine.errors import accept
from engine.graph.models import Model, insert_model
from engine.graph.records import DataSettings


@pytest.fixture
def network(session, canvas, hands) -> dict[str, int]:
    data = DataSettings("moons", samples=10)
    session.do(accept(insert_model(session.document, Model((3, 2, 1), data=data))))
    hands.settle()
    canvas.fit()
    hands.settle()
    groups = session.document.groups.values()
    return {group.label: group.id for group in groups}


def test_a_double_click_unfolds_a_group_and_its_corner_stays(session, network, canvas, hands):
    neuron = next(g.id for g in session.document.groups.values() if g.template == "neuron")
    assert neuron in session.view.folded
    before = canvas.item_rect(neuron).topLeft()
    hands.double_click(canvas.item_rect(neuron).center())
    assert neuron not in session.view.folded
    assert (canvas.item_rect(neuron).topLeft() - before).manhattanLength() <= 2
    members = session.document.members(neuron)
    assert all(not canvas.item_rect(node).isEmpty() for node in members)


def test_a_double_click_on_the_title_folds_it_again_in_its_place(session, network, canvas, hands):
    layer = network["layer 1"]
    rect = canvas.item_rect(layer)
    hands.double_click(QPoint(rect.center().x(), rect.top() + 8))
    assert layer in session.view.folded
    assert (canvas.item_rect(layer).topLeft() - rect.topLeft()).manhattanLength() <= 2


def test_folding_is_no_edit(session, network, canvas, hands):
    steps = session.stack.count()
    hands.double_click(canvas.item_rect(network["hinge"]).center())
    assert session.stack.count() == steps


def test_folding_and_unfolding_leaves_everything_where_it_was(session, network, canvas, hands):
    before = canvas._scene.picture.frame.rects.tolist()
    for _twice in range(2):
        session.toggle_fold(network["layer 2"])
        hands.settle()
    assert canvas._scene.picture.frame.rects.tolist() == before


def test_hit_items_are_reused_when_a_group_is_folded(session, network, canvas, hands):
    made, hits = canvas._scene.made, dict(canvas._scene.hits)
    session.toggle_fold(network["layer 2"])
    hands.settle()
    assert canvas._scene.made == made
    assert canvas._scene.hits.items() <= hits.items()


def test_a_click_on_a_band_takes_all_its_wires_and_says_how_many(session, network, canvas, hands):
    session.set_view(folded=session.view.folded | {network["layer 1"], network["layer 2"]})
    hands.settle()
    canvas.fit()
    hands.settle()
    wires = canvas._scene.picture.frame.wires
    assert wires.count.max() > 1
    said = []
    session.hinted.connect(said.append)
    row = int(wires.count.argmax())
    begin, finish = wires.ends(canvas._scene.picture.corners())
    middle = (begin[row] + finish[row]) / 2  # of a curve, too
    hands.click(canvas._camera.to_screen(QPointF(*middle.tolist())).toPoint())
    assert len(session.wires) == wires.count[row]
    assert f"{wires.count[row]} wires" in said[-1]


@pytest.mark.parametrize("zoom", [1.0, 2.5, 4.0])
def test_what_is_unfolded_is_brought_into_sight_as_a_whole(session, network, canvas, hands, zoom):
    neuron = next(g.id for g in session.document.groups.values() if g.template == "neuron")
    session.set_selection({neuron})
    canvas.set_zoom(zoom)
    hands.settle()
    canvas._camera.pan(250, 150)
    hands.settle()
    hands.double_click(canvas.item_rect(neuron).center())
    assert neuron not in session.view.folded
    assert canvas.viewport().rect().contains(canvas.item_rect(neuron))
    assert canvas.zoom <= zoom


def test_what_is_folded_out_of_sight_is_brought_back(session, network, canvas, hands):
    layer = network["layer 1"]
    canvas.set_zoom(2.0)
    canvas._camera.pan(5000, 5000)
    hands.settle()
    session.toggle_fold(layer)
    hands.settle()
    assert canvas.viewport().rect().contains(canvas.item_rect(layer))
