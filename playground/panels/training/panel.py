"""The panel right of the canvas: puts boundary, buttons, loss and settings together.

The main window makes one and keeps it for every document. It follows the session's training and
owns nothing of it.
"""

from gettext import gettext as _

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from engine.graph.records import TrainingSettings
from engine.run.result import Problem
from engine.train.snapshot import Snapshot
from playground.panels.boundary import BoundaryPanel
from playground.panels.training.fields import DATA, FIELDS, MODEL, STEPS
from playground.panels.training.form import Row, SettingsForm
from playground.panels.training.loss import LossPlot
from playground.panels.training.model import ModelForm
from playground.panels.training.own import OwnData
from playground.panels.training.transport import Transport
from playground.session import Session
from playground.settings import Settings
from playground.theme import ThemeManager
from playground.training import SPEEDS
from playground.widgets.fields import ChoiceField
from playground.widgets.labels import label

WIDTH = 310
MARGIN = 14
GAP = 12
SCROLL_BAR = 10
FULL_SPEED = "full"


class TrainingPanel(QWidget):
    """Everything that is seen and done while a document is trained.

    Attributes:
        clicked: the mouse pressed something that does not take the keyboard for it.
    """

    clicked = Signal()

    def __init__(
        self,
        session: Session,
        themes: ThemeManager,
        settings: Settings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(WIDTH)
        self._session, self._themes = session, themes
        self.boundary = BoundaryPanel(session, themes, settings)
        self.transport = Transport(session.training, themes)
        self.loss = LossPlot(themes)
        self._stopped_at = 0
        self._notice = label(tone="problem")
        self._notice.setWordWrap(True)
        self._notice.hide()
        self.speed = self._speed_field()
        self._settings = self._settings_area()
        self._lay_out()
        self._connect()

    def _speed_field(self) -> ChoiceField:
        speeds = [(str(s or FULL_SPEED), speed_title(s)) for s in SPEEDS]
        field = ChoiceField(_("Speed"), speeds)
        field.setObjectName("speed")
        field.show_text(str(self._session.training.speed or FULL_SPEED))
        return field

    def _settings_area(self) -> QScrollArea:
        inside = QWidget()
        form = SettingsForm(self._session, FIELDS, inside, self._themes)
        speed = Row(_("Speed"), self.speed, _("How many steps a second are shown"))
        form.sections[STEPS].add(speed, first=True)
        self.own = OwnData(self._session)
        form.sections[DATA].add(self.own, first=True)
        self.model = ModelForm(self._session, form.sections[MODEL])
        column = QVBoxLayout(inside)
        column.setContentsMargins(MARGIN, 4, MARGIN - SCROLL_BAR, MARGIN)
        column.setSpacing(16)
        for title in (STEPS, DATA, MODEL):
            column.addWidget(form.sections[title])
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        return area

    def _lay_out(self) -> None:
        top = QVBoxLayout()
        top.setContentsMargins(MARGIN, GAP, MARGIN, 0)
        top.setSpacing(GAP)
        for part in (
            self.boundary,
            self.transport,
            self._notice,
            self.model.misfit,
            self.loss,
        ):
            top.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addLayout(top)
        column.addWidget(self._settings, 1)

    def _connect(self) -> None:
        training = self._session.training
        training.snapshot_ready.connect(self._show_snapshot)
        training.state_changed.connect(self._follow_state)
        training.stopped.connect(self._on_stopped)
        self.speed.entered.connect(self._set_speed)
        self.boundary.clicked.connect(self.clicked)
        self.transport.clicked.connect(self.clicked)
        self._session.document_replaced.connect(self._start_over)

    def _show_snapshot(self, snapshot: Snapshot) -> None:
        self.transport.show_snapshot(snapshot, has_data=self._session.samples is not None)
        self.loss.show_snapshot(snapshot, self._session.training.curves)
        if snapshot.step < self._stopped_at:  # a reset, or undo: what went wrong is yet to come
            self._notice.hide()

    def _start_over(self) -> None:
        self._notice.hide()
        self.transport.show_snapshot(None, has_data=self._session.samples is not None)
        self.loss.show_snapshot(None, None)

    def _follow_state(self) -> None:
        training = self._session.training
        if training.running:
            self._notice.hide()
        elif training.refusal is not None:
            self._start_over()

    def _on_stopped(self, snapshot: Snapshot | None) -> None:
        """Say what went wrong, if training stopped because of that."""
        if snapshot is not None and snapshot.problem is not None:
            self._stopped_at = snapshot.step
            settings = self._session.document.training
            self._notice.setText(trouble(snapshot.problem, settings))
            self._notice.show()

    def _set_speed(self, key: str) -> None:
        self._session.training.set_speed(None if key == FULL_SPEED else int(key))


def speed_title(speed: int | None) -> str:
    """Write a speed."""
    return _("as fast as it goes") if speed is None else _("{n} steps/s").format(n=speed)


def trouble(problem: Problem, settings: TrainingSettings) -> str:
    """Say where training came to grief, and what to do.

    A step takes 2 * rate * L2 of each parameter away; from 1 on that alone throws it across 0.
    """
    if 2 * settings.learning_rate * settings.l2 >= 1:
        remedy = _("L2 times the learning rate is too large: make one of them smaller.")
    else:
        remedy = _("Try a smaller learning rate.")
    return _("{problem}. The parameters before it are back. {remedy}").format(
        problem=problem.text.rstrip("."), remedy=remedy
    )
