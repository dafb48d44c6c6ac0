"""The layer below the cards is painted again when it would look different, and only then."""

import numpy as np
import pytest

from engine.errors import accept
from engine.graph.document import Document
from engine.graph.verbs import add_op, add_value, connect
from playground.canvas.painting.wirework import WirePainter


@pytest.fixture
def room(studio, monkeypatch):
    document = Document()
    document.apply(add_value(document, (0, 0), value=0.5, label="a"))
    document.apply(accept(add_op(document, "tanh", (200, 9))))
    document.apply(accept(connect(document, 1, 2)))
    made = studio(document)
    made.drawn = 0
    paint = WirePainter.paint

    def counted(*arguments):
        made.drawn += 1
        paint(*arguments)

    monkeypatch.setattr(WirePainter, "paint", counted)
    return made


def test_what_is_painted_again_and_again_is_kept_from_the_second_time(room):
    shots = [room.shot() for _time in range(5)]
    assert room.drawn == 2
    assert all(np.array_equal(shots[0], shot) for shot in shots[1:])


@pytest.mark.parametrize("change", ["zoom", "selection", "shift", "theme", "flow"])
def test_everything_that_changes_its_look_paints_it_again(room, change):
    for _time in range(3):
        room.shot()
    before = room.drawn
    picture = room.picture
    if change == "selection":
        picture.selected_wires[0] = True
    elif change == "shift":
        picture.shift[0] = (5.0, 0.0)
    elif change == "flow":
        picture.flow[0] = True
    elif change == "theme":
        from playground.theme import load_theme

        picture.theme = load_theme("light")
    room.shot(zoom=1.1 if change == "zoom" else 1.0)
    assert room.drawn == before + 1


def test_new_numbers_leave_it_alone(room):
    from dataclasses import replace

    for _time in range(3):
        room.shot()
    before = room.drawn
    readings = room.picture.readings
    room.picture.readings = replace(readings, value=readings.value + 1.0)
    room.shot()
    assert room.drawn == before
