"""Select by wires, align, distribute, tidy: by real keys in a window, each one undo step."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from engine.errors import accept
from engine.graph import notes
from engine.graph.bends import add_bend
from engine.graph.properties import set_label
from engine.graph.verbs import group, move
from playground.handlers import tidying
from playground.settings import ALIGNMENT_GUIDES, ANIMATIONS, SNAP_TO_GRID
from tests.playground.canvas.conftest import Builder, Hands

MESS = {1: (-130.0, 20.0), 2: (60.0, -70.0), 3: (-310.0, 95.0), 4: (200.0, 240.0), 5: (0.0, 0.0)}


@pytest.fixture
def canvas(window, session):
    """Show a window with tanh(a * b + c), in a mess: a, b, c are 1, 2, 3."""
    build = Builder(session)
    a, b, c = (build.value(name, 1.0, 0.0, 0.0) for name in "abc")
    product = build.op("mul", (a, b), 0.0, 0.0)
    build.op("add", (product, c), 0.0, 0.0)
    session.do(move(session.document, MESS))
    session.stack.clear()
    Hands.settle()
    window.canvas.setFocus()
    window.canvas.fit()
    window.canvas.manners.animated = False
    return window.canvas


def press(canvas, key: str, *held: str) -> None:
    modifiers = Qt.KeyboardModifier.NoModifier
    for name in held:
        modifiers |= Qt.KeyboardModifier[f"{name}Modifier"]
    Hands.settle()  # actions learn of a selection at the end of a turn
    QTest.keyClick(canvas, Qt.Key[f"Key_{key}"], modifiers)
    Hands.settle()


def rects(canvas, items):
    return [canvas._parts.rect(item) for item in items]


def wait_for_tidy(qtbot, window) -> None:
    qtbot.waitUntil(lambda: not window.arranging.tidier.is_busy)
    Hands.settle()


@pytest.mark.parametrize(("key", "found"), [("BracketLeft", {1, 2, 4}), ("BracketRight", {4, 5})])
def test_all_that_is_upstream_or_downstream_is_selected(session, canvas, key, found):
    session.set_selection({4})
    press(canvas, key, "Control")
    assert session.selection == found
    assert session.current == 4
    assert not session.stack.canUndo()


def test_all_that_is_connected_is_selected(session, canvas, window):
    session.set_selection({3})
    Hands.settle()
    window.commands["edit.select_both"].trigger()
    assert session.selection == {1, 2, 3, 4, 5}


@pytest.mark.parametrize(
    ("key", "edge"), [("Left", "left"), ("Right", "right"), ("Up", "top"), ("Down", "bottom")]
)
def test_edges_are_aligned_by_keys(session, canvas, key, edge):
    start = session.document.copy()
    session.set_selection({1, 2, 4})
    press(canvas, key, "Alt", "Shift")
    assert len({getattr(rect, edge)() for rect in rects(canvas, (1, 2, 4))}) == 1
    assert session.stack.count() == 1
    session.undo()
    assert session.document.same_content(start)


@pytest.mark.parametrize(("action", "axis"), [("centre", "x"), ("middle", "y")])
def test_centres_are_aligned_from_the_menu(session, canvas, window, action, axis):
    session.set_selection({1, 2, 5})
    Hands.settle()
    window.commands[f"edit.align.{action}"].trigger()
    Hands.settle()
    assert len({getattr(rect.center(), axis)() for rect in rects(canvas, (1, 2, 5))}) == 1


@pytest.mark.parametrize(("key", "side"), [("H", ("left", "right")), ("V", ("top", "bottom"))])
def test_gaps_are_made_equal_by_keys(session, canvas, key, side):
    session.set_selection({1, 2, 3, 4})
    press(canvas, key, "Control", "Alt")
    low, high = side
    order = sorted(rects(canvas, (1, 2, 3, 4)), key=lambda rect: getattr(rect, low)())
    gaps = [getattr(b, low)() - getattr(a, high)() for a, b in pairwise(order)]
    assert gaps == pytest.approx([gaps[0]] * 3)
    assert session.stack.count() == 1


def test_too_few_are_refused_in_words(session, canvas, window):
    said: list[str] = []
    session.refused.connect(said.append)
    session.set_selection({1, 2})
    press(canvas, "H", "Control", "Alt")
    assert said == ["There is not enough to arrange. Select at least three things."]


@pytest.mark.parametrize("selected", [(), (1,)])
def test_tidying_lays_out_everything_as_one_step(session, canvas, window, qtbot, selected):
    start = session.document.copy()
    session.set_selection(selected)
    press(canvas, "F7")
    wait_for_tidy(qtbot, window)
    for source, target, _port in session.document.edges():
        one, other = rects(canvas, (source, target))
        assert one.right() < other.left()
    assert (session.stack.count(), session.stack.undoText()) == (1, "Tidy")
    session.undo()
    assert session.document.same_content(start)


def test_frames_notes_and_bends_are_tidied_by_real_keys(session, canvas, window, qtbot):
    document = session.document
    session.do(move(document, {1: (-900.0, 0.0), 2: (-760.0, 40.0)}))
    session.do(accept(notes.frame(document, [1, 2], "Inputs")))
    session.do(notes.add_note(document, (500.0, 500.0), "beside"))
    frame, note = sorted(document.notes)
    session.do(accept(add_bend(document, (5, 0), 0, (80.0, 300.0))))
    session.stack.clear()
    start = document.copy()
    press(canvas, "A", "Control")
    assert session.selection == {1, 2, 3, 4, 5, frame, note}
    press(canvas, "F7")
    wait_for_tidy(qtbot, window)
    assert (session.stack.count(), session.stack.undoText()) == (1, "Tidy")
    assert notes.content(document, frame) == [1, 2]
    assert document.notes[note] == start.notes[note]
    assert document.bends == {}
    session.undo()
    assert document.same_content(start)


def test_edges_of_notes_are_aligned_with_cards_by_keys(session, canvas):
    session.do(notes.add_note(session.document, (500.0, 500.0), "beside"))
    [note] = session.document.notes
    session.set_selection({1, note})
    press(canvas, "Up", "Alt", "Shift")
    one, other = rects(canvas, (1, note))
    assert one.top() == other.top()


def test_tidying_a_selection_leaves_the_rest_alone(session, canvas, window, qtbot):
    session.set_selection({1, 2, 4})
    press(canvas, "F7")
    wait_for_tidy(qtbot, window)
    assert session.document.node(3).position == MESS[3]
    assert session.document.node(5).position == MESS[5]
    assert session.selection == {1, 2, 4}


def test_tidying_one_open_group_lays_out_its_inside_and_moves_nothing_else(
    session, canvas, window, qtbot
):
    session.do(accept(group(session.document, [1, 2, 4])))
    around = max(session.document.groups)
    before = session.document.groups[around].position
    session.set_selection({around})
    press(canvas, "F7")
    wait_for_tidy(qtbot, window)
    document = session.document
    assert document.node(1).position[0] == document.node(2).position[0]
    assert document.node(2).position[0] < document.node(4).position[0]
    assert (document.node(3).position, document.node(5).position) == (MESS[3], MESS[5])
    assert document.groups[around].position == before
    assert session.stack.undoText() == "Tidy"


def test_a_layout_of_another_state_is_dropped(session, canvas, window, qtbot, monkeypatch):
    from threading import Event

    gate = Event()
    done = tidying.done
    monkeypatch.setattr(tidying, "done", lambda work: done(work) if gate.wait(20) else {})
    press(canvas, "F7")
    session.do(accept(set_label(session.document, 1, "changed")))
    gate.set()
    wait_for_tidy(qtbot, window)
    assert [session.document.node(node).position for node in MESS] == list(MESS.values())
    assert session.stack.count() == 1


def test_another_document_forgets_what_was_asked_of_the_first(session, canvas, window, qtbot):
    press(canvas, "F7")
    session.stack.setClean()
    session.new()
    assert not window.arranging.tidier.is_busy
    qtbot.wait(50)
    assert not session.stack.canUndo()
    window.arranging.tidier.close()


def test_the_window_does_not_wait_for_the_layout(session, canvas, window, qtbot, monkeypatch):
    from threading import Event

    gate = Event()
    done = tidying.done
    monkeypatch.setattr(tidying, "done", lambda work: done(work) if gate.wait(20) else {})
    press(canvas, "F7")
    assert window.arranging.tidier.is_busy
    Hands(canvas).click(canvas.item_rect(1).center() + QPoint(0, 8))
    assert session.selection == {1}
    gate.set()
    wait_for_tidy(qtbot, window)
    assert session.stack.undoText() == "Tidy"


def test_things_glide_to_their_place_and_then_nothing_is_painted(session, canvas, window, qtbot):
    canvas.manners.animated = True
    session.set_selection({1, 2, 4})
    before = rects(canvas, (1, 2, 4))
    Hands.settle()
    QTest.keyClick(
        canvas,
        Qt.Key.Key_Left,
        Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    glide = canvas._glide._animation
    assert glide.state() is glide.State.Running
    assert rects(canvas, (1, 2, 4)) == before
    qtbot.waitUntil(lambda: glide.state() is glide.State.Stopped)
    assert len({rect.left() for rect in rects(canvas, (1, 2, 4))}) == 1
    assert not canvas._scene.picture.shift.any()
    Hands.settle()
    paints = canvas._scene.painter.paints
    qtbot.wait(60)
    assert canvas._scene.painter.paints == paints


def test_a_press_ends_the_glide(session, canvas, window):
    canvas.manners.animated = True
    session.set_selection({1, 2, 4})
    window.arranging.align("left")
    assert canvas._scene.picture.shift.any()
    Hands(canvas).press(QPoint(5, 5))
    assert not canvas._scene.picture.shift.any()
    Hands(canvas).release(QPoint(5, 5))


def test_an_edit_while_things_glide_ends_the_glide(session, canvas, window):
    canvas.manners.animated = True
    session.set_selection({1, 2, 4})
    window.arranging.align("left")
    session.undo()
    Hands.settle()
    assert not canvas._scene.picture.shift.any()


@pytest.mark.parametrize(
    ("name", "setting"),
    [("snap", SNAP_TO_GRID), ("guides", ALIGNMENT_GUIDES), ("animated", ANIMATIONS)],
)
def test_switches_are_remembered(window, settings, make_window, name, setting):
    action, before = window.commands[f"view.manner.{name}"], settings.read(setting)
    assert action.isChecked() is before
    action.trigger()
    Hands.settle()
    assert action.isChecked() is not before
    assert settings.read(setting) is not before
    assert getattr(window.canvas.manners, name) is not before
    again = make_window()
    assert getattr(again.canvas.manners, name) is not before


def test_tidying_says_if_it_was_the_selection_alone(window, session, canvas, qtbot):
    for chosen, told in (({1, 2}, "Tidied what was selected, nothing else"), ((), "Tidied")):
        session.set_selection(chosen)
        press(canvas, "F7")
        wait_for_tidy(qtbot, window)
        assert window.status.hint_text() == told
