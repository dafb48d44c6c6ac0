"""The network as one edit: put in, put in place of the old one, and taken back."""

import pytest
from PySide6.QtCore import Qt

from engine.errors import accept
from engine.graph.models import Model, model_document
from engine.graph.properties import set_data, set_training
from engine.graph.reshape import reshape
from engine.graph.verbs import add_op, connect
from playground.panels.training.form import Section
from playground.panels.training.model import ModelForm


@pytest.fixture
def form(session, qtbot):
    """Show the rows of a model."""
    section = Section("Model")
    qtbot.addWidget(section)
    made = ModelForm(session, section)
    section.show()
    qtbot.waitExposed(section)
    made.section = section  # or it would be collected: nothing else holds it
    return made


def enter_layers(qtbot, form, text: str) -> None:
    form.layers.setFocus()
    form.layers.selectAll()
    qtbot.keyClicks(form.layers, text)
    qtbot.keyClick(form.layers, Qt.Key.Key_Return)


def press(qtbot, form) -> None:
    qtbot.mouseClick(form.button, Qt.MouseButton.LeftButton)


def test_an_empty_document_is_offered_the_demo(session, form, qtbot):
    assert form.button.text() == "Insert model"
    assert (form.layers.text(), form.activation.currentData()) == ("16, 16, 1", "relu")
    press(qtbot, form)
    assert session.document.same_content(accept(model_document(Model())))
    assert session.stack.count() == 1
    assert form.button.text() == "Replace model"


def test_the_rows_decide_what_is_inserted(session, form, qtbot):
    enter_layers(qtbot, form, "3,1")
    form.activation.setFocus()
    qtbot.keyClicks(form.activation, "tanh")
    form.loss.setFocus()
    qtbot.keyClicks(form.loss, "squared")
    press(qtbot, form)
    expected = Model((3, 1), activation="tanh", loss="squared_error")
    assert session.document.same_content(accept(model_document(expected)))


def test_a_network_takes_the_place_of_the_old_one_in_one_edit(network, qtbot):
    section = Section("Model")
    qtbot.addWidget(section)
    form = ModelForm(network, section)
    network.do(set_training(network.document, learning_rate=0.3))
    network.do(set_data(network.document, noise=0.2))
    network.flush()
    before = network.document.copy()
    form.loss.setFocus()
    qtbot.keyClicks(form.loss, "squared")
    press(qtbot, form)
    document = network.document
    assert network.stack.count() == 4
    losses = [group.template for group in document.groups.values()]
    assert "hinge" not in losses
    assert losses.count("squared_error") == 1
    assert not {node.id for node in before.nodes()} & {node.id for node in document.nodes()}
    for role, count in {"feature": 2, "target": 1}.items():
        assert sum(node.role == role for node in document.nodes()) == count
    assert (document.training, document.data) == (before.training, before.data)
    network.undo()
    network.flush()
    assert document.same_content(before)
    assert form.loss.currentData() == "hinge"


@pytest.fixture
def shaped(network, qtbot):
    """Show the rows of a document that holds one network of 2 and 1 units."""
    section = Section("Model")
    qtbot.addWidget(section)
    made = ModelForm(network, section)
    section.show()
    qtbot.waitExposed(section)
    made.section = section
    return made


def test_one_network_is_reshaped_in_place_and_keeps_its_weights(network, shaped, qtbot):
    assert not shaped.layers.isVisible()
    weights = {n.id: n.value for n in network.document.nodes() if n.trainable}
    before, steps = network.document.copy(), network.stack.count()
    field = shaped.shape.fields["layers"].text
    assert field.text() == "2, 1"
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "4 1")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    document = network.document
    assert network.stack.count() == steps + 1
    assert sum(node.trainable for node in document.nodes()) == 4 * 3 + 5
    assert {node: document.node(node).value for node in weights} == weights
    assert document.marked("prediction") == before.marked("prediction")
    network.undo()
    network.flush()
    assert document.same_content(before)
    assert field.text() == "2, 1"


def test_the_form_stands_for_one_network_only(network, shaped):
    network.add_item("template:mlp", (0.0, 3000.0))
    network.flush()
    assert not shaped.shape.isVisible()
    assert shaped.layers.isVisible()
    network.undo()
    network.flush()
    assert shaped.shape.isVisible()


def test_what_would_be_lost_is_asked_in_the_panel_too(network, shaped, qtbot):
    document = network.document
    end = next(n.id for n in document.nodes() if n.slot == (0, 1, 0, "activation"))
    network.do(add_op(document, "tanh", (0.0, 900.0)))
    assert network.do(connect(document, end, max(document.graph)))
    network.flush()
    qtbot.mouseClick(shaped.shape.fields["layers"].rows[0].stepper.less, Qt.MouseButton.LeftButton)
    assert shaped.shape.losses.isVisible()
    assert len(shaped.shape.losses.lines()) == 1
    qtbot.mouseClick(shaped.shape.losses.apply, Qt.MouseButton.LeftButton)
    assert sum(node.trainable for node in document.nodes()) == 3 + 2


def test_a_network_that_trains_is_reshaped_with_what_it_has_learned(network, shaped, qtbot):
    with qtbot.waitSignal(network.training.snapshot_ready):
        network.training.play()
    qtbot.mouseClick(shaped.shape.fields["layers"].rows[0].stepper.more, Qt.MouseButton.LeftButton)
    assert not network.training.running
    assert network.stack.undoText().startswith("Reshape")
    learned = {n.id: n.value for n in network.document.nodes() if n.trainable}
    network.undo()
    network.flush()
    trained = {n.id: n.value for n in network.document.nodes() if n.trainable}
    assert len(trained) == 9
    assert trained.items() <= learned.items()
    assert network.stack.undoText().startswith("Train")


def test_a_network_of_several_activations_is_replaced_as_it_is(network, shaped, qtbot):
    group = next(g.id for g in network.document.groups.values() if g.template == "mlp")
    words = ("sigmoid", "tanh")
    network.do(accept(reshape(network.document, group, {"activation": words})).edit)
    network.flush()
    press(qtbot, shaped)
    [made] = [g for g in network.document.groups.values() if g.template == "mlp"]
    assert made.id != group
    assert tuple(made.arguments["activation"]) == words


def test_what_a_person_built_beside_the_network_stays(network, qtbot):
    network.add_item("expression:q*r+1", (2000.0, 2000.0))
    own = [n for n in network.document.nodes() if n.label in ("q", "r")]
    section = Section("Model")
    qtbot.addWidget(section)
    press(qtbot, ModelForm(network, section))
    assert [network.document.node(node.id) for node in own] == own


def test_what_is_no_list_of_layers_is_refused_and_the_old_list_comes_back(session, form, qtbot):
    with qtbot.waitSignal(session.refused) as refused:
        enter_layers(qtbot, form, "wide")
    assert "no list of layers" in refused.args[0]
    assert form.layers.text() == "16, 16, 1"


def test_a_network_that_cannot_be_is_refused_in_words(session, form, qtbot):
    enter_layers(qtbot, form, "0, 1")
    with qtbot.waitSignal(session.refused) as refused:
        press(qtbot, form)
    assert "between 1 and" in refused.args[0]
    assert len(session.document) == 0


def test_the_last_layer_is_as_wide_as_the_loss_needs_it(session, form, qtbot):
    enter_layers(qtbot, form, "16, 2")
    assert form.layers.text() == "16, 1"
    form.loss.setFocus()
    qtbot.keyClicks(form.loss, "softmax")
    assert form.layers.text() == "16, 2"
    press(qtbot, form)
    assert len(session.document.marked("prediction")) == 2


def test_the_new_network_is_shown_and_trains(network, qtbot):
    section = Section("Model")
    qtbot.addWidget(section)
    form = ModelForm(network, section)
    with qtbot.waitSignal(network.reveal) as shown:
        press(qtbot, form)
    assert all(i in network.document or i in network.document.groups for i in shown.args[0])
    with qtbot.waitSignal(network.training.stopped):
        network.training.step()
    assert network.training.snapshot.step == 1
