"""The network as one edit: put in, put in place of the old one, and taken back."""

import pytest
from PySide6.QtCore import Qt

from engine.errors import accept
from engine.graph.models import Model, model_document
from engine.graph.properties import set_data, set_training
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
    assert form.layers.text() == "2, 1"
    enter_layers(qtbot, form, "4 1")
    press(qtbot, form)
    document = network.document
    assert network.stack.count() == 4
    assert sum(node.trainable for node in document.nodes()) == 4 * 3 + 5
    for role, count in {"feature": 2, "target": 1}.items():
        assert sum(node.role == role for node in document.nodes()) == count
    assert (document.training, document.data) == (before.training, before.data)
    assert form.layers.text() == "4, 1"
    network.undo()
    network.flush()
    assert document.same_content(before)
    assert form.layers.text() == "2, 1"


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


@pytest.mark.parametrize(
    ("layers", "words"), [("16, 2", "ends in one unit"), ("0, 1", "between 1 and")]
)
def test_a_network_that_cannot_be_is_refused_in_words(session, form, qtbot, layers, words):
    enter_layers(qtbot, form, layers)
    with qtbot.waitSignal(session.refused) as refused:
        press(qtbot, form)
    assert words in refused.args[0]
    assert len(session.document) == 0


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
