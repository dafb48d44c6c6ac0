"""The page of both modes: its tables against the tape, its meter against counting, gestures."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.errors import accept
from engine.exchange.program import insert_text
from engine.graph.properties import set_label, set_role, set_value
from engine.graph.verbs import delete
from playground.panels.studio.modes import costs, tables
from playground.panels.studio.modes.costs import Tally
from playground.panels.studio.modes.meter import verdict
from playground.session.lit import NOTHING_LIT, Lit


def typed(session, text: str, **numbers: float) -> dict[str, int]:
    """Insert a formula with these numbers; return its nodes by name."""
    session.do(accept(insert_text(session.document, text, (0.0, 0.0))))
    names = {node.label: node.id for node in session.document.nodes() if node.label}
    for name, number in numbers.items():
        session.do(set_value(session.document, names[name], number))
    session.flush()
    return names


@pytest.fixture
def page(session, themes, settings, qtbot):
    from playground.panels.studio.modes import ModesPage

    page = ModesPage(session, themes, settings)
    qtbot.addWidget(page)
    page.resize(1100, 360)
    return page


def shown(page, qtbot):
    page.show()
    qtbot.waitExposed(page)
    qtbot.waitUntil(lambda: page._costs.forward.complete and page._costs.reverse.complete)
    return page


def column(trace, number: int) -> dict[str, object]:
    """Return the cells of a column by the names of the nodes."""
    document = trace._session.document
    return {
        document.name(trace.node(row)): trace.data(trace.index(row, number))
        for row in range(trace.rowCount())
    }


def test_both_tables_say_what_the_lecture_says(session, page, qtbot):
    names = typed(session, "L = (a*b + c)*f", a=2.0, b=-3.0, c=10.0, f=-2.0)
    session.set_selection({names["a"]})
    shown(page, qtbot)
    assert page.seed.currentText() == "a"
    tangents = column(page.forward.trace, 3)
    assert (tangents["a"], tangents["L"]) == ("1.0", "6.0")
    assert (tangents["b"], tangents["c"], tangents["f"]) == ("0", "0", "0")
    assert column(page.forward.trace, 2)["L"] == "−2.0 · −3.0"
    adjoints = column(page.reverse.trace, 3)
    assert {name: adjoints[name] for name in "Lfcab"} == {
        "L": "1.0",
        "f": "4.0",
        "c": "−2.0",
        "a": "6.0",
        "b": "−4.0",
    }
    assert next(iter(adjoints)) == "L"
    assert "6.0 by forward mode and 6.0 by reverse mode" in page.about.text()


def test_every_tangent_of_the_output_is_the_gradient_of_the_tape(session, page, qtbot):
    names = typed(session, "o = tanh(x*w + y*v + b) * w", x=0.3, w=-0.7, y=0.5, v=0.2, b=0.1)
    shown(page, qtbot)
    for name in "xwyvb":
        page._enter_seed(str(names[name]))
        result = session.live.result
        ahead = page.forward.trace.derivative(result.output)
        assert ahead == pytest.approx(result.slope(names[name]), rel=1e-12)
        assert page.reverse.trace.derivative(names[name]) == pytest.approx(ahead, rel=1e-12)


def test_the_meter_measures_a_pass_for_each_parameter_against_one(session, page, qtbot):
    typed(session, "mlp 3 4 4 1 tanh")
    shown(page, qtbot)
    wires = len(session.live.result.edge_row)
    words, total, bar = page.meter.forward
    assert words.text() == f"Forward: 41 passes × {wires}"
    assert total.text() == f"{41 * wires:,}"
    assert bar.part == 1.0
    words, total, bar = page.meter.reverse
    assert words.text() == f"Reverse: 1 pass × {wires}"
    assert total.text() == f"{wires:,}"
    assert bar.part == pytest.approx(1 / 41)
    assert page.meter.verdict.text().startswith("Reverse mode takes 41 times fewer")
    assert f"{page._costs.forward.idle:,} of forward mode’s" in page.meter.verdict.text()


def test_forward_mode_wins_with_one_input_and_many_outputs(session, page, qtbot):
    typed(session, "p = x*x; q = p*x; r = q*x", x=2.0)
    shown(page, qtbot)
    QTest.keyClick(page.of, Qt.Key.Key_End)  # every operation
    qtbot.waitUntil(lambda: page._costs.reverse.passes == 3 and page._costs.reverse.complete)
    QTest.keyClick(page.by, Qt.Key.Key_End)  # the seed alone
    qtbot.waitUntil(lambda: page._costs.forward.passes == 1 and page._costs.forward.complete)
    assert page._costs.forward.multiplications == 6
    assert page._costs.reverse.multiplications == 2 + 4 + 6
    assert page.meter.verdict.text().startswith("Forward mode takes 2 times fewer")


def test_pointing_at_a_row_lights_its_node_and_wires(session, page, qtbot):
    names = typed(session, "c = a*b", a=2.0, b=-3.0)
    shown(page, qtbot)
    for view, chips, forward in (
        (page.forward, {"·−3.0"}, True),
        (page.reverse, {"+−3.0", "+2.0"}, False),
    ):
        row = view.trace.row(names["c"])
        at = view.visualRect(view.trace.index(row, 0)).center()
        QTest.mouseMove(view.viewport(), at)
        qtbot.waitUntil(lambda: session.lit.nodes == {names["c"]})
        assert set(session.lit.wires.values()) == chips
        assert session.lit.forward is forward
        QApplication.sendEvent(view.viewport(), QEvent(QEvent.Type.Leave))
        assert session.lit == NOTHING_LIT
    lit = page.reverse.trace.lit(names["a"])
    assert list(lit.wires.values()) == ["+−3.0"]


def test_rows_and_canvas_share_the_selection_and_a_value_becomes_the_seed(session, page, qtbot):
    names = typed(session, "c = a*b", a=2.0, b=-3.0)
    shown(page, qtbot)
    view = page.reverse
    at = view.visualRect(view.trace.index(view.trace.row(names["b"]), 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert session.selection == {names["b"]}
    assert page.seed.currentText() == "b"
    assert column(page.forward.trace, 3)["c"] == "2.0"
    session.set_selection({names["c"]})
    for one in (page.forward, page.reverse):
        assert one.trace.node(one.currentIndex().row()) == names["c"]
    assert page.seed.currentText() == "b"


def test_it_is_live_and_counts_anew_only_for_another_structure(session, page, qtbot):
    names = typed(session, "c = a*b", a=2.0, b=-3.0)
    session.set_selection({names["a"]})
    shown(page, qtbot)
    asked = page._costs._asked
    session.do(set_value(session.document, names["b"], 5.0))
    session.flush()
    assert column(page.forward.trace, 3)["c"] == "5.0"
    assert page._costs._asked is asked
    session.do(set_role(session.document, {names["a"]}, "parameter"))
    session.flush()
    assert page._costs._asked is not asked
    assert page.by.currentData() == "parameters"
    page.hide()
    session.do(set_value(session.document, names["b"], 7.0))
    session.flush()
    assert page.forward.trace.derivative(names["c"]) == 5.0


def test_an_empty_graph_says_what_to_do_and_one_without_output_too(session, page, qtbot):
    page.show()
    assert page._empty.isVisibleTo(page)
    typed(session, "c = a*b; d = a + b", a=2.0, b=-3.0)
    qtbot.waitUntil(lambda: page._costs.forward.complete)
    assert not page._empty.isVisibleTo(page)
    assert "Nothing is the output" in page.meter.verdict.text()
    assert page.reverse.trace.rowCount() == 0


def test_more_rows_than_can_be_read_are_told(session, page, qtbot, monkeypatch):
    monkeypatch.setattr(tables, "MOST_ROWS", 5)
    monkeypatch.setattr("playground.panels.studio.modes.page.MOST_ROWS", 5)
    typed(session, "mlp 2 2 1 tanh")
    shown(page, qtbot)
    assert page.forward.trace.rowCount() == 5
    assert "The tables list the first 5 of" in page.about.text()


def test_too_many_passes_are_not_tried_out(session, page, qtbot, monkeypatch):
    monkeypatch.setattr(costs, "MOST", 10)
    typed(session, "mlp 2 2 1 tanh")
    page.show()
    qtbot.waitUntil(lambda: not page._costs._timer.isActive())
    assert page._costs.forward.done == 0
    assert page.meter.verdict.text().startswith("So many passes")


def test_a_verdict_names_the_mode_that_takes_less():
    one, many = Tally(1, 1, 100), Tally(5, 5, 500)
    assert verdict(many, one) == "Reverse mode takes 5 times fewer: a pass for each output (1)."
    assert verdict(one, many) == "Forward mode takes 5 times fewer: a pass for each input (1)."
    assert verdict(one, one) == "Both take as many multiplications."
    assert verdict(Tally(5, 2, 200), one) == "Counting…"
    assert verdict(Tally(0), one) == "There is nothing to differentiate by."


def test_hovering_ends_with_the_page(session, page, qtbot):
    names = typed(session, "c = a*b", a=2.0, b=-3.0)
    shown(page, qtbot)
    at = page.forward.visualRect(page.forward.trace.index(0, 0)).center()
    QTest.mouseMove(page.forward.viewport(), at)
    qtbot.waitUntil(lambda: session.lit != NOTHING_LIT)
    page.hide()
    assert session.lit == NOTHING_LIT
    others = Lit(frozenset({names["a"]}))
    session.light("others", others)
    page.show()
    page.hide()
    assert session.lit == others


def test_another_name_is_written_at_once_and_a_deleted_output_is_no_harm(session, page, qtbot):
    names = typed(session, "c = a*b; d = c + a", a=2.0, b=-3.0)
    session.set_selection({names["a"]})
    shown(page, qtbot)
    session.do(set_label(session.document, names["a"], "apple"))
    session.flush()
    assert page.seed.currentText() == "apple"
    assert "∂d/∂apple" in page.about.text()
    session.do(accept(delete(session.document, {names["d"]})))
    session.set_selection({names["b"]})
    assert page.seed.currentText() == "b"
    assert page._from.text() == "c"
    session.undo()
    session.flush()
    assert page._from.text() == "d"
    session.do(accept(delete(session.document, {names["b"]})))
    session.flush()
    assert page._empty.isVisibleTo(page)  # c lacks an input, so that nothing can be computed
    session.undo()
    session.flush()
    assert not page._empty.isVisibleTo(page)
    session.new()
    session.flush()
    assert page._empty.isVisibleTo(page)


def test_a_large_graph_is_looked_at_again_after_a_rest_and_the_last_numbers_are_shown(
    session, page, qtbot, monkeypatch
):
    from playground.panels.studio.modes import page as subject

    monkeypatch.setattr(subject, "NODES_A_MILLISECOND", 0.1)
    names = typed(session, "c = a*b", a=2.0, b=-3.0)
    shown(page, qtbot)
    passes = []
    monkeypatch.setattr(subject, "push_forward", counted(passes, subject.push_forward))
    for number in (4.0, 5.0, 6.0):
        session.do(set_value(session.document, names["b"], number))
        session.flush()
    assert len(passes) <= 1
    qtbot.waitUntil(lambda: page.forward.trace.derivative(names["c"]) == 6.0)
    assert len(passes) <= 2


def counted(calls, function):
    """Return a function that also notes that it is called."""

    def noting(*arguments):
        calls.append(arguments)
        return function(*arguments)

    return noting
