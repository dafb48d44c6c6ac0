"""Hands on the derivative explorer: they type, choose, drag, and read numbers off its labels."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from engine.errors import accept
from engine.exchange.program import insert_text
from playground.panels.studio.explorer import ExplorerPage

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(session, themes, settings, qtbot) -> ExplorerPage:
    """Show the page over an empty document."""
    made = ExplorerPage(session, themes, settings)
    qtbot.addWidget(made)
    made.resize(1100, 420)
    made.show()
    qtbot.waitExposed(made)
    return made


def build(page: ExplorerPage, text: str) -> None:
    session = page._session
    edit = accept(insert_text(session.document, text, (0.0, 0.0), None, (), pasted=True))
    assert session.do(edit)
    settle(page)


def example(page: ExplorerPage, name: str) -> None:
    assert page._session.open_example(name)
    settle(page)


def settle(page: ExplorerPage) -> None:
    page._session.flush()
    page.flush()
    while page.walk.going:
        QTest.qWait(1)
    page.flush()


def node(page: ExplorerPage, name: str) -> int:
    return accept(page._session.document.find(name))


def enter(page: ExplorerPage, field, text: str) -> None:
    """Type a text into a field, as a hand does."""
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)
    settle(page)


def choose(page: ExplorerPage, which: str, name: str) -> None:
    """Choose a value in a list with the keyboard."""
    field = page.question.lists[which]
    field.setFocus()
    row = field.findText(name)
    assert row >= 0, [field.itemText(k) for k in range(field.count())]
    while field.currentIndex() != row:
        down = field.currentIndex() < row
        QTest.keyClick(field, Qt.Key.Key_Down if down else Qt.Key.Key_Up)
    settle(page)


def drag(
    page: ExplorerPage, picture, begin: tuple[float, float], end: tuple[float, float]
) -> None:
    """Drag with the left button from one place of the axes to another."""
    view = picture.plot.viewport()
    first, last = (picture.pixel(*place).toPoint() for place in (begin, end))
    QTest.mousePress(view, LEFT, pos=first)
    for share in (0.25, 0.5, 0.75, 1.0):
        QTest.mouseMove(
            view, first + QPoint(*(round(share * n) for n in (last - first).toTuple()))
        )
    QTest.mouseRelease(view, LEFT, pos=last)
    settle(page)


def read(page: ExplorerPage, key: str) -> float:
    """Return the number that a label of the page shows."""
    shown = page.side.readings.value(key)
    labels = [value.text() for _s, _n, value in page.side.readings._rows if not value.isHidden()]
    assert shown in labels
    return float(shown)
