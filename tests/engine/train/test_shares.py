"""Shares: against the trainer's gradient, documents of one sample, and central differences."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from engine.errors import Refusal, accept
from engine.graph import properties, verbs
from engine.graph.document import Document
from engine.graph.models import Model, model_document
from engine.graph.records import DataSettings
from engine.graph.tables import make_table
from engine.train import shares as module
from engine.train.samples import load_samples
from engine.train.shares import Question, SharesProbe, ranked
from engine.train.trainer import Trainer
from tests.engine.train.documents import demo, marked, trained

SMALL = DataSettings("moons", samples=23, test_share=0.2)


def network(**changed: object) -> Document:
    widths = (4, 3, 2 if changed.get("loss") == "softmax_cross_entropy" else 1)
    return trained(accept(model_document(Model(widths, data=SMALL, **changed))), l2=0.0)


def measured(document: Document, **question: object):
    return accept(SharesProbe.build(document)).measure(Question(**question))


def gradient(document: Document) -> tuple[np.ndarray, np.ndarray]:
    """Return the gradient and the loss of a document as the trainer takes them, without a clip."""
    trainer = accept(Trainer.build(document))
    objective, terms = trainer._tapes.whole, trainer._terms
    measure = objective.measure(trainer.parameters, terms)
    return objective.gradient(trainer.parameters, terms), np.array(measure.loss)


def of_one(document: Document, sample: int) -> Document:
    """Return the document with one training sample as all its data."""
    samples = accept(load_samples(document.data, document.seeds))
    row = np.append(samples.inputs[sample], (samples.labels[sample] + 1.0) / 2.0)
    table = accept(make_table(("a", "b", "c"), [row], ((), (), ("no", "yes"))))
    one = document.copy()
    data = {"generator": None, "table": table, "features": (0, 1), "target": 2, "test_share": 0.0}
    one.apply(accept(properties.set_data(one, **data)))
    return one


@pytest.mark.parametrize(
    "loss", ["hinge", "squared_error", "cross_entropy", "softmax_cross_entropy"]
)
@pytest.mark.parametrize("reduction", ["mean", "sum"])
def test_the_shares_of_all_samples_sum_to_the_gradient_that_the_optimiser_gets(loss, reduction):
    document = trained(network(loss=loss), reduction=reduction, l2=0.01, l1=0.003)
    found = measured(document)
    assert found.matrix.shape == (18, len(found.parameters))
    sizes = np.abs(found.matrix).sum(axis=0)
    assert (np.abs(found.matrix.sum(axis=0) - found.gradient) <= 1e-12 * sizes).all()
    assert_allclose(found.gradient + found.penalties, gradient(document)[0], atol=1e-14)


@pytest.mark.parametrize("sample", [0, 7, 17])
def test_the_share_of_a_sample_is_its_gradient_in_a_document_of_that_sample_alone(sample):
    document = network()
    found = measured(document)
    alone, _loss = gradient(of_one(document, sample))
    assert_allclose(found.of_sample(sample) * found.samples, alone, atol=1e-13)


def test_a_share_is_the_slope_of_what_the_sample_adds_to_the_loss():
    document = network(loss="squared_error")
    found, sample, size = measured(document), 5, 1e-6
    for place in (0, 3, 11, len(found.parameters) - 1):
        losses = []
        for way in (size, -size):
            moved = of_one(document, sample)
            node = int(found.parameters[place])
            number = moved.node(node).value + way
            moved.apply(properties.set_values(moved, [node], [number], "Move"))
            losses.append(gradient(moved)[1])
        slope = (losses[0] - losses[1]) / (2 * size) / found.samples
        assert found.matrix[sample, place] == pytest.approx(slope, rel=1e-6, abs=1e-9)


def test_what_the_penalties_of_the_graph_add_stands_apart():
    document = network()
    [first, *_others] = [node.id for node in document.nodes() if node.trainable]
    made = document.next_id
    document.apply(accept(verbs.add_op(document, "square", (0, 0))))
    document.apply(accept(verbs.connect(document, first, made)))
    marked(document, made, "penalty")
    found = measured(document)
    wanted = np.zeros(len(found.parameters))
    wanted[0] = 2.0 * document.node(first).value
    assert found.parameters[0] == first
    assert_allclose(found.penalties, wanted)
    assert_allclose(found.gradient, measured(network()).gradient, atol=1e-14)


def test_a_parameter_that_is_used_twice_and_through_others_has_all_of_its_share():
    """y = (w + w*w) * x, loss = y: its slope is (1 + 2w) x."""
    document = Document()
    leaves = (("parameter", 3.0), ("feature", 0.0))
    for role, value in leaves:
        document.apply(verbs.add_value(document, (0, 0), value=value, role=role))
    for key, sources in (("mul", (1, 1)), ("add", (1, 3)), ("mul", (4, 2))):
        made = document.next_id
        document.apply(accept(verbs.add_op(document, key, (0, 0))))
        for source in sources:
            document.apply(accept(verbs.connect(document, source, made)))
    document.apply(accept(properties.set_data(document, generator="xor", samples=9)))
    found = measured(document)
    samples = accept(load_samples(document.data, document.seeds))
    assert_allclose(found.matrix[:, 0], 7.0 * samples.inputs[:, 0] / 9)


def test_of_many_numbers_the_answers_are_those_that_the_whole_would_give(monkeypatch):
    document = network()
    whole = measured(document)
    some = tuple(whole.parameters[4:9].tolist())
    monkeypatch.setattr(module, "WHOLE", 0)
    monkeypatch.setattr(module, "CHUNK", 700)  # a few samples at a time
    assert accept(SharesProbe.build(document))._tape.lanes < 18
    for sample in (0, 9, 17):
        part = measured(document, sample=sample, parameters=some)
        assert part.matrix is None
        assert_allclose(part.gradient, whole.gradient, atol=1e-14)
        assert_allclose(part.of_sample(sample), whole.of_sample(sample), atol=1e-15)
        assert_allclose(part.of_parameters(some), whole.of_parameters(some), atol=1e-15)
        assert part.of_sample(3) is None
        assert part.of_parameters(some[:2]) is None
    [one, *_others] = some
    signed = measured(document, parameters=(one,)).of_parameters((one,))
    assert_array_equal(np.sign(signed), np.sign(whole.of_parameters((one,))))


def test_other_numbers_have_other_shares():
    document = network()
    probe = accept(SharesProbe.build(document))
    before = probe.measure()
    numbers = before.numbers + 0.25
    probe.set_numbers(before.parameters, numbers)
    moved = document.copy()
    ids = before.parameters.tolist()
    moved.apply(properties.set_values(moved, ids, numbers.tolist(), "Move"))
    assert_allclose(probe.measure().matrix, measured(moved).matrix, atol=1e-14)
    assert_array_equal(before.matrix, measured(document).matrix)
    with pytest.raises(ValueError, match="read-only"):
        before.matrix[0, 0] = 1.0


def test_samples_kept_for_the_test_and_frozen_parameters_have_no_share():
    document = network()
    found = measured(document)
    assert found.of_sample(18) is None
    frozen = int(found.parameters[2])
    document.apply(accept(properties.set_frozen(document, [frozen], True)))
    assert measured(document).place(frozen) is None
    assert measured(document).of_parameters((frozen,)) is None


def test_a_ranking_begins_with_the_greatest_and_sums_both_ways():
    found = ranked(np.array([0.5, -2.0, 0.0, 1.0, np.nan, -0.25, 0.0, 0.0, 0.0, 0.0]))
    assert found.samples.tolist() == [1, 3, 0, 5]
    assert found.shares.tolist() == [-2.0, 1.0, 0.5, -0.25]
    assert (found.rises, found.falls) == (1.5, -2.25)
    assert found.leading == pytest.approx(2.0 / 3.75)
    nobody = ranked(np.zeros(4))
    assert (len(nobody.samples), nobody.leading) == (0, 0.0)


def test_without_data_or_with_too_much_it_says_why(monkeypatch):
    plain = demo()
    plain.apply(accept(properties.set_data(plain, generator=None)))
    refusal = SharesProbe.build(plain)
    assert isinstance(refusal, Refusal)
    monkeypatch.setattr(module, "MOST", 1000)
    refusal = SharesProbe.build(demo())
    assert isinstance(refusal, Refusal)
    assert "100 samples" in str(refusal)
