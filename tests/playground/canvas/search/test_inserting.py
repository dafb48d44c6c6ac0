"""With one wire selected the search adds on it, half-way between its ends, or beside it."""

from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF

from engine.errors import accept
from engine.graph.edits import Edit
from engine.graph.verbs import group
from playground.canvas.frame.routes import points_on
from playground.session.additions import Hooks, addition, fits
from playground.widgets.card import SHADOW
from playground.widgets.catalogue import items


@pytest.fixture
def graph(session, product, build, hands):
    """Make t = tanh(c) of c = a * b, far enough apart for something between."""
    product.t = build.op("tanh", (product.c,), 200.0, -40.0, label="t")
    session.stack.clear()
    hands.settle()
    return product


@pytest.fixture
def wire(session, canvas, graph):
    """The wire from c to t, selected."""
    chosen = (graph.t, 0)
    canvas.select_wire(chosen)
    return chosen


def on_screen(canvas, wire) -> list[QPoint]:
    """Return points along a wire, in the viewport."""
    picture = canvas._scene.picture
    pieces, row = picture.pieces(), canvas._scene.wire_row(wire)
    rows = np.flatnonzero(pieces.wire == row)
    points = points_on(pieces, rows, np.linspace(0, 1, 20)).reshape(-1, 2)
    return [canvas._camera.to_screen(QPointF(*point)).toPoint() for point in points]


def test_what_is_typed_is_inserted_between_the_ends(session, graph, canvas, typing, wire):
    before = session.document.copy()
    typing.write("sq")
    assert typing.promise() == "Return inserts Square between c and t"
    typing.press("Return")
    [made] = session.selection
    assert session.document.inputs(graph.t) == (made,)
    assert session.document.inputs(made) == (graph.c,)
    assert session.wires == frozenset()
    cards = [canvas.item_rect(item) for item in (graph.c, made, graph.t)]
    assert cards == sorted(cards, key=lambda rect: rect.left())
    assert not any(one.intersects(two) for one, two in pairwise(cards))
    assert session.stack.count() == 1
    session.undo()
    assert session.document.same_content(before)


def test_what_fits_stands_before_what_does_not(session, graph, canvas, typing, wire):
    typing.search.open()
    flags = [fits(session.document, key, wire) for key in typing.offered()]
    assert flags == sorted(flags, reverse=True)
    assert 0 < sum(flags) < len(flags)
    assert typing.promise().startswith("Return inserts")


def test_what_does_not_fit_is_added_beside_it(session, graph, canvas, typing, wire):
    typing.write("k=7")
    assert typing.promise() == "Return adds a value called k beside the wire"
    typing.press("Return")
    [made] = session.selection
    assert session.document.inputs(graph.t) == (graph.c,)
    assert not any(
        canvas.item_rect(made).intersects(canvas.item_rect(item))
        for item in (graph.a, graph.b, graph.c, graph.t)
    )


def test_a_formula_that_uses_the_source_goes_on_the_wire(session, graph, canvas, typing, wire):
    before = session.document.copy()
    typing.write("2*c+1")
    assert typing.promise() == "Return inserts 2*c+1 between c and t"
    typing.press("Return")
    assert session.result.number(graph.t) == np.tanh(2.0 * -6.0 + 1.0)
    assert session.stack.count() == 1
    session.undo()
    assert session.document.same_content(before)


@pytest.mark.parametrize("text", ["2*q+1", "c+t", "c+1; c+2"])
def test_other_formulas_go_beside_it(session, graph, canvas, typing, wire, text):
    assert not fits(session.document, f"expression:{text}", wire)
    typing.write(text)
    typing.press("Return")
    assert session.document.inputs(graph.t) == (graph.c,)
    assert len(session.document) > 4


def test_what_is_said_to_fit_is_what_is_inserted(session, graph, canvas):
    session.do(accept(group(session.document, [graph.t], "inner")))
    texts = [item.text for item in items()] + ["expression:c*c", "expression:q", "expression:c+t"]
    for wire in ((graph.c, 1), (graph.t, 0)):
        source = session.document.source(*wire)
        for text in texts:
            edit = addition(session.document, text, (0.0, 0.0), None, Hooks(wire=wire))
            if isinstance(edit, Edit):
                twin = session.document.copy()
                twin.apply(edit)
                assert (twin.source(*wire) != source) == fits(session.document, text, wire), text


def test_a_network_goes_on_a_wire(session, graph, canvas, typing, wire):
    typing.write("neuron")
    assert typing.promise() == "Return inserts neuron between c and t"
    typing.press("Return")
    [made] = session.selection
    members = set(session.document.members(made))
    assert set(session.document.inputs(graph.t)) <= members
    assert any(target in members for target, _port in session.document.consumers(graph.c))


def test_a_node_that_stands_unwired_is_inserted_by_its_name(
    session, graph, build, canvas, hands, typing
):
    square = build.op("square", (), 100.0, 180.0, label="s")
    session.stack.clear()
    hands.settle()
    before = session.document.copy()
    canvas.select_wire((graph.t, 0))
    typing.search.open()
    assert typing.offered()[0] == f"node:{square}"
    assert typing.promise() == "Return inserts s between c and t"
    typing.press("Return")
    assert session.document.inputs(graph.t) == (square,)
    assert session.document.inputs(square) == (graph.c,)
    assert session.selection == {square}
    assert canvas.item_rect(graph.c).right() < canvas.item_rect(square).left()
    assert session.stack.count() == 1
    session.undo()
    assert session.document.same_content(before)


def test_nodes_that_would_close_a_circle_or_feed_something_are_not_offered(
    session, graph, build, canvas, typing
):
    build.op("exp", (graph.t,), 400.0, -40.0)
    behind = build.op("add", (graph.t,), 400.0, 60.0)
    canvas.select_wire((graph.t, 0))
    typing.search.open()
    assert [key for key in typing.offered() if key.startswith("node:")] == []
    assert free_of(session, behind)


def free_of(session, node: int) -> bool:
    return not session.document.consumers(node)


def test_the_card_does_not_cover_the_wire(session, graph, canvas, typing, wire):
    typing.search.open()
    inner = typing.card.geometry().adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)
    assert not any(inner.contains(point) for point in on_screen(canvas, wire))


def test_the_wire_is_marked_while_something_is_sought(session, graph, canvas, typing, wire):
    typing.search.open()
    assert canvas._scene.picture.floating.landing == canvas._scene.wire_row(wire)
    before = session.document.copy()
    typing.press("Escape")
    assert canvas._scene.picture.floating.landing is None
    assert session.wires == {wire}
    assert session.document.same_content(before)


def test_with_two_wires_selected_the_search_adds_as_ever(session, graph, canvas, typing):
    canvas._scene.select_wires({(graph.c, 0), (graph.c, 1)})
    typing.write("exp")
    assert typing.promise() == "Return adds Exponential"


def test_a_formula_goes_on_with_its_result(session, graph, canvas, typing):
    session.set_selection(())
    typing.write("p*q+r")
    typing.press("Return")
    assert len(session.selection) == 5
    typing.write("tanh")
    typing.press("Return")
    [made] = session.selection
    [source] = session.document.inputs(made)
    assert session.document.node(source).op == "add"
    typing.write("*")
    typing.press("Return")
    [product] = session.selection
    assert session.document.inputs(product) == (made, None)


def test_two_formulas_kept_one_after_the_other_feed_with_their_results(session, canvas, typing):
    typing.write("p*q")
    typing.press("Return")
    typing.write("r*s")
    typing.press("Return", "Shift")
    typing.write("-")
    typing.press("Return")
    [made] = session.selection
    left, right = session.document.inputs(made)
    names = [
        {session.document.name(source) for source in session.document.inputs(node)}
        for node in (left, right)
    ]
    assert names == [{"p", "q"}, {"r", "s"}]


def test_who_selects_one_by_one_means_each_of_them(session, graph, canvas, hands, typing):
    hands.click(canvas.item_rect(graph.c).center() - QPoint(0, 14))
    hands.click(canvas.item_rect(graph.t).center() - QPoint(0, 14), "Shift")
    typing.write("*")
    typing.press("Return")
    [made] = session.selection
    assert session.document.inputs(made) == (graph.c, graph.t)


def test_who_selects_at_once_means_the_results(session, graph, canvas, typing):
    canvas.select_all()
    typing.write("exp")
    typing.press("Return")
    [made] = session.selection
    assert session.document.inputs(made) == (graph.t,)
