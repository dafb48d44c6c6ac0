"""The panel right of the canvas: puts boundary, buttons, loss and settings together.

The main window makes one and keeps it for every document. It follows the session's training and
owns nothing of it.
"""

from gettext import gettext as _

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from engine.graph.records import TrainingSettings
from engine.train.snapshot import Snapshot
from playground.bridge import ChangeSet
from playground.panels.boundary import BoundaryPanel
from playground.panels.training.fields import DATA, FIELDS, MODEL, STEPS
from playground.panels.training.form import Row, SettingsForm
from playground.panels.training.loss import LossPlot
from playground.panels.training.model import ModelForm
from playground.panels.training.own import OwnData
from playground.panels.training.transport import Transport
from playground.panels.training.until import UntilCard
from playground.panels.training.word import Word
from playground.session import Session
from playground.settings import Settings
from playground.theme import ThemeManager
from playground.training import SPEEDS
from playground.widgets.fields import ChoiceField
from playground.widgets.numbers import percent

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
        self.until = UntilCard(session, themes, self)
        self._stopped_at = 0
        self.word = Word(session)
        self.speed = self._speed_field()
        self._settings = self._settings_area()
        self._lay_out()
        self._connect()

    def _speed_field(self) -> ChoiceField:
        speeds = [(speed_key(speed), speed_title(speed)) for speed in SPEEDS]
        field = ChoiceField(_("Speed"), speeds)
        field.setObjectName("speed")
        field.show_text(speed_key(self._session.training.speed))
        return field

    def _settings_area(self) -> QScrollArea:
        inside = QWidget()
        self.form = form = SettingsForm(self._session, FIELDS, inside, self._themes)
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
            self.word,
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
        training.speed_changed.connect(self._show_speed)
        self.speed.entered.connect(self._set_speed)
        self._session.changed.connect(self._follow)
        self.boundary.clicked.connect(self.clicked)
        self.transport.clicked.connect(self.clicked)
        self.word.clicked.connect(self.clicked)
        self._session.document_replaced.connect(self._start_over)

    def open_until(self) -> None:
        """Ask where training ends by itself, and train."""
        shown = self.transport.isVisible()
        window = self.window().frameGeometry()
        middle = window.center() + QPoint(self.until.width() // 2, -window.height() // 4)
        self.until.open_at(self.transport.corner() if shown else middle)

    def _count(self, snapshot: Snapshot | None) -> None:
        settings = self._session.document.training
        has_data = self._session.samples is not None
        last = settings.until_epoch if has_data else settings.until_step
        self.transport.show_snapshot(snapshot, has_data=has_data, last=last, goal=goal(settings))

    def _follow(self, changes: ChangeSet) -> None:
        if "training" in changes.fields:
            self._count(self._session.training.snapshot)

    def _show_snapshot(self, snapshot: Snapshot) -> None:
        self._count(snapshot)
        self.form.show_rate(snapshot.learning_rate)
        self.loss.show_snapshot(snapshot, self._session.training.curves)
        if snapshot.step < self._stopped_at:  # a reset, or undo: what went wrong is yet to come
            self.word.hide()

    def _start_over(self) -> None:
        self.word.hide()
        self._count(None)
        self.form.show_rate(None)
        self.loss.show_snapshot(None, None)

    def _follow_state(self) -> None:
        training = self._session.training
        if training.running:
            self.word.hide()
        elif training.refusal is not None:
            self._start_over()
        elif training.word:
            self.word.say(training.word)
        elif not self.word.is_trouble:
            self.word.hide()

    def _on_stopped(self, snapshot: Snapshot | None) -> None:
        """Say what went wrong, if training stopped because of that."""
        if snapshot is not None and snapshot.problem is not None:
            self._stopped_at = snapshot.step
            self.word.tell(snapshot.problem)

    def _show_speed(self) -> None:
        self.speed.show_text(speed_key(self._session.training.speed))

    def _set_speed(self, key: str) -> None:
        self._session.training.set_speed(None if key == FULL_SPEED else int(key))


def goal(settings: TrainingSettings) -> str:
    """Say what ends training beside a last epoch or step, "" if nothing does."""
    if settings.until_accuracy is not None:
        return _("until {percent}").format(percent=percent(settings.until_accuracy))
    if settings.until_loss is not None:
        return _("until loss {loss:.4g}").format(loss=settings.until_loss)
    return _("until no progress") if settings.until_plateau is not None else ""


def speed_key(speed: int | None) -> str:
    """Return the word that stands for a speed."""
    return FULL_SPEED if speed is None else str(speed)


def speed_title(speed: int | None) -> str:
    """Write a speed."""
    return _("as fast as it goes") if speed is None else _("{n} steps/s").format(n=speed)
