"""Whose gradient? asked in the window with real keys and a real mouse, both ways round."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.errors import accept
from engine.graph.models import Model, insert_model
from engine.graph.records import DataSettings
from engine.run.evaluate import evaluate
from playground.canvas.frame import style
from playground.canvas.frame.routes import points_on
from playground.canvas.painting.asked import leading
from playground.canvas.painting.lens import Lens
from playground.panels.boundary.pushes import DOWN, UP
from tests.playground.canvas.conftest import Hands
from tests.playground.window.driving import turn


class Asking:
    """A window on a small network of folded neurons, and what a test looks at."""

    def __init__(self, window, session, qtbot) -> None:
        self.window, self.session, self.qtbot = window, session, qtbot
        self.canvas, self.boundary = window.canvas, window.training_panel.boundary
        self.hands = Hands(self.canvas)

    @property
    def picture(self):
        return self.canvas._scene.picture

    def switch(self) -> None:
        """Press F4 on the canvas, and wait for the first answer."""
        self.canvas.setFocus()
        turn()
        QTest.keyClick(self.canvas, Qt.Key.Key_F4)
        turn()

    def begin(self) -> None:
        self.switch()
        self.qtbot.waitUntil(lambda: self.session.whose.shares is not None)
        turn()

    def hover_point(self, sample: int) -> None:
        x, y = self.session.samples.inputs[sample].tolist()
        place = self.boundary.picture.position_of(x, y).toPoint()
        QTest.mouseMove(self.boundary.picture._plot.viewport(), place)
        turn()

    def leave_boundary(self) -> None:
        event = QEvent(QEvent.Type.Leave)
        QApplication.sendEvent(self.boundary.picture._plot.viewport(), event)
        turn()

    def hover_wire(self, row: int) -> None:
        [at] = points_on(self.picture.pieces(), np.array([row]), np.array([0.5])).tolist()
        self.hands.hover(self.canvas._camera.to_screen(QPointF(*at)).toPoint())

    def symbols(self) -> list[str]:
        return self.boundary.picture._pushes.item.data["symbol"].tolist()

    def pushing(self) -> np.ndarray:
        return np.stack(self.boundary.picture._pushes.item.getData(), axis=1)

    def lonely(self) -> int:
        """Return a point with no other near it."""
        points = self.session.samples.inputs
        away = np.hypot(*(points[:, None] - points).T) + 1e9 * np.eye(len(points))
        return int(np.argmax(away.min(axis=0)))

    def shares(self, node: int) -> np.ndarray:
        return self.session.whose.shares.of_parameters((node,))


@pytest.fixture
def asking(window, session, qtbot) -> Asking:
    data = DataSettings("moons", samples=30)
    session.do(accept(insert_model(session.document, Model((3, 2, 1), data=data))))
    session.stack.clear()
    turn()
    window.canvas.fit()
    turn()
    return Asking(window, session, qtbot)


def test_the_key_switches_it_on_and_off_for_menu_and_button(asking):
    action, button = asking.window.commands["train.whose"], asking.boundary.whose.button
    asking.begin()
    assert asking.session.whose.on
    assert button.isChecked()
    asking.window.refresh()
    assert action.isChecked()
    assert asking.picture.heat is not None
    asking.switch()
    assert not asking.session.whose.on
    assert not button.isChecked()
    assert asking.picture.heat is None
    assert asking.picture.asked is None


def test_the_button_leaves_the_keyboard_on_the_canvas(asking):
    asking.canvas.setFocus()
    QTest.mouseClick(asking.boundary.whose.button, Qt.MouseButton.LeftButton)
    turn()
    assert asking.session.whose.on
    assert asking.canvas.hasFocus()
    assert "Point at a sample" in asking.boundary.whose.text()


def test_a_point_under_the_mouse_is_the_sample_of_the_canvas_until_the_mouse_leaves(asking):
    session, sample = asking.session, asking.lonely()
    assert sample != session.view.sample
    asking.begin()
    asking.hover_point(sample)
    alone = evaluate(session.document, data=session.samples, sample=sample)
    nodes = list(alone.row)
    assert [session.result.slope(node) for node in nodes] == [alone.slope(n) for n in nodes]
    assert f"Sample {sample}" in asking.boundary.whose.text()
    assert np.stack(asking.boundary.picture._ring.getData(), axis=1).tolist() == [
        session.samples.inputs[sample].tolist()
    ]
    asking.leave_boundary()
    chosen = evaluate(session.document, data=session.samples, sample=session.view.sample)
    assert session.result.number(nodes[-1]) == chosen.number(nodes[-1])
    assert session.view.sample != sample
    assert session.probe is None


def test_a_click_on_a_point_chooses_it_and_a_click_beside_changes_nothing(asking):
    sample = asking.lonely()
    asking.begin()
    x, y = asking.session.samples.inputs[sample].tolist()
    viewport = asking.boundary.picture._plot.viewport()
    place = asking.boundary.picture.position_of(x, y).toPoint()
    QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=place)
    turn()
    assert asking.session.view.sample == sample
    QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=QPoint(4, 4))
    turn()
    assert asking.session.probe is None
    assert asking.session.view.sample == sample


def test_a_wire_under_the_mouse_shows_who_pushes_its_weight_and_which_way(asking):
    asking.begin()
    wires = asking.picture.frame.wires
    hidden = np.flatnonzero((wires.weight >= 0) & (wires.count == 1)).tolist()
    row = max(hidden, key=lambda one: np.count_nonzero(asking.shares(int(wires.weight[one]))))
    node = int(wires.weight[row])
    asking.hover_wire(row)
    assert asking.session.whose.subject.parameters == (node,)
    shares = asking.shares(node)
    some = np.flatnonzero(shares)
    assert len(asking.pushing()) == len(some)
    inputs = asking.session.samples.inputs
    for place, way in zip(asking.pushing().tolist(), asking.symbols(), strict=True):
        sample = int(np.flatnonzero((inputs == place).all(axis=1))[0])
        assert way == (UP if shares[sample] < 0.0 else DOWN)
    sizes = asking.boundary.picture._pushes.item.data["size"]
    assert (np.diff(sizes) >= 0.0).all()  # the strongest lies on top
    up, down = (shares < 0).sum(), (shares > 0).sum()
    assert f"{up} point" in asking.boundary.whose.text()
    assert f"{down} down" in asking.boundary.whose.text()
    asking.hands.hover(QPoint(3, 3))
    assert not len(asking.pushing())


def test_a_neuron_under_the_mouse_shows_how_far_each_point_moves_it(asking):
    asking.begin()
    [group, *_others] = [
        g.id for g in asking.session.document.groups.values() if g.template == "neuron"
    ]
    rect = asking.canvas._parts.rect(group)
    asking.hands.hover(asking.canvas._camera.to_screen(rect.center()).toPoint())
    subject = asking.session.whose.subject
    assert subject.item == group
    columns = [asking.shares(node) for node in subject.parameters]
    lengths = np.sqrt(np.sum(np.square(columns), axis=0))
    assert len(asking.pushing()) == np.count_nonzero(lengths)
    assert set(asking.symbols()) <= {"o"}


def test_the_list_beside_a_parameter_ranks_points_to_and_chooses_samples(asking):
    asking.begin()
    shares = asking.session.whose.shares
    node = int(shares.parameters[np.argmax(np.abs(shares.gradient))])
    asking.session.set_selection({node})
    turn()
    table = asking.window.inspector.node_page.whose
    assert table.isVisible()
    sizes = np.abs(asking.shares(node))
    model = table.list.model()
    assert model.rowCount() == np.count_nonzero(sizes)
    ranked = [model.sample(row) for row in range(model.rowCount())]
    assert sizes[ranked].tolist() == sorted(sizes[sizes > 0].tolist(), reverse=True)
    asking.window.inspector._area.ensureWidgetVisible(table)
    turn()
    second = table.list.visualRect(model.index(1, 0)).center()
    QTest.mouseMove(table.list.viewport(), second)
    turn()
    assert asking.session.whose.pointed == ranked[1]
    QTest.mouseClick(table.list.viewport(), Qt.MouseButton.LeftButton, pos=second)
    turn()
    assert asking.session.view.sample == ranked[1]
    QApplication.sendEvent(table.list.viewport(), QEvent(QEvent.Type.Leave))
    assert asking.session.whose.pointed is None
    asking.switch()
    assert not table.isVisible()


def test_the_hardest_pushed_weights_in_sight_say_their_shares_clear_of_cards(asking):
    asking.window.resize(1900, 1100)
    turn()
    asking.canvas.fit()
    asking.begin()
    shares = asking.session.whose.shares
    sample = int(np.argmax(np.abs(shares.matrix).sum(axis=1)))
    asking.hover_point(sample)
    zoom, view = asking.canvas.zoom, asking.canvas
    seen = view.mapToScene(view.viewport().rect()).boundingRect()
    lens = Lens(zoom, 1.0, -seen.left() * zoom, -seen.top() * zoom, view.width(), view.height())
    shown = asking.picture.asked.sample
    chips = leading(asking.picture, lens)
    assert chips
    row, wires = shares.of_sample(shown), asking.picture.frame.wires
    for chip in chips:
        place = shares.place(int(wires.weight[chip.row]))
        [(words, role)] = chip.words
        assert words.count(" of ") == 1
        assert role == "backward"
        told = float(words.split(" of ")[0].replace("−", "-"))
        assert told == pytest.approx(row[place], rel=6e-3)
        assert chip.rect.width() >= QFontMetricsF(style.CHIP.font()).horizontalAdvance(words)
        for item in asking.canvas._scene.hits:
            kind = asking.canvas._parts.kind(item)
            if kind not in style.BACKING:
                assert not chip.rect.intersects(asking.canvas._parts.rect(item))


def test_the_chip_of_a_weight_says_its_share_of_the_sample_that_is_shown(asking):
    asking.begin()
    wires = asking.picture.frame.wires
    row = int(np.flatnonzero((wires.weight >= 0) & (wires.count == 1))[0])
    asking.hover_wire(row)
    [grip] = [one for one in asking.canvas._parts.grips() if one.row == row]
    assert any(" of " in said and role == "backward" for said, role in grip.words)
    asking.switch()
    asking.hands.hover(QPoint(3, 3))
    asking.hover_wire(row)
    [grip] = [one for one in asking.canvas._parts.grips() if one.row == row]
    assert not any(" of " in said for said, _role in grip.words)
