"""The page of a group: name, tint, comment, weights, ports, by real keys and mouse."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from engine.graph.models import Model
from engine.graph.notes import COLOURS
from engine.graph.properties import set_frozen, set_seeds
from engine.graph.verbs import add_value, group
from playground.panels.inspector import Inspector
from playground.session.clear import model_edit
from playground.theme import ThemeManager

LEFT, RETURN, ESCAPE = Qt.MouseButton.LeftButton, Qt.Key.Key_Return, Qt.Key.Key_Escape
CONTROL = Qt.KeyboardModifier.ControlModifier
PARTLY, WHOLLY, NOT = (
    Qt.CheckState.PartiallyChecked,
    Qt.CheckState.Checked,
    Qt.CheckState.Unchecked,
)


@pytest.fixture
def inspector(session, qtbot) -> Inspector:
    assert session.do(model_edit(session.document, Model((3, 2, 1))))
    session.flush()
    made = Inspector(session, ThemeManager("dark"))
    qtbot.addWidget(made)
    made.resize(256, 900)
    made.show()
    qtbot.waitExposed(made)
    return made


def of_kind(session, template: str) -> list[int]:
    return sorted(g.id for g in session.document.groups.values() if g.template == template)


def shown(inspector: Inspector) -> str:
    return "\n".join(one.text() for one in inspector.findChildren(QLabel) if one.isVisible())


def tick(box) -> None:
    QTest.mouseClick(box, LEFT, pos=QPoint(8, box.height() // 2))


def parameters(session, item: int) -> list:
    nodes = map(session.document.node, session.document.members(item))
    return [node for node in nodes if node.role == "parameter"]


def test_a_comment_of_several_lines_is_entered_on_leaving_it(session, inspector):
    [network] = of_kind(session, "mlp")
    session.set_selection({network})
    field = inspector.group_page.comment
    low = field.height()
    field.setFocus()
    QTest.keyClicks(field, "Two moons")
    QTest.keyClick(field, RETURN)
    QTest.keyClicks(field, "by hand")
    assert field.height() > low
    assert session.document.groups[network].comment == ""
    inspector.group_page.name.setFocus()
    assert session.document.groups[network].comment == "Two moons\nby hand"
    session.undo()
    session.flush()
    assert session.document.groups[network].comment == ""
    assert field.toPlainText() == ""


def test_a_comment_is_entered_by_keys_and_given_up_with_escape(session, inspector):
    [network] = of_kind(session, "mlp")
    session.set_selection({network})
    field = inspector.group_page.comment
    field.setFocus()
    QTest.keyClicks(field, "kept")
    QTest.keyClick(field, RETURN, CONTROL)
    assert session.document.groups[network].comment == "kept"
    QTest.keyClicks(field, "and not")
    QTest.keyClick(field, ESCAPE)
    assert field.toPlainText() == "kept"
    inspector.group_page.name.setFocus()
    assert session.document.groups[network].comment == "kept"


def test_a_comment_goes_to_the_group_it_was_written_for(session, inspector):
    first, second, _output = of_kind(session, "layer")
    session.set_selection({first})
    inspector.group_page.comment.setFocus()
    QTest.keyClicks(inspector.group_page.comment, "mine")
    session.set_selection({second})
    session.flush()
    assert session.document.groups[first].comment == "mine"
    assert session.document.groups[second].comment == ""
    assert inspector.group_page.comment.toPlainText() == ""


def test_what_is_written_is_not_disturbed_by_what_happens_meanwhile(session, inspector):
    [network] = of_kind(session, "mlp")
    session.set_selection({network})
    page = inspector.group_page
    for field, text in ((page.name, page.name.text), (page.comment, page.comment.toPlainText)):
        field.setFocus()
        QTest.keyClicks(field, "half")
        session.do(add_value(session.document, (0.0, 0.0)))
        session.flush()
        assert text().endswith("half")
        assert field.hasFocus()


def test_a_name_that_was_not_entered_stays_with_its_group(session, inspector):
    first, second, _output = of_kind(session, "layer")
    session.set_selection({first})
    inspector.group_page.name.setFocus()
    QTest.keyClicks(inspector.group_page.name, "!")
    session.set_selection({second})
    assert inspector.group_page.name.text() == session.document.groups[second].label


def test_every_tint_has_its_spot_and_one_is_chosen(session, inspector):
    [network] = of_kind(session, "mlp")
    session.set_selection({network})
    spots = inspector.group_page.colours.spots
    assert tuple(spots) == COLOURS
    assert spots[""].isChecked()
    QTest.mouseClick(spots["teal"], LEFT)
    assert session.document.groups[network].colour == "teal"
    spots["teal"].setFocus()
    QTest.keyClick(spots["teal"], Qt.Key.Key_Left)
    QTest.keyClick(QApplication.focusWidget(), RETURN)
    assert session.document.groups[network].colour == "moss"
    session.undo()
    session.undo()
    session.flush()
    assert spots[""].isChecked()


def test_a_group_is_frozen_and_thawed_by_a_box_that_knows_half(session, inspector):
    layer = of_kind(session, "layer")[0]
    session.set_selection({layer})
    box = inspector.group_page.weights.frozen
    assert box.checkState() is NOT
    one = parameters(session, layer)[0].id
    session.do(set_frozen(session.document, [one], True))
    session.flush()
    inspector.follow()
    assert box.checkState() is PARTLY
    assert "9 parameters, 1 frozen" in shown(inspector)
    tick(box)
    assert all(node.frozen for node in parameters(session, layer))
    assert box.checkState() is WHOLLY
    assert not inspector.group_page.weights.reset.isEnabled()
    tick(box)
    assert not any(node.frozen for node in parameters(session, layer))
    assert box.checkState() is NOT


def test_weights_are_reset_to_the_first_ones_of_the_seed(session, inspector):
    layer, other, _output = of_kind(session, "layer")
    first = [node.value for node in parameters(session, layer)]
    for item in (layer, other):
        session.set_number(parameters(session, item)[0].id, 9.0)
    session.set_selection({layer})
    steps = session.stack.count()
    assert "micrograd: −1 to 1, biases 0\nseed 1337" in shown(inspector)
    QTest.mouseClick(inspector.group_page.weights.reset, LEFT)
    assert [node.value for node in parameters(session, layer)] == first
    assert parameters(session, other)[0].value == 9.0
    assert session.stack.count() == steps + 1
    session.do(set_seeds(session.document, init=7))
    session.flush()
    assert "seed 7" in shown(inspector)


def test_a_group_without_parameters_has_no_weights(session, inspector):
    session.set_selection(of_kind(session, "hinge"))
    assert not inspector.group_page.weights.isVisible()
    assert not inspector.group_page.shape.isVisible()


def test_what_goes_in_and_out_is_shown_with_live_numbers(session, inspector):
    session.set_selection(of_kind(session, "mlp"))
    lines = shown(inspector).split("\n")
    at = lines.index("INPUTS")
    assert lines[at + 1 : at + 3] == ["value", "∂"]
    assert lines[at + 3] == "x1"
    score = lines.index("score")
    prediction = session.document.marked("prediction")[0]
    before = lines[score + 1]
    assert float(before.replace("−", "-")) == pytest.approx(
        session.result.number(prediction), rel=1e-3
    )
    bias = next(n.id for n in session.document.nodes() if n.slot == (2, 0, 0, "bias"))
    session.set_number(bias, 5.0)
    session.flush()
    lines = shown(inspector).split("\n")
    assert lines[lines.index("score") + 1] != before


def test_very_many_ports_are_counted(session, inspector, qtbot):
    session.do(model_edit(session.document, Model((40, 1))))
    session.flush()
    layer = max(g for g in of_kind(session, "layer")[:-1])
    assert session.document.groups[layer].arguments["units"] == 40
    session.set_selection({layer})
    assert "34 more" in shown(inspector)


def test_an_empty_group_can_be_looked_at(session, inspector):
    session.do(add_value(session.document, (0.0, 0.0)))
    session.do(group(session.document, [max(session.document.graph)]))
    made = max(session.document.groups)
    session.set_selection({made})
    assert "GROUP" in shown(inspector)
    assert not inspector.group_page.weights.isVisible()


def test_several_groups_are_frozen_reset_and_folded_together(session, inspector):
    first, second, output = of_kind(session, "layer")
    values = [node.value for item in (first, second) for node in parameters(session, item)]
    session.set_number(parameters(session, first)[0].id, 9.0)
    session.set_number(parameters(session, second)[0].id, 9.0)
    session.set_selection({first, second})
    page = inspector.several_page
    assert "2 × group" in shown(inspector)
    assert "17 parameters" in shown(inspector)
    QTest.mouseClick(page.weights.reset, LEFT)
    assert [n.value for item in (first, second) for n in parameters(session, item)] == values
    tick(page.weights.frozen)
    assert all(n.frozen for item in (first, second) for n in parameters(session, item))
    assert not any(n.frozen for n in parameters(session, output))
    assert page.fold_button.text() == "Fold them"
    QTest.mouseClick(page.fold_button, LEFT)
    assert {first, second} <= session.view.folded
    assert page.fold_button.text() == "Unfold them"
    QTest.mouseClick(page.fold_button, LEFT)
    assert not {first, second} & session.view.folded


def test_nodes_among_groups_offer_nothing_for_groups_alone(session, inspector):
    session.set_selection({node.id for node in session.document.nodes() if node.role == "feature"})
    assert not inspector.several_page.fold_button.isVisible()
    assert not inspector.several_page.weights.isVisible()
