"""What the canvas shows of a pass beside its numbers: the latest step is lit, and is in sight.

Its wires say the number that passes, its inputs how their gradients have grown. The stepper owns
one.
"""

from PySide6.QtCore import QObject, QRect

from engine.explain.spoken import said
from engine.explain.steps import growth_words, sources
from engine.run.course import Course
from engine.run.trace import Phase, Step
from playground.canvas.view import CanvasView
from playground.session import Session
from playground.session.lit import Lit

MOST_CHIPS = 24


class Follower(QObject):
    """Follows the pass of one session on one canvas."""

    def __init__(self, session: Session, canvas: CanvasView, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._canvas = canvas
        self._seen: tuple[int, Phase, int] | None = None  # how many steps were taken, the latest
        session.tracing.changed.connect(self._follow)

    def _follow(self) -> None:
        course = self._session.tracing.course
        step = None if course is None else course.latest
        if course is None or step is None:
            self._seen = None
            self._session.light(self)
            return
        seen = (len(course.taken), step.phase, step.node)
        stepped, self._seen = seen != self._seen, seen
        lit = lit_of(course, step, self._session.tracing.together(step.node))
        self._session.light(self, lit, anew=stepped)
        if stepped:
            self._bring(step.node)

    def _bring(self, node: int) -> None:
        """Bring the step's card into sight, if it lies outside of it."""
        item = self._session.tracing.folded(node) or node
        rect = self._canvas.item_rect(item)
        if not rect.isEmpty() and not self._canvas.viewport().rect().intersects(inner(rect)):
            self._canvas.bring((item,))


def inner(rect: QRect) -> QRect:
    """Return the part of a card that has to be seen: not its border alone."""
    dx, dy = rect.width() // 4, rect.height() // 4
    return rect.adjusted(dx, dy, -dx, -dy)


def lit_of(course: Course, step: Step, together: frozenset[int] = frozenset()) -> Lit:
    """Return what is lit when a step was the latest: its card, its wires, what came of them.

    Of nodes that are folded `together` that is the card they are folded into.
    """
    forward = step.phase == "forward"
    if together:
        return Lit(together, {}, forward)
    inputs = course.trace.inputs(step.node) if step.phase != "start" else ()
    if forward:
        numbers = [said(course.trace.value(source)) for _port, source in inputs]
    else:
        factors = [(said(part.local), said(step.number)) for part in step.parts]
        numbers = [f"{local} × {gradient}" for local, gradient in factors]
    if len(numbers) > MOST_CHIPS:
        numbers = [""] * len(numbers)
    ports = [(step.node, port) for port, _source in inputs]
    captions = {node: growth_words(course, node) for node in sources(step)}
    wires = dict(zip(ports, numbers, strict=True))
    return Lit(frozenset({step.node}), wires, forward, captions)
