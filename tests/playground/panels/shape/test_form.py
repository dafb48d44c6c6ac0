"""The form of a group: every argument a field, done at once, asked first if something is lost."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.errors import accept
from engine.graph.models import Model
from engine.graph.reshape import reshape
from engine.graph.templates import TEMPLATES
from engine.graph.verbs import add_op, after, connect
from playground.panels.shape import ShapeForm
from playground.session.clear import model_edit

LEFT, DOWN, UP = Qt.MouseButton.LeftButton, Qt.Key.Key_Down, Qt.Key.Key_Up
RETURN, ESCAPE, TAB = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab


@pytest.fixture
def form(session, qtbot) -> ShapeForm:
    """The form of a network of 2, 3 and 1 units on two inputs."""
    assert session.do(model_edit(session.document, Model((3, 2, 1))))
    session.flush()
    made = ShapeForm(session)
    qtbot.addWidget(made)
    made.resize(232, 600)
    made.show_group(network(session))
    made.show()
    qtbot.waitExposed(made)
    session.changed.connect(lambda _changes: follow(session, made))
    made.follows = network(session)
    return made


def follow(session, form) -> None:
    if form.follows in session.document.groups:
        form.show_group(form.follows)


def network(session) -> int:
    return next(one.id for one in session.document.groups.values() if one.template == "mlp")


def of_kind(session, template: str) -> list[int]:
    return sorted(g.id for g in session.document.groups.values() if g.template == template)


def show(form, group: int) -> None:
    form.follows = group
    form.show_group(group)


def layers(session) -> tuple[int, ...]:
    return tuple(session.document.groups[network(session)].arguments["layers"])


def type_into(field, text: str, key=None) -> None:
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    if key is not None:
        QTest.keyClick(field, key)


def press(button) -> None:
    QTest.mouseClick(button, LEFT)


def use(session, neuron: int) -> int:
    """Let an operation of one's own be fed by a neuron; return that operation."""
    document = session.document
    end = next(n for n in document.members(neuron) if document.node(n).op == "relu")
    session.do(add_op(document, "tanh", (0.0, 900.0)))
    own = max(document.graph)
    assert session.do(connect(document, end, own))
    session.flush()
    return own


@pytest.mark.parametrize("template", ["mlp", "layer", "neuron"])
def test_every_argument_of_a_template_has_its_field(session, form, template):
    show(form, of_kind(session, template)[0])
    assert list(form.fields) == [argument.key for argument in TEMPLATES[template].arguments]


def test_a_group_that_has_no_shape_has_no_form(session, form):
    show(form, of_kind(session, "hinge")[0])
    assert form.isHidden()
    show(form, network(session))
    assert not form.isHidden()


def test_typed_widths_are_one_edit_that_undo_takes_back(session, form):
    before, steps = session.document.copy(), session.stack.count()
    wanted = after(before, accept(reshape(before, network(session), {"layers": (5, 2, 1)})).edit)
    type_into(form.fields["layers"].text, "5 2 1", RETURN)
    assert session.document.same_content(wanted)
    assert session.stack.count() == steps + 1
    assert session.stack.undoText() == "Reshape MLP 2 → 5 → 2 → 1"
    assert form.fields["layers"].text.text() == "5, 2, 1"
    session.undo()
    session.flush()
    assert session.document.same_content(before)
    assert form.fields["layers"].text.text() == "3, 2, 1"


def test_a_layer_is_widened_and_narrowed_by_its_buttons_and_by_keys(session, form):
    row = form.fields["layers"].rows[1]
    press(row.stepper.more)
    assert layers(session) == (3, 3, 1)
    press(row.stepper.less)
    row.stepper.field.setFocus()
    QTest.keyClick(row.stepper.field, UP)
    QTest.keyClick(row.stepper.field, UP)
    assert layers(session) == (3, 4, 1)
    QTest.keyClick(row.stepper.field, DOWN)
    assert layers(session) == (3, 3, 1)
    assert row.stepper.field.hasFocus()


def test_no_layer_is_narrower_than_one_unit(session, form):
    output = form.fields["layers"].rows[-1]
    assert not output.stepper.less.isEnabled()
    output.stepper.field.setFocus()
    steps = session.stack.count()
    QTest.keyClick(output.stepper.field, DOWN)
    assert session.stack.count() == steps


def test_layers_are_added_before_the_output_and_taken_out(session, form):
    press(form.fields["layers"].add)
    assert layers(session) == (3, 2, 2, 1)
    assert len(form.fields["layers"].rows) == 4
    press(form.fields["layers"].rows[0].remove)
    assert layers(session) == (2, 2, 1)
    assert not form.fields["layers"].rows[-1].remove.isVisible()


def test_a_group_of_very_many_layers_is_typed_only(session, form):
    type_into(form.fields["layers"].text, ", ".join(["1"] * 14), RETURN)
    assert layers(session) == (1,) * 14
    assert form.fields["layers"].rows == []


def test_while_typing_it_is_told_what_it_would_do_and_nothing_changes(session, form, qtbot):
    before, steps = session.document.copy(), session.stack.count()
    plan = accept(reshape(before, network(session), {"layers": (4, 2, 1)}))
    type_into(form.fields["layers"].text, "4, 2, 1")
    words = form.words["layers"]
    qtbot.waitUntil(words.isVisible)
    assert words.text() == f"adds {plan.added} scalars"
    assert session.stack.count() == steps
    assert session.document.same_content(before)
    QTest.keyClick(form.fields["layers"].text, ESCAPE)
    assert form.fields["layers"].text.text() == "3, 2, 1"


def test_what_cannot_be_stands_under_its_field_and_the_old_text_comes_back(session, form):
    steps = session.stack.count()
    for text, words in (("4, 0, 1", "between 1 and"), ("wide", "is no list of layers")):
        type_into(form.fields["layers"].text, text, RETURN)
        assert words in form.words["layers"].text()
        assert form.words["layers"].isVisible()
        assert form.fields["layers"].text.text() == "3, 2, 1"
    assert session.stack.count() == steps
    type_into(form.fields["layers"].text, "4")
    assert not form.words["layers"].isVisible()


def test_what_a_person_drew_is_listed_before_it_is_lost(session, form):
    own = use(session, of_kind(session, "neuron")[2])
    before, steps = session.document.copy(), session.stack.count()
    lost = accept(reshape(before, network(session), {"layers": (2, 2, 1)})).lost
    press(form.fields["layers"].rows[0].stepper.less)
    assert session.document.same_content(before)
    assert session.stack.count() == steps
    assert form.losses.isVisible()
    assert [one.words for one in lost] == form.losses.lines()
    assert form.fields["layers"].text.text() == "2, 2, 1"
    press(form.losses.apply)
    assert layers(session) == (2, 2, 1)
    assert session.document.wired(own) == {}
    assert not form.losses.isVisible()
    session.undo()
    session.flush()
    assert session.document.same_content(before)


def test_there_is_a_way_back_by_button_and_by_escape(session, form):
    use(session, of_kind(session, "neuron")[2])
    before = session.document.copy()
    press(form.fields["layers"].rows[0].stepper.less)
    press(form.losses.keep)
    assert not form.losses.isVisible()
    assert form.fields["layers"].text.text() == "3, 2, 1"
    type_into(form.fields["layers"].text, "1, 2, 1", RETURN)
    assert form.losses.keep.hasFocus()
    QTest.keyClick(form.losses.keep, ESCAPE)
    assert not form.losses.isVisible()
    assert form.fields["layers"].text.hasFocus()
    assert session.document.same_content(before)


def test_a_loss_is_accepted_by_keys(session, form):
    use(session, of_kind(session, "neuron")[2])
    type_into(form.fields["layers"].text, "1, 2, 1", RETURN)
    QTest.keyClick(form.losses.keep, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert form.losses.apply.hasFocus()
    QTest.keyClick(form.losses.apply, RETURN)
    assert layers(session) == (1, 2, 1)
    assert form.fields["layers"].text.hasFocus()


def test_more_is_wished_while_a_question_is_open(session, form):
    use(session, of_kind(session, "neuron")[2])
    press(form.fields["layers"].rows[0].stepper.less)
    press(form.fields["layers"].rows[0].stepper.less)
    assert form.fields["layers"].text.text() == "1, 2, 1"
    choose(form.fields["activation"].choice, "tanh")
    assert form.losses.isVisible()
    press(form.losses.apply)
    arguments = session.document.groups[network(session)].arguments
    assert (tuple(arguments["layers"]), arguments["activation"]) == ((1, 2, 1), "tanh")


def test_going_back_to_what_is_takes_the_question_away(session, form):
    use(session, of_kind(session, "neuron")[2])
    press(form.fields["layers"].rows[0].stepper.less)
    press(form.fields["layers"].rows[0].stepper.more)
    assert not form.losses.isVisible()
    assert layers(session) == (3, 2, 1)


def test_a_question_goes_when_nothing_would_be_lost_any_more(session, form):
    use(session, of_kind(session, "neuron")[2])
    press(form.fields["layers"].rows[0].stepper.less)
    session.undo()  # the wire
    session.flush()
    assert not form.losses.isVisible()
    assert form.fields["layers"].text.text() == "3, 2, 1"


def test_a_question_goes_with_its_group(session, form):
    use(session, of_kind(session, "neuron")[2])
    press(form.fields["layers"].rows[0].stepper.less)
    show(form, of_kind(session, "layer")[0])
    assert not form.losses.isVisible()
    show(form, network(session))
    assert form.fields["layers"].text.text() == "3, 2, 1"


def choose(field, word: str) -> None:
    field.setCurrentIndex(field.findData(word))
    field.activated.emit(field.currentIndex())


def test_one_activation_is_for_all_hidden_layers(session, form):
    weights = {n.id: n.value for n in session.document.nodes() if n.trainable}
    choose(form.fields["activation"].choice, "tanh")
    words = [n.op for n in session.document.nodes() if n.slot and n.slot[-1] == "activation"]
    assert words == ["tanh"] * 5
    assert {n.id: n.value for n in session.document.nodes() if n.trainable} == weights


def test_each_layer_may_have_its_own(session, form):
    field = form.fields["activation"]
    steps = session.stack.count()
    choose(field.choice, "")
    assert [row.currentData() for row in field.rows] == ["relu", "relu", "linear"]
    assert session.stack.count() == steps
    choose(field.rows[1], "sigmoid")
    assert session.document.groups[network(session)].arguments["activation"] == (
        "relu",
        "sigmoid",
        "linear",
    )
    assert len(field.rows) == 3
    press(form.fields["layers"].add)
    assert len(field.rows) == 4
    choose(field.choice, "relu")
    assert field.rows == []
    assert session.document.groups[network(session)].arguments["activation"] == "relu"


def test_a_neuron_has_an_activation_of_its_own(session, form):
    neuron = of_kind(session, "neuron")[0]
    show(form, neuron)
    choose(form.fields["activation"].choice, "sigmoid")
    document = session.document
    assert [document.node(n).op for n in document.members(neuron)].count("sigmoid") == 1
    others = [n.op for n in document.nodes() if n.slot and n.slot[-1] == "activation"]
    assert others.count("relu") == 4


def test_the_units_of_a_layer_are_the_width_of_its_network(session, form):
    show(form, of_kind(session, "layer")[0])
    press(form.fields["units"].stepper.more)
    assert layers(session) == (4, 2, 1)
    type_into(form.fields["units"].stepper.field, "x", RETURN)
    assert "no whole number" in form.words["units"].text()


def test_inputs_may_be_added_and_are_fed(session, form):
    press(form.fields["inputs"].stepper.more)
    document = session.document
    assert document.groups[network(session)].arguments["inputs"] == 3
    features = [n.label for n in document.nodes() if n.role == "feature"]
    assert sorted(features) == ["x1", "x2", "x3"]


def test_another_way_to_draw_weights_keeps_those_there_are(session, form):
    before = {n.id: n.value for n in session.document.nodes() if n.trainable}
    choose(form.fields["init"].choice, "he")
    assert session.document.groups[network(session)].arguments["init"] == "he"
    assert {n.id: n.value for n in session.document.nodes() if n.trainable} == before
    assert "He" in form.fields["init"].choice.toolTip()


def test_what_happens_meanwhile_does_not_disturb_what_is_typed(session, form):
    field = form.fields["layers"].text
    type_into(field, "16, 1")
    weight = next(n for n in session.document.nodes() if n.trainable)
    session.set_number(weight.id, 0.5)
    session.do(add_op(session.document, "tanh", (0.0, 0.0)))
    session.flush()
    assert field.hasFocus()
    assert field.text() == "16, 1"


def test_the_tab_key_goes_through_the_fields_as_they_stand(session, form):
    press(form.fields["layers"].add)
    choose(form.fields["activation"].choice, "")
    form.fields["inputs"].focus.setFocus()
    wanted = [stop for field in form.fields.values() for stop in field.stops() if stop.isVisible()]
    passed = [QApplication.focusWidget()]
    for _stop in wanted[1:]:
        QTest.keyClick(QApplication.focusWidget(), TAB)
        passed.append(QApplication.focusWidget())
    assert passed == wanted


def test_a_large_network_is_weighed_only_when_it_is_entered(session, form, monkeypatch, qtbot):
    asked = []

    def counted(*given):
        asked.append(given)
        return reshape(*given)

    monkeypatch.setattr("playground.panels.shape.form.MOST_WEIGHED", 10)
    monkeypatch.setattr("playground.panels.shape.form.reshape", counted)
    type_into(form.fields["layers"].text, "4, 2, 1")
    qtbot.waitUntil(lambda: not form._pause.isActive())
    assert asked == []
    QTest.keyClick(form.fields["layers"].text, RETURN)
    assert len(asked) == 1
