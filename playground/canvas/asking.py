"""What a click asks about: the number or the gradient on a card, or what flows along a wire.

A click is a press and a release at one place; the mouse says when, after the gesture has ended.
"""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF

from engine.explain.questions import Question
from playground.canvas.frame import style
from playground.canvas.frame.digits import BLANK, PARTIAL, text
from playground.canvas.frame.style import Align, NumberPlace
from playground.canvas.gestures.base import Stage, Touch
from playground.canvas.gestures.choice import NUMBERS_FROM

REACH = 3.0  # scene units around a number, where the mouse still means it
LEAST = 18.0  # scene units that a number is wide at least


class Clicks:
    """Asks, if a press on the canvas turns out to be a click."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._question: Question | None = None

    def press(self, touch: Touch, button: Qt.MouseButton) -> None:
        """Take note of what is under a press; the press itself may move it or take it away."""
        plain = button is Qt.MouseButton.LeftButton and not touch.adds
        self._question = question_at(self._stage, touch.scene) if plain else None

    def number_at(self, touch: Touch) -> bool:
        """Tell whether a click on a card would ask."""
        return number_at(self._stage, touch.scene) is not None

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
    return number_at(stage, point)


def number_at(stage: Stage, point: QPointF) -> Question | None:
    """Return what the number on a card at a point of the scene asks, None if there is none."""
    hit = stage.parts.hit_at(point)
    node = None if hit is None else shown_on(stage, hit.id)
    if hit is None or node is None or stage.camera.zoom < NUMBERS_FROM:
        return None
    if slope_rect(stage, hit.id).contains(point):
        return Question("gradient", node)
    return Question("value", node) if value_rect(stage, hit.id).contains(point) else None


def shown_on(stage: Stage, item: int) -> int | None:
    """Return the node whose numbers stand on an item, None if there are none."""
    frame = stage.scene.picture.frame
    row = frame.index.get(item)
    return None if row is None or frame.shows[row] < 0 else int(frame.shows[row])


def value_rect(stage: Stage, item: int) -> QRectF:
    """Return where the value of a node, or of a group's output, is written; null if nowhere."""
    return _rect(stage, item, style.VALUE_PLACES, stage.session.result.number)


def slope_rect(stage: Stage, item: int) -> QRectF:
    """Return where the gradient of a node, or of a group's output, is written; null if nowhere."""
    return _rect(stage, item, style.SLOPE_PLACES, stage.session.result.slope)


def _rect(
    stage: Stage, item: int, places: dict[int, NumberPlace], number: Callable[[int], float]
) -> QRectF:
    frame, node = stage.scene.picture.frame, shown_on(stage, item)
    place = None if node is None else places.get(int(frame.faces[frame.index[item]]))
    if node is None or place is None:
        return QRectF()
    metrics = QFontMetricsF(place.style.font())
    prefix = PARTIAL if places is style.SLOPE_PLACES else BLANK
    wide = max(metrics.horizontalAdvance(text(number(node), prefix)), LEAST)
    left = {Align.LEFT: 0.0, Align.CENTRE: wide / 2, Align.RIGHT: wide}[place.align]
    corner, high = stage.parts.rect(item).topLeft(), place.style.pixels
    rect = QRectF(corner.x() + place.x - left, corner.y() + place.y - high, wide, high)
    return rect.adjusted(-REACH, 0.0, REACH, REACH)
