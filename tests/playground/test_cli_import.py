"""`import`: a link on the command line becomes a document, or a sentence."""

from pathlib import Path

import pytest

from tests.playground.terminal import Run

LINK = "https://playground.tensorflow.org/#dataset=xor&seed=0.5&networkShape=3&batchSize=7"


def test_a_link_becomes_a_document_that_trains(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "xor.mgp"
    made = run("import", LINK, "-o", path)
    assert (made.code, made.err) == (0, "")
    assert "exclusive or, 500 points · 2 → 3 → 1 tanh" in made.out
    found = run("train", path, "--epochs", 20, "--json").json
    assert (found["epochs"], found["steps"]) == (20, 20 * (250 // 7))
    assert len(found["history"]["train_loss"]) == 21
    assert found["train_loss"] < found["history"]["train_loss"][0]


def test_what_was_left_out_is_told_beside(run: Run, tmp_path: Path) -> None:
    made = run("import", LINK + "&colour=red", "-o", tmp_path / "x.mgp", "--json")
    assert made.code == 0
    assert made.json["notes"] == ["Nothing is known of colour in the link, so it was left out"]
    assert "Nothing is known of colour" in made.err


@pytest.mark.parametrize(
    ("link", "words"),
    [
        ("https://example.org/#x=true", "This is no link of TensorFlow Playground."),
        (LINK + "&learningRate=fast", "learningRate in the link is no number"),
        (LINK + "&learningRate=-1", "The learning rate lies between"),
    ],
)
def test_a_bad_link_is_one_sentence_and_no_file(
    run: Run, link: str, words: str, tmp_path: Path
) -> None:
    path = tmp_path / "x.mgp"
    made = run("import", link, "-o", path)
    assert made.code in (1, 2)
    assert words in made.sentence
    assert not path.exists()


def test_seeds_of_the_playground_are_seeds_of_other_commands_too(run: Run, tmp_path: Path) -> None:
    path, other = tmp_path / "a.mgp", tmp_path / "b.mgp"
    run("import", LINK, "-o", path)
    run("train", path, "--steps", 0, "--seed", "0.6", "--init", "0.6@2500", "--save", other)
    run("import", LINK.replace("0.5", "0.6"), "-o", path)
    first, second = (run("eval", file, "--json").json["nodes"] for file in (path, other))
    numbers = [
        [node["data"] for node in nodes if node["label"].startswith("w")]
        for nodes in (first, second)
    ]
    assert numbers[0] == numbers[1]
    assert run("new", "-o", other, "--dataset", "spiral", "--seed", "0.25").code == 0
    bad = run("train", other, "--seed", "")
    assert "The data seed is a whole number, or a text" in bad.sentence
