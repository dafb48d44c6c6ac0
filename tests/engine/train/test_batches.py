"""Batches: every sample once an epoch, the remainder too, the same for the same seed."""

import numpy as np
import pytest

from engine.train.batches import Batches


@pytest.mark.parametrize(("count", "size"), [(10, 3), (9, 3), (5, 1), (4, 4), (3, 8)])
def test_every_sample_is_dealt_once_an_epoch_and_the_remainder_too(count: int, size: int) -> None:
    batches = Batches(count, size, seed=1)
    for epoch in (1, 2, 3):
        dealt = [batches.take() for _batch in range(batches.in_epoch)]
        assert sorted(np.concatenate(dealt)) == list(range(count))
        assert {len(rows) for rows in dealt[:-1]} <= {min(size, count)}
        assert batches.epoch == epoch


def test_the_epoch_is_complete_with_its_last_batch_and_no_sooner() -> None:
    batches = Batches(10, 4, seed=1)
    seen = []
    for _step in range(6):
        batches.take()
        seen.append(batches.epoch)
    assert seen == [0, 0, 1, 1, 1, 2]


def test_each_epoch_has_an_order_of_its_own_from_one_seed() -> None:
    stream = np.random.RandomState(7)
    batches = Batches(50, 50, seed=7)
    first, second = batches.take(), batches.take()
    np.testing.assert_array_equal(first, stream.permutation(50))
    np.testing.assert_array_equal(second, stream.permutation(50))
    assert not np.array_equal(first, second)
