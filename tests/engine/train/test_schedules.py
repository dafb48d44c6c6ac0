"""The learning rate of each step: what the schedules say, and what their formulas say."""

import math
from dataclasses import replace

import pytest

from engine.graph.records import TrainingSettings
from engine.graph.settings import SETTINGS
from engine.train.schedules import SCHEDULES, learning_rate, learning_rates

DEMO = TrainingSettings(learning_rate=1.0, end_rate=0.1, schedule_steps=100)


def test_a_constant_rate_stays() -> None:
    rates = {SCHEDULES["constant"].rate(DEMO, step) for step in range(0, 1000, 50)}
    assert rates == {1.0}


def test_the_linear_rate_is_that_of_micrograds_demo() -> None:
    rates = [SCHEDULES["linear"].rate(DEMO, k) for k in range(100)]
    assert rates == [1.0 - 0.9 * k / 100 for k in range(100)]


@pytest.mark.parametrize("key", ["linear", "cosine"])
@pytest.mark.parametrize("step", [100, 101, 10**9])
def test_the_rate_stays_at_its_end(key: str, step: int) -> None:
    assert SCHEDULES[key].rate(DEMO, step) == 0.1


def test_stages_begin_after_so_many_steps_each() -> None:
    rates = [SCHEDULES["step"].rate(DEMO, k) for k in (0, 99, 100, 199, 200)]
    assert rates == pytest.approx([1.0, 1.0, 0.1, 0.1, 0.01])


def test_a_factor_above_one_never_overflows() -> None:
    steep = replace(DEMO, step_factor=1e3, schedule_steps=1)
    assert all(math.isfinite(SCHEDULES["step"].rate(steep, k)) for k in (0, 10, 103, 104, 10**9))
    assert SCHEDULES["step"].rate(replace(steep, learning_rate=0.0), 10**9) == 0.0


def test_the_cosine_is_half_way_in_the_middle() -> None:
    assert SCHEDULES["cosine"].rate(DEMO, 50) == pytest.approx(0.55)


@pytest.mark.parametrize("key", SCHEDULES)
def test_the_formula_says_what_the_schedule_does(key: str) -> None:
    schedule = SCHEDULES[key]
    assert set(schedule.settings) <= SETTINGS.keys()
    for step in (0, 1, 17, 99, 100, 250):
        names = {"rate": 1.0, "end": 0.1, "over": 100, "step": step, "factor": 0.1}
        names |= {"cos": math.cos, "floor": math.floor}
        assert schedule.rate(DEMO, step) == pytest.approx(eval(schedule.formula, names), abs=1e-15)


@pytest.mark.parametrize("key", SCHEDULES)
def test_every_schedule_begins_at_the_learning_rate(key: str) -> None:
    assert SCHEDULES[key].rate(DEMO, 0) == 1.0


@pytest.mark.parametrize("key", SCHEDULES)
def test_a_warm_up_rises_evenly_and_then_the_schedule_begins(key: str) -> None:
    warm = replace(DEMO, schedule=key, warmup_steps=4)
    assert [learning_rate(warm, k) for k in range(4)] == pytest.approx([0.2, 0.4, 0.6, 0.8])
    plain = replace(DEMO, schedule=key)
    for step in (0, 1, 50, 200):
        assert learning_rate(warm, step + 4) == learning_rate(plain, step)


@pytest.mark.parametrize("first", [0, 2, 4, 7])
def test_many_rates_at_once_are_those_of_each_step(first: int) -> None:
    warm = replace(DEMO, schedule="cosine", warmup_steps=4)
    steps = range(first, first + 9)
    assert learning_rates(warm, steps) == [learning_rate(warm, step) for step in steps]
    assert learning_rates(warm, range(first, first)) == []
