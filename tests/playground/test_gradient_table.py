"""Where a gradient comes from, in the inspector: what each wire adds, held to the result."""

import math

import pytest
from PySide6.QtWidgets import QLabel

from engine.errors import accept
from engine.explain.arriving import decay_words, shares
from engine.graph.models import Model
from engine.graph.properties import set_training
from engine.graph.records import DataSettings
from playground.panels.inspector import Inspector
from playground.session.clear import model_edit
from playground.theme import ThemeManager


@pytest.fixture
def inspector(session, qtbot) -> Inspector:
    inspector = Inspector(session, ThemeManager("dark"))
    qtbot.addWidget(inspector)
    inspector.resize(260, 700)
    inspector.show()
    qtbot.waitExposed(inspector)
    return inspector


@pytest.fixture
def moons(session):
    model = Model((8, 1), data=DataSettings("moons", samples=10))
    session.do(accept(model_edit(session.document, model)))
    session.flush()
    return session


def texts(inspector: Inspector) -> list[str]:
    table = inspector.node_page.arriving
    return [one.text() for one in table.findChildren(QLabel) if one.isVisible() and one.text()]


def named(session) -> dict[str, int]:
    return {node.label or node.op: node.id for node in session.document.nodes()}


@pytest.mark.parametrize("scope", ["sample", "batch"])
def test_what_the_wires_add_is_the_gradient(moons, scope):
    moons.set_scope(scope)
    moons.flush()
    result = moons.result
    for node in moons.document.nodes():
        found = shares(moons.document, result, node.id)
        for one in found:
            wire = result.edge_row[one.target, one.port]
            assert one.contribution == result.contribution[wire]
            assert scope == "batch" or one.is_product
        if node.id != result.output:
            total = math.fsum(one.contribution for one in found)
            assert total == pytest.approx(result.slope(node.id), abs=1e-12)


def test_a_value_that_is_used_twice_shows_both_ways_and_their_sum(session, inspector):
    session.add_item("expression:a*b + 3*a", (0.0, 0.0))
    session.flush()
    session.set_number(named(session)["a"], 2.0)
    session.set_number(named(session)["b"], 5.0)
    session.flush()
    session.set_selection([named(session)["a"]])
    told = texts(inspector)
    assert "5.0 · 1.0" in told
    assert "3.0 · 1.0" in told
    assert told[told.index("sum") + 1] == "8.0" == inspector.node_page.gradient.text()
    session.set_number(named(session)["b"], 6.0)
    session.flush()
    assert "6.0 · 1.0" in texts(inspector)


def test_many_ways_are_six_rows_and_so_many_more(moons, inspector):
    moons.set_selection([named(moons)["x1"]])
    told = texts(inspector)
    assert "2 more" in told
    assert len([one for one in told if "·" in one and one[0] != "l"]) == 6


def test_over_the_batch_no_product_is_claimed(moons, inspector):
    moons.set_scope("batch")
    moons.flush()
    weight = next(node for node in moons.document.nodes() if node.trainable and node.value)
    moons.set_selection([weight.id])
    told = texts(inspector)
    assert "over the batch" in told
    assert not [one for one in told if " · " in one]


def test_no_gradient_is_explained_in_words(session, inspector):
    session.add_item("expression:p*q", (0.0, 0.0))
    session.flush()
    session.set_selection([session.result.output])
    assert "Going backward begins here." in texts(inspector)
    session.add_item("value:constant", (0.0, 300.0))
    session.flush()
    assert any(one.startswith("No gradient:") for one in texts(inspector))


def test_l2_says_what_it_adds_where_it_applies(moons, inspector):
    weights = [node for node in moons.document.nodes() if node.trainable]
    weight = next(node for node in weights if node.value)
    moons.do(set_training(moons.document, l2=0.25))
    moons.flush()
    moons.set_selection([weight.id])
    added = f"{2 * 0.25 * weight.value:.4g}".replace("-", "−")
    assert f"In training, L2 adds 2·α·w = {added}" in texts(inspector)
    moons.do(set_training(moons.document, l2_scope="weights"))
    moons.flush()
    told = [bool(decay_words(moons.document, moons.result, node.id)) for node in weights]
    assert told == [node.slot[-1] == "weight" for node in weights]
    moons.do(set_training(moons.document, l2=0.0))
    moons.flush()
    assert not any("L2" in one for one in texts(inspector))
