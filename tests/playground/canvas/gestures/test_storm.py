"""A storm of gestures: whatever was done, undoing all of it gives the start."""

import random
from functools import partial

import pytest
from PySide6.QtCore import QPoint, QSettings

from engine.errors import accept
from engine.files import write
from engine.graph.spans import set_span
from playground.handlers import Arranging, Clipboard
from playground.settings import Settings

HELD = [(), ("Shift",), ("Control",), ("Control", "Shift")]


def arrange(chance: random.Random, clipboard: Clipboard, arranging: Arranging) -> None:
    """Copy, paste, select by wires, line up, tidy or switch, at random."""
    doings = (
        clipboard.copy,
        clipboard.cut,
        clipboard.paste,
        clipboard.paste_wired,
        clipboard.duplicate,
        arranging.tidy,
        partial(arranging.select, chance.choice(["upstream", "downstream", "both"])),
        partial(arranging.align, chance.choice(["left", "centre", "bottom"])),
        partial(arranging.distribute, chance.choice(["across", "down"])),
        partial(arranging.switch, chance.choice(["snap", "guides", "animated"])),
    )
    chance.choice(doings)()


def spot(canvas, session, chance: random.Random) -> QPoint:
    """Return a point of a card, or anywhere."""
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
        found = chance.choice(spots)
        if canvas.viewport().rect().contains(found):
            return found
    return QPoint(chance.randrange(900), chance.randrange(640))


def storm(canvas, session, hands, settings: Settings, seed: int, count: int) -> None:
    """Click, drag, turn, type, copy, paste and arrange at random."""
    chance = random.Random(seed)
    clipboard = Clipboard(session, canvas, session.hinted.emit)
    arranging = Arranging(session, canvas, settings)

    place = partial(spot, canvas, session, chance)
    for _gesture in range(count):
        match chance.randrange(15):
            case 0 | 1 | 2 | 3:
                hands.drag(place(), place(), *chance.choice(HELD), steps=3)
            case 4:
                hands.drag_to(place(), place(), *chance.choice(HELD), steps=2)
                hands.key("Escape")
                hands.release(place())
            case 5:
                hands.key(chance.choice(["Up", "Left", "Down", "Delete", "Escape"]))
            case 6:
                hands.turn(place(), chance.choice([-1, 1]), *chance.choice([(), ("Alt",)]))
            case 7:
                session.add_item(chance.choice(["op:add", "value:parameter"]), canvas.free_spot())
                hands.settle()
            case 8 | 9 | 10:
                arrange(chance, clipboard, arranging)
                while arranging.tidier.is_busy:
                    hands.settle()
                hands.settle()
            case _:
                storm_of_wires(canvas, session, hands, chance, place)
    arranging.tidier.close()


def storm_of_wires(canvas, session, hands, chance, place) -> None:
    """Cut, pull out, bend, or double-click something."""
    match chance.randrange(4):
        case 0:
            hands.drag(place(), place(), "Control", button="right", steps=3)
        case 1:
            hands.drag(place(), place(), "Control", "Shift", steps=3)
        case 2:
            wires = [(target, port) for _source, target, port in session.document.edges()]
            if wires:
                canvas.select_wire(chance.choice(wires))
                canvas.bend_wire()
                hands.settle()
                hands.key(chance.choice(["Up", "Right", "Delete", "A"]))
        case 3:
            hands.double_click(place())
            canvas._editor.abandon()


@pytest.mark.parametrize("seed", [1, 2, 3, 4, 5])
def test_undoing_a_storm_of_gestures_gives_the_start(
    session, product, canvas, hands, tmp_path, seed
):
    session.do(accept(set_span(session.document, [product.a, product.b], (-5.0, 5.0))))
    session.stack.clear()
    hands.settle()
    start = session.document.copy()
    store = QSettings(str(tmp_path / "storm.ini"), QSettings.Format.IniFormat)
    storm(canvas, session, hands, Settings(store), seed, 40)
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
