"""Wires as pictures: where they are, how wide by their weight, violet where gradients flow."""

import numpy as np
import pytest

from engine.errors import accept
from engine.graph.document import Document
from engine.graph.models import Model, model_document
from engine.graph.records import DataSettings
from engine.graph.verbs import add_op, add_value, connect
from playground.canvas.painting.chips import HEIGHT, MOST, chip_rows, chips_of
from playground.canvas.painting.wirework import weight_levels


@pytest.fixture
def chain() -> Document:
    """Make tanh(a**2), left to right."""
    document = Document()
    document.apply(add_value(document, (0, 0), value=0.5, label="a"))
    for key, x in (("square", 200), ("tanh", 400)):
        document.apply(accept(add_op(document, key, (x, 9))))
        document.apply(accept(connect(document, len(document) - 1, len(document))))
    return document


def has(shot, colour, part) -> bool:
    rgb = (colour.red(), colour.green(), colour.blue())
    return bool((shot[part] == rgb).all(axis=2).any())


BETWEEN = np.s_[70:95, 160:235]  # the first wire of the chain at 100 %
SECOND = np.s_[70:95, 340:430]


def test_a_wire_of_the_selection_and_the_way_to_the_output_are_violet(studio, chain):
    room = studio(chain)
    violet = room.picture.theme.backward
    assert not has(room.shot(), violet, BETWEEN)
    room.picture.selected[0] = True
    room.picture.find_flow()
    shot = room.shot()
    assert has(shot, violet, BETWEEN)
    assert has(shot, violet, SECOND)


def test_chips_show_the_local_derivative_of_each_wire_on_the_way(studio, chain):
    picture = studio(chain).picture
    picture.selected[0] = True
    picture.find_flow()
    rows = chip_rows(picture, 1.0)
    assert picture.readings.partial[rows].tolist() == pytest.approx([1.0, 1 - np.tanh(0.25) ** 2])
    assert len(chip_rows(picture, 0.3)) == 0


def test_a_chip_says_that_it_multiplies(studio, chain):
    picture = studio(chain).picture
    picture.selected[0] = True
    picture.find_flow()
    assert [chip.words for chip in chips_of(picture, picture.corners(), 1.0)] == [
        "×1.0",
        "×0.9400",
    ]


@pytest.mark.parametrize("gap", [88, 300])
def test_chips_of_two_wires_between_the_same_cards_stand_apart(studio, gap):
    document = Document()
    document.apply(add_value(document, (0, 0), value=2.0))
    document.apply(accept(add_op(document, "add", (112 + gap, 9))))
    for _wire in range(2):
        document.apply(accept(connect(document, 1, 2)))
    picture = studio(document).picture
    picture.selected[0] = True
    picture.find_flow()
    (x1, y1), (x2, y2) = (chip.at for chip in chips_of(picture, picture.corners(), 1.0))
    assert abs(x1 - x2) > 60 or abs(y1 - y2) > HEIGHT + 4


def test_a_short_wire_has_no_chip(studio, chain):
    picture = studio(chain).picture
    picture.selected[0] = True
    picture.find_flow()
    corners = picture.corners()
    corners[1:, 0] -= 60
    assert [chip.words for chip in chips_of(picture, corners, 1.0)] == ["×0.9400"]


def test_too_many_chips_are_none(studio):
    document = Document()
    document.apply(add_value(document, (0, 0), value=1.0))
    for row in range(MOST + 1):
        document.apply(accept(add_op(document, "square", (300, 80 * row))))
        document.apply(accept(connect(document, 1, row + 2)))
    picture = studio(document).picture
    picture.selected[0] = True
    picture.find_flow()
    assert picture.flow.sum() == MOST + 1
    assert len(chip_rows(picture, 1.0)) == 0


def test_selecting_everything_makes_no_wire_stand_out(studio, chain):
    document = accept(model_document(Model((3, 1), data=DataSettings("moons", samples=10))))
    picture = studio(document).picture
    picture.selected[:] = True
    picture.find_flow()
    assert not picture.flow.any()


def test_a_selected_wire_is_yellow(studio, chain):
    room = studio(chain)
    room.picture.selected_wires[0] = True
    shot = room.shot()
    assert has(shot, room.picture.theme.selection, BETWEEN)
    assert not has(shot, room.picture.theme.selection, SECOND)


def test_levels_grow_with_the_weight_and_carry_its_sign():
    levels = weight_levels(np.array([0.01, 0.2, -0.4, -1.0, 1.0, np.nan, 0.0]))
    assert levels.tolist() == [1, 2, -3, -5, 5, 0, 1]


def test_levels_do_not_flicker_while_the_largest_weight_grows_a_little():
    small = [0.1, 0.42, -0.77]
    levels = [weight_levels(np.array([*small, most])).tolist() for most in (1.05, 1.2, 1.4)]
    assert levels[0][:3] == levels[1][:3] == levels[2][:3]
    assert weight_levels(np.array([*small, 3.0])).tolist()[:3] != levels[0][:3]


def test_without_any_weight_there_are_no_levels():
    assert weight_levels(np.full(4, np.nan)).tolist() == [0, 0, 0, 0]
    assert weight_levels(np.zeros(2)).tolist() == [1, 1]


def test_far_away_wires_are_still_there(studio, chain):
    room = studio(chain)
    shot = room.shot(zoom=0.15)
    ground = shot[300, 400]
    between = shot[44:50, 58:69].reshape(-1, 3)
    assert (between != ground).any()


def test_a_wire_of_the_hand_is_painted_by_the_gesture_alone(studio, chain):
    from playground.canvas.painting.picture import Draft

    room = studio(chain)
    before = room.shot()[BETWEEN]
    nobody = np.zeros(0, np.int64)
    draft = Draft((100.0, 300.0), (140.0, 300.0), fixed=0, allowed=nobody, hidden=0)
    room.picture.floating.draft = draft
    empty = room.shot()[BETWEEN]
    assert not np.array_equal(before, empty)
    assert len(np.unique(empty.reshape(-1, 3)[::7], axis=0)) <= 3
