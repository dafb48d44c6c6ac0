"""The bar of a pass: a segment for each step, blue forward, violet backward, dim while it waits.

The strip has one. Of more steps than there is room for segments it is one continuous bar. A click
asks to go where that step is the latest.
"""

from gettext import gettext as _

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from engine.run.course import Course
from playground.session import Session
from playground.theme import ThemeManager

THICK, HEIGHT = 7.0, 18
GAP = 3.0
SHORTEST = 7.0  # pixels of a segment and its gap


class StepBar(QWidget):
    """Shows how far the session's pass has come.

    Attributes:
        chosen: somebody wants to go to a place of the schedule; carries it.
    """

    chosen = Signal(int)

    def __init__(self, session: Session, themes: ThemeManager, parent: QWidget) -> None:
        super().__init__(parent)
        self._tracing = session.tracing
        self._document = session
        self._themes = themes
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(_("Steps of the pass"))
        self.setToolTip(_("Click a step to go there"))
        self._tracing.changed.connect(self._show)

    def sizeHint(self) -> QSize:
        """Ask for some width."""
        return QSize(160, HEIGHT)

    def place_at(self, x: float) -> int | None:
        """Return the step at a point of the bar, None if there are none."""
        course = self._tracing.course
        count = 0 if course is None else len(course.schedule)
        place = int(x / max(self.width(), 1) * count)
        return min(max(place, 0), count - 1) if count else None

    def middle_of(self, place: int) -> QPointF:
        """Return the point of the bar in the middle of a step."""
        course = self._tracing.course
        count = 1 if course is None else max(len(course.schedule), 1)
        return QPointF((place + 0.5) / count * self.width(), HEIGHT / 2)

    def _show(self) -> None:
        self.setAccessibleDescription(self._words())
        self.update()

    def _words(self) -> str:
        course = self._tracing.course
        if course is None:
            return ""
        words = _("{done:,} of {count:,} steps are done")
        return words.format(done=course.done(), count=len(course.schedule))

    def event(self, event: QEvent) -> bool:
        """Name the step under the mouse."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            place, course = self.place_at(event.pos().x()), self._tracing.course
            if place is not None and course is not None:
                phase, node = course.schedule[place]
                name = self._document.document.name(node)
                words = (
                    _("Go to {name}, forward")
                    if phase == "forward"
                    else _("Go to {name}, backward")
                )
                QToolTip.showText(event.globalPos(), words.format(name=name), self)
                return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin nothing on the canvas below."""
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Go to the step that was clicked."""
        place = self.place_at(event.position().x())
        inside = self.rect().contains(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and inside and place is not None:
            self.chosen.emit(place)
        event.accept()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint segments, or one bar of those that would be too short."""
        course = self._tracing.course
        if course is None or not course.schedule:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.width() / len(course.schedule) >= SHORTEST:
            self._paint_segments(painter, course)
        else:
            self._paint_whole(painter, course)
        painter.end()

    def _paint_segments(self, painter: QPainter, course: Course) -> None:
        theme, step = self._themes.current(), self.width() / len(course.schedule)
        for place in range(len(course.schedule)):
            colour = self._colour(place, course) if course.is_done(place) else theme.hairline
            self._pill(painter, place * step, (place + 1) * step - GAP, colour)

    def _paint_whole(self, painter: QPainter, course: Course) -> None:
        theme, count = self._themes.current(), len(course.schedule)
        middle = course.forward / count * self.width()
        for begin, end, low, high in (
            (0.0, middle - GAP, 0, course.forward),
            (middle, float(self.width()), course.forward, count),
        ):
            if high > low:
                self._pill(painter, begin, end, theme.hairline)
                done = course.done(low, high)
                reached = begin + (end - begin) * done / (high - low)
                if done:
                    self._pill(painter, begin, reached, self._colour(low, course))

    def _colour(self, place: int, course: Course) -> QColor:
        theme = self._themes.current()
        return theme.positive if place < course.forward else theme.backward

    @staticmethod
    def _pill(painter: QPainter, begin: float, end: float, colour: QColor) -> None:
        painter.setBrush(colour)
        box = QRectF(begin, (HEIGHT - THICK) / 2, max(end - begin, 1.5), THICK)
        painter.drawRoundedRect(box, THICK / 2, THICK / 2)
