"""The views of the plane, driven through the window: their pages, keys, and the canvas beside."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from engine.graph.models import Model
from playground.panels.studio.boundary import BoundaryPage
from playground.panels.studio.space import SpacePage
from playground.session.clear import model_edit
from playground.settings import HARD
from tests.playground.window.driving import turn

CONTROL_ALT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


@pytest.fixture
def moons(window, session):
    """Fill the window with a small network on moons."""
    assert session.do(model_edit(session.document, Model((4, 1), activation="tanh")))
    session.flush()
    turn()
    return window


def test_a_key_shows_the_space_of_a_layer_in_the_studio(moons, qtbot):
    QTest.keyClick(moons.canvas.viewport(), Qt.Key.Key_W, CONTROL_ALT)
    page = moons.studio.page("space")
    assert isinstance(page, SpacePage)
    assert page.isVisible()
    qtbot.waitUntil(lambda: moons.studio.height() > 0.4 * moons.height())
    qtbot.waitUntil(lambda: page.picture._space is not None)
    assert len(page.picture._space.nodes) == 4


def test_a_double_click_beside_the_title_shows_the_boundary_large(moons, qtbot):
    panel = moons.training_panel.boundary
    QTest.mouseDClick(panel, Qt.MouseButton.LeftButton, pos=QPoint(40, 8))
    page = moons.studio.page("boundary")
    assert isinstance(page, BoundaryPage)
    assert page.isVisible()
    assert page.panel.picture.isVisible()


def test_hard_colours_are_those_of_the_canvas_too(moons, settings, qtbot):
    painter = moons.canvas._scene.painter.cards.maps
    qtbot.waitUntil(lambda: painter._maps is not None)
    moons.canvas.grab()
    shades = len(set(painter._words.tolist()))
    action = moons.training_panel.boundary.views.menu().actions()[0]
    action.trigger()
    assert settings.read(HARD)
    moons.canvas.grab()
    assert len(set(painter._words.tolist())) == 3 < shades  # and what is not finite is clear
