"""What travels from the palette to the canvas: the text of an item, such as "op:tanh".

The palette packs it, the canvas unpacks it and hands the text to the session, which knows what
to add. The same texts stand behind the Add menu. Text from another program is an item, too.
"""

from PySide6.QtCore import QMimeData

from engine.exchange.links import is_link

ITEM = "application/x-micrograd-item"


def pack(text: str) -> QMimeData:
    """Wrap the text of an item for dragging."""
    data = QMimeData()
    data.setData(ITEM, text.encode())
    return data


def unpack(data: QMimeData) -> str | None:
    """Return the text of a dragged item, None if something to open, such as a file, is dragged."""
    if data.hasFormat(ITEM):
        return bytes(data.data(ITEM).data()).decode(errors="replace")
    if not data.hasText() or data.hasUrls() or is_link(data.text()):
        return None
    return f"pasted:{data.text()}"
