"""The figures of the studio: what counts as an update, and what passes."""

import pytest
from PySide6.QtWidgets import QLabel

from tests.benchmarks import training

SEEN = {"boundaries": 31.0, "charts": 33.0, "steps": 6.1, "gap": 0.03, "busy": 0.5, "waited": 0.0}


@pytest.fixture
def figures(monkeypatch) -> dict[str, object]:
    found = {"views": {"": dict(SEEN), "space": dict(SEEN)}, "headless": 10.0}
    monkeypatch.setattr(training, "measured", lambda _name: {**found, "views": {**found["views"]}})
    return found


def test_all_goals_are_told_and_met_by_figures_that_meet_them(figures):
    assert [row.passed for row in training.studio()] == [True, True, True, True, True, None]


@pytest.mark.parametrize(
    ("key", "number", "row"),
    [("boundaries", 29.0, 0), ("charts", 29.0, 1), ("gap", 0.051, 2), ("steps", 5.9, 3)],
)
def test_each_goal_can_be_missed(figures, key, number, row):
    figures["views"][""][key] = number
    assert [passed.passed for passed in training.studio()].index(False) == row


def test_an_update_counts_once_it_is_painted(qtbot):
    from tests.benchmarks.studio import Painted

    label, shown = QLabel("a"), [object()]
    qtbot.addWidget(label)
    with qtbot.waitExposed(label):
        label.show()
    counted = Painted(label, lambda: shown[0])
    label.repaint()
    assert counted.count == 0
    shown[0] = object()
    assert counted.count == 0
    label.repaint()
    label.repaint()
    assert counted.leave() == 1
