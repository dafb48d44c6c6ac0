"""The canvas widget: shows the session's document, and what the window may ask of it.

The main window makes one. It follows the session's signals and builds a new frame when something
but a number has changed; the lower half, `Surface`, deals with mouse and keys.
"""

from collections.abc import Iterable

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF
from PySide6.QtWidgets import QWidget

from engine.graph.verbs import delete
from playground.bridge import ChangeSet
from playground.canvas.flow import Flow
from playground.canvas.frame.ports import OUT
from playground.canvas.spots import free_spot
from playground.canvas.surface import Surface
from playground.session import Session
from playground.theme import Theme, ThemeManager


class CanvasView(Surface):
    """The canvas of one session."""

    def __init__(
        self, session: Session, themes: ThemeManager, parent: QWidget | None = None
    ) -> None:
        super().__init__(session, themes.current(), parent)
        session.changed.connect(self._follow)
        session.result_changed.connect(self._show_result)
        session.view_changed.connect(self._follow_view)
        session.selection_changed.connect(self._follow_selection)
        session.document_replaced.connect(self._replace)
        session.reveal.connect(self._reveal)
        themes.theme_changed.connect(self._wear)
        self._current_flow = Flow(self, self._scene, session.training)
        self._replace()

    # Looking -----------------------------------------------------------------------------------

    @property
    def zoom(self) -> float:
        """Pixels on the screen in a scene unit."""
        return self._camera.zoom

    def fit(self) -> None:
        """Show everything."""
        self._camera.fit(self._scene.bounds())
        self._camera.fitted = True
        self._camera.remember(self._session.document)

    def fit_selection(self) -> None:
        """Zoom to what is selected."""
        self._camera.fit(self._scene.bounds(self._session.selection))
        self._camera.fitted = False
        self._camera.remember(self._session.document)

    def set_zoom(self, zoom: float) -> None:
        """Zoom around what is selected, else the middle; 1.0 shows everything at its own size."""
        self._camera.set_zoom(zoom)
        chosen = self._scene.bounds(self._session.selection)
        if chosen.isNull():
            self._find_something()
        else:
            self._camera.centre_on(chosen.center())
        self._camera.remember(self._session.document)

    def zoom_by(self, factor: float) -> None:
        """Zoom by a factor, around the same point."""
        self.set_zoom(self.zoom * factor)

    def show_heat(self, *, on: bool) -> None:
        """Colour everything by the size of its gradient, or by nothing."""
        self._scene.show_heat(on=on)

    def dim_rest(self, *, on: bool) -> None:
        """Let what has nothing to do with the selection step back, or nothing."""
        self._scene.dim_rest(on=on)

    def show_flow(self, *, on: bool) -> None:
        """Let dots flow along the wires while training runs, or never."""
        self._current_flow.allow(on=on)

    def free_spot(self) -> tuple[float, float]:
        """Return a point of the scene near the middle of the view where nothing stands yet."""
        return free_spot(self._scene, self._camera.to_scene(self._camera.middle()))

    def _find_something(self) -> None:
        """Look at the card nearest to the middle if there is none in sight."""
        shown = self.mapToScene(self.viewport().rect()).boundingRect()
        rects = [self._parts.rect(item) for item in self._scene.hits]
        if rects and not any(shown.intersects(rect) for rect in rects):
            off = [rect.center() - shown.center() for rect in rects]
            nearest = min(off, key=QPointF.manhattanLength)
            self._camera.centre_on(shown.center() + nearest)

    # Doing -------------------------------------------------------------------------------------

    def select_all(self) -> None:
        """Select everything that is visible."""
        self._session.set_selection(self._scene.hits.keys())

    def delete_selection(self) -> None:
        """Delete the selected nodes, groups and wires."""
        session = self._session
        session.do(delete(session.document, session.selection, self._scene.wires))

    def edit_value(self) -> None:
        """Edit the number of the selected value, or the name of an operation; fold a group."""
        item = self._single()
        if item is None:
            return
        if item in self._session.document.groups:
            self._session.toggle_fold(item)
        elif self._session.document.node(item).is_leaf:
            self._mouse.edit_value(item)
        else:
            self._mouse.edit_label(item)

    def edit_label(self) -> None:
        """Edit the name of what is selected in its place."""
        item = self._single()
        if item is not None:
            self._mouse.edit_label(item)

    def _single(self) -> int | None:
        visible = [item for item in self._session.selection if item in self._scene.hits]
        return visible[0] if len(visible) == 1 else None

    # Places, in pixels of the viewport ---------------------------------------------------------

    def item_rect(self, item: int) -> QRect:
        """Return where an item is; empty if it is not visible."""
        return self._on_screen(self._parts.rect(item))

    def value_rect(self, item: int) -> QRect:
        """Return where the number of a value is."""
        return self._on_screen(self._parts.value_rect(item))

    def label_rect(self, item: int) -> QRect:
        """Return where the name of an item is."""
        return self._on_screen(self._parts.label_rect(item))

    def port_point(self, node: int, port: int | None = None) -> QPoint:
        """Return where an input port of a node is, without `port` its output."""
        row = self._scene.picture.frame.ports.first[node, OUT if port is None else port]
        return self._camera.to_screen(QPointF(*self._parts.port(row).point)).toPoint()

    def _on_screen(self, rect: QRectF) -> QRect:
        return self._camera.rect_on_screen(rect).toAlignedRect()

    # Following the session ---------------------------------------------------------------------

    def _follow(self, changes: ChangeSet) -> None:
        self._editor.abandon_if_gone()
        document = self._session.document
        nodes: Iterable[int] = changes.nodes
        if changes.structural or changes.groups or self._scene.concerns(nodes, document):
            self._build()

    def _follow_view(self) -> None:
        before, after = self._scene.folded, self._session.view.folded
        if after == before:
            return
        toggled = before ^ after
        steady = next(iter(toggled)) if len(toggled) == 1 else None
        place = self._parts.rect(steady) if steady is not None else QRectF()
        corner = self._camera.to_screen(place.topLeft())
        self._build()
        rect = self._parts.rect(steady) if steady is not None else QRectF()
        if not place.isNull() and not rect.isNull():
            self._camera.keep(rect.topLeft(), corner)
            self._camera.fitted = False
        elif self._camera.fitted:
            self._camera.fit(self._scene.bounds())
        self._camera.remember(self._session.document)

    def _build(self) -> None:
        self._mouse.cancel()
        self._scene.build(self._session.document, self._session.view.folded)
        self._follow_selection()

    def _show_result(self) -> None:
        self._scene.show(self._session.result)

    def _follow_selection(self) -> None:
        self._scene.select(self._session.selection)
        self._point()

    def _replace(self) -> None:
        self._mouse.cancel()
        self._editor.abandon()
        self._scene.select_wires(())
        self._build()
        self._scene.show(self._session.result)
        self._camera.restore(self._session.document, self._scene.bounds())

    def _reveal(self, ids: Iterable[int]) -> None:
        self._camera.bring(self._scene.bounds(ids), self._scene.bounds())
        self._camera.remember(self._session.document)

    def _wear(self, theme: Theme) -> None:
        self._scene.wear(theme)
