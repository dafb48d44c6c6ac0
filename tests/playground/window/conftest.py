"""A main window of the test's own, with settings that nobody else sees."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from engine.errors import accept
from engine.graph.models import Model, insert_model
from engine.graph.records import DataSettings
from playground.main_window import MainWindow
from playground.session import Session
from playground.settings import ANIMATIONS, SHOW_WELCOME, THEME, Settings
from playground.theme import ThemeManager
from tests.playground.window.walker import Walker


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = Settings(QSettings(str(tmp_path / "x.ini"), QSettings.Format.IniFormat))
    settings.write(SHOW_WELCOME, False)
    settings.write(ANIMATIONS, False)
    return settings


@pytest.fixture
def dressed(qapp: QApplication):
    """Give the application its clothes back after a theme was worn."""
    style, font, palette = qapp.style().objectName(), qapp.font(), qapp.palette()
    yield qapp
    qapp.setStyleSheet("")
    qapp.setStyle(style)
    qapp.setFont(font)
    qapp.setPalette(palette)


@pytest.fixture
def make_window(session: Session, settings: Settings, qtbot, dressed):
    def make() -> MainWindow:
        window = MainWindow(session, settings, ThemeManager(settings.read(THEME)))
        qtbot.addWidget(window, before_close_func=forgive)
        window.resize(1280, 800)
        window.show()
        qtbot.waitExposed(window)
        return window

    def forgive(_window: MainWindow) -> None:
        session.settle()
        session.stack.setClean()

    return make


@pytest.fixture
def window(make_window) -> MainWindow:
    return make_window()


@pytest.fixture
def walker(window, session) -> Walker:
    return Walker(window, session)


@pytest.fixture
def network(session, canvas, hands) -> dict[str, int]:
    """Insert a small network with data and loss, and return its groups by their labels."""
    data = DataSettings("moons", samples=10)
    session.do(accept(insert_model(session.document, Model((3, 2, 1), data=data))))
    session.stack.clear()
    hands.settle()
    canvas.fit()
    hands.settle()
    groups = session.document.groups.values()
    found = {group.label: group.id for group in groups if group.template != "neuron"}
    first = [g for g in groups if g.group == found["layer 1"]]
    return found | {group.label: group.id for group in first}


@pytest.fixture
def inside(session, network, canvas, hands) -> int:
    """Step inside neuron 2 of the first layer."""
    canvas.enter(network["neuron 2"])
    hands.settle()
    return network["neuron 2"]
