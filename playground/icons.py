"""The icons, drawn from the SVG files of resources/icons in the colour that is asked for.

Every icon is drawn in `currentColor`; here it becomes a real colour, once per colour, size and
device pixel ratio, kept in Qt's own pixmap cache. Buttons and menus ask for a `QIcon`, painters
for a pixmap. Nothing here may know where an icon is used.
"""

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

import resources

SIZES = (16, 20, 24, 32)
APPLICATION_SIZES = (16, 24, 32, 48, 64, 128, 256)
RATIOS = (1, 2)


def icon(name: str, colour: QColor, disabled: QColor | None = None) -> QIcon:
    """Return an icon in a colour, and greyed in `disabled` when its button cannot be used."""
    result = QIcon()
    for size in SIZES:
        for ratio in RATIOS:
            result.addPixmap(pixmap(name, colour, size, ratio))
            if disabled is not None:
                grey = pixmap(name, disabled, size, ratio)
                result.addPixmap(grey, QIcon.Mode.Disabled)
    return result


def application_icon() -> QIcon:
    """Return the icon of the application's windows."""
    result = QIcon()
    for size in APPLICATION_SIZES:
        result.addPixmap(pixmap("app", QColor(Qt.GlobalColor.white), size))
    return result


def pixmap(name: str, colour: QColor, size: int, ratio: float = 1.0) -> QPixmap:
    """Return an icon as a square pixmap.

    `size` is the side in device-independent pixels, `ratio` the device pixels in each of them.
    """
    key = f"{name} {colour.name(QColor.NameFormat.HexArgb)} {size} {ratio}"
    drawn = QPixmap()
    if not QPixmapCache.find(key, drawn):
        drawn = draw(name, colour, size, ratio)
        QPixmapCache.insert(key, drawn)
    return drawn


def draw(name: str, colour: QColor, size: int, ratio: float) -> QPixmap:
    """Draw an icon from its file, without the cache."""
    drawn = QPixmap(round(size * ratio), round(size * ratio))
    drawn.setDevicePixelRatio(ratio)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    painter.setOpacity(colour.alphaF())
    trace(painter, name, colour, QRectF(0, 0, size, size))
    painter.end()
    return drawn


def trace(painter: QPainter, name: str, colour: QColor, box: QRectF) -> None:
    """Draw the shapes of an icon into a box."""
    text = source(name).replace("currentColor", colour.name())
    QSvgRenderer(QByteArray(text.encode())).render(painter, box)


@cache
def source(name: str) -> str:
    """Return the text of an icon's file."""
    return resources.read_text(f"icons/{name}.svg")
