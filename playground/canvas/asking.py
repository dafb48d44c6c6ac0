"""What a click asks about: the number or the gradient on a card, or what flows along a wire.

A click is a press and a release at one place; the mouse says when, after the gesture has ended.
"""

from PySide6.QtCore import QPointF, QRectF, Qt

from engine.explain.questions import Question
from playground.canvas.frame import style
from playground.canvas.frame.style import Align, NumberPlace
from playground.canvas.gestures.base import Stage, Touch
from playground.canvas.gestures.choice import NUMBERS_FROM

REACH = 3.0  # scene units around a number, where the mouse still means it


class Clicks:
    """Asks, if a press on the canvas turns out to be a click."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._question: Question | None = None

    def press(self, touch: Touch, button: Qt.MouseButton) -> None:
        """Take note of what is under a press; the press itself may move it or take it away."""
        plain = button is Qt.MouseButton.LeftButton and not touch.adds
        self._question = question_at(self._stage, touch.scene) if plain else None

    def forget(self) -> None:
        """Ask nothing: the press has become a drag."""
        self._question = None

    def ask(self) -> None:
        """Ask what was pressed on."""
        if self._question is not None:
            self._stage.session.why.ask(self._question, hasty=True)

    def retract(self) -> None:
        """Take the question back: the click was the first of two, which mean something else."""
        self._stage.session.why.retract()


def question_at(stage: Stage, point: QPointF) -> Question | None:
    """Return what a click at a point of the scene asks, None if it asks nothing."""
    if stage.camera.zoom < NUMBERS_FROM:
        return None
    row = stage.parts.chip_at(point)
    if row is not None:
        wires = stage.scene.picture.frame.wires
        return Question("wire", int(wires.target[row]), int(wires.port[row]))
    hit = stage.parts.hit_at(point)
    if hit is None or hit.id not in stage.session.document:
        return None
    if slope_rect(stage, hit.id).contains(point):
        return Question("gradient", hit.id)
    return Question("value", hit.id) if value_rect(stage, hit.id).contains(point) else None


def value_rect(stage: Stage, node: int) -> QRectF:
    """Return where the value of a node stands on its card; null if it has no card."""
    return _rect(stage, node, style.VALUE_PLACES)


def slope_rect(stage: Stage, node: int) -> QRectF:
    """Return where the gradient of a node stands on its card; null if it has no card."""
    return _rect(stage, node, style.SLOPE_PLACES)


def _rect(stage: Stage, node: int, places: dict[int, NumberPlace]) -> QRectF:
    frame = stage.scene.picture.frame
    number = frame.index.get(node)
    place = None if number is None else places.get(int(frame.faces[number]))
    if number is None or place is None:
        return QRectF()
    corner, high = stage.parts.rect(node).topLeft(), place.style.pixels
    left = {Align.LEFT: 0.0, Align.CENTRE: place.room / 2, Align.RIGHT: place.room}[place.align]
    rect = QRectF(corner.x() + place.x - left, corner.y() + place.y - high, place.room, high)
    return rect.adjusted(-REACH, 0.0, REACH, REACH)
