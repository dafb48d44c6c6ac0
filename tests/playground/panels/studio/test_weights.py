"""The page of weights in a real studio: layers to choose, plots that follow, nothing unseen."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest


@pytest.fixture
def page(studio, network, qtbot):
    studio.resize(900, 320)
    studio.show()
    studio.show_page("weights")
    qtbot.waitUntil(lambda: network.training.spreads is not None)
    return studio.page("weights")


def test_each_layer_can_be_chosen_and_is_drawn(page, network, qtbot):
    assert [page.layer.itemText(k) for k in range(page.layer.count())] == ["layer 1", "output"]
    with qtbot.waitSignal(network.training.stopped):
        network.training.step()
    qtbot.waitUntil(lambda: network.training.spreads.latest.step == 1)
    before = page._about.text()
    page.layer.setFocus()
    QTest.keyClick(page.layer, Qt.Key.Key_Down)
    assert page.layer.currentText() == "output"
    assert page._about.text() != before
    told = network.training.spreads
    curve = page.ratio._curves[1]
    assert np.allclose(10.0 ** curve.getData()[1], told.layers[1].ratio)
    assert page.weights._image.image is not None


def test_a_hidden_page_asks_for_nothing(page, studio, network, qtbot):
    assert network.training._watching == {page}
    studio.show_page("optimizer")
    optimizer = studio.page("optimizer")
    assert network.training._watching == {optimizer}
    studio.hide()
    assert network.training._watching == set()
    assert network.training.spreads is None
    studio.show()
    studio.show_page("weights")
    qtbot.waitUntil(lambda: network.training.spreads is not None)


def test_another_document_has_other_layers(page, network, qtbot):
    network.new()
    assert not page.layer.isVisible()
    assert page._empty.isVisible()
    assert page.weights._image.image is None
