"""A person at the stepper: what several of its tests press, and what is seen then."""

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton

from playground.canvas.frame.digits import State
from tests.playground.canvas.conftest import Hands
from tests.playground.window.driving import turn

LEFT = Qt.MouseButton.LeftButton


def blank(*numbers: float) -> bool:
    """Tell whether nothing stands in the place of all of these."""
    return all(np.isnan(number) for number in numbers)


class Walker:
    """A window on an example, and what a person sees and presses."""

    def __init__(self, window, session) -> None:
        self.window, self.session = window, session
        self.canvas, self.stepper = window.canvas, window.stepper
        self.strip, self.order = window.stepper.strip, window.stepper.order
        self.hands = Hands(self.canvas)

    def open(self, name: str) -> None:
        self.session.open_example(name)
        turn()
        self.canvas.setFocus()
        self.canvas.fit()
        turn()

    def key(self, name: str, *held: str) -> None:
        self.hands.key(name, *held)

    def press(self, button) -> None:
        QTest.mouseClick(button, LEFT)
        turn()

    def select(self, label: str) -> None:
        self.session.set_selection({self.id(label)})
        turn()

    def id(self, label: str) -> int:
        return self.session.document.find(label)

    def grad(self, label: str) -> float:
        """The gradient as the canvas shows it, nan while it is blank."""
        return self._shown(label, "slope")

    def value(self, label: str) -> float:
        return self._shown(label, "value")

    def _shown(self, label: str, which: str) -> float:
        picture = self.canvas._scene.picture
        item = picture.frame.index[self.id(label)]
        state = getattr(picture.readings, f"{which}_state")[item]
        number = float(getattr(picture.readings, which)[item])
        return number if state == State.NUMBER else float("nan")

    def waiting(self) -> set[str]:
        picture, document = self.canvas._scene.picture, self.session.document
        items = np.flatnonzero(picture.readings.waiting)
        return {document.name(int(picture.frame.ids[item])) for item in items}

    def lit(self) -> set[str]:
        return {self.session.document.name(node) for node in self.session.lit.nodes}

    def chips(self) -> list[str]:
        return list(self.session.lit.wires.values())

    def click_card(self, label: str) -> None:
        rect = self.canvas.item_rect(self.id(label))
        self.hands.click(rect.center())

    def click_row(self, place: int) -> None:
        at = self.order.list.middle_of(place).toPoint()
        QTest.mouseClick(self.order.list.viewport(), LEFT, pos=at)
        turn()

    def click_bar(self, place: int) -> None:
        QTest.mouseClick(self.strip.bar, LEFT, pos=self.strip.bar.middle_of(place).toPoint())
        turn()

    def place(self, phase: str, label: str) -> int:
        return self.session.tracing.course.schedule.index((phase, self.id(label)))

    def begin_by_hand(self) -> None:
        """Press the buttons that lead to firing by hand."""
        self.key("S", "Control", "Alt")
        self.press(self.strip.order)
        buttons = self.order.findChildren(QToolButton)
        self.press(next(one for one in buttons if one.text() == "By hand"))
        self.canvas.setFocus()
