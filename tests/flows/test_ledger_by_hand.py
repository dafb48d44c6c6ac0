"""The chain rule path by path, in the ledger: the sum of all is the gradient."""

import pytest

from tests.flows.learner import Learner

TWO_WAYS = ("a=-2", "b=3", "d = a*b", "e = a + b", "f = d*e")


class Ledger:
    """What the ledger says of a value: its rows of route, factors and product, and the sum."""

    def __init__(self, learner: Learner, label: str) -> None:
        learner.select(label)
        page = learner.window.studio.page("paths")
        if not page.isVisible():
            learner.press("L", "Control", "Alt")
        assert page.isVisible()
        model = page.rows
        cells = [[model.index(k, at).data() for at in (0, 1, 3)] for k in range(model.rowCount())]
        self.rows = {row[0]: tuple(row[1:]) for row in cells}
        self.total = page.total.text()


def test_10_two_values_have_two_ways_each_whose_products_add_up(learner: Learner) -> None:
    for line in TWO_WAYS:
        learner.enter(line)
    learner.press("F")
    ledger = Ledger(learner, "a")
    assert ledger.rows == {
        "a → e → f": ("1 · d = 1 × −6", "−6.0"),
        "a → d → f": ("b · e = 3 × 1", "3.0"),
    }
    assert ledger.total == "−3.0"
    ledger = Ledger(learner, "b")
    assert [product for _factors, product in ledger.rows.values()] == ["−6.0", "−2.0"]
    assert ledger.total == "−8.0"
    assert learner.exact("a")[1] == -3.0
    assert learner.exact("b")[1] == -8.0


def test_9_each_wire_of_a_plus_a_is_a_path(learner: Learner) -> None:
    learner.enter("a=3")
    learner.enter("b = a + a")
    learner.press("F")
    ledger = Ledger(learner, "a")
    assert list(ledger.rows.values()) == [("1", "1.0"), ("1", "1.0")]
    assert ledger.total == "2.0"


@pytest.mark.parametrize(
    ("label", "total"), [("x1", "−1.5"), ("w1", "1.0"), ("x2", "0.5"), ("w2", "0.0"), ("b", "0.5")]
)
def test_11_through_the_exponentials_two_ways_lead_to_o(
    learner: Learner, label: str, total: str
) -> None:
    learner.open_example("tanh from exp")
    ledger = Ledger(learner, label)
    assert len(ledger.rows) == 2
    assert ledger.total == total
