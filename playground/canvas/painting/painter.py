"""The painter item: the one item of the scene that paints, from arrays, everything there is.

The scene gives it a frame and readings, gestures give it what floats; it decides the order: notes
and open groups, wires, cards, chips, then what is being dragged. It never changes any of it, and
asks for repainting only through Qt's `update`, which Qt joins to one paint a turn.
"""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPainterPath
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from playground.canvas.frame.style import BACKING
from playground.canvas.painting.accents import paint_accents, paint_bends
from playground.canvas.painting.asked import paint_shares
from playground.canvas.painting.backdrop import paint_area_titles, paint_frames, paint_ground
from playground.canvas.painting.biases import paint_biases
from playground.canvas.painting.captions import paint_captions
from playground.canvas.painting.cards import CardPainter
from playground.canvas.painting.chips import paint_chips
from playground.canvas.painting.floating import paint_floating, paint_ports
from playground.canvas.painting.grips import paint_grips
from playground.canvas.painting.halos import paint_halos
from playground.canvas.painting.leaving import paint_leaving
from playground.canvas.painting.legend import Legend
from playground.canvas.painting.lens import Lens
from playground.canvas.painting.notes import NotePainter
from playground.canvas.painting.picture import Picture
from playground.canvas.painting.primitives import Brushwork
from playground.canvas.painting.streams import StreamPainter
from playground.canvas.painting.titles import OVER_CARDS, TitlePainter
from playground.canvas.painting.underlay import Underlay
from playground.canvas.painting.wirework import (
    Chosen,
    WirePainter,
    heat_levels,
    signed_colours,
    wire_levels,
)

Floats = NDArray[np.float64]

WORLD = QRectF(-500_000, -500_000, 1_000_000, 1_000_000)


class PainterItem(QGraphicsItem):
    """Paints a `Picture`.

    Attributes:
        picture: what to paint.
        paints: how often it has painted, for those who count work; cards: what paints cards.
    """

    def __init__(self, picture: Picture) -> None:
        super().__init__()
        self.picture = picture
        self.paints = 0
        self._brushwork = Brushwork()
        self._underlay = Underlay()
        self._notes = NotePainter()
        self._wires = WirePainter(self._brushwork)
        self.cards = CardPainter(self._brushwork)
        self._titles = TitlePainter(self._brushwork)
        self._legend = Legend()
        self._streams = StreamPainter(self._brushwork)

    def boundingRect(self) -> QRectF:
        """Cover the whole scene."""
        return WORLD

    def shape(self) -> QPainterPath:
        """Be nowhere: the hit items are what the mouse finds."""
        return QPainterPath()

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        """Paint everything once."""
        self.paints += 1
        picture = self.picture
        lens = Lens.of(painter)
        painter.save()
        lens.set_up(painter)
        self._paint_under(painter, lens)
        corners = picture.corners()
        paint_halos(painter, picture, lens)
        paint_accents(painter, picture, lens)
        self._streams.paint(painter, picture, corners, lens)
        self.cards.paint(
            painter,
            picture.document,
            picture.frame,
            corners,
            picture.readings,
            picture.heat,
            picture.maps,
            picture.emphasis(),
            lens,
            picture.theme,
            picture.gliding,
        )
        if lens.zoom < OVER_CARDS:
            self._paint_titles(painter, picture.rects(), lens)
        paint_biases(painter, picture, lens)
        paint_chips(painter, picture, corners, lens)
        paint_ports(painter, self._brushwork, picture, corners, lens)
        paint_bends(painter, self._brushwork, picture, corners, lens)
        paint_captions(painter, picture, lens)
        paint_shares(painter, picture, lens)
        paint_grips(painter, picture, lens)
        if picture.gliding is not None:
            paint_leaving(painter, picture.gliding, lens)
        if picture.heat is not None:
            self._legend.paint(painter, picture.heat, lens, picture.theme)
        paint_floating(painter, self._brushwork, picture, lens)
        painter.restore()

    def _paint_titles(self, painter: QPainter, rects: Floats, lens: Lens) -> None:
        """Write the names of open groups and drawn frames; `rects` (n, 4) as they are now."""
        picture = self.picture
        if not picture.titled:
            return
        where = (picture.document, picture.frame, rects, lens, picture.theme)
        self._titles.paint(painter, *where)
        paint_area_titles(painter, *where)

    def _paint_under(self, painter: QPainter, lens: Lens) -> None:
        """Paint ground, open groups and wires; of what is dragged the wires alone are new."""
        picture, theme = self.picture, self.picture.theme
        frame, chosen = picture.frame, picture.chosen()
        heat = picture.heat
        if heat is None:
            levels = wire_levels(picture.readings.weight, frame.wires.count)
        else:
            levels = heat_levels(heat)
        violet = theme.backward
        colours = signed_colours(theme) if heat is None else (violet, violet)
        rects, moving = picture.rects(), picture.moving()
        resting, dragged = chosen.parted(moving)

        def wires(on: QPainter, some: Chosen) -> None:
            self._wires.paint(
                on, picture.wires(), rects[:, :2], levels, some, lens, theme, colours
            )

        def titles(on: QPainter) -> None:
            if lens.zoom >= OVER_CARDS:
                self._paint_titles(on, rects, lens)

        def draw(on: QPainter) -> None:
            if picture.grounded:
                paint_ground(on, self._brushwork, lens, theme)
            paint_frames(
                on, self._notes, picture.document, frame, rects, lens, theme, picture.selected
            )
            wires(on, resting)
            titles(on)

        if picture.gliding is not None:
            resting = chosen
            draw(painter)
            return
        behind = np.isin(frame.kinds, BACKING)
        state = (rects[behind], picture.selected[behind], levels, *resting.arrays())
        key = (frame, theme.name, heat is None, lens, *(array.tobytes() for array in state))
        self._underlay.paint(painter, lens, key, draw)
        if moving.any():
            wires(painter, dragged)
            titles(painter)
