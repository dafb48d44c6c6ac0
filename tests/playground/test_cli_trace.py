"""`trace`: the steps in order, as words and as JSON, against the tape and the lecture."""

from pathlib import Path

import pytest

from engine.errors import accept
from engine.files import read, write
from engine.graph import verbs
from engine.graph.document import Document
from engine.run.evaluate import evaluate
from engine.train.samples import load_samples
from tests.playground.terminal import Run, example


@pytest.mark.parametrize("name", ["shared-values", "tanh-neuron", "tanh-from-exp", "readme"])
def test_the_parts_of_all_steps_add_up_to_the_gradients_of_the_tape(run: Run, name: str):
    answer = run("trace", example(name), "--json")
    assert answer.code == 0, answer.err
    document = accept(read(Path(example(name)).read_bytes()))
    truth, sums = evaluate(document), {}
    computed = set()
    for step in answer.json["steps"]:
        if step["phase"] == "forward":
            assert set(document.inputs(step["id"])) <= computed
            computed.add(step["id"])
            assert step["number"] == pytest.approx(truth.number(step["id"]), rel=1e-13)
        elif step["phase"] == "start":
            assert step["id"] == answer.json["output"] == truth.output
            sums[step["id"]] = 1.0
        else:
            assert step["number"] == pytest.approx(sums[step["id"]], rel=1e-13)
            for part in step["parts"]:
                before = sums.get(part["source"], 0.0)
                assert part["before"] == before
                assert part["brought"] == part["local"] * step["number"]
                sums[part["source"]] = part["after"]
                assert part["after"] == before + part["brought"]
    assert computed == set(truth.ids.tolist())
    for node, total in sums.items():
        assert total == pytest.approx(truth.slope(node), rel=1e-12, abs=1e-14)
    assert answer.json["problems"] == []


def test_the_words_show_how_gradients_accumulate(run: Run):
    answer = run("trace", example("shared-values"))
    assert "a.grad: 0 → −6 → −3 (3 × 1), b.grad: 0 → −6 → −8 (−2 × 1)" in answer.out
    assert answer.out.splitlines()[0].split()[:3] == ["step", "node", "number"]


def test_a_pass_is_about_one_sample(run: Run):
    answer = run("trace", example("moons"), "--sample", "3", "--json")
    document = accept(read(Path(example("moons")).read_bytes()))
    samples = accept(load_samples(document.data, document.seeds))
    truth = evaluate(document, data=samples, sample=3)
    told = {s["id"]: s["number"] for s in answer.json["steps"] if s["phase"] == "backward"}
    assert told
    for node, number in told.items():
        assert number == pytest.approx(truth.slope(node), rel=1e-10, abs=1e-13)
    refused = run("trace", example("moons"), "--sample", "batch")
    assert refused.code == 2
    assert "one sample" in refused.err


def test_numbers_that_are_not_finite_are_null_and_named(run: Run, tmp_path):
    document = Document()
    document.apply(verbs.add_value(document, (0.0, 0.0), value=0.0, label="z"))
    document.apply(accept(verbs.add_op(document, "sqrt", (0.0, 0.0), label="r")))
    document.apply(accept(verbs.connect(document, 1, 2)))
    path = tmp_path / "root.mgp"
    path.write_bytes(write(document))
    answer = run("trace", path, "--json")
    last = answer.json["steps"][-1]
    assert last["parts"][0]["brought"] is None
    assert {"r", "z"} <= set(" ".join(p["text"] for p in answer.json["problems"]).split())


def test_without_an_output_only_values_are_told_and_why(run: Run, tmp_path):
    document = Document()
    for label in "ab":
        document.apply(verbs.add_value(document, (0.0, 0.0), value=1.0, label=label))
    path = tmp_path / "two.mgp"
    path.write_bytes(write(document))
    answer = run("trace", path)
    assert answer.code == 0
    assert "Choose an output" in answer.out
    assert "backward" not in answer.out
