"""What would be seen is counted right before anything is built, and refused in words."""

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings

from engine.errors import Refusal, accept
from engine.graph import visible as module
from engine.graph.document import Document
from engine.graph.models import Model, model_document
from engine.graph.projection import project
from engine.graph.records import View
from engine.graph.verbs import ungroup
from engine.graph.visible import crowded, crowding, thinned, visible
from tests.engine.graph.test_flat import grouped, seeds
from tests.engine.random_graphs import random_edit


@pytest.fixture(autouse=True)
def few(monkeypatch) -> None:
    """Let five be many, so that nothing is let through uncounted."""
    monkeypatch.setattr(module, "MOST_VISIBLE", 5)


def moons() -> Document:
    return accept(model_document(Model(layers=(3, 2, 1))))


@settings(max_examples=60)
@given(seeds)
def test_as_many_are_counted_as_the_projection_shows(seed: int) -> None:
    document, folded = grouped(seed)
    shown, most = len(project(document, folded).items), 5
    count = visible(document, View(folded=folded))
    total = len(document) + len(document.groups) + len(document.notes)
    assert count == (shown if total > most else total)


@settings(max_examples=60)
@given(seeds)
def test_an_edit_that_is_let_through_never_shows_more_than_allowed(seed: int) -> None:
    document, folded = grouped(seed)
    view, draw = View(folded=folded), random.Random(seed)
    for _step in range(12):
        edit = random_edit(document, draw)
        if isinstance(edit, Refusal):
            continue
        before = visible(document, view)
        refusal = crowding(document, view, edit, ())
        document.apply(edit)
        if refusal is None and before <= 5:
            assert visible(document, view) <= 5, edit.title


def test_dissolving_a_folded_group_counts_what_it_would_set_free():
    document = moons()
    document.view = replace(document.view, folded=frozenset(document.groups))
    [network] = [one.id for one in document.groups.values() if one.template == "mlp"]
    assert crowded(document, document.view) is None
    refusal = crowding(document, document.view, accept(ungroup(document, network)), ())
    assert refusal is not None
    assert "the canvas shows at most 5 at once" in str(refusal)


def test_the_words_say_how_many_and_what_to_do():
    document = moons()
    refusal = crowded(document, View())
    assert refusal is not None
    count = len(project(document, ()).items)
    assert str(refusal) == (
        f"That would show {count} cards: the canvas shows at most 5 at once. "
        "Fold some groups first, or open fewer of them."
    )


def test_what_lies_deepest_is_folded_first(monkeypatch):
    document = moons()
    templates = {one.id: one.template for one in document.groups.values()}
    monkeypatch.setattr(module, "MOST_VISIBLE", 30)
    folded = thinned(document, View()).folded
    assert {templates[one] for one in folded if templates[one] != "hinge"} == {"neuron"}
    monkeypatch.setattr(module, "MOST_VISIBLE", 13)
    folded = thinned(document, View()).folded
    assert "layer" in {templates[one] for one in folded}
    assert "mlp" not in {templates[one] for one in folded}
    monkeypatch.setattr(module, "MOST_VISIBLE", 20_000)
    assert thinned(document, View()) == View()
