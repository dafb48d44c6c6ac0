"""Each optimiser makes the steps its formula tells."""

import numpy as np
import pytest

from engine.train.optimizers import OPTIMIZERS

OTHERS = {"rate": 0.1}


@pytest.mark.parametrize("key", OPTIMIZERS)
def test_a_step_goes_downhill_and_leaves_the_old_vector_alone(key: str) -> None:
    optimizer = OPTIMIZERS[key]
    before = np.array([1.0, -2.0, 0.0])
    after = optimizer.update(before, 2 * before, 0.1, optimizer.start(3))
    assert before.tolist() == [1.0, -2.0, 0.0]
    assert (after**2).sum() < (before**2).sum()


def test_gradient_descent_takes_the_rate_times_the_gradient() -> None:
    sgd = OPTIMIZERS["sgd"]
    p, gradient = np.array([1.0, -2.0]), np.array([3.0, 0.5])
    after = sgd.update(p, gradient, 0.1, sgd.start(2))
    assert after.tolist() == eval(sgd.formula.split("= ")[1], OTHERS | locals()).tolist()
    assert after.tolist() == [1.0 - 0.1 * 3.0, -2.0 - 0.1 * 0.5]
