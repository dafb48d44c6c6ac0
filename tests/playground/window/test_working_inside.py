"""Working inside a group: adding, finding, walking, arranging, undoing, by real keys and mouse."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from engine.errors import accept
from engine.graph.verbs import delete, ungroup
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


def test_what_is_added_lands_in_the_group(session, inside, window, canvas, hands):
    made = session.document.next_id
    hands.key("Space")
    hands.settle()
    QTest.keyClicks(canvas.search_card.field, "k = 2")
    QTest.keyClick(canvas.search_card.field, Qt.Key.Key_Return)
    hands.settle()
    assert session.document.node(made).group == inside
    assert not canvas.item_rect(made).isEmpty()
    for text in ("op:tanh", "value:constant", "template:neuron", "template:layer"):
        made = session.document.next_id
        assert window.editing.add(text)
        hands.settle()
        records = (*session.document.nodes(), *session.document.groups.values())
        new = [r for r in records if r.id >= made]
        outer = [r for r in new if r.group == inside]
        assert outer, text
        assert all(r.group in (inside, *(n.id for n in new)) for r in new)


def test_copies_and_notes_land_in_the_group(session, inside, network, window, canvas, hands):
    select(session, hands, {labelled(session, inside, "w1")})
    hands.key("C", "Control")
    made = session.document.next_id
    hands.key("V", "Control")
    assert session.document.node(made).group == inside
    QGuiApplication.clipboard().setText("p*q")
    made = session.document.next_id
    canvas._mouse.at = None
    hands.key("V", "Control")
    assert {session.document.node(node).group for node in range(made, made + 3)} == {inside}
    window.noting.note()
    assert {note.group for note in session.document.notes.values()} == {inside}


def test_what_is_dropped_is_dropped_where_it_is_seen(session, inside, canvas, hands):
    made = session.document.next_id
    centre = canvas._camera.to_scene(canvas._camera.middle())
    group = canvas.open_group_at(centre)
    assert session.add_item("value:parameter", (centre.x(), centre.y() + 300.0), group)
    hands.settle()
    at = canvas.item_rect(made).center()
    wanted = canvas._camera.to_screen(centre).toPoint()
    assert abs(at.x() - wanted.x()) <= 2
    assert session.document.node(made).group == inside


def test_a_match_outside_is_gone_to(session, inside, network, canvas, hands):
    hands.key("F", "Control")
    QTest.keyClicks(canvas.find_bar.field, "y")
    QTest.keyClick(canvas.find_bar.field, Qt.Key.Key_Return)
    hands.settle()
    assert within(session) is None
    assert session.selection == {accept(session.document.find("y"))}


def test_matches_inside_come_first_and_stay_inside(session, inside, canvas, hands):
    hands.key("F", "Control")
    QTest.keyClicks(canvas.find_bar.field, "w1")
    QTest.keyClick(canvas.find_bar.field, Qt.Key.Key_Return)
    hands.settle()
    assert within(session) == inside
    assert session.selection == {labelled(session, inside, "w1")}


def test_the_keyboard_walks_what_is_inside(session, inside, canvas, hands):
    members = set(session.document.members(inside))
    seen = set()
    for _step in range(len(members) + 3):
        hands.key("BracketRight")
        seen |= session.selection
    assert seen == members
    session.set_selection({labelled(session, inside, "w1")})
    for key in ("Left", "Right", "Right", "Right", "Right", "Up", "Down"):
        hands.key(key)
        assert session.selection <= members


def test_the_outline_leads_out(session, inside, network, window, canvas, hands):
    y = accept(session.document.find("y"))
    session.set_selection({y})
    window.outline.pointed.emit(frozenset({y}))
    hands.settle()
    assert within(session) is None


def test_aligning_and_tidying_mean_what_is_seen(session, inside, window, canvas, hands):
    document = session.document
    w1, w2 = (labelled(session, inside, name) for name in ("w1", "w2"))
    select(session, hands, {w1, w2})
    window.commands["edit.align.top"].trigger()
    hands.settle()
    assert document.node(w1).position[1] == document.node(w2).position[1]
    session.set_selection(())
    outside = {n.id: n.position for n in document.nodes() if n.group != inside}
    window.arranging.tidy()
    while window.arranging.tidier.is_busy:
        hands.settle()
    hands.settle()
    assert {n.id: n.position for n in document.nodes() if n.group != inside} == outside
    assert within(session) == inside
    assert document.node(w1).position[1] != document.node(w2).position[1]


def test_nesting_goes_on_inside(session, inside, canvas, hands):
    pair = {labelled(session, inside, "w1"), labelled(session, inside, "w2")}
    made = session.document.next_id
    select(session, hands, pair)
    hands.key("G", "Control")
    assert session.document.groups[made].group == inside
    select(session, hands, {made})
    hands.key("Return", "Control")
    assert within(session) == made
    assert canvas._scene.hits.keys() == pair


@pytest.mark.parametrize("verb", [delete, ungroup])
def test_a_group_that_goes_is_left_to_what_is_around_it(
    session, inside, network, canvas, hands, verb
):
    gone = [inside] if verb is delete else inside
    session.do(accept(verb(session.document, gone)))
    hands.settle()
    assert within(session) == network["layer 1"] == canvas.projection.within
    hands.key("Z", "Control")
    assert inside in session.document.groups
    session.do(accept(delete(session.document, [network["MLP 2 → 3 → 2 → 1"]])))
    hands.settle()
    assert within(session) is None
    assert not canvas.breadcrumbs.isVisible()


def test_undo_of_what_made_the_group_leaves_it(session, network, canvas, hands):
    made = session.document.next_id
    select(session, hands, {accept(session.document.find(name)) for name in ("x1", "x2")})
    hands.key("G", "Control")
    canvas.enter(made)
    hands.settle()
    hands.key("Z", "Control")
    assert made not in session.document.groups
    assert within(session) is None


def test_training_a_new_model_from_inside_shows_it(session, inside, window, canvas, hands):
    window.commands["add.moons"].trigger()
    session.training.pause()
    hands.settle()
    assert within(session) is None


def test_nothing_is_built_when_numbers_change_inside(session, inside, canvas, hands):
    built = canvas._scene.built
    w1 = labelled(session, inside, "w1")
    session.set_number(w1, 0.25)
    hands.settle()
    assert canvas._scene.built == built
    assert canvas._scene.picture.readings.value[canvas._scene.picture.frame.index[w1]] == 0.25
