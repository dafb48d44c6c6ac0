"""An entry of a list to choose from that shows a picture: the picture, a title, and two lines."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from playground.theme import ThemeManager, interface_font
from playground.widgets.entry import LINE, MARGIN, Entry
from playground.widgets.tile import STEPS

PICTURE = QSize(152, 80)
CORNER = 6.0
BELOW = 6
HEIGHT = MARGIN + PICTURE.height() + BELOW + 3 * LINE + 6


class PictureEntry(Entry):
    """Paints itself flat around its picture, which may come later.

    Attributes:
        walked: an arrow key was pressed; carries the steps across and down.
    """

    walked = Signal(int, int)

    def __init__(
        self,
        key: str,
        title: str,
        detail: str,
        themes: ThemeManager,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(key, title, detail, themes, parent)
        self._picture: QPixmap | None = None
        self.setToolTip(f"{title}\n{detail}")
        self.setFixedHeight(HEIGHT)

    @property
    def has_picture(self) -> bool:
        """Whether the picture has come."""
        return self._picture is not None

    def show_picture(self, picture: QPixmap) -> None:
        """Show a picture of the size `PICTURE`."""
        self._picture = picture
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk on with the arrow keys."""
        if event.key() in STEPS:
            self.walked.emit(*STEPS[event.key()])
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """Return the room for the picture."""
        return QSize(PICTURE.width() + 2 * MARGIN, HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint picture, title and two lines of detail, shortened to the width."""
        theme = self._themes.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lit = self.underMouse() or self.isDown()
        self._paint_box(painter, lit=lit)
        frame = QRectF(MARGIN, MARGIN, self.width() - 2 * MARGIN, PICTURE.height())
        shape = QPainterPath()
        shape.addRoundedRect(frame, CORNER, CORNER)
        painter.fillPath(shape, theme.background)
        if self._picture is not None:
            painter.save()
            painter.setClipPath(shape)
            left = round(frame.center().x() - PICTURE.width() / 2)
            painter.drawPixmap(left, MARGIN, self._picture)
            painter.restore()
        painter.setPen(QPen(theme.hairline, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(frame.adjusted(0.5, 0.5, -0.5, -0.5), CORNER, CORNER)
        below = MARGIN + PICTURE.height() + BELOW
        painter.setPen(theme.ink)
        self._line(painter, below, self.text(), interface_font())
        painter.setPen(theme.muted if lit else theme.dim)
        self._paint_detail(painter, below + LINE + 1)
        painter.end()
