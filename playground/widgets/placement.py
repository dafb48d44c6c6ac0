"""Where the window stood last time, and whether one could still reach it there."""

from PySide6.QtCore import QByteArray, QRect, QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

GRIP = 120  # so much of the window's head must be on a screen for a mouse to move it
FIRST_SIZE = QSize(1440, 900)
FIRST_SHARE = 0.92  # of a screen that is smaller than that


def restore(window: QWidget, geometry: bytes) -> None:
    """Put a window where it stood, or in the middle of its screen; always within reach."""
    if not window.restoreGeometry(QByteArray(geometry)):
        first_place(window)
    screens = [screen.availableGeometry() for screen in QGuiApplication.screens()]
    window.setGeometry(within_reach(window.geometry(), screens))


def first_place(window: QWidget) -> None:
    """Give a window its size and place on a fresh start."""
    room = window.screen().availableGeometry()
    most = QSize(round(room.width() * FIRST_SHARE), round(room.height() * FIRST_SHARE))
    place = QRect(room.topLeft(), FIRST_SIZE.boundedTo(most))
    place.moveCenter(room.center())
    window.setGeometry(place)


def within_reach(place: QRect, screens: list[QRect]) -> QRect:
    """Return a rectangle as it is if its head is on a screen, else moved onto the first one."""
    head = QRect(place.x(), place.y(), place.width(), 1)
    if not screens or any(is_grip(head.intersected(screen)) for screen in screens):
        return place
    room = screens[0]
    moved = QRect(place.topLeft(), place.size().boundedTo(room.size()))
    moved.moveCenter(room.center())
    return moved


def is_grip(part: QRect) -> bool:
    """Whether so much of a head is enough to take hold of."""
    return part.width() >= GRIP and part.height() >= 1
