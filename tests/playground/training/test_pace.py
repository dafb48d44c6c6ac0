"""Chunks of a few milliseconds, and no more steps a second than asked for."""

import pytest

from playground.training.pace import CHUNK_SECONDS, Pace


def drive(pace: Pace, step_seconds: float, until: float) -> list[tuple[float, int]]:
    """Take steps of equal length on a clock of our own; return when how many were taken."""
    now, taken = 0.0, []
    pace.restart()
    while now < until:
        steps = pace.steps(now)
        if steps:
            taken.append((now, steps))
            pace.took(steps, steps * step_seconds)
            now += steps * step_seconds
        now += pace.wait() or 1e-6
    return taken


@pytest.mark.parametrize("per_second", [10, 60, 600])
def test_a_second_holds_as_many_steps_as_asked_for(per_second):
    taken = drive(Pace(per_second), 1e-4, until=5.0)
    assert sum(steps for _now, steps in taken) == pytest.approx(5 * per_second, abs=2)


@pytest.mark.parametrize("per_second", [1, 2, 5, 10])
def test_waking_a_little_late_loses_no_step(per_second):
    pace, now, taken = Pace(per_second), 0.0, 0
    pace.restart()
    while now < 60.0:
        steps = pace.steps(now)
        if steps:
            pace.took(steps, 1e-5)
            taken += steps
        now += pace.wait() + 0.01
    assert abs(taken - 60 * per_second) <= 1


def test_the_first_step_is_taken_at_once_and_alone():
    assert drive(Pace(10), 1e-4, until=0.05) == [(0.0, 1)]


@pytest.mark.parametrize("step_seconds", [1e-5, 1e-3])
def test_without_a_limit_a_chunk_fills_its_milliseconds(step_seconds):
    chunks = drive(Pace(None), step_seconds, until=1.0)
    assert chunks[-1][1] * step_seconds == pytest.approx(CHUNK_SECONDS, rel=0.2)


def test_a_step_longer_than_a_chunk_is_taken_alone():
    assert {steps for _now, steps in drive(Pace(None), 0.3, until=3.0)} == {1}
    assert {steps for _now, steps in drive(Pace(600), 0.3, until=3.0)} == {1}


def test_a_machine_that_slept_is_not_made_up_for():
    pace = Pace(60)
    pace.restart()
    pace.took(pace.steps(0.0), 1e-6)
    assert pace.steps(3600.0) <= 6
