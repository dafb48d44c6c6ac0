"""The history of sights, held against two plain stacks; and the way a glide takes."""

from random import Random

import pytest

from playground.canvas.flight import between
from playground.canvas.looks import History, Look, Sight


def sight(number: int) -> Sight:
    return Sight(Look(1.0, (100.0 * number, 0.0)), frozenset())


@pytest.mark.parametrize("seed", range(30))
def test_back_and_forward_are_two_stacks(seed):
    random, history = Random(seed), History(most=1000)
    behind, ahead, now = [], [], sight(0)
    for number in range(1, 60):
        match random.randrange(4):
            case 0:  # a jump
                history.went(now, sight(number))
                behind, ahead, now = [*behind, now], [], sight(number)
            case 1:  # the wheel: no jump
                now = sight(number)
            case 2:
                found = history.back(now)
                assert found == (behind[-1] if behind else None)
                if found is not None:
                    ahead.append(now)
                    now = behind.pop()
            case _:
                found = history.forward(now)
                assert found == (ahead[-1] if ahead else None)
                if found is not None:
                    behind.append(now)
                    now = ahead.pop()


def test_the_history_is_bounded_and_keeps_what_is_latest():
    history = History(most=5)
    for number in range(20):
        history.went(sight(number), sight(number + 1))
    assert len(history) == 5
    now, seen = sight(20), []
    while (found := history.back(now)) is not None:
        seen.append(found)
        now = found
    assert seen == [sight(number) for number in (19, 18, 17, 16)]


def test_where_the_view_did_not_rest_is_not_written_down():
    history = History()
    history.went(sight(0), sight(1))
    history.went(sight(1), sight(2), rested=False)
    history.went(sight(2), sight(3), rested=False)
    assert history.back(sight(3)) == sight(0)
    assert history.forward(sight(0)) == sight(3)


def test_a_jump_that_goes_nowhere_is_not_written_down():
    history = History()
    history.went(sight(1), sight(1))
    assert len(history) == 0


def test_other_folds_are_another_sight():
    look = Look(1.0, (0.0, 0.0))
    assert not Sight(look, frozenset({3})).near(Sight(look, frozenset()))


def test_a_glide_begins_and_ends_where_it_should():
    begin, goal = Look(0.5, (10.0, -20.0)), Look(3.0, (500.0, 80.0))
    for part, end in ((0.0, begin), (1.0, goal)):
        shown = between(begin, goal, part)
        assert shown.zoom == pytest.approx(end.zoom)
        assert shown.centre == pytest.approx(end.centre)


def test_one_point_of_the_scene_stands_still_on_a_glide_that_zooms():
    begin, goal = Look(0.5, (10.0, -20.0)), Look(3.0, (500.0, 80.0))
    still = [
        (g * goal.zoom - b * begin.zoom) / (goal.zoom - begin.zoom)
        for b, g in zip(begin.centre, goal.centre, strict=True)
    ]
    places = []
    for step in range(11):
        look = between(begin, goal, step / 10)
        places.append([(p - c) * look.zoom for p, c in zip(still, look.centre, strict=True)])
    for place in places:
        assert place == pytest.approx(places[0])
