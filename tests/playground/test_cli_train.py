"""`new` and `train` are micrograd's demo; `train`, `check` and `demo` report what they did."""

import json
import math
import random
from pathlib import Path

import pytest
from PIL import Image

from engine.files import read
from engine.graph.document import Document
from engine.nn import MLP
from engine.train.boundary import default_bounds
from engine.train.samples import Samples, load_samples
from engine.train.trainer import Trainer
from playground.commands import terminal
from playground.commands.picture import FINER, SIDE, on_image, square, theme_colours
from tests.examples.four_points import INPUTS, TARGETS
from tests.playground.terminal import Run, example


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a document made by `new` with nothing but its defaults."""
    from playground.cli import main

    path = tmp_path_factory.mktemp("demo") / "moons.mgp"
    arguments = "new --template mlp --layers 2,16,16,1 --activation relu --dataset moons"
    assert main([*arguments.split(), "--loss", "hinge", "-o", str(path), "--json"]) == 0
    return path


KEYS = {
    "steps",
    "epochs",
    "seconds",
    "train_loss",
    "test_loss",
    "objective",
    "accuracy",
    "train_accuracy",
    "test_accuracy",
    "train_r2",
    "findings",
    "test_r2",
    "history",
}


@pytest.mark.usefixtures("kernels")
def test_both_runners_tell_the_same_of_the_demo_notebook(run: Run, demo: Path) -> None:
    told = [
        run("train", demo, "--steps", 100, "--json", "--runner", runner).json
        for runner in ("numpy", "numba")
    ]
    histories = [answer["history"]["objective"] for answer in told]
    assert len(histories[0]) == 101
    assert histories[1] == pytest.approx(histories[0], abs=1e-9)


def test_without_a_cache_numpy_trains_to_the_same_numbers_after_one_sentence(
    run: Run, demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = run("train", demo, "--steps", 5, "--json", "--runner", "numpy")
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    told = run("train", demo, "--steps", 5, "--json", "--runner", "numba")
    assert told.code == 0
    assert told.err.count("Training runs on NumPy") == len(told.err.splitlines()) == 1
    assert told.json["history"] == plain.json["history"]


def test_17_the_demo_notebook(run: Run, demo: Path) -> None:
    """Its initial loss includes the penalty; its labels are parted after 100 steps."""
    answer = run("train", demo, "--steps", 100, "--json")
    assert answer.code == 0, answer.err
    told = answer.json
    assert told.keys() == KEYS
    assert (told["steps"], told["epochs"], told["test_loss"]) == (100, 100, None)
    assert told["history"]["objective"][0] == pytest.approx(0.8958441028683222, rel=1e-12)
    assert told["accuracy"] == told["train_accuracy"] == 1.0
    assert told["test_accuracy"] is None
    assert told["history"]["test_loss"] == [None] * 101
    for name in ("train_loss", "objective"):
        assert len(told["history"][name]) == 101
        assert told["history"][name][-1] == told[name]
    assert told["seconds"] > 0


def test_the_document_of_the_demo_has_its_parameters(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "moons.mgp"
    told = run("new", "-o", path, "--json").json
    assert told == {"file": str(path), "nodes": len(opened(path)), "parameters": 337}
    assert path.read_bytes() == example("moons").read_bytes()


def opened(path: Path) -> Document:
    """Open a document that must be fine."""
    document = read(path.read_bytes())
    assert isinstance(document, Document), str(document)
    return document


def test_new_writes_what_it_was_asked_for(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "xor.mgp"
    options = (
        "--layers 2,3,1 --activation tanh --dataset xor --loss cross_entropy --samples 60"
        " --noise 0.2 --seed 7 --test-share 0.25 --learning-rate 0.5 --schedule constant"
        " --l2 0.01 --l2-scope weights --reduction sum --batch 10"
    )
    assert run("new", "-o", path, *options.split()).code == 0
    document = opened(path)
    assert (document.data.generator, document.data.samples) == ("xor", 60)
    assert (document.data.noise, document.data.test_share) == (0.2, 0.25)
    assert {document.seeds.data, document.seeds.init, document.seeds.shuffle} == {7}
    training = document.training
    assert (training.learning_rate, training.schedule) == (0.5, "constant")
    assert (training.l2, training.l2_scope) == (0.01, "weights")
    assert (training.reduction, training.batch) == ("sum", 10)
    assert sum(node.op == "tanh" for node in document.nodes()) == 3
    assert document.link == "logit"


@pytest.mark.parametrize("written", ["cross-entropy", "cross_entropy", "Cross-Entropy"])
def test_a_hyphen_is_as_good_as_an_underscore(run: Run, written: str, tmp_path: Path) -> None:
    path = tmp_path / "loss.mgp"
    given = ("--loss", written, "--activation", "leaky-relu")
    assert run("new", "-o", path, "--layers", "2,3,1", *given).code == 0
    document = opened(path)
    assert "cross_entropy" in {group.template for group in document.groups.values()}
    assert sum(node.op == "leaky_relu" for node in document.nodes()) == 3


def test_training_by_command_is_training_by_the_engine(run: Run, demo: Path) -> None:
    told = run("train", demo, "--steps", 10, "--json").json
    trainer = Trainer.build(opened(demo))
    assert isinstance(trainer, Trainer)
    trainer.advance(10)
    assert told["history"]["objective"] == trainer.history.objective
    assert told["history"]["train_loss"] == trainer.history.train_loss


def test_the_saved_document_goes_on_where_training_stopped(
    run: Run, demo: Path, tmp_path: Path
) -> None:
    """With a constant rate, two runs of five steps are one of ten."""
    start, middle = tmp_path / "start.mgp", tmp_path / "middle.mgp"
    run("new", "-o", start, "--schedule", "constant", "--learning-rate", "0.1")
    whole = run("train", start, "--steps", 10, "--json").json["history"]["objective"]
    first = run("train", start, "--steps", 5, "--save", middle, "--json").json
    second = run("train", middle, "--steps", 5, "--json").json
    assert first["history"]["objective"] + second["history"]["objective"][1:] == whole


def test_a_file_of_a_newer_version_is_never_written_over(run: Run, tmp_path: Path) -> None:
    path, link, other = (tmp_path / name for name in ("newer.mgp", "link.mgp", "other.mgp"))
    text = example("quadratic-descent").read_text()
    path.write_text(text.replace('"version": 1', '"version": 2'))
    link.symlink_to(path)
    before = path.read_bytes()
    for target in (path, link):
        answer = run("train", path, "--steps", 2, "--save", target)
        assert (answer.code, answer.out) == (1, "")
        assert answer.err.endswith(
            f"{target} was not saved: a newer Micrograd Playground made it and may lose"
            " something. Save it under another name.\n"
        )
        assert path.read_bytes() == before
    assert run("train", path, "--steps", 2, "--save", other).code == 0
    assert opened(other).node(1).value != opened(path).node(1).value


def test_epochs_of_batches(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "batches.mgp"
    run("new", "-o", path, "--layers", "2,4,1", "--batch", 30, "--test-share", 0.2)
    told = run("train", path, "--epochs", 6, "--record-every", 2, "--json").json
    assert (told["steps"], told["epochs"]) == (18, 6)
    assert [len(entries) for entries in told["history"].values()] == [4, 4, 4]
    assert told["test_loss"] == told["history"]["test_loss"][-1]
    assert 0 <= told["test_accuracy"] <= 1


def test_no_steps_only_measure(run: Run, demo: Path) -> None:
    told = run("train", demo, "--steps", 0, "--json").json
    assert told["steps"] == 0
    assert told["history"]["objective"] == [told["objective"]]


def test_other_seeds_give_other_data_and_other_weights(run: Run, demo: Path) -> None:
    def first(*options: object) -> float:
        told = run("train", demo, "--steps", 0, "--json", *options).json
        return float(told["objective"])

    usual = first()
    assert first("--seed", 1337) == usual
    assert first("--init", 1337) == usual
    assert len({usual, first("--seed", 5), first("--init", 5)}) == 3


def test_a_graph_without_data_descends_its_loss(run: Run, tmp_path: Path) -> None:
    """The gap of (x − 3)² shrinks by 1 − 2·0.1 a step, from −4."""
    path = tmp_path / "down.mgp"
    told = run(
        *("train", example("quadratic-descent"), "--steps", 60, "--json", "--save", path)
    ).json
    assert told["history"]["objective"] == pytest.approx(
        [(4 * 0.8**k) ** 2 for k in range(61)], rel=1e-12, abs=1e-15
    )
    assert told["accuracy"] is None
    assert opened(path).node(1).value == pytest.approx(3 - 4 * 0.8**60, rel=1e-12)


def test_14_the_four_points_train_as_the_lecture_trains_them(run: Run) -> None:
    told = run("train", example("four-points"), "--steps", 20, "--json").json
    random.seed(1337)
    network = MLP.lecture(3, [4, 4, 1])
    assert len(network.parameters()) == 41
    losses = []
    for _step in range(21):
        outputs = [network(list(point)) for point in INPUTS]
        loss = sum((out - y) ** 2 for out, y in zip(outputs, TARGETS, strict=True))
        losses.append(loss.data)
        network.zero_grad()
        loss.backward()
        for parameter in network.parameters():
            parameter.data -= 0.05 * parameter.grad
    assert told["history"]["objective"] == pytest.approx(losses, rel=1e-9)
    assert told["objective"] < 0.1 < told["history"]["objective"][0]


def test_training_that_blows_up_says_where_and_keeps_the_last_fine_numbers(
    run: Run, tmp_path: Path
) -> None:
    path, saved = tmp_path / "wild.mgp", tmp_path / "saved.mgp"
    text = example("quadratic-descent").read_text()
    path.write_text(text.replace('"learning_rate": 0.1', '"learning_rate": 1e6'))
    answer = run("train", path, "--steps", 100, "--json", "--save", saved)
    assert answer.code == 1
    assert answer.err.count("\n") == 1
    told = answer.json
    assert told["problem"]["node"] in (3, 4)
    assert answer.err.startswith(f"{told['problem']['text']}. Take a --learning-rate smaller than")
    assert told["steps"] == len(told["history"]["objective"]) - 1 < 100
    assert math.isfinite(opened(saved).node(1).value)


def test_words_tell_loss_and_accuracy(run: Run, demo: Path) -> None:
    lines = run("train", demo).out.splitlines()
    assert lines[0].startswith("100 steps (100 epochs) in ")
    assert lines[1].startswith("objective 0.0")
    assert lines[2] == "accuracy 100.0%"


def test_what_cannot_be_trained_is_one_sentence_and_1(run: Run, tmp_path: Path) -> None:
    answer = run("train", example("chain"))
    assert answer.code == 1
    assert answer.sentence
    picture = tmp_path / "no.png"
    answer = run("train", example("quadratic-descent"), "--picture", picture)
    assert answer.code == 1
    assert answer.sentence.startswith("There is no boundary to draw")
    assert not picture.exists()


def test_the_picture_shows_map_and_points(run: Run, demo: Path, tmp_path: Path) -> None:
    path = tmp_path / "boundary.png"
    assert run("train", demo, "--steps", 100, "--picture", path).code == 0
    with Image.open(path) as file:
        image = file.convert("RGB")
    assert image.size == (SIDE, SIDE)
    document = opened(demo)
    samples = load_samples(document.data, document.seeds)
    assert isinstance(samples, Samples)
    colours = theme_colours("dark")
    places = on_image(samples, square(default_bounds(samples))) / FINER
    found = 0
    for (x, y), label in zip(places, samples.labels, strict=True):
        wanted = tuple(colours["classes"][int(label > 0)].astype(int).tolist())
        found += image.getpixel((round(x), round(y))) == wanted
    assert found > 80  # some dots lie under others' rims
    corner = image.getpixel((5, 5))
    assert corner[0] > 150 > corner[2]  # the upper left belongs to the class shown orange


def test_a_bar_is_shown_on_a_terminal(
    run: Run, demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    answer = run("train", demo, "--steps", 20, "--json")
    assert answer.json["steps"] == 20
    assert "20/20" in answer.err


# check, demo -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["tanh-neuron", "readme", "tanh-from-exp", "sanity-check"])
def test_check_finds_the_examples_right(run: Run, name: str) -> None:
    answer = run("check", example(name), "--json")
    assert answer.code == 0
    assert answer.json["ok"] is True
    assert {check["verdict"] for check in answer.json["checks"]} == {"ok"}


def test_at_a_kink_is_not_wrong(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "kink.mgp"
    path.write_text(example("relu-line").read_text().replace('"value": 1.0', '"value": -0.5', 1))
    words = run("check", path)
    assert words.code == 0
    assert "at a kink" in words.out


def test_a_wrong_gradient_is_found(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from engine.run import check as engine_check
    from playground.commands import check

    def tampered(document: Document) -> list[engine_check.GradientCheck]:
        return engine_check.check_gradients(document, tamper={1: 0.5})

    monkeypatch.setattr(check, "check_gradients", tampered)
    answer = run("check", example("tanh-neuron"), "--json")
    assert answer.code == 1
    assert answer.err == "Gradients are wrong at x1.\n"
    assert answer.json["ok"] is False


def test_check_names_what_stands_still_over_the_samples(
    run: Run, demo: Path, tmp_path: Path
) -> None:
    """A hidden unit with a bias of -100 lets no sample through, and gets no gradient."""
    told = json.loads(demo.read_text("utf-8"))
    unit = next(node for node in told["graph"]["nodes"] if node.get("op") == "relu")
    inside = [node for node in told["graph"]["nodes"] if node.get("group") == unit["group"]]
    held = [node["id"] for node in inside if node.get("role") == "parameter"]
    next(node for node in inside if node["slot"][-1] == "bias")["value"] = -100.0
    path = tmp_path / "dead.mgp"
    path.write_text(json.dumps(told), "utf-8")
    faults = run("check", path, "--json").json["faults"]
    assert [fault["node"] for fault in faults if fault["kind"] == "dead"] == [unit["id"]]
    assert {*held} <= {fault["node"] for fault in faults if fault["kind"] == "vanishing"}
    words = run("check", path).out.splitlines()
    assert sum("is dead: it is 0 with slope 0 in every sample." in line for line in words) == 1
    assert sum(line.startswith("The gradient of") for line in words) == 5
    assert words[-1] == f"{len(faults) - 1 - 5} more gradients vanish."


def test_the_demo_leaves_document_and_picture(run: Run, tmp_path: Path) -> None:
    answer = run("demo", "--folder", tmp_path / "here")
    assert answer.code == 0
    assert "accuracy 100.0%" in answer.out
    for name in ("moons.mgp", "moons.png"):
        path = tmp_path / "here" / name
        assert str(path) in answer.out
        assert path.stat().st_size > 10_000
    told = run("train", tmp_path / "here" / "moons.mgp", "--steps", 0, "--json").json
    assert told["accuracy"] == 1.0


def test_a_folder_that_cannot_be_made_is_one_sentence(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    answer = run("demo", "--folder", tmp_path / "file")
    assert answer.code == 1
    assert "cannot be made" in answer.sentence


def test_json_never_holds_what_json_does_not_know() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        terminal.say_json({"loss": math.inf})
    assert json.loads("null") is None


def test_what_keeps_a_run_from_learning_is_told(run: Run, demo: Path) -> None:
    wild = ("--learning-rate", 1e6, "--schedule", "constant", "--steps", 50)
    told = run("train", demo, *wild, "--json").json["findings"]
    assert {finding["key"] for finding in told} & {"not finite", "exploding"}
    assert all(finding["step"] <= 51 and finding["why"] for finding in told)
    shown = [finding["text"].rstrip(".") for finding in told if finding["severity"] != "mild"]
    words = run("train", demo, *wild).out
    assert all(text in words for text in shown)
    assert run("train", demo, "--steps", 5, "--json").json["findings"] == []


def test_a_check_tells_what_is_wrong_before_a_step(run: Run, demo: Path, tmp_path: Path) -> None:
    assert run("check", demo, "--json").json["findings"] == []
    told = json.loads(demo.read_text("utf-8"))
    told["training"] |= {"l2": 3.0, "learning_rate": 0.5}
    path = tmp_path / "shrinking.mgp"
    path.write_text(json.dumps(told), "utf-8")
    [finding] = run("check", path, "--json").json["findings"]
    assert (finding["key"], finding["step"]) == ("shrinking", 0)
    assert "L2 alone takes 3 times each weight away in a step" in run("check", path).out
