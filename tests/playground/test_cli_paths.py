"""`paths`: the ledger in the terminal, as words and as JSON."""

import math

import pytest

from engine.errors import accept
from engine.explain.paths import Ledger
from engine.files import read, write
from engine.graph import verbs
from engine.graph.document import Document
from playground.commands.paths import report
from tests.playground.terminal import Run, example


def test_the_two_ways_from_a_to_f_add_up_to_its_gradient(run: Run) -> None:
    answer = run("paths", example("shared-values"), "--from", "a", "--to", "f")
    assert answer.code == 0
    lines = [" ".join(line.split()) for line in answer.out.splitlines()]
    assert lines == [
        "path local derivatives product",
        "a → e → f 1 · d = 1 × −6 −6",
        "a → d → f b · e = 3 × 1 3",
        "sum of 2 paths = ∂f/∂a −3",
    ]


def test_without_an_end_paths_go_where_going_backward_begins(run: Run) -> None:
    told = run("paths", example("shared-values"), "--from", "#1", "--json").json
    assert told["from"] == {"id": 1, "label": "a"}
    assert told["to"]["label"] == "f"
    assert told["count"] == 2
    assert told["sum"] == -3.0
    assert [path["product"] for path in told["paths"]] == [-6.0, 3.0]
    first = told["paths"][0]["wires"]
    assert [(wire["formula"], wire["local"]) for wire in first] == [("1", 1.0), ("d", -6.0)]
    assert told["rest"] == 0.0


def test_of_many_paths_the_largest_are_listed_and_the_rest_is_added_up(run: Run) -> None:
    moons = example("moons")
    few = run("paths", moons, "--from", "x1", "--most", "4", "--sample", "7", "--json").json
    every = run("paths", moons, "--from", "x1", "--most", "500", "--sample", "7", "--json").json
    assert few["count"] == every["count"] == len(every["paths"]) == 256
    assert few["paths"] == every["paths"][:4]
    sizes = [abs(path["product"]) for path in every["paths"]]
    assert sizes == sorted(sizes, reverse=True)
    shown = math.fsum(path["product"] for path in few["paths"])
    assert few["rest"] == pytest.approx(every["sum"] - shown)
    nodes = run("eval", moons, "--sample", "7", "--json").json["nodes"]
    [gradient] = [node["grad"] for node in nodes if node["label"] == "x1"]
    assert every["sum"] == pytest.approx(gradient, rel=1e-12)


def test_a_count_of_hundreds_of_digits_is_told_by_its_size() -> None:
    document = accept(read(example("shared-values").read_bytes()))
    told = report(document, Ledger(1, 5, 2**1100, (), math.inf))
    assert told["count"] is None
    assert told["log10_count"] == pytest.approx(1100 * math.log10(2))
    assert told["sum"] is None
    assert report(document, Ledger(1, 5, 2**60, (), 1.0))["count"] == 2**60


def test_what_is_no_path_and_what_is_no_node_is_said(run: Run) -> None:
    file = example("shared-values")
    back = run("paths", file, "--from", "f", "--to", "a")
    assert back.code == 0
    assert back.out.startswith("a does not depend on f: no path leads there")
    assert run("paths", file, "--from", "f", "--to", "a", "--json").json["paths"] == []
    assert "--from q: There is no node" in run("paths", file, "--from", "q").sentence
    assert "--to q: There is no node" in run("paths", file, "--from", "a", "--to", "q").sentence
    assert run("paths", file, "--from", "a", "--sample", "1").code == 2
    batch = run("paths", example("moons"), "--from", "x1", "--sample", "batch")
    assert batch.code == 2
    assert "one sample" in batch.sentence


def test_without_an_output_one_is_asked_for(run: Run, tmp_path) -> None:
    document = Document()
    document.apply(verbs.add_value(document, (0.0, 0.0), value=1.0, label="a"))
    for label in ("p", "q"):
        document.apply(accept(verbs.add_op(document, "tanh", (0.0, 0.0), label=label)))
        document.apply(accept(verbs.connect(document, 1, document.next_id - 1)))
    file = tmp_path / "two.mgp"
    file.write_bytes(write(document))
    answer = run("paths", file, "--from", "a")
    assert answer.code == 2
    assert answer.sentence.endswith("Name one with --to.")
    assert "∂q/∂a" in run("paths", file, "--from", "a", "--to", "q").out
