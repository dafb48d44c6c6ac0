"""A window of the learner's own, as the tests of the window have it."""

import pytest

from playground.session import Session
from tests.flows.learner import Learner
from tests.playground.conftest import session
from tests.playground.window.conftest import dressed, make_window, settings

__all__ = ["dressed", "make_window", "session", "settings"]


@pytest.fixture
def learner(make_window, session: Session, qapp) -> Learner:
    """Return somebody at an empty canvas; what was copied is forgotten afterwards."""
    window = make_window()
    window.resize(1600, 1000)
    window.canvas.manners.animated = False
    learner = Learner(window, session)
    learner.begin()
    yield learner
    qapp.clipboard().clear()
