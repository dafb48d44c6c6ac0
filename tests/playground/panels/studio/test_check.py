"""The page of the gradient check over a small network: rows, light, scopes, batch, work."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from engine.errors import accept
from engine.graph.properties import set_value
from engine.run.bugs import Ground, planted
from engine.run.rules import RIGHT
from playground.panels.studio.check import checker as checking


@pytest.fixture
def page(studio, network, qtbot):
    """Show the page; what is shown is checked."""
    studio.show()
    studio.show_page("check")
    page = studio.page("check")
    settle(page, qtbot)
    return page


def settle(page, qtbot) -> None:
    qtbot.waitUntil(lambda: page.checker.is_current and not page.checker.is_busy, timeout=20_000)


def names(page) -> list[str]:
    model = page.table.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def choose(page, key: str) -> None:
    [scope] = [action for action in page.scopes.actions() if action.data() == key]
    scope.trigger()


def test_every_parameter_has_a_row_and_agrees_to_nine_digits_and_more(page, network):
    assert len(names(page)) == 9
    assert page.summary.text().startswith("9 gradients agree to 1e-1")
    assert {page.table.model().index(row, 4).data() for row in range(9)} == {"agrees"}
    assert not page.suspected.isVisible()
    assert page.stepped.text().startswith("The gradients promise −")


def test_a_sample_that_is_shown_alone_is_checked_alone_whatever_the_batch_has(
    page, network, qtbot
):
    network.set_scope("batch")
    network.flush()
    settle(page, qtbot)
    assert page.about.text().startswith("Over all training samples")
    network.whose.switch(on=True)
    network.whose.point(3)
    network.flush()
    settle(page, qtbot)
    assert {page.table.model().index(row, 4).data() for row in range(9)} == {"agrees"}
    assert page.about.text() == ""


def test_leaves_and_all_nodes_can_be_checked_as_well(page, network, qtbot):
    counts = {}
    for key in ("leaves", "all", "parameters"):
        choose(page, key)
        settle(page, qtbot)
        counts[key] = len(names(page))
    reached = network.result.reached & network.result.computed
    leaves = [n for n in network.result.ids[reached].tolist() if network.document.node(n).is_leaf]
    assert counts == {"leaves": len(leaves), "all": int(reached.sum()), "parameters": 9}


def test_what_disagrees_comes_first_and_is_named(page, network, qtbot):
    ground = Ground(network.document, network.live.result, 0.1)
    network.tracing.plant(planted(["sign"], ground))
    settle(page, qtbot)
    model = page.table.model()
    assert model.index(0, 4).data() == "disagrees"
    assert " of 9 disagree, the most: " in page.summary.text()
    assert page.suspected.isVisible()
    errors = [float(model.index(row, 3).data().replace("−", "-")) for row in range(9)]
    wrong = [e for row, e in enumerate(errors) if model.index(row, 4).data() == "disagrees"]
    assert wrong == sorted(wrong, reverse=True)
    assert "as if the sign of a derivative" in page.suspected.text()
    with qtbot.waitSignal(network.reveal):
        QTest.mouseClick(page.there, Qt.MouseButton.LeftButton)
    [origin] = network.selection
    assert network.document.name(origin) in page.suspected.text()
    network.tracing.plant(RIGHT)
    settle(page, qtbot)
    assert page.summary.text().startswith("9 gradients agree")


def test_a_row_lights_its_node_and_a_click_selects_it(page, network, qtbot):
    view, model = page.table.viewport(), page.model
    place = page.table.visualRect(model.index(2, 0)).center()
    QTest.mouseMove(view, place - QPoint(0, 30))
    QTest.mouseMove(view, place)
    qtbot.waitUntil(lambda: network.lit.nodes == {model.node(2)})
    assert set(network.lit.wires) == set(network.document.consumers(model.node(2)))
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=place)
    assert network.selection == {model.node(2)}
    page.hide()
    assert not network.lit.nodes


def test_what_is_selected_on_the_canvas_is_the_row_that_is_chosen(page, network):
    node = page.model.node(4)
    network.set_selection({node})
    assert page.model.node(page.table.currentIndex().row()) == node


def test_rows_are_found_by_name_and_sorted_by_any_column(page):
    QTest.keyClicks(page.filter, "output")
    assert len(names(page)) == 3
    page.filter.clear()
    page.table.sortByColumn(2, Qt.SortOrder.AscendingOrder)
    shown = [float(page.model.index(row, 2).data().replace("−", "-")) for row in range(9)]
    assert shown == sorted(shown)


def test_over_the_batch_the_gradients_of_the_objective_are_checked(page, network, qtbot):
    network.set_scope("batch")
    network.flush()
    settle(page, qtbot)
    assert page.summary.text().startswith("9 gradients agree to 1e-")
    assert page.about.text() == "Over all training samples, penalties included."


def test_a_step_can_be_tried_with_any_length_and_a_word_is_refused(page, network, qtbot):
    refused = []
    network.refused.connect(refused.append)
    page.rate.setFocus()
    page.rate.selectAll()
    QTest.keyClicks(page.rate, "1e-9")
    QTest.keyClick(page.rate, Qt.Key.Key_Return)
    settle(page, qtbot)
    assert page.checker.rate == 1e-9
    promised, happened = (
        float(word.strip(".;").replace("−", "-"))
        for word in page.stepped.text().split()
        if word.strip(".;")[-1].isdigit()
    )
    assert promised == pytest.approx(happened, rel=1e-3)
    page.rate.selectAll()
    QTest.keyClicks(page.rate, "far")
    QTest.keyClick(page.rate, Qt.Key.Key_Return)
    assert refused == ["“far” is no number. Type the length of a step, as 0.1."]
    assert page.checker.rate == 1e-9


def test_nothing_is_checked_while_nobody_looks_and_once_when_somebody_does(page, network, qtbot):
    page.hide()
    before, document = page.checker.runs, network.document
    node = page.model.node(0)
    for k in range(3):
        network.do(accept(set_value(document, node, 0.1 * k)))
        network.flush()
    qtbot.wait(150)
    assert page.checker.runs == before
    page.show()
    settle(page, qtbot)
    assert page.checker.runs == before + 1


def test_a_long_check_says_how_far_it_is_and_can_be_stopped(page, network, qtbot, monkeypatch):
    def endless(task):
        while not task.progress.cancelled:
            task.progress.total, task.progress.done = 9, 4

    monkeypatch.setattr(checking, "examine", endless)
    choose(page, "all")
    qtbot.waitUntil(page.bar.isVisible)
    assert (page.bar.value(), page.bar.maximum()) == (4, 9)
    QTest.mouseClick(page.stop, Qt.MouseButton.LeftButton)
    assert not page.bar.isVisible()
    assert page.about.text() == "What is shown has changed since."
    monkeypatch.undo()
    QTest.mouseClick(page.again, Qt.MouseButton.LeftButton)
    settle(page, qtbot)
    assert not page.again.isVisible()


def test_while_training_it_waits_to_be_asked(page, network, qtbot):
    network.training.set_speed(None)
    network.training.play()
    qtbot.waitUntil(lambda: page.about.text() == "Training goes on: pause it, or check now.")
    runs = page.checker.runs
    qtbot.wait(200)
    assert page.checker.runs == runs
    with qtbot.waitSignal(network.training.stopped):
        network.training.pause()
    settle(page, qtbot)
    assert page.checker.runs > runs


def test_an_empty_canvas_has_a_sentence(page, network, qtbot):
    network.new()
    network.flush()
    settle(page, qtbot)
    assert page.summary.text().startswith("There is nothing to check: choose an output")
    assert names(page) == []
