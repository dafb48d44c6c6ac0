"""The figures of asking why: what is measured, and what passes."""

import pytest

from tests.benchmarks import insight
from tests.playground.window.conftest import dressed

__all__ = ["dressed"]

SEEN = {
    **dict.fromkeys(insight.FOLLOWS, 0.015),
    **dict.fromkeys(insight.OPENED, 0.09),
    "paths, count": 256,
    "parameters": 337,
    "forward": 2e-3,
    "forward, one": 1e-3,
    "reverse": 1e-3,
    "forward, multiplications": 6_000,
    "reverse, multiplications": 1_000,
}


def test_all_goals_are_told_and_met_by_figures_that_meet_them():
    rows = insight.told(SEEN)
    assert all(row.passed for row in rows)
    assert len(rows) == len(insight.FOLLOWS) + len(insight.OPENED) + 2
    assert "6 times as many" in rows[-2].remark


@pytest.mark.parametrize(
    ("key", "number"), [("nudge", 0.017), ("why", 0.101), ("forward", 1e-3), ("forward, one", 0.0)]
)
def test_each_goal_can_be_missed(key, number):
    missed = [row for row in insight.told(SEEN | {key: number}) if row.passed is False]
    assert len(missed) == 1


def test_what_the_engine_answers_agrees_with_the_tape_before_it_is_timed():
    from tests.benchmarks.answers import curve, modes, paths

    figures = paths() | curve() | modes()
    assert figures["paths, count"] == 256
    assert figures["reverse, multiplications"] < figures["forward, multiplications"]
    assert all(number > 0 for number in figures.values())


@pytest.mark.usefixtures("qapp", "dressed")
@pytest.mark.parametrize("part", ["why", "steps", "nudge"])
def test_each_answer_of_the_window_is_timed(part, monkeypatch):
    from tests.benchmarks import asking

    monkeypatch.setattr(asking, "busy", once)
    monkeypatch.setattr(asking, "MANY", 120)
    figures = getattr(asking, part)()
    assert figures
    assert all(seconds > 0 for seconds in figures.values())


def once(work, before=lambda: None) -> float:
    before()
    work()
    return 1.0
