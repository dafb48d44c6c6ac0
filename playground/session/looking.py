"""What of a document is looked at: view, selection, sample and probe, and the numbers that follow.

The lower half of the session. Nothing here is an edit: none of it is undone, and none of it makes
a document dirty.
"""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from engine.errors import Refusal
from engine.graph.document import Document, Wire
from engine.graph.records import Node, View
from engine.graph.visible import crowded
from engine.run.result import Result
from engine.train.boundary import PLANE, Bounds, Plane, default_axes
from engine.train.samples import Samples
from playground.bridge import DocumentBridge
from playground.live import Live
from playground.session.lit import NOTHING_LIT, Lit

Retelling = Callable[[Result], Result]
"""What is shown in place of the latest numbers, such as those of a pass that is half done."""

log = logging.getLogger(__name__)


class Looking(QObject):
    """Holds a document and what is looked at in it; lives in the main thread.

    Attributes:
        document: the open document; read it only.
        live: its numbers.
        selection: ids of nodes, groups and notes; `current` is the one in focus, or None.
        order: the selection in the order in which it was made; what is selected at once goes by
            id, which is the order in which it was added.
        together: those that were selected at once with others, and not picked one by one.
        wires: the selected wires, as (target, port); none is while something else is.
        weights: the parameters that those into folded groups are multiplied by.
        lit: what is lit on the canvas for a while: the light that came last of those there are.
        result_changed: there are new numbers.
        view_changed: the view, the sample or the probe is another one.
        refused: carries the sentence why something was not done.
    """

    result_changed = Signal()
    view_changed = Signal()
    selection_changed = Signal()
    lit_changed = Signal()
    refused = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.document = Document()
        self.selection: frozenset[int] = frozenset()
        self.order: tuple[int, ...] = ()
        self.together: frozenset[int] = frozenset()
        self.current: int | None = None
        self.wires: frozenset[Wire] = frozenset()
        self.weights: tuple[int, ...] = ()
        self.lit = NOTHING_LIT
        self._lights: dict[object, Lit] = {}  # by whose they are, the latest last
        self._retelling: Retelling | None = None
        self._retold: Result | None = None
        self._alone: int | None = None
        self._part: Bounds | None = None
        self._usual: tuple[object, tuple[int, ...]] = (None, PLANE)  # axes that nobody has chosen
        self._path: tuple[int, ...] = ()  # the group one is in and those around it
        self._bridge = DocumentBridge(self)
        self.live = Live(self.document, self._bridge.flush, self)
        self.live.result_ready.connect(self._on_result)

    @property
    def view(self) -> View:
        """How the document is looked at."""
        return self.document.view

    @property
    def result(self) -> Result:
        """The latest numbers, or what is shown in their place."""
        return self.live.result if self._retold is None else self._retold

    @property
    def is_retold(self) -> bool:
        """Whether other numbers than the latest are shown."""
        return self._retelling is not None

    def retell(self, how: Retelling | None) -> None:
        """Show what `how` makes of the latest numbers, now and whenever there are new ones.

        None shows the latest again. `live.result` always has the true ones.
        """
        self._retelling = how
        self._on_result(self.live.result)

    def light(self, owner: object, lit: Lit = NOTHING_LIT, *, anew: bool = False) -> None:
        """Light this for its owner, in place of what that lit before; nothing ends its light.

        Of several lights the one that came last is seen, and when it ends the one before it again.
        What follows numbers keeps its place; it comes last again if somebody asked for it `anew`.
        """
        if anew or lit == NOTHING_LIT:
            self._lights.pop(owner, None)
        if lit != NOTHING_LIT:
            self._lights[owner] = lit
        self._show_lights()

    def put_out(self) -> None:
        """End all lights."""
        self._lights.clear()
        self._show_lights()

    def _show_lights(self) -> None:
        lit = next(reversed(self._lights.values()), NOTHING_LIT)
        if lit != self.lit:
            self.lit = lit
            self.lit_changed.emit()

    @property
    def samples(self) -> Samples | None:
        """The data set, None if the document has none."""
        return self.live.samples

    @property
    def probe(self) -> tuple[float, ...] | None:
        """The features that are tried out in place of a sample's, None while none are."""
        return self.live.probe

    @property
    def features(self) -> tuple[float, ...]:
        """The features that are fed now: the probe's, else the sample's; () without data."""
        if self.probe is not None or self.samples is None:
            return self.probe or ()
        return tuple(self.samples.inputs[self.sample].tolist())

    @property
    def batch(self) -> Samples | None:
        """The samples that gradients are shown over, None if they are those of one sample."""
        single = self._alone is not None or self.view.scope != "batch" or self.is_retold
        return None if single else self.samples

    @property
    def sample(self) -> int:
        """The sample whose numbers are shown: the chosen one, unless one is shown alone."""
        return self.view.sample if self._alone is None else self._alone

    @property
    def plane(self) -> Plane:
        """The plane that is shown; what nobody has chosen is left to the data."""
        view = self.view
        return Plane(view.axes and self.axes, view.held and self.held, self._part)

    def set_part(self, bounds: Bounds | None) -> None:
        """Show this part of the plane, None for where the samples lie."""
        if bounds != self._part:
            self._part = bounds
            self.view_changed.emit()

    @property
    def axes(self) -> tuple[int, ...]:
        """The features that lie along x and y in the plane that is shown; one makes it a line."""
        columns, axes = self._columns(), self.view.axes
        if axes and len(axes) == min(columns, 2) and max(axes) < columns:
            return axes
        key = (self.document, self.document.shape, None if self.samples is None else columns)
        if self._usual[0] != key:
            self._usual = (key, default_axes(self.document, self.samples) or PLANE)
        return self._usual[1]

    @property
    def held(self) -> tuple[float, ...]:
        """What the features have that are no axis, a number for each: their means at first."""
        if len(self.view.held) == self._columns() or self.samples is None:
            return self.view.held
        means: tuple[float, ...] = tuple(self.samples.inputs.mean(axis=0).tolist())
        return means

    def _columns(self) -> int:
        """Return how many features the data have, those of a table that is empty as well."""
        if self.samples is not None:
            return int(self.samples.inputs.shape[1])
        return len(self.document.data.features)

    def is_fed(self, record: Node) -> bool:
        """Whether a leaf takes its number from the data."""
        if self.samples is None or record.role not in ("feature", "target"):
            return False
        if record.role == "feature":
            return record.index < len(self.features)
        column = 0 if record.encoding == "one-hot" else record.index
        return column < len(self.samples.targets[0])

    @property
    def wire(self) -> Wire | None:
        """The selected wire, None if there is none or more than one."""
        [wire] = self.wires if len(self.wires) == 1 else (None,)
        return wire

    def set_view(self, **fields: Any) -> bool:
        """Change fields of the view; return whether they are so now, or say why not."""
        before = self.view
        after = replace(before, **fields)
        if after == before:
            return True
        shows_more = (after.folded, after.current_group) != (before.folded, before.current_group)
        refusal = crowded(self.document, after, before) if shows_more else None
        if refusal is not None:
            return self._refuse(refusal)
        self.document.view = after
        self._path = tuple(self.document.ancestry(self._known(after.current_group)))
        if (after.sample, after.scope) != (before.sample, before.scope):
            self.live.stale(changed=())
        self.view_changed.emit()
        return True

    def enter(self, group: int | None) -> bool:
        """Step inside a group, or out to one (None: the top), and select what one comes out of."""
        path, before = (None, *reversed(self._path)), self.view.current_group
        if not self.set_view(current_group=group):
            return False
        after = path.index(group) + 1 if group in path else len(path)
        left = path[after] if after < len(path) else None
        if before != group:
            self.set_selection(() if left is None else {left})
        return True

    def come_out(self, items: Iterable[int]) -> bool:
        """Leave as many groups as these nodes, groups and notes do not all lie in."""
        document = self.document
        around = [document.ancestry(document.record(item).group) for item in items]
        shared = (one for one in self._path if all(one in chain for chain in around))
        return self.set_view(current_group=next(shared, None))

    def toggle_fold(self, group: int) -> None:
        """Fold an unfolded group, unfold a folded one."""
        self.set_view(folded=self.view.folded ^ {group})

    def set_sample(self, sample: int) -> None:
        """Show another sample of the data; the probe ends."""
        self.set_probe(None)
        self.set_view(sample=self.nearest_sample(sample))

    def show_alone(self, sample: int | None) -> None:
        """Show the numbers and gradients of one sample for a while; None ends that."""
        if sample is not None:
            sample = self.nearest_sample(sample)
        if sample != self._alone:
            self._alone = sample
            self.live.set_sample(sample)
            self.view_changed.emit()

    def nearest_sample(self, sample: int) -> int:
        """Return the sample that there is, if this one is not."""
        most = 0 if self.samples is None else len(self.samples) - 1
        return min(max(sample, 0), most)

    def set_probe(self, features: Sequence[float] | None) -> None:
        """Try out other features than a sample's; None goes back to the sample."""
        if features is not None and self.samples is None:
            return
        before = self.probe
        self.live.set_probe(features)
        if self.probe != before:
            self.view_changed.emit()

    def set_scope(self, scope: str) -> None:
        """Show the gradients of this "sample" or of the "batch"."""
        self.set_view(scope=scope)

    def set_selection(self, ids: Iterable[int], current: int | None = None) -> None:
        """Select nodes, groups and notes; without `current`, a single one gets the focus.

        A tuple gives their order, too; else what was selected before comes first.
        """
        selection = frozenset(ids)
        before = ids if isinstance(ids, tuple) else self.order
        kept = [item for item in dict.fromkeys(before) if item in selection]
        self.order = (*kept, *sorted(selection.difference(kept)))
        new = selection - self.selection
        self.together = self.together & selection | (new if len(new) > 1 else frozenset())
        if current is None and len(selection) == 1:
            [current] = selection
        if (selection, current) != (self.selection, self.current):
            self.selection, self.current = selection, current
            self.selection_changed.emit()

    @property
    def weight(self) -> int | None:
        """The parameter that the one selected wire is multiplied by, if that is folded away."""
        [weight] = self.weights if len(self.wires) == len(self.weights) == 1 else (None,)
        return weight

    def set_wires(self, wires: Iterable[Wire], weights: tuple[int, ...] = ()) -> None:
        """Take note of which wires are selected on the canvas, and of their hidden weights."""
        chosen = (frozenset(wires), weights)
        if chosen != (self.wires, self.weights):
            self.wires, self.weights = chosen
            self.selection_changed.emit()

    def let_go(self) -> None:
        """Drop what was selected or stood open and is no more."""
        document = self.document
        alive = frozenset(item for item in self.selection if document.holds(item))
        if alive != self.selection:
            self.set_selection(alive, self.current if self.current in alive else None)

    def leave_what_is_gone(self) -> None:
        """Step out of a group that is no more, to the nearest around it that is."""
        if self.view.current_group != self._known(self.view.current_group):
            self.set_view(current_group=next(filter(self._known, self._path), None))

    def _known(self, group: int | None) -> int | None:
        return group if group in self.document.groups else None

    def _refuse(self, refusal: Refusal) -> bool:
        log.info("refused: %s", refusal)
        self.refused.emit(str(refusal))
        return False

    def _on_result(self, result: Result) -> None:
        self._retold = None if self._retelling is None else self._retelling(result)
        self.result_changed.emit()
