"""Pictures of the examples: one small step a turn, remembered by theme and pixel ratio."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QPixmap

from playground.canvas.thumbnails import Thumbnails
from playground.theme import load_theme

SIZE = QSize(152, 80)
NAMES = ("tanh-neuron", "chain", "moons")


@pytest.fixture
def thumbnails(qapp):
    made = Thumbnails(SIZE)
    yield made
    made.stop()
    made.deleteLater()


@pytest.fixture
def heard(thumbnails) -> dict[str, QPixmap]:
    found: dict[str, QPixmap] = {}
    thumbnails.ready.connect(found.__setitem__)
    return found


def colours(picture: QPixmap) -> set[str]:
    image = picture.toImage()
    places = ((x, y) for x in range(0, image.width(), 2) for y in range(0, image.height(), 2))
    return {image.pixelColor(x, y).name() for x, y in places}


def test_every_picture_comes_and_shows_more_than_the_ground(thumbnails, heard, qtbot):
    theme = load_theme("dark")
    thumbnails.ask(NAMES, theme, 1.0)
    assert heard == {}
    qtbot.waitUntil(lambda: not thumbnails.busy, timeout=10_000)
    assert list(heard) == list(NAMES)
    for picture in heard.values():
        assert picture.size() == SIZE
        assert len(colours(picture)) > 10
        assert theme.background.name() in colours(picture)


def test_a_turn_takes_one_step_only(thumbnails, heard):
    thumbnails.ask(NAMES, load_theme("dark"), 1.0)
    for steps in range(1, 5):
        thumbnails._step()
        assert thumbnails.steps == steps
        assert heard == {}
    thumbnails._step()
    assert list(heard) == ["tanh-neuron"]


def test_a_picture_is_painted_once_for_a_theme_and_a_ratio(thumbnails, heard, qtbot):
    for theme, ratio, again in (
        ("dark", 1.0, False),
        ("dark", 1.0, True),
        ("light", 1.0, False),
        ("dark", 2.0, False),
        ("light", 1.0, True),
    ):
        before = thumbnails.steps
        heard.clear()
        thumbnails.ask(NAMES[:2], load_theme(theme), ratio)
        qtbot.waitUntil(lambda: not thumbnails.busy, timeout=10_000)
        assert list(heard) == list(NAMES[:2])
        assert heard["chain"].devicePixelRatio() == ratio
        assert (thumbnails.steps == before) is again


def test_what_is_not_wanted_any_more_is_not_painted(thumbnails, heard, qtbot):
    thumbnails.ask(NAMES, load_theme("dark"), 1.0)
    thumbnails._step()
    thumbnails.stop()
    assert not thumbnails.busy
    qtbot.wait(30)
    assert heard == {}


def test_an_example_that_is_not_there_is_passed_over(thumbnails, heard, qtbot):
    thumbnails.ask(("nothing", "chain"), load_theme("dark"), 1.0)
    qtbot.waitUntil(lambda: not thumbnails.busy, timeout=10_000)
    assert list(heard) == ["chain"]


def test_a_picture_of_a_stamp_s_size_writes_no_names(thumbnails, heard, qtbot, monkeypatch):
    from playground.canvas.painting.titles import TitlePainter

    written = []
    monkeypatch.setattr(TitlePainter, "paint", lambda *given: written.append(given))
    thumbnails.ask(("moons",), load_theme("dark"), 1.0)
    qtbot.waitUntil(lambda: not thumbnails.busy, timeout=10_000)
    assert "moons" in heard
    assert written == []


def test_the_picture_of_a_tiny_graph_has_the_colours_of_its_numbers(thumbnails, heard, qtbot):
    for name in ("dark", "light"):
        theme = load_theme(name)
        thumbnails.ask(["tanh-curve"], theme, 1.0)
        qtbot.waitUntil(lambda: not thumbnails.busy, timeout=10_000)
        image = heard["tanh-curve"].toImage()
        inside = [
            image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())
        ]
        coloured = [one for one in inside if one.saturationF() > 0.25]
        assert len(coloured) > len(inside) / 20
