"""The range of a slider: typed in place, in the inspector, taken away; and how it is painted."""

import numpy as np
import pytest

from engine.graph.spans import set_span
from playground.canvas.frame.sliders import Sliders
from playground.handlers.sliders import Sliders as Handlers


@pytest.fixture
def handlers(session, canvas) -> Handlers:
    return Handlers(session, canvas)


def typed(canvas, hands, text: str) -> None:
    """Type into the editor in place and press Enter."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    assert canvas._editor.is_open
    QTest.keyClicks(canvas._editor, text)
    QTest.keyClick(canvas._editor, Qt.Key.Key_Return)
    hands.settle()


def test_a_range_is_typed_on_the_card(session, product, canvas, hands, handlers):
    start = session.document.copy()
    session.set_selection({product.a})
    handlers.edit_range()
    typed(canvas, hands, "-5..pi")
    assert session.document.node(product.a).span == (-5.0, np.pi)
    assert not canvas.slider_rect(product.a).isEmpty()
    session.undo()
    assert session.document.same_content(start)


def test_a_range_is_suggested_that_holds_the_number(session, product, canvas, handlers):
    session.set_number(product.a, 7.5)
    session.flush()
    session.set_selection({product.a})
    handlers.edit_range()
    assert canvas._editor.text() == "-10..10"


def test_nonsense_is_refused_in_a_sentence_and_can_be_mended(
    session, product, canvas, hands, handlers
):
    refusals = []
    session.refused.connect(refusals.append)
    session.set_selection({product.a})
    handlers.edit_range()
    typed(canvas, hands, "five")
    assert refusals == ["“five” is not a range. Type its two ends, such as -5..5 or 0, 1."]
    assert session.document.node(product.a).span is None
    typed(canvas, hands, "0, 1")
    assert session.document.node(product.a).span == (0.0, 1.0)


def test_nothing_typed_takes_the_slider_away(session, product, canvas, hands, handlers):
    session.do(set_span(session.document, [product.a], (0.0, 4.0)))
    hands.settle()
    session.set_selection({product.a})
    handlers.edit_range()
    assert canvas._editor.text() == "0..4"
    canvas._editor.clear()
    typed(canvas, hands, "")
    assert session.document.node(product.a).span is None


def test_sliders_of_all_that_is_selected_are_taken_away_at_once(session, product, hands, handlers):
    session.do(set_span(session.document, [product.a, product.b], (0.0, 4.0)))
    session.set_selection({product.a, product.b, product.c})
    handlers.remove()
    assert [session.document.node(n).span for n in (product.a, product.b)] == [None, None]
    session.undo()
    assert session.document.node(product.b).span == (0.0, 4.0)


def test_parts_are_clipped_to_the_groove():
    sliders = Sliders(np.arange(4), np.zeros(4), np.full(4, 2.0))
    assert sliders.parts(np.array([-1.0, 0.5, 2.0, 9.0])).tolist() == [0.0, 0.25, 1.0, 1.0]


def pixel(canvas, part: float, node: int):
    """Return the colour in the middle of a slider's groove."""
    at = canvas.slider_point(node, part)
    return canvas.grab().toImage().pixelColor(at)


@pytest.mark.parametrize("name", ["dark", "light"])
def test_the_part_between_zero_and_the_knob_has_the_colour_of_the_sign(
    session, product, canvas, hands, name
):
    canvas.themes.choose(name)
    session.do(set_span(session.document, [product.a, product.b], (-5.0, 5.0)))
    hands.settle()
    theme = canvas.themes.current()
    assert pixel(canvas, 0.6, product.a) == theme.positive
    assert pixel(canvas, 0.7, product.a) == theme.ink
    assert pixel(canvas, 0.4, product.b) == theme.negative
    assert pixel(canvas, 0.9, product.b) not in (theme.positive, theme.negative, theme.backward)


def test_a_value_without_a_slider_keeps_the_bar_of_its_gradient(session, product, canvas, hands):
    session.do(set_span(session.document, [product.a], (-5.0, 5.0)))
    hands.settle()
    frame = canvas._scene.picture.frame
    assert frame.sliders.item.tolist() == [frame.index[product.a]]


def test_a_slider_stays_in_the_heat_view(session, product, canvas, hands):
    session.do(set_span(session.document, [product.a], (-5.0, 5.0)))
    hands.settle()
    canvas.show_heat(on=True)
    hands.settle()
    where = canvas.slider_rect(product.a)
    before = canvas.viewport().grab(where).toImage()
    session.do(set_span(session.document, [product.a], (0.0, 3.0)))
    hands.settle()
    assert canvas.viewport().grab(where).toImage() != before
