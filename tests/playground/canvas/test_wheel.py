"""A wheel zooms, two fingers pan, whatever shape the system gives to their events."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QInputDevice, QNativeGestureEvent, QPointingDevice, QWheelEvent
from PySide6.QtWidgets import QApplication

AT = QPoint(450, 320)
Phase = Qt.ScrollPhase
PAD = QPointingDevice(
    "pad",
    77,
    QInputDevice.DeviceType.TouchPad,
    QPointingDevice.PointerType.Finger,
    QInputDevice.Capability.Scroll,
    2,
    3,
)


def send(canvas, pixels, angle, phase=Phase.NoScrollPhase, held=(), device=None) -> None:
    viewport = canvas.viewport()
    modifiers = Qt.KeyboardModifier.NoModifier
    for name in held:
        modifiers |= Qt.KeyboardModifier[f"{name}Modifier"]
    source = Qt.MouseEventSource.MouseEventNotSynthesized
    event = QWheelEvent(
        QPointF(AT),
        QPointF(viewport.mapToGlobal(AT)),
        QPoint(*pixels),
        QPoint(*angle),
        Qt.MouseButton.NoButton,
        modifiers,
        phase,
        False,
        source,
        device or QPointingDevice.primaryPointingDevice(),
    )
    QApplication.sendEvent(viewport, event)


def moved(canvas, node, before) -> tuple[int, int]:
    off = canvas.item_rect(node).topLeft() - before.topLeft()
    return off.x(), off.y()


@pytest.mark.parametrize("pieces", [1, 2, 8, 15, 60])
def test_a_turn_zooms_as_far_in_whatever_pieces_it_comes(product, canvas, pieces):
    for _piece in range(pieces):
        send(canvas, (0, 0), (0, 240 // pieces))
    assert canvas.zoom == pytest.approx(2**0.5)


def test_a_wheel_that_sends_pixels_as_well_still_zooms(product, canvas):
    send(canvas, (0, 40), (0, 120))
    assert canvas.zoom == pytest.approx(2**0.25)


def test_two_fingers_pan_by_their_pixels(product, canvas):
    before = canvas.item_rect(product.a)
    send(canvas, (0, 0), (0, 0), Phase.ScrollBegin)
    send(canvas, (12, -7), (24, -14), Phase.ScrollUpdate)
    send(canvas, (0, 0), (0, 0), Phase.ScrollEnd)
    assert canvas.zoom == 1.0
    assert moved(canvas, product.a, before) == (12, -7)


def test_a_touchpad_without_phases_or_pixels_is_known_by_its_device(product, canvas):
    before = canvas.item_rect(product.a)
    send(canvas, (0, 0), (0, -30), device=PAD)
    assert canvas.zoom == 1.0
    assert moved(canvas, product.a, before) == (0, -15)


def test_what_glides_on_pans_as_it_began_even_with_control_held(product, canvas):
    before = canvas.item_rect(product.a)
    send(canvas, (0, 10), (0, 20), Phase.ScrollUpdate)
    send(canvas, (0, 10), (0, 20), Phase.ScrollMomentum, held=("Control",))
    assert canvas.zoom == 1.0
    assert moved(canvas, product.a, before) == (0, 20)


def test_after_a_zoom_nothing_glides_on(product, canvas):
    send(canvas, (0, 10), (0, 48), Phase.ScrollUpdate, held=("Control",))
    zoomed, before = canvas.zoom, canvas.item_rect(product.a)
    send(canvas, (0, 10), (0, 48), Phase.ScrollMomentum)
    assert zoomed == pytest.approx(2**0.1)
    assert canvas.zoom == zoomed
    assert canvas.item_rect(product.a) == before


def test_a_pinch_that_comes_as_control_and_small_turns_zooms(product, canvas):
    for _turn in range(12):
        send(canvas, (0, 0), (0, 10), held=("Control",))
    assert canvas.zoom == pytest.approx(2**0.25)


def test_shift_pans_sideways_with_a_wheel(product, canvas):
    before = canvas.item_rect(product.a)
    send(canvas, (0, 0), (0, 120), held=("Shift",))
    assert moved(canvas, product.a, before) == (120, 0)


def test_fingers_that_only_touch_leave_a_fitted_view_fitted(session, product, canvas):
    canvas.fit()
    send(canvas, (0, 0), (0, 0), Phase.ScrollBegin)
    send(canvas, (0, 0), (0, 0), Phase.ScrollEnd)
    assert session.view.centre is None


def test_nothing_a_wheel_does_is_an_edit(session, product, canvas):
    before = session.document.copy()
    send(canvas, (0, 0), (0, 120))
    send(canvas, (5, 5), (10, 10), Phase.ScrollUpdate)
    assert session.document.same_content(before)
    assert not session.is_dirty


def test_a_pinch_zooms_between_the_fingers_and_is_remembered(session, product, canvas):
    at = canvas.port_point(product.a)
    for _step in range(4):
        place = QPointF(at)
        event = QNativeGestureEvent(
            Qt.NativeGestureType.ZoomNativeGesture,
            PAD,
            2,
            place,
            place,
            QPointF(canvas.viewport().mapToGlobal(at)),
            0.1,
            QPointF(),
        )
        QApplication.sendEvent(canvas.viewport(), event)
    assert canvas.zoom == pytest.approx(1.1**4)
    assert session.view.zoom == pytest.approx(1.1**4)
    assert (canvas.port_point(product.a) - at).manhattanLength() <= 2
