"""The command line says how it can be asked, and in one sentence why it cannot do something."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from engine.errors import accept
from engine.files import read
from playground import cli
from playground.cli import COMMANDS, main
from tests.playground.terminal import Run, example


def test_help_lists_every_command(run: Run) -> None:
    answer = run("--help")
    assert answer.code == 0
    assert all(f"  {name} " in answer.out for name in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(run: Run, command: str) -> None:
    answer = run(command, "--help")
    assert answer.code == 0
    assert COMMANDS[command].lower() in " ".join(answer.out.lower().split())


def test_version_names_what_a_bug_report_needs(run: Run) -> None:
    answer = run("--version")
    assert answer.code == 0
    for name in ("micrograd-playground", "Python", "PySide6-Essentials", "numpy", "numba"):
        assert f"{name} " in answer.out


BAD_USAGE = {
    "an unknown option": ("--frobnicate",),
    "a second file": ("a.mgp", "b.mgp"),
    "no file to evaluate": ("eval",),
    "no file to train": ("train",),
    "no file to write": ("new",),
    "an abbreviated option": ("eval", example("chain"), "--jso"),
    "an unknown data set": ("new", "-o", "x.mgp", "--dataset", "spirale"),
    "widths that are none": ("new", "-o", "x.mgp", "--layers", "2,many,1"),
    "three inputs": ("new", "-o", "x.mgp", "--layers", "3,4,1"),
    "two outputs": ("new", "-o", "x.mgp", "--layers", "2,4,2"),
    "a layer of nothing": ("new", "-o", "x.mgp", "--layers", "2,0,1"),
    "one sample": ("new", "-o", "x.mgp", "--samples", "1"),
    "negative noise": ("new", "-o", "x.mgp", "--noise", "-1"),
    "noise that is no number": ("new", "-o", "x.mgp", "--noise", "nan"),
    "only test points": ("new", "-o", "x.mgp", "--test-share", "1"),
    "a seed below zero": ("new", "-o", "x.mgp", "--seed", "-1"),
    "an endless rate": ("new", "-o", "x.mgp", "--learning-rate", "inf"),
    "a label that is not there": ("eval", example("chain"), "--set", "q=1"),
    "a setting without =": ("eval", example("chain"), "--set", "a"),
    "a setting without number": ("eval", example("chain"), "--set", "a="),
    "a setting to infinity": ("eval", example("chain"), "--set", "a=1e999"),
    "a setting of an op": ("eval", example("chain"), "--set", "L=1"),
    "a sample without data": ("eval", example("chain"), "--sample", "0"),
    "a sample that is not there": ("eval", example("moons"), "--sample", "100"),
    "a sample below zero": ("eval", example("moons"), "--sample", "-1"),
    "a feature over the batch": (
        *("eval", example("moons"), "--sample", "batch", "--set", "x1=1"),
    ),
    "steps and epochs": ("train", example("moons"), "--steps", "1", "--epochs", "1"),
    "steps below zero": ("train", example("moons"), "--steps", "-1"),
    "half a step": ("train", example("moons"), "--steps", "0.5"),
    "a record every nothing": ("train", example("moons"), "--record-every", "0"),
    "a seed too large": ("train", example("moons"), "--seed", str(2**32)),
}


@pytest.mark.parametrize("name", BAD_USAGE)
def test_bad_usage_is_one_sentence_and_2(
    run: Run, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    answer = run(*BAD_USAGE[name])
    assert answer.code == 2
    assert answer.sentence
    assert list(tmp_path.iterdir()) == []


SENTENCES = {
    ("--layers", "2,3"): (
        "The last number of --layers is 1: with this loss a network ends in one unit."
        " Write the inputs, then the units of each layer, as in 2,16,16,1."
    ),
    ("--layers", "2"): "The last number of --layers is 1",
    ("--layers", "3,4,1"): "The first number of --layers is the number of inputs",
    ("--layers", "2,0,1"): "A layer has between 1 and 4,096 units. Write the inputs,",
    ("--template", "mlp 2 8 1 tahn"): "There is no activation “tahn”. Perhaps “tanh” is meant.",
    ("--template", "layer 2 8"): "write a network such as 'mlp 2 16 16 1 tanh', not layer 2 8",
    ("--template", "mlp 2 8 3"): "with this loss a network ends in one unit",
    ("--dataset", "sine", "--layers", "2,4,1"): "the data have 1 features",
    ("--dataset", "spiral3", "--layers", "2,4,1"): "as in 2,16,16,3",
    ("--dataset", "spiral3", "--loss", "hinge"): (
        "hinge cannot be the loss: the data have 3 classes. Choose softmax cross-entropy."
    ),
    ("--dataset", "sine", "--loss", "cross-entropy"): (
        "cross-entropy cannot be the loss: the data are numbers to come near to."
        " Choose squared error, half squared error."
    ),
    ("--dataset", "blobs", "--classes", "9"): "The number of classes lies between 2 and 8",
    ("--template", "mlp 3 8 1"): "the data have 2 features",
    ("--samples", "many"): "write a whole number such as 100, not many",
    ("--noise", "much"): "write a number such as 0.1 or 1e-4, not much",
}


@pytest.mark.parametrize("given", SENTENCES)
def test_new_says_what_to_write(run: Run, given: tuple[str, ...], tmp_path: Path) -> None:
    answer = run("new", "-o", tmp_path / "x.mgp", *given)
    assert answer.code == 2
    assert SENTENCES[given] in answer.sentence


def test_new_takes_a_network_as_one_types_it(run: Run, tmp_path: Path) -> None:
    written = []
    for number, given in enumerate(
        (
            ("--template", "mlp 2 8 4 1 tanh init=he"),
            ("--layers", "2,8,4,1", "--activation", "tanh", "--init", "he"),
            ("--template", "mlp he", "--layers", "2,8,4,1", "--activation", "tanh"),
        )
    ):
        path = tmp_path / f"{number}.mgp"
        assert run("new", "-o", path, *given).code == 0
        written.append(path.read_bytes())
    assert written[0] == written[1] == written[2]


def test_new_draws_by_the_scheme_that_is_asked_for(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "x.mgp"
    assert run("new", "-o", path, "--init", "playground").code == 0
    document = accept(read(path.read_bytes()))
    biases = {n.value for n in document.nodes() if n.slot and n.slot[-1] == "bias"}
    assert biases == {0.1}
    refused = run("new", "-o", path, "--init", "random")
    assert refused.code == 2
    assert "xavier" in refused.sentence


@pytest.mark.parametrize(
    ("option", "typed", "words"),
    [
        ("--steps", "x", "write a whole number such as 100, not x"),
        ("--steps", "-1", "write a number from 0 to a billion, not -1"),
        ("--record-every", "0", "write a number from 1 to a billion, not 0"),
    ],
)
def test_train_says_what_to_write(run: Run, option: str, typed: str, words: str) -> None:
    answer = run("train", example("moons"), option, typed)
    assert answer.code == 2
    assert f"argument {option}: {words}" in answer.sentence


@pytest.mark.parametrize("command", ["eval", "train", "check"])
def test_a_bad_document_is_one_sentence_and_1(run: Run, command: str, tmp_path: Path) -> None:
    path = tmp_path / "cut off.mgp"
    path.write_bytes(example("chain").read_bytes()[:-10])
    answer = run(command, path)
    assert answer.code == 1
    assert answer.sentence == (
        f"{path}: The file ends too early: it was cut off in line 58. Look for another copy of it."
    )


def test_files_that_cannot_be_read_are_one_sentence_and_1(run: Run, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    sentences = {
        tmp_path / "gone.mgp": "cannot be read: no such file or directory.",
        tmp_path: "is not a file.",
        pipe: "is not a file.",
        Path("/dev/zero"): "is not a file.",
    }
    for path, sentence in sentences.items():
        answer = run("eval", path)
        assert (answer.code, answer.sentence) == (1, f"{path} {sentence}")


def test_a_file_that_is_too_large_is_not_even_read(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "huge.mgp"
    with path.open("wb") as file:
        file.truncate(2**40)
    answer = run("eval", path)
    assert answer.code == 1
    assert "the limit is 64 MiB" in answer.sentence


def test_a_place_that_cannot_be_written_is_one_sentence_and_1(run: Run, tmp_path: Path) -> None:
    for path in (tmp_path / "no" / "such" / "folder.mgp", tmp_path):
        answer = run("new", "-o", path)
        assert answer.code == 1
        assert f"{path} cannot be written: " in answer.sentence
    assert list(tmp_path.iterdir()) == []


def test_a_file_keeps_its_permissions_and_its_links_when_it_is_written_anew(
    run: Run, tmp_path: Path
) -> None:
    path, link = tmp_path / "real.mgp", tmp_path / "link.mgp"
    path.write_text("old")
    path.chmod(0o640)
    link.symlink_to(path)
    assert run("new", "-o", link).code == 0
    assert link.is_symlink()
    assert path.stat().st_mode & 0o777 == 0o640
    assert path.stat().st_size > 1000
    assert sorted(tmp_path.iterdir()) == [link, path]


def test_a_file_of_a_newer_version_is_evaluated_with_a_warning(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "newer.mgp"
    path.write_text(example("chain").read_text().replace('"version": 1', '"version": 2'))
    answer = run("eval", path, "--json")
    assert answer.code == 0
    assert "was made by a newer Micrograd Playground" in answer.err
    assert answer.json["output"] == 7


def test_no_display_is_one_sentence_and_2(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "obstacle", lambda _environ: "There is no display.")
    answer = run()
    assert answer.code == 2
    assert answer.sentence == "There is no display."


def test_a_misspelt_command_is_told_the_commands_there_are(run: Run) -> None:
    answer = run("trian")
    assert answer.code == 2
    assert answer.sentence.startswith("“trian” is neither a command nor a file. The commands are")
    assert "train" in answer.sentence


def test_an_interrupt_ends_a_command_quietly(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_name: str, _given: list[str]) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "_run_command", interrupted)
    answer = run("train", example("moons"))
    assert (answer.code, answer.out, answer.err) == (130, "", "")


def test_a_reader_who_has_enough_is_no_error() -> None:
    command = f"{sys.executable} main.py eval {example('moons')} --json | head -c 1"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        cwd=Path(cli.__file__).parents[1],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stdout == "{"
    assert done.stderr == ""


def test_a_terminal_of_few_letters_still_gets_every_line(tmp_path: Path) -> None:
    path = tmp_path / "letters.mgp"
    path.write_text(example("tanh-curve").read_text().replace('"x"', '"ž→重"'))
    done = subprocess.run(
        [sys.executable, "main.py", "eval", path],
        cwd=Path(cli.__file__).parents[1],
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "#2  y" in done.stdout


def test_no_arguments_mean_those_of_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["main.py", "--help"])
    assert main() == 0
