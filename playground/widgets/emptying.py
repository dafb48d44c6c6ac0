"""Taking widgets out of a layout, for those who lay out anew what they list."""

from PySide6.QtWidgets import QLayout


def empty(layout: QLayout, *, keep: int = 0) -> None:
    """Take out all but the last `keep` items; widgets are hidden at once and deleted later."""
    while layout.count() > keep:
        item = layout.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()
