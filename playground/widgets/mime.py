"""What travels from the palette to the canvas: the text of an item, such as "op:tanh".

The palette packs it, the canvas unpacks it and hands the text to the session, which knows what
to add. The same texts stand behind the Add menu.
"""

from PySide6.QtCore import QMimeData

ITEM = "application/x-micrograd-item"


def pack(text: str) -> QMimeData:
    """Wrap the text of an item for dragging."""
    data = QMimeData()
    data.setData(ITEM, text.encode())
    return data


def unpack(data: QMimeData) -> str | None:
    """Return the text of a dragged item, or None if something else is dragged."""
    if not data.hasFormat(ITEM):
        return None
    return bytes(data.data(ITEM).data()).decode(errors="replace")
