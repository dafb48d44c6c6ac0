"""What is lit on the canvas, and other numbers shown in place of the latest."""

from dataclasses import replace

import numpy as np

from engine.graph.properties import set_value
from playground.session.lit import Lit


def test_a_lit_wire_says_its_words_and_its_node_has_a_ring(session, canvas, hands):
    session.open_example("tanh-neuron")
    hands.settle()
    document, picture = session.document, canvas._scene.picture
    w1 = document.find("w1")
    wire = document.consumers(w1)[0]
    session.light(Lit(frozenset({w1}), {wire: "·2"}))
    row = picture.frame.wires.row(wire)
    assert picture.lights.wires == {row: "·2"}
    assert picture.frame.ids[picture.lights.items].tolist() == [w1]
    canvas._build()
    assert picture.lights.wires == {picture.frame.wires.row(wire): "·2"}
    session.light()
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
