"""A studio over a small network."""

import pytest


@pytest.fixture
def studio(network, themes, settings, qtbot):
    """Show the studio."""
    from playground.panels.studio import Studio

    studio = Studio(network, themes, settings)
    qtbot.addWidget(studio)
    studio.resize(1100, 320)
    yield studio
    studio.leave()
