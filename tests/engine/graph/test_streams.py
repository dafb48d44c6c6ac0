"""A text as a seed begins the stream of seedrandom: its published numbers, and a second port."""

from itertools import islice
from random import Random

import pytest

from engine.errors import Refusal, accept
from engine.exchange.links import link_document, read_link
from engine.graph.document import Document
from engine.graph.initialise import initial_parameters, next_init
from engine.graph.properties import set_seeds
from engine.graph.streams import Arc4, check_seed, next_seed, stream, text_seed
from tests.peers.links import CASES, address
from tests.peers.original import uniform

# What seedrandom 2.4.3 says; those of "hello." stand in its own README.
PUBLISHED = {
    "hello.": [0.9282578795792454, 0.3752569768646784, 0.7316977468919549],
    "0.12345": [0.9152007406557323, 0.4702753218035592, 0.2736265229359467],
    "": [0.23144008215179881, 0.27404636548159655, 0.7901279251811976],
    "日本": [0.40115441619593234, 0.401954825644175, 0.3536563570366145],
    "😀": [0.5698095144192531, 0.45805574850196806, 0.17473261922316155],
}


@pytest.mark.parametrize("text", PUBLISHED)
def test_the_numbers_of_a_text_are_those_of_seedrandom(text: str) -> None:
    numbers = Arc4(text)
    assert [numbers.random() for _number in range(3)] == PUBLISHED[text]
    assert numbers.drawn == 3


@pytest.mark.parametrize("text", ["0.00001", "hello.", "a" * 300 + "z" * 400, " "])
def test_a_second_port_gives_the_same_numbers_for_long(text: str) -> None:
    numbers = Arc4(text)
    assert [numbers.random() for _number in range(3000)] == list(islice(uniform(text), 3000))


def test_a_number_begins_pythons_own_stream() -> None:
    assert stream(7).random() == Random(7).random()


def test_a_seed_may_say_how_many_draws_are_over_already() -> None:
    all_of_them = stream("0.5")
    for _number in range(40):
        all_of_them.random()
    assert stream("0.5@40").random() == all_of_them.random()


@pytest.mark.parametrize("text", ["0.5", "42", "me@home", "a@7", "7@7"])
@pytest.mark.parametrize("drawn", [0, 3])
def test_every_text_can_be_a_seed_even_one_that_looks_like_another(text: str, drawn: int) -> None:
    seed = text_seed(text, drawn)
    assert not seed.isdigit()
    assert stream(seed).random() == list(islice(uniform(text), drawn + 1))[-1]


def test_what_comes_next_is_another_number_or_further_on_in_the_stream() -> None:
    assert (next_seed(7, 5), next_seed(2**32 - 1, 5)) == (8, 0)
    assert next_seed("0.5", 20) == "0.5@20"
    assert next_seed("0.5@2500", 20) == "0.5@2520"
    assert next_seed("0.5@100000", 0) == text_seed("0.5")


def test_the_weights_after_those_of_a_link_are_what_the_original_draws_when_reset() -> None:
    said = CASES["circle"]
    document = accept(link_document(accept(read_link(address(said)))))
    first = [node.value for node in document.nodes() if node.slot and node.slot[-1] == "weight"]
    edit = initial_parameters(document, next_init(document))
    numbers = uniform(said["seed"])
    everything = [next(numbers) - 0.5 for _number in range(2500 + 2 * len(first))]
    assert first == everything[2500 : 2500 + len(first)]
    document.apply(edit)
    after = [node.value for node in document.nodes() if node.slot and node.slot[-1] == "weight"]
    assert after == everything[2500 + len(first) :]


@pytest.mark.parametrize("seed", ["", "x" * 101, "a\nb", "0.5@100001"])
def test_what_is_no_seed_is_refused_in_words(seed: str) -> None:
    refusal = set_seeds(Document(), data=seed)
    assert isinstance(refusal, Refusal)
    assert "whole number, or a text" in str(refusal)
    assert check_seed("It", "0.5@100000") is None


def test_batches_are_shuffled_by_numbers_only() -> None:
    assert isinstance(set_seeds(Document(), shuffle="0.5"), Refusal)
