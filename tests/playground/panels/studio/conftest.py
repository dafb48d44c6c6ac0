"""A studio over a small network, with settings of its own."""

import pytest


@pytest.fixture
def settings(tmp_path):
    """Return settings in a file of their own."""
    from PySide6.QtCore import QSettings

    from playground.settings import Settings

    return Settings(QSettings(str(tmp_path / "x.ini"), QSettings.Format.IniFormat))


@pytest.fixture
def studio(network, themes, settings, qtbot):
    """Show the studio."""
    from playground.panels.studio import Studio

    studio = Studio(network, themes, settings)
    qtbot.addWidget(studio)
    studio.resize(1100, 320)
    yield studio
    studio.leave()
