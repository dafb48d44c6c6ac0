"""The search of one canvas: opens the card, says where, and takes it away again.

The canvas asks on keys, double-clicks and wires that are let go over nothing. While the card is
open, what was in the hand stays in the picture.
"""

from collections.abc import Iterable
from gettext import gettext as _

from PySide6.QtCore import QObject, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtWidgets import QAbstractScrollArea

from engine.errors import Refusal
from engine.graph.document import Wire
from playground.canvas.gestures.base import Stage, Want
from playground.canvas.painting.picture import Floating
from playground.canvas.search.additions import Additions
from playground.canvas.search.connections import Connections
from playground.canvas.search.groups import Groups, groups_near, move_into
from playground.canvas.search.hooks import hooks_of, nothing_to_connect, results_of
from playground.canvas.search.insertions import Insertions
from playground.session.additions import MOST
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
        self.card.field.textEdited.connect(self._give_back)
        self._heard = ""  # the last two keys before the search
        stage.scene.search_wanted.connect(self.seek)

    def point(self, at: QPointF | None) -> None:
        """Take note of where the mouse went, in the viewport; None if it left.

        Once something was added there the place is used up, so that the keyboard can go on adding
        while the mouse lies still.
        """
        self._pointer = at

    def hear(self, text: str) -> None:
        """Take note of a key on the canvas; one that has a shortcut may have begun a name."""
        self._heard = (self._heard + text)[-2:]

    def open(self, text: str = "") -> None:
        """Look for something to add: on the selected wire, else at the cursor over nothing.

        Else it goes where it suits.
        """
        text = self._whole(text) if text else text
        camera, hooks = self._stage.camera, hooks_of(self._stage)
        if hooks.wire is not None:
            self._insert(hooks.wire, text)
            return
        at = camera.to_scene(self._pointer) if self._pointer is not None else None
        if at is not None and self._stage.parts.hit_at(at) is None:
            self.seek(Want(at, hooks), text)
            return
        want = Want(camera.to_scene(camera.middle()), hooks)
        finder = Additions(self._stage, self.habits, want, pointed=False)
        self._show(finder, self._on_screen(self._stage.session.selection), text)

    def _whole(self, text: str) -> str:
        """Return what is typed with the F that fitted: `f=2` is a value like `a=2`."""
        letter, self._heard = self._heard[:1], ""
        return letter + text if text == "=" and letter in ("f", "F") else text

    def _give_back(self, text: str) -> None:
        whole = self._whole(text)
        if whole != text:
            self.card.field.setText(whole)

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

    def _insert(self, wire: Wire, text: str) -> None:
        """Look for something that goes on a wire, beside which the card stands."""
        scene = self._stage.scene
        finder, row = Insertions(self._stage, self.habits, wire), scene.wire_row(wire)
        beside = QRect(self._canvas.viewport().rect().center(), QSize())
        spare = QRect()
        if row is not None:
            pieces = scene.picture.pieces()
            points = pieces.points[pieces.wire == row].reshape(-1, 2)
            low, high = (
                QPointF(*end.tolist()) for end in (points.min(axis=0), points.max(axis=0))
            )
            shown = self._stage.camera.rect_on_screen(QRectF(low, high)).toAlignedRect()
            beside = shown.adjusted(-END, -END, END, END)
            ends = scene.all_visible(finder.ends)
            cards = self._stage.camera.rect_on_screen(scene.bounds(ends)).toAlignedRect()
            spare = beside.united(cards)
            self._stage.show(Floating(landing=row))
        self._show(finder, beside, text, spare=spare)

    def connect_selected(self) -> None:
        """Look for an input for each of the selected nodes, or say why there is none to wire."""
        stage = self._stage
        sources = results_of(stage)
        if not sources:
            stage.session.do(nothing_to_connect(stage))
        elif len(sources) > MOST:
            words = _("{count} nodes are too many to connect at once").format(count=len(sources))
            stage.session.do(Refusal(words, "", _("Select fewer")))
        else:
            around = stage.scene.all_visible(sources)
            self._show(Connections(stage, sources), self._on_screen(around))

    def move_selected(self) -> None:
        """Look for the group that what is selected goes into; the only one is taken at once."""
        stage = self._stage
        near = groups_near(stage)
        if len(near) == 1:
            move_into(stage, near[0])
        else:
            self._show(Groups(stage), self._on_screen(stage.session.selection))

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
        floating = self._stage.scene.picture.floating
        if floating.draft is not None or floating.landing is not None:
            self._stage.show(Floating())
        self._stage.hint(_("Type, or press Space, to search again"))
        if self.card.field.hasFocus():  # and not if somebody clicked elsewhere
            self._canvas.setFocus(Qt.FocusReason.OtherFocusReason)
