"""The inspector: what is selected, in words and numbers, and edited in fields."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from engine.graph.properties import set_mark
from engine.graph.records import LINKS, ROLES
from engine.train.metrics import THRESHOLDS
from playground.panels.inspector import Inspector
from playground.theme import ThemeManager

NEURON = "expression:tanh(x1*w1 + x2*w2 + 6.8813735870195432)"


@pytest.fixture
def inspector(session, qtbot) -> Inspector:
    inspector = Inspector(session, ThemeManager("dark"))
    qtbot.addWidget(inspector)
    inspector.resize(260, 700)
    inspector.show()
    qtbot.waitExposed(inspector)
    return inspector


@pytest.fixture
def neuron(session, inspector) -> dict[str, int]:
    """The lecture's neuron with its inputs set; ids by label and op."""
    session.add_item(NEURON, (0.0, 0.0))
    session.flush()
    ids = {node.label or node.op: node.id for node in session.document.nodes()}
    for label, number in {"x1": 2.0, "x2": 0.0, "w1": -3.0, "w2": 1.0}.items():
        session.set_number(ids[label], number)
    session.flush()
    session.set_selection(())
    return ids


def shown(inspector: Inspector) -> str:
    labels = inspector.findChildren(QLabel)
    return "\n".join(label.text() for label in labels if label.isVisible())


def retype(qtbot, field, text: str) -> None:
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def test_with_nothing_selected_it_says_what_to_do(inspector):
    assert "Select a node" in shown(inspector)


def test_an_op_shows_formula_numbers_and_local_derivatives(session, inspector, neuron):
    product = min(n.id for n in session.document.nodes() if n.op == "mul")
    session.set_selection([product])
    text = shown(inspector)
    for part in ("PRODUCT", "x1 · w1", "−6.0", "0.5", "the other input"):
        assert part in text
    rows = [text.split("\n").index(name) for name in ("x1", "w1")]
    lines = text.split("\n")
    assert lines[rows[0] : rows[0] + 3] == ["x1", "2.0", "−3.0"]
    assert lines[rows[1] : rows[1] + 3] == ["w1", "−3.0", "2.0"]


def test_the_lecture_s_gradients_are_shown(session, inspector, neuron):
    for label, slope in {"x1": "−1.5", "w1": "1.0", "x2": "0.5", "w2": "0.0"}.items():
        session.set_selection([neuron[label]])
        assert inspector.node_page.gradient.text() == slope


def test_numbers_follow_an_edit_of_another_node(session, inspector, neuron):
    session.set_selection([neuron["tanh"]])
    before = inspector.node_page.computed.text()
    session.set_number(neuron["x1"], 2.5)
    session.flush()
    assert before == "0.707107"
    assert inspector.node_page.computed.text() != before


@pytest.mark.parametrize(("typed", "number"), [("-3.5", -3.5), ("1/4", 0.25), ("2e-3", 0.002)])
def test_typing_a_number_or_an_expression_edits_the_value(
    session, inspector, neuron, qtbot, typed, number
):
    session.set_selection([neuron["w1"]])
    retype(qtbot, inspector.node_page.value, typed)
    assert session.document.node(neuron["w1"]).value == number
    session.undo()
    assert session.document.node(neuron["w1"]).value == -3.0


def test_a_value_that_is_no_number_is_refused_in_words(session, inspector, neuron, qtbot):
    session.set_selection([neuron["w1"]])
    with qtbot.waitSignal(session.refused):
        retype(qtbot, inspector.node_page.value, "two")
    assert session.document.node(neuron["w1"]).value == -3.0
    assert inspector.node_page.value.text() == "−3.0"


def test_the_label_can_be_edited(session, inspector, neuron, qtbot):
    session.set_selection([neuron["w1"]])
    retype(qtbot, inspector.node_page.name, "weight")
    assert session.document.node(neuron["w1"]).label == "weight"


def test_looking_at_a_node_edits_nothing(session, inspector, neuron, qtbot):
    steps = session.stack.count()
    for node in neuron.values():
        session.set_selection([node])
        inspector.node_page.name.setFocus()
        inspector.node_page.value.setFocus()
    session.set_selection(())
    assert session.stack.count() == steps


def test_role_and_freezing_are_edits(session, inspector, neuron, qtbot):
    session.set_selection([neuron["w1"]])
    fields = inspector.node_page.role
    assert [fields.role.itemData(k) for k in range(fields.role.count())] == list(ROLES)
    assert not fields.frozen.isVisible()
    fields.role.setFocus()
    qtbot.keyClick(fields.role, Qt.Key.Key_Down)
    session.flush()
    assert session.document.node(neuron["w1"]).role == "parameter"
    qtbot.mouseClick(fields.frozen, Qt.MouseButton.LeftButton, pos=fields.frozen.rect().center())
    assert session.document.node(neuron["w1"]).frozen


def test_a_target_has_a_number_and_an_encoding(session, inspector, qtbot):
    session.add_item("value:target", (0.0, 0.0))
    session.flush()
    fields = inspector.node_page.role
    assert fields.index.isVisible()
    assert fields.encoding.currentData() == "signed"
    fields.index.setValue(2)
    target = session.document.nodes()[0]
    assert (target.role, target.index, target.encoding) == ("target", 2, "signed")


def test_marks_are_set_by_their_boxes(session, inspector, neuron):
    session.set_selection([neuron["tanh"]])
    inspector.node_page.marks.boxes["loss"].click()
    assert session.document.marked("loss") == [neuron["tanh"]]
    session.set_selection([neuron["w1"]])
    assert not inspector.node_page.marks.boxes["loss"].isVisible()
    assert inspector.node_page.marks.boxes["backward"].isVisible()


def test_only_a_prediction_says_what_it_is(session, inspector, neuron):
    session.set_selection([neuron["tanh"]])
    link = inspector.node_page.link
    assert not link.isVisible()
    inspector.node_page.marks.boxes["prediction"].click()
    session.flush()
    assert link.isVisible()
    assert {link.link.itemData(k) for k in range(link.link.count())} == set(LINKS)
    inspector.node_page.marks.boxes["prediction"].click()
    session.flush()
    assert not link.isVisible()


def test_a_probability_wired_by_hand_is_parted_at_one_half(session, inspector, qtbot):
    session.add_item("expression:sigmoid(x1)", (0.0, 0.0))
    session.flush()
    ids = {node.op: node.id for node in session.document.nodes()}
    session.do(set_mark(session.document, ids["sigmoid"], "prediction"))
    session.flush()
    session.set_selection([ids["sigmoid"]])
    field = inspector.node_page.link.link
    assert field.currentData() == "score"
    field.setFocus()
    for _press in range(2):
        qtbot.keyClick(field, Qt.Key.Key_Down)
    session.flush()
    assert session.document.link == "probability"
    assert THRESHOLDS[session.document.link] == 0.5
    assert "one half" in field.toolTip()
    session.undo()
    session.undo()
    session.flush()
    assert (session.document.link, field.currentData()) == ("score", "score")


def test_the_exponent_of_a_power_is_a_field(session, inspector):
    session.add_item("op:power", (0.0, 0.0))
    session.flush()
    [field] = inspector.node_page.attributes.fields()
    field.setValue(3.0)
    assert session.document.nodes()[0].attributes["n"] == 3.0


def test_a_missing_input_and_a_missing_value_are_named(session, inspector):
    session.add_item("op:tanh", (0.0, 0.0))
    session.flush()
    assert "not wired" in shown(inspector)
    assert inspector.node_page.computed.text() == "not computed"


def test_a_number_out_of_its_domain_is_explained(session, inspector):
    session.add_item("expression:log(-1)", (0.0, 0.0))
    session.flush()
    log = next(node.id for node in session.document.nodes() if node.op == "log")
    session.set_selection([log])
    assert inspector.node_page.computed.text() == "nan"
    assert session.result.problems[0].text in shown(inspector)


def test_a_group_shows_what_made_it_and_folds(session, inspector, qtbot):
    session.add_item("template:layer", (0.0, 0.0))
    session.flush()
    layer = next(one.id for one in session.document.groups.values() if one.template == "layer")
    session.set_selection([layer])
    assert "layer · 4 tanh" in shown(inspector)
    before = layer in session.view.folded
    inspector.group_page.fold_button.click()
    assert (layer in session.view.folded) is not before
    retype(qtbot, inspector.group_page.name, "hidden")
    assert session.document.groups[layer].label == "hidden"
    inspector.group_page.ungroup_button.click()
    assert layer not in session.document.groups


def test_the_fold_button_follows_a_fold_made_on_the_canvas(session, inspector):
    session.add_item("template:neuron", (0.0, 0.0))
    session.flush()
    [group] = session.document.groups
    session.set_selection({group})
    assert inspector.group_page.fold_button.text() == "Unfold"
    session.toggle_fold(group)
    assert inspector.group_page.fold_button.text() == "Fold"


def test_several_values_become_parameters_at_once(session, inspector, neuron):
    session.set_selection([neuron["w1"], neuron["w2"]])
    assert "2 selected" in shown(inspector)
    inspector.several_page.train_button.click()
    roles = {session.document.node(neuron[label]).role for label in ("w1", "w2")}
    assert roles == {"parameter"}
    session.flush()
    assert not inspector.several_page.train_button.isVisible()
    session.set_selection([neuron["w1"], neuron["x1"]])
    assert inspector.several_page.train_button.isVisible()


def test_several_nodes_are_grouped(session, inspector, neuron):
    session.set_selection([neuron["w1"], neuron["tanh"]])
    assert not inspector.several_page.train_button.isVisible()
    inspector.several_page.group_button.click()
    assert len(session.document.groups) == 1


def test_deleting_what_is_shown_empties_it(session, inspector, neuron):
    from engine.graph.verbs import delete

    session.set_selection([neuron["w1"]])
    session.do(delete(session.document, [neuron["w1"]]))
    session.flush()
    assert "Select a node" in shown(inspector)


def test_another_document_empties_it(session, inspector, neuron):
    session.set_selection([neuron["w1"]])
    session.new()
    assert "Select a node" in shown(inspector)


def test_the_range_of_a_slider_is_shown_and_typed(session, inspector, neuron, qtbot):
    session.set_selection([neuron["w1"]])
    field = inspector.node_page.span.span
    assert field.text() == ""
    retype(qtbot, field, "-4, 4")
    assert session.document.node(neuron["w1"]).span == (-4.0, 4.0)
    assert field.text() == "-4..4"
    refusals = []
    session.refused.connect(refusals.append)
    retype(qtbot, field, "wide")
    assert len(refusals) == 1
    assert field.text() == "-4..4"
    field.selectAll()
    qtbot.keyClick(field, Qt.Key.Key_Backspace)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert session.document.node(neuron["w1"]).span is None


def test_an_operation_has_no_slider_in_the_inspector(session, inspector, neuron):
    session.set_selection([neuron["tanh"]])
    assert not inspector.node_page.span.isVisible()


def test_every_number_says_all_its_digits_where_the_mouse_rests(session, inspector, neuron):
    result = session.result
    session.set_selection([neuron["tanh"]])
    page = inspector.node_page
    [[value, local]] = page.inputs._rows
    [n] = session.document.inputs(neuron["tanh"])
    assert float(page.computed.toolTip().split()[0]) == result.number(neuron["tanh"])
    assert float(value.toolTip()) == result.number(n)
    assert float(local.toolTip().splitlines()[-1]) == 1 - result.number(neuron["tanh"]) ** 2
    session.set_number(neuron["w1"], -1 / 3)
    session.flush()
    session.set_selection([neuron["w1"]])
    assert float(page.value.toolTip().splitlines()[-1]) == -1 / 3
    [[_product, adds]] = page.arriving._rows
    assert float(adds.toolTip()) == session.result.slope(neuron["w1"])
