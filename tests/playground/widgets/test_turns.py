"""Two parts side by side; in a narrow page one at a time, chosen by a switch."""

import pytest
from PySide6.QtWidgets import QWidget

from playground.widgets.turns import Turns

WIDTH, LEAST = 200, 600


@pytest.fixture
def page(qtbot):
    first, second = QWidget(), QWidget()
    page = Turns((first, "One", "The one"), (second, "Other", "The other"), WIDTH, LEAST, 10)
    qtbot.addWidget(page)
    page.show()
    return page, first, second


def test_with_room_both_are_seen_and_the_second_is_as_wide_as_told(page, qtbot):
    whole, first, second = page
    whole.resize(LEAST, 300)
    qtbot.wait(1)
    assert first.isVisible()
    assert second.isVisible()
    assert second.width() == WIDTH
    assert first.width() == LEAST - WIDTH - 10
    assert not whole._switch.isVisible()


def test_without_room_they_take_turns_and_have_all_of_it(page, qtbot):
    whole, first, second = page
    whole.resize(LEAST - 1, 300)
    qtbot.wait(1)
    assert whole._switch.isVisible()
    assert (first.isVisible(), second.isVisible()) == (True, False)
    whole.turns[1].trigger()
    qtbot.wait(1)
    assert (first.isVisible(), second.isVisible()) == (False, True)
    assert second.width() == LEAST - 1
