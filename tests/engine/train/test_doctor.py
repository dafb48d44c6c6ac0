"""The doctor: networks made so that one thing is wrong, against a look at every sample by hand."""

import numpy as np
import pytest

from engine.errors import accept
from engine.files import write
from engine.graph.document import Document
from engine.graph.models import Model, model_document
from engine.graph.properties import set_values
from engine.graph.records import DataSettings
from engine.graph.rows import use_table
from engine.graph.tables import make_table
from engine.run.mirror import to_values
from engine.train.diagnoses import DIAGNOSES
from engine.train.doctor import Doctor, Report
from engine.train.remedies import REMEDIES, healed, offered
from engine.train.trainer import Trainer
from tests.engine.train.documents import built, demo, graph, marked, trained

SAMPLES = 40


def network(*widths: int, activation: str = "relu", **settings: object) -> Document:
    model = Model(
        widths or (4, 3, 1), activation=activation, data=DataSettings("moons", samples=SAMPLES)
    )
    return trained(accept(model_document(model)), **settings)


def parameters(document: Document, layer: int, part: str) -> list[int]:
    return [
        node.id
        for node in document.nodes()
        if node.trainable and node.slot and (node.slot[0], node.slot[-1]) == (layer, part)
    ]


def given(document: Document, ids: list[int], number: float) -> Document:
    document.apply(accept(set_values(document, ids, [number] * len(ids), "Set")))
    return document


def report(document: Document, steps: int = 0, **arguments: object) -> Report:
    """Examine at the beginning and after so many steps."""
    trainer = built(document, **arguments)
    doctor = Doctor(document, trainer)
    found = doctor.examine(trainer)
    if steps:
        trainer.advance(steps)
        found = doctor.examine(trainer)
    return found


def keys(found: Report) -> list[str]:
    return [finding.key for finding in found.findings]


def test_a_healthy_run_has_nothing_at_all():
    document = demo()
    trainer = built(document)
    doctor = Doctor(document, trainer)
    for _moment in range(21):
        assert doctor.examine(trainer).findings == ()
        trainer.advance(10)


def outputs(document: Document, trainer: Trainer) -> dict[int, np.ndarray]:
    """Return the outputs of every activation of the network, sample by sample, with `Value`s."""
    features = sorted((n for n in document.nodes() if n.role == "feature"), key=lambda n: n.index)
    units = [n.id for n in document.nodes() if n.op in ("relu", "tanh", "sigmoid")]
    found: dict[int, list[float]] = {unit: [] for unit in units}
    for row in trainer.samples.inputs:
        numbers = {leaf.id: number for leaf, number in zip(features, row.tolist(), strict=True)}
        values = to_values(document, numbers)
        for unit in units:
            found[unit].append(values[unit].data)
    return {unit: np.array(numbers) for unit, numbers in found.items()}


def test_the_dead_units_are_those_that_a_look_at_every_sample_finds():
    document = network(6, 1)
    given(document, parameters(document, 0, "bias")[1:3], -50.0)
    trainer = built(document)
    [finding] = Doctor(document, trainer).examine(trainer).findings
    silent = {unit for unit, seen in outputs(document, trainer).items() if not seen.any()}
    hidden = {
        n.id for n in document.nodes() if n.op == "relu" and (n.slot or ("",))[-1] == "activation"
    }
    assert set(finding.items) == silent & hidden
    assert len(finding.items) == 2
    assert finding.text == "layer 1: 2 of 6 units are dead, the same and flat in 40 samples"
    assert document.groups[finding.place].label == "layer 1"
    assert finding.severity == "mild"


def test_a_layer_that_is_all_dead_is_serious_and_nothing_else_is_said_of_it():
    document = network(6, 1)
    given(document, parameters(document, 0, "bias"), -50.0)
    [finding] = report(document).findings
    assert finding.text == "layer 1: all 6 units are dead, the same and flat in 40 samples"
    assert finding.severity == "serious"


def test_a_loss_that_is_flat_where_it_is_nothing_is_no_dead_unit():
    document = network(8, 1, learning_rate=0.5, schedule="constant", l2=0.0)
    trainer = built(document)
    doctor = Doctor(document, trainer)
    while trainer.snapshot().train_loss > 0.0 and trainer.step < 3000:
        trainer.advance(50)
    loss = [n.id for n in document.nodes() if n.op == "relu"][-1]
    assert loss not in [item for f in doctor.examine(trainer).findings for item in f.items]


@pytest.mark.parametrize("activation", ["tanh", "sigmoid"])
def test_the_saturated_units_are_those_at_their_limit_in_95_of_100_samples(activation):
    document = network(6, 1, activation=activation)
    given(document, parameters(document, 0, "weight")[:6], 300.0)
    trainer = built(document)
    found = [
        f for f in Doctor(document, trainer).examine(trainer).findings if f.key == "saturated"
    ]
    low = {"tanh": -1.0, "sigmoid": 0.0}[activation]
    flat = {
        unit
        for unit, seen in outputs(document, trainer).items()
        if np.mean(np.abs(2 * (seen - low) / (1.0 - low) - 1) > 0.99) >= 0.95
    }
    assert len(flat) >= 3
    assert {item for finding in found for item in finding.items} == flat


def test_a_network_that_predicts_well_may_be_saturated():
    document = network(20, 1, activation="tanh", learning_rate=0.1)
    hidden = {i for part in ("weight", "bias") for i in parameters(document, 0, part)}
    for leaf in hidden:
        given(document, [leaf], 200.0 * document.node(leaf).value)
    trainer = built(document)
    doctor = Doctor(document, trainer)
    trainer.advance(500)
    assert trainer.snapshot().train_accuracy >= 0.9
    [finding] = doctor.examine(trainer).findings
    assert (finding.key, finding.severity) == ("saturated", "mild")


def test_one_number_at_its_limit_is_no_finding():
    document = marked(graph(("tanh", (1,)), leaves=[("parameter", -9.0)]), 2, "loss")
    assert keys(report(document)) == []


def vanishing() -> Document:
    """Return seven layers of tiny weights; only one class still counts, so that its pull stays."""
    document = network(*[4] * 6, 1, activation="sigmoid", l2=0.0)
    given(document, [i for k in range(6) for i in parameters(document, k, "weight")], 0.05)
    return given(document, parameters(document, 6, "bias"), -5.0)


def test_a_vanishing_gradient_is_measured_in_the_first_layer_and_the_last():
    document = vanishing()
    trainer = built(document)
    [finding] = Doctor(document, trainer).examine(trainer).findings
    gradient = trainer.moment().gradient  # without penalties that is the loss's own
    first, last = (
        np.linalg.norm(
            [g for i, g in zip(trainer.ids.tolist(), gradient, strict=True) if i in own]
        )
        for own in (
            {*parameters(document, 0, "weight"), *parameters(document, 0, "bias")},
            {*parameters(document, 6, "weight"), *parameters(document, 6, "bias")},
        )
    )
    assert finding.key == "vanishing"
    assert first / last < 1e-4
    assert f"{first / last:.2g}" in finding.text
    assert finding.items[0] in document.groups


def test_a_run_that_explodes_is_caught_with_its_growth():
    document = network(4, 1, learning_rate=50.0, schedule="constant", l2=0.0)
    trainer = built(document)
    doctor = Doctor(document, trainer)
    doctor.examine(trainer)
    start = np.linalg.norm(trainer.parameters)
    while np.linalg.norm(trainer.parameters) < 150 * start and trainer.step < 200:
        trainer.advance(1)
    found = {f.key: f for f in doctor.examine(trainer).findings}
    assert f"{np.linalg.norm(trainer.parameters) / start:,.0f} times" in found["exploding"].text


def test_the_first_node_that_is_not_finite_comes_with_its_step_and_reason():
    """x goes -0.5 + 10 / x, ... until the log of a negative number."""
    document = marked(graph(("log", (1,)), leaves=[("parameter", 1.0)]), 2, "loss")
    trained(document, learning_rate=2.0, schedule="constant")
    found = report(document, 5)
    first = found.findings[0]
    assert (first.key, first.items, first.step) == ("not finite", (2,), 1)
    assert first.text.startswith("Step 1:")
    assert "taken back" in first.why


def test_oscillation_is_a_loss_that_turns_back_at_every_step():
    swings = trained(oscillator(), learning_rate=1.0, schedule="constant", l2=0.0)
    found = report(swings, 100)
    assert keys(found) == ["oscillating"]
    assert "100%" in found.findings[0].text


def oscillator() -> Document:
    """Return |x| from x = 0.3: with rate 1, x jumps to -0.7 and back for ever."""
    return marked(graph(("abs", (1,)), leaves=[("parameter", 0.3)]), 2, "loss")


def test_a_network_whose_gradient_is_nothing_stands_still():
    document = network(4, 1, activation="tanh", learning_rate=0.1, schedule="constant", l2=0.0)
    given(document, [n.id for n in document.nodes() if n.trainable], 0.0)
    [finding] = report(document, 100).findings  # as many points pull one way as the other
    assert finding.key == "stalled"
    assert finding.text.startswith("The objective has been 1 for 99 steps")


def test_a_rate_that_is_far_too_small_is_slow_and_the_remedy_is_longer_steps():
    document = network(4, 1, learning_rate=1e-9, schedule="constant", l2=0.0)
    given(document, parameters(document, 1, "weight"), -0.1)
    found = report(document, 100)
    assert keys(found) == ["slow"]
    [remedy] = offered(document, found.findings[0])
    document.apply(accept(healed(document, found.findings[0], remedy)))
    assert document.training.learning_rate == 1e-8


def test_a_penalty_too_strong_for_the_rate_is_told_before_a_step():
    document = network(4, 1, learning_rate=0.5, schedule="constant", l2=1.0)
    found = report(document)
    assert keys(found) == ["shrinking"]
    [remedy] = [r for r in offered(document, found.findings[0]) if r.key == "weaker"]
    document.apply(accept(healed(document, found.findings[0], remedy)))
    assert keys(report(document)) == []


def test_features_of_different_size_are_told_and_standardised():
    stream = np.random.default_rng(0)
    x, y = stream.normal(size=60), stream.normal(0.0, 500.0, 60)
    rows = np.column_stack([x, y, x > 0])
    table = accept(make_table(["x", "income", "class"], rows, [(), (), ("no", "yes")]))
    document = network(4, 1)
    document.apply(accept(use_table(document, table, (0, 1), 2)))
    found = report(document)
    [finding] = [f for f in found.findings if f.key == "unscaled"]
    assert f"income is {np.std(y):.3g}" in finding.text
    [remedy] = [r for r in offered(document, finding) if r.key == "standardise"]
    document.apply(accept(healed(document, finding, remedy)))
    assert "unscaled" not in keys(report(document))


def test_a_finding_keeps_the_step_it_was_first_seen_at_and_loses_it_on_going_back():
    document = network(6, 1, learning_rate=0.1)
    given(document, parameters(document, 0, "bias"), -50.0)
    trainer = built(document)
    doctor = Doctor(document, trainer)
    start = trainer.parameters
    assert [f.step for f in doctor.examine(trainer).findings] == [0]
    trainer.advance(30)
    assert [f.step for f in doctor.examine(trainer).findings if f.key == "dead"] == [0]
    fresh = Doctor(document, trainer)
    assert [f.step for f in fresh.examine(trainer).findings if f.key == "dead"] == [30]
    trainer.restore(10, start)
    assert [f.step for f in fresh.examine(trainer).findings if f.key == "dead"] == [10]


@pytest.mark.parametrize("key", ["leaky", "draw", "redraw"])
def test_each_remedy_brings_dead_units_to_life(key):
    document = network(6, 1)
    given(document, parameters(document, 0, "bias"), -50.0)
    [finding] = report(document).findings
    before = write(document)
    [remedy] = [r for r in offered(document, finding) if r.key == key]
    edit = accept(healed(document, finding, remedy))
    assert edit.title == remedy.title(document, finding)
    document.apply(edit)
    assert "dead" not in keys(report(document))
    document.apply(edit.inverse())
    assert write(document) == before


def test_a_unit_in_no_network_becomes_leaky_by_itself():
    document = graph(("relu", (1,)), ("square", (2,)), leaves=[("parameter", -1.0)])
    document = marked(document, 3, "loss")
    [finding] = report(document).findings
    [remedy] = [r for r in offered(document, finding) if r.key == "leaky"]
    document.apply(accept(healed(document, finding, remedy)))
    assert document.node(2).op == "leaky_relu"
    assert keys(report(document)) == []


def test_leaky_hidden_layers_leave_the_output_as_it_is():
    document = vanishing()
    [finding] = report(document).findings
    [remedy] = [r for r in offered(document, finding) if r.key == "leaky"]
    document.apply(accept(healed(document, finding, remedy)))
    assert sum(n.op == "leaky_relu" for n in document.nodes()) == 24
    assert keys(report(document)) == []


def test_the_rate_that_is_offered_moves_the_weights_by_a_hundredth_at_first():
    document = network(4, 1, learning_rate=1e6, schedule="constant", l2=0.0)
    found = report(document, 60)
    rates = {f.numbers["rate"] for f in found.findings if f.key in ("exploding", "not finite")}
    [rate] = rates
    healthy = built(trained(document, learning_rate=rate))
    moment = healthy.moment()
    part = np.linalg.norm(moment.update) / np.linalg.norm(moment.numbers)
    assert 0.005 < part < 0.02


@pytest.mark.usefixtures("kernels")
@pytest.mark.parametrize("runner", ["numpy", "numba"])
def test_a_run_that_is_examined_goes_as_it_would_without(runner):
    document = network(4, 1, batch=7, optimizer="adam")
    alone, seen = built(document, runner=runner), built(document, runner=runner)
    doctor = Doctor(document, seen)
    for _moment in range(5):
        doctor.examine(seen)
        seen.advance(13)
        alone.advance(13)
    assert np.array_equal(seen.parameters, alone.parameters)
    assert seen.history.objective == alone.history.objective
    assert doctor.examined == 5


def test_very_large_data_are_looked_at_in_part():
    document = network(4, 1)
    trainer = built(document)
    tape = trainer.plain_tape(10 * len(trainer._plan.ids))
    assert tape.lanes == 10
    spread = trainer.samples.inputs[np.arange(10) * SAMPLES // 10]
    leaf = next(n.id for n in document.nodes() if n.role == "feature" and n.index == 0)
    assert np.array_equal(tape.values(leaf), spread[:, 0])


def test_every_remedy_that_a_diagnosis_names_is_there_and_all_are_named():
    named = {key for diagnosis in DIAGNOSES.values() for key in diagnosis.remedies}
    assert named == set(REMEDIES)
