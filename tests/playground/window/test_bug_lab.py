"""The bug lab and the gradient check in the whole window, by keys and clicks; what stays true."""

import random

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.exchange.exporters import EXPORTERS
from engine.files import write
from engine.graph.properties import set_value
from engine.run.bugs import BUGS
from engine.run.rules import RIGHT
from tests.playground.window.driving import turn

HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
LEFT = Qt.MouseButton.LeftButton


def keys(window, key: Qt.Key) -> None:
    """Press Ctrl+Alt and a key."""
    QTest.keyClick(QApplication.focusWidget() or window, key, HELD)
    turn()


def press(button) -> None:
    QTest.mouseClick(button, LEFT)
    turn()


def tick(box) -> None:
    QTest.mouseClick(box, LEFT, pos=QPoint(10, box.height() // 2))
    turn()


@pytest.fixture
def lab(window, session, qtbot):
    """Show the bug lab over an example, as soon as it is known what shows in it."""

    def show(example: str):
        session.open_example(example)
        session.flush()
        keys(window, Qt.Key.Key_B)
        page = window.studio.page("bugs")
        assert page.isVisible()
        qtbot.waitUntil(lambda: page.lab.survey is not None)
        return page

    return show


@pytest.fixture
def check(window, session, qtbot):
    """Show the gradient check, of all nodes, as soon as it is about what is shown."""

    def show():
        keys(window, Qt.Key.Key_K)
        page = window.studio.page("check")
        assert page.isVisible()
        [scope] = [action for action in page.scopes.actions() if action.data() == "all"]
        scope.trigger()
        qtbot.waitUntil(lambda: page.checker.is_current and not page.checker.is_busy)
        turn()
        return page

    return show


def row(page, name: str) -> dict[str, str]:
    """Return what the row of a node says, by column."""
    model = page.table.model()
    [found] = [k for k in range(model.rowCount()) if model.index(k, 0).data() == name]
    cells = [model.index(found, k).data() for k in range(model.columnCount())]
    titles = [model.headerData(k, Qt.Orientation.Horizontal) for k in range(model.columnCount())]
    return dict(zip(titles, cells, strict=True))


def test_a_plus_a_has_a_gradient_of_1_with_the_bug_and_the_check_says_what_it_looks_like(
    window, session, lab, check
):
    page = lab("same-value-twice")
    assert not window.banner.isVisible()
    tick(page.switches.boxes["overwrite"])
    assert window.banner.isVisible()
    assert page.lines.right.text() == "self.grad += out.grad"
    assert page.lines.wrong.text() == "self.grad = out.grad"
    found = check()
    assert row(found, "a") == {
        "node": "a",
        "shown": "1.0",
        "by differences": "2.0",
        "relative error": "0.5",
        "verdict": "disagrees",
    }
    assert found.summary.text() == "1 of 2 disagree, the most: a."
    assert "is it overwritten?" in found.suspected.text()
    press(window.banner.remove)
    assert not window.banner.isVisible()
    assert not page.switches.boxes["overwrite"].isChecked()
    found = check()
    assert row(found, "a")["shown"] == "2.0"
    assert found.summary.text().startswith("2 gradients agree to 1e-1")


def test_of_d_times_e_the_last_part_wins(session, lab, check):
    page = lab("shared-values")
    tick(page.switches.boxes["overwrite"])
    found = check()
    assert row(found, "a")["shown"] in ("−6.0", "3.0")
    assert row(found, "b")["shown"] in ("−6.0", "−2.0")
    assert (row(found, "a")["by differences"], row(found, "b")["by differences"]) == (
        "−3.0",
        "−8.0",
    )


def test_a_bug_that_does_not_show_says_why_and_an_example_shows_it(window, session, lab, qtbot):
    page = lab("tanh-neuron")
    said = []
    session.refused.connect(said.append)
    tick(page.switches.boxes["overwrite"])
    assert said == [
        "“= in place of +=” does not show here: no value has two wires that both bring something."
    ]
    assert not session.tracing.is_planted
    assert not page.switches.boxes["overwrite"].isChecked()
    assert "no value has two wires" in page.answer.text()
    press(page.example)
    qtbot.waitUntil(lambda: session.tracing.is_planted)
    assert session.name == "One value, two wires"
    assert page.switches.boxes["overwrite"].isChecked()
    assert session.result.slope(session.document.find("a")) == 1.0


@pytest.mark.parametrize("key", BUGS)
def test_the_game_a_hidden_bug_is_guessed_with_a_hint_and_a_reason(
    session, lab, key, monkeypatch, qtbot
):
    page = lab("four-points" if key != "rate" else "quadratic-descent")
    monkeypatch.setattr(random.Random, "choice", lambda _self, found: found[found.index(key)])
    press(page.hide_one)
    assert session.tracing.is_planted
    assert page.title.text() == "A bug is planted. Which one is it?"
    assert not page.lines.isVisible()
    assert not page.switches.isVisible()
    assert BUGS[key].title not in page.title.text() + page.text.text() + page.answer.text()
    wrong = "zero_grad" if key != "zero_grad" else "backward"
    press(page.guesses.buttons[wrong])
    assert page.answer.text().startswith(f"It is not “{BUGS[wrong].title}”.")
    assert not page.guesses.buttons[wrong].isEnabled()
    press(page.hint)
    assert BUGS[key].hint in page.answer.text()
    press(page.guesses.buttons[key])
    assert page.title.text() == f"Right, with 2 guesses: {BUGS[key].title}"
    assert page.text.text() == BUGS[key].does
    assert page.lines.wrong.text() == BUGS[key].lines(page.lab.survey.ground)[1]
    assert page.tally.text() == "1 found, 2 guesses"
    press(page.remove)
    assert not session.tracing.is_planted
    assert page.switches.isVisible()


def test_the_game_can_be_given_up_and_another_one_be_begun(session, lab):
    page = lab("tanh-from-exp")
    press(page.hide_one)
    first = page.lab.hunt.secret
    press(page.tell)
    assert page.title.text() == f"It was: {BUGS[first].title}"
    assert page.hide_one.text() == "Another one"
    press(page.hide_one)
    assert page.lab.hunt.secret != first


def test_the_game_leads_to_the_check_and_to_the_stepper(window, session, lab):
    page = lab("tanh-from-exp")
    press(page.hide_one)
    press(page.check)
    assert window.studio.page("check").isVisible()
    keys(window, Qt.Key.Key_B)
    press(page.step)
    assert session.tracing.on
    assert session.tracing.is_planted


@pytest.mark.parametrize("key", BUGS)
def test_document_file_exports_copies_and_true_numbers_know_nothing_of_a_bug(
    window, session, lab, key, tmp_path, qapp
):
    page = lab(BUGS[key].example)
    document, true = session.document, session.live.result
    before, saved = write(document), tmp_path / "planted.mgp"
    codes = {name: one.write(document, frozenset()) for name, one in EXPORTERS.items()}
    session.set_selection({node.id for node in document.nodes()})
    window.clipboard.copy()
    copied = qapp.clipboard().text()
    motif = window.exporting._motif("all")
    tick(page.switches.boxes[key])
    assert session.tracing.is_planted
    assert write(document) == before
    assert session.save_copy(saved)
    assert saved.read_bytes() == before
    assert session.live.result is true
    assert {name: one.write(document, frozenset()) for name, one in EXPORTERS.items()} == codes
    window.clipboard.copy()
    assert qapp.clipboard().text() == copied
    planted = window.exporting._motif("all")
    assert planted.picture.readings.result is motif.picture.readings.result is true
    assert not session.is_dirty
    assert session.stack.count() == 0


@pytest.mark.parametrize("key", ["overwrite", "sign", "float32", "backward"])
def test_training_goes_the_same_way_while_a_bug_is_planted(session, lab, key, qtbot):
    def trained(planted: bool) -> list[float]:
        page = lab("four-points")
        if planted:
            tick(page.switches.boxes[key])
            assert session.tracing.is_planted
        with qtbot.waitSignal(session.training.stopped, timeout=20_000):
            session.training.step(3)
        session.settle()
        return [node.value for node in session.document.nodes() if node.trainable]

    without = trained(planted=False)
    assert trained(planted=True) == without


def test_a_number_is_edited_from_what_it_is_and_not_from_what_the_bug_shows(window, session, lab):
    page = lab("tanh-neuron")
    tick(page.switches.boxes["float32"])
    b = session.document.find("b")
    shown, own = session.result.number(b), session.document.node(b).value
    assert shown != own
    session.set_selection({b})
    window.canvas.setFocus()
    QTest.keyClick(window.canvas, Qt.Key.Key_Up)
    turn()
    assert session.document.node(b).value == pytest.approx(own + 0.1, abs=1e-10)
    assert session.document.node(b).value != pytest.approx(shown + 0.1, abs=1e-9)


def test_another_document_and_the_menu_remove_the_bug(window, session, lab):
    page = lab("same-value-twice")
    tick(page.switches.boxes["overwrite"])
    window.refresh()
    assert window.commands["insight.sound"].isEnabled()
    window.commands["insight.sound"].trigger()
    assert session.tracing.rules == RIGHT
    assert not page.lab.keys
    tick(page.switches.boxes["overwrite"])
    session.open_example("chain")
    turn()
    assert not session.tracing.is_planted
    assert not page.lab.keys
    assert not window.banner.isVisible()


def test_numbers_that_change_change_what_the_bug_shows_and_what_is_checked(
    session, lab, check, qtbot
):
    page = lab("shared-values")
    tick(page.switches.boxes["overwrite"])
    found = check()
    a = session.document.find("a")
    before = row(found, "b")["shown"]
    session.do(set_value(session.document, a, 5.0))
    session.flush()
    qtbot.waitUntil(lambda: found.checker.is_current and not found.checker.is_busy)
    assert row(found, "b")["shown"] != before
    assert session.tracing.is_planted
