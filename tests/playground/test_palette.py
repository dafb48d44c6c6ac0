"""The palette: everything the engine knows, found by typing, added by mouse and by keyboard."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication

from engine import ops
from engine.graph.records import ROLES
from engine.graph.templates import TEMPLATES
from engine.ops.writing import plain
from playground.panels.palette import Palette
from playground.theme import ThemeManager
from playground.widgets.catalogue import add_actions, curve, found, is_expression, items
from playground.widgets.mime import pack, unpack
from playground.widgets.tile import Tile, card


@pytest.fixture
def palette(qtbot) -> Palette:
    palette = Palette(ThemeManager("dark"))
    qtbot.addWidget(palette)
    palette.resize(256, 700)
    palette.show()
    qtbot.waitExposed(palette)
    return palette


@pytest.fixture
def heard(palette) -> list[str]:
    texts: list[str] = []
    palette.chosen.connect(texts.append)
    return texts


def tile(palette: Palette, text: str) -> Tile:
    return next(one for one in palette.tiles() if one.item.text == text)


def texts(palette: Palette) -> list[str]:
    return [one.item.text for one in palette.tiles()]


def move(widget: Tile, to: QPoint) -> None:
    """A move with the left button held, which QTest cannot send."""
    at = QPointF(to)
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    event = QMouseEvent(
        QEvent.Type.MouseMove, at, QPointF(widget.mapToGlobal(to)), left, left, none
    )
    QApplication.sendEvent(widget, event)


def test_every_op_and_template_has_a_tile(palette):
    assert {f"op:{key}" for key in ops.OPS} <= set(texts(palette))
    assert {f"template:{key}" for key in TEMPLATES} <= set(texts(palette))
    assert {f"value:{role}" for role in ROLES} <= set(texts(palette))


def test_an_op_added_to_the_table_appears_in_palette_and_menu(qtbot):
    double = ops.OPS["neg"]
    fresh = type(double)(
        key="double",
        symbol="2x",
        title="Double",
        category="arithmetic",
        ports=("x",),
        formula="2 * x",
        derivatives=("2",),
        intuition="Twice the input, twice the slope.",
        forward=double.forward,
        partials=double.partials,
        sampler=double.sampler,
    )
    with ops.register(fresh):
        palette = Palette(ThemeManager("dark"))
        qtbot.addWidget(palette)
        assert "op:double" in texts(palette)
        assert "add.op:double" in {action.id for action in add_actions()}


def test_tiles_stand_in_the_order_of_the_table(palette):
    shown = [text.removeprefix("op:") for text in texts(palette) if text.startswith("op:")]
    assert shown == list(ops.OPS)


def test_tooltips_explain_with_formula_and_intuition(palette):
    for one in palette.tiles():
        kind, _colon, key = one.item.text.partition(":")
        if kind == "op":
            assert plain(ops.OPS[key].formula) in one.toolTip()
            assert ops.OPS[key].intuition in one.toolTip()
        assert one.accessibleName()


def test_the_curve_of_an_activation_is_its_own_function():
    heights = curve(ops.OPS["tanh"])
    assert heights == pytest.approx(np.tanh(np.linspace(-3, 3, len(heights))).tolist())
    curved = {item.text for item in items() if item.curve}
    assert curved == {f"op:{op.key}" for op in ops.OPS.values() if op.category == "activations"}


def test_typing_shows_only_what_fits(palette, qtbot):
    qtbot.keyClicks(palette.filter, "tanh")
    assert texts(palette) == ["op:tanh"]
    with qtbot.waitSignal(palette.left):
        qtbot.keyClick(palette.filter, Qt.Key.Key_Escape)
    assert len(texts(palette)) == len(items())


def test_an_op_is_found_by_symbol_key_and_title():
    for wanted in ("σ", "sigmoid", "Sigm"):
        assert found(wanted)[0].text == "op:sigmoid"
    assert found("leaky relu")[0].text == "op:leaky_relu"


def test_return_adds_the_best_match_and_says_so_before(palette, heard, qtbot):
    qtbot.keyClicks(palette.filter, "exp")
    assert "Exponential" in palette.promise_text()
    qtbot.keyClick(palette.filter, Qt.Key.Key_Return)
    assert heard == ["op:exp"]


@pytest.mark.parametrize("typed", ["3*x**2+1", "1/3", "tanh(x)", "2", "foo", "a-b"])
def test_return_adds_an_expression(palette, heard, qtbot, typed):
    qtbot.keyClicks(palette.filter, typed)
    assert typed in palette.promise_text()
    qtbot.keyClick(palette.filter, Qt.Key.Key_Return)
    assert heard == [f"expression:{typed}"]


@pytest.mark.parametrize("typed", ["x²", "|x|", "−", "max", "cross-entropy"])
def test_a_name_or_symbol_is_no_expression(typed):
    assert not is_expression(typed)


def test_return_without_text_adds_nothing(palette, heard, qtbot):
    qtbot.keyClicks(palette.filter, "   ")
    qtbot.keyClick(palette.filter, Qt.Key.Key_Return)
    assert heard == []


def test_a_double_click_adds_and_a_single_click_does_not(palette, heard, qtbot):
    sine = tile(palette, "op:sin")
    qtbot.mouseClick(sine, Qt.MouseButton.LeftButton)
    assert heard == []
    qtbot.mouseDClick(sine, Qt.MouseButton.LeftButton)
    assert heard == ["op:sin"]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_the_keyboard_adds_the_tile_with_the_focus(palette, heard, qtbot, key):
    mul = tile(palette, "op:mul")
    mul.setFocus()
    qtbot.keyClick(mul, key)
    assert heard == ["op:mul"]


def test_arrow_keys_walk_from_the_filter_through_the_tiles(palette, qtbot):
    palette.filter.setFocus()
    qtbot.keyClick(palette.filter, Qt.Key.Key_Down)
    walked = [palette.focusWidget().item.text]
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Down):
        qtbot.keyClick(palette.focusWidget(), key)
        walked.append(palette.focusWidget().item.text)
    assert walked[:4] == ["value:constant", "value:parameter", "value:target", "value:feature"]
    assert walked[4] in ("op:sub", "op:add")


def test_walking_up_from_the_first_row_goes_back_to_the_filter(palette, qtbot):
    first = palette.tiles()[0]
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Up)
    assert palette.focusWidget() is palette.filter


def test_dragging_carries_the_text_of_the_item(palette, monkeypatch, qtbot):
    carried: list[tuple[str | None, bool]] = []

    def record(drag: QDrag, *_actions) -> Qt.DropAction:
        carried.append((unpack(drag.mimeData()), drag.pixmap().isNull()))
        return Qt.DropAction.IgnoreAction

    monkeypatch.setattr(QDrag, "exec", record)
    relu = tile(palette, "op:relu")
    qtbot.mousePress(relu, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    move(relu, QPoint(6, 6))
    assert carried == []
    move(relu, QPoint(40, 30))
    assert carried == [("op:relu", False)]


def test_what_is_packed_is_unpacked_and_text_from_elsewhere_is_pasted():
    assert unpack(pack("op:tanh")) == "op:tanh"
    plain = pack("op:tanh")
    plain.removeFormat(plain.formats()[0])
    plain.setText("op:tanh")
    assert unpack(plain) == "pasted:op:tanh"
    plain.setUrls([QUrl("file:///tmp/op:tanh")])
    assert unpack(plain) is None


def test_the_picture_at_the_cursor_is_sharp(qapp):
    picture = card(items()[0], ThemeManager("light").current(), 2.0)
    assert picture.devicePixelRatio() == 2.0
    assert picture.toImage().pixelColor(20, 60).name() == QColor("#ffffff").name()


def test_tiles_of_a_row_are_equally_wide_and_inside_the_panel(palette):
    small = [one for one in palette.tiles() if not one.item.wide]
    assert max(one.width() for one in small) - min(one.width() for one in small) <= 1
    assert all(one.mapTo(palette, one.rect().topRight()).x() < 256 for one in palette.tiles())


def test_the_theme_repaints_the_tiles(qtbot):
    themes = ThemeManager("dark")
    palette = Palette(themes)
    qtbot.addWidget(palette)
    palette.resize(256, 700)
    palette.show()
    qtbot.waitExposed(palette)
    themes.choose("light")
    one = palette.tiles()[0]
    middle = QPoint(one.width() // 2, 3)
    assert one.grab().toImage().pixelColor(middle).name() == themes.current().raised.name()


def test_a_single_click_says_how_something_is_added(palette, heard, qtbot):
    told: list[str] = []
    palette.told.connect(told.append)
    qtbot.mouseClick(tile(palette, "op:tanh"), Qt.MouseButton.LeftButton)
    assert heard == []
    assert told == ["Drag it onto the canvas · double-click or Return adds it"]
