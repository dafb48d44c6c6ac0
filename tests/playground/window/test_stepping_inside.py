"""Stepping inside a group and out again, by the strip of steps, stubs, real keys and mouse."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from engine.errors import accept
from engine.files import read, write
from engine.graph.verbs import delete
from tests.playground.canvas.conftest import Hands
from tests.playground.window.inside import labelled, select, within

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def canvas(window):
    window.canvas.setFocus()
    return window.canvas


@pytest.fixture
def hands(canvas) -> Hands:
    return Hands(canvas)


def stub_of(canvas, node: int) -> QPoint:
    stubs = canvas.projection.stubs.values()
    stub = next(stub for stub in stubs if node in stub.nodes or node == stub.thing)
    return canvas.item_rect(stub.id).center()


# In and out ----------------------------------------------------------------------------------


def test_control_return_steps_inside_and_control_shift_return_out_again(
    session, network, canvas, hands
):
    select(session, hands, {network["neuron 2"]})
    hands.key("Return", "Control")
    assert within(session) == network["neuron 2"]
    assert session.selection == frozenset()
    members = set(session.document.members(network["neuron 2"]))
    assert canvas._scene.hits.keys() == members
    hands.key("Return", "Control", "Shift")
    assert within(session) == network["layer 1"]
    assert session.selection == {network["neuron 2"]}


def test_a_double_click_with_control_steps_inside(session, network, canvas, hands):
    at = canvas.item_rect(network["neuron 1"]).center()
    hands.click(at, "Control")
    QTest.mouseDClick(canvas.viewport(), Qt.MouseButton.LeftButton, CONTROL, at)
    hands.settle()
    assert within(session) == network["neuron 1"]
    assert network["neuron 1"] in session.view.folded  # it is open in here all the same


def test_escape_first_cancels_then_lets_go_then_steps_out(session, inside, network, canvas, hands):
    w1 = labelled(session, inside, "w1")
    hands.drag_to(canvas.item_rect(w1).center(), canvas.item_rect(w1).center() + QPoint(90, 40))
    hands.key("Escape")
    hands.release(canvas.item_rect(w1).center())
    assert (session.selection, within(session)) == ({w1}, inside)
    hands.key("Escape")
    assert (session.selection, within(session)) == (frozenset(), inside)
    hands.key("Escape")
    assert within(session) == network["layer 1"]
    for _more in range(6):  # each step leaves one selected, which goes first
        hands.key("Escape")
    assert within(session) is None
    assert not session.stack.canUndo()


def test_leaving_finds_the_view_before_and_back_and_forward_step_in_and_out(
    session, network, canvas, hands
):
    hands.turn(QPoint(300, 300), 2)
    before = canvas.item_rect(network["neuron 2"])
    canvas.enter(network["neuron 2"])
    hands.settle()
    canvas.enter(None)
    hands.settle()
    after = canvas.item_rect(network["neuron 2"])
    assert (after.topLeft() - before.topLeft()).manhattanLength() <= 2
    assert after.size() == before.size()
    hands.key("PageUp")
    assert within(session) == network["neuron 2"]
    hands.key("PageUp")
    assert within(session) is None
    hands.key("PageDown")
    assert within(session) == network["neuron 2"]


def test_the_group_grows_out_of_its_card(session, network, canvas, hands):
    canvas.set_motion(True)
    rect = canvas.item_rect(network["neuron 2"])
    canvas.enter(network["neuron 2"])
    assert not canvas._camera.rests
    shown = canvas._camera.rect_on_screen(canvas._scene.bounds()).toRect()
    assert rect.adjusted(-3, -3, 3, 3).contains(shown.center())
    canvas._camera.settle()
    assert canvas._camera.fitted
    assert canvas.rect().contains(canvas._camera.rect_on_screen(canvas._scene.bounds()).toRect())


def test_the_group_one_is_in_is_kept_in_the_file(session, inside, canvas, hands, tmp_path):
    path = tmp_path / "inside.mgp"
    assert session.save(path)
    session.new()
    hands.settle()
    assert canvas.projection.within is None
    assert session.open(path)
    hands.settle()
    assert within(session) == inside == canvas.projection.within
    hands.key("Return", "Control", "Shift")
    assert within(session) != inside


def test_a_bookmark_comes_back_inside(session, inside, canvas, hands):
    hands.key("3", "Control", "Shift")
    canvas.enter(None)
    hands.settle()
    hands.key("3", "Control")
    assert within(session) == inside
    again = read(write(session.document))
    assert again.view.bookmark(3).group == inside
    without = session.document.copy()
    without.apply(accept(delete(without, [inside])))
    assert read(write(without)).view.bookmark(3).group is None


# Breadcrumbs ---------------------------------------------------------------------------------


def test_the_steps_name_the_way_and_lead_back(session, inside, network, canvas, hands):
    strip = canvas.breadcrumbs
    assert strip.isVisible()
    names = [crumb.accessibleName() for crumb in strip.crumbs]
    assert names == [session.name, "MLP 2 → 3 → 2 → 1", "layer 1", "neuron 2"]
    assert all(crumb.toolTip() for crumb in strip.crumbs)
    QTest.mouseClick(strip.crumbs[1], Qt.MouseButton.LeftButton)
    hands.settle()
    assert within(session) == network["MLP 2 → 3 → 2 → 1"]
    assert canvas.hasFocus()
    QTest.mouseClick(strip.crumbs[0], Qt.MouseButton.LeftButton)
    hands.settle()
    assert within(session) is None
    assert not strip.isVisible()


def test_the_steps_are_walked_by_keys(session, inside, network, canvas, hands):
    strip = canvas.breadcrumbs
    QTest.keyClick(canvas, Qt.Key.Key_Tab, CONTROL)
    for crumb in strip.crumbs:
        assert crumb.hasFocus()
        QTest.keyClick(crumb, Qt.Key.Key_Tab)
    assert not canvas.search_card.is_open
    strip.crumbs[-1].setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(strip.crumbs[-1], Qt.Key.Key_Left)
    assert strip.crumbs[-2].hasFocus()
    QTest.keyClick(strip.crumbs[-2], Qt.Key.Key_Space)
    hands.settle()
    assert within(session) == network["layer 1"]
    strip.crumbs[0].setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(strip.crumbs[0], Qt.Key.Key_Escape)
    assert canvas.hasFocus()


@pytest.mark.parametrize("width", [1280, 900, 760])
def test_the_steps_stay_within_the_canvas(session, inside, window, canvas, hands, width):
    window.resize(width, 600)
    hands.settle()
    strip = canvas.breadcrumbs
    assert canvas.rect().contains(strip.geometry())
    assert strip.crumbs[-1].isVisible()
    seen = [crumb.isVisible() for crumb in strip.crumbs]
    assert seen == sorted(seen)  # outer steps go first
    assert all(crumb.width() > 20 for crumb in strip.crumbs if crumb.isVisible())


def test_the_last_step_offers_the_groups_inside(session, network, canvas, hands):
    canvas.enter(network["layer 1"])
    hands.settle()
    menu = canvas.breadcrumbs._menu
    menu.aboutToShow.emit()
    assert [action.text() for action in menu.actions()] == ["neuron 1", "neuron 2", "neuron 3"]
    menu.actions()[2].trigger()
    hands.settle()
    assert within(session) == network["neuron 3"]
    assert not canvas.breadcrumbs.inner.isVisible()


def test_a_renamed_group_is_renamed_in_the_steps(session, inside, canvas, hands):
    from engine.graph.properties import set_label

    session.do(set_label(session.document, inside, "mine"))
    hands.settle()
    assert canvas.breadcrumbs.crumbs[-1].text() == "mine"


# Stubs ---------------------------------------------------------------------------------------


def test_stubs_are_neither_selected_nor_moved(session, inside, network, canvas, hands):
    x1 = accept(session.document.find("x1"))
    before = session.document.copy()
    at = stub_of(canvas, x1)
    hands.drag(at, at + QPoint(60, 60))
    assert session.document.same_content(before)
    assert within(session) == inside
    hands.key("A", "Control")
    assert session.selection == set(session.document.members(inside))
    whole = canvas._camera.rect_on_screen(canvas._scene.bounds()).toRect()
    hands.drag(whole.topLeft() - QPoint(4, 4), whole.bottomRight() + QPoint(4, 4))
    assert session.selection == set(session.document.members(inside))


def test_a_click_on_a_stub_goes_there(session, inside, network, canvas, hands):
    x1 = accept(session.document.find("x1"))
    hands.click(stub_of(canvas, x1))
    assert within(session) is None
    assert session.selection == {x1}
    canvas.enter(inside)
    hands.settle()
    hands.click(stub_of(canvas, network["layer 2"]))
    assert within(session) == network["MLP 2 → 3 → 2 → 1"]
    assert session.selection == {network["layer 2"]}


def test_a_wire_can_be_drawn_from_a_stub(session, inside, canvas, hands):
    document = session.document
    x1 = accept(document.find("x1"))
    total = labelled(session, inside, "n")
    before = len(document.node(total).ports)
    hands.drag(canvas.port_point(x1), canvas.item_rect(total).center())
    assert len(document.node(total).ports) == before + 1
    assert x1 in document.inputs(total)
    hands.key("Z", "Control")
    assert len(document.node(total).ports) == before


def test_a_stub_says_what_it_is(session, inside, canvas, hands):
    from playground.canvas.tips import stub_facts

    x1 = accept(session.document.find("x1"))
    frame = canvas._scene.picture.frame
    stubs = {stub.nodes[0]: stub.id for stub in frame.projection.stubs.values() if stub.feeds}
    told = stub_facts(session.document, frame, session.result, stubs[x1])
    assert told.name == "x1"
    assert told.sentences[-1] == "A click goes there"
    number = frame.index[stubs[x1]]
    assert canvas._scene.picture.readings.value[number] == session.result.number(x1)
