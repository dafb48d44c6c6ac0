"""A studio: pictures of a document, painted without a window, at any zoom and pixel ratio."""

import numpy as np

from engine.errors import accept
from engine.graph.document import Document
from engine.run.evaluate import evaluate
from engine.train.maps import MapProbe, Maps, mapped


class Studio:
    """Paints one document; `shots` are arrays (height, width, 3) of 0 to 255.

    With `maps` it shows those over the plane of its data.
    """

    def __init__(self, document: Document, theme: str = "dark", *, maps: bool = False) -> None:
        from playground.canvas.frame.build import build_frame
        from playground.canvas.frame.readings import Reader
        from playground.canvas.painting.painter import PainterItem
        from playground.canvas.painting.picture import Picture
        from playground.theme import load_theme

        view, mappable = document.view, mapped(document, (0, 1)) if maps else frozenset()
        frame = build_frame(document, view.folded, view.current_group, mappable)
        readings = Reader(frame).read(evaluate(document))
        self.picture = Picture(document, frame, readings, load_theme(theme))
        if maps:
            self.picture.maps = maps_of(document, frame.cells.node[frame.cells.mapped].tolist())
        self.item = PainterItem(self.picture)

    def shot(self, zoom: float = 1.0, ratio: float = 1.0, size=(500, 360), origin=(40, 40)):
        """Paint with the scene's origin at a point of the picture."""
        from PySide6.QtGui import QImage, QPainter
        from PySide6.QtWidgets import QStyleOptionGraphicsItem

        image = QImage(round(size[0] * ratio), round(size[1] * ratio), QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(ratio)
        painter = QPainter(image)
        painter.translate(*origin)
        painter.scale(zoom, zoom)
        self.item.paint(painter, QStyleOptionGraphicsItem())
        painter.end()
        pixels = np.frombuffer(image.constBits(), np.uint8)
        return pixels.reshape(image.height(), image.width(), 4)[:, :, 2::-1].copy()


def maps_of(document: Document, nodes: list[int], side: int = 32) -> Maps:
    """Measure maps as the worker would."""
    return accept(MapProbe.build(document, nodes)).measure(side)
