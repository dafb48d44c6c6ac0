"""A code panel of the test's own, and a way to wait for what it writes."""

import pytest


@pytest.fixture
def settings(tmp_path):
    """Return settings that nobody else sees."""
    from PySide6.QtCore import QSettings

    from playground.settings import Settings

    return Settings(QSettings(str(tmp_path / "x.ini"), QSettings.Format.IniFormat))


@pytest.fixture
def panel(session, themes, settings, qtbot):
    """Show a panel on the lecture's neuron."""
    from playground.panels.code import CodePanel

    session.open_example()
    panel = CodePanel(session, themes, settings)
    panel.resize(700, 240)
    qtbot.addWidget(panel)
    panel.show()
    yield panel
    panel.close_writer()


@pytest.fixture
def written(panel, qtbot):
    """Return a function that waits until the panel shows the document as it is."""

    def wait() -> str:
        panel.writer.follow()
        qtbot.waitUntil(lambda: not panel.writer.is_busy)
        return panel.page.toPlainText()

    return wait
