"""The search of one canvas: opens the card, says where, and takes it away again.

The canvas asks on keys, double-clicks and wires that are let go over nothing. While the card is
open, what was in the hand stays in the picture.
"""

from collections.abc import Iterable
from gettext import gettext as _

from PySide6.QtCore import QObject, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtWidgets import QAbstractScrollArea

from playground.canvas.gestures.base import Stage, Want
from playground.canvas.painting.picture import Floating
from playground.canvas.search.additions import Additions, hooks_of
from playground.canvas.search.connections import Connections
from playground.theme import ThemeManager
from playground.widgets.card import SHADOW
from playground.widgets.habits import Habits
from playground.widgets.search_card import CORNER, WIDTH, Finder, SearchCard

END = 12  # pixels around the end of a wire that stay free
HIGH = 0.3  # of the way down to where there is nothing to stand beside


class Search(QObject):
    """Holds the card over a surface.

    Attributes:
        habits: what ranks; the window replaces it by one that is remembered.
        card: it shows whether something is sought.
    """

    def __init__(self, stage: Stage, themes: ThemeManager, canvas: QAbstractScrollArea) -> None:
        super().__init__(canvas)
        self._stage = stage
        self._canvas = canvas
        self._pointer: QPointF | None = None
        self.habits = Habits()
        self.card = SearchCard(themes, canvas.viewport())
        self.card.closed.connect(self._clear)
        self.card.taken.connect(self._use_up)
        stage.scene.search_wanted.connect(self.seek)

    def point(self, at: QPointF | None) -> None:
        """Take note of where the mouse went, in the viewport; None if it left.

        Once something was added there the place is used up, so that the keyboard can go on adding
        while the mouse lies still.
        """
        self._pointer = at

    def open(self, text: str = "") -> None:
        """Look for something to add, at the cursor if it is over nothing, else where it suits."""
        camera, hooks = self._stage.camera, hooks_of(self._stage)
        at = camera.to_scene(self._pointer) if self._pointer is not None else None
        if at is not None and self._stage.parts.hit_at(at) is None:
            self.seek(Want(at, hooks), text)
            return
        want = Want(camera.to_scene(camera.middle()), hooks)
        finder = Additions(self._stage, self.habits, want, pointed=False)
        self._show(finder, self._on_screen(self._stage.session.selection), text)

    def seek(self, want: Want, text: str = "") -> None:
        """Look for something that is wanted at a place of the scene."""
        finder = Additions(self._stage, self.habits, want, pointed=True)
        beside = QRect(self._stage.camera.to_screen(want.at).toPoint(), QSize())
        spare = QRect()
        if want.draft is not None:
            self._stage.show(Floating(draft=want.draft))
            beside.adjust(-END, -END, END, END)
            wire = QRectF(QPointF(*want.draft.begin), QPointF(*want.draft.finish)).normalized()
            spare = self._stage.camera.rect_on_screen(wire).toAlignedRect()
        self._show(finder, beside, text, left=want.hooks.target is not None, spare=spare)

    def connect_to(self, source: int) -> None:
        """Look for an input that a node's output is to be wired to."""
        stage = self._stage
        self._show(Connections(stage, source), self._on_screen({source}))

    def close(self) -> None:
        """Give up; nothing has changed."""
        self.card.close_search()

    def _on_screen(self, items: Iterable[int]) -> QRect:
        """Return where items are that the card is not to cover; without any a place on high."""
        camera, area = self._stage.camera, self._canvas.viewport().rect()
        shown = camera.rect_on_screen(self._stage.scene.bounds(items)).toAlignedRect() & area
        if not shown.isEmpty():
            return shown
        left = area.center().x() - WIDTH // 2
        return QRect(left + CORNER.x() - SHADOW, round(area.height() * HIGH), 0, 0)

    def _show(
        self,
        finder: Finder,
        beside: QRect,
        text: str = "",
        *,
        left: bool = False,
        spare: QRect | None = None,
    ) -> None:
        self.card.open(finder, beside, text, left=left, spare=spare)
        self._stage.hint(finder.hint)

    def _use_up(self) -> None:
        self._pointer = None

    def _clear(self) -> None:
        if self._stage.scene.picture.floating.draft is not None:
            self._stage.show(Floating())
        self._stage.hint(_("Type, or press Space, to search again"))
        self._canvas.setFocus(Qt.FocusReason.OtherFocusReason)
