"""The benchmark of the window measures what it says; how fast anything is, is not asked here."""

import pytest

from tests.benchmarks.beside import measure
from tests.benchmarks.window import told


@pytest.mark.usefixtures("kernels", "qapp")
def test_moons_train_beside_the_window_and_without_it():
    figures = measure(settling=0.1, watching=1.0, alone=0.05)
    assert figures.windowed > 0
    assert figures.headless > 0
    assert 0 < figures.gap < 60
    assert figures.waited >= 0
    assert figures.screen == "offscreen"


@pytest.mark.parametrize(
    ("windowed", "gap", "passed"),
    [(60.0, 0.05, [True, True]), (59.0, 0.04, [True, False]), (100.0, 0.051, [False, True])],
)
def test_the_rows_say_which_goal_is_missed(windowed, gap, passed):
    rows = told(windowed, 100.0, gap, 0.1, "offscreen")
    assert [row.passed for row in rows] == passed
