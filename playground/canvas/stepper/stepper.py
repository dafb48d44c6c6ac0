"""Puts the stepper together over one canvas: strip below, order list at the right, what is lit.

The window makes one. It is seen while the session's pass is stepped through. The canvas leaves
room for it, so that nothing of the graph lies below.
"""

from gettext import gettext as _

from PySide6.QtCore import QEvent, QObject, QRect

from playground.canvas.stepper.follower import Follower
from playground.canvas.stepper.order import OrderCard
from playground.canvas.stepper.player import Player
from playground.canvas.stepper.strip import StepStrip
from playground.canvas.view import CanvasView
from playground.session import Session
from playground.settings import STEPPER_ORDER, Settings
from playground.theme import ThemeManager
from playground.widgets.card import SHADOW

AWAY = 10  # of the cards from the border of the canvas
BESIDE = 700  # the width of a canvas from which on the list takes room of its own


class Stepper(QObject):
    """Shows and hides its parts, and gives them their places.

    Attributes:
        strip, order, player: its parts.
    """

    def __init__(
        self, session: Session, themes: ThemeManager, settings: Settings, canvas: CanvasView
    ) -> None:
        super().__init__(canvas)
        self._session = session
        self._settings = settings
        self._canvas = canvas
        self._mode = (False, False)
        self.player = Player(session, settings, self)
        self.strip = StepStrip(session, themes, self.player, canvas)
        self.order = OrderCard(session, themes, canvas)
        self._follower = Follower(session, canvas, self)
        self.strip.listed.connect(self.toggle_order)
        self.strip.closed.connect(self.close)
        session.tracing.changed.connect(self._follow)
        canvas.installEventFilter(self)

    def open(self) -> None:
        """Begin before the first step; a training that runs is paused."""
        if not self._session.tracing.on:
            self._session.settle()
            self._session.tracing.switch(on=True)
            if self._session.samples is not None and self._session.view.scope == "batch":
                words = _("A pass is about one sample: {sample} · the batch adds such passes up")
                self._session.hinted.emit(words.format(sample=self._session.sample))

    def close(self) -> None:
        """End stepping."""
        self._session.tracing.switch(on=False)
        self._canvas.setFocus()

    def toggle_order(self) -> None:
        """Show the list of the order, or hide it."""
        self._settings.write(STEPPER_ORDER, not self._settings.read(STEPPER_ORDER))
        self._show()

    def show_order(self) -> None:
        """Show the list of the order."""
        if not self._settings.read(STEPPER_ORDER):
            self.toggle_order()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the border of the canvas."""
        if event.type() is QEvent.Type.Resize and watched is self._canvas:
            self._place()
        return False

    def _follow(self) -> None:
        tracing = self._session.tracing
        mode = (tracing.on, tracing.by_hand)
        if mode != self._mode:
            self._mode = mode
            self._session.hinted.emit("")  # what can be done now is something else
        if tracing.on == self.strip.isHidden():
            self._show()

    def _show(self) -> None:
        on = self._session.tracing.on
        listed = self._settings.read(STEPPER_ORDER)
        self.strip.order.setChecked(listed)
        self.strip.setVisible(on)
        self.order.setVisible(on and listed)
        self._place()

    def _place(self) -> None:
        """Put the strip below and the list at the right, and keep their room free of the graph."""
        on, listed = not self.strip.isHidden(), not self.order.isHidden()
        width, height = self._canvas.width(), self._canvas.height()
        edge = AWAY - SHADOW
        low = self.strip.fit(width - 2 * edge) if on else 0
        self.strip.setGeometry(QRect(edge, height - low - edge, width - 2 * edge, low))
        across = min(self.order.sizeHint().width(), width - 2 * edge)
        high = height - (low + edge + AWAY - SHADOW) - edge
        self.order.setGeometry(QRect(width - across - edge, edge, across, max(high, 0)))
        beside = across - SHADOW if listed and width >= BESIDE else 0
        self._canvas.keep_free(beside, low - SHADOW if on else 0)
        self.order.raise_()
        self.strip.raise_()
