"""What becomes of a pass when numbers, the graph, the document or the weights change under it."""

from engine.errors import accept
from engine.explain.spoken import spoken
from engine.graph import verbs
from engine.graph.properties import set_mark, set_value
from playground.canvas.tips import node_tip
from tests.playground.window.driving import turn
from tests.playground.window.walker import blank


def test_a_changed_number_keeps_the_position_and_another_graph_begins_anew(walker):
    walker.open("shared-values")
    said = []
    walker.session.hinted.connect(said.append)
    walker.key("F11", "Shift")
    for _step in range(4):
        walker.key("F10")
    walker.session.do(set_value(walker.session.document, walker.id("b"), 5.0))
    turn()
    assert walker.value("d") == -10.0
    assert walker.grad("a") == 5.0 * (-2 + 5) + -10.0
    assert walker.strip.what.text().startswith("a.grad: 0 → −10 → 5")
    walker.session.do(accept(verbs.add_op(walker.session.document, "tanh", (0.0, 300.0))))
    turn()
    assert any("begins anew" in words for words in said)
    assert walker.session.tracing.on
    assert not walker.session.tracing.course.taken
    walker.key("F10")
    walker.session.undo()
    turn()
    walker.key("F10")
    walker.key("F10")
    assert walker.strip.where.text().startswith("forward · step 2")


def test_nodes_deleted_under_the_stepper_are_forgotten(walker):
    walker.open("shared-values")
    walker.key("F11", "Shift")
    walker.key("F10")
    session = walker.session
    session.do(verbs.delete(session.document, {walker.id("f"), walker.id("e")}))
    turn()
    walker.key("F11", "Shift")
    assert walker.value("d") == -6.0
    session.do(verbs.delete(session.document, {node.id for node in session.document.nodes()}))
    turn()
    assert session.tracing.course.is_over


def test_the_list_of_the_order_can_be_read_while_its_nodes_go_and_when_none_is_left(walker):
    walker.open("shared-values")
    walker.key("F10")
    walker.stepper.show_order()
    turn()
    session, rows = walker.session, walker.order.list.rows
    before = said(rows)
    assert any(words.startswith("f") for words in before)
    session.do(verbs.delete(session.document, {walker.id("f"), walker.id("e")}))
    assert len(said(rows)) == len(before)  # another pass comes with the next turn
    turn()
    assert not any(words.startswith("f,") for words in said(rows))
    session.do(verbs.delete(session.document, {node.id for node in session.document.nodes()}))
    turn()
    assert said(rows) == []


def said(rows) -> list[str]:
    """Return what a screen reader says of each row."""
    return [rows.index(row).data() for row in range(rows.rowCount())]


def test_another_document_ends_stepping_and_the_room_is_given_back(walker):
    walker.open("tanh-neuron")
    before = walker.canvas.viewport().height()
    walker.key("F10")
    assert walker.canvas.viewport().height() < before
    walker.open("product-and-sum")
    assert not walker.session.tracing.on
    assert not walker.strip.isVisible()
    assert walker.canvas.viewport().height() == before


def test_training_that_plays_ends_stepping_and_a_single_step_keeps_the_position(walker, qtbot):
    walker.open("quadratic-descent")
    session = walker.session
    walker.key("F11", "Shift")
    taken = len(session.tracing.course.taken)
    before = session.result.value.copy()
    session.training.step()
    qtbot.waitUntil(lambda: not session.training.running)
    turn()
    assert session.tracing.on
    assert len(session.tracing.course.taken) == taken
    assert (session.result.value != before).any()
    session.training.play()
    turn()
    assert not session.tracing.on
    walker.key("F10")
    assert session.tracing.on
    assert not session.training.running


def test_going_backward_from_elsewhere_begins_anew(walker):
    walker.open("shared-values")
    walker.key("F11", "Shift")
    walker.key("F10")
    session = walker.session
    session.do(accept(set_mark(session.document, walker.id("d"), "backward")))
    turn()
    assert not session.tracing.course.taken
    walker.key("F11", "Shift")
    walker.key("F11", "Shift")
    assert walker.grad("a") == 3.0


def test_a_value_that_waits_can_be_changed_all_the_same(walker):
    walker.open("shared-values")
    walker.key("S", "Control", "Alt")
    walker.select("b")
    inspector = walker.window.inspector.node_page
    assert inspector.value.text() == "3.0"
    assert inspector.gradient.text() == "not yet"
    walker.key("Up")
    assert walker.session.document.node(walker.id("b")).value == 3.1
    assert blank(walker.value("b"))
    walker.key("F11", "Shift")
    assert walker.value("d") == -2.0 * 3.1
    walker.select("d")
    assert inspector.computed.text() == "−6.2"


def test_what_waits_is_said_to_wait_by_tooltip_and_screen_reader(walker):
    walker.open("shared-values")
    walker.key("S", "Control", "Alt")
    document, result = walker.session.document, walker.session.result
    assert "waits" in node_tip(document, result, walker.id("f"))
    assert "waits" in spoken(document, result, walker.id("f"))
    walker.key("F11", "Shift")
    result = walker.session.result
    assert "No gradient yet" in node_tip(document, result, walker.id("f"))
