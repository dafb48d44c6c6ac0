"""The table one draws on: the samples as they were, in the parts they were in, or nothing."""

import numpy as np
import pytest

from engine.errors import accept
from engine.graph.document import Document
from engine.graph.properties import set_data, set_link
from engine.graph.records import DataSettings, Seeds
from engine.graph.rows import use_table
from engine.train.drawn import class_words, drawn_table
from engine.train.samples import Samples, load_samples
from tests.engine.train.documents import graph


def generated(generator: str, **data: float) -> tuple[Document, Samples]:
    document = Document()
    document.apply(accept(set_data(document, generator=generator, **data)))
    samples = load_samples(document.data, document.seeds)
    assert isinstance(samples, Samples)
    return document, samples


@pytest.mark.parametrize("generator", ["moons", "spiral3", "plane", "sine"])
def test_the_table_holds_the_samples_in_their_order(generator: str) -> None:
    document, samples = generated(generator, samples=50)
    table, features, target, rows = drawn_table(document, samples)
    document.apply(accept(use_table(document, table, features, target)))
    again = load_samples(document.data, document.seeds)
    assert isinstance(again, Samples)
    np.testing.assert_array_equal(again.inputs, samples.inputs)
    np.testing.assert_array_equal(again.targets, samples.targets)
    np.testing.assert_array_equal(again.rows, rows)
    assert again.classes == samples.classes


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.9])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_as_few_samples_as_can_be_change_their_part(share: float, seed: int) -> None:
    """How many are kept for the test is drawn anew; only these may be others."""
    settings = DataSettings("moons", samples=60, test_share=share)
    document, _ = generated("moons", samples=60, test_share=share)
    document.apply(accept(set_data(document, test_share=share)))
    document.seeds = Seeds(data=seed)
    samples = load_samples(settings, document.seeds)
    assert isinstance(samples, Samples)
    table, features, target, _ = drawn_table(document, samples)
    document.apply(accept(use_table(document, table, features, target)))
    again = load_samples(document.data, document.seeds)
    assert isinstance(again, Samples)
    before, after = (
        {tuple(p) for p in each.inputs[each.test].tolist()} for each in (samples, again)
    )
    assert len(before ^ after) == abs(len(before) - len(after))


def test_an_empty_table_has_a_plane_of_two_classes() -> None:
    table, features, target, rows = drawn_table(Document(), None)
    assert (table.numbers.shape, features, target, len(rows)) == ((0, 3), (0, 1), 2, 0)
    assert table.words == ((), (), ("1", "2"))


def test_an_empty_table_follows_the_graph() -> None:
    document = graph(leaves=[("feature", 0.0)])
    document.apply(accept(set_link(document, "number")))
    table, features, target, _ = drawn_table(document, None)
    assert (table.names, table.words) == (("x1", "y"), ((), ()))
    assert (features, target) == ((0,), 1)


def test_further_classes_have_words_that_none_has() -> None:
    assert class_words(("-1", "1"), 4) == ("-1", "1", "2", "3")
    assert class_words(("2", "cat"), 3) == ("2", "cat", "1")
    assert class_words(("a", "b"), 1) == ("a", "b")
