"""The page of derivatives: any value against any other, its tangent, its secant, and their errors.

The lecture's first half hour. The point that is dragged is one to explore: it changes nothing in
the document until it is set. Numbers are at the left, the curve or surface in the middle, the
errors by h at the right. While the page is hidden nothing is computed.
"""

from collections.abc import Callable
from gettext import gettext as _
from math import floor, log10

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QActionGroup, QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from engine.errors import Refusal
from engine.exchange.expressions import parse_number
from playground.bridge import ChangeSet
from playground.panels.studio.explorer.asking import AUTO, Question
from playground.panels.studio.explorer.curve import CurvePicture
from playground.panels.studio.explorer.errors import ErrorPanel
from playground.panels.studio.explorer.exploring import Exploration, Stale
from playground.panels.studio.explorer.side import Side
from playground.panels.studio.explorer.surface import SurfacePicture
from playground.panels.studio.explorer.walk import MOST_STEPS, Walk
from playground.panels.studio.explorer.words import descent_words, readings, sentences
from playground.session import Session
from playground.settings import Settings
from playground.theme import ThemeManager
from playground.widgets.scrolled import Scrolled
from playground.widgets.segments import Segments

MARGIN, GAP = 14, 8
SIDE_WIDTH = 344
NARROW = 860  # below, curve and errors take turns
# Between two looks at numbers that keep changing, and more of them the deeper the graph.
LIVE_MILLISECONDS, DEPTH_A_MILLISECOND = 60, 4


class ExplorerPage(QWidget):
    """What is asked above; numbers, curve or surface, and errors below.

    Attributes:
        seen: what is explored and what was found.
        question, side: the fields; curve, surface, errors: the pictures. walk: gradient descent.
        left: the keyboard goes back to the canvas.
    """

    left = Signal()

    def __init__(
        self,
        session: Session,
        themes: ThemeManager,
        settings: Settings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        del settings  # what is explored belongs to the document that is open
        self._session = session
        self.seen = Exploration(session)
        self.question = Question()
        self.side = Side(themes)
        self.curve, self.surface = CurvePicture(themes), SurfacePicture(themes)
        self._beside = ErrorPanel(themes)
        self.errors = self._beside.picture
        self._turns = QActionGroup(self)
        for key, title, tip in (
            ("curve", _("Curve"), _("Show the curve")),
            ("errors", _("Errors"), _("Show how far the slope is off, for every h")),
        ):
            action = QAction(title, self._turns)
            action.setData(key)
            action.setCheckable(True)
            action.setChecked(key == "curve")
            action.setToolTip(tip)
        self._switch = Segments(self._turns.actions())
        self._pictures = QStackedWidget()
        self.walk = Walk(self)
        self._walked_from: tuple[float, ...] = ()
        self._stale, self._renamed = Stale.STRUCTURE, True
        self._soon = _timer(self, 0, self.flush)
        self._live = _timer(self, LIVE_MILLISECONDS, self.flush)
        self._lay_out()
        self._connect(session)

    def _lay_out(self) -> None:
        self._pictures.addWidget(self.curve)
        self._pictures.addWidget(self.surface)
        scrolled = Scrolled(self.side)
        scrolled.setFixedWidth(SIDE_WIDTH)
        head = QHBoxLayout()
        head.setSpacing(GAP)
        head.addWidget(self.question, 1)
        head.addWidget(self._switch, 0, Qt.AlignmentFlag.AlignTop)
        body = QHBoxLayout()
        body.setSpacing(MARGIN)
        body.addWidget(scrolled, 0, Qt.AlignmentFlag.AlignLeft)
        body.addWidget(self._pictures, 3)
        body.addWidget(self._beside, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, 0, MARGIN, MARGIN)
        column.setSpacing(GAP + 2)
        column.addLayout(head)
        column.addLayout(body, 1)
        self.setFocusProxy(self.side.fields["x"])

    def _connect(self, session: Session) -> None:
        self.question.chosen.connect(self._choose)
        self.question.typed.connect(self._ask)
        self.question.slope.toggled.connect(self._redraw)
        self.question.descent.toggled.connect(self._descend)
        self.side.typed.connect(self._enter)
        self.side.slid.connect(self._set_h)
        for picture in (self.curve, self.surface, self.errors):
            picture.pressed.connect(self.left)
        for button in (self.side.set_here, self.side.back):
            button.clicked.connect(self.left)
        self.side.set_here.clicked.connect(self._set_here)
        self.side.back.clicked.connect(self._go_back)
        self.curve.moved.connect(self._drag)
        self.surface.moved.connect(self._drag)
        self.errors.moved.connect(self._drag_h)
        self.curve.stepped.connect(self._step)
        self.surface.stepped.connect(self._step)
        self.errors.stepped.connect(self._step_h)
        self.walk.advanced.connect(self._show_walk)
        self._turns.triggered.connect(self._offer)
        session.changed.connect(self._follow_changes)
        session.result_changed.connect(self._follow_numbers)
        session.selection_changed.connect(self._follow_selection)
        session.document_replaced.connect(self._begin_anew)

    # Following -----------------------------------------------------------------------------------

    def _begin_anew(self) -> None:
        """Forget what was asked of another document."""
        self.seen = Exploration(self._session)
        self._later(Stale.STRUCTURE)

    def _follow_changes(self, changes: ChangeSet) -> None:
        if changes.structural or changes.nodes:
            self._renamed = True
            self._later(Stale.STRUCTURE if changes.structural else Stale.NUMBERS)

    def _follow_selection(self) -> None:
        self._renamed = True
        self._later(Stale.PLACE)

    def _follow_numbers(self) -> None:
        self._stale = max(self._stale, Stale.NUMBERS)
        if self.isVisible() and not self._live.isActive():
            depth = self.seen.sweep.depth if self.seen.sweep is not None else 0
            self._live.setInterval(LIVE_MILLISECONDS + depth // DEPTH_A_MILLISECOND)
            self._live.start()

    def _later(self, stale: Stale) -> None:
        """Compute what is stale once in this turn of the event loop, if anybody sees it."""
        self._stale = max(self._stale, stale)
        if self.isVisible():
            self._soon.start()

    def flush(self) -> None:
        """Compute and show now what is stale."""
        for timer in (self._soon, self._live):
            timer.stop()
        if not self.isVisible():
            return
        self._session.flush()  # so that document and result are of one moment
        if self.seen.choose():
            self._stale = Stale.STRUCTURE
        stale, self._stale = self._stale, Stale.NOTHING
        if stale is Stale.NOTHING:
            return
        self.seen.compute(stale)
        self._show(stale)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened while the page was hidden."""
        super().showEvent(event)
        self._stale = Stale.STRUCTURE
        self.flush()

    def hideEvent(self, event: QHideEvent) -> None:
        """Compute nothing that nobody sees."""
        super().hideEvent(event)
        for timer in (self._soon, self._live):
            timer.stop()
        self.walk.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let curve and errors take turns where there is no room for both."""
        super().resizeEvent(event)
        self._offer()

    # What is shown -------------------------------------------------------------------------------

    def _show(self, stale: Stale) -> None:
        seen = self.seen
        if stale >= Stale.STRUCTURE or self._renamed:
            self._renamed = False
            self._show_question()
        self.side.say(sentences(seen))
        self._offer()
        sweep, errors = seen.sweep, seen.errors
        if sweep is None or errors is None:
            self.side.readings.show_rows([])
            self._descend()
            return
        names = [self._session.document.name(node) for node in (seen.f or 0, *seen.x)]
        self.side.show_place(seen.place, explored=seen.explored is not None)
        self.side.show_h(seen.h)
        self.side.readings.show_rows(readings(seen))
        self.question.show_ranges([seen.span(axis) for axis in range(len(seen.x))], seen.step)
        if seen.surface is not None:
            if stale >= Stale.CURVE:
                self.surface.name_axes(names[1], names[2])
                self.surface.show_surface(seen.surface)
            self.surface.show_place(seen.place, sweep.start, seen.slopes)
        elif seen.curve is not None:
            if stale >= Stale.CURVE:
                self.curve.name_axes(names[1], names[0])
                slope = self.question.slope.isChecked()
                self.curve.show_curve(seen.curve, seen.span(0), slope=slope)
            self.curve.show_place(seen.place[0], sweep.start[0], seen.secants[0], seen.slopes[0])
        self._beside.show_errors(errors, "f′(x)" if len(seen.x) == 1 else "∂f/∂x")
        self.errors.show_h(seen.h, seen.secants[0].forward - seen.slopes[0])
        if stale >= Stale.NUMBERS or self._walked_from != seen.place:
            self._descend()
        else:
            self._show_walk()

    def _show_question(self) -> None:
        seen = self.seen
        x = seen.x[0] if seen.x and seen.x_choice is None else None
        z = seen.x[1] if len(seen.x) > 1 and seen.z_choice is None else None
        self.question.offer(
            self._session.document,
            self._session.live.result,
            self._session.order,
            (None if seen.f_choice is not None else seen.f, x, z),
            (seen.f_choice, seen.x_choice, seen.z_choice),
        )

    def _offer(self) -> None:
        """Show what there is something to see of, and what there is room for."""
        there = self.seen.sweep is not None
        narrow = self.width() < NARROW
        turn = self._turns.checkedAction().data()
        self.question.setVisible(self.seen.f is not None)
        self.side.show_numbers(there=there)
        self._switch.setVisible(there and narrow)
        self._pictures.setVisible(there and (not narrow or turn == "curve"))
        self._beside.setVisible(there and (not narrow or turn == "errors"))
        picture = self.surface if self.seen.surface is not None else self.curve
        self._pictures.setCurrentWidget(picture)

    def _redraw(self) -> None:
        self._later(Stale.CURVE)

    # What is asked -------------------------------------------------------------------------------

    def _choose(self, which: str, key: str) -> None:
        setattr(self.seen, f"{which}_choice", int(key) if key else None)
        self._later(Stale.STRUCTURE)

    def _ask(self, which: str, text: str) -> None:
        """Take a range or a step that was typed; an empty text leaves it to the page."""
        number = None if text.strip().casefold() in ("", AUTO) else parse_number(text)
        refusal = number if isinstance(number, Refusal) else self.seen.ask(which, number)
        if refusal is not None:
            self._session.do(refusal)
        self._later(Stale.CURVE)

    def _enter(self, which: str, text: str) -> None:
        """Take a number that was typed beside the pictures."""
        number = parse_number(text)
        if isinstance(number, Refusal):
            self._session.do(number)
        elif which in "xz":
            place = list(self.seen.place)
            place["xz".index(which)] = number
            self._move(*place)
        elif which == "h":
            self._set_h(number)
        elif which == "rate":
            self.walk.rate = number
            self._descend()
        else:
            self.walk.steps = min(max(round(number), 1), MOST_STEPS)
            self._descend()

    def _set_h(self, h: float) -> None:
        if h == 0.0:
            self._session.do(
                Refusal(
                    _("h cannot be 0"),
                    _("the slope would be 0 divided by 0"),
                    _("Type a small number, such as 1e-6"),
                )
            )
            return
        self._session.hinted.emit("")  # no refusal of an h stands there any longer
        self.seen.h = h
        self._later(Stale.PLACE)

    def _drag_h(self, exponent: float, _error: float) -> None:
        self._set_h(float(f"{10.0**-exponent:.2g}"))

    def _drag(self, x: float, y: float) -> None:
        """Move the place to where the mouse is, as finely as a pixel tells apart."""
        place = (x,) if len(self.seen.x) == 1 else (x, y)
        if self.seen.sweep is not None:
            spans = [self.seen.span(axis) for axis in range(len(place))]
            fine = [_tidy(n, high - low) for n, (low, high) in zip(place, spans, strict=True)]
            self._move(*fine)

    def _step(self, right: int, up: int) -> None:
        """Move the place by hundredths of the ranges."""
        if self.seen.sweep is None:
            return
        place = []
        for axis, (number, steps) in enumerate(zip(self.seen.place, (right, up), strict=False)):
            low, high = self.seen.span(axis)
            moved = number + steps * (high - low) / 100
            place.append(_tidy(moved, high - low) if steps else number)
        self._move(*place)

    def _step_h(self, right: int, _up: int) -> None:
        self.side.slider.setValue(self.side.slider.value() + right)

    def _move(self, *place: float) -> None:
        before = [self.seen.span(axis) for axis in range(len(place))]
        self.seen.move(*place)
        outside = any(not low <= n <= high for n, (low, high) in zip(place, before, strict=True))
        self._later(Stale.CURVE if outside else Stale.PLACE)

    def _set_here(self) -> None:
        """Give the document's leaves the numbers that are explored."""
        session, gesture = self._session, object()
        refusal = self.seen.computed()
        if refusal is not None:
            session.do(refusal)
            return
        pairs = zip(self.seen.x, self.seen.place, strict=True)
        if all(session.set_number(node, number, gesture) for node, number in pairs):
            session.flush()
            self._go_back()

    def _go_back(self) -> None:
        self.seen.explored = None
        self._later(Stale.PLACE)

    # Descent -------------------------------------------------------------------------------------

    def _descend(self) -> None:
        """Walk downhill from the place, or show no path."""
        sweep, self._walked_from = self.seen.sweep, self.seen.place
        if sweep is not None and self.question.descent.isChecked():
            self.walk.start(sweep, self.seen.place)
        else:
            self.walk.stop()
            self._show_walk()

    def _show_walk(self) -> None:
        seen, stops = self.seen, self.walk.stops
        picture = self.surface if seen.surface is not None else self.curve
        picture.show_descent(stops)
        self.side.show_descent(
            shown=self.question.descent.isChecked() and seen.sweep is not None,
            rate=self.walk.rate,
            steps=self.walk.steps,
            words=descent_words(stops, self.walk.rate),
        )
        if stops and not self.walk.going and seen.include([stop.place for stop in stops]):
            self._later(Stale.CURVE)


def _timer(page: ExplorerPage, milliseconds: int, then: Callable[[], None]) -> QTimer:
    timer = QTimer(page)
    timer.setSingleShot(True)
    timer.setInterval(milliseconds)
    timer.timeout.connect(then)
    return timer


def _tidy(number: float, width: float) -> float:
    """Round a number to what a thousandth of the range tells apart."""
    return round(number, 3 - floor(log10(width)))
