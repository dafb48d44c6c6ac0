"""A storm of searches: whatever is typed, picked and let go, each is at most one undo step."""

from random import Random

import pytest
from PySide6.QtCore import QPoint, QPointF

TEXTS = (
    "2",
    "-3",
    "*",
    "+",
    "-",
    "tanh",
    "max",
    "neuron",
    "hinge",
    "sqrt(3+q)",
    "3*x**",
    "foo",
    "",
    "value",
)


def answer(random: Random, typing) -> None:
    """Type something, go down a little, and take it, take it and go on, or leave it."""
    typing.write(random.choice(TEXTS))
    for _step in range(random.randrange(3)):
        typing.press("Down")
    if random.random() < 0.2:
        typing.press("Escape")
    else:
        typing.press("Return", *random.choice(((), (), ("Shift",))))
    typing.search.close()


def let_go(random: Random, session, canvas, hands) -> None:
    """Drag a wire from some output or free input to somewhere."""
    ports = canvas._scene.picture.frame.ports
    chosen = random.randrange(len(ports))
    begin = canvas._camera.to_screen(QPointF(*canvas._parts.port(chosen).point)).toPoint()
    end = QPoint(random.randrange(40, 860), random.randrange(40, 600))
    if canvas.viewport().rect().contains(begin):
        hands.drag(begin, end)


@pytest.mark.parametrize("seed", range(3))
def test_undoing_a_storm_of_searches_comes_back_to_the_start(
    session, product, canvas, hands, typing, seed
):
    random = Random(seed)
    start = session.document.copy()
    for _search in range(25):
        steps = session.stack.count()
        kind = random.random()
        if kind < 0.5:
            let_go(random, session, canvas, hands)
            if not typing.search.card.is_open:
                continue
        elif kind < 0.6:
            wires = [(target, port) for _source, target, port in session.document.edges()]
            if not wires:
                continue
            canvas.select_wire(random.choice(wires))
            typing.search.open()
        elif kind < 0.8:
            some = sorted(node.id for node in session.document.nodes())
            session.set_selection(random.sample(some, min(len(some), random.randrange(3))))
            typing.search.open()
        else:
            nodes = sorted(node.id for node in session.document.nodes())
            session.set_selection(random.sample(nodes, min(len(nodes), random.randrange(4))))
            typing.search.connect_selected()
            if not typing.search.card.is_open:
                continue
        answer(random, typing)
        assert session.stack.count() - steps in (0, 1)
        assert canvas._scene.picture.floating.draft is None
    assert session.stack.count() > 5
    end = session.document.copy()
    while session.stack.canUndo():
        session.undo()
    assert session.document.same_content(start)
    while session.stack.canRedo():
        session.redo()
    assert session.document.same_content(end)
    hands.settle()
