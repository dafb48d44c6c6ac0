"""A bounded table keeps its latest rows whole, and every extreme of those before."""

import tracemalloc

import numpy as np
import pytest

from engine.train.series import CAPACITY, Series, extremes, thinned


def noise(count: int, columns: int = 3, seed: int = 0) -> np.ndarray:
    """Return rows of steps, epochs and noisy columns that fall and are spiked."""
    stream = np.random.default_rng(seed)
    steps = np.arange(count, dtype=np.float64)
    numbers = np.exp(-steps / count) + 0.1 * stream.normal(size=(columns, count))
    numbers[:, stream.integers(0, count, 20)] += 5.0
    return np.concatenate((np.stack((steps, steps // 10)), numbers))


def fill(series: Series, rows: np.ndarray, block: int = 1) -> Series:
    """Add rows, one by one or many at a time."""
    if block == 1:
        for step, epoch, *numbers in rows.T.tolist():
            series.add(int(step), int(epoch), *numbers)
    else:
        for begin in range(0, rows.shape[1], block):
            series.extend(rows[:, begin : begin + block])
    return series


@pytest.mark.parametrize("block", [1, 7, 600, 5_000])
def test_the_latest_rows_are_kept_whole_and_all_rows_are_true(block):
    rows = noise(5_000)
    series = fill(Series(3, capacity=500), rows, block)
    kept = series.rows()
    assert len(series) == kept.shape[1] <= 500
    assert np.array_equal(kept[:, -250:], rows[:, -250:])
    assert np.array_equal(kept, rows[:, kept[0].astype(int)])
    assert np.all(np.diff(kept[0]) > 0)
    assert kept[0, 0] == 0


@pytest.mark.parametrize("block", [1, 64])
def test_every_cell_of_long_ago_keeps_its_least_and_its_greatest(block):
    rows = noise(20_000, seed=3)
    series = fill(Series(3, capacity=600), rows, block)
    kept = series.rows()
    assert series.cell > 1
    for cell in np.unique(rows[0] // series.cell)[:-1]:  # the last is among the latest
        ours = kept[2:, kept[0] // series.cell == cell]
        theirs = rows[2:, rows[0] // series.cell == cell]
        assert np.array_equal(ours.min(axis=1), theirs.min(axis=1))
        assert np.array_equal(ours.max(axis=1), theirs.max(axis=1))


def test_extremes_are_what_a_search_through_every_cell_finds():
    rows = noise(300, seed=5)
    rows[3, 40:90] = np.nan
    rows[4] = 1.0
    wanted = {0, 299}
    for cell in range(0, 300, 16):
        for column in rows[2:]:
            part = column[cell : cell + 16]
            if not np.isnan(part).all():
                wanted |= {cell + int(np.nanargmin(part)), cell + int(np.nanargmax(part))}
    assert set(np.flatnonzero(extremes(rows, 16)).tolist()) == wanted


def test_thinning_keeps_the_ends_and_the_extremes_within_the_room():
    rows = noise(5_000, seed=7)
    few, cell = thinned(rows, 200)
    assert few.shape[1] <= 200
    assert cell > 1
    assert few[0, 0] == 0
    assert few[0, -1] == 4_999
    assert np.array_equal(few[2:].max(axis=1), rows[2:].max(axis=1))
    assert thinned(rows, 5_000)[0] is rows


def test_rows_that_were_handed_out_never_change():
    rows = noise(4_000)
    series = fill(Series(3, capacity=1_000), rows[:, :900])
    early = series.rows()
    before = early.copy()
    series.forget_after(800)
    fill(series, -rows[:, 801:])
    assert np.array_equal(early, before)
    with pytest.raises(ValueError, match="read-only"):
        early[0, 0] = 1.0


def test_forgetting_leaves_nothing_later_and_goes_on_from_there():
    rows = noise(6_000, seed=2)
    series = fill(Series(3, capacity=500), rows)
    kept = series.rows()
    series.forget_after(3_000)
    assert np.array_equal(series.rows(), kept[:, kept[0] <= 3_000])
    assert series.last <= 3_000
    fill(series, rows[:, 3_001:])
    assert np.array_equal(series.rows()[:, -250:], rows[:, -250:])
    series.forget_after(-1)
    assert (len(series), series.last) == (0, -1)


def test_rows_up_to_a_step():
    series = fill(Series(1), noise(50, 1))
    assert series.rows(10).shape[1] == 11


def test_a_series_that_may_be_long_keeps_everything():
    series = Series(3)
    series.capacity = 300_000
    rows = noise(300_000)
    series.extend(rows)
    assert np.array_equal(series.rows(), rows)


def test_a_million_rows_take_no_more_memory_than_the_capacity():
    series, stream = Series(3), np.random.default_rng(0)
    tracemalloc.start()
    try:
        for begin in range(0, 1_000_000, 50_000):
            steps = np.arange(begin, begin + 50_000, dtype=np.float64)
            series.extend(np.stack((steps, steps, *stream.normal(size=(3, 50_000)))))
        kept, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    table = CAPACITY * 5 * 8
    assert kept <= 1.1 * table
    assert most <= 5 * table
    assert len(series) <= CAPACITY


def test_thinning_is_work_for_few_of_the_rows(monkeypatch):
    counted = []
    thin = Series._thin
    monkeypatch.setattr(Series, "_thin", lambda self: (counted.append(1), thin(self)))
    fill(Series(3, capacity=4_000), noise(100_000), 50)
    assert len(counted) <= 100_000 / 1_000 + 1
