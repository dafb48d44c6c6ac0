"""A shown outline on a small graph, and what its tests read and press."""

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.errors import accept
from engine.graph.verbs import add_op, add_value, connect, group
from playground.panels.outline import OutlinePanel
from playground.panels.outline.model import NAME
from playground.theme import ThemeManager

Key = Qt.Key


def settle() -> None:
    for _turn in range(3):
        QApplication.processEvents()


@pytest.fixture
def outline(session, qtbot):
    """Show an outline of c = a * b and t = tanh(c), with a and b in a group."""
    document = session.document
    for label, number, role in (("a", 2.0, "constant"), ("b", -3.0, "parameter")):
        session.do(add_value(document, (0.0, number), value=number, label=label, role=role))
    session.do(accept(add_op(document, "mul", (200.0, 0.0), label="c")))
    session.do(accept(add_op(document, "tanh", (400.0, 0.0), label="t")))
    for source, target in ((1, 3), (2, 3), (3, 4)):
        session.do(accept(connect(document, source, target)))
    session.do(accept(group(document, [1, 2], "leaves")))
    session.stack.clear()
    panel = OutlinePanel(session, ThemeManager("dark"))
    qtbot.addWidget(panel)
    panel.resize(360, 500)
    panel.show()
    qtbot.waitExposed(panel)
    settle()
    return panel


def rows(panel, parent: QModelIndex | None = None) -> list:
    """Return the names in the tree, those of a group in a list after it."""
    model, found = panel.model, []
    for row in range(model.rowCount(parent or QModelIndex())):
        index = model.index(row, NAME, parent or QModelIndex())
        found.append(index.data())
        if panel.tree.isExpanded(index):
            found.append(rows(panel, index))
    return found


def cell(panel, item: int, column: int) -> str:
    return panel.model.index_of(item, column).data()


def press(panel, key: Key, *held: str) -> None:
    modifiers = Qt.KeyboardModifier.NoModifier
    for name in held:
        modifiers |= Qt.KeyboardModifier[f"{name}Modifier"]
    QTest.keyClick(panel.tree, key, modifiers)
    settle()


def point(panel, item: int) -> None:
    panel.tree.setCurrentIndex(panel.model.index_of(item))
    settle()
