"""What the panels stand on: themes, and a small network that trains in no time."""

import pytest

from engine.graph.models import Model
from engine.graph.records import DataSettings


@pytest.fixture
def themes(qapp):
    """Return the dark theme."""
    from playground.theme import ThemeManager

    return ThemeManager("dark")


@pytest.fixture
def network(session):
    """Open a session that holds a network of 9 parameters on forty moons, as one undo step."""
    from playground.session.clear import model_edit

    model = Model((2, 1), data=DataSettings("moons", samples=40))
    assert session.do(model_edit(session.document, model))
    session.flush()
    return session


@pytest.fixture
def settings(tmp_path):
    """Return the settings of somebody who has none yet."""
    from PySide6.QtCore import QSettings

    from playground.settings import Settings

    return Settings(QSettings(str(tmp_path / "x.ini"), QSettings.Format.IniFormat))
