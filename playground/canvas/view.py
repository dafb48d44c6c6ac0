"""The canvas widget: shows the session's document, and what the window may ask of it.

The main window makes one. It follows the session's signals and builds a new frame when something
but a number has changed; the lower half, `Surface`, deals with mouse and keys.
"""

from collections.abc import Iterable
from contextlib import nullcontext

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtWidgets import QWidget

from engine.errors import Refusal
from engine.graph.document import Wire
from engine.graph.edits import Edit
from engine.train.maps import Maps
from playground.bridge import ChangeSet
from playground.canvas.breadcrumbs import Breadcrumbs
from playground.canvas.find_bar import FindBar
from playground.canvas.flow import Flow
from playground.canvas.manners import Manners
from playground.canvas.map_hover import MapHover
from playground.canvas.maps import MapWatch
from playground.canvas.minimap import Minimap
from playground.canvas.numbers import held
from playground.canvas.orders import Orders
from playground.canvas.painting.picture import Asked
from playground.canvas.steady import hold, landing
from playground.canvas.stepping import Stepping
from playground.canvas.views import Views
from playground.session import Session
from playground.theme import Theme, ThemeManager


class CanvasView(Orders):
    """The canvas of one session."""

    def __init__(
        self, session: Session, themes: ThemeManager, parent: QWidget | None = None
    ) -> None:
        super().__init__(session, themes, parent)
        session.changed.connect(self._follow)
        session.result_changed.connect(self._show_result)
        session.view_changed.connect(self._follow_view)
        session.selection_changed.connect(self._follow_selection)
        session.document_replaced.connect(self._replace)
        session.reveal.connect(self._reveal)
        themes.theme_changed.connect(self._wear)
        self._scene.wires_changed.connect(self._follow_wires)
        session.whose.changed.connect(self._follow_whose)
        session.whose.told.connect(self._follow_whose)
        session.lit_changed.connect(self._follow_lit)
        self._heated = False
        self.find_bar = FindBar(self._finder, themes, self)
        self.breadcrumbs = Breadcrumbs(session, themes, self)
        self._scene.step_wanted.connect(self.enter)
        self.breadcrumbs.chosen.connect(self.enter)
        self.minimap = Minimap(self._stage, self._views, self._mouse, themes, self)
        self._current_flow = Flow(self, self._scene, session.training)
        self._stepping = Stepping(session, self._scene, self)
        self._maps = MapWatch(self._stage, self)
        self.map_hover = MapHover(self._stage, self._mouse, self._maps, themes, self)
        self._replace()

    # Looking -----------------------------------------------------------------------------------

    @property
    def zoom(self) -> float:
        """Pixels on the screen in a scene unit."""
        return self._camera.zoom

    @property
    def views(self) -> Views:
        """Its jumps, and where it looked before."""
        return self._views

    def set_motion(self, wanted: bool) -> None:
        """Let jumps glide, or be there at once."""
        self._camera.settle()
        self._glide.stop()
        self._camera.motion = wanted

    def fit(self) -> None:
        """Show everything."""
        with self._views.jump():
            self._camera.show_all(self._scene.bounds())

    def fit_selection(self) -> None:
        """Zoom to what is selected."""
        with self._views.jump():
            self._camera.fit(self._scene.bounds(self._session.selection))
            self._camera.fitted = False

    def bring(self, ids: Iterable[int]) -> None:
        """Bring these items into sight, or the cards of the groups they are folded into."""
        with self._camera.gliding():
            self._bring(ids)
        self._camera.remember(self._session.document)

    def _bring(self, ids: Iterable[int]) -> None:
        document = self._session.document
        known = [item for item in ids if document.holds(item)]
        if known and not self._session.come_out(known):
            return
        bounds = self._scene.bounds(self._scene.all_visible(known))
        self._camera.bring(bounds, self._scene.bounds())

    def fold_to(self, folded: frozenset[int]) -> None:
        """Fold these groups and no others, and show everything, if that can be shown."""
        self._depths.forget()
        with self._views.jump():
            if self._session.set_view(folded=folded):
                self._camera.show_all(self._scene.bounds())

    def fold_by_zoom(self, *, on: bool) -> None:
        """Let the zoom fold and unfold, or leave that to the hand."""
        if on != self._depths.on:
            self._depths.on = on
            self._depths.forget()

    def set_zoom(self, zoom: float) -> None:
        """Zoom around what is selected, else the middle; 1.0 shows everything at its own size."""
        with self._views.jump():
            self._zoom_to(zoom)

    def zoom_by(self, factor: float) -> None:
        """Zoom by a factor, around the same point; like a turn of the wheel it is no jump."""
        before = self._camera.goal().zoom
        with self._camera.gliding():
            self._zoom_to(before * factor)
        self._camera.remember(self._session.document)
        self._depths.zoomed(before, self._camera.middle())

    def _zoom_to(self, zoom: float) -> None:
        self._camera.set_zoom(zoom)
        chosen = self._scene.bounds(self._session.selection)
        if chosen.isNull():
            self._find_something()
        else:
            self._camera.centre_on(chosen.center())

    def show_heat(self, *, on: bool) -> None:
        """Colour everything by the size of its gradient, or by nothing."""
        self._heated = on
        self._colour()

    def _colour(self) -> None:
        """Colour what is asked for: who asks whose gradient it is sees where it goes."""
        asking = self._session.whose.on
        self._scene.heated, self._scene.weighs = self._heated or asking, asking
        if not self._consider_maps():  # else it is built so
            self._scene.show_heat()

    def _follow_whose(self) -> None:
        """Show what the sample has in the gradients, as long as that is asked."""
        whose = self._session.whose
        if whose.on != self._scene.weighs:
            self._colour()
        sample = whose.sample
        self._scene.show_asked(None if sample is None else Asked(sample, whose.shares))

    def _follow_lit(self) -> None:
        lit = self._session.lit
        told = (lit.nodes, lit.wires, lit.captions)
        self._scene.light(*told, forward=lit.forward, faint=lit.faint)

    def maps_shown(self) -> tuple[frozenset[int], Maps | None]:
        """Return the nodes that have maps, and those maps that there are."""
        return self._scene.mappable, self._scene.picture.maps

    def show_maps(self, *, on: bool) -> None:
        """Show what neurons say all over the plane, or their numbers alone."""
        self._maps.on = on
        self._consider_maps()

    def harden_maps(self, *, on: bool) -> None:
        """Show maps in two colours without shades between them, or with them."""
        self._scene.harden_maps(on=on)

    def _consider_maps(self) -> bool:
        """Build a new frame if other cards than before have maps; return whether they have."""
        others = self._maps.prepare()
        if others:
            self._build()
        return others

    def dim_rest(self, *, on: bool) -> None:
        """Let what has nothing to do with the selection step back, or nothing."""
        self._scene.dim_rest(on=on)

    def show_flow(self, *, on: bool) -> None:
        """Let dots flow along the wires while training runs, or never."""
        self._current_flow.allow(on=on)

    def _find_something(self) -> None:
        """Look at the card nearest to the middle if there is none in sight."""
        shown = self.mapToScene(self.viewport().rect()).boundingRect()
        rects = [self._parts.rect(item) for item in self._scene.hits]
        if rects and not any(shown.intersects(rect) for rect in rects):
            off = [rect.center() - shown.center() for rect in rects]
            nearest = min(off, key=QPointF.manhattanLength)
            self._camera.centre_on(shown.center() + nearest)

    def enter(self, group: int | None) -> None:
        """Step inside a group, or out to one; None leaves all of them."""
        with self._views.jump():
            self._session.enter(group)

    def leave(self) -> None:
        """Step out of the group that one is in, if one is in any."""
        within = self._scene.within
        if within is not None:
            self.enter(self._session.document.groups[within].group)

    # Where -------------------------------------------------------------------------------------

    @property
    def manners(self) -> Manners:
        """What the View menu switches on and off; may be written."""
        return self._stage.manners

    def gliding(self, edit: Edit | Refusal) -> bool:
        """Carry out an edit, and let what it moves glide to its place."""
        before = self._glide.standing()
        done = self._session.do(edit)
        self._session.flush()
        if done and self._stage.manners.animated:
            self._glide.begin(before)
        return done

    # Walking -----------------------------------------------------------------------------------

    def _escape(self) -> None:
        """Close find bar and why card before the selection goes; then fire by hand no longer."""
        busy = self._mouse.gesture is not None or self._session.probe is not None
        if self.find_bar.isVisible() and not busy:
            self.find_bar.leave()
        elif self._session.why.question is not None and not busy:
            self._session.why.close()
        elif self._session.tracing.by_hand and not busy and not self._session.selection:
            self._session.tracing.fire_by_hand(on=False)
        else:
            super()._escape()

    # Doing -------------------------------------------------------------------------------------

    def select_wire(self, wire: Wire) -> None:
        """Select a wire and nothing else, and bring its ends into sight."""
        frame = self._scene.picture.frame
        row = frame.wires.row(wire)
        if row is None:
            return
        self._session.set_selection(())
        self._scene.select_wires(frame.wires.members(np.array([row])))
        ends = (frame.wires.start[row], frame.wires.end[row])
        self._reveal([int(frame.ids[end]) for end in ends])

    def next_wire(self) -> bool:
        """Select the next wire, or bias, of the selected card; False if there is none.

        The card is that of the selected bias, or the one that the selected wire ends in.
        """
        step = self._walk.next_wire()
        if isinstance(step, int):
            self._session.set_selection({step})
        elif step is not None:
            self.select_wire(step)
        if step is not None:
            self._say_number()
        return step is not None

    def _say_number(self) -> None:
        """Let screen readers say the number that the keyboard has come to."""
        node = held(self._session)
        if isinstance(node, int):
            self._say(node)

    # Following the session ---------------------------------------------------------------------

    def _follow(self, changes: ChangeSet) -> None:
        self._editor.abandon_if_gone()
        self._writer.abandon_if_gone()
        document = self._session.document
        if changes.structural:
            self._maps.forget()
        nodes: Iterable[int] = changes.nodes
        told = changes.structural or changes.groups or changes.notes or changes.bends
        if told or self._scene.concerns(nodes, document):
            self._build()
        elif "data" in changes.fields:
            self._consider_maps()

    def _follow_view(self) -> None:
        """Show other folds: what was toggled keeps its place, the rest makes room and glides."""
        view = self._session.view
        if view.current_group != self._scene.within:
            self._step(view.current_group)
            return
        toggled = self._scene.folded ^ view.folded
        if not toggled:
            return
        self._camera.settle()
        moves = self._camera.motion and self.isVisible()
        before = self._glide.standing(pictured=moves)
        self._depths.notice(toggled & before.frame.index.keys())
        origin = self._camera.to_screen(QPointF())
        self._build()
        if not self._camera.steered:
            pixel = self._depths.at
            at = self.middle() if pixel is None else self._camera.to_scene(pixel)
            hold(self._scene, self._camera, toggled, before, at, zooming=pixel is not None)
        if moves:
            scroll = self._camera.to_scene(origin)
            self._glide.begin(before, (scroll.x(), scroll.y()))
        self._camera.remember(self._session.document)

    def _step(self, group: int | None) -> None:
        """Show another group alone, or everything: it grows out of its card, or goes into it."""
        document, camera, before = self._session.document, self._camera, self._scene.within
        camera.settle()
        outward = group is None or group in document.ancestry(
            before if before in document.groups else None
        )
        passage = before if outward else group
        at = camera.rect_on_screen(self._passage(passage))
        self._views.leave(before)
        self._build()
        start = landing(camera, self._passage(passage), at)
        with nullcontext() if camera.steered else camera.gliding():
            self._views.arrive(group, back=outward)
            camera.depart(start or camera.look())
        camera.remember(document)

    def _passage(self, group: int | None) -> QRectF:
        """Return what stands for a group now: card or frame, or all that is seen if one is in."""
        if group is None or group == self._scene.within:
            return self._scene.bounds()
        shown = self._scene.visible(group) if group in self._session.document.groups else None
        return self._scene.bounds(()) if shown is None else self._scene.bounds({shown})

    def _build(self) -> None:
        self._mouse.cancel()
        self._mouse.hovered_wire = self._mouse.hovered_bias = None  # rows are those of a frame
        self._glide.stop()
        self._search.close()
        self.map_hover.hide()
        self._maps.prepare()
        view = self._session.view
        self._scene.build(self._session.document, view.folded, view.current_group)
        self._maps.refresh()
        self.breadcrumbs.refresh()
        self._follow_selection()
        self._follow_wires()  # the same wires may have other weights
        self._follow_lit()
        self._finder.refresh()
        self.minimap.refresh()

    def _show_result(self) -> None:
        self._scene.show(self._session.result)
        self.minimap.refresh()

    def _follow_selection(self) -> None:
        self._scene.select(self._session.selection)
        self._point()

    def _follow_wires(self) -> None:
        self._session.set_wires(self._scene.wires, self._scene.weights())

    def _replace(self) -> None:
        self._mouse.cancel()
        self._editor.abandon()
        self._writer.abandon()
        self._scene.select_wires(())
        self._scene.ringed = frozenset()
        self._depths.forget()
        self._finder.current = None
        self._build()
        self._show_result()
        self._camera.restore(self._session.document, self._scene.bounds())
        self._views.clear()

    def _reveal(self, ids: Iterable[int]) -> None:
        with self._views.jump():
            self._bring(ids)

    def _wear(self, theme: Theme) -> None:
        self._scene.wear(theme)
        self.minimap.refresh()
