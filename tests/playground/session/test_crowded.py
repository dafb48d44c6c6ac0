"""More than can be shown is refused in words, whatever the way to it; nothing changes then."""

from pathlib import Path

import pytest

from engine.errors import accept
from engine.files import write
from engine.graph import visible
from engine.graph.document import Document
from engine.graph.models import Model, model_document
from engine.graph.projection import project
from engine.graph.verbs import add_value, delete, ungroup
from playground.session.clear import model_edit

MOST = 40


@pytest.fixture
def said(session, monkeypatch) -> list[str]:
    monkeypatch.setattr(visible, "MOST_VISIBLE", MOST)
    assert session.insert(model_edit(session.document, Model((4, 4, 1))), select=False)
    words: list[str] = []
    session.refused.connect(words.append)
    return words


def shown(session) -> int:
    return len(project(session.document, session.view.folded).items)


def layers(session) -> set[int]:
    return {one.id for one in session.document.groups.values() if one.template == "layer"}


def neurons(session) -> list[int]:
    return [one.id for one in session.document.groups.values() if one.template == "neuron"]


def test_unfolding_stops_where_too_much_would_be_seen(session, said):
    before: frozenset[int] = session.view.folded
    for neuron in neurons(session):
        before = session.view.folded
        session.toggle_fold(neuron)
        if said:
            break
    assert session.view.folded == before
    assert shown(session) <= MOST
    assert f"the canvas shows at most {MOST} at once" in said[0]
    assert "Fold some groups first" in said[0]


def test_a_view_that_is_refused_tells_so_and_folding_never_is(session, said):
    assert not session.set_view(folded=frozenset())
    assert len(said) == 1
    assert session.set_view(folded=session.view.folded | layers(session))
    assert len(said) == 1


def test_dissolving_a_folded_network_is_refused(session, said):
    before = session.document.copy()
    session.set_view(folded=frozenset(session.document.groups))
    for layer in sorted(layers(session)):
        session.do(ungroup(session.document, layer))
    [mlp] = [one.id for one in session.document.groups.values() if one.template == "mlp"]
    session.do(ungroup(session.document, mlp))
    assert shown(session) <= MOST
    while not said:
        session.do(ungroup(session.document, neurons(session)[0]))
        assert shown(session) <= MOST
    while session.stack.canUndo() and not session.document.same_content(before):
        session.undo()
    assert session.document.same_content(before)


def test_adding_stops_and_what_was_refused_leaves_no_step(session, said):
    while not said:
        steps, count = session.stack.count(), len(session.document)
        session.do(add_value(session.document, (0.0, 0.0), value=1.0))
    assert (session.stack.count(), len(session.document)) == (steps, count)
    assert shown(session) == MOST


def test_undo_folds_what_it_brings_back_if_that_is_too_much(session, said):
    first, *others = neurons(session)
    session.toggle_fold(first)
    session.do(accept(delete(session.document, {first})))
    for neuron in others:
        if not said:
            session.toggle_fold(neuron)
    open_before = set(others) - session.view.folded
    assert open_before
    session.undo()
    assert first in session.document.groups
    assert first in session.view.folded
    assert set(others) - session.view.folded == open_before
    assert shown(session) <= MOST


def test_what_shows_too_much_already_can_be_folded(session, said, monkeypatch):
    monkeypatch.setattr(visible, "MOST_VISIBLE", 3)
    assert session.set_view(folded=session.view.folded | {min(layers(session))})
    assert not session.set_view(folded=session.view.folded - {neurons(session)[-1]})


def test_a_file_opens_folded_as_far_as_need_be(session, said, tmp_path: Path):
    document = accept(model_document(Model((4, 4, 1))))
    path = tmp_path / "open.mgp"
    path.write_bytes(write(document).replace(b'"folded"', b'"unfolded"'))
    assert session.open(path)
    assert 0 < shown(session) <= MOST
    assert not said


def test_a_file_that_cannot_be_folded_is_refused_and_what_is_open_stays(session, said, tmp_path):
    before = session.document
    flat = Document()
    for place in range(MOST + 1):
        flat.apply(add_value(flat, (200.0 * place, 0.0), value=1.0))
    path = tmp_path / "flat.mgp"
    path.write_bytes(write(flat))
    assert not session.open(path)
    assert session.document is before
    assert f"That would show {MOST + 1} cards" in said[0]
