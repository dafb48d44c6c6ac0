"""Lines of buttons: as many on each as there is room for, in their order, and none overlapping."""

from itertools import pairwise

import pytest
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from playground.widgets.wrapping import Wrapping


@pytest.fixture
def row(qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    layout = Wrapping(6)
    column.addLayout(layout)
    column.addStretch(1)
    buttons = [QPushButton("Button " * (1 + k % 3)) for k in range(6)]
    for button in buttons:
        layout.addWidget(button)
    widget.show()
    return widget, layout, buttons


@pytest.mark.parametrize("width", [2000, 500, 250, 180])
def test_no_button_leaves_the_row_or_meets_another(row, width):
    widget, layout, buttons = row
    widget.setFixedSize(width, 600)
    layout.activate()
    widget.layout().activate()
    places = [button.geometry() for button in buttons]
    assert all(place.left() >= 0 and place.right() < width for place in places)
    for one, other in pairwise(places):
        below = other.top() > one.bottom()
        assert below or (other.top() == one.top() and other.left() == one.right() + 1 + 6)
    assert max(place.bottom() for place in places) + 1 == layout.heightForWidth(width)


def test_a_button_that_is_hidden_or_gone_leaves_no_gap(row):
    widget, layout, buttons = row
    widget.setFixedSize(2000, 100)
    buttons[0].hide()
    layout.removeWidget(buttons[1])
    buttons[1].hide()
    layout.activate()
    widget.layout().activate()
    assert buttons[2].x() == 0
    assert layout.count() == 5
    assert layout.itemAt(5) is None
