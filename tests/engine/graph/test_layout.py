"""The layered layout: what holds for every graph, and its parts against slower second ones."""

import random
from itertools import combinations, pairwise

import numpy as np
import pytest
from scipy.optimize import isotonic_regression

from engine.graph.layers import layered
from engine.graph.layout import Card, Wire, _crossings, isotonic, layout


def graph(seed: int, count: int = 40, inputs: int = 2) -> tuple[list[Card], list[Wire]]:
    """Return cards of all sizes in a mess, wired from lower ids to higher ones."""
    chance = random.Random(seed)
    cards = [
        Card(
            item,
            chance.choice((92.0, 112.0, 148.0)),
            chance.choice((60.0, 66.0, 84.0)),
            chance.uniform(-900, 900),
            chance.uniform(-900, 900),
        )
        for item in range(1, count + 1)
    ]
    wires = [
        Wire(chance.randrange(max(1, item - 12), item), item, port / max(inputs - 1, 1))
        for item in range(count // 4, count + 1)
        for port in range(inputs)
        if chance.random() < 0.8
    ]
    return cards, wires


@pytest.mark.parametrize("seed", range(12))
def test_wires_go_to_the_right_and_cards_lie_apart(seed):
    cards, wires = graph(seed)
    at = layout(cards, wires)
    by_id = {card.id: card for card in cards}
    for wire in wires:
        assert at[wire.source][0] + by_id[wire.source].width < at[wire.target][0]
    for one, other in combinations(cards, 2):
        (x1, y1), (x2, y2) = at[one.id], at[other.id]
        beside = x1 + one.width < x2 or x2 + other.width < x1
        assert beside or y1 + one.height + 30 < y2 or y2 + other.height + 30 < y1


@pytest.mark.parametrize("seed", range(6))
def test_the_order_in_which_things_come_does_not_matter(seed):
    cards, wires = graph(seed)
    chance = random.Random(seed)
    first = layout(cards, wires)
    assert layout(cards, wires) == first
    chance.shuffle(cards)
    chance.shuffle(wires)
    assert layout(cards, wires) == first


@pytest.mark.parametrize("seed", range(6))
def test_the_middle_of_everything_stays(seed):
    cards, wires = graph(seed)
    at = layout(cards, wires)

    def middle(places) -> list[float]:
        low = [min(places[card.id][axis] for card in cards) for axis in (0, 1)]
        high = [
            max(places[card.id][axis] + (card.width, card.height)[axis] for card in cards)
            for axis in (0, 1)
        ]
        return [(a + b) / 2 for a, b in zip(low, high, strict=True)]

    assert middle(at) == pytest.approx(middle({c.id: (c.x, c.y) for c in cards}), abs=0.51)


def standing(cards: list[Card], at: dict[int, tuple[float, float]]) -> list[Card]:
    return [Card(c.id, c.width, c.height, *at[c.id]) for c in cards]


@pytest.mark.parametrize("seed", range(12))
def test_what_is_laid_out_stays_also_when_a_card_comes_from_far_away(seed):
    cards, wires = graph(seed)
    wired = {end for wire in wires for end in (wire.source, wire.target)}
    cards = [card for card in cards if card.id in wired]
    at = layout(cards, wires)
    assert layout(standing(cards, at), wires) == at
    far = Card(99, 100.0, 60.0, 5000.0, 9000.0)
    after = layout([*standing(cards, at), far], wires)
    assert {item: place for item, place in after.items() if item != 99} == at


def test_a_leaf_stands_behind_an_open_group_and_not_below_it():
    cards = [Card(item, 148.0, 84.0, 0.0, float(item)) for item in range(1, 5)]
    wires = [Wire(1, 2), Wire(2, 4, 0.0), Wire(3, 4, 1.0)]
    assert len({layout(cards, wires)[item][0] for item in (2, 3)}) == 1
    cards[1] = Card(2, 148.0, 84.0, 0.0, 2.0, is_open=True)
    at = layout(cards, wires)
    assert at[1][0] < at[2][0] < at[3][0] < at[4][0]


def test_a_chain_is_a_straight_line():
    cards = [Card(item, 92.0, 66.0, 0.0, float(-item)) for item in range(1, 8)]
    at = layout(cards, [Wire(item, item + 1) for item in range(1, 7)])
    assert len({y for _x, y in at.values()}) == 1
    assert [at[item][0] for item in range(1, 8)] == sorted(at[item][0] for item in range(1, 8))


def test_inputs_stand_in_the_order_of_their_ports():
    cards = [Card(item, 112.0, 84.0, 0.0, 0.0) for item in range(1, 6)]
    wires = [Wire(4, 5, 0.0), Wire(2, 5, 1 / 3), Wire(1, 5, 2 / 3), Wire(3, 5, 1.0)]
    at = layout(cards, wires)
    assert sorted((4, 2, 1, 3), key=lambda item: at[item][1]) == [4, 2, 1, 3]


def test_where_wires_do_not_decide_the_order_of_now_stays():
    heights = {1: 500.0, 2: 100.0, 3: 300.0, 4: 100.0}
    cards = [Card(item, 112.0, 84.0, 0.0, y) for item, y in heights.items()]
    cards.append(Card(9, 112.0, 84.0, -300.0, 0.0))
    at = layout(cards, [Wire(9, item) for item in heights])
    assert sorted(heights, key=lambda item: at[item][1]) == [2, 4, 3, 1]


def test_a_leaf_stands_beside_what_uses_it_first():
    cards = [Card(item, 100.0, 60.0, 0.0, 0.0) for item in range(1, 6)]
    at = layout(cards, [Wire(1, 2), Wire(2, 3), Wire(3, 4, 0.0), Wire(5, 4, 1.0)])
    assert at[5][0] == at[3][0]


def test_cards_without_wires_fill_rows_and_those_wired_elsewhere_a_column():
    cards = [Card(item, 100.0, 60.0, 0.0, float(item)) for item in range(1, 10)]
    rows = layout(cards, [])
    assert len({x for x, _y in rows.values()}) > 1
    column = layout(cards, [Wire(0, item) for item in range(1, 10)])
    assert len({x for x, _y in column.values()}) == 1
    assert sorted(column, key=lambda item: column[item][1]) == list(range(1, 10))


def test_parts_that_no_wire_joins_stand_below_each_other():
    cards, wires = graph(1, 12)
    shifted = [Card(c.id + 100, c.width, c.height, c.x, c.y + 5000) for c in cards]
    more = [Wire(w.source + 100, w.target + 100, w.part) for w in wires]
    wired = {end for wire in wires for end in (wire.source, wire.target)}
    at = layout([*cards, *shifted], [*wires, *more])
    assert max(at[i][1] for i in wired) < min(at[i + 100][1] for i in wired)


def test_a_circle_of_folded_groups_is_laid_out_all_the_same():
    cards = [Card(item, 148.0, 84.0, 200.0 * item, 0.0) for item in range(1, 4)]
    at = layout(cards, [Wire(1, 2), Wire(2, 3), Wire(3, 1), Wire(2, 2)])
    assert len(set(at.values())) == 3
    assert at[1][0] < at[2][0] < at[3][0]


def test_nothing_is_laid_out_as_nothing():
    assert layout([], []) == {}


@pytest.mark.parametrize("seed", range(8))
def test_crossings_are_counted_as_by_looking_at_every_pair(seed):
    cards, wires = graph(seed, 25)
    wired = {end for wire in wires for end in (wire.source, wire.target)}
    chart = layered([card for card in cards if card.id in wired], wires)
    place = np.random.default_rng(seed).permutation(len(chart.layer)).astype(float)
    ends = [
        (chart.layer[s], place[s], place[t] + 0.9 * part)
        for (s, t), part in zip(chart.wires.tolist(), chart.parts.tolist(), strict=True)
    ]
    slow = sum(
        a[0] == b[0] and (a[1] - b[1]) * (a[2] - b[2]) < 0 for a, b in combinations(ends, 2)
    )
    assert _crossings(chart, place) == slow


@pytest.mark.parametrize("seed", range(8))
def test_steps_join_neighbouring_layers(seed):
    cards, wires = graph(seed, 25)
    chart = layered(cards, wires)
    assert (np.diff(chart.layer[chart.wires], axis=1) == 1).all()


@pytest.mark.parametrize("seed", range(8))
def test_the_nearest_ascending_numbers_are_those_of_scipy(seed):
    stream = np.random.default_rng(seed)
    goal, weight = stream.normal(size=30), stream.uniform(0.5, 4, 30)
    fitted = isotonic(goal, weight)
    assert fitted == pytest.approx(isotonic_regression(goal, weights=weight).x)
    assert all(a <= b for a, b in pairwise(fitted))


def test_a_large_graph_has_far_fewer_crossings_than_a_mess():
    cards, wires = graph(3, 300)
    at = layout(cards, wires)
    again = [Card(c.id, c.width, c.height, *at[c.id]) for c in cards]
    wired = {end for wire in wires for end in (wire.source, wire.target)}

    def crossings(some) -> int:
        chart = layered([card for card in some if card.id in wired], wires)
        place = np.empty(len(chart.layer))
        for layer in range(chart.depth):
            rows = np.flatnonzero(chart.layer == layer)
            place[rows[np.argsort(chart.wish[rows])]] = np.arange(len(rows))
        return _crossings(chart, place)

    assert crossings(again) < crossings(cards) / 2
