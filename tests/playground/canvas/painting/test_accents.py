"""Wires that stand out for a moment, and wires that bend, as they are painted."""

import numpy as np
import pytest

from engine.errors import accept
from engine.graph.bends import add_bend
from engine.graph.document import Document
from engine.graph.verbs import add_op, add_value, connect

BEND = (170.0, 200.0)


@pytest.fixture
def room(studio):
    """Paint -a, whose wire goes down to (170, 200) on its way."""
    document = Document()
    document.apply(add_value(document, (0, 0), value=0.5))
    document.apply(accept(add_op(document, "neg", (260, 9))))
    document.apply(accept(connect(document, 1, 2)))
    document.apply(accept(add_bend(document, (2, 0), 0, BEND)))
    return studio(document)


def has(shot, colour, part) -> bool:
    rgb = (colour.red(), colour.green(), colour.blue())
    return bool((shot[part] == rgb).all(axis=2).any())


NEAR = np.s_[228:252, 198:222]  # around the bend at 100 %
STRAIGHT_ON = np.s_[74:92, 190:230]


def differs(shot, part) -> bool:
    return len(np.unique(shot[part].reshape(-1, 3), axis=0)) > 3


def test_a_bent_wire_is_painted_through_its_bend_and_nowhere_else(room):
    shot = room.shot()
    assert differs(shot, NEAR)
    assert not differs(shot, STRAIGHT_ON)


@pytest.mark.parametrize("zoom", [0.15, 0.5])
def test_it_is_there_from_afar(room, zoom):
    shot = room.shot(zoom=zoom)
    x, y = (round(40 + place * zoom) for place in BEND)
    part = shot[y - 4 : y + 5, x - 4 : x + 5].reshape(-1, 3)
    assert (part != shot[300, 450]).any()


def test_a_wire_that_something_would_land_on_is_green(room):
    picture = room.picture
    assert not has(room.shot(), picture.theme.go, NEAR)
    picture.floating.landing = 0
    assert has(room.shot(), picture.theme.go, NEAR)


def test_a_hovered_wire_stands_out_and_shows_its_bends(room):
    before = room.shot()
    room.picture.hovered_wire = 0
    after = room.shot()
    assert not np.array_equal(before[NEAR], after[NEAR])
    assert has(after, room.picture.theme.panel, NEAR)


def test_a_selected_bend_is_yellow(room):
    picture = room.picture
    picture.selected_wires[0] = True
    picture.bend = 0
    assert has(room.shot(), picture.theme.selection, NEAR)


def test_a_wire_under_the_knife_is_dashed(room):
    whole = room.shot()
    room.picture.floating.cut = np.array([0])
    cut = room.shot()
    ground = whole[350, 480]
    line = np.s_[100:240, 100:240]
    assert (cut[line] == ground).all(axis=2).sum() != (whole[line] == ground).all(axis=2).sum()
    assert has(cut, room.picture.theme.muted, line)
