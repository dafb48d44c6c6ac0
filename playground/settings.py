"""What the application remembers between runs: one table of settings over QSettings.

A setting is declared once, with its default and what it may be; `Settings` reads it so that
whatever stands in the file, even rubbish, the answer is of the right type and in range. Documents
never live here.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from gettext import gettext as _
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QByteArray, QObject, QSettings, Signal

T = TypeVar("T", bool, int, float, str, bytes, tuple[str, ...])

NAME = "micrograd-playground"


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting(Generic[T]):
    """One setting: its key in the file, what it is called, its default and its limits.

    `low` and `high` bound numbers, `choices` lists the words a text may be, `high` limits the
    entries of a list.
    """

    key: str
    title: str
    default: T
    low: float = -math.inf
    high: float = math.inf
    choices: tuple[str, ...] = ()


THEME = Setting(
    key="appearance/theme",
    title=_("Theme"),
    default="system",
    choices=("system", "dark", "light", "contrast-dark", "contrast-light"),
)
SIZE = Setting(
    key="appearance/size", title=_("Size of everything, percent"), default=100, low=100, high=200
)
HEAT = Setting(key="canvas/heat", title=_("Heat view"), default=False)
MAPS = Setting(key="canvas/maps", title=_("Maps on neurons"), default=True)
DIM_REST = Setting(key="canvas/dim", title=_("Dim the rest"), default=False)
FLOW = Setting(key="canvas/flow", title=_("Flow along wires"), default=True)
SHOW_WELCOME = Setting(key="welcome/show", title=_("Welcome at the start"), default=True)
MINIMAP = Setting(key="canvas/minimap", title=_("Overview of the graph"), default=True)
RECENT_FILES: Setting[tuple[str, ...]] = Setting(
    key="files/recent", title=_("Recent files"), default=(), high=10
)
FOLDER = Setting(key="files/folder", title=_("Folder last used"), default="")
GEOMETRY = Setting(key="window/geometry", title=_("Place of the window"), default=b"")
DOCKS = Setting(key="window/docks", title=_("Arrangement of the panels"), default=b"")
RECENT_PICKS: Setting[tuple[str, ...]] = Setting(
    key="search/recent", title=_("Recently added"), default=(), high=8
)
FOLLOWS: Setting[tuple[str, ...]] = Setting(
    key="search/follows", title=_("What usually follows what"), default=(), high=120
)

SPEED = Setting(
    key="training/speed", title=_("Steps a second, 0 for all it can"), default=60, low=0, high=1e6
)
HARD = Setting(key="boundary/hard", title=_("Hard colours"), default=False)
TESTS = Setting(key="boundary/tests", title=_("Test points"), default=True)
WRONG = Setting(key="boundary/wrong", title=_("Wrong points ringed"), default=False)
LINE = Setting(key="boundary/line", title=_("Boundary line"), default=True)
MARGIN_LINES = Setting(key="boundary/margins", title=_("Margin lines"), default=False)
BENDS = Setting(key="boundary/bends", title=_("Where neurons bend it"), default=False)
SLOPES = Setting(key="boundary/slopes", title=_("Slopes"), default=False)
BENDS_LAYER = Setting(
    key="boundary/layer", title=_("Hidden layer on the boundary"), default=0, low=0, high=99
)
SPACE_LAYER = Setting(
    key="space/layer", title=_("Layer whose space is shown"), default=0, low=0, high=99
)
STUDIO_PAGE = Setting(key="studio/page", title=_("Page of the studio"), default="")
LOSS_LOGARITHMIC = Setting(
    key="studio/logarithmic", title=_("Logarithmic axis of losses"), default=True
)
LOSS_SMOOTHING = Setting(
    key="studio/smoothing", title=_("Smoothing of losses"), default=0.0, low=0.0, high=0.98
)
CODE_FORMAT = Setting(
    key="export/code",
    title=_("Format of code"),
    default="micrograd",
    choices=("micrograd", "python", "torch", "dot", "json"),
)
PICTURE_FORMAT = Setting(
    key="export/picture",
    title=_("Format of pictures"),
    default="png",
    choices=("png", "svg", "pdf"),
)
PICTURE_SCALE = Setting(key="export/scale", title=_("Size of pictures"), default=2, low=1, high=4)
PICTURE_THEME = Setting(
    key="export/theme",
    title=_("Theme of pictures"),
    default="",
    choices=("", "dark", "light", "contrast-dark", "contrast-light"),
)
TRANSPARENT = Setting(key="export/transparent", title=_("Transparent pictures"), default=False)
STEPPER_SPEED = Setting(
    key="stepper/speed", title=_("Steps played a second"), default=2, low=1, high=1_000
)
STEPPER_ORDER = Setting(
    key="stepper/order", title=_("Order of the steps beside the canvas"), default=False
)

INSERT_ON_WIRES = Setting(
    key="canvas/insert-on-wires", title=_("Insert what is dropped on a wire"), default=True
)
MAKE_ROOM = Setting(
    key="canvas/make-room", title=_("Make room for what is inserted"), default=True
)
SNAP_TO_GRID = Setting(key="canvas/snap", title=_("Snap to grid"), default=False)
ALIGNMENT_GUIDES = Setting(key="canvas/guides", title=_("Alignment guides"), default=True)
FOLD_BY_ZOOM = Setting(key="canvas/fold-by-zoom", title=_("Fold by zoom"), default=False)
ANIMATIONS = Setting(key="canvas/animations", title=_("Animations"), default=True)

SETTINGS: tuple[Setting[Any], ...] = (
    THEME,
    SIZE,
    HEAT,
    MAPS,
    DIM_REST,
    FLOW,
    SHOW_WELCOME,
    MINIMAP,
    RECENT_FILES,
    FOLDER,
    GEOMETRY,
    DOCKS,
    SPEED,
    HARD,
    TESTS,
    WRONG,
    LINE,
    MARGIN_LINES,
    BENDS,
    SLOPES,
    BENDS_LAYER,
    SPACE_LAYER,
    STUDIO_PAGE,
    LOSS_LOGARITHMIC,
    LOSS_SMOOTHING,
    CODE_FORMAT,
    PICTURE_FORMAT,
    PICTURE_SCALE,
    PICTURE_THEME,
    TRANSPARENT,
    STEPPER_SPEED,
    STEPPER_ORDER,
    INSERT_ON_WIRES,
    MAKE_ROOM,
    SNAP_TO_GRID,
    ALIGNMENT_GUIDES,
    FOLD_BY_ZOOM,
    ANIMATIONS,
    RECENT_PICKS,
    FOLLOWS,
)


class Settings(QObject):
    """Typed reads and writes; `changed` carries the key that was written."""

    changed = Signal(str)

    def __init__(self, store: QSettings | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        scope = QSettings.Scope.UserScope
        self._store = store or QSettings(QSettings.Format.IniFormat, scope, NAME, NAME)

    def read(self, setting: Setting[T]) -> T:
        """Return the stored value, in range and of the right type; the default if it is not."""
        stored = self._store.value(setting.key)
        if stored is None:
            return setting.default
        found: T | None = sound(setting, stored)
        return setting.default if found is None else found

    def write(self, setting: Setting[T], value: T) -> None:
        """Store a value."""
        stored: object = value
        if isinstance(value, bytes):
            stored = QByteArray(value)
        elif isinstance(value, tuple):
            stored = list(value)
        self._store.setValue(setting.key, stored)
        self.changed.emit(setting.key)

    def remember_file(self, path: str) -> None:
        """Put a file at the head of the recent ones."""
        others = [known for known in self.read(RECENT_FILES) if known != path]
        self.write(RECENT_FILES, tuple([path, *others][: int(RECENT_FILES.high)]))

    def sync(self) -> None:
        """Write what is pending to the disk."""
        self._store.sync()


def sound(setting: Setting[Any], stored: object) -> Any:
    """Convert what QSettings returned to the setting's type, or None if that is not possible."""
    default = setting.default
    if isinstance(default, bool):
        return {"true": True, "false": False}.get(str(stored).lower())
    if isinstance(default, int | float):
        return number(setting, stored)
    if isinstance(default, str):
        fits = isinstance(stored, str) and (not setting.choices or stored in setting.choices)
        return stored if fits else None
    if isinstance(default, bytes):
        return bytes(stored.data()) if isinstance(stored, QByteArray) else None
    return texts(stored, setting.high)


def number(setting: Setting[Any], stored: object) -> float | None:
    """Read a number and clamp it to the setting's range; None if it is none."""
    try:
        found = float(str(stored))
    except ValueError:
        return None
    if not math.isfinite(found):
        return None
    kind = type(setting.default)
    clamped: float = kind(min(max(found, setting.low), setting.high))
    return clamped


def texts(stored: object, most: float) -> tuple[str, ...] | None:
    """Read a list of texts; QSettings returns a single entry as a plain text."""
    if isinstance(stored, str):
        return (stored,) if stored else ()
    if not isinstance(stored, Sequence) or not all(isinstance(one, str) for one in stored):
        return None
    return tuple(stored)[: int(most)] if math.isfinite(most) else tuple(stored)
