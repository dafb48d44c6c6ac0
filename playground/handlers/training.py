"""The Train menu: moons, play and pause, and whose gradients are shown."""

from playground.session import Session


class TrainingHandlers:
    """Steers the session's training."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def train_moons(self) -> None:
        """Insert the demo's network and train it."""
        self._session.train_moons()

    def toggle(self) -> None:
        """Play, or pause."""
        self._session.training.toggle()

    def step(self) -> None:
        """Take one step."""
        self._session.training.step()

    def reset(self) -> None:
        """Go back to fresh parameters."""
        self._session.training.reset()

    def choose_scope(self, scope: str) -> None:
        """Show the gradients of the "sample" or of the "batch"."""
        self._session.set_scope(scope)

    def toggle_whose(self) -> None:
        """Ask whose gradient it is, or no longer."""
        self._session.whose.switch(on=not self._session.whose.on)
