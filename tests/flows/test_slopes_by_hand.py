"""The lecture's slopes by hand: filled into the derivative explorer, or felt by nudging values."""

import numpy as np
import pytest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit

from playground.panels.studio.explorer import ExplorerPage
from tests.flows.learner import Learner

SECANT = "(f(x + h) − f(x)) / h"
SLOPE = "f′(x)"


class Exploring:
    """The learner at the derivative explorer."""

    def __init__(self, learner: Learner) -> None:
        self.learner = learner
        learner.press("E", "Control", "Alt")
        self.page = learner.window.studio.findChild(ExplorerPage)
        assert self.page.isVisible()
        self.settle()

    def fill(self, name: str, text: str) -> None:
        """Click a field, and type something else into it."""
        field = self.page.findChild(QLineEdit, name)
        self.learner.click(field)
        field.selectAll()
        self.learner.enter(text)
        self.settle()

    def choose(self, which: str, name: str) -> None:
        """Choose a value in a list by the keyboard."""
        box = self.page.findChild(QComboBox, which)
        box.setFocus()
        self.learner.press("Home")
        while box.currentText() != name:
            before = box.currentIndex()
            self.learner.press("Down")
            assert box.currentIndex() != before, name
        self.settle()

    def read(self, name: str) -> float:
        """Return the number that stands beside a name."""
        rows = [row for row in self.page.side.readings._rows if row[1].isVisible()]
        [value] = [value for _sample, title, value in rows if title.text() == name]
        assert isinstance(value, QLabel)
        return float(value.text())

    def settle(self) -> None:
        self.page.flush()
        self.learner.settle()


def test_1_the_slope_of_the_parabola_is_what_its_two_points_say(learner: Learner) -> None:
    learner.enter("f = 3*x**2 - 4*x + 5")
    learner.press("F")
    learner.set("x", "3.0")
    assert learner.exact("f")[0] == 20.0
    assert learner.exact("x") == (3.0, 14.0)
    exploring = Exploring(learner)
    assert exploring.read("f(x)") == 20.0
    for x, h, slope, truth in (
        ("3.0", "0.001", 14.00300000000243, 14.0),
        ("3.0", "0.000001", 14.000003002223593, 14.0),
        ("-3.0", "1e-6", -21.999997002808414, -22.0),
        ("2/3", "1e-6", 2.999378523327323e-06, 0.0),
    ):
        exploring.fill("x", x)
        exploring.fill("h", h)
        assert exploring.read(SECANT) == slope
        assert exploring.read(SLOPE) == pytest.approx(truth, abs=1e-12)
    assert learner.exact("x") == (3.0, 14.0)  # what is explored is no edit


def test_1_the_lectures_forty_points_are_drawn(learner: Learner) -> None:
    learner.open_example("3x² − 4x + 5")
    exploring = Exploring(learner)
    for name, text in (("low", "-5"), ("high", "5"), ("step", ".25")):
        exploring.fill(name, text)
    x, y = exploring.page.curve._dots.getData()
    np.testing.assert_array_equal(x, np.arange(-5, 5, 0.25))
    np.testing.assert_allclose(y, 3 * x**2 - 4 * x + 5)


def test_1_the_error_is_least_in_the_middle_of_all_h(learner: Learner) -> None:
    learner.open_example("3x² − 4x + 5")
    exploring = Exploring(learner)
    errors = {}
    for power in (1, 3, 5, 8, 11, 14):
        exploring.fill("h", f"1e-{power}")
        errors[power] = abs(exploring.read("difference"))
    assert errors[1] > errors[3] > errors[5] > errors[8]
    assert errors[8] < errors[11] < errors[14]


def test_2_each_input_of_d_is_nudged_as_in_the_lecture(learner: Learner) -> None:
    for line in ("a=2", "b=-3", "c=10", "d = a*b + c"):
        learner.enter(line)
    assert learner.exact("d")[0] == 4.0
    exploring = Exploring(learner)
    exploring.fill("h", "0.0001")
    for name, slope in (("a", -3.000000000010772), ("b", 2.0000000000042206)):
        exploring.choose("x", name)
        assert exploring.read(SECANT) == slope
    exploring.choose("x", "c")
    assert exploring.read("f(x)") == 4.0
    assert exploring.read("f(x + h)") == 4.0001
    assert exploring.read(SECANT) == 0.9999999999976694


def test_5_the_gradient_of_b_is_checked_by_a_step_of_a_thousandth(learner: Learner) -> None:
    learner.open_example("The chain rule")
    learner.select("b")
    exploring = Exploring(learner)
    exploring.fill("h", ".001")
    assert exploring.read("f(x)") == -8.0
    assert exploring.read(SECANT) == -3.9999999999995595
    assert exploring.read(SLOPE) == -4.0


def test_6_tanh_is_drawn_at_the_lectures_points(learner: Learner) -> None:
    learner.enter("o = tanh(n)")
    exploring = Exploring(learner)
    for name, text in (("low", "-5"), ("high", "5"), ("step", "0.2")):
        exploring.fill(name, text)
    x, y = exploring.page.curve._dots.getData()
    np.testing.assert_allclose(x, np.arange(-5, 5, 0.2), atol=1e-12)
    np.testing.assert_allclose(y, np.tanh(x), rtol=1e-12)
    exploring.fill("x", "0.8813735870195432")
    assert exploring.read("f(x)") == pytest.approx(0.7071067811865476, rel=1e-12)
    assert exploring.read(SLOPE) == pytest.approx(0.5, rel=1e-12)


@pytest.mark.parametrize(
    ("label", "after", "slope", "gradient"),
    [
        ("a", 3.999699999999999, -3.000000000010772, -3.0),
        ("b", 4.0002, 2.0000000000042206, 2.0),
        ("c", 4.0001, 0.9999999999976694, 1.0),
    ],
)
def test_2_a_value_that_is_nudged_by_keys_moves_d_as_in_the_lecture(
    learner: Learner, label: str, after: float, slope: float, gradient: float
) -> None:
    for line in ("a=2", "b=-3", "c=10", "d = a*b + c"):
        learner.enter(line)
    learner.press("F")
    learner.select(label)
    learner.press("N", "Control", "Alt")
    learner.press("Down")  # from a thousandth to a tenth of that
    said = learner.status().replace("−", "-")
    assert f"d 4.0 → {after}, Δd/h = {slope} beside ∂d/∂{label} = {gradient}" in said
    assert learner.ghost("d") == after
    learner.press("Escape")
    assert learner.exact("d") == (4.0, 1.0)


def test_5_b_is_held_by_the_mouse_and_both_slopes_stand_side_by_side(learner: Learner) -> None:
    learner.open_example("The chain rule")
    learner.hold("b")
    assert "ΔL/h = −3.9999999999995595 beside ∂L/∂b = −4.0" in learner.status()
    learner.let_go("b")
    assert learner.exact("L") == (-8.0, 1.0)
    assert not learner.session.stack.canUndo()
