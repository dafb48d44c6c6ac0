"""Hands on the why card of a window, and eyes for what it says."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from engine.errors import accept
from tests.playground.window.driving import turn


def find(session, label: str) -> int:
    return accept(session.document.find(label))


def at(window, label: str, about: str) -> QPoint:
    node = find(window._session, label)
    return window.canvas.figure_rect(node, about).center()


def formulas(window) -> list[str]:
    told = window._session.why.answer()
    lines = [(line.names.plain, line.numbers.plain) for line in told.lines]
    assert window.why_card.formulas.accessibleName() == " ".join(
        part for line in lines for part in line if part
    )
    return [part for line in lines for part in line if part]


def press(widget, key: Qt.Key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(widget, key, modifier)
    turn()


def click_spot(window, place: int) -> None:
    """Click a symbol of the card, by its place among all."""
    card = window.why_card.formulas
    QTest.mouseClick(
        card,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        card.spots[place].rect.center().toPoint(),
    )
    turn()
