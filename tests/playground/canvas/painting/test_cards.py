"""Cards as pictures: the right colours, states that differ, text only where it is legible."""

import numpy as np
import pytest

from engine.errors import accept
from engine.graph.document import Document
from engine.graph.notes import set_colour
from engine.graph.properties import set_frozen, set_mark, set_value
from engine.graph.records import View
from engine.graph.verbs import add_op, add_value, connect, group
from playground.canvas.painting.bodies import Ring


def leaf(number: float, role: str = "constant") -> Document:
    document = Document()
    document.apply(add_value(document, (0, 0), value=number, label="a", role=role))
    return document


def role_of(studio, name: str) -> tuple[int, int, int]:
    colour = studio.picture.theme.colour(name)
    return (colour.red(), colour.green(), colour.blue())


VALUE = (50, 66, 60, 20)  # where the number of a card at (40, 40) is
CARD = (40, 40, 112, 84)


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize(("number", "role"), [(2.5, "positive"), (-2.5, "negative"), (0.0, "ink")])
def test_a_number_has_the_colour_of_its_sign(studio, palette, theme, number, role):
    room = studio(leaf(number), theme)
    found = palette(room.shot(), VALUE)
    assert role_of(room, role) in found
    others = {"positive", "negative", "ink"} - {role}
    assert not found & {role_of(room, other) for other in others}


def test_gradients_are_violet_and_nothing_else_is(studio, palette):
    document = leaf(2.0)
    room = studio(document)
    assert role_of(room, "backward") in palette(room.shot(), (50, 86, 60, 18))
    document.apply(add_value(document, (200, 0), value=1.0))
    room = studio(document)  # two ends: nowhere to go backward from
    assert role_of(room, "backward") not in palette(room.shot(), CARD)


def test_every_state_of_a_number_is_another_picture(studio):
    pictures = []
    for setting in ("number", "zero", "missing", "strange", "stale"):
        document = leaf(0.0 if setting in ("zero", "strange") else 0.5)
        key = "log" if setting == "strange" else "tanh"
        document.apply(accept(add_op(document, key, (160, 0), label="t")))
        if setting != "missing":
            document.apply(accept(connect(document, 1, 2)))
        room = studio(document)
        if setting == "stale":
            from playground.canvas.frame.readings import Reader

            room.picture.readings = Reader(room.picture.frame).read(None)
        pictures.append(room.shot()[40:110, 200:292])
    for place, picture in enumerate(pictures):
        assert not any(np.array_equal(picture, other) for other in pictures[place + 1 :])


def test_a_number_that_is_not_finite_tints_its_card(studio, palette):
    document = leaf(0.0)
    document.apply(accept(add_op(document, "log", (160, 0))))
    room = studio(document)
    inside = (228, 44, 36, 3)
    assert role_of(room, "background") in palette(room.shot(), inside)  # hollow: no input yet
    document.apply(accept(connect(document, 1, 2)))
    room = studio(document)
    [tinted] = palette(room.shot(), inside)
    assert tinted not in {role_of(room, name) for name in ("raised", "card", "background")}


def test_an_unreached_value_differs_from_one_with_a_zero_gradient(studio):
    document = leaf(0.0)
    document.apply(accept(add_op(document, "square", (160, 0))))
    reached = document.copy()
    reached.apply(accept(connect(reached, 1, 2)))
    shots = []
    for one in (document, reached):
        one.apply(accept(set_mark(one, 2, "backward")))
        shots.append(studio(one).shot()[40:124, 40:152])
    assert not np.array_equal(*shots)


def test_a_padlock_stands_on_a_frozen_parameter_only(studio):
    free, frozen = leaf(1.0, "parameter"), leaf(1.0, "parameter")
    frozen.apply(accept(set_frozen(frozen, [1], on=True)))
    difference = studio(free).shot() != studio(frozen).shot()
    rows, columns, _channel = np.nonzero(difference)
    assert len(rows)
    assert 120 < columns.min() <= columns.max() < 152
    assert 85 < rows.min() <= rows.max() < 108


def test_a_badge_below_the_card_shows_a_mark(studio):
    plain, marked = leaf(1.0), leaf(1.0)
    marked.apply(accept(set_mark(marked, 1, "loss")))
    rows = np.nonzero(studio(plain).shot() != studio(marked).shot())[0]
    assert 124 <= rows.min() <= rows.max() < 150


def test_a_selected_card_has_a_yellow_outline(studio, palette):
    room = studio(leaf(1.0))
    yellow = role_of(room, "selection")
    assert yellow not in palette(room.shot(), (30, 30, 140, 110))
    room.picture.selected[0] = True
    assert yellow in palette(room.shot(), (30, 30, 140, 110))
    assert room.picture.emphasis().rings[Ring.SELECTED].tolist() == [0]


def test_the_card_that_has_the_focus_is_ringed_apart_from_selection(studio):
    room = studio(leaf(1.0))
    before = room.shot()
    room.picture.focused = 0
    rows, columns, _channel = np.nonzero(before != room.shot())
    assert rows.min() < 38
    assert columns.max() > 153


def test_text_is_drawn_only_where_it_can_be_read(studio):
    room = studio(leaf(1.0))
    assert np.any(room.shot(zoom=1.0)[40:124, 40:152] != room.shot(zoom=1.0)[100, 60])
    small = room.shot(zoom=0.3)[41:64, 41:72].reshape(-1, 3)
    inner = small.reshape(23, 31, 3)[6:-6, 6:-6].reshape(-1, 3)
    assert len(np.unique(inner, axis=0)) == 1


def test_far_away_a_card_is_the_colour_of_its_number(studio):
    centres = [
        studio(leaf(number)).shot(zoom=0.3)[52, 56].astype(int) for number in (5.0, 0.0, -5.0)
    ]
    blue, grey, orange = centres
    assert blue[2] > grey[2] > orange[2]
    assert orange[0] > grey[0] > blue[0]


def test_where_cards_overlap_the_upper_one_hides_all_of_the_lower(studio):
    document = leaf(123.25)
    alone = Document()
    for one in (document, alone):
        one.apply(add_value(one, (6, 4), value=-1.5, label="b"))
    over, single = studio(document), studio(alone)
    inner = np.s_[52:120, 54:150]
    label_only = over.shot()[inner][:24], single.shot()[inner][:24]
    assert np.array_equal(*label_only)


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_a_screen_with_finer_pixels_gets_a_finer_picture(studio, ratio):
    room = studio(leaf(2.5))
    shot = room.shot(ratio=ratio)
    assert shot.shape[:2] == (round(360 * ratio), round(500 * ratio))
    ink = np.array(role_of(room, "positive"))
    found = (shot == ink).all(axis=2).sum()
    assert found > 20 * ratio
    card = np.array(role_of(room, "card"))
    x, y = round(100 * ratio), round(100 * ratio)
    assert (shot[y, x] == card).all()


def test_a_live_number_changes_its_own_pixels_only(studio):
    document = leaf(1.0)
    document.apply(add_value(document, (200, 0), value=1.0, label="b"))
    before = studio(document).shot()
    document.apply(accept(set_value(document, 2, 1.5)))
    columns = np.nonzero(before != studio(document).shot())[1]
    assert columns.min() >= 240


def test_a_folded_group_shows_its_tint_in_its_border(studio, palette):
    document = leaf(2.0)
    document.apply(accept(group(document, [1], "g")))
    document.view = View(folded=frozenset({2}))
    plain = studio(document).shot()
    document.apply(accept(set_colour(document, [2], "rose")))
    tinted = studio(document).shot()
    assert (plain != tinted).any()
    changed = np.argwhere((plain != tinted).any(axis=2))
    assert not (plain != tinted)[60:90, 60:150].any()  # what is written stays
    assert len(changed) > 100
