"""The resolution of the boundary climbs as far as the time allows, and no further."""

import pytest

from playground.training.ladder import (
    FINE,
    FIRST,
    LARGE,
    LEAST_SECONDS,
    QUICK_SECONDS,
    REST_SECONDS,
    RUNGS,
    Ladder,
)


@pytest.mark.parametrize("microseconds", [0.01, 0.5, 1.0, 2.0, 5.0, 8.0])
def test_the_finest_rung_that_fits_is_taken(microseconds):
    ladder, each = Ladder(), microseconds * 1e-6
    ladder.finest = 200
    assert ladder.quick() == FIRST
    ladder.took(FIRST, each * FIRST**2)
    for rung, limit in ((ladder.quick(), QUICK_SECONDS), (ladder.fine(), REST_SECONDS)):
        assert rung == RUNGS[0] or rung**2 * each <= limit
        higher = [r for r in RUNGS if r > rung]
        assert not higher or higher[0] ** 2 * each > limit


def test_no_resolution_is_finer_than_can_be_seen():
    ladder = Ladder()
    ladder.took(FIRST, 1e-6)
    assert ladder.quick() == ladder.fine() == FINE
    ladder.finest = 200
    assert ladder.quick() == 200


def test_at_rest_even_a_slow_machine_measures_what_the_panel_can_show():
    ladder = Ladder()
    ladder.finest = 200
    ladder.took(30, 10.0)
    assert ladder.quick() == RUNGS[0]
    assert ladder.fine() == FINE


def test_a_large_network_is_measured_as_coarsely_as_the_time_demands_even_at_rest():
    ladder = Ladder()
    ladder.forget(LARGE)
    assert ladder.quick() == RUNGS[0]
    ladder.took(30, 10.0)
    assert ladder.fine() == RUNGS[0]


def test_costly_views_leave_less_time_for_the_boundary_but_some():
    ladder = Ladder()
    ladder.took(60, 60**2 * 1e-6)
    steps = [ladder.quick(spent) for spent in (0.0, 0.004, 0.006, 1.0)]
    assert steps == sorted(steps, reverse=True)
    assert steps[-1] ** 2 * 1e-6 <= LEAST_SECONDS


def test_a_slow_moment_is_forgotten_after_a_while():
    ladder = Ladder()
    ladder.took(100, 1.0)
    assert ladder.quick() == RUNGS[0]
    for _measurement in range(20):
        ladder.took(30, 30**2 * 1e-7)
    assert ladder.quick() == FINE
