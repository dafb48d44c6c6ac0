"""Links of TensorFlow Playground: what is read, what is left out, and what is refused."""

import pytest

from engine.errors import Refusal, accept
from engine.exchange.links import (
    FEATURES,
    Link,
    is_link,
    link_document,
    model_of,
    read_link,
    told,
)
from engine.files import read, write
from engine.graph.document import Document
from engine.run.evaluate import evaluate
from engine.train.samples import load_samples

HOST = "https://playground.tensorflow.org/#"


def link(fragment: str) -> Link:
    return accept(read_link(f"{HOST}seed=0.5&{fragment}"))


@pytest.mark.parametrize(
    "text",
    [
        HOST,
        "http://playground.tensorflow.org",
        " playground.tensorflow.org/#activation=tanh&x=true \n",
        "https://playground.tensorflow.org/?utm=1#seed=1",
        "HTTPS://Playground.TensorFlow.org/index.html#",
    ],
)
def test_any_address_of_the_playground_is_a_link(text: str) -> None:
    assert is_link(text)
    assert isinstance(read_link(text), Link)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a = 2",
        "https://example.org/#dataset=xor",
        "https://playground.tensorflow.org.example.org/#",
        f"see {HOST}",
        f"{HOST}a b",
        HOST + "x" * 20_000,
    ],
)
def test_anything_else_is_none_and_the_sentence_says_what_one_looks_like(text: str) -> None:
    assert not is_link(text)
    refusal = read_link(text)
    assert isinstance(refusal, Refusal)
    assert "https://playground.tensorflow.org/#" in str(refusal)


def test_a_link_that_says_nothing_is_what_the_page_opens_with() -> None:
    found = link("")
    assert (found.data, found.samples, found.trained, found.noise) == ("circle", 500, 250, 0.0)
    assert (found.features, found.layers, found.activation) == (("x", "y"), (4, 2), "tanh")
    assert (found.learning_rate, found.batch, found.penalty) == (0.03, 10, "")
    assert found.notes == ()


def test_everything_a_link_says_is_read() -> None:
    found = link(
        "activation=relu&regularization=L2&batchSize=3&dataset=gauss&regDataset=reg-gauss"
        "&learningRate=1e-2&regularizationRate=0.3&noise=80&networkShape=8,1,3&percTrainData=33"
        "&x=false&xTimesY=true&sinY=1&showTestData=true&discretize=true&hideText=true"
        "&problem=regression&initZero=true&tutorial=t&playButton_hide=true&numHiddenLayers=3"
    )
    assert (found.data, found.samples, found.trained, found.noise) == ("hills", 1200, 396, 0.8)
    assert (found.features, found.layers) == (("y", "xTimesY", "sinY"), (8, 1, 3))
    assert (found.penalty, found.penalty_rate, found.from_zero) == ("l2", 0.3, True)
    assert (found.activation, found.batch, found.learning_rate) == ("relu", 3, 0.01)
    assert found.notes == ()


@pytest.mark.parametrize(
    ("fragment", "words"),
    [
        ("noise=95", "no noise of 95 and takes 50"),
        ("noise=-3", "no noise of -3 and takes 0"),
        ("dataset=moons", "no dataset “moons” and takes circle"),
        ("activation=gelu", "no activation “gelu” and takes tanh"),
        ("cosX=true&cosY=true", "offers no cosX, cosY"),
        ("colour=red&size=3", "Nothing is known of colour, size"),
        ("batchSize=251", "never full with 250 points"),
    ],
)
def test_what_the_original_takes_otherwise_is_taken_so_and_told(fragment: str, words: str) -> None:
    found = link(fragment)
    assert words in " ".join(found.notes)
    assert isinstance(link_document(found), Document)


def test_a_link_without_a_seed_is_told_to_be_another_every_time() -> None:
    assert "names no seed" in " ".join(accept(read_link(HOST)).notes)


@pytest.mark.parametrize(
    ("fragment", "words"),
    [
        ("learningRate=fast", "learningRate in the link is no number: it is “fast”"),
        ("batchSize=2.5", "batch size in the link is no whole number"),
        ("batchSize=0", "batch size in the link is no whole number"),
        ("percTrainData=0", "there is none"),
        ("x=false&y=false", "sees nothing"),
        ("x_hide=true&y_hide=true", "sees nothing"),
        ("networkShape=4,0", "no widths"),
        ("networkShape=a", "no widths"),
        ("networkShape=99999", "no widths"),
        (f"seed={'1' * 500}", "seed in the link is too long"),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_sentence(fragment: str, words: str) -> None:
    refusal = read_link(HOST + fragment)
    assert isinstance(refusal, Refusal)
    assert words in str(refusal)


@pytest.mark.parametrize(
    ("fragment", "words"),
    [
        ("learningRate=-1", "The learning rate lies between"),
        ("percTrainData=0.5", "The share of test points lies between"),
        ("regularization=L1&regularizationRate=-1", "The L1 penalty lies between"),
        ("networkShape=4000,4000", "more than 300,000 scalars"),
    ],
)
def test_what_no_document_can_be_is_refused_too(fragment: str, words: str) -> None:
    refusal = link_document(link(fragment))
    assert isinstance(refusal, Refusal)
    assert words in str(refusal)


def test_commas_that_a_mail_wrote_otherwise_are_commas() -> None:
    assert link("networkShape=4%2C2").layers == (4, 2)


@pytest.mark.parametrize("names", [("x",), ("sinX",), ("y", "xSquared"), tuple(FEATURES)])
def test_the_network_sees_the_features_that_are_on_in_the_originals_order(
    names: tuple[str, ...],
) -> None:
    on = {name: str(name in names).lower() for name in FEATURES}
    found = link("&".join(f"{name}={flag}" for name, flag in on.items()))
    assert found.features == names
    document = accept(link_document(found))
    [first] = [n for n in document.nodes() if n.slot == (0, 0, 0, "product")]
    x1, x2 = (n.id for n in document.nodes() if n.role == "feature")
    computed = {n.slot[0]: n.id for n in document.nodes() if n.slot and len(n.slot) == 1}
    seen = {"x1": x1, "x2": x2} | computed
    assert document.inputs(first.id)[1] == seen[FEATURES[names[0]]]
    assert evaluate(document).problems == ()


def test_the_document_is_saved_and_read_back_with_its_seeds() -> None:
    document = accept(link_document(link("networkShape=3&regularization=L1")))
    again = read(write(document))
    assert isinstance(again, Document), str(again)
    assert again.same_content(document)
    assert again.seeds.data == "0.5"
    samples, same = (accept(load_samples(d.data, d.seeds)) for d in (document, again))
    assert (samples.inputs == same.inputs).all()


def test_classes_are_told_by_a_tanh_and_numbers_by_a_line() -> None:
    assert model_of(link("")).activation[-1] == "tanh"
    assert accept(link_document(link(""))).link == "score"
    regression = link("problem=regression")
    assert model_of(regression).activation[-1] == "linear"
    assert accept(link_document(regression)).link == "number"


def test_a_line_says_what_a_link_trains() -> None:
    assert told(link("networkShape=3,2&regularization=L1&regularizationRate=0.01")) == (
        "circle, 500 points · 2 → 3 → 2 → 1 tanh · learning rate 0.03, batches of 10 · L1 0.01"
    )
    assert "2 → 1 linear" in told(link("networkShape=&problem=regression"))
