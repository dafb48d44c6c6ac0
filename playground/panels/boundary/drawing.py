"""The draw mode of the boundary panel: which brush is in the hand, and the stroke under way.

The panel owns one. While the mode is on, the picture hands it the mouse and the panel its keys.
It begins strokes, moves and ends or cancels them; what they do is in `strokes`, what that means
for the document in `sheet`. The plane never shrinks while one draws, and stands still in a stroke.
"""

from dataclasses import dataclass, replace
from gettext import gettext as _

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent

from engine.train.boundary import Bounds, default_bounds
from playground.panels.boundary.picture import BoundaryPicture
from playground.panels.boundary.sheet import Sheet
from playground.panels.boundary.strokes import Erase, Move, Spray, Stroke, Touch
from playground.session import Session
from playground.theme import Theme
from playground.training import framed
from playground.widgets.shading import shading_of

ERASER = -1
MOST_CLASSES = 8
SMALLEST, LARGEST, USUAL = 4, 60, 16  # radii of the brush, in pixels
STEP = 1.25  # by which a key makes it larger or smaller
GRIP = 6.0  # pixels from a point in which it is taken hold of
PRESSES = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick)
LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton


@dataclass(frozen=True, slots=True)
class Brush:
    """What it draws: the number of a class, or a number; and what that is called."""

    name: str
    target: float


class Drawing(QObject):
    """The draw mode of one picture.

    Attributes:
        changed: it went on or off, or there is another brush.
        began: a stroke begins.
        on: whether one draws; chosen: the number of the brush, or ERASER.
        radius: of the brush, in pixels; brushes: all there are.
        span: the least and the greatest number there is to draw; None where there are classes.
    """

    changed = Signal()
    began = Signal()

    def __init__(
        self, session: Session, picture: BoundaryPicture, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.on = False
        self.chosen = 0
        self.radius = USUAL
        self.brushes: tuple[Brush, ...] = ()
        self.span: tuple[float, float] | None = None
        self._axes = session.axes
        self._number = 0.0
        self._wanted = 0  # classes, with those that have no point yet
        self._stroke: Stroke | None = None
        self._session = session
        self._picture = picture
        self._sheet = Sheet(session)
        session.view_changed.connect(self._follow_view)

    # The mode ------------------------------------------------------------------------------------

    def toggle(self) -> None:
        """Draw, or draw no more."""
        (self.stop if self.on else self.start)()

    def start(self) -> None:
        """Take the mouse of the picture."""
        self.on, self.chosen, self._wanted = True, 0, 0
        self._picture.hand = self
        self._session.set_probe(None)
        self.follow()
        self.choose(0)

    def stop(self) -> None:
        """Give the mouse back."""
        if not self.on:
            return
        self.cancel()
        self.on = False
        self._session.set_part(None)
        self._picture.hand = None
        self._picture.show_reach(None)
        self._session.hinted.emit("")
        self.changed.emit()

    def follow(self) -> None:
        """Take note of other data: their brushes, and how far they reach."""
        if not self.on:
            return
        self._make_brushes()
        samples, axes = self._session.samples, self._session.axes
        if self._stroke is None or axes != self._axes:
            there = framed(default_bounds(samples, axes), axes)
            part = self._session.plane.bounds if axes == self._axes else None
            self._axes = axes
            self._session.set_part(there if part is None else around(part, there, axes))
        self.changed.emit()

    def _follow_view(self) -> None:
        """Draw in another plane, which begins with what lies in it."""
        if self.on and self._session.axes != self._axes:
            self.cancel()
            self.follow()

    # Brushes -------------------------------------------------------------------------------------

    @property
    def target(self) -> float | None:
        """What is drawn: the number of a class, or a number; None by the eraser."""
        if self.chosen == ERASER:
            return None
        return self.brushes[self.chosen].target if self.span is None else self._number

    @property
    def may_add(self) -> bool:
        """Whether there may be a further class."""
        return bool(self._sheet.classes()) and len(self.brushes) < MOST_CLASSES

    def choose(self, brush: int) -> None:
        """Take a brush."""
        if 0 <= brush < len(self.brushes):
            self.chosen = brush
            self._number = self.brushes[brush].target
            self._tell()

    def choose_number(self, number: float) -> None:
        """Draw points with this number."""
        self._number = number
        found = [k for k, brush in enumerate(self.brushes) if brush.target == number]
        self.chosen = found[0] if found else len(self.brushes)
        self._tell()

    def choose_eraser(self) -> None:
        """Take the eraser."""
        self.chosen = ERASER
        self._tell()

    def add_class(self) -> None:
        """Have a brush for a further class, which begins with its first point."""
        if self.may_add:
            self._wanted = len(self.brushes) + 1
            self._make_brushes()
            self.choose(len(self.brushes) - 1)

    def choose_by_key(self, brush: int) -> None:
        """Take the brush of a key: one of those there are, or the next, of a further class."""
        if brush < len(self.brushes):
            self.choose(brush)
        elif self.may_add and brush == len(self.brushes):
            self.add_class()
        elif self.may_add:
            words = _("There is no class {number} yet · + adds a class")
            self._session.hinted.emit(words.format(number=brush + 1))

    def set_radius(self, pixels: int) -> None:
        """Scatter points so far, and erase so far."""
        self.radius = min(max(pixels, SMALLEST), LARGEST)
        self._tell()

    def colour(self, target: float, theme: Theme) -> QColor:
        """Return the colour of the points with a target."""
        if self._sheet.is_graph():
            return theme.ink
        if self.span is None:
            return theme.of_class(int(target))
        shading = shading_of(self._session.samples, theme)
        return replace(shading, classes=0).points(np.array([target]))[0]

    def _make_brushes(self) -> None:
        classes, self.span = self._sheet.classes(), None
        if self._sheet.is_graph():
            self.brushes, self.chosen = (Brush(_("points"), 0.0),), min(self.chosen, 0)
            return
        if not classes:
            labels = None if self._session.samples is None else self._session.samples.labels
            self.span = reach(labels)
            low, high = self.span
            numbers = (low, 0.0 if low < 0.0 < high else (low + high) / 2, high)
            self.brushes = tuple(Brush(f"{number:.3g}", number) for number in numbers)
            return
        samples = self._session.samples
        words = samples.words if samples is not None else ()
        names = [words[k] if k < len(words) else str(k + 1) for k in range(classes)]
        names += [_("a further class")] * (self._wanted - classes)
        self.brushes = tuple(Brush(name, float(k)) for k, name in enumerate(names))
        self.chosen = min(self.chosen, len(self.brushes) - 1)

    def _tell(self) -> None:
        self._session.hinted.emit(self._hint())
        self.changed.emit()

    # Keys ----------------------------------------------------------------------------------------

    def key(self, key: Qt.Key, text: str) -> bool:
        """Do what a key means for brushes; return whether it means anything."""
        if key == Qt.Key.Key_Escape:
            (self.cancel if self._stroke is not None else self.stop)()
        elif text.isdigit() and text != "0":
            self.choose_by_key(int(text) - 1)
        elif key == Qt.Key.Key_E:
            self.choose_eraser()
        elif text == "+":
            self.add_class()
        elif text in ("[", "]"):
            self.set_radius(round(self.radius * STEP if text == "]" else self.radius / STEP))
        else:
            return False
        return True

    # The mouse -----------------------------------------------------------------------------------

    def take(self, event: QMouseEvent, place: tuple[float, float]) -> None:
        """Do what the mouse means: begin a stroke, go on with it, end it."""
        exact = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        touch = Touch(np.array(place), self._picture.pixel(), exact)
        if event.type() in PRESSES and event.button() in (LEFT, RIGHT):
            self._begin(event.button(), touch)
        elif event.type() == QEvent.Type.MouseMove:
            if self._stroke is not None and self._sheet.is_disturbed:
                self._end()
            if self._stroke is not None:
                self._stroke.move(touch)
            self._point(touch)
        elif event.type() == QEvent.Type.MouseButtonRelease and self._stroke is not None:
            self._stroke.end()
            self._end()

    def leave(self) -> None:
        """Show no reach where no mouse is."""
        self._picture.show_reach(None)
        self._session.hinted.emit("")

    def cancel(self) -> None:
        """Take the stroke under way back, unless something else has had its way with the data."""
        if self._stroke is not None:
            if not self._sheet.is_disturbed:
                self._stroke.cancel()
            self._end()

    def _begin(self, button: Qt.MouseButton, touch: Touch) -> None:
        self.cancel()
        self.began.emit()
        self._sheet.watch()
        point = self._grasped(touch)
        if button == RIGHT or self.target is None:
            self._stroke = Erase(self._sheet, touch, self.radius)
        elif point is not None:
            self._stroke = Move(self._sheet, touch, self.radius, point)
        else:
            self._stroke = Spray(self._sheet, touch, self.radius, self.target)
        self._picture.setCursor(self._stroke.cursor)
        self._stroke.begin()

    def _end(self) -> None:
        self._stroke = None
        self._session.flush()
        self.follow()

    def _point(self, touch: Touch) -> None:
        """Show what a press would do here."""
        if self._stroke is not None:
            self._picture.setCursor(self._stroke.cursor)
        elif self._grasped(touch) is not None:
            self._picture.setCursor(Qt.CursorShape.PointingHandCursor)
        else:
            self._picture.setCursor(Qt.CursorShape.CrossCursor)
        self._session.hinted.emit(self._hint())
        x, y = touch.place.tolist()
        self._picture.show_reach((x, y, float(self.radius)))

    def _grasped(self, touch: Touch) -> int | None:
        """Return the point that a brush would carry from here, None if it would draw."""
        places = self._sheet.places()
        if touch.exact or self.target is None or not len(places):
            return None
        away = np.hypot(*((places - touch.place) / touch.pixel).T)
        nearest = int(np.argmin(away))
        return nearest if away[nearest] <= GRIP else None

    def _hint(self) -> str:
        if self.target is None:
            return _("Drag over points to rub them out · [ ] size · Esc done")
        if self._session.document.data.generator is not None:
            return _("Drag to draw: the points become a table of your own, in the same parts")
        return _("Drag to draw · Shift exactly on the way · right button rubs out · Esc done")


def around(one: Bounds, other: Bounds, axes: tuple[int, ...]) -> Bounds:
    """Return bounds around both, in the shape of the picture."""
    both = Bounds(
        min(one.left, other.left),
        max(one.right, other.right),
        min(one.bottom, other.bottom),
        max(one.top, other.top),
    )
    return framed(both, axes)


def reach(labels: NDArray[np.float64] | None) -> tuple[float, float]:
    """Return the least and the greatest number to draw: -1 and 1, or those of the data."""
    if labels is None or not len(labels) or labels.min() == labels.max():
        return -1.0, 1.0
    return float(labels.min()), float(labels.max())
