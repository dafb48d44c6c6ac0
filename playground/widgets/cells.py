"""Cells whose colours mean something, as signs and gradients do: they stay when it is selected.

Tables and trees whose models give colours take it as their delegate.
"""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem


class Cells(QStyledItemDelegate):
    """Writes a selected cell in the colour it has when it is not."""

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Keep the colour."""
        super().initStyleOption(option, index)
        roles = option.palette.ColorRole
        option.palette.setBrush(roles.HighlightedText, option.palette.brush(roles.Text))
