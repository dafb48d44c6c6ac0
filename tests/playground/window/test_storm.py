"""A storm over everything: undoing all gives the start, redoing all the end, files keep it."""

import pytest

from engine.errors import accept
from engine.files import read, write
from engine.graph import notes
from engine.graph.bends import add_bend
from engine.graph.spans import set_span
from engine.graph.verbs import group
from playground.main_window import MainWindow
from tests.playground.canvas.conftest import Builder, Hands
from tests.playground.window.storm import Storm, is_sound


def furnish(session) -> None:
    """Make t = tanh(a*b + c) with a slider, a bent wire, a group, two frames and two notes."""
    build, document = Builder(session), session.document
    a, b = (build.value(name, 1.5, -420.0, 150.0 * at) for at, name in enumerate("ab"))
    c = build.value("c", -2.0, -200.0, 260.0, role="parameter")
    product = build.op("mul", (a, b), -200.0, 40.0)
    total = build.op("add", (product, c), 40.0, 100.0)
    build.op("tanh", (total,), 260.0, 100.0, label="t")
    session.do(accept(set_span(document, [a, c], (-5.0, 5.0))))
    session.do(accept(add_bend(document, (total, 0), 0, (0.0, 20.0))))
    session.do(notes.add_note(document, (40.0, 300.0), "# Look\n\n" + "words " * 60))
    session.do(accept(notes.frame(document, [a, b], "Inputs")))
    session.do(accept(group(document, [product, c], "part")))
    session.do(accept(notes.frame(document, [total], "Sum")))
    session.do(notes.add_note(document, (10.0, 10.0), "inside", group=max(document.groups)))
    session.stack.clear()


def weather(window: MainWindow, session, seed: int, count: int) -> None:
    """Let a storm blow, and hold what must hold after any."""
    furnish(session)
    window.canvas.setFocus()
    Hands.settle()
    window.canvas.fit()
    window.canvas.manners.animated = False
    Hands.settle()
    start = session.document.copy()
    storm = Storm(window, seed)
    storm.blow(count)
    end, steps = session.document.copy(), session.stack.count()
    while session.stack.canRedo():
        session.redo()
        end = session.document.copy()
    told = " ".join(storm.deeds)
    assert steps > count / 10, told
    assert not is_sound(end), told
    assert accept(read(write(end))).same_content(end), told
    assert set(window.canvas._scene.hits) == set(window.canvas.projection.by_id), told
    while session.stack.canUndo():
        session.undo()
    Hands.settle()
    assert session.document.same_content(start), told
    while session.stack.canRedo():
        session.redo()
    Hands.settle()
    assert session.document.same_content(end), told
    assert session.stack.count() == steps, told


@pytest.mark.parametrize("seed", range(6))
def test_undoing_a_storm_over_everything_gives_the_start(window, session, seed):
    weather(window, session, seed, 50)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(100, 160))
def test_undoing_a_long_storm_over_everything_gives_the_start(window, session, seed):
    weather(window, session, seed, 200)
