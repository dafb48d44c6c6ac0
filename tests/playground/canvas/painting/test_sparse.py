"""Of more wires than there is room for the strongest are drawn, and the same ones each time."""

import numpy as np

from playground.canvas.painting.wirework import MOST, sparse


def test_as_many_wires_as_there_is_room_for_are_all_drawn():
    flags = np.zeros(2 * MOST, bool)
    flags[::2] = True
    assert sparse(flags, np.zeros(len(flags), np.int8)) is flags


def test_of_more_the_strongest_stay_whatever_their_sign():
    stream = np.random.default_rng(0)
    levels = stream.integers(-5, 6, 5 * MOST).astype(np.int8)
    flags = stream.random(len(levels)) < 0.9
    kept = sparse(flags, levels)
    assert kept.sum() == MOST
    assert not (kept & ~flags).any()
    assert np.abs(levels[kept]).min() >= np.abs(levels[flags & ~kept]).max()


def test_those_of_one_strength_are_taken_from_everywhere():
    kept = sparse(np.ones(10 * MOST, bool), np.zeros(10 * MOST, np.int8))
    assert kept.sum() == MOST
    tenths = kept.reshape(10, MOST).sum(axis=1)
    assert tenths.min() > 0.08 * MOST
    assert (kept == sparse(np.ones(10 * MOST, bool), np.zeros(10 * MOST, np.int8))).all()
