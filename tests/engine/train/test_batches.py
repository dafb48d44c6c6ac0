"""Batches: every sample once an epoch, the remainder too, the same for the same seed."""

import numpy as np
import pytest

from engine.train.batches import Batches


@pytest.mark.parametrize(("count", "size"), [(10, 3), (9, 3), (5, 1), (4, 4), (3, 8)])
def test_every_sample_is_dealt_once_an_epoch_and_the_remainder_too(count: int, size: int) -> None:
    batches = Batches(count, size, seed=1)
    for epoch in range(3):
        steps = range(epoch * batches.in_epoch, (epoch + 1) * batches.in_epoch)
        dealt = [batches.rows(step) for step in steps]
        assert sorted(np.concatenate(dealt)) == list(range(count))
        assert {len(rows) for rows in dealt[:-1]} <= {min(size, count)}
        assert batches.epoch(steps.stop) == epoch + 1


def test_the_epoch_is_complete_with_its_last_batch_and_no_sooner() -> None:
    batches = Batches(10, 4, seed=1)
    assert [batches.epoch(step) for step in range(7)] == [0, 0, 0, 1, 1, 1, 2]


def test_each_epoch_has_an_order_of_its_own_from_one_seed() -> None:
    batches = Batches(50, 50, seed=7)
    for epoch in range(3):
        order = np.random.RandomState([7, epoch]).permutation(50)
        np.testing.assert_array_equal(batches.rows(epoch), order)
    assert not np.array_equal(batches.rows(0), batches.rows(1))


def test_going_back_to_a_step_deals_its_batch_again() -> None:
    batches = Batches(10, 4, seed=1)
    first = [batches.rows(step).tolist() for step in range(7)]
    assert [batches.rows(step).tolist() for step in reversed(range(7))] == first[::-1]


def test_an_epoch_may_begin_at_any_step() -> None:
    batches = Batches(10, 5, seed=1, first_step=7, first_epoch=3)
    assert [batches.epoch(step) for step in (7, 8, 9, 10, 11)] == [3, 3, 4, 4, 5]
    np.testing.assert_array_equal(
        np.concatenate([batches.rows(7), batches.rows(8)]),
        np.random.RandomState([1, 3]).permutation(10),
    )


@pytest.mark.parametrize(("count", "size"), [(10, 3), (9, 3), (5, 4), (4, 4)])
@pytest.mark.parametrize("seed", [None, 3])
def test_what_is_carried_over_is_learned_with_the_first_batch_of_the_next_epoch(
    count: int, size: int, seed: int | None
) -> None:
    carried = Batches(count, size, seed, carried=True)
    others = Batches(count, size, seed)
    assert carried.in_epoch == count // size
    for epoch in range(3):
        order = [others.rows(epoch * others.in_epoch + k) for k in range(others.in_epoch)]
        before = [others.rows(epoch * others.in_epoch - 1)] if epoch and count % size else []
        expected = [np.concatenate((*before, order[0])), *order[1 : count // size]]
        dealt = [carried.rows(epoch * carried.in_epoch + k) for k in range(carried.in_epoch)]
        assert [rows.tolist() for rows in dealt] == [rows.tolist() for rows in expected]
        assert carried.epoch((epoch + 1) * carried.in_epoch) == epoch + 1
