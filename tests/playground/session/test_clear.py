"""What is added open stands beside everything that is there, and moves none of it."""

import pytest

from engine.errors import accept
from engine.graph.notes import add_note
from engine.graph.projection import project
from engine.graph.templates import TEMPLATES, folds
from playground.session.clear import open_item

BLOCKS = ("expression:q*r+1", "template:layer", "template:neuron", "value:constant")


def rects(session) -> dict[int, tuple[float, float, float, float]]:
    """Return where everything is shown."""
    view = project(session.document, session.view.folded)
    return {item.id: item.rect for item in view.items}


def apart(one, other) -> bool:
    return (
        one[0] + one[2] <= other[0]
        or other[0] + other[2] <= one[0]
        or one[1] + one[3] <= other[1]
        or other[1] + other[3] <= one[1]
    )


@pytest.fixture
def crowded(session):
    """Hold values, a formula, an open layer and a note, far from the middle and near it."""
    for place, text in enumerate(BLOCKS):
        session.add_item(text, (300.0 * place - 700.0, 90.0 * place - 400.0))
    session.do(accept(add_note(session.document, (250.0, 300.0))))
    session.flush()
    return session


def test_train_moons_moves_nothing_that_is_shown_and_covers_none_of_it(crowded):
    before, start = rects(crowded), crowded.document.copy()
    assert crowded.train_moons()
    crowded.training.pause_and_collect()
    after = rects(crowded)
    assert {item: after[item] for item in before} == before
    new = [after[item] for item in after.keys() - before.keys()]
    assert all(apart(one, other) for one in new for other in before.values())
    crowded.undo()
    while crowded.stack.canUndo() and not crowded.document.same_content(start):
        crowded.undo()
    assert crowded.document.same_content(start)


@pytest.mark.parametrize("key", sorted(TEMPLATES))
def test_an_open_template_is_added_beside_everything_and_a_folded_one_is_not(crowded, key):
    before = rects(crowded)
    edit = open_item(crowded.document, crowded.view, f"template:{key}")
    if edit is None:
        return
    if not crowded.insert(edit):
        return
    after = rects(crowded)
    assert {item: after[item] for item in before} == before
    made = after.keys() - before.keys()
    outer = made & crowded.document.groups.keys()
    assert any(not folds(crowded.document.groups[group]) for group in outer)
    assert all(apart(after[i], rect) for i in made for rect in before.values())


def test_on_an_empty_canvas_a_network_goes_where_it_was_wanted(session):
    assert open_item(session.document, session.view, "template:mlp") is None
