"""The page of the results: what is measured while it is seen, and what its cells lead to."""

import numpy as np
import pytest
from PySide6.QtCore import Qt

from engine.graph.properties import set_data, set_link
from engine.train.metrics import classes
from engine.train.results import Part


@pytest.fixture
def page(studio, network, qtbot):
    network.do(set_data(network.document, test_share=0.25))
    network.flush()
    studio.show()
    studio.show_page("results")
    qtbot.waitExposed(studio)
    return studio.page("results")


def train(session, qtbot, steps: int = 5) -> None:
    with qtbot.waitSignal(session.training.stopped):
        session.training.step(steps)


def scores(session):
    """Return the prediction of every sample by the canvas's own numbers, one after the other."""
    [node] = session.document.marked("prediction")
    found = []
    for sample in range(len(session.samples)):
        session.set_sample(sample)
        session.flush()
        found.append(session.result.number(node))
    return np.array(found)


def test_the_matrix_counts_what_the_canvas_predicts_of_each_sample(page, network, qtbot):
    train(network, qtbot)
    told = (scores(network) > 0).astype(int)
    truth = classes(network.samples.labels)
    for test, rows in ((False, network.samples.train), (True, network.samples.test)):
        page.tests.setChecked(test)
        wanted = np.zeros((2, 2), int)
        for true, taken in zip(truth[rows], told[rows], strict=True):
            wanted[true, taken] += 1
        assert page.matrix.counts.tolist() == wanted.tolist()


def test_shares_are_those_of_each_true_class(page, network, qtbot):
    page.matrix.show_counts(np.array([[3, 1], [0, 5]]), ("a", "b"))
    qtbot.mouseClick(page.shares, Qt.MouseButton.LeftButton)
    texts = [[page.matrix.text(true, taken) for taken in range(2)] for true in range(2)]
    assert texts == [["75 %", "25 %"], ["0 %", "100 %"]]


def test_a_cell_leads_from_one_of_its_samples_to_the_next(page, network, qtbot):
    train(network, qtbot)
    part = page.part(network.training.results)
    true, taken = np.unravel_index(int(part.counts.argmax()), (2, 2))
    rows = part.rows(true, taken)
    place = page.matrix.cell(true, taken).center().toPoint()
    seen = []
    for _click in range(len(rows) + 1):
        qtbot.mouseClick(page.matrix, Qt.MouseButton.LeftButton, pos=place)
        seen.append(network.view.sample)
    assert seen == [*rows, rows[0]]


def test_a_cell_off_the_diagonal_is_that_of_its_row_and_column(page, network, qtbot):
    page.matrix.show_counts(np.array([[3, 1, 2], [0, 5, 0], [4, 0, 6]]), ("a", "b", "c"))
    place = page.matrix.cell(0, 2).center().toPoint()
    with qtbot.waitSignal(page.matrix.chosen) as chosen:
        qtbot.mouseClick(page.matrix, Qt.MouseButton.LeftButton, pos=place)
    assert chosen.args == [0, 2]


def test_keys_walk_through_the_cells(page, network, qtbot):
    train(network, qtbot)
    page.matrix.setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Down):
        qtbot.keyClick(page.matrix, key)
    with qtbot.waitSignal(page.matrix.chosen) as chosen:
        qtbot.keyClick(page.matrix, Qt.Key.Key_Return)
    assert chosen.args == [1, 1]
    assert "+1" in page.matrix.accessibleDescription()


def test_accuracies_are_drawn_over_the_steps(page, network, qtbot):
    train(network, qtbot)
    train(network, qtbot)
    train_line, test_line = page.chart.lines
    assert train_line.numbers[-1] == network.training.snapshot.train_accuracy
    assert test_line.numbers[-1] == network.training.snapshot.test_accuracy
    assert train_line.steps[-1] == 10


def test_numbers_are_drawn_against_the_true_ones_with_r_squared(page, network, qtbot):
    network.do(set_link(network.document, "number"))
    network.flush()
    train(network, qtbot)
    qtbot.waitUntil(lambda: page.score.text() != "")
    x, y = page.scatter.spots.getData()
    told, truth = scores(network), network.samples.labels
    rows = network.samples.train
    assert np.allclose(y, told[rows])
    assert np.array_equal(x, truth[rows])
    wanted = 1 - np.sum((truth - told)[rows] ** 2) / np.sum(
        (truth[rows] - truth[rows].mean()) ** 2
    )
    assert float(page.score.text().split()[1].replace("−", "-")) == pytest.approx(wanted, rel=1e-3)
    assert not page.chart.isVisible()  # there is no accuracy of numbers


def test_nothing_is_measured_while_nobody_looks(page, studio, network, qtbot, monkeypatch):
    from engine.train.trainer import Trainer

    counted = []
    results = Trainer.results
    monkeypatch.setattr(Trainer, "results", lambda self: counted.append(1) or results(self))
    studio.show_page("loss")
    train(network, qtbot)
    counted.clear()
    train(network, qtbot)
    assert not counted
    studio.show_page("results")
    qtbot.waitUntil(lambda: bool(counted))


def test_an_empty_document_says_what_is_missing(page, network, qtbot):
    network.new()
    assert page._stack.currentWidget() is page._empty
    page.grab()


def test_a_part_finds_the_rows_of_a_cell_among_all_samples():
    part = Part(10, np.array([0.0, 1.0, 1.0]), np.array([1.0, 1.0, 1.0]))
    assert part.rows(1, 1) == [11, 12]
    assert part.rows(0, 0) == []
