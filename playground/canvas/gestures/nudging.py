"""Nudging: a value is held a little larger, and what follows from that stands beside what is.

A press on the number of any card that rests for a moment begins it, and so does a key. Nothing
of it is an edit: whichever way it ends, everything is as it was.
"""

from collections.abc import Callable
from gettext import gettext as _

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent

from engine.errors import Refusal
from engine.graph.document import Wire
from engine.run.nudge import Nudge, Nudged
from playground.canvas.frame.ghost import nudged_ghost
from playground.canvas.gestures.base import Gesture, Stage, Touch
from playground.session import Session
from playground.session.lit import Lit
from playground.widgets.numbers import exact

HOLD_MILLISECONDS = 350
PIXELS = 8  # that the mouse goes sideways for another time the step
FIRST_POWER, LEAST_POWER, LARGEST_POWER = -3, -15, 2
MOST = 999  # times the step
MOST_LIT = 400  # wires
Key = Qt.Key


class Nudging:
    """One value that is held: shows what follows from h = `count` times ten to the `power` more.

    It begins with 0.001 and follows new numbers, such as those of training, until `end`. `ways`
    are words about how h is changed.
    """

    def __init__(self, stage: Stage, node: int, ways: str) -> None:
        self._stage, self._node, self._ways = stage, node, ways
        self.count, self._power = 1, FIRST_POWER
        self._nudge = _nudge_of(stage.session, node)
        self._nudged: Nudged | None = None
        stage.session.result_changed.connect(self._renew)
        stage.session.light(self, Lit(frozenset({node}), dict.fromkeys(self._onward(), ""), True))
        self._show()

    @property
    def h(self) -> float:
        """What is added: as a decimal, so that it is the number that its digits say."""
        return float(f"{self.count}e{self._power}")

    def go(self, count: int) -> None:
        """Add the step so many times; 0 times is once, since there is no nudge by nothing."""
        self.count = min(max(count, -MOST), MOST) or 1
        self._show()

    def key(self, key: int) -> bool:
        """Change the step tenfold, or how often it is added; False if a key means neither."""
        powers, times = {Key.Key_Up: 1, Key.Key_Down: -1}, {Key.Key_Right: 1, Key.Key_Left: -1}
        if key in powers:
            power = self._power + powers[Key(key)]
            self._power = min(max(power, LEAST_POWER), LARGEST_POWER)
            self._show()
        elif key in times:
            way = times[Key(key)]
            self.go(self.count + way or way)
        return key in powers or key in times

    def end(self) -> None:
        """Show what is, and nothing else."""
        self._stage.session.result_changed.disconnect(self._renew)
        self._stage.session.light(self)
        self._stage.scene.before.drop()

    def words(self) -> str:
        """Say what is added, what the output becomes, and both slopes, to the last digit."""
        session, nudge, nudged = self._stage.session, self._nudge, self._nudged
        document, output = session.document, session.live.result.output
        if nudge is None or nudged is None:
            return ""
        h, name = nudged.h, document.name(self._node)
        added = f"{name} {'+' if h > 0 else '−'} {exact(abs(h))}"
        if output is None:
            words = _("{added}: nothing is the output that a slope would be of")
            return words.format(added=added)
        words = _(
            "{added}: {out} {before} → {after}, Δ{out}/h = {quotient}"
            " beside ∂{out}/∂{name} = {gradient}"
        )
        told = words.format(
            added=added,
            out=document.name(output),
            before=_signed(nudge.output),
            after=_signed(nudged.output),
            quotient=_signed(nudged.quotient),
            name=name,
            gradient=_signed(nudge.gradient),
        )
        return told if session.batch is None else told + " " + _("of this sample")

    def _show(self) -> None:
        scene = self._stage.scene
        if self._nudge is None:
            scene.before.drop()
            return
        picture, nudged = scene.picture, self._nudge.by(self.h)
        self._nudged = nudged
        document, frame, readings = picture.document, picture.frame, picture.readings
        scene.before.show(nudged_ghost(document, frame, readings, self._nudge, nudged))
        self._stage.hint(f"{self.words()} · {self._ways}")

    def _renew(self) -> None:
        """Nudge the new numbers, unless those of a pass are shown in their place."""
        self._nudge = _nudge_of(self._stage.session, self._node)
        self._show()

    def _onward(self) -> list[Wire]:
        """Return the wires that the change goes along; none if there are too many to be seen."""
        session = self._stage.session
        if self._nudge is None:
            return []
        follows = set(session.live.result.ids[self._nudge.follows].tolist())
        if len(follows) > MOST_LIT:
            return []
        wires = session.document.wires()
        ports = ((node, wires.get(node, {})) for node in sorted(follows - {self._node}))
        found = [(n, port) for n, wired in ports for port, s in wired.items() if s in follows]
        return found if len(found) <= MOST_LIT else []


class Hold(Gesture):
    """A press on a number: at rest for a moment it nudges, else it is what a press there is."""

    def __init__(self, stage: Stage, start: Touch, otherwise: Gesture, node: int) -> None:
        super().__init__(stage, start)
        self._otherwise, self._node = otherwise, node
        self._nudging: Nudging | None = None
        self._ended = False
        self._timer = QTimer(stage.scene)
        self._timer.setSingleShot(True)
        self._timer.setInterval(HOLD_MILLISECONDS)
        self._timer.timeout.connect(self._hold)

    @property
    def cursor(self) -> Qt.CursorShape:  # type: ignore[override]
        """Return the shape that tells what goes on."""
        nudging = self._nudging is not None
        return Qt.CursorShape.SizeHorCursor if nudging else self._otherwise.cursor

    @property
    def scrolls(self) -> bool:  # type: ignore[override]
        """Whether the picture moves with it."""
        return self._nudging is None and self._otherwise.scrolls

    @property
    def typed(self) -> int | None:  # type: ignore[override]
        """The value whose number a click wants typed."""
        return self._otherwise.typed if self._nudging is None else None

    @property
    def is_held(self) -> bool:  # type: ignore[override]
        """Whether it is more than a click though the mouse has not moved."""
        return self._nudging is not None

    def begin(self) -> None:
        """Do what a press there does, and wait."""
        self._otherwise.begin()
        self._timer.start()

    def move(self, touch: Touch) -> None:
        """Nudge by as much as the mouse has gone sideways; if it went at once, do what else."""
        if self._nudging is not None:
            off = touch.screen.x() - self.start.screen.x()
            times = int(off / PIXELS)  # to 0: a hand that trembles nudges by the step
            self._nudging.go(times + 1 if times >= 0 else times)
            return
        if self.far(touch):
            self._timer.stop()
        self._otherwise.move(touch)

    def key(self, event: QKeyEvent) -> bool:
        """Change the step of a nudge."""
        return self._nudging is not None and self._nudging.key(event.key())

    def end(self, touch: Touch) -> None:
        """End what it is."""
        self._over()
        if self._nudging is not None:
            self._nudging.end()
        else:
            self._otherwise.end(touch)

    def cancel(self) -> None:
        """Leave everything as it was."""
        self._over()
        if self._nudging is not None:
            self._nudging.end()
        self._otherwise.cancel()

    def _over(self) -> None:
        self._ended = True
        self._timer.stop()
        self._timer.deleteLater()

    def _hold(self) -> None:
        self.stage.session.flush()
        if self._ended:  # what was announced has brought another frame
            return
        refusal = unheld(self.stage.session, self._node)
        if refusal is not None:
            self.stage.session.do(refusal)
        else:
            ways = _("drag sideways: more or less · Up and Down: tenfold · let go to end")
            self._nudging = Nudging(self.stage, self._node, ways)


class KeyNudge(Gesture):
    """A nudge by the arrow keys, until Escape, Return or a click.

    `finish` is what ends it; `say` is told in words what every key has done.
    """

    by_keys = True

    def __init__(
        self,
        stage: Stage,
        start: Touch,
        node: int,
        finish: Callable[[], object],
        say: Callable[[str], object],
    ) -> None:
        super().__init__(stage, start)
        self._node, self._finish, self._say = node, finish, say
        self._nudging: Nudging | None = None

    def begin(self) -> None:
        """Hold the value."""
        ways = _("Left and Right: more or less · Up and Down: tenfold · Escape ends")
        self._nudging = Nudging(self.stage, self._node, ways)
        self._say(self._nudging.words())

    def key(self, event: QKeyEvent) -> bool:
        """Change the nudge, or end it."""
        if event.key() in (Key.Key_Return, Key.Key_Enter):
            self._finish()
            return True
        if self._nudging is None or not self._nudging.key(event.key()):
            return False
        self._say(self._nudging.words())
        return True

    def end(self, touch: Touch) -> None:
        """Show what is."""
        self.cancel()

    def cancel(self) -> None:
        """Show what is."""
        if self._nudging is not None:
            self._nudging.end()


def unheld(session: Session, node: int) -> Refusal | None:
    """Return why a node cannot be nudged just now, or None if it can."""
    name = session.document.name(node)
    if session.is_retold:
        return Refusal(
            _("{name} cannot be nudged now").format(name=name),
            _("the numbers that are shown are those of a pass"),
            _("End the pass, or take the bug out, first"),
            (node,),
        )
    if _nudge_of(session, node) is None:
        return Refusal(
            _("{name} cannot be nudged").format(name=name),
            _("it has no value yet"),
            _("Wire its inputs"),
            (node,),
        )
    return None


def _nudge_of(session: Session, node: int) -> Nudge | None:
    """Return the nudge of a node in the numbers of now, None if it has none that are shown."""
    live = session.live
    row = live.result.row.get(node)
    if session.is_retold or row is None or not live.result.computed[row]:
        return None
    return Nudge(live.plan, live.result, node)


def _signed(number: float) -> str:
    return exact(number).replace("-", "−")
