"""The lecture's worked examples give their numbers through `eval` on the bundled files."""

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import Refusal
from engine.files import read, write
from engine.graph.document import Document
from engine.run.evaluate import evaluate
from engine.train.samples import Samples, load_samples
from playground.commands.eval import evaluated, report
from tests.engine.files.edits import worked
from tests.playground.terminal import Run, example

Numbers = Mapping[str, tuple[float, float]]  # by label: value, gradient


def nodes(run: Run, name: str, *settings: str) -> dict[str, Any]:
    """Return the nodes of an evaluated example by label."""
    given = [part for setting in settings for part in ("--set", setting)]
    answer = run("eval", example(name), "--json", *given)
    assert answer.code == 0, answer.err
    assert answer.json["problems"] == []
    return {node["label"]: node for node in answer.json["nodes"]}


def check(found: Mapping[str, Any], expected: Numbers, rel: float = 1e-12) -> None:
    """Compare values and gradients."""
    for label, (data, grad) in expected.items():
        assert found[label]["data"] == pytest.approx(data, rel=rel, abs=rel), label
        assert found[label]["grad"] == pytest.approx(grad, rel=rel, abs=rel), label


def data(run: Run, name: str, label: str, *settings: str) -> float:
    """Return the value of one node."""
    return float(nodes(run, name, *settings)[label]["data"])


def test_1_the_parabola(run: Run) -> None:
    check(nodes(run, "parabola"), {"y": (20.0, 1.0), "x": (3.0, 14.0)})
    check(nodes(run, "parabola", "x=-3"), {"x": (-3.0, -22.0)})
    slope = nodes(run, "parabola", "x=2/3")["x"]["grad"]
    assert slope == pytest.approx(0.0, abs=1e-12)
    for x in np.arange(-5, 5, 0.25).tolist():
        assert data(run, "parabola", "y", f"x={x!r}") == pytest.approx(3 * x**2 - 4 * x + 5)


def test_2_a_product_and_a_sum(run: Run) -> None:
    found = nodes(run, "product-and-sum")
    check(found, {"d": (4.0, 1.0), "a": (2.0, -3.0), "b": (-3.0, 2.0), "c": (10.0, 1.0)})
    assert data(run, "product-and-sum", "d", "c=10 + 1e-4") == pytest.approx(4.0001, rel=1e-15)


L_GRAPH: Numbers = {
    "L": (-8.0, 1.0),
    "f": (-2.0, 4.0),
    "d": (4.0, -2.0),
    "c": (10.0, -2.0),
    "e": (-6.0, -2.0),
    "a": (2.0, 6.0),
    "b": (-3.0, -4.0),
}


def test_3_the_chain_rule(run: Run) -> None:
    answer = run("eval", example("chain"), "--json")
    found = {node["label"]: node for node in answer.json["nodes"]}
    check(found, L_GRAPH)
    assert answer.json["output"] == found["L"]["id"]
    assert sum(len(node["inputs"]) for node in found.values()) + 3 == 9
    assert found["L"]["inputs"] == [found["d"]["id"], found["f"]["id"]]


def test_4_one_step_up_the_gradient(run: Run) -> None:
    start = nodes(run, "chain")
    settings = [
        f"{label}={start[label]['data'] + 0.01 * start[label]['grad']!r}" for label in "abcf"
    ]
    assert data(run, "chain", "L", *settings) == pytest.approx(-7.286496, rel=1e-12)


def test_5_a_nudge_of_b(run: Run) -> None:
    step = 0.001
    slope = (data(run, "chain", "L", f"b=-3 + {step}") - data(run, "chain", "L")) / step
    assert slope == pytest.approx(-3.9999999999995595, rel=1e-12)


def test_6_the_curve_of_tanh(run: Run) -> None:
    for x in np.arange(-5, 5, 0.2).tolist():
        found = nodes(run, "tanh-curve", f"x={x!r}")
        check(found, {"y": (math.tanh(x), 1.0), "x": (x, 1 - math.tanh(x) ** 2)})


LEAVES: Numbers = {
    "x1": (2.0, -1.5),
    "w1": (-3.0, 1.0),
    "x2": (0.0, 0.5),
    "w2": (1.0, 0.0),
    "b": (6.8813735870195432, 0.5),
}
NEURON: Numbers = {
    **LEAVES,
    "x1*w1": (-6.0, 0.5),
    "x2*w2": (0.0, 0.5),
    "n": (0.8813735870195432, 0.5),
    "o": (0.7071067811865476, 1.0),
}


def test_7_and_8_the_neuron(run: Run) -> None:
    check(nodes(run, "tanh-neuron"), NEURON)
    both = {"x1*w1 + x2*w2": (-6.0, 0.5)}
    check(nodes(run, "neuron-in-steps"), {**NEURON, **both})


def test_9_gradients_add_up(run: Run) -> None:
    check(nodes(run, "same-value-twice"), {"a": (3.0, 2.0), "b": (6.0, 1.0)})


def test_10_two_values_two_ways(run: Run) -> None:
    expected: Numbers = {
        "f": (-6.0, 1.0),
        "d": (-6.0, 1.0),
        "e": (1.0, -6.0),
        "a": (-2.0, -3.0),
        "b": (3.0, -8.0),
    }
    check(nodes(run, "shared-values"), expected)


def test_11_tanh_from_exp(run: Run) -> None:
    found = nodes(run, "tanh-from-exp")
    check(found, {**LEAVES, "x1*w1 + x2*w2": (-6.0, 0.5), "n": (0.8813735870195432, 0.5)})
    printed: Numbers = {
        "2n": (1.7627, 0.25),
        "e": (5.8284, 0.0429),
        "e - 1": (4.8284, 0.1464),
        "e + 1": (6.8284, -0.1036),
        "1/(e + 1)": (0.1464, 4.8284),
        "o": (0.7071, 1.0),
        "2": (2.0, 0.2203),
        "-1": (-1.0, 0.1464),
        "+1": (1.0, -0.1036),
    }
    check(found, printed, rel=6e-5)


def test_12_what_float32_makes_of_the_bias(run: Run) -> None:
    bias = float(np.float32(6.8813735870195432))
    expected: Numbers = {
        "o": (0.7071066904050358, 1.0),
        "x2": (0.0, 0.5000001283844369),
        "w2": (1.0, 0.0),
        "x1": (2.0, -1.5000003851533106),
        "w1": (-3.0, 1.0000002567688737),
    }
    check(nodes(run, "tanh-neuron", f"b={bias!r}"), expected)


def test_15_the_readme_and_the_first_test(run: Run) -> None:
    expected: Numbers = {
        "g": (24.70408163265306, 1.0),
        "a": (-4.0, 138.83381924198252),
        "b": (2.0, 645.5772594752186),
    }
    check(nodes(run, "readme"), expected)
    check(nodes(run, "sanity-check"), {"x": (-4.0, 46.0), "y": (-20.0, 1.0)})


def test_16_a_bent_line_and_a_random_neuron(run: Run) -> None:
    check(nodes(run, "relu-line"), {"x": (1.0, 2.0), "y": (3.0, 1.0)})
    expected: Numbers = {
        "w1": (0.23550571390294128, 1.0),
        "w2": (0.06653114721000164, -2.0),
        "b": (0.0, 1.0),
        "x1": (1.0, 0.23550571390294128),
        "x2": (-2.0, 0.06653114721000164),
        "out": (0.102443419482938, 1.0),
    }
    check(nodes(run, "first-neuron"), expected)


# What eval makes of other numbers and of data --------------------------------------------------


def test_numbers_that_are_not_finite_are_null_and_a_problem(run: Run) -> None:
    answer = run("eval", example("readme"), "--json", "--set", "a=1e200")
    found = {node["label"]: node for node in answer.json["nodes"]}
    assert answer.code == 0
    assert found["f"]["data"] is None
    assert {
        "node": found["f"]["id"],
        "reason": "the number grew too large",
        "text": "f is inf: the number grew too large",
    } in answer.json["problems"]
    assert found["b"]["grad"] is None
    assert {
        "node": found["b"]["id"],
        "reason": "its gradient is inf",
        "text": "The gradient of b is not finite",
    } in answer.json["problems"]


def test_nodes_without_inputs_are_a_problem(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "loose.mgp"
    text = example("chain").read_text()
    path.write_text(text.replace('{"key": 1, "source": 2, "target": 4},\n', ""))
    answer = run("eval", path, "--json")
    assert [problem["text"] for problem in answer.json["problems"]] == [
        "e is not computed: an input has no wire",
        "d is not computed: something before it is not computed",
        "L is not computed: something before it is not computed",
    ]
    assert [n["data"] for n in answer.json["nodes"]] == [2.0, -3.0, 10.0, None, None, -2.0, None]
    assert answer.json["nodes"][3]["inputs"] == [1, None]


def test_words_show_a_line_for_each_node(run: Run) -> None:
    lines = run("eval", example("product-and-sum")).out.splitlines()
    assert [line.split() for line in lines] == [
        ["id", "node", "op", "value", "gradient"],
        ["#1", "a", "value", "2", "-3"],
        ["#2", "b", "value", "-3", "2"],
        ["#3", "c", "value", "10", "1"],
        ["#4", "a*b", "mul", "-6", "1"],
        ["#5", "d", "add", "4", "1"],
    ]


def test_an_id_names_a_node_where_labels_repeat(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "twins.mgp"
    path.write_text(
        example("same-value-twice").read_text().replace('"label": "b"', '"label": "a"')
    )
    refused = run("eval", path, "--set", "a=1")
    assert refused.code == 2
    assert "there are #1, #2" in refused.sentence
    assert run("eval", path, "--json", "--set", "#1=5").json["nodes"][1]["data"] == 10.0


@pytest.mark.parametrize("sample", [0, 57, 99])
def test_a_sample_feeds_features_and_targets(run: Run, sample: int) -> None:
    answer = run("eval", example("moons"), "--json", "--sample", sample)
    document, samples = moons()
    expected = evaluate(document, data=samples, sample=sample)
    agree(answer.json, document, expected.number, expected.slope)
    first = next(node for node in answer.json["nodes"] if node["label"] == "x1")
    assert first["data"] == samples.inputs[sample, 0]


def test_the_gradients_of_the_batch(run: Run) -> None:
    answer = run("eval", example("moons"), "--json", "--sample", "batch")
    document, samples = moons()
    expected = evaluate(document, data=samples, sample=0, scope="batch")
    agree(answer.json, document, expected.number, expected.slope)


def test_a_changed_feature_replaces_that_of_the_sample(run: Run) -> None:
    answer = run("eval", example("moons"), "--json", "--sample", 3, "--set", "x2=0.25")
    document, samples = moons()
    probe = (float(samples.inputs[3, 0]), 0.25)
    expected = evaluate(document, data=samples, sample=3, probe=probe)
    agree(answer.json, document, expected.number, expected.slope)


def moons() -> tuple[Document, Samples]:
    """Return the moons example and its data."""
    document = read(example("moons").read_bytes())
    assert isinstance(document, Document)
    samples = load_samples(document.data, document.seeds)
    assert isinstance(samples, Samples)
    return document, samples


def agree(found: Any, document: Document, number: Any, slope: Any) -> None:
    """Compare what was printed with a result, exactly."""
    for node in found["nodes"]:
        assert node["data"] == number(node["id"])
        assert node["grad"] == slope(node["id"])
    assert [node["id"] for node in found["nodes"]] == [node.id for node in document.nodes()]


@given(st.integers(0, 10**6))
def test_eval_prints_what_the_engine_computes(seed: int) -> None:
    document = worked(seed)
    twin = read(write(document))
    assert isinstance(twin, Document)
    samples = load_samples(document.data, document.seeds)
    assert not isinstance(samples, Refusal)
    result = evaluate(document, data=samples, sample=document.view.sample)
    printed = report(twin, evaluated(twin, [], None))
    assert printed["output"] == result.output
    for node in printed["nodes"]:
        for name, number in (("data", result.number), ("grad", result.slope)):
            expected = number(node["id"])
            assert node[name] == (expected if math.isfinite(expected) else None)
        assert node["inputs"] == list(document.inputs(node["id"]))
    unknown = {node["id"] for node in printed["nodes"] if node["data"] is None}
    assert unknown <= {p["node"] for p in printed["problems"]} | downstream(document, unknown)


def downstream(document: Document, ids: set[int]) -> set[int]:
    """Return the nodes with an input among `ids`."""
    return {target for node in ids for target, _port in document.consumers(node)}
