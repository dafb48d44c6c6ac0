"""Dragging into groups and out of them: with Alt at once, over another group after a rest."""

import pytest
from PySide6.QtCore import QPoint, QTimer

from engine.errors import accept
from engine.graph.verbs import connect, group


class Pair:
    """a and b in a group of their own, with room between them, and beside it c and t."""

    def __init__(self, build, canvas, hands) -> None:
        self.a = build.value("a", 2.0, -400.0, -150.0)
        self.b = build.value("b", 3.0, -60.0, 90.0)
        self.c = build.value("c", 4.0, 260.0, 0.0)
        self.t = build.op("tanh", (), 260.0, 160.0, label="t")
        self.group = build.document.next_id
        build.session.do(accept(group(build.document, [self.a, self.b], "pair")))
        build.session.stack.clear()
        hands.settle()
        canvas.set_zoom(0.8)
        canvas.fit()
        hands.settle()
        build.session.set_selection(())
        self.start = build.document.copy()


@pytest.fixture
def pair(build, canvas, hands) -> Pair:
    return Pair(build, canvas, hands)


def grip(canvas, item) -> QPoint:
    rect = canvas.item_rect(item)
    return QPoint(rect.center().x(), rect.bottom() - 4)


def inside(canvas, item) -> QPoint:
    return canvas.item_rect(item).center()


def test_with_alt_a_card_goes_into_the_group_under_the_mouse(session, pair, canvas, hands):
    begin, end = grip(canvas, pair.c), inside(canvas, pair.group)
    off = canvas.item_rect(pair.c).topLeft() - begin
    hands.drag(begin, end, "Alt")
    assert session.document.node(pair.c).group == pair.group
    assert (canvas.item_rect(pair.c).topLeft() - end - off).manhattanLength() <= 3
    assert session.stack.count() == 1
    assert session.stack.undoText() == "Move 1 item into pair"
    session.undo()
    assert session.document.same_content(pair.start)


def test_with_alt_a_card_is_dragged_out_of_its_group(session, pair, canvas, hands):
    begin, end = grip(canvas, pair.b), grip(canvas, pair.c) + QPoint(0, -90)
    hands.drag(begin, end, "Alt")
    assert session.document.node(pair.b).group is None
    assert session.stack.undoText() == "Move 1 item out of pair"
    session.undo()
    assert session.document.same_content(pair.start)


def test_without_alt_a_card_stays_in_its_group_wherever_it_goes(session, pair, canvas, hands):
    hands.drag(grip(canvas, pair.b), grip(canvas, pair.c) + QPoint(0, -90))
    assert session.document.node(pair.b).group == pair.group
    hands.drag(grip(canvas, pair.c), inside(canvas, pair.group))
    assert session.document.node(pair.c).group is None


def test_after_a_rest_over_another_group_it_goes_into_that(session, pair, canvas, hands):
    said = []
    session.hinted.connect(said.append)
    end = inside(canvas, pair.group)
    hands.drag_to(grip(canvas, pair.c), end)
    nesting = canvas._mouse.gesture.nesting
    assert nesting.timer.isActive()
    assert nesting.goal is None
    nesting.timer.timeout.emit()
    assert nesting.goal is not None
    assert said[-1] == "Let go to move it into pair"
    hands.release(end)
    assert session.document.node(pair.c).group == pair.group


def test_a_rest_over_its_own_group_or_over_nothing_means_nothing(session, pair, canvas, hands):
    hands.drag_to(grip(canvas, pair.b), grip(canvas, pair.b) + QPoint(-40, -20))
    assert not canvas._mouse.gesture.nesting.timer.isActive()
    hands.key("Escape")
    hands.release(grip(canvas, pair.b))
    hands.drag_to(grip(canvas, pair.c), grip(canvas, pair.c) + QPoint(60, 0))
    assert not canvas._mouse.gesture.nesting.timer.isActive()
    hands.key("Escape")
    hands.release(grip(canvas, pair.c))


def test_what_letting_go_will_do_is_said_and_outlined(session, pair, canvas, hands):
    said = []
    session.hinted.connect(said.append)
    end = inside(canvas, pair.group)
    hands.drag_to(grip(canvas, pair.c), end, "Alt")
    assert said[-1] == "Let go to move it into pair"
    assert canvas._scene.picture.floating.into.group == pair.group
    hands.move(end)  # Alt was let go
    assert canvas._scene.picture.floating.into is None
    assert said[-1].startswith("Moving 1 item")
    hands.release(end)
    hands.drag_to(grip(canvas, pair.b), grip(canvas, pair.t) + QPoint(0, 60), "Alt")
    assert said[-1] == "Let go to move it out of pair"
    hands.key("Escape")
    hands.release(end)


def test_escape_puts_it_back_and_no_timer_stays(session, pair, canvas, hands):
    before = canvas.item_rect(pair.c)
    hands.drag_to(grip(canvas, pair.c), inside(canvas, pair.group), "Alt")
    nesting = canvas._mouse.gesture.nesting
    hands.key("Escape")
    hands.release(inside(canvas, pair.group), "Alt")
    assert canvas.item_rect(pair.c) == before
    assert session.document.same_content(pair.start)
    assert not nesting.timer.isActive()


def test_an_operation_over_a_wire_goes_into_the_group_if_alt_is_held(
    session, pair, build, canvas, hands
):
    hands.drag(grip(canvas, pair.t), inside(canvas, pair.group), "Alt")
    assert session.document.node(pair.t).group == pair.group


def test_a_group_is_dragged_into_another_and_never_into_itself(session, pair, canvas, hands):
    session.do(accept(group(session.document, [pair.c], "other")))
    other = max(session.document.groups)
    hands.settle()
    title = canvas.item_rect(other)
    begin = QPoint(title.center().x(), title.top() + 6)
    hands.drag(begin, inside(canvas, pair.group), "Alt")
    assert session.document.groups[other].group == pair.group
    assert session.document.groups[pair.group].group is None
    begin = QPoint(
        canvas.item_rect(pair.group).center().x(), canvas.item_rect(pair.group).top() + 6
    )
    hands.drag(begin, begin + QPoint(10, 10), "Alt")
    assert session.document.groups[pair.group].group is None


def test_a_card_that_was_pulled_out_of_its_wires_rests_no_more(
    session, pair, canvas, hands, build
):
    """What a gesture that is over shows would have rows of a frame that is gone."""
    session.do(accept(connect(build.document, pair.c, pair.t)))
    hands.settle()
    hands.drag(grip(canvas, pair.t), inside(canvas, pair.group), "Control", "Shift")
    assert build.document.inputs(pair.t) == (None,)
    hands.settle()
    assert not [timer for timer in canvas._scene.findChildren(QTimer) if timer.isActive()]
    assert canvas._scene.picture.floating.cut is None
