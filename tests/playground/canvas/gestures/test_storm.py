"""A storm of gestures: whatever was done, undoing all of it gives the start."""

import random

import pytest
from PySide6.QtCore import QPoint

from engine.errors import accept
from engine.files import write
from engine.graph.spans import set_span


def storm(canvas, session, hands, seed: int, count: int) -> None:
    """Click, drag, turn and type at random."""
    chance = random.Random(seed)

    def place() -> QPoint:
        nodes = [node.id for node in session.document.nodes()]
        if nodes and chance.random() < 0.7:
            node = chance.choice(nodes)
            ports = [None, *session.document.node(node).ports]
            spots = (
                canvas.item_rect(node).center(),
                canvas.value_rect(node).center(),
                canvas.slider_rect(node).center(),
                canvas.port_point(node, chance.choice(ports)),
            )
            spot = chance.choice(spots)
            if canvas.viewport().rect().contains(spot):
                return spot
        return QPoint(chance.randrange(900), chance.randrange(640))

    for _gesture in range(count):
        match chance.randrange(8):
            case 0 | 1 | 2 | 3:
                hands.drag(
                    place(), place(), *chance.choice([(), ("Shift",), ("Control",)]), steps=3
                )
            case 4:
                hands.drag_to(place(), place(), steps=2)
                hands.key("Escape")
                hands.release(place())
            case 5:
                hands.key(chance.choice(["Up", "Left", "Down", "Delete", "Escape"]))
            case 6:
                hands.turn(place(), chance.choice([-1, 1]), *chance.choice([(), ("Alt",)]))
            case 7:
                session.add_item(chance.choice(["op:add", "value:parameter"]), canvas.free_spot())
                hands.settle()


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_undoing_a_storm_of_gestures_gives_the_start(session, product, canvas, hands, seed):
    session.do(accept(set_span(session.document, [product.a, product.b], (-5.0, 5.0))))
    session.stack.clear()
    hands.settle()
    start = session.document.copy()
    storm(canvas, session, hands, seed, 25)
    end, steps = session.document.copy(), session.stack.count()
    assert steps > 3
    while session.stack.canUndo():
        session.undo()
    hands.settle()
    assert session.document.same_content(start)
    assert set(canvas._scene.hits) == {product.a, product.b, product.c}
    while session.stack.canRedo():
        session.redo()
    hands.settle()
    assert session.document.same_content(end)
    assert session.stack.count() == steps
    assert write(session.document)
