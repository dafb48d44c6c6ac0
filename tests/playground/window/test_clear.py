"""Networks that come beside a graph: from the palette and from Train moons, with nothing moved."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.playground.window.driving import tile, turn


def rects(window) -> dict[int, list[float]]:
    frame = window.canvas._scene.picture.frame
    return dict(zip(frame.ids.tolist(), frame.rects.tolist(), strict=True))


@pytest.mark.parametrize("way", ["palette", "moons"])
def test_a_network_comes_beside_a_graph_and_into_sight(window, way):
    session = window._session
    for place in range(3):
        session.add_item("expression:tanh(p*q+r)", (0.0, 260.0 * place))
    session.flush()
    turn()
    before, steps = rects(window), session.stack.count()
    if way == "palette":
        button = tile(window, "template:mlp")
        QTest.mouseDClick(button, Qt.MouseButton.LeftButton)
    else:
        window.commands["add.moons"].trigger()
        session.training.pause_and_collect()
    session.flush()
    turn()
    after = rects(window)
    assert {item: after[item] for item in before} == before
    network = next(g.id for g in session.document.groups.values() if g.template == "mlp")
    assert window.canvas.viewport().rect().contains(window.canvas.item_rect(network))
    assert session.stack.count() == steps + 1
