"""What the outline does not do: rows out of sight, numbers nobody sees, paints at rest."""

from engine.errors import accept
from engine.graph.edits import WHOLE, Change, Edit
from engine.graph.models import Model
from engine.graph.records import Node
from engine.graph.verbs import add_op
from playground.panels.outline.contents import contents_of
from playground.panels.outline.model import CHUNK, VALUE
from playground.session.items import model_edit
from tests.playground.panels.outline.driving import cell, rows, settle


def test_numbers_are_read_again_for_the_rows_in_sight_alone(outline, session, qtbot):
    settle()
    qtbot.waitUntil(lambda: not outline._refreshing.isActive())
    before = outline.refreshed
    for step in range(50):  # many results within one wait
        session.set_number(2, float(step))
        session.flush()
    qtbot.waitUntil(lambda: not outline._refreshing.isActive())
    in_sight = len(list(outline.tree.rows_in_sight()))
    assert in_sight == 5
    assert outline.refreshed == before + in_sight
    assert cell(outline, 2, VALUE) == "49.0"


def test_a_hidden_outline_does_nothing(outline, session):
    outline.hide()
    before, built = outline.refreshed, outline.model.built
    session.set_number(2, 5.0)
    session.do(accept(add_op(session.document, "exp", (600.0, 0.0), label="e")))
    settle()
    assert (outline.refreshed, outline.model.built) == (before, built)
    outline.show()
    settle()
    assert rows(outline) == ["leaves", ["b", "a"], "c", "t", "e"]


def test_twenty_thousand_nodes_build_only_the_rows_near_sight(outline, session):
    nodes = [Node(1000 + n, position=(float(n), 0.0)) for n in range(20_000)]
    session.do(Edit("Many", tuple(Change("node", n.id, WHOLE, None, n) for n in nodes)))
    settle()
    assert outline.model.built <= 3 * CHUNK
    outline.tree.verticalScrollBar().setValue(outline.tree.verticalScrollBar().maximum())
    settle()
    assert outline.model.built <= 6 * CHUNK
    session.set_selection({20_000})
    settle()
    assert outline.model.item(outline.tree.currentIndex()) == 20_000
    session.undo()


def test_groups_out_of_sight_are_opened_when_they_come_into_sight(outline, session):
    session.insert(model_edit(session.document, Model()), select=False)
    session.set_view(folded=frozenset())
    settle()
    assert outline.model.built < len(session.document)
    bar = outline.tree.verticalScrollBar()
    while bar.value() < bar.maximum():
        bar.setValue(bar.value() + bar.pageStep())
        settle()
    assert session.view.folded == frozenset()
    everything = len(session.document) + len(session.document.groups)
    assert outline.model.built == everything
    assert len(contents_of(session.document).row) == everything


def test_an_idle_outline_paints_nothing(outline, qtbot):
    qtbot.waitUntil(lambda: not outline._refreshing.isActive())
    settle()
    before = outline.refreshed
    qtbot.wait(150)
    assert outline.refreshed == before
