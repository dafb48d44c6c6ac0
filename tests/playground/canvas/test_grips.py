"""Weights on wires and biases on tiles: seen, scrubbed, typed and stepped without unfolding."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtTest import QTest

from engine.errors import accept
from engine.graph.models import Model, insert_model
from engine.graph.properties import set_frozen
from engine.graph.records import DataSettings
from engine.graph.verbs import delete
from playground.canvas.frame.routes import points_on
from playground.canvas.painting.grips import Grip, apart


class Net:
    """A network of folded neurons, fitted into the canvas; its first weighted wire."""

    def __init__(self, session, canvas, hands) -> None:
        data = DataSettings("moons", samples=10)
        session.do(accept(insert_model(session.document, Model((3, 2, 1), data=data))))
        session.stack.clear()
        hands.settle()
        canvas.fit()
        hands.hover(QPoint(2, 2))  # a mouse that is where it was moves no more
        self.session, self.canvas = session, canvas
        self.start = session.document.copy()

    @property
    def picture(self):
        return self.canvas._scene.picture

    @property
    def wires(self):
        return self.picture.frame.wires

    def row(self, place: int = 0) -> int:
        """Return the row of a wire that has a weight."""
        return int(np.flatnonzero(self.wires.weight >= 0)[place])

    def weight(self, row: int) -> int:
        return int(self.wires.weight[row])

    def on_wire(self, row: int, part: float) -> QPoint:
        """Return the pixel some part of the way along a wire."""
        [at] = points_on(self.picture.pieces(), np.array([row]), np.array([part])).tolist()
        return self.canvas._camera.to_screen(QPointF(*at)).toPoint()

    def chip(self, node: int | None) -> QPoint:
        """Return the middle of the chip of a parameter."""
        [rect] = [grip.rect for grip in self.canvas._parts.grips() if grip.node == node]
        return self.canvas._camera.to_screen(rect.center()).toPoint()

    def chips(self) -> list[int | None]:
        return [grip.node for grip in self.canvas._parts.grips()]

    def select(self, row: int) -> int:
        """Select a wire and return its weight."""
        self.canvas.select_wire(self.wires.keys(np.array([row]))[0])
        self.canvas.setFocus()
        return self.weight(row)

    def number(self, node: int) -> float:
        return self.session.document.node(node).value

    def bias(self) -> tuple[int, QPoint]:
        """Return the first bias and the pixel in the middle of its square."""
        biases = self.picture.frame.biases
        at = biases.middles(self.picture.rects())[0].tolist()
        return int(biases.node[0]), self.canvas._camera.to_screen(QPointF(*at)).toPoint()


@pytest.fixture
def net(session, canvas, hands) -> Net:
    return Net(session, canvas, hands)


def written(net: Net, node: int) -> str:
    """Return the words of a chip, joined."""
    [grip] = [grip for grip in net.canvas._parts.grips() if grip.node == node]
    return " ".join(words for words, _role in grip.words)


# Weights ----------------------------------------------------------------------------------------


def test_a_wire_under_the_mouse_says_its_weight_and_gradient(net, hands):
    row = net.row()
    assert net.chips() == []
    hands.hover(net.on_wire(row, 0.3))
    node = net.weight(row)
    assert net.chips() == [node]
    result = net.session.result
    assert written(net, node).startswith("w1 ")
    assert f"{result.number(node):.4g}".replace("-", "−") in written(net, node)
    assert "∂ " in written(net, node)
    hands.hover(QPoint(5, 5))
    assert net.chips() == []


def test_the_chip_stays_while_the_mouse_is_on_it(net, hands):
    row = net.row()
    hands.hover(net.on_wire(row, 0.3))
    hands.hover(net.chip(net.weight(row)) + QPoint(12, 6))
    assert net.chips() == [net.weight(row)]


def test_a_click_on_the_wire_selects_it_and_pins_its_chip(net, hands):
    row = net.row()
    hands.click(net.on_wire(row, 0.3))
    assert net.session.weight == net.weight(row)
    hands.hover(QPoint(5, 5))
    assert net.chips() == [net.weight(row)]
    hands.key("Escape")
    assert net.chips() == []
    assert net.session.weight is None


def test_a_drag_on_the_chip_scrubs_the_weight_as_one_step(net, hands):
    node = net.select(net.row())
    before, at = net.number(node), net.chip(node)
    hands.drag(at, at + QPoint(60, 0), steps=12)
    assert net.number(node) != before
    assert net.session.stack.count() == 1
    net.session.undo()
    assert net.session.document.same_content(net.start)


def test_shift_is_finer_and_control_coarser(net, hands):
    node = net.select(net.row())
    at, steps = net.chip(node), {}
    for held in ((), ("Shift",), ("Control",)):
        before = net.number(node)
        hands.press(at)
        hands.move(at + QPoint(40, 0), *held)
        hands.release(at + QPoint(40, 0), *held)
        steps[held] = abs(net.number(node) - before)
        net.session.undo()
        hands.settle()
    assert steps["Shift",] < steps[()] < steps["Control",]


def test_the_old_number_is_shown_while_it_is_scrubbed(net, hands):
    node = net.select(net.row())
    before, at = net.number(node), net.chip(node)
    hands.drag_to(at, at + QPoint(50, 0))
    hands.settle()
    [grip] = [one for one in net.canvas._parts.grips() if one.node == node]
    assert grip.was == f"was {before:.4g}".replace("-", "−")
    hands.key("Escape")
    hands.release(at)
    assert net.number(node) == before
    assert not net.session.stack.canUndo()


def test_a_click_on_the_chip_types_the_number_there(net, hands):
    node = net.select(net.row())
    at = net.chip(node)
    hands.click(at)
    editor = net.canvas._editor
    assert editor.isVisible()
    assert editor.geometry().contains(at)
    editor.setText("1/4")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert net.number(node) == 0.25
    net.session.undo()
    assert net.session.document.same_content(net.start)


@pytest.mark.parametrize("way", ["Return", "double-click"])
def test_return_and_a_double_click_on_the_wire_type_it_as_well(net, hands, way):
    row = net.row()
    net.select(row)
    if way == "Return":
        hands.key("Return")
    else:
        hands.double_click(net.on_wire(row, 0.25))
    editor = net.canvas._editor
    assert editor.isVisible()
    editor.setText("nonsense +")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert editor.isVisible()  # one types on
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert net.session.document.same_content(net.start)


def test_up_and_down_step_the_weight_of_the_selected_wire(net, hands):
    node = net.select(net.row())
    before = net.number(node)
    hands.key("Up")
    assert net.number(node) == pytest.approx(before + 0.1)
    hands.key("Down", "Shift")
    assert net.number(node) == pytest.approx(before + 0.09)
    assert net.session.weight == node


def test_alt_and_the_wheel_step_it_over_the_wire_and_over_the_chip(net, hands):
    row = net.row()
    node, before = net.weight(row), net.number(net.weight(row))
    hands.turn(net.on_wire(row, 0.3), 1, "Alt")
    assert net.number(node) == pytest.approx(before + 0.1)
    net.select(row)
    hands.turn(net.chip(node), -1, "Alt")
    assert net.number(node) == pytest.approx(before)


def test_a_frozen_weight_has_a_padlock(net, hands):
    node = net.select(net.row())
    assert not net.canvas._parts.grips()[0].locked
    net.session.do(accept(set_frozen(net.session.document, [node], on=True)))
    hands.settle()
    assert net.canvas._parts.grips()[0].locked


def test_new_numbers_build_no_frame_and_make_no_item(net, hands):
    node = net.select(net.row())
    scene, at = net.canvas._scene, net.chip(node)
    hands.drag_to(at, at + QPoint(10, 0))
    hands.settle()
    built, made = scene.built, scene.made
    for step in range(20):
        hands.move(at + QPoint(10 + step, 0))
        hands.settle()
    assert (scene.built, scene.made) == (built, made)
    hands.release(at)


def test_a_paint_between_an_edit_and_its_frame_leaves_out_weights_that_are_gone(net):
    node = net.select(net.row())
    assert net.chips() == [node]
    net.session.do(delete(net.session.document, {node}))
    net.canvas.viewport().repaint()  # the notice of the edit comes at the end of the turn
    assert net.chips() == []


def test_a_weight_that_can_be_seen_has_no_chip(net, hands):
    row = net.row()
    neuron = int(net.picture.frame.ids[net.wires.end[row]])
    net.select(row)
    net.session.toggle_fold(neuron)
    hands.settle()
    assert net.session.weight is None
    assert net.chips() == []
    net.session.toggle_fold(neuron)
    hands.settle()
    assert net.session.weight is not None


def test_a_weight_that_is_selected_in_the_outline_has_its_chip_on_the_canvas(net, hands):
    node = net.weight(net.row())
    net.session.set_selection({node})
    hands.settle()
    assert net.chips() == [node]
    hands.key("Up")
    assert net.number(node) != net.start.node(node).value


def test_an_edited_weight_is_written_while_training_goes_on(net, hands, qtbot):
    net.select(net.row())
    training = net.session.training
    training.play()
    qtbot.waitUntil(lambda: training.snapshot is not None and training.snapshot.step > 2)
    net.canvas.edit_value()
    net.canvas._editor.setText("5")
    QTest.keyClick(net.canvas._editor, Qt.Key.Key_Return)
    assert training.running
    assert net.session.stack.undoText() == "Set w1 to 5"
    net.session.settle()


# Biases -----------------------------------------------------------------------------------------


def test_every_folded_neuron_shows_its_own_bias(net):
    biases, frame, document = net.picture.frame.biases, net.picture.frame, net.session.document
    assert len(biases) == 6
    for item, node in zip(biases.item.tolist(), biases.node.tolist(), strict=True):
        assert document.node(node).label == "b"
        assert document.node(node).group == frame.ids[item]


def test_a_bias_is_pointed_at_selected_scrubbed_and_typed(net, hands):
    node, at = net.bias()
    hands.hover(at)
    assert net.chips() == [node]
    hands.click(at)
    assert net.session.selection == {node}
    hands.drag(at, at + QPoint(50, 0))
    assert net.number(node) != 0.0
    net.session.undo()
    assert net.session.document.same_content(net.start)
    hands.settle()
    hands.click(net.chip(node))
    net.canvas._editor.setText("-2")
    QTest.keyClick(net.canvas._editor, Qt.Key.Key_Return)
    assert net.number(node) == -2.0


def test_a_neuron_without_a_bias_has_no_square(net, hands):
    from engine.graph.verbs import delete

    node, at = net.bias()
    net.session.do(accept(delete(net.session.document, [node])))
    hands.settle()
    assert node not in net.picture.frame.biases.node
    hands.hover(at)
    assert node not in net.chips()


# Bands ------------------------------------------------------------------------------------------


@pytest.fixture
def band(net, session, canvas, hands) -> int:
    """Fold the layers and return the row of the band that joins what leads out of a neuron."""
    layers = {g.id for g in session.document.groups.values() if g.template == "layer"}
    session.set_view(folded=session.view.folded | layers)
    hands.settle()
    canvas.fit()
    hands.settle()
    return int(np.flatnonzero(net.wires.count == 2)[0])


def test_a_band_has_the_mean_of_the_weights_that_it_joins(net, band):
    nodes = net.wires.weights(band).tolist()
    numbers = [net.number(node) for node in nodes]
    assert len(nodes) == 2
    assert net.picture.readings.weight[band] == pytest.approx(sum(numbers) / 2)


def test_a_band_under_the_mouse_says_count_mean_least_and_largest(net, band, hands):
    hands.hover(net.on_wire(band, 0.3))
    [grip] = net.canvas._parts.grips()
    numbers = [net.number(node) for node in net.wires.weights(band).tolist()]
    words = " ".join(said for said, _role in grip.words)
    assert words.startswith("2 wires mean ")
    for number in (min(numbers), max(numbers)):
        assert f"{number:.4g}".replace("-", "−") in words


def test_a_band_is_selected_and_deleted_whole(net, band, session, hands):
    hands.click(net.on_wire(band, 0.3))
    assert len(session.wires) == 2
    hands.key("Delete")
    assert session.stack.undoText() == "Delete 2 wires"
    assert len(session.document.edges()) == len(net.start.edges()) - 2
    session.undo()
    assert session.document.same_content(net.start)


@pytest.mark.parametrize("way", ["Return", "Up", "double-click"])
def test_a_band_says_why_its_number_cannot_be_changed(net, band, session, hands, way):
    refused = []
    session.refused.connect(refused.append)
    hands.click(net.on_wire(band, 0.3))
    if way == "double-click":
        hands.double_click(net.on_wire(band, 0.3))
    else:
        hands.key(way)
    assert refused[0] == (
        "These are 2 wires: each has a weight of its own. Unfold a group and choose one of them."
    )
    assert session.document.same_content(net.start)


def test_a_selected_band_unfolds_to_its_wires_and_folds_to_itself(net, band, session, hands):
    hands.click(net.on_wire(band, 0.3))
    chosen, folded = session.wires, session.view.folded
    layers = {g.id for g in session.document.groups.values() if g.template == "layer"}
    session.set_view(folded=folded - layers)
    hands.settle()
    assert session.wires == chosen
    assert net.picture.selected_wires.sum() == 2
    session.set_view(folded=folded)
    hands.settle()
    assert session.wires == chosen
    assert net.picture.selected_wires.sum() == 1


def test_of_chips_that_would_touch_each_other_none_says_its_count():
    pile = [Grip(None, row, QRectF(0.0, 24.0 * row, 40.0, 22.0), 1.0) for row in range(5)]
    alone = Grip(None, 9, QRectF(100.0, 0.0, 40.0, 22.0), 1.0)
    assert apart([*pile, alone]) == [alone]
    assert apart(pile[::2]) == pile[::2]
    assert apart([]) == []
