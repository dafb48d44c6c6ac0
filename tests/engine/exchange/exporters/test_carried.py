"""Points that fill no batch: exported loops deal them as training does."""

import numpy as np
import pytest

from engine.errors import accept
from engine.exchange.exporters import EXPORTERS
from engine.graph.records import DataSettings, TrainingSettings
from engine.train.batches import Batches
from engine.train.samples import load_samples
from tests.engine.train.documents import demo


@pytest.mark.parametrize("remainder", ["step", "carry"])
@pytest.mark.parametrize("order", ["fixed", "shuffled"])
@pytest.mark.parametrize("batch", [3, 5])
def test_a_step_takes_the_points_that_training_takes(
    remainder: str, order: str, batch: int
) -> None:
    training = TrainingSettings(batch=batch, order=order, remainder=remainder)
    document = demo(layers=(1,), data=DataSettings("moons", samples=10), training=training)
    names: dict[str, object] = {"__name__": "program"}
    text = accept(EXPORTERS["micrograd"].write(document, frozenset()))
    exec(text.replace("from micrograd.engine", "from engine.value"), names)
    seed = document.seeds.shuffle if order == "shuffled" else None
    batches = Batches(10, batch, seed, carried=remainder == "carry")
    samples = accept(load_samples(document.data, document.seeds))
    for step in range(3 * batches.in_epoch):
        dealt = np.array(names["batch"](step))[:, :2]
        np.testing.assert_array_equal(dealt, samples.inputs[batches.rows(step)])
