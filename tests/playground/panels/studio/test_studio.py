"""The studio: pages that are made when they are first seen, and what the optimiser remembers."""

import numpy as np
import pytest
from PySide6.QtCore import Qt

from engine.graph.properties import set_training
from playground.panels.studio.optimizer import OptimizerPage
from playground.panels.studio.pages import PAGES
from playground.settings import STUDIO_PAGE


def test_a_page_is_made_when_it_is_first_seen(studio, qtbot, settings):
    assert studio.findChildren(OptimizerPage) == []
    made = studio.page("optimizer")
    assert studio.page("optimizer") is made
    assert studio.findChildren(OptimizerPage) == [made]
    for tab in studio.tabs.actions():
        tab.trigger()
        assert settings.read(STUDIO_PAGE) == tab.data()
    assert len(studio.tabs.actions()) == len(PAGES)


def test_pages_stand_in_a_list_where_there_is_no_room_for_tabs(studio, qtbot, settings):
    studio.setMinimumSize(200, 100)  # as its dock has it
    studio.show()
    studio.resize(900, 300)
    assert not studio.choice.isVisible()
    studio.resize(240, 300)
    assert studio.choice.isVisible()
    studio.choice.entered.emit("results")
    assert settings.read(STUDIO_PAGE) == "results"
    studio.show_page("space")
    assert studio.choice.currentData() == "space"


def test_an_empty_document_has_a_sentence_in_place_of_a_table(studio, network, qtbot):
    studio.show()
    studio.show_page("optimizer")
    page = studio.page("optimizer")
    network.new()
    qtbot.waitUntil(page._empty.isVisible)
    assert not page.table.isVisible()
    assert not page.filter.isVisible()


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
    assert titles[3:] == list(snapshot.remembered)
    for k, numbers in enumerate(snapshot.remembered.values(), start=3):
        shown = [float(model.index(row, k).data().replace("−", "-")) for row in range(9)]
        assert np.allclose(shown, numbers, rtol=1e-4, atol=1e-6)


def test_a_row_that_is_chosen_is_selected_on_the_canvas(studio, network, qtbot):
    studio.show()
    studio.show_page("optimizer")
    with qtbot.waitSignal(network.training.stopped):
        network.training.step()
    page = studio.page("optimizer")
    page.table.setCurrentIndex(page.table.model().index(3, 0))
    assert network.selection == {int(network.training.snapshot.parameters[0][3])}


@pytest.fixture
def page(studio, network, qtbot):
    """Show the page of the optimiser after a step."""
    studio.resize(900, 320)
    studio.show()
    studio.show_page("optimizer")
    with qtbot.waitSignal(network.training.stopped):
        network.training.step()
    training = network.training
    qtbot.waitUntil(lambda: training.spreads is not None and training.spreads.latest.step == 1)
    return studio.page("optimizer")


def column(page, number: int) -> list[str]:
    rows = page.table.model()
    return [rows.index(row, number).data() for row in range(rows.rowCount())]


def test_the_gradient_beside_each_parameter_is_that_of_now(page, network):
    assert page.model.headerData(2, Qt.Orientation.Horizontal) == "gradient"
    shown = [float(text.replace("−", "-")) for text in column(page, 2)]
    assert np.allclose(shown, network.training.spreads.latest.gradient, rtol=1e-4, atol=1e-9)


def test_the_rows_can_be_sorted_by_any_column_and_searched_by_name(page, network):
    page.table.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    shown = [float(text.replace("−", "-")) for text in column(page, 1)]
    assert shown == sorted(shown, reverse=True)
    page.filter.setText("OUTPUT")
    assert len(column(page, 0)) == 3
    assert all("output" in name for name in column(page, 0))
    assert "3 of 9" in page._about.text()
    page.filter.clear()
    assert len(column(page, 0)) == 9
    page.table.setCurrentIndex(page.table.model().index(0, 0))
    largest = network.training.snapshot.parameters
    assert network.selection == {int(largest[0][largest[1].argmax()])}


def test_what_is_selected_on_the_canvas_is_the_row_that_is_chosen(page, network):
    ids = network.training.snapshot.parameters[0].tolist()
    page.table.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    network.set_selection({ids[4]})
    assert page.model.node(page.table.currentIndex().row()) == ids[4]
    network.set_selection(())
    network.set_wires({(1, 0)}, (ids[2],))
    assert page.model.node(page.table.currentIndex().row()) == ids[2]
    assert network.selection == frozenset()
    network.set_wires((), ())
    assert not page.table.selectionModel().hasSelection()


def test_rows_stay_where_they_are_while_numbers_change_and_the_chosen_one_stays_chosen(
    page, network, qtbot
):
    page.table.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    page.table.setCurrentIndex(page.model.index(2, 0))
    order, chosen = column(page, 0), network.selection
    with qtbot.waitSignal(network.training.stopped):
        network.training.step()
    assert column(page, 0) == order
    page.table.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    assert {page.model.node(page.table.currentIndex().row())} == chosen
    assert network.selection == chosen


def test_a_cross_asks_for_the_studio_to_be_hidden(studio, qtbot):
    asked: list[str] = []
    studio.asked.connect(asked.append)
    studio.show()
    studio.close_action.trigger()
    assert asked == ["view.panel.studio"]
