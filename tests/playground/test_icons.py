"""The icons: every file draws, in the colour asked for, sharp on every screen."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QColor, QIcon, QImage
from PySide6.QtSvg import QSvgRenderer

import resources
from playground import icons
from playground.actions import ACTIONS

NAMES = [name.removeprefix("icons/").removesuffix(".svg") for name in resources.names("icons")]
PROGRAM = Path(icons.__file__).parent
VIOLET = QColor("#b58cff")


def inked(image: QImage) -> set[str]:
    """The colours of all pixels that are fully covered."""
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return {pixel.name() for pixel in pixels if pixel.alpha() == 255}


@pytest.mark.parametrize("name", NAMES)
def test_every_icon_draws_something_inside_its_square(qapp, name: str):
    image = icons.draw(name, VIOLET, 24, 2).toImage()
    edge = [image.pixelColor(x, y).alpha() for x in range(48) for y in (0, 47)]
    assert inked(image)
    assert max(edge) == 0


@pytest.mark.parametrize("name", sorted(set(NAMES) - {"app"}))
def test_every_icon_takes_the_colour_asked_for(qapp, name: str):
    assert "currentColor" in icons.source(name)
    assert inked(icons.draw(name, VIOLET, 48, 1).toImage()) == {VIOLET.name()}


@pytest.mark.parametrize("name", NAMES)
def test_every_icon_is_sound_svg(qapp, name: str):
    assert QSvgRenderer(QByteArray(icons.source(name).encode())).isValid()


def test_a_pixmap_has_the_pixels_of_its_screen(qapp):
    drawn = icons.pixmap("play", VIOLET, 20, 1.5)
    assert (drawn.width(), drawn.devicePixelRatio()) == (30, 1.5)


def test_a_pixmap_is_drawn_once_per_colour_and_ratio(qapp, monkeypatch):
    drawn: list[tuple] = []
    original = icons.draw
    monkeypatch.setattr(
        icons, "draw", lambda *wanted: (drawn.append(wanted), original(*wanted))[1]
    )
    unusual = QColor("#123457")
    for colour, ratio in ((unusual, 1), (unusual, 1), (unusual, 2), (QColor("#765431"), 1)):
        icons.pixmap("play", colour, 17, ratio)
    assert len(drawn) == 3


def test_a_disabled_icon_is_grey(qapp):
    grey = QColor("#5b6272")
    icon = icons.icon("play", VIOLET, grey)
    assert inked(icon.pixmap(32, QIcon.Mode.Normal).toImage()) == {VIOLET.name()}
    assert inked(icon.pixmap(32, QIcon.Mode.Disabled).toImage()) == {grey.name()}


def test_the_application_has_an_icon_of_its_own_colours(qapp):
    image = icons.application_icon().pixmap(128).toImage()
    assert {"#4aa3df", "#f59322", "#b58cff"} <= inked(image)


def test_every_icon_an_action_names_is_there():
    assert {action.icon for action in ACTIONS} - {""} <= set(NAMES)


def test_every_icon_is_used_somewhere():
    program = "\n".join(path.read_text("utf-8") for path in PROGRAM.rglob("*.py"))
    used = {"app", *re.findall(r"""\b(?:icon|pixmap)\(\s*"([\w-]+)\"""", program)}
    used |= set(re.findall(r'"(pause|play)"', program))  # the two faces of one button
    used |= set(re.findall(r'"(grave|serious|info)"', program))  # how bad a finding is
    assert used | {action.icon for action in ACTIONS} - {""} == set(NAMES)
