"""What every gesture is, and what it may use."""

from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent

from playground.canvas.camera import Camera
from playground.canvas.manners import Manners
from playground.canvas.painting.picture import Draft, Floating
from playground.canvas.parts import Parts
from playground.canvas.scene import CanvasScene
from playground.session import Session
from playground.session.additions import LOOSE, Hooks

THRESHOLD = 4.0  # pixels before a press becomes a drag
Modifier = Qt.KeyboardModifier


@dataclass(frozen=True, slots=True)
class Touch:
    """Where the mouse is: in the viewport and in the scene, with which modifiers."""

    screen: QPointF
    scene: QPointF
    modifiers: Qt.KeyboardModifier = Modifier.NoModifier

    def has(self, modifier: Qt.KeyboardModifier) -> bool:
        """Tell whether a modifier is held."""
        return bool(self.modifiers & modifier)

    @property
    def adds(self) -> bool:
        """Whether what is touched is added to the selection."""
        return self.has(Modifier.ShiftModifier) or self.has(Modifier.ControlModifier)


@dataclass(frozen=True, slots=True)
class Want:
    """A wish to add something: where in the scene, and what it is to be wired to.

    `draft` is the wire in the hand, which stays in the picture until the wish is over.
    """

    at: QPointF
    hooks: Hooks = LOOSE
    draft: Draft | None = None


@dataclass(frozen=True, slots=True)
class Stage:
    """What gestures work on."""

    session: Session
    scene: CanvasScene
    camera: Camera
    parts: Parts
    manners: Manners = field(default_factory=Manners)

    def show(self, floating: Floating) -> None:
        """Let something float over the graph, in place of what floated before."""
        self.scene.picture.floating = floating
        self.scene.painter.update()

    def hint(self, words: str) -> None:
        """Say in the status bar what can be done now."""
        self.session.hinted.emit(words)

    def reach(self, pixels: float) -> float:
        """Return a distance on the screen in scene units."""
        return pixels / self.camera.zoom


class Gesture:
    """Something the mouse does, from press to release.

    `cursor` is its shape while it lasts; one that `scrolls` moves the picture when it comes to the
    border of the view. `wants_menu` tells at the end that it was no gesture at all, but a click
    that asks for the context menu; `typed` names then a value whose number is to be typed. One
    that is done `by_keys` ends when the keyboard goes elsewhere.
    """

    cursor = Qt.CursorShape.ArrowCursor
    wants_menu = False
    scrolls = False
    typed: int | None = None
    is_held = False
    by_keys = False

    def __init__(self, stage: Stage, start: Touch) -> None:
        self.stage = stage
        self.start = start

    def begin(self) -> None:
        """Do what the press itself does."""

    def move(self, touch: Touch) -> None:
        """Follow the mouse."""

    def key(self, event: QKeyEvent) -> bool:
        """Take a key that is pressed while it lasts; False if it means nothing here."""
        return False

    def end(self, touch: Touch) -> None:
        """Do what was aimed at."""

    def cancel(self) -> None:
        """Leave everything as it was before."""

    def far(self, touch: Touch) -> bool:
        """Tell whether the mouse has gone far enough for a drag."""
        return (touch.screen - self.start.screen).manhattanLength() >= THRESHOLD
