"""The panel of code: the exporter's text, kept where one reads, tied to the canvas both ways."""

import pytest

from engine.exchange.exporters import EXPORTERS
from engine.graph.depths import folded_at
from engine.graph.properties import set_label, set_value
from engine.graph.verbs import add_value, delete


def expected(panel, session) -> str:
    document = session.document
    return EXPORTERS[panel.writer.key].write(document, document.view.folded).removesuffix("\n")


def node(session, label: str) -> int:
    return next(one.id for one in session.document.nodes() if one.label == label)


def row(panel, beginning: str) -> int:
    return (
        panel.page.toPlainText()
        .split("\n")
        .index(
            next(
                line for line in panel.page.toPlainText().split("\n") if line.startswith(beginning)
            )
        )
    )


def click(panel, line: int) -> None:
    from PySide6.QtCore import QPoint, Qt
    from PySide6.QtGui import QTextCursor
    from PySide6.QtTest import QTest

    page = panel.page
    page.verticalScrollBar().setValue(max(line - 2, 0))
    box = page.cursorRect(QTextCursor(page.document().findBlockByNumber(line)))
    at = QPoint(box.left() + 20, box.center().y())
    no = Qt.KeyboardModifier.NoModifier
    QTest.mouseClick(page.viewport(), Qt.MouseButton.LeftButton, no, at)


@pytest.mark.parametrize("key", list(EXPORTERS))
def test_every_format_is_shown_as_its_exporter_writes_it(panel, session, written, key) -> None:
    [action] = [one for one in panel.formats.actions() if one.data() == key]
    action.trigger()
    assert written() == expected(panel, session)


def test_the_format_is_remembered(panel, session, themes, settings, qtbot) -> None:
    from playground.panels.code import CodePanel

    [action] = [one for one in panel.formats.actions() if one.data() == "torch"]
    action.trigger()
    another = CodePanel(session, themes, settings)
    qtbot.addWidget(another)
    assert another.writer.key == "torch"
    assert another.formats.checkedAction().data() == "torch"


def test_names_numbers_structure_and_undo_are_followed(panel, session, written) -> None:
    first = written()
    session.do(set_label(session.document, node(session, "b"), "bias"))
    session.flush()
    assert "bias = Value(" in written()
    session.do(set_value(session.document, node(session, "w1"), 0.25))
    session.flush()
    assert "w1 = Value(0.25)" in written()
    session.do(delete(session.document, [node(session, "w2")]))
    session.flush()
    assert written() == expected(panel, session)
    for _step in range(3):
        session.undo()
    session.flush()
    assert written() == first


def test_it_is_folded_like_the_canvas(panel, session, written) -> None:
    session.open_example("moons")
    texts = set()
    for depth in range(3):
        session.set_view(folded=folded_at(session.document, depth))
        texts.add(written())
        assert panel.page.toPlainText() == expected(panel, session)
    assert len(texts) == 3


def test_another_number_rewrites_its_line_alone_and_nothing_moves(panel, session, written) -> None:
    from PySide6.QtGui import QTextCursor

    written()
    page = panel.page
    page.verticalScrollBar().setValue(9)
    cursor = page.textCursor()
    cursor.setPosition(page.document().findBlockByNumber(row(panel, "x2 = ")).position())
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
    page.setTextCursor(cursor)
    page.verticalScrollBar().setValue(9)
    before = page.patched
    session.do(set_value(session.document, node(session, "x1"), 1234.5678))
    session.flush()
    assert "x1 = Value(1234.5678)" in written()
    assert page.patched == before + 1
    assert page.verticalScrollBar().value() == 9
    assert page.textCursor().selectedText() == "x2 = Value(0.0)"


def test_lines_that_come_above_do_not_move_what_is_read(panel, session, written) -> None:
    written()
    page = panel.page
    top = row(panel, "n = ")
    page.resize(page.width(), 60)
    page.verticalScrollBar().setValue(top)
    session.do(add_value(session.document, (0, 0), value=1.0, label="first"))
    session.flush()
    written()
    assert page.firstVisibleBlock().text().startswith("n = ")


def test_what_is_selected_on_the_canvas_is_marked(panel, session, written) -> None:
    written()
    session.set_selection({node(session, "w1")})
    [line] = panel.page.lit()
    assert panel.page.document().findBlockByNumber(line).text().startswith("w1 = ")
    session.set_selection(())
    assert panel.page.lit() == []


def test_a_click_on_a_line_selects_its_node(panel, session, written, qtbot) -> None:
    written()
    with qtbot.waitSignal(panel.pointed) as pointed:
        click(panel, row(panel, "n = "))
    assert session.selection == {node(session, "n")}
    assert pointed.args == [frozenset({node(session, "n")})]


def test_return_selects_and_escape_leaves(panel, session, written, qtbot) -> None:
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QTextCursor
    from PySide6.QtTest import QTest

    written()
    block = panel.page.document().findBlockByNumber(row(panel, "o = "))
    panel.page.setTextCursor(QTextCursor(block))
    QTest.keyClick(panel.page, Qt.Key.Key_Return)
    assert session.selection == {node(session, "o")}
    with qtbot.waitSignal(panel.left):
        QTest.keyClick(panel.page, Qt.Key.Key_Escape)


def test_a_line_of_what_is_folded_selects_the_group_that_is_seen(panel, session, written) -> None:
    session.open_example("moons")
    session.set_view(folded=folded_at(session.document, 2))
    panel.formats.actions()[1].trigger()  # plain Python has a function for each neuron
    text = written().split("\n")
    line = next(k for k, one in enumerate(text) if one.startswith("    ") and panel.code.about[k])
    click(panel, line)
    [chosen] = session.selection
    assert chosen in session.document.groups
    assert chosen in session.view.folded
    assert line in panel.page.lit()


def test_nothing_is_written_while_it_is_hidden(panel, session, written, qtbot) -> None:
    written()
    texts = panel.writer.texts
    panel.hide()
    session.do(set_value(session.document, node(session, "x1"), 7.0))
    session.flush()
    qtbot.wait(150)
    assert panel.writer.texts == texts
    assert not panel.writer.is_busy
    panel.show()
    assert "x1 = Value(7.0)" in written()


def test_many_changes_of_a_turn_are_one_text(panel, session, written) -> None:
    written()
    texts = panel.writer.texts
    for number in range(50):
        session.do(set_value(session.document, node(session, "x1"), float(number)))
        session.flush()
    assert "x1 = Value(49.0)" in written()
    assert panel.writer.texts <= texts + 2


def test_looking_elsewhere_writes_nothing_new(panel, session, written) -> None:
    written()
    texts = panel.writer.texts
    session.set_view(zoom=0.5)
    session.set_selection({node(session, "x1")})
    written()
    assert panel.writer.texts == texts


def test_an_empty_canvas_has_words_and_no_buttons(panel, session, written) -> None:
    written()
    session.new()
    written()
    assert panel.page.toPlainText() == ""
    assert not panel.copy_button.isEnabled()
    assert not panel.page.isVisible()


def test_a_very_long_text_is_cut_with_a_sentence(panel, session, written, monkeypatch) -> None:
    from playground.panels.code import panel as module

    monkeypatch.setattr(module, "MOST_LINES", 10)
    panel.formats.actions()[4].trigger()
    shown = written()
    assert shown.split("\n") == expected(panel, session).split("\n")[:10]
    assert panel._cut.text() == "The first 10 lines are shown; Copy and Save take them all."


def test_training_shows_what_is_learned(network, themes, settings, qtbot) -> None:
    from playground.panels.code import CodePanel

    panel = CodePanel(network, themes, settings)
    qtbot.addWidget(panel)
    panel.show()
    qtbot.waitUntil(lambda: panel.writer.texts == 1)
    first = panel.page.toPlainText()
    network.training.play()
    qtbot.waitUntil(lambda: panel.page.toPlainText() != first, timeout=20_000)
    network.settle()
    network.flush()
    qtbot.waitUntil(lambda: not panel.writer.is_busy)
    assert panel.page.toPlainText() == expected(panel, network)
    panel.close_writer()


def test_inside_a_group_a_line_selects_what_is_seen_there_or_steps_out(
    panel, session, written
) -> None:
    session.open_example("moons")
    layer = next(g.id for g in session.document.groups.values() if g.label == "layer 1")
    session.set_view(folded=folded_at(session.document, 1), current_group=layer)
    panel.formats.actions()[3].trigger()  # Graphviz has a line for whatever is shown
    written()
    about = panel.code.about
    session.set_view(folded=folded_at(session.document, 2))
    written()
    about = panel.code.about
    neuron = next(
        k for k, ids in enumerate(about) if ids and session.document.record(ids[0]).group == layer
    )
    click(panel, neuron)
    assert session.selection == set(about[neuron])
    assert session.view.current_group == layer
    click(panel, next(k for k, ids in enumerate(about) if ids == (node(session, "x1"),)))
    assert session.view.current_group is None
    assert session.selection == {node(session, "x1")}


def test_a_neuron_of_a_module_is_its_row_of_weights(panel, session, written) -> None:
    session.open_example("moons")
    panel.formats.actions()[2].trigger()  # PyTorch has one module for all of the network
    written()
    neurons = [g for g in session.document.groups.values() if g.template == "neuron"]
    session.set_selection({neurons[0].id})
    weights = [
        one for one in session.document.nodes()
        if one.group == neurons[0].id and one.label.startswith("w")
    ]  # fmt: skip
    [line] = panel.page.lit()
    text = panel.page.document().findBlockByNumber(line).text()
    assert text == f"    [{', '.join(repr(one.value) for one in weights)}],"


def test_what_is_hidden_in_a_call_lights_the_group_around_it(panel, session, written) -> None:
    session.open_example("moons")
    session.set_view(folded=folded_at(session.document, 0))
    written()
    network = next(g.id for g in session.document.groups.values() if g.template == "mlp")
    neuron = next(g.id for g in session.document.groups.values() if g.template == "neuron")
    session.set_selection({neuron})
    assert panel.page.lit() == panel.code.lines_of([network])
    assert panel.page.lit()
