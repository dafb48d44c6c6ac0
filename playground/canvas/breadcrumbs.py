"""The way into the group one is in: a quiet strip over the canvas, every step of which leads back.

The canvas makes one and refreshes it with each frame. It is hidden where one sees everything. The
last step has a menu of the groups inside, to step on.
"""

from collections.abc import Iterator
from gettext import gettext as _

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from engine.explain.groups import beside_name, title
from engine.graph.document import Document
from playground.icons import icon
from playground.session import Session
from playground.theme import ThemeManager
from playground.widgets.emptying import empty
from playground.widgets.labels import label

AWAY, RADIUS, PAD = 12, 9.0, 3
WIDEST, NARROWEST = 220, 44  # a step, in pixels
ARROW = 14
MOST = 60  # groups in the menu


class Step(QToolButton):
    """A button of the strip; it keeps plain keys from the shortcuts of the canvas below."""

    def __init__(self, strip: QWidget, name: str, tip: str) -> None:
        super().__init__(strip)
        self.setProperty("kind", "plain")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(name)
        self.setToolTip(tip)

    def event(self, event: QEvent) -> bool:
        """Take Tab, Space and the arrow keys, which mean other things on the canvas."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.ShortcutOverride
            and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        ):
            event.accept()
            return True
        return super().event(event)


class Crumb(Step):
    """One step of the way; `there` is where it leads, None for the whole document."""

    def __init__(self, strip: "Breadcrumbs", group: int | None, name: str, tip: str) -> None:
        super().__init__(strip, name, tip)
        self.there = group
        self.name = name
        self.mark: QWidget | None = None  # what stands before it
        self._strip = strip
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.clicked.connect(self._go)

    def fit(self, width: int) -> None:
        """Show as much of the name as there is room for."""
        metrics = QFontMetrics(self.font())
        self.setText(metrics.elidedText(self.name, Qt.TextElideMode.ElideMiddle, width))

    def _go(self) -> None:
        self._strip.go(self.there)


class Breadcrumbs(QWidget):
    """Names the document and the groups around what is seen, the outermost first.

    Attributes:
        chosen: somebody wants to be in another group; carries it, None for the whole document.
    """

    chosen = Signal(object)

    def __init__(self, session: Session, themes: ThemeManager, canvas: QWidget) -> None:
        super().__init__(canvas)
        self._session = session
        self._themes = themes
        self._canvas = canvas
        self._shown: tuple[object, ...] = ()
        self.crumbs: list[Crumb] = []
        self.setAccessibleName(_("Where you are"))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(PAD, PAD, PAD, PAD)
        self._row.setSpacing(0)
        self.inner = Step(self, _("Groups in here"), _("Step inside one of the groups in here"))
        self._menu = QMenu(self.inner)
        self._menu.aboutToShow.connect(self._list_inner)
        self._menu.triggered.connect(self._step_in)
        self.inner.clicked.connect(self._offer_inner)
        self._row.addWidget(self.inner)
        themes.theme_changed.connect(self._dress)
        session.title_changed.connect(self.refresh)
        canvas.installEventFilter(self)
        self._dress()
        self.hide()

    def refresh(self) -> None:
        """Take note of another group, another name, another document."""
        document = self._session.document
        steps = tuple(self._steps(document))
        inside = self._session.view.current_group
        self.inner.setVisible(any(one.group == inside for one in document.groups.values()))
        if steps != self._shown:
            self._shown = steps
            focused = any(crumb.hasFocus() for crumb in self.crumbs)
            self._lay_out(steps)
            if focused:
                self._canvas.setFocus(Qt.FocusReason.OtherFocusReason)
        self.setVisible(len(steps) > 1)
        self._place()

    def go(self, group: int | None) -> None:
        """Ask for a group, and give the keyboard back to the canvas."""
        self._canvas.setFocus(Qt.FocusReason.OtherFocusReason)
        if group != self._session.view.current_group:
            self.chosen.emit(group)

    def _steps(self, document: Document) -> Iterator[tuple[int | None, str, str]]:
        """Return group, name and tooltip of each step."""
        yield None, self._session.name, _("Show the whole graph")
        way = self._session.view.current_group
        around = document.ancestry(way if way in document.groups else None)
        for group in reversed(around):
            record = document.groups[group]
            made = beside_name(record)
            words = _("You are in here") if group == way else _("Step out to this group")
            yield group, title(record), " · ".join(part for part in (made, words) if part)

    def _lay_out(self, steps: tuple[tuple[int | None, str, str], ...]) -> None:
        empty(self._row, keep=1)
        self.crumbs = [Crumb(self, *step) for step in steps]
        for place, crumb in enumerate(self.crumbs):
            if place:
                crumb.mark = label("▸", "muted", self)
                self._row.insertWidget(self._row.count() - 1, crumb.mark)
            self._row.insertWidget(self._row.count() - 1, crumb)
            last = place == len(self.crumbs) - 1
            crumb.setProperty("here", last)
            font = crumb.font()
            font.setBold(last)
            crumb.setFont(font)
        for before, after in zip([*self.crumbs], [*self.crumbs[1:], self.inner], strict=True):
            self.setTabOrder(before, after)

    def _place(self) -> None:
        """Stand at the upper left; names are cut, and outer steps left out, as there is room."""
        if self.isHidden():
            return
        room, count = self._canvas.width() - 2 * AWAY, len(self.crumbs)
        share = (room - ARROW * (count + 2)) // max(count, 1) - 16
        for crumb in self.crumbs:
            crumb.fit(min(max(share, NARROWEST), WIDEST))
        for first in range(count):
            for place, crumb in enumerate(self.crumbs):
                crumb.setVisible(place >= first)
                if crumb.mark is not None:
                    crumb.mark.setVisible(place > first)
            if self._row.sizeHint().width() <= room:
                break
        self.setGeometry(QRect(QPoint(AWAY, AWAY), self._row.sizeHint()))
        self.raise_()

    # Groups inside -----------------------------------------------------------------------------

    def _offer_inner(self) -> None:
        self._menu.popup(self.inner.mapToGlobal(self.inner.rect().bottomLeft()))

    def _list_inner(self) -> None:
        """Offer the groups directly inside, in reading order."""
        document, inside = self._session.document, self._session.view.current_group
        found = [one for one in document.groups.values() if one.group == inside]
        found.sort(key=lambda one: (one.position[0], one.position[1], one.id))
        self._menu.clear()
        for one in found[:MOST]:
            action = self._menu.addAction(title(one).replace("&", "&&"))
            action.setData(one.id)
        if len(found) > MOST:
            more = _("and {count} more on the canvas").format(count=len(found) - MOST)
            self._menu.addAction(more).setEnabled(False)

    def _step_in(self, action: QAction) -> None:
        self.go(action.data())

    # Looks -------------------------------------------------------------------------------------

    def _dress(self) -> None:
        theme = self._themes.current()
        self.inner.setIcon(icon("down", theme.muted, theme.faint))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the strip: one hairline around a little of the panel."""
        theme = self._themes.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.hairline, theme.lines))
        painter.setBrush(theme.panel)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        painter.end()

    # Keys and mouse ----------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go along the steps with the arrow keys; Escape goes back to the canvas."""
        way = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if event.key() == Qt.Key.Key_Escape:
            self._canvas.setFocus(Qt.FocusReason.OtherFocusReason)
        elif way is not None:
            stops = [*self.crumbs, self.inner]
            here = next((k for k, stop in enumerate(stops) if stop.hasFocus()), 0)
            stops[min(max(here + way, 0), len(stops) - 1)].setFocus(
                Qt.FocusReason.TabFocusReason if way > 0 else Qt.FocusReason.BacktabFocusReason
            )
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin nothing on the canvas below."""
        event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer nothing of the canvas below."""
        event.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep to the width of the canvas."""
        if event.type() is QEvent.Type.Resize and watched is self._canvas:
            self._place()
        return False
