"""The page of the doctor in a real studio: what it lists, where it leads, and what it mends."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from engine.errors import accept
from engine.graph.properties import set_training, set_values


@pytest.fixture
def page(studio, network, qtbot):
    studio.resize(900, 320)
    studio.show()
    studio.show_page("doctor")
    qtbot.waitUntil(lambda: network.training.report is not None)
    return studio.page("doctor")


def dead(session) -> None:
    """Give the hidden units a bias that no sample reaches."""
    document = session.document
    hidden = [n for n in document.nodes() if n.trainable and n.slot and n.slot[0] == 0]
    ids = [n.id for n in hidden if n.slot[-1] == "bias"]
    assert session.do(accept(set_values(document, ids, [-50.0] * len(ids), "Set")))
    session.flush()


def press(button) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_healthy_run_has_a_line_that_says_what_was_checked(page):
    assert page._summary.text() == "Nothing is wrong at step 0"
    assert page._checked.text().startswith("Checked: every number is finite; ")
    assert page.rows == {}


def test_dead_units_are_listed_led_to_and_healed_by_a_click(page, network, qtbot):
    dead(network)
    qtbot.waitUntil(lambda: len(page.rows) == 1)
    [row] = page.rows.values()
    assert row._text.text() == "Layer 1: all 2 units are dead, the same and flat in 40 samples."
    assert row._since.text() == "since step 0"
    assert page._summary.text() == "1 finding at step 0"
    neurons = {g.id for g in network.document.groups.values() if g.slot in ((0, 0), (0, 1))}
    network.set_view(folded=frozenset(neurons))
    with qtbot.waitSignal(network.reveal) as revealed:
        press(row.there)
    assert revealed.args[0] == network.selection
    assert network.selection == neurons
    [leaky] = [button for button in row.buttons if button.text() == "Leaky ReLUs"]
    press(leaky)
    assert network.stack.undoText() == "Leaky ReLUs"
    network.flush()
    qtbot.waitUntil(lambda: page.rows == {} and network.training.report is not None)
    assert page._summary.text().startswith("Nothing is wrong")
    network.undo()
    network.flush()
    qtbot.waitUntil(lambda: len(page.rows) == 1)


def test_a_remedy_that_was_taken_is_offered_no_more(page, network, qtbot):
    network.do(set_training(network.document, learning_rate=0.5, schedule="constant", l2=10.0))
    network.flush()
    qtbot.waitUntil(lambda: ("shrinking", 0) in page.rows)
    row = page.rows["shrinking", 0]
    assert row.there.isHidden()
    [weaker] = [button for button in row.buttons if button.text() == "L2 0.1"]
    press(weaker)
    assert network.document.training.l2 == 0.1
    qtbot.waitUntil(lambda: page.rows == {})


def test_a_run_that_explodes_goes_back_to_its_best_weights(page, network, qtbot):
    network.do(set_training(network.document, learning_rate=1e6, l2=0.0, schedule="constant"))
    network.flush()
    network.training.set_speed(None)
    with qtbot.waitSignal(network.training.stopped, timeout=20_000):
        network.training.play()
    qtbot.waitUntil(lambda: any(key == "not finite" for key, _place in page.rows))
    row = next(row for (key, _place), row in page.rows.items() if key == "not finite")
    assert not row.there.isHidden()
    assert row.buttons[0].text().startswith("Learning rate ")
    press(page.best)
    qtbot.waitUntil(lambda: page.rows == {})
    best = network.training.best
    ids, numbers = best.parameters
    assert [network.document.node(i).value for i in ids.tolist()] == numbers.tolist()


def test_a_document_that_cannot_be_trained_says_why(page, network, qtbot):
    network.new()
    qtbot.waitUntil(lambda: network.training.refusal is not None)
    assert page._summary.text() == "There is no run to examine"
    assert page._checked.text() == str(network.training.refusal)


@pytest.mark.parametrize("name", ["Leaky ReLUs", "He weights", "New weights"])
def test_a_remedy_may_be_taken_while_training_plays(page, network, qtbot, name):
    dead(network)
    qtbot.waitUntil(lambda: len(page.rows) == 1)
    network.training.play()
    qtbot.waitUntil(lambda: network.training.snapshot.step > 20)
    [row] = page.rows.values()
    [button] = [button for button in row.buttons if button.text() == name]
    press(button)
    assert network.stack.undoText() == name
    network.flush()
    if not network.training.running:
        network.training.play()
    before = network.training.snapshot.step if network.training.snapshot else 0
    qtbot.waitUntil(
        lambda: network.training.snapshot is not None and network.training.snapshot.step != before
    )
    network.training.pause()
    network.flush()
    qtbot.waitUntil(lambda: network.training.report is not None)
    assert network.training.snapshot.problem is None
