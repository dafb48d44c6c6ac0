"""The stepper's part of the Insight menu: steps forward and backward, node by node."""

from gettext import gettext as _

from engine.explain.steps import no_output_words
from playground.canvas import CanvasView
from playground.canvas.stepper import Stepper
from playground.session import Session


class SteppingHandlers:
    """Steps through the session's pass. A step that is asked for begins the stepping."""

    def __init__(self, session: Session, stepper: Stepper, canvas: CanvasView) -> None:
        self._session = session
        self._stepper = stepper
        self._canvas = canvas

    def checked(self) -> frozenset[str]:
        """Return the ids of the actions here that are on."""
        tracing, holds = self._session.tracing, set()
        if tracing.on:
            holds.add("step.show")
        if tracing.by_hand:
            holds.add("step.by_hand")
        if tracing.on and not self._stepper.order.isHidden():
            holds.add("step.order")
        return frozenset(holds)

    def toggle(self) -> None:
        """Begin to step, or end it."""
        (self._stepper.close if self._session.tracing.on else self._stepper.open)()

    def step(self) -> None:
        """Take the next step, over a folded group."""
        self._stepper.player.pause()
        self._stepper.open()
        course = self._session.tracing.course
        if course is not None and course.is_over:
            complete = _("The pass is complete · Shift+F10 steps back")
            lost = course.trace.output is None
            self._session.hinted.emit(no_output_words() if lost else complete)
        self._session.tracing.advance(1)

    def step_inside(self) -> None:
        """Take the next step; unfold the group that it is in."""
        self._stepper.player.pause()
        self._stepper.open()
        session, course = self._session, self._session.tracing.course
        if course is None or course.is_over:
            return
        node = course.schedule[course.next][1]
        group = session.tracing.folded(node)
        if group is not None and session.set_view(folded=session.view.folded - {group}):
            self._canvas.bring((group,))
            if session.tracing.folded(node) is not None:
                return  # there is a group within: another press goes inside that
        session.tracing.advance(1)

    def step_back(self) -> None:
        """Take the latest step back."""
        self._stepper.player.pause()
        self._session.tracing.back()

    def finish(self) -> None:
        """Take all steps of the phase that are left."""
        self._stepper.player.pause()
        self._stepper.open()
        self._session.tracing.finish()

    def run_to(self) -> None:
        """Go on until what is selected has its value, and again until it has its gradient."""
        self._stepper.player.pause()
        self._stepper.open()
        session, document = self._session, self._session.document
        nodes = {item for item in session.selection if item in document}
        for item in session.selection & document.groups.keys():
            nodes.update(document.members(item))
        if nodes and not session.tracing.run_to(sorted(nodes)):
            session.hinted.emit(
                _("The pass has been there already · click the bar or the list to go back")
            )

    def play(self) -> None:
        """Take one step after the other, or pause."""
        self._stepper.open()
        self._stepper.player.toggle()

    def restart(self) -> None:
        """Go back before the first step."""
        self._stepper.player.pause()
        self._session.tracing.restart()

    def toggle_order(self) -> None:
        """Show the list of the order, or hide it."""
        if not self._session.tracing.on:
            self._stepper.open()
            self._stepper.show_order()
        else:
            self._stepper.toggle_order()

    def toggle_by_hand(self) -> None:
        """Let nodes be fired by hand, or no longer."""
        self._stepper.player.pause()
        self._stepper.open()
        self._stepper.show_order()
        self._session.tracing.fire_by_hand(on=not self._session.tracing.by_hand)
