"""The studio: pages that are made when they are first seen, and what the optimiser remembers."""

import numpy as np
from PySide6.QtCore import Qt

from engine.graph.properties import set_training
from playground.panels.studio.pages import PAGES
from playground.settings import STUDIO_PAGE


def test_a_page_is_made_when_it_is_first_seen(studio, qtbot, settings):
    assert studio.findChildren(type(studio.page("optimizer"))) == [studio.page("optimizer")]
    for tab in studio.tabs.actions():
        tab.trigger()
        assert settings.read(STUDIO_PAGE) == tab.data()
    assert len(studio.tabs.actions()) == len(PAGES)


def test_what_adam_remembers_stands_beside_each_parameter(studio, network, qtbot):
    network.do(set_training(network.document, optimizer="adam"))
    network.flush()
    studio.show()
    studio.show_page("optimizer")
    with qtbot.waitSignal(network.training.stopped):
        network.training.step()
    model = studio.page("optimizer").model
    snapshot = network.training.snapshot
    assert model.rowCount() == len(snapshot.parameters[0]) == 9
    titles = [model.headerData(k, Qt.Orientation.Horizontal) for k in range(model.columnCount())]
    assert titles[2:] == list(snapshot.remembered)
    for k, numbers in enumerate(snapshot.remembered.values(), start=2):
        shown = [float(model.index(row, k).data().replace("−", "-")) for row in range(9)]
        assert np.allclose(shown, numbers, rtol=1e-4, atol=1e-6)


def test_a_row_that_is_chosen_is_selected_on_the_canvas(studio, network, qtbot):
    studio.show()
    studio.show_page("optimizer")
    with qtbot.waitSignal(network.training.stopped):
        network.training.step()
    page = studio.page("optimizer")
    page.table.setCurrentIndex(page.model.index(3, 0))
    assert network.selection == {int(network.training.snapshot.parameters[0][3])}
