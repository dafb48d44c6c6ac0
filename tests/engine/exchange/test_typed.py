"""Typed templates: what they mean, against networks built directly; and what cannot be."""

import random
from itertools import pairwise

import pytest

from engine.errors import Refusal, accept
from engine.exchange.program import insert_text, typed_in
from engine.exchange.typed import Preview, Typed, completions, preview, title_of
from engine.graph.arguments import activations
from engine.graph.document import Document
from engine.graph.schemes import scheme_names
from engine.graph.templates import TEMPLATES, insert_template
from engine.graph.verbs import add_value

ORIGIN = (0.0, 0.0)


def arguments(text: str) -> tuple[str, dict[str, object]]:
    typed = typed_in(text)
    assert isinstance(typed, Typed), str(typed)
    return typed.template.key, dict(typed.arguments)


def made(text: str, document: Document | None = None) -> Document:
    document = document or Document()
    document.apply(accept(insert_text(document, text, ORIGIN)))
    return document


NETWORK = {"inputs": 2, "layers": (4, 4, 1)}
MEANINGS = {
    "mlp": ("mlp", {}),
    "mlp 2 4 4 1 tanh": ("mlp", NETWORK | {"activation": "tanh"}),
    "mlp 2,4,4,1": ("mlp", NETWORK),
    "mlp 2 → 4 → 4 → 1": ("mlp", NETWORK),
    "MLP(2, [4, 4, 1])": ("mlp", NETWORK),
    "MLP 2 [4 4 1] 'relu'": ("mlp", NETWORK | {"activation": "relu"}),
    "mlp tanh 2 4 4 1": ("mlp", NETWORK | {"activation": "tanh"}),
    "mlp 2 4 4 1 relu tanh linear": ("mlp", NETWORK | {"activation": ("relu", "tanh", "linear")}),
    "mlp 2 4 4 1 init=he": ("mlp", NETWORK | {"init": "he"}),
    "mlp 2 4 4 1 relu xavier": ("mlp", NETWORK | {"activation": "relu", "init": "xavier"}),
    "mlp layers=4,4,1 inputs=2": ("mlp", NETWORK),
    "mlp layers=[4,4,1], inputs = 2": ("mlp", NETWORK),
    "n = MLP(2, [4, 4, 1])": ("mlp", NETWORK),
    "neuron 3 relu": ("neuron", {"inputs": 3, "activation": "relu"}),
    "Neuron(3)": ("neuron", {"inputs": 3}),
    "layer 2 4 sigmoid": ("layer", {"inputs": 2, "units": 4, "activation": "sigmoid"}),
    "hinge": ("hinge", {}),
    "squared error": ("squared_error", {}),
    "softmax cross-entropy 5": ("softmax_cross_entropy", {"classes": 5}),
    "l2_penalty .01": ("l2_penalty", {"strength": 0.01}),
    "features x1 x2² sin(x1) x1*x2": (
        "features",
        {"features": ("x1", "x2**2", "sin(x1)", "x1*x2")},
    ),
}


@pytest.mark.parametrize("text", MEANINGS)
def test_a_text_means_these_arguments(text):
    assert arguments(text) == MEANINGS[text]


@pytest.mark.parametrize("text", ["tanh(x)", "layer*2", "layer = 3", "mlp - 2", "a", "", "2"])
def test_other_texts_are_no_templates(text):
    assert typed_in(text) is None


def random_call(seed: int) -> tuple[str, dict[str, object]]:
    """Return a typed network and what it means, in one of the ways to write it."""
    chance = random.Random(seed)
    widths = tuple(chance.randint(1, 5) for _ in range(chance.randint(1, 3)))
    inputs = chance.randint(1, 4)
    meant: dict[str, object] = {"inputs": inputs, "layers": widths}
    text = chance.choice(
        ("mlp {0} {1}", "MLP({0}, [{2}])", "mlp {0},{2}", "mlp layers={2} inputs={0}")
    )
    text = text.format(inputs, " ".join(map(str, widths)), ", ".join(map(str, widths)))
    closing = ")" if text.endswith(")") else ""
    text = text.removesuffix(")")
    if chance.random() < 0.6:
        meant["activation"] = word = chance.choice(activations())
        text += chance.choice((f", {word}", f" activation={word}"))
    if chance.random() < 0.6:
        meant["init"] = word = chance.choice(scheme_names())
        text += chance.choice((f" {word}", f", init={word}"))
    return text + closing, meant


@pytest.mark.parametrize("seed", range(60))
def test_a_typed_network_is_the_one_that_is_built_directly(seed):
    text, meant = random_call(seed)
    assert arguments(text) == ("mlp", meant)
    direct = Document()
    direct.apply(accept(insert_template(direct, "mlp", meant, ORIGIN)))
    assert made(text).same_content(direct)
    shown = preview(Document(), typed_in(text))
    assert isinstance(shown, Preview)
    assert shown.parameters == sum(node.trainable for node in direct.nodes())
    sizes = (meant["inputs"], *meant["layers"])
    assert shown.parameters == sum(b * (a + 1) for a, b in pairwise(sizes))
    assert shown.title.startswith("MLP " + " → ".join(map(str, sizes)))


@pytest.mark.parametrize("key", TEMPLATES)
def test_every_template_can_be_typed_and_its_preview_counts_what_it_makes(key):
    document = made("w = 3")
    document.apply(add_value(document, ORIGIN, label="p", role="parameter"))
    before = sum(node.trainable for node in document.nodes())
    typed = typed_in(key)
    assert isinstance(typed, Typed)
    shown = preview(document, typed)
    assert isinstance(shown, Preview), str(shown)
    made(key, document)
    assert sum(node.trainable for node in document.nodes()) - before == shown.parameters
    assert len(shown.missing) == sum(a.kind != "inputs" for a in typed.template.arguments)


def test_the_label_of_the_group_is_the_name_before_the_sign():
    document = made("n = MLP(3, [4, 1])")
    assert [g.label for g in document.groups.values() if g.group is None] == ["n"]


def test_typed_inputs_take_the_features_there_are_and_make_what_is_missing():
    document = made("neuron 2")
    made("layer 3 2", document)
    features = [node for node in document.nodes() if node.role == "feature"]
    assert [node.index for node in features] == [0, 1, 2]
    made("neuron 1", document)
    assert sum(node.role == "feature" for node in document.nodes()) == 3
    assert [document.groups[g].arguments["inputs"] for g in sorted(document.groups)][-1] == 1


def test_without_inputs_the_features_there_are_decide():
    document = made("neuron 3")
    shown = preview(document, typed_in("layer units=5"))
    assert isinstance(shown, Preview)
    assert (shown.title, shown.parameters) == ("layer 3 → 5", 20)
    assert title_of(typed_in("layer units=5")) == "layer 5"


REFUSED = {
    "mlp 2 4 1 tahn": "There is no activation “tahn”. Perhaps “tanh” is meant.",
    "mlp 2 4 1 qqqq": "There is no activation “qqqq”. Choose one of linear, relu",
    "mpl 2 4 1": "There is no template “mpl”. Perhaps “mlp” is meant.",
    "mlp 2 4 1 init=hee": "There is no way to draw weights “hee”. Perhaps “he” is meant.",
    "mlp 2 4 1 depth=3": "“mlp” has no “depth”. It takes inputs, layers, activation, init.",
    "neuron 2 relu relu": "“neuron” does not take “relu”. It takes inputs, activation, init.",
    "neuron 2 3": "“neuron” does not take “3”.",
    "hinge 3": "“hinge” does not take “3”. It takes nothing.",
    "mlp 2.5 3": "Inputs: whole numbers are needed.",
    "mlp 0 3": "A layer has between 1 and 4096 units.",
    "mlp 2 0": "A layer has between 1 and 4096 units.",
    "softmax_cross_entropy 1": "Classes: at least 2 are needed.",
    "l2_penalty -1": "Strength lies between 0 and 1e+06.",
    "MLP(2, [4": "“MLP(2, [4” cannot be read: a bracket is not closed.",
    "mlp 2 4 4 1 relu tanh": "There are 3 layers and 2 activations. Give one for each layer",
    "mlp 2 4000 4000 1": "That would be more than 300,000 scalars.",
}


@pytest.mark.parametrize("text", REFUSED)
def test_what_cannot_be_is_said_in_words(text):
    outcome = insert_text(Document(), text, ORIGIN)
    assert isinstance(outcome, Refusal)
    assert str(outcome).startswith(REFUSED[text])


def test_completions_finish_the_word_under_way_and_offer_what_may_follow():
    assert completions("mlp 2 4 1 ta") == ["mlp 2 4 1 tanh"]
    assert completions("mlp 2 4 1 init=h") == ["mlp 2 4 1 init=he"]
    assert completions("mlp 2 4 1 relu ") == [f"mlp 2 4 1 relu {s}" for s in scheme_names()]
    assert completions("hinge ") == []
    assert completions("tanh(x) ta") == []


@pytest.mark.parametrize("seed", range(20))
def test_every_completion_can_be_inserted(seed):
    text, _meant = random_call(seed)
    for longer in completions(text + " "):
        assert isinstance(typed_in(longer), Typed)
