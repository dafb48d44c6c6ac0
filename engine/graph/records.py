"""The records a document is made of: nodes, groups, notes and settings, all frozen.

A change to one is a new record; only `Document.apply` puts it in place.  Nothing here computes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from engine.graph.streams import Seed
from engine.graph.tables import Table

Role = Literal["constant", "parameter", "feature", "target"]
Point = tuple[float, float]
Slot = tuple[int | str, ...]
Bends = tuple[Point, ...]  # of a wire, in the coordinates of the group its target lies in
Span = tuple[float, float]

LEAF = "value"
ROLES: tuple[Role, ...] = ("constant", "parameter", "feature", "target")
ENCODINGS = ("number", "signed", "zero-one", "one-hot")
MARKS = ("backward", "loss", "penalty", "prediction")
LINKS = ("score", "logit", "probability", "class scores", "number")
NOTE_KINDS = ("frame", "note")
REDUCTIONS = ("mean", "sum")
CLIPS = ("none", "norm", "value")
ORDERS = ("shuffled", "fixed")
REMAINDERS = ("step", "carry")
L1_RULES = ("subgradient", "truncated")
WATCHED = ("test", "train")
BOOKMARKS = 9  # as many as there are keys for them
L2_SCOPES = ("all", "weights")
EMPTY: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Node:
    """A leaf or an op.

    `op` is "value" for a leaf, otherwise the key of an op; an unknown key is kept and never
    computed.  `ports` are the ids of the input ports, in order; those of an n-ary op exist only
    while they are wired.  `index` is the k of feature k or target k.  `position` is the top-left
    corner of the card in the coordinates of the parent group, in scene units.  `span` is
    the range of a leaf's slider, lower end first; it bounds no number.  `slot` tells which part of
    a template the node is.  `extra` holds fields of files that this version does not know.
    """

    id: int
    op: str = LEAF
    label: str = ""
    value: float = 0.0
    role: Role = "constant"
    index: int = 0
    encoding: str = "number"
    frozen: bool = False
    span: Span | None = None
    attributes: Mapping[str, float] = field(default_factory=lambda: EMPTY)
    ports: tuple[int, ...] = ()
    position: Point = (0.0, 0.0)
    group: int | None = None
    slot: Slot | None = None
    marks: tuple[str, ...] = ()
    comment: str = ""
    extra: Mapping[str, Any] = field(default_factory=lambda: EMPTY)

    @property
    def is_leaf(self) -> bool:
        """Whether the node holds a number of its own."""
        return self.op == LEAF

    @property
    def trainable(self) -> bool:
        """Whether training may change the node's number."""
        return self.is_leaf and self.role == "parameter" and not self.frozen


@dataclass(frozen=True, slots=True)
class Group:
    """A named set of nodes and groups; `group` is the parent, None at the top."""

    id: int
    label: str = ""
    group: int | None = None
    position: Point = (0.0, 0.0)
    template: str | None = None
    arguments: Mapping[str, Any] = field(default_factory=lambda: EMPTY)
    slot: Slot | None = None
    colour: str = ""
    comment: str = ""
    extra: Mapping[str, Any] = field(default_factory=lambda: EMPTY)


@dataclass(frozen=True, slots=True)
class Note:
    """A frame behind what belongs together, or a sheet with a text; nothing is computed from it.

    `kind` is one of NOTE_KINDS. `text` is the title of a frame, and Markdown on a sheet.
    `position` is the top-left corner in the coordinates of `group`, None for the top. `colour`
    names a tint; "" is the plain one, and so is one that this version does not know.
    """

    id: int
    kind: str = "note"
    text: str = ""
    position: Point = (0.0, 0.0)
    size: Point = (240.0, 120.0)
    colour: str = ""
    group: int | None = None
    extra: Mapping[str, Any] = field(default_factory=lambda: EMPTY)

    @property
    def is_frame(self) -> bool:
        """Whether it stands around things and carries them along."""
        return self.kind == "frame"


@dataclass(frozen=True, slots=True)
class DataSettings:
    """Where the samples come from: a generator, or a table; with neither there is no data.

    Of a table, `features` are the numbers of the columns that are feature 0, 1, …, and `target`
    is that of the column to learn, None if there is none. With `standardise` the features of a
    table are shifted and scaled to mean 0 and deviation 1 over the rows that are trained on.
    `source` is what the table is called. `classes` is how many there are where a generator leaves
    that open.
    """

    generator: str | None = None
    samples: int = 100
    noise: float = 0.1
    test_share: float = 0.0
    table: Table | None = None
    features: tuple[int, ...] = ()
    target: int | None = None
    standardise: bool = False
    source: str = ""
    classes: int = 3


@dataclass(frozen=True, slots=True)
class Seeds:
    """The seeds of everything random: the data, the first weights, the order of batches.

    What a seed that is a text begins, `engine.graph.streams` says.
    """

    data: Seed = 1337
    init: Seed = 1337
    shuffle: int = 1337


@dataclass(frozen=True, slots=True, eq=False)
class Start:
    """What parameters were before training changed them: their ids, ascending, and the numbers."""

    ids: NDArray[np.int64]
    numbers: NDArray[np.float64]

    def __post_init__(self) -> None:
        self.ids.flags.writeable = self.numbers.flags.writeable = False

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Start)
            and np.array_equal(self.ids, other.ids)
            and np.array_equal(self.numbers, other.numbers)
        )

    __hash__ = None  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class TrainingSettings:
    """How training goes.

    Which of them an optimiser or a schedule reads, and how, its record says.  `learning_rate` is
    where the schedule starts, after `warmup_steps`.  `l1` and `l2` are alpha in
    alpha * sum(|p|) and alpha * sum(p**2), over what `l2_scope` says.  `batch` is the number of
    samples in a step; None takes them all.  Samples that fill no batch at the end of an epoch
    are a step of their own, or `remainder` carries them over into the first step of the next.  By
    `l1_rule` L1 is a part of the gradient, or a weight that it would take across 0 becomes 0 and
    stays there.  `until_…` say where training ends by itself, None for nowhere.  What each may be
    stands in `engine.graph.settings`.
    """

    reduction: str = "mean"
    optimizer: str = "sgd"
    learning_rate: float = 0.1
    schedule: str = "constant"
    end_rate: float = 0.01
    schedule_steps: int = 100
    l2: float = 0.0
    l2_scope: str = "all"
    batch: int | None = None
    order: str = "shuffled"
    momentum: float = 0.9
    decay: float = 0.99
    beta1: float = 0.9
    beta2: float = 0.999
    epsilon: float = 1e-8
    weight_decay: float = 0.01
    step_factor: float = 0.1
    warmup_steps: int = 0
    l1: float = 0.0
    clip: str = "none"
    clip_limit: float = 1.0
    remainder: str = "step"
    l1_rule: str = "subgradient"
    until_epoch: int | None = None
    until_step: int | None = None
    until_loss: float | None = None
    until_accuracy: float | None = None
    until_plateau: int | None = None
    least_progress: float = 0.0
    watched: str = "test"


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A place to come back to, by the number of its key, 1 to 9.

    `centre` is the point of the scene in the middle, None if everything was shown. `group` is the
    one that was shown alone.
    """

    slot: int
    name: str = ""
    zoom: float = 1.0
    centre: Point | None = None
    folded: frozenset[int] = field(default_factory=frozenset)
    group: int | None = None
    extra: Mapping[str, Any] = field(default_factory=lambda: EMPTY)


@dataclass(frozen=True, slots=True)
class View:
    """How the document was last looked at; kept in the file, never part of an edit.

    `bookmarks` are ascending by their number. `axes` are the features that lie along x and y, the
    others are `held` at these numbers, one for every feature; () leaves it to the data.
    """

    zoom: float = 1.0
    centre: Point | None = None
    folded: frozenset[int] = field(default_factory=frozenset)
    sample: int = 0
    scope: str = "sample"
    current_group: int | None = None
    bookmarks: tuple[Bookmark, ...] = ()
    axes: tuple[int, ...] = ()
    held: tuple[float, ...] = ()

    def bookmark(self, slot: int) -> Bookmark | None:
        """Return the bookmark with a number, None if it is not set."""
        return next((one for one in self.bookmarks if one.slot == slot), None)

    def bookmarked(self, slot: int, bookmark: Bookmark | None) -> tuple[Bookmark, ...]:
        """Return the bookmarks with one set, or with None taken away."""
        others = [one for one in self.bookmarks if one.slot != slot]
        if bookmark is not None:
            others.append(bookmark)
        return tuple(sorted(others, key=lambda one: one.slot))
