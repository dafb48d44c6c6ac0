"""Zoom at the cursor, fit, and what the document remembers of it."""

import pytest
from PySide6.QtCore import QPoint

from playground.canvas.camera import LEAST, MOST


def test_the_wheel_zooms_at_the_cursor(product, canvas, hands):
    at = canvas.port_point(product.a)
    hands.turn(at, 1)
    assert canvas.zoom == pytest.approx(2**0.25)
    assert (canvas.port_point(product.a) - at).manhattanLength() <= 1


def test_many_small_turns_do_not_let_the_picture_drift(product, canvas, hands):
    at = canvas.port_point(product.a)
    for _turn in range(40):
        hands.turn(at, 0.1)
    assert canvas.zoom == pytest.approx(2.0)
    assert (canvas.port_point(product.a) - at).manhattanLength() <= 2


def test_zoom_follows_how_far_the_wheel_turned_and_not_how_often(product, canvas, hands):
    hands.turn(QPoint(450, 320), 2)
    assert canvas.zoom == pytest.approx(2**0.5)
    hands.turn(QPoint(450, 320), -2)
    assert canvas.zoom == pytest.approx(1.0)


def test_zoom_stays_within_its_limits(product, canvas, hands):
    hands.turn(QPoint(450, 320), 100)
    assert canvas.zoom == MOST
    hands.turn(QPoint(450, 320), -100)
    assert canvas.zoom == LEAST


def test_fit_shows_everything(product, canvas, hands):
    canvas.zoom_by(3.0)
    canvas.fit()
    room = canvas.viewport().rect()
    for item in (product.a, product.b, product.c):
        assert room.contains(canvas.item_rect(item))


def test_fit_selection_brings_it_to_the_middle(session, product, canvas, hands):
    session.set_selection({product.c})
    canvas.fit_selection()
    middle = canvas.viewport().rect().center()
    assert (canvas.item_rect(product.c).center() - middle).manhattanLength() <= 3


def test_what_is_fitted_is_fitted_again_in_another_size(product, canvas, hands):
    canvas.fit()
    canvas.resize(500, 400)
    hands.settle()
    for item in (product.a, product.b, product.c):
        assert canvas.viewport().rect().contains(canvas.item_rect(item))


def test_the_middle_stays_in_the_middle_in_another_size(product, canvas, hands):
    canvas.set_zoom(1.0)
    before = canvas.item_rect(product.c).center() - canvas.viewport().rect().center()
    canvas.resize(700, 500)
    hands.settle()
    after = canvas.item_rect(product.c).center() - canvas.viewport().rect().center()
    assert (after - before).manhattanLength() <= 2


def test_looking_is_remembered_in_the_view_and_is_no_edit(session, product, canvas, hands):
    hands.turn(QPoint(300, 200), 2)
    hands.drag(QPoint(500, 600), QPoint(530, 560), button="middle")
    assert session.view.zoom == pytest.approx(2**0.5)
    assert session.view.centre is not None
    assert not session.is_dirty


def test_a_document_is_looked_at_where_it_was_left(session, product, canvas, hands, tmp_path):
    hands.turn(QPoint(300, 200), 2)
    place = canvas.item_rect(product.a)
    path = tmp_path / "graph.mgp"
    session.save(path)
    session.new()
    hands.settle()
    session.open(path)
    hands.settle()
    assert canvas.zoom == pytest.approx(2**0.5)
    assert (canvas.item_rect(product.a).center() - place.center()).manhattanLength() <= 2


def test_a_document_that_was_never_looked_at_is_shown_whole(session, canvas, hands):
    session.open_example()
    hands.settle()
    room = canvas.viewport().rect()
    assert all(room.contains(canvas.item_rect(node.id)) for node in session.document.nodes())


def test_what_is_added_out_of_sight_is_brought_into_sight(session, product, canvas, hands):
    session.add_item("op:tanh", (3000.0, 2000.0))
    hands.settle()
    [made] = session.selection
    assert canvas.viewport().rect().contains(canvas.item_rect(made))


def test_a_free_spot_covers_nothing(session, product, canvas, hands):
    for _again in range(6):
        assert session.add_item("op:tanh", canvas.free_spot())
        hands.settle()
    rects = [canvas.item_rect(node.id) for node in session.document.nodes()]
    for place, rect in enumerate(rects):
        assert not any(rect.intersects(other) for other in rects[place + 1 :])


def test_a_zoom_by_the_menu_centres_on_what_is_selected(session, product, canvas):
    session.set_selection({product.a})
    canvas.zoom_by(2.0)
    away = canvas.item_rect(product.a).center() - canvas.viewport().rect().center()
    assert away.manhattanLength() <= 4


def test_a_zoom_by_the_menu_never_leaves_one_before_an_empty_picture(
    session, build, canvas, hands
):
    far = [build.value("a", 1.0, -3000.0, 0.0), build.value("b", 1.0, 3000.0, 0.0)]
    hands.settle()
    canvas.fit()
    canvas.set_zoom(1.0)
    seen = canvas.viewport().rect()
    assert any(seen.contains(canvas.item_rect(item)) for item in far)
