"""What is lit on the canvas, and other numbers shown in place of the latest."""

from dataclasses import replace

import numpy as np

from engine.errors import accept
from engine.graph.models import Model, insert_model
from engine.graph.properties import set_value
from engine.graph.verbs import delete
from playground.session.lit import NOTHING_LIT, Lit

OWNER = "somebody"


def test_a_lit_wire_says_its_words_and_its_node_has_a_ring(session, canvas, hands):
    session.open_example("tanh-neuron")
    hands.settle()
    document, picture = session.document, canvas._scene.picture
    w1 = document.find("w1")
    wire = document.consumers(w1)[0]
    session.light(OWNER, Lit(frozenset({w1}), {wire: "·2"}))
    row = picture.frame.wires.row(wire)
    assert picture.lights.wires == {row: "·2"}
    assert picture.frame.ids[picture.lights.items].tolist() == [w1]
    canvas._build()
    assert picture.lights.wires == {picture.frame.wires.row(wire): "·2"}
    session.light(OWNER)
    assert not picture.lights.wires
    assert not len(picture.lights.items)


def test_retold_numbers_are_shown_until_the_latest_are_wanted(session, canvas, hands):
    session.open_example("tanh-neuron")
    hands.settle()
    document = session.document
    w1, before = document.find("w1"), session.result

    def doubled(result):
        return replace(result, gradient=np.asarray(result.gradient) * 2)

    session.retell(doubled)
    assert session.is_retold
    assert session.result.slope(w1) == 2 * before.slope(w1)
    session.do(set_value(document, w1, 1.0))
    hands.settle()
    assert session.result.slope(w1) == 2 * session.live.result.slope(w1)
    session.retell(None)
    assert session.result is session.live.result


def test_faint_wires_are_lit_behind_the_others_and_their_bands_too(session, canvas, hands):
    session.open_example("tanh-neuron")
    hands.settle()
    document, picture = session.document, canvas._scene.picture
    w1, w2 = document.find("w1"), document.find("w2")
    [first], [second] = document.consumers(w1), document.consumers(w2)
    session.light(OWNER, Lit(frozenset(), {first: "×2"}, faint=frozenset({first, second})))
    assert picture.lights.faint.tolist() == [picture.frame.wires.row(second)]


def test_wires_of_the_selection_step_back_while_others_are_lit(session, canvas, hands):
    session.open_example("tanh-neuron")
    hands.settle()
    document, picture = session.document, canvas._scene.picture
    session.set_selection({document.find("x1")})
    hands.settle()
    assert picture.chosen().flow.any()
    [wire] = document.consumers(document.find("w2"))
    session.light(OWNER, Lit(frozenset(), {wire: ""}))
    assert not picture.chosen().flow.any()
    session.light(OWNER)
    assert picture.chosen().flow.any()


def test_a_faint_wire_that_is_folded_away_is_the_band_it_runs_in(session, canvas, hands):
    session.do(accept(insert_model(session.document, Model((3, 2, 1)))))
    document, picture = session.document, canvas._scene.picture
    layers = {g.label: g.id for g in document.groups.values() if g.template == "layer"}
    session.set_view(folded=frozenset(layers.values()))
    hands.settle()
    before, after = (set(document.members(layers[name])) for name in ("layer 1", "layer 2"))
    feeding = [(t, p) for source, t, p in document.edges() if source in before and t in after]
    session.light(OWNER, Lit(faint=frozenset(feeding[:1])))
    [row] = picture.lights.faint.tolist()
    assert picture.frame.wires.count[row] > 1
    assert feeding[0] in picture.frame.wires.members(np.array([row]))


def test_what_is_lit_and_deleted_is_dark(session, canvas, hands):
    session.open_example("tanh-neuron")
    hands.settle()
    document, picture = session.document, canvas._scene.picture
    w1 = document.find("w1")
    session.light(OWNER, Lit(frozenset({w1}), dict.fromkeys(document.consumers(w1), "")))
    session.do(accept(delete(document, {w1})))
    hands.settle()
    assert not len(picture.lights.items)
    assert not picture.lights.wires


def test_of_several_lights_the_last_is_seen_and_under_it_the_others_stay_up_to_date(session):
    session.open_example("tanh-neuron")
    one, other, third = (Lit(frozenset({node})) for node in (1, 2, 3))
    session.light("card", one)
    session.light("row", other)
    assert session.lit == other
    session.light("card", third)  # as new numbers come
    assert session.lit == other
    session.light("row")
    assert session.lit == third
    session.light("row", other)
    session.light("card", one, anew=True)  # as somebody asks for it
    assert session.lit == one
    session.light("card")
    assert session.lit == other
    session.light("card")
    session.light("row")
    assert session.lit == NOTHING_LIT


def test_all_lights_end_with_their_document(session):
    session.open_example("tanh-neuron")
    session.light("card", Lit(frozenset({1})))
    session.light("row", Lit(frozenset({2})))
    session.new()
    assert session.lit == NOTHING_LIT
    session.light("row")
    assert session.lit == NOTHING_LIT
