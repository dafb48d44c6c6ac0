"""The rubber band selects what it touches."""

from PySide6.QtCore import QPoint


def around(canvas, *items):
    """Return two corners outside of all these items."""
    rect = canvas.item_rect(items[0])
    for item in items[1:]:
        rect = rect.united(canvas.item_rect(item))
    rect.adjust(-15, -15, 15, 15)
    return rect.topLeft(), rect.bottomRight()


def test_what_the_band_touches_is_selected_at_once(session, product, canvas, hands):
    begin, end = around(canvas, product.a, product.b)
    hands.drag_to(begin, end)
    assert session.selection == {product.a, product.b}
    assert canvas._scene.picture.floating.band is not None
    hands.release(end)
    assert canvas._scene.picture.floating.band is None
    assert session.selection == {product.a, product.b}


def test_the_band_lets_go_of_what_it_no_longer_touches(session, product, canvas, hands):
    begin, end = around(canvas, product.a, product.b)
    hands.drag_to(begin, end)
    hands.move(around(canvas, product.a)[1])
    assert session.selection == {product.a}
    hands.release(around(canvas, product.a)[1])


def test_shift_adds_to_the_selection(session, product, canvas, hands):
    session.set_selection({product.c})
    begin, end = around(canvas, product.a)
    hands.drag(begin, end, "Shift")
    assert session.selection == {product.a, product.c}


def test_escape_restores_the_selection(session, product, canvas, hands):
    session.set_selection({product.c})
    begin, end = around(canvas, product.a)
    hands.drag_to(begin, end)
    hands.key("Escape")
    hands.release(end)
    assert session.selection == {product.c}
    assert canvas._scene.picture.floating.band is None


def test_a_click_on_nothing_selects_nothing(session, product, canvas, hands):
    session.set_selection({product.a})
    hands.click(QPoint(880, 20))
    assert session.selection == frozenset()


def test_qt_knows_what_is_selected(session, product, canvas, hands):
    begin, end = around(canvas, product.a, product.b)
    hands.drag(begin, end)
    assert {hit.id for hit in canvas.scene().selectedItems()} == {product.a, product.b}
