"""Every data set in an open session: samples are chosen, probed and learned from."""

from dataclasses import replace

import numpy as np
import pytest

from engine.errors import accept
from engine.graph.models import Model
from engine.graph.records import DataSettings
from engine.run.tape import encode
from engine.train.datasets import DATASETS
from engine.train.fitting import fitted
from playground.session.clear import model_edit


@pytest.fixture
def opened(session, request):
    """Open a session with a small model of a data set."""
    data = DataSettings(request.param, samples=24, noise=0.1, test_share=0.25, classes=4)
    model = accept(fitted(Model((3, 1), "tanh", data=data)))
    assert session.do(model_edit(session.document, model))
    session.flush()
    return session


@pytest.mark.parametrize("opened", DATASETS, indirect=True)
def test_choosing_a_sample_shows_its_numbers_as_the_leaves_read_them(opened):
    samples = opened.samples
    for row in (0, 7, len(samples) - 1):
        opened.set_sample(row)
        opened.flush()
        for node in opened.document.nodes():
            shown = opened.result.value[opened.result.row[node.id]]
            if node.role == "feature":
                assert shown == samples.inputs[row, node.index]
            elif node.role == "target":
                assert shown == encode(samples.labels[row], node.encoding, node.index)


@pytest.mark.parametrize("opened", DATASETS, indirect=True)
def test_a_place_can_be_tried_out(opened):
    place = np.linspace(-1.0, 1.0, opened.samples.inputs.shape[1])
    opened.set_probe(place)
    opened.flush()
    features = [node for node in opened.document.nodes() if node.role == "feature"]
    shown = [opened.result.value[opened.result.row[node.id]] for node in features]
    assert shown == place.tolist()
    assert all(np.isfinite(opened.result.value))


@pytest.mark.parametrize("opened", DATASETS, indirect=True)
def test_a_step_is_taken_and_measured_on_both_parts(opened, qtbot):
    with qtbot.waitSignal(opened.training.stopped):
        opened.training.step()
    snapshot = opened.training.snapshot
    assert snapshot.step == 1
    assert snapshot.problem is None
    classes = opened.samples.classes
    for accuracy in (snapshot.train_accuracy, snapshot.test_accuracy):
        assert (accuracy is None) == (classes == 0)
    for told in (snapshot.train_r2, snapshot.test_r2):
        assert (told is None) == (classes > 0)


def test_data_of_fewer_features_end_a_probe_of_more(session):
    model = accept(fitted(Model((3, 1), data=DataSettings("moons"))))
    assert session.do(model_edit(session.document, model))
    session.flush()
    session.set_probe((0.5, 0.5))
    edit = accept(fitted(replace(model, data=DataSettings("sine"))))
    assert session.do(model_edit(session.document, edit))
    session.flush()
    assert len(session.features) <= 2
    session.set_sample(5)
    session.flush()
    assert session.samples.inputs.shape[1] == 1
