"""The Train menu: moons, play, steps, rewind, speed, and whose gradients are shown."""

from playground.handlers.report import found
from playground.panels.training import TrainingPanel
from playground.session import Session
from playground.settings import SPEED, Settings


class TrainingHandlers:
    """Steers the session's training, at the speed that is remembered."""

    def __init__(self, session: Session, settings: Settings, panel: TrainingPanel) -> None:
        self._session = session
        self._settings = settings
        self._panel = panel
        session.training.set_speed(settings.read(SPEED) or None)
        session.training.speed_changed.connect(self._remember_speed)

    def train_moons(self) -> None:
        """Insert the demo's network and train it."""
        self._session.train_moons()

    def toggle(self) -> None:
        """Play, or pause."""
        self._session.training.toggle()

    def step(self) -> None:
        """Take one step."""
        self._session.training.step()

    def step_epoch(self) -> None:
        """Take the steps of one epoch."""
        self._session.training.step_epoch()

    def until(self) -> None:
        """Ask where to stop, and train."""
        self._panel.open_until()

    def rewind(self) -> None:
        """Go back to the weights that training began with."""
        self._session.training.rewind()

    def draw_weights(self) -> None:
        """Begin with weights from another seed."""
        self._session.training.draw_weights()

    def go_to_best(self) -> None:
        """Go back to the moment of the least loss."""
        self._session.training.go_to_best()

    def go_to_finding(self) -> None:
        """Show the first nodes that the doctor found."""
        finding = found(self._session)
        if finding is not None:
            self._session.show_items(finding.items)

    def change_speed(self, by: int) -> None:
        """Train faster (1) or slower (-1)."""
        self._session.training.change_speed(by)

    def _remember_speed(self) -> None:
        self._settings.write(SPEED, self._session.training.speed or 0)

    def choose_scope(self, scope: str) -> None:
        """Show the gradients of the "sample" or of the "batch"."""
        self._session.set_scope(scope)

    def toggle_whose(self) -> None:
        """Ask whose gradient it is, or no longer."""
        self._session.whose.switch(on=not self._session.whose.on)
