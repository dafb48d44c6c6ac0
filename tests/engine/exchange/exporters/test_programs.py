"""Exported programs, run in a fresh process, compute the document's values and gradients."""

from pathlib import Path

import pytest

from tests.peers.programs import differences, documents, losses_of, near, networks, programs, run


@pytest.mark.parametrize("kind", ["micrograd", "python"])
def test_examples_and_random_documents_give_their_numbers(kind: str, tmp_path: Path) -> None:
    made = programs(kind, documents(), steps=0)
    assert len(made) > 400
    assert not differences(made, run(kind, made, tmp_path))


@pytest.mark.parametrize("kind", ["micrograd", "python"])
def test_networks_give_their_numbers_at_every_depth_and_after_surgery(
    kind: str, tmp_path: Path
) -> None:
    made = programs(kind, networks(), steps=0)
    assert not differences(made, run(kind, made, tmp_path))


def test_every_reached_gradient_of_plain_python_is_there(tmp_path: Path) -> None:
    made = programs("python", documents(), steps=0)
    found = run("python", made, tmp_path)
    for program in made:
        for key, (_value, gradient) in found[program.name]["numbers"].items():
            assert (gradient is not None) == (int(key) in program.script.reached)


def test_micrograd_trains_as_the_canvas_does(tmp_path: Path) -> None:
    steps = 3
    made = programs("micrograd", networks(), steps)
    found = run("micrograd", made, tmp_path)
    for program in made:
        if program.steps:
            wanted = losses_of(program)
            losses = found[program.name]["losses"]
            assert all(map(near, losses, wanted)), (program.name, losses, wanted)
    assert sum(bool(program.steps) for program in made) > 20
