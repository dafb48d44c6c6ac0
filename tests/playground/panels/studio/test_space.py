"""The page of space shows the plane as a layer bends it, and measures it only while it is seen."""

import numpy as np
import pytest

from engine.graph.hidden import hidden_layers
from engine.graph.models import Model
from playground.panels.boundary.choices import layer_titles
from playground.panels.studio.boundary import BoundaryPage
from playground.panels.studio.space import SpacePage
from playground.panels.studio.warp import grouped
from playground.session.clear import model_edit
from playground.settings import BENDS, BENDS_LAYER, HARD, SPACE_LAYER
from playground.widgets.shading import shading_of


@pytest.fixture
def deep(session):
    """Open a session with two hidden layers, of three and of two units."""
    model = Model((3, 2, 1), activation="tanh")
    assert session.do(model_edit(session.document, model))
    session.flush()
    return session


@pytest.fixture
def page(deep, themes, settings, qtbot) -> SpacePage:
    made = SpacePage(deep, themes, settings)
    qtbot.addWidget(made)
    made.resize(700, 360)
    made.show()
    qtbot.waitExposed(made)
    qtbot.waitUntil(lambda: made.picture._space is not None)
    return made


def test_the_slider_leads_from_the_plane_to_the_layer(page):
    space = page.picture._space
    middle = np.array((page.picture.width() / 2, page.picture.height() / 2))
    spread = []
    for value, grid in ((0, space.plane), (100, space.bent), (50, (space.plane + space.bent) / 2)):
        page.slider.setValue(value)
        places, _points = page.picture.places()
        away = (places - middle) * (1, -1)
        scale = np.abs(away).max() / np.abs(grid).max()
        assert away == pytest.approx(scale * grid)
        spread.append(scale)
    assert spread[0] == pytest.approx(spread[1])


def test_everything_lies_inside_the_picture(page):
    places, points = page.picture.places()
    for table in (places.reshape(-1, 2), points):
        assert (table >= 0).all()
        assert (table <= (page.picture.width(), page.picture.height())).all()


def test_another_layer_can_be_chosen(page, deep, settings, qtbot):
    assert [page.layers.itemText(k) for k in range(page.layers.count())] == [
        "layer 1, 3 units",
        "layer 2, 2 units",
    ]
    assert "main directions of 3 units" in page._share.text()
    page.layers.setCurrentIndex(1)
    page.layers.activated.emit(1)
    assert settings.read(SPACE_LAYER) == 1
    second = hidden_layers(deep.document)[1].outputs
    picture = page.picture
    qtbot.waitUntil(lambda: picture._space is not None and picture._space.nodes == second)
    assert "first unit" in page._share.text()


def test_it_moves_while_training(page, deep, qtbot):
    before = page.picture._space.bent
    with qtbot.waitSignal(deep.training.stopped):
        deep.training.step()
    qtbot.waitUntil(lambda: not np.array_equal(page.picture._space.bent, before))


def test_nothing_is_measured_while_it_is_hidden(page, deep):
    page.hide()
    assert deep.training._views["space"].space == ()
    page.show()
    assert deep.training._views["space"].space == hidden_layers(deep.document)[0].outputs


def test_points_keep_their_classes(page, deep, themes):
    samples, theme = deep.samples, themes.current()
    groups = grouped(samples, page.picture._space.rows, shading_of(samples, theme))
    assert sum(len(rows) for _colour, _test, rows in groups) == len(samples)
    for colour, _test, rows in groups:
        for row in rows:
            assert colour == theme.of_class(int(samples.labels[row] > 0))


def test_the_picture_follows_the_theme_and_hard_colours(page, themes, settings):
    dark = page.picture.grab().toImage()
    settings.write(HARD, True)
    assert page.picture.grab().toImage() != dark
    settings.write(HARD, False)
    themes.choose("light")
    assert page.picture.grab().toImage() != dark


def test_without_a_layer_it_says_what_it_needs(session, themes, settings, qtbot):
    page = SpacePage(session, themes, settings)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitExposed(page)
    assert "takes data in a plane and a hidden layer" in page._empty.text()
    assert page._empty.isVisible()
    assert not page.slider.isVisible()
    assert not page.picture.isVisible()


def test_the_page_of_the_boundary_lists_what_can_be_seen(network, themes, settings, qtbot):
    page = BoundaryPage(network, themes, settings)
    qtbot.addWidget(page)
    page.resize(900, 420)
    page.show()
    qtbot.waitExposed(page)
    box = page.choices.boxes[0]
    box.click()
    assert settings.read(HARD)
    settings.write(HARD, False)
    assert not box.isChecked()
    assert page.panel.picture.width() < 600  # the list stands beside the picture
    assert page.layers.count() == len(layer_titles(network))
    page.layers.entered.emit("1")
    assert settings.read(BENDS_LAYER) == 1
    assert settings.read(BENDS)
