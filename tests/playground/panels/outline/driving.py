"""Hands on an outline: its rows and cells, and keys and clicks on them."""

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from playground.panels.outline.model import NAME


def settle() -> None:
    for _turn in range(3):
        QApplication.processEvents()


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


def press(panel, key: Qt.Key, *held: str) -> None:
    modifiers = Qt.KeyboardModifier.NoModifier
    for name in held:
        modifiers |= Qt.KeyboardModifier[f"{name}Modifier"]
    QTest.keyClick(panel.tree, key, modifiers)
    settle()


def point(panel, item: int) -> None:
    panel.tree.setCurrentIndex(panel.model.index_of(item))
    settle()
