"""The page of both modes: two traces over the same graph, side by side, and what each costs.

Forward mode carries the derivative by one seed to every node, reverse mode the derivative of one
output back to every node. The page runs both anew for new numbers, counts passes in turns of the
event loop, and does nothing while it is hidden. It shows the latest numbers, also while those of a
pass stand on the canvas.
"""

from gettext import gettext as _

from PySide6.QtCore import QModelIndex, QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from engine.explain.whose import distinct_names
from engine.run.modes import Passes, pull_back, push_forward
from playground.bridge import ChangeSet
from playground.panels.studio.modes.costs import Costs
from playground.panels.studio.modes.meter import Meter
from playground.panels.studio.modes.order import (
    MOST_SEEDS,
    Listing,
    inputs,
    outputs,
    usual_seed,
)
from playground.panels.studio.modes.tables import (
    MOST_ROWS,
    VALUES,
    ForwardTrace,
    ReverseTrace,
    Trace,
)
from playground.session import Session
from playground.session.lit import NOTHING_LIT
from playground.settings import Settings
from playground.theme import ThemeManager
from playground.widgets.fields import ChoiceField
from playground.widgets.labels import label, section
from playground.widgets.numbers import written
from playground.widgets.rows import RowsView
from playground.widgets.turns import Turns

MARGIN = 14
METER_WIDTH, HEAD_HEIGHT = 244, 32
NODES_A_MILLISECOND = 100  # that a page rests between two looks at numbers that keep changing
LEAST = 840  # pixels from which there is room for tables and meter
WIDE = 280  # pixels from which a table has room for values
BY = (
    ("parameters", _("every parameter")),
    ("leaves", _("every value")),
    ("seed", _("the seed alone")),
)
OF = (
    ("output", _("the output")),
    ("ends", _("every end of the graph")),
    ("every", _("every operation")),
)


class TraceView(RowsView):
    """A trace as a table."""

    def __init__(self, trace: Trace, name: str, parent: QWidget | None = None) -> None:
        super().__init__(trace, name, parent)
        self.trace = trace
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        for column, width in trace.widths.items():
            self.header().setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            self.header().resizeSection(column, width)
        self.header().setSectionsClickable(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave values to the canvas where there is little room."""
        self.setColumnHidden(VALUES, self.width() < WIDE)
        super().resizeEvent(event)


class ModesPage(QWidget):
    """Two tables and a meter.

    Attributes:
        forward, reverse: the tables; meter: the counts; seed: the list of seeds;
        of, by: which derivatives the meter is about.
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
        del settings  # there is nothing to remember
        self._session = session
        self._seed: int | None = None
        self._listing: Listing | None = None
        self._asked_by = False  # whether somebody chose by what
        self._renamed = True  # since seeds were offered
        self._stale = False
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.timeout.connect(self._catch_up)
        self._costs = Costs(self)
        self.forward = TraceView(ForwardTrace(session, themes, self), _("Trace of forward mode"))
        self.reverse = TraceView(ReverseTrace(session, themes, self), _("Trace of reverse mode"))
        self.meter = Meter(themes)
        self.seed = ChoiceField(_("Seed"), ())
        self.seed.setToolTip(
            _("The value that forward mode differentiates by; selecting one on the canvas does it")
        )
        self.of, self.by = ChoiceField(_("Derivatives of"), OF), ChoiceField(_("by"), BY)
        self.of.setToolTip(_("What derivatives are wanted of: reverse mode takes a pass for each"))
        self.by.setToolTip(_("What they are wanted by: forward mode takes a pass for each"))
        self.about = label(tone="muted")
        self._from = label(tone="muted")
        self._empty = label(
            _("Nothing to differentiate yet: add values and an operation, such as d = a*b + c."),
            "muted",
        )
        self._lay_out()
        self._connect(themes)

    def _lay_out(self) -> None:
        traces = QWidget()
        row = QHBoxLayout(traces)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(MARGIN)
        row.addLayout(_column(section(_("Forward mode by")), self.seed, self.forward), 4)
        row.addLayout(_column(section(_("Reverse mode of")), self._from, self.reverse), 5)
        tables = (traces, _("Traces"), _("What each mode computes, node by node"))
        counts = (self._side(), _("Multiplications"), _("What each mode costs"))
        self._parts = Turns(tables, counts, METER_WIDTH, LEAST, MARGIN, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, 0, MARGIN, MARGIN)
        column.setSpacing(8)
        column.addWidget(self._empty)
        column.addWidget(self._parts, 1)
        column.addStretch(0)

    def _side(self) -> QWidget:
        side = QWidget()
        questions = QGridLayout()
        questions.setHorizontalSpacing(12)
        questions.setVerticalSpacing(8)
        questions.setColumnStretch(1, 1)
        for row, (words, field) in enumerate(((_("of"), self.of), (_("by"), self.by))):
            questions.addWidget(label(words, "muted"), row, 0)
            questions.addWidget(field, row, 1)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        title = section(_("Multiplications"))
        title.setFixedHeight(HEAD_HEIGHT)
        column.addWidget(title)
        column.addLayout(questions)
        column.addWidget(self.meter)
        self.about.setWordWrap(True)
        column.addWidget(self.about)
        column.addStretch(1)
        return side

    def _connect(self, themes: ThemeManager) -> None:
        session = self._session
        session.live.result_ready.connect(self._follow)
        session.changed.connect(self._rename)
        session.document_replaced.connect(self._forget)
        session.selection_changed.connect(self._follow_selection)
        themes.theme_changed.connect(self.update)
        self._costs.changed.connect(self._show_costs)
        self.seed.entered.connect(self._enter_seed)
        self.of.entered.connect(self._ask)
        self.by.entered.connect(self._choose_by)
        for view in (self.forward, self.reverse):
            view.selectionModel().currentRowChanged.connect(self._select)
            view.pointed.connect(self._light)
            view.left.connect(self.left)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened while the page was hidden."""
        super().showEvent(event)
        self._session.flush()
        self._refresh()
        self._follow_selection()

    def hideEvent(self, event: QHideEvent) -> None:
        """Count nothing."""
        super().hideEvent(event)
        self._costs.rest()
        self._resting.stop()

    # Following ---------------------------------------------------------------------------------

    def _follow(self) -> None:
        """Show new numbers, at once or after a rest; another graph at once."""
        if not self.isVisible():
            return
        same = self._listing is not None and self._listing.plan is self._session.live.plan
        self._stale = same and self._resting.isActive()
        if not self._stale:
            self._refresh()

    def _catch_up(self) -> None:
        if self._stale:
            self._follow()

    def _rename(self, changes: ChangeSet) -> None:
        """Write names anew after a change that brings no new numbers, since those bring them."""
        self._renamed = True
        if changes.nodes and not changes.numbers:
            self._follow()

    def _forget(self) -> None:
        """Choose a seed anew: ids are those of another document."""
        self._seed, self._asked_by, self._renamed = None, False, True
        self._follow()

    def _refresh(self) -> None:
        """Run both modes over the latest numbers."""
        session = self._session
        document, plan, result = session.document, session.live.plan, session.live.result
        if self._listing is None or self._listing.plan is not plan:
            self._listing, self._renamed = Listing.of(document, plan), True
        if self._seed not in document or self._seed not in plan.row:
            self._seed = usual_seed(document, plan)
        told = bool(plan.steps) and self._seed is not None
        self._empty.setVisible(not told)
        self._parts.setVisible(told)
        if not told or self._seed is None:
            self._costs.rest()
            return
        ahead = push_forward(plan, result.value, [self._seed])
        self.forward.trace.show_pass(self._listing.order, result, ahead)
        back: Passes | None = None
        if plan.output is not None:
            back = pull_back(plan, result.value, [plan.output])
        self.reverse.trace.show_pass([] if back is None else self._listing.back(), result, back)
        self._offer(self._listing.leaves)
        self._tell(int(plan.computed.sum()))
        self._ask()
        rest = int(len(plan.ids) / NODES_A_MILLISECOND)
        if rest:
            self._resting.start(rest)

    def _offer(self, seeds: list[int]) -> None:
        """Offer the seeds there are, with their names of now."""
        session = self._session
        document = session.document
        if self._renamed or self.seed.findData(str(self._seed)) < 0:
            self._renamed = False
            offered = [*seeds[:MOST_SEEDS], *([] if self._seed is None else [self._seed])]
            names = distinct_names(document, dict.fromkeys(offered))
            self.seed.offer([(str(node), name) for node, name in names.items()])
        self.seed.show_text(str(self._seed))
        output = session.live.plan.output
        self._from.setText(_("no output") if output is None else document.name(output))
        if not self._asked_by:
            some = len(session.live.plan.parameters) > 0
            self.by.show_text("parameters" if some else "leaves")

    def _tell(self, count: int) -> None:
        """Say that both ways lead to the same number, and how much of the graph is not listed."""
        session, seed = self._session, self._seed
        output = session.live.plan.output
        words = []
        if output is not None and seed is not None:
            names = session.document.name(output), session.document.name(seed)
            ahead = self.forward.trace.derivative(output) or 0.0
            back = self.reverse.trace.derivative(seed) or 0.0
            told = _("∂{out}/∂{seed} is {ahead} by forward mode and {back} by reverse mode.")
            words.append(
                told.format(out=names[0], seed=names[1], ahead=written(ahead), back=written(back))
            )
        if count > MOST_ROWS:
            told = _("The tables list the first {rows:,} of {count:,} nodes.")
            words.append(told.format(rows=MOST_ROWS, count=count))
        self.about.setText(" ".join(words))

    def _ask(self) -> None:
        """Have what is asked counted, unless it is known."""
        session = self._session
        document, plan = session.document, session.live.plan
        by = inputs(str(self.by.currentData()), document, plan, self._seed)
        of = outputs(str(self.of.currentData()), document, plan)
        self._costs.measure(plan, session.live.result.value, by, of)

    def _show_costs(self) -> None:
        self.meter.show_costs(self._costs.forward, self._costs.reverse)

    # Choosing ----------------------------------------------------------------------------------

    def _enter_seed(self, node: str) -> None:
        self._seed = int(node)
        self._refresh()

    def _choose_by(self) -> None:
        self._asked_by = True
        self._ask()

    def _select(self, now: QModelIndex, _before: QModelIndex) -> None:
        """Select on the canvas the node of a row that is chosen."""
        trace = now.model()
        if isinstance(trace, Trace):
            self._session.set_selection({trace.node(now.row())})

    def _follow_selection(self) -> None:
        """Choose the rows of the node that is selected; a value becomes the seed."""
        session = self._session
        if not self.isVisible():
            return
        chosen = session.selection or frozenset(session.weights)
        [node] = chosen if len(chosen) == 1 else (None,)
        session.flush()
        if node is not None and node != self._seed and self._is_leaf(node):
            self._seed = node
            self._refresh()
        for view in (self.forward, self.reverse):
            view.choose(None if node is None else view.trace.row(node))

    def _is_leaf(self, node: int) -> bool:
        document, plan = self._session.document, self._session.live.plan
        return node in document and node in plan.row and document.node(node).is_leaf

    def _light(self, row: int) -> None:
        """Light what the row that is pointed at is about."""
        view = self.sender()
        if isinstance(view, TraceView):
            lit = view.trace.lit(view.trace.node(row)) if row >= 0 else NOTHING_LIT
            self._session.light(view, lit)


def _column(title: QLabel, field: QWidget, table: QWidget) -> QVBoxLayout:
    """Put a title and a field over a table."""
    head = QHBoxLayout()
    head.setSpacing(8)
    head.addWidget(title)
    head.addWidget(field)
    head.addStretch(1)
    above = QWidget()
    above.setFixedHeight(HEAD_HEIGHT)
    above.setLayout(head)
    head.setContentsMargins(0, 0, 0, 0)
    column = QVBoxLayout()
    column.setSpacing(8)
    column.addWidget(above)
    column.addWidget(table, 1)
    return column
