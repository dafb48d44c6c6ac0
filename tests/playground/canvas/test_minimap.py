"""The overview: when it is there, where it leads, and how little it paints."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from engine.errors import accept
from engine.graph import notes
from tests.playground.canvas.conftest import Hands

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def wide(session, build, canvas):
    """A graph of twelve values, far wider than the view at 100 %."""
    nodes = [build.value(f"x{n}", n - 5.0, 500.0 * n, 120.0 * (n % 3)) for n in range(12)]
    session.stack.clear()
    Hands.settle()
    canvas.set_zoom(1.0)
    Hands.settle()
    return nodes


def middle(canvas) -> QPointF:
    return canvas._camera.to_scene(canvas._camera.middle())


def panel_point(canvas, node: int) -> QPoint:
    minimap = canvas.minimap
    return minimap.panel_point(canvas._parts.rect(node).center()).toPoint()


def test_it_is_there_only_while_something_is_out_of_sight(session, wide, canvas):
    assert canvas.minimap.isVisible()
    canvas.fit()
    assert not canvas.minimap.isVisible()
    canvas.set_zoom(1.0)
    assert canvas.minimap.isVisible()
    canvas.minimap.want(False)
    assert not canvas.minimap.isVisible()
    canvas.minimap.want(True)
    session.new()
    Hands.settle()
    assert not canvas.minimap.isVisible()


def test_it_stays_in_the_corner(wide, canvas):
    for size in ((900, 640), (600, 420)):
        canvas.resize(*size)
        Hands.settle()
        place = canvas.minimap.geometry()
        assert (canvas.width() - place.right(), canvas.height() - place.bottom()) == (15, 15)


def test_points_of_panel_and_scene_are_each_others_inverse(wide, canvas):
    minimap = canvas.minimap
    for x, y in ((0.0, 0.0), (1234.5, -67.0), (5000.0, 300.0)):
        back = minimap.scene_point(minimap.panel_point(QPointF(x, y)))
        assert (back.x(), back.y()) == pytest.approx((x, y))


def test_every_card_is_inside_the_panel(wide, canvas):
    for node in wide:
        assert canvas.minimap.rect().contains(panel_point(canvas, node))


@pytest.mark.parametrize("number", [0, 11])
def test_a_click_looks_there(session, wide, canvas, number):
    before = middle(canvas)
    QTest.mouseClick(canvas.minimap, LEFT, pos=panel_point(canvas, wide[number]))
    Hands.settle()
    assert canvas.viewport().rect().intersects(canvas.item_rect(wide[number]))
    canvas.views.back()
    assert (middle(canvas) - before).manhattanLength() <= 3


def test_a_drag_takes_the_view_along_and_is_one_jump(session, wide, canvas, hands):
    minimap = hands.viewport = canvas.minimap
    before = middle(canvas)
    begin = minimap.panel_point(before).toPoint()
    QTest.mousePress(minimap, LEFT, pos=begin)
    moved = []
    for step in (10, 20, 30):
        hands.move(begin + QPoint(step, 0))
        moved.append(middle(canvas).x())
    QTest.mouseRelease(minimap, LEFT, pos=begin + QPoint(30, 0))
    assert moved == sorted(moved)
    assert middle(canvas).x() - before.x() == pytest.approx(30 / minimap._scale, abs=3)
    canvas.views.back()
    assert (middle(canvas) - before).manhattanLength() <= 3


def test_escape_goes_back_where_the_drag_began(session, wide, canvas, hands):
    before = middle(canvas)
    QTest.mousePress(canvas.minimap, LEFT, pos=panel_point(canvas, wide[11]))
    assert (middle(canvas) - before).manhattanLength() > 100
    hands.key("Escape")
    assert (middle(canvas) - before).manhattanLength() <= 3
    QTest.mouseRelease(canvas.minimap, LEFT, pos=panel_point(canvas, wide[11]))
    assert (middle(canvas) - before).manhattanLength() <= 3


def test_the_wheel_over_it_zooms_around_the_middle(wide, canvas, hands):
    before = middle(canvas)
    hands.viewport = canvas.minimap
    hands.turn(QPoint(20, 20), 2)
    assert canvas.zoom == pytest.approx(2**0.5)
    assert (middle(canvas) - before).manhattanLength() <= 3


def test_it_changes_nothing_in_the_document(session, wide, canvas, hands):
    before = session.document.copy()
    QTest.mouseClick(canvas.minimap, LEFT, pos=QPoint(20, 20))
    assert session.document.same_content(before)
    assert not session.is_dirty
    assert session.selection == frozenset()


def test_mere_numbers_do_not_draw_it_again_but_signs_do(session, wide, canvas):
    Hands.settle()
    drawn = canvas.minimap.drawn
    for number in (7.0, 8.5, 900.0):
        session.set_number(wide[11], number)
        Hands.settle()
    assert canvas.minimap.drawn == drawn
    session.set_number(wide[11], -1.0)
    Hands.settle()
    assert canvas.minimap.drawn == drawn + 1


def test_moving_the_view_does_not_draw_the_blocks_again(wide, canvas, hands):
    Hands.settle()
    drawn = canvas.minimap.drawn
    hands.drag(QPoint(300, 300), QPoint(200, 280), button="middle")
    hands.turn(QPoint(300, 300), 1)
    assert canvas.minimap.drawn == drawn


def test_another_theme_and_other_places_draw_it_again(session, wide, canvas, hands):
    Hands.settle()
    drawn = canvas.minimap.drawn
    canvas.themes.choose("light")
    Hands.settle()
    assert canvas.minimap.drawn == drawn + 1
    session.set_selection({wide[0]})
    hands.key("Down", "Alt")
    assert canvas.minimap.drawn == drawn + 2


def test_idle_it_paints_nothing(wide, canvas, monkeypatch):
    Hands.settle()
    painted = []
    original = type(canvas.minimap).paintEvent
    monkeypatch.setattr(
        type(canvas.minimap),
        "paintEvent",
        lambda minimap, event: painted.append(1) or original(minimap, event),
    )
    QTest.qWait(120)
    assert painted == []


def test_a_drawn_frame_is_an_outline_and_hides_nothing(session, wide, canvas):
    session.do(accept(notes.frame(session.document, wide)))
    [drawn] = session.document.notes
    session.do(notes.resize(session.document, drawn, (-100.0, -100.0), (6000.0, 2000.0)))
    Hands.settle()
    canvas._camera.pan(-3000, 0)
    minimap, rect = canvas.minimap, canvas._parts.rect(drawn)
    image, ratio = minimap.grab().toImage(), minimap.devicePixelRatio()
    corner = minimap.panel_point(rect.bottomRight())
    inside = image.pixelColor(((corner - QPointF(3, 3)) * ratio).toPoint())
    line = [
        image.pixelColor(((corner - QPointF(20, off)) * ratio).toPoint()) for off in (-1, 0, 1)
    ]
    panel = canvas._scene.picture.theme.panel
    assert inside == panel
    assert any(colour != panel for colour in line)
