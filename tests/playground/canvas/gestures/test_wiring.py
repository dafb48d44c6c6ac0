"""Drawing, moving and pulling off wires, with the reasons why not said at the cursor."""

import pytest
from PySide6.QtCore import QPoint

from engine.errors import accept
from engine.graph.rules import can_connect
from engine.graph.verbs import disconnect


def words(canvas) -> str:
    return canvas._scene.picture.floating.words


def middle(canvas, item):
    return canvas.item_rect(item).center()


def test_a_wire_is_drawn_from_an_output_to_an_input(session, build, canvas, hands):
    a = build.value("a", 2.0, -300, -100)
    c = build.op("mul", (), 0, -60)
    canvas.set_zoom(1.0)
    hands.settle()
    hands.drag(canvas.port_point(a), canvas.port_point(c, 1))
    assert session.document.inputs(c) == (None, a)
    assert session.stack.undoText() == "Connect a to mul#2"


def test_a_wire_is_drawn_from_an_input_back_to_an_output(session, build, canvas, hands):
    a = build.value("a", 2.0, -300, -100)
    c = build.op("mul", (), 0, -60)
    canvas.set_zoom(1.0)
    hands.settle()
    hands.drag(canvas.port_point(c, 0), canvas.port_point(a))
    assert session.document.inputs(c) == (a, None)


def test_the_whole_card_is_a_target_from_either_end(session, build, canvas, hands):
    a = build.value("a", 2.0, -300, -100)
    b = build.value("b", 2.0, -300, 100)
    c = build.op("mul", (), 0, -60)
    canvas.set_zoom(1.0)
    hands.settle()
    hands.drag(canvas.port_point(a), middle(canvas, c) + QPoint(20, 0))
    hands.drag(canvas.port_point(c, 1), middle(canvas, b))
    assert session.document.inputs(c) == (a, b)


def test_a_wire_near_a_free_port_snaps_to_it(session, build, canvas, hands):
    a = build.value("a", 2.0, -300, -100)
    c = build.op("mul", (), 0, -60)
    canvas.set_zoom(1.0)
    hands.settle()
    hands.drag_to(canvas.port_point(a), canvas.port_point(c, 1) - QPoint(18, 0))
    draft = canvas._scene.picture.floating.draft
    snapped = canvas._camera.to_screen(type(canvas._camera.middle())(*draft.port)).toPoint()
    assert snapped == canvas.port_point(c, 1)
    hands.release(canvas.port_point(c, 1) - QPoint(18, 0))
    assert session.document.inputs(c) == (None, a)


def test_an_n_ary_operation_grows_a_port_for_each_wire(session, build, canvas, hands):
    values = [build.value(name, 1.0, -300, 110 * row - 200) for row, name in enumerate("abc")]
    total = build.op("add", (), 0, -60)
    canvas.set_zoom(1.0)
    hands.settle()
    for value in values:
        hands.drag(canvas.port_point(value), middle(canvas, total))
    assert session.document.inputs(total) == tuple(values)
    assert session.result.number(total) == 3.0


def test_a_plus_a_is_two_wires_that_are_two_on_the_canvas(session, build, canvas, hands):
    a = build.value("a", 2.0, -300, -100)
    total = build.op("add", (), 0, -60)
    canvas.set_zoom(1.0)
    hands.settle()
    for _wire in range(2):
        hands.drag(canvas.port_point(a), middle(canvas, total))
    assert session.document.inputs(total) == (a, a)
    assert session.result.number(total) == 4.0
    first, second = (canvas.port_point(total, port) for port in session.document.node(total).ports)
    assert first != second
    assert len(canvas._scene.picture.frame.wires) == 2


def test_compatible_cards_are_lit_and_the_others_step_back(session, product, canvas, hands, build):
    total = build.op("add", (), 150, 60)
    hands.settle()
    hands.drag_to(canvas.port_point(product.c), QPoint(650, 100))
    picture = canvas._scene.picture
    allowed = picture.frame.ids[picture.floating.draft.allowed].tolist()
    assert allowed == [total]
    faded = picture.emphasis().faded
    assert faded[picture.frame.index[product.a]]
    assert not faded[picture.frame.index[total]]
    assert not faded[picture.frame.index[product.c]]
    hands.release(QPoint(650, 100))


@pytest.mark.parametrize("target", ["a", "c"])
def test_the_engine_says_at_the_cursor_why_a_wire_cannot_end_there(
    session, product, canvas, hands, target
):
    item = getattr(product, target)
    before = session.document.copy()
    hands.drag_to(canvas.port_point(product.b), middle(canvas, item))
    sentence = str(can_connect(session.document, product.b, item))
    assert words(canvas) == sentence
    hands.release(middle(canvas, item))
    assert session.document.same_content(before)
    assert words(canvas) == ""


def test_a_circle_is_refused_while_dragging_and_again_at_the_drop(session, build, canvas, hands):
    a = build.value("a", 2.0, -350, -100)
    first = build.op("add", (a,), -100, -90, label="first")
    second = build.op("tanh", (first,), 150, -90, label="second")
    canvas.set_zoom(1.0)
    hands.settle()
    refusals = []
    session.refused.connect(refusals.append)
    hands.drag_to(canvas.port_point(second), middle(canvas, first))
    assert "first would feed itself" in words(canvas)
    hands.release(middle(canvas, first))
    assert ["first would feed itself" in refusal for refusal in refusals] == [True]
    assert session.document.inputs(first) == (a,)


def test_a_taken_input_is_refused_by_its_name(session, product, canvas, hands, build):
    d = build.value("d", 1.0, -300, 180)
    hands.settle()
    hands.drag_to(canvas.port_point(d), canvas.port_point(product.c, 1))
    assert words(canvas).startswith("This input of c is taken: the wire from b ends in it")
    hands.release(canvas.port_point(product.c, 1))


def test_a_used_port_of_an_n_ary_operation_gives_the_wire_its_next(session, build, canvas, hands):
    a = build.value("a", 1.0, -300, -200)
    b = build.value("b", 1.0, -300, 60)
    total = build.op("add", (a,), 0, -60)
    canvas.set_zoom(1.0)
    hands.settle()
    [used] = session.document.node(total).ports
    hands.drag(canvas.port_point(b), canvas.port_point(total, used))
    assert session.document.inputs(total) == (a, b)


def test_a_wire_pulled_off_an_input_goes_to_another(session, product, canvas, hands, build):
    total = build.op("add", (), 150, 60)
    hands.settle()
    hands.drag(canvas.port_point(product.c, 1), middle(canvas, total))
    assert session.document.inputs(product.c) == (product.a, None)
    assert session.document.inputs(total) == (product.b,)
    session.undo()
    assert session.document.inputs(product.c) == (product.a, product.b)


def test_a_wire_dropped_on_nothing_is_removed(session, product, canvas, hands):
    hands.drag(canvas.port_point(product.c, 0), QPoint(450, 600))
    assert session.document.inputs(product.c) == (None, product.b)
    assert session.stack.undoText() == "Disconnect a from c"


def test_a_wire_put_back_into_its_own_input_changes_nothing(session, product, canvas, hands):
    at = canvas.port_point(product.c, 0)
    hands.drag_to(at, QPoint(450, 600))
    hands.move(at + QPoint(2, 1))
    hands.release(at + QPoint(2, 1))
    assert session.document.inputs(product.c) == (product.a, product.b)
    assert not session.stack.canUndo()


def test_escape_lets_go_of_the_wire_and_keeps_it(session, product, canvas, hands):
    hands.drag_to(canvas.port_point(product.c, 0), QPoint(450, 600))
    assert canvas._scene.picture.floating.draft is not None
    hands.key("Escape")
    assert canvas._scene.picture.floating.draft is None
    hands.release(QPoint(450, 600))
    assert session.document.inputs(product.c) == (product.a, product.b)
    assert not session.stack.canUndo()


def test_a_click_on_a_wired_input_selects_its_wire_and_delete_removes_it(
    session, product, canvas, hands
):
    hands.click(canvas.port_point(product.c, 1))
    assert canvas._scene.wires == {(product.c, 1)}
    hands.key("Delete")
    assert session.document.inputs(product.c) == (product.a, None)


def test_a_wire_is_selected_by_a_click_on_it(session, product, canvas, hands):
    middle_of_wire = (canvas.port_point(product.a) + canvas.port_point(product.c, 0)) / 2
    hands.click(middle_of_wire)
    assert canvas._scene.wires == {(product.c, 0)}
    assert session.selection == frozenset()
    hands.click(middle(canvas, product.c) + QPoint(0, -20))
    assert canvas._scene.wires == frozenset()


def test_the_start_of_a_selected_wire_can_be_moved(session, product, canvas, hands, build):
    d = build.value("d", 5.0, 100, 120)
    hands.settle()
    hands.click(canvas.port_point(product.c, 0))
    hands.drag(canvas.port_point(product.a), middle(canvas, d))
    assert session.document.inputs(product.c) == (d, product.b)


def test_every_number_follows_the_new_wire(session, build, canvas, hands):
    a = build.value("a", 2.0, -300, -100)
    t = build.op("square", (), 0, -60)
    canvas.set_zoom(1.0)
    hands.settle()
    hands.drag(canvas.port_point(a), middle(canvas, t))
    readings, frame = canvas._scene.picture.readings, canvas._scene.picture.frame
    assert readings.value[frame.index[t]] == 4.0
    assert readings.slope[frame.index[a]] == 4.0


def test_a_folded_group_takes_no_wire_and_says_how_to_reach_its_inputs(
    session, build, canvas, hands
):
    from engine.graph.verbs import group

    a = build.value("a", 2.0, -300, -100)
    t = build.op("square", (), 0, -60)
    made = session.document.next_id
    session.do(accept(group(session.document, [t], "hidden")))
    session.set_view(folded=frozenset({made}))
    canvas.set_zoom(1.0)
    hands.settle()
    hands.drag_to(canvas.port_point(a), middle(canvas, made))
    assert words(canvas) == (
        "The ports of hidden are hidden: it is folded. Unfold it with a double-click first."
    )
    hands.release(middle(canvas, made))
    assert session.document.inputs(t) == (None,)


def test_a_folded_group_with_one_output_feeds_others(session, product, canvas, hands, build):
    from engine.graph.verbs import group

    t = build.op("square", (), 200, 100)
    made = session.document.next_id
    session.do(accept(group(session.document, [product.a, product.b, product.c], "g")))
    session.set_view(folded=frozenset({made}))
    hands.settle()
    canvas.fit()
    hands.settle()
    hands.drag(canvas.port_point(product.c), middle(canvas, t))
    assert session.document.inputs(t) == (product.c,)
    session.do(accept(disconnect(session.document, t, 0)))
    hands.settle()
    hands.drag(canvas.port_point(t, 0), middle(canvas, made))
    assert session.document.inputs(t) == (product.c,)


def test_a_port_near_the_hand_grows_on_the_canvas(session, build, canvas, hands):
    a = build.value("a", 2.0, -300, -100)
    c = build.op("mul", (a,), 0, -60)
    canvas.set_zoom(1.0)
    hands.settle()
    hands.drag_to(canvas.port_point(a), canvas.port_point(c, 1) - QPoint(12, 0))
    from playground.canvas.painting.magnets import port_sizes

    picture = canvas._scene.picture
    ports = picture.frame.ports
    points = picture.corners()[ports.item] + ports.offset
    grown = port_sizes(picture.floating.draft, points, 1.0)
    assert grown[ports.first[c, 1]] > 1.4
    assert grown[ports.first[c, 0]] <= 1.0
    assert grown[ports.first[a, -1]] == 1.0
    hands.key("Escape")
    hands.release(canvas.port_point(c, 1))
