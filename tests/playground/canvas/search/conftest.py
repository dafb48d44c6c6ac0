"""Hands that type into the search of a shown canvas."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest


class Typing:
    """Real keys and clicks on whatever has the keyboard; `search` is the canvas's own."""

    def __init__(self, canvas, hands) -> None:
        self.canvas = canvas
        self.hands = hands
        self.search = canvas._search

    @property
    def card(self):
        return self.search.card

    def write(self, text: str) -> None:
        """Type letters; the canvas opens the search for the first one."""
        for letter in text:
            QTest.keyClicks(self.canvas.focusWidget() or self.canvas, letter)
            self.hands.settle()

    def press(self, name: str, *held: str) -> None:
        QTest.keyClick(
            self.canvas.focusWidget() or self.canvas,
            Qt.Key[f"Key_{name}"],
            self.hands._held(*held),
        )
        self.hands.settle()

    def offered(self) -> list[str]:
        """Return what is offered."""
        return [row.key for row in self.card.results.rows]

    def promise(self) -> str:
        return self.card.promise.text()

    def click_row(self, number: int) -> None:
        results = self.card.results
        at = results.visualRect(results.model().index(number)).center()
        QTest.mouseClick(results.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(at))
        self.hands.settle()


@pytest.fixture
def typing(canvas, hands) -> Typing:
    return Typing(canvas, hands)
