"""Each schedule gives the rates its formula tells."""

import pytest

from engine.graph.records import TrainingSettings
from engine.train.schedules import SCHEDULES

DEMO = TrainingSettings(learning_rate=1.0, end_rate=0.1, schedule_steps=100)


def test_a_constant_rate_stays() -> None:
    rates = {SCHEDULES["constant"].rate(DEMO, step) for step in range(0, 1000, 50)}
    assert rates == {1.0}


def test_the_linear_schedule_is_that_of_micrograds_demo_to_the_last_bit() -> None:
    rates = [SCHEDULES["linear"].rate(DEMO, k) for k in range(100)]
    assert rates == [1.0 - 0.9 * k / 100 for k in range(100)]


@pytest.mark.parametrize("step", [100, 101, 10**9])
def test_the_linear_schedule_stays_at_its_end(step: int) -> None:
    assert SCHEDULES["linear"].rate(DEMO, step) == 0.1


@pytest.mark.parametrize("key", SCHEDULES)
@pytest.mark.parametrize("step", [0, 1, 99, 100, 250])
def test_the_formula_tells_what_the_schedule_does(key: str, step: int) -> None:
    schedule = SCHEDULES[key]
    names = {"rate": 1.0, "end": 0.1, "over": 100, "step": step, "min": min}
    assert schedule.rate(DEMO, step) == pytest.approx(eval(schedule.formula, names), abs=1e-15)
