"""Choosing data sets with the keyboard and the mouse, and the model that follows them."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from engine.train.datasets import DATASETS
from engine.train.datasets.record import SEVERAL
from playground.panels.training.datasets import SIDE, sketch, thumbnail
from playground.panels.training.fields import FIELDS
from playground.panels.training.form import SettingRow, SettingsForm
from playground.panels.training.model import ModelForm


@pytest.fixture
def panel(network, themes, qtbot):
    """Show the settings with the form of the model; find their rows by name."""
    outside = QWidget()
    qtbot.addWidget(outside)
    form = SettingsForm(network, FIELDS, outside, themes)
    column = QVBoxLayout(outside)
    for part in form.sections.values():
        column.addWidget(part)
    outside.model = ModelForm(network, form.sections["Model"])
    column.addWidget(outside.model.misfit)
    outside.show()
    qtbot.waitExposed(outside)
    return outside


def row(panel, name: str) -> SettingRow:
    return panel.findChild(SettingRow, name)


def choose(qtbot, session, panel, key: str) -> None:
    """Walk to a data set with the arrow keys."""
    field = row(panel, "data.generator").field
    field.setFocus()
    keys = [one for one in DATASETS if one]
    here = field.currentData()
    way = keys.index(key) - keys.index(here)
    for _step in range(abs(way)):
        qtbot.keyClick(field, Qt.Key.Key_Down if way > 0 else Qt.Key.Key_Up)
    session.flush()
    assert session.document.data.generator == key


def test_data_sets_stand_under_the_headings_of_their_families(panel):
    field = row(panel, "data.generator").field
    texts = [field.itemText(k) for k in range(field.count())]
    heads = [k for k in range(field.count()) if not field.model().item(k).isEnabled()]
    assert [texts[k] for k in heads] == ["TWO CLASSES", SEVERAL.upper(), "REGRESSION"]
    listed = [field.itemData(k) for k in range(field.count()) if k not in heads]
    assert listed == ["", *DATASETS]
    for k in range(field.count()):
        assert field.itemIcon(k).isNull() == (field.itemData(k) not in DATASETS)


@pytest.mark.parametrize("key", DATASETS)
def test_a_thumbnail_has_points_of_every_class_and_all_of_them_inside(key, themes):
    places, labels = sketch(key)
    assert places.min() >= 1.0
    assert places.max() <= SIDE - 1.0
    classes = DATASETS[key].classes
    assert not classes or len(np.unique(labels)) == classes
    image = thumbnail(DATASETS[key], themes.current()).pixmap(SIDE, SIDE).toImage()
    seen = {image.pixelColor(x, y).name() for x in range(SIDE) for y in range(SIDE)}
    assert len(seen) > 2


def test_a_set_of_three_classes_asks_for_another_model_and_gets_it(network, panel, qtbot):
    choose(qtbot, network, panel, "spiral3")
    form = panel.model
    assert form.misfit.isVisible()
    assert form.misfit.words.text() == (
        "The model does not fit the data: it tells 2 classes apart, and the data have 3."
    )
    assert [form.loss.itemData(k) for k in range(form.loss.count())] == ["softmax_cross_entropy"]
    before = network.document.copy()
    qtbot.mouseClick(form.misfit.button, Qt.MouseButton.LeftButton)
    document = network.document
    assert not form.misfit.isVisible()
    assert len(document.marked("prediction")) == 3
    assert document.link == "class scores"
    assert document.data == before.data
    network.undo()
    network.flush()
    assert document.same_content(before)
    assert form.misfit.isVisible()
    while document.data.generator != "moons":
        network.undo()
        network.flush()
    assert not form.misfit.isVisible()
    assert form.loss.count() > 1


def test_a_curve_asks_for_one_input_and_one_number(network, panel, qtbot):
    choose(qtbot, network, panel, "sine")
    form = panel.model
    assert "x2 is feature 2, and the data has 1" in form.misfit.words.text()
    qtbot.mouseClick(form.button, Qt.MouseButton.LeftButton)
    document = network.document
    leaves = [node for node in document.nodes() if node.is_leaf]
    assert [node.label for node in leaves if node.role == "feature"] == ["x1"]
    assert [node.encoding for node in leaves if node.role == "target"] == ["number"]
    assert document.link == "number"
    assert document.training.optimizer == "adam"
    assert not form.misfit.isVisible()
    network.training.step()
    qtbot.waitUntil(lambda: not network.training.running)
    assert network.training.refusal is None
    assert network.training.snapshot.train_r2 is not None


def test_what_is_merely_missed_is_said_quietly(network, panel, qtbot):
    choose(qtbot, network, panel, "sine")
    qtbot.mouseClick(panel.model.button, Qt.MouseButton.LeftButton)
    choose(qtbot, network, panel, "moons")
    assert panel.model.remark.text() == "The model looks at 1 of 2 features."
    assert not panel.model.misfit.isVisible()


def test_the_number_of_blobs_can_be_chosen(network, panel, qtbot):
    assert not row(panel, "data.classes").isVisible()
    choose(qtbot, network, panel, "blobs")
    field = row(panel, "data.classes").field
    assert field.isVisible()
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "5")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    network.flush()
    assert network.samples.classes == 5
    assert "the data have 5" in panel.model.misfit.words.text()


@pytest.mark.parametrize("name", ["data", "init", "shuffle"])
def test_a_die_draws_another_seed_that_can_be_undone(network, panel, qtbot, name):
    before, steps = network.document.copy(), network.stack.count()
    points = network.samples.inputs.copy()
    die = panel.findChild(QToolButton, f"seeds.{name}.die")
    assert die.toolTip()
    qtbot.mouseClick(die, Qt.MouseButton.LeftButton)
    network.flush()
    assert network.stack.count() == steps + 1
    assert getattr(network.document.seeds, name) != getattr(before.seeds, name)
    assert np.array_equal(network.samples.inputs, points) == (name != "data")
    network.undo()
    network.flush()
    assert network.document.same_content(before)


def test_without_a_generator_its_numbers_are_not_asked_for(network, panel):
    network.new()
    for name in ("samples", "noise", "classes"):
        assert not row(panel, f"data.{name}").isVisible()
