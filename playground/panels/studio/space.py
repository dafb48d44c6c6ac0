"""The page of space: the plane's grid and the data as a hidden layer bends them.

A slider leads from the plane to the layer's own space. The worker measures what is shown while
the page is seen; the page only paints it.
"""

from gettext import gettext as _

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSlider, QVBoxLayout, QWidget

from engine.graph.hidden import HiddenLayer, hidden_layers
from engine.train.space import Space
from playground.bridge import ChangeSet
from playground.panels.boundary.choices import layer_titles
from playground.panels.studio.warp import WarpPicture
from playground.session import Session
from playground.settings import HARD, SPACE_LAYER, Settings
from playground.theme import ThemeManager
from playground.training import Seen, Views
from playground.widgets.fields import ChoiceField
from playground.widgets.labels import label
from playground.widgets.shading import shading_of

MARGIN = 14
SIDE_WIDTH = 210
WHOLE = 100  # the slider's end: the layer's space


class SpacePage(QWidget):
    """The picture at the left; which layer, and how far bent, at the right."""

    def __init__(
        self,
        session: Session,
        themes: ThemeManager,
        settings: Settings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._themes = themes
        self._settings = settings
        self._layer: HiddenLayer | None = None
        self.picture = WarpPicture(themes)
        self.layers = ChoiceField(_("Layer"), ())
        self.layers.setToolTip(_("The hidden layer whose space is shown"))
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, WHOLE)
        self.slider.setValue(WHOLE)
        self.slider.setAccessibleName(_("From the plane to the layer"))
        self.slider.setToolTip(_("Bend the plane, from as it is to as the layer sees it"))
        self._share = label(tone="muted")
        self._empty = label(
            _("There is nothing to bend yet: it takes data in a plane and a hidden layer."),
            "muted",
        )
        for words in (self._share, self._empty):
            words.setWordWrap(True)
        self._side = QWidget(self)
        self._lay_out()
        self.layers.entered.connect(self._choose)
        self.slider.valueChanged.connect(self._bend)
        session.training.seen_ready.connect(self._show)
        session.changed.connect(self._follow)
        session.document_replaced.connect(self.refresh)
        settings.changed.connect(self._follow_settings)
        themes.theme_changed.connect(self.refresh)

    def _lay_out(self) -> None:
        ends = QHBoxLayout()
        ends.addWidget(label(_("plane"), "dim"))
        ends.addStretch(1)
        ends.addWidget(label(_("layer"), "dim"))
        inside = self._side
        inside.setFixedWidth(SIDE_WIDTH)
        side = QVBoxLayout(inside)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(8)
        side.addWidget(self.layers)
        side.addWidget(self.slider)
        side.addLayout(ends)
        side.addWidget(self._share)
        side.addStretch(1)
        line = QHBoxLayout(self)
        line.setContentsMargins(MARGIN, 0, MARGIN, MARGIN)
        line.setSpacing(MARGIN)
        line.addWidget(self._empty, 1, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.picture, 1)
        line.addWidget(inside)

    # What is asked for ---------------------------------------------------------------------------

    def refresh(self) -> None:
        """List the layers of the document, and ask for the space of the one that is chosen."""
        layers = hidden_layers(self._session.document)
        titles = layer_titles(self._session)
        self.layers.offer([(str(number), title) for number, title in enumerate(titles)])
        chosen = min(self._settings.read(SPACE_LAYER), len(layers) - 1)
        self._layer = layers[chosen] if layers else None
        self.layers.setCurrentIndex(chosen)
        self._ask()
        self._show(self._session.training.seen)

    def _ask(self) -> None:
        shown = self._layer is not None and self.isVisible()
        outputs = self._layer.outputs if shown and self._layer is not None else ()
        self._session.training.want_views("space", Views(space=outputs))

    def _choose(self, key: str) -> None:
        self._settings.write(SPACE_LAYER, int(key))

    def _follow(self, changes: ChangeSet) -> None:
        if self.isVisible() and (changes.structural or changes.fields):
            self.refresh()

    def _follow_settings(self, key: str) -> None:
        if self.isVisible() and key in (SPACE_LAYER.key, HARD.key):
            self.refresh()

    # What is shown -------------------------------------------------------------------------------

    def _show(self, seen: Seen | None) -> None:
        if not self.isVisible():
            return
        samples, layer = self._session.samples, self._layer
        space = seen.space if seen is not None else None
        fits = space is not None and layer is not None and set(space.nodes) <= set(layer.outputs)
        if space is not None and fits:
            hard = self._settings.read(HARD)
            self.picture.show_space(
                space, samples, shading_of(samples, self._themes.current(), hard=hard)
            )
        else:
            self.picture.clear()
        self._share.setText(_share(space) if space is not None and fits else "")
        there = layer is not None and samples is not None
        self._empty.setVisible(not there)
        for part in (self.picture, self._side):
            part.setVisible(there)

    def _bend(self, value: int) -> None:
        self.picture.bend(value / WHOLE)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened while the page was hidden."""
        super().showEvent(event)
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        """Have nothing measured that nobody sees."""
        super().hideEvent(event)
        self._ask()


def _share(space: Space) -> str:
    """Say what the directions of the picture are."""
    units = len(space.nodes)
    if units <= 2:
        return _("Across is the layer's first unit, up its second.") if units == 2 else ""
    return _(
        "The two main directions of {units} units; they show {percent} % of what the grid spreads."
    ).format(units=units, percent=f"{100 * space.share:.0f}")
