"""The field that chooses a data set: by families, each set with a thumbnail of its points.

The form makes it for the setting of the generator. The thumbnails are drawn from the table of data
sets, once for each theme.
"""

from collections.abc import Iterable
from functools import cache
from gettext import gettext as _
from itertools import groupby

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QFont, QIcon, QPainter, QPixmap, QStandardItemModel
from PySide6.QtWidgets import QWidget

from engine.errors import accept
from engine.train.boundary import reach_of
from engine.train.datasets import DATASETS, Dataset
from playground.theme import Theme, ThemeManager
from playground.widgets.fields import Choice, ChoiceField
from playground.widgets.shading import Shading

Numbers = NDArray[np.float64]

SIDE = 24  # of a thumbnail, in pixels
POINTS = 90
DOT = 1.9
INSET = 2.5
RATIOS = (1, 2)
POPUP_WIDTH = 172
SEED = 7


class DatasetField(ChoiceField):
    """The data sets under the headings of their families, after what stands for none of them."""

    def __init__(
        self, others: Iterable[Choice], themes: ThemeManager, parent: QWidget | None = None
    ) -> None:
        super().__init__(_("Points"), others, parent)
        self._themes = themes
        self.setIconSize(QSize(SIDE, SIDE))
        self.setMaxVisibleItems(len(DATASETS) + 8)
        self.view().setMinimumWidth(POPUP_WIDTH)
        for family, datasets in groupby(DATASETS.values(), key=lambda one: one.family):
            self._add_heading(family)
            for dataset in datasets:
                self.addItem(dataset.title, dataset.key)
                tip = Qt.ItemDataRole.ToolTipRole
                self.setItemData(self.count() - 1, dataset.description, tip)
        themes.theme_changed.connect(self._dress)
        self._dress()

    def _add_heading(self, title: str) -> None:
        self.addItem(title.upper())
        model = self.model()
        if isinstance(model, QStandardItemModel):  # as that of every QComboBox is
            heading = model.item(self.count() - 1)
            heading.setFlags(Qt.ItemFlag.NoItemFlags)
            heading.setFont(small_capitals(self.font()))

    def _dress(self) -> None:
        theme = self._themes.current()
        for row in range(self.count()):
            dataset = DATASETS.get(self.itemData(row) or "")
            if dataset is not None:
                self.setItemIcon(row, thumbnail(dataset, theme))


def small_capitals(font: QFont) -> QFont:
    """Return the font of a heading."""
    small = QFont(font)
    small.setPixelSize(10)
    small.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 106)
    return small


def thumbnail(dataset: Dataset, theme: Theme) -> QIcon:
    """Draw some points of a data set, coloured by class, or by the sign of their numbers."""
    places, labels = sketch(dataset.key)
    told = labels if dataset.classes else np.sign(labels)  # shades would be lost in so small dots
    colours = Shading(theme, dataset.classes or 2, reach_of(None)).points(told)
    made = QIcon()
    for ratio in RATIOS:
        picture = QPixmap(SIDE * ratio, SIDE * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for (x, y), colour in zip(places.tolist(), colours, strict=True):
            painter.setBrush(colour)
            painter.drawEllipse(QPointF(x, y), DOT / 2, DOT / 2)
        painter.end()
        made.addPixmap(picture)
    return made


@cache
def sketch(key: str) -> tuple[Numbers, Numbers]:
    """Return where on a thumbnail some points of a data set lie (n, 2), and their labels (n,)."""
    dataset = DATASETS[key]
    inputs, labels = accept(dataset.generate(POINTS, dataset.default_noise, SEED))
    plane = inputs if dataset.features > 1 else np.stack((inputs[:, 0], labels), axis=1)
    low, high = plane.min(axis=0), plane.max(axis=0)
    places = INSET + (plane - low) / (high - low) * (SIDE - 2 * INSET)
    places[:, 1] = SIDE - places[:, 1]
    return places, labels
