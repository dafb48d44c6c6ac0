"""The ghost of old numbers: there while a number changes, on a few cards, and gone after it."""

import pytest
from PySide6.QtCore import QPoint

from engine.graph.properties import set_mark
from playground.canvas.frame.ghost import MOST, ghost_of


def told(canvas) -> dict[int, float]:
    """Return the old numbers in the picture by the ids of nodes."""
    picture = canvas._scene.picture
    if picture.ghost is None:
        return {}
    ids = picture.frame.ids[picture.ghost.items].tolist()
    return dict(zip(ids, picture.ghost.values.tolist(), strict=True))


def test_scrubbing_shows_what_the_value_and_the_output_were(session, product, canvas, hands):
    at = canvas.value_rect(product.a).center()
    hands.drag_to(at, at + QPoint(50, 0))
    assert told(canvas) == {product.a: 2.0, product.c: -6.0}
    hands.move(at + QPoint(90, 0))
    assert told(canvas) == {product.a: 2.0, product.c: -6.0}
    hands.release(at + QPoint(90, 0))
    assert told(canvas) == {}


def test_escape_takes_the_ghost_away(product, canvas, hands):
    at = canvas.value_rect(product.a).center()
    hands.drag_to(at, at + QPoint(50, 0))
    hands.key("Escape")
    hands.release(at)
    assert told(canvas) == {}


def test_a_press_alone_shows_none(product, canvas, hands):
    hands.press(canvas.value_rect(product.a).center())
    assert told(canvas) == {}
    hands.release(canvas.value_rect(product.a).center())


def test_keys_let_it_linger_and_one_paint_takes_it_away(session, product, canvas, hands, qtbot):
    scene = canvas._scene
    session.set_selection({product.a})
    for _press in range(3):
        hands.key("Up")
    assert told(canvas)[product.a] == 2.0
    paints = scene.painter.paints
    qtbot.waitUntil(lambda: not told(canvas))
    hands.settle()
    assert scene.painter.paints == paints + 1


def test_a_training_step_shows_what_its_numbers_were_and_a_run_does_not(
    session, product, canvas, hands, qtbot
):
    session.do(set_mark(session.document, product.c, "loss"))
    hands.settle()
    with qtbot.waitSignal(session.training.stopped):
        session.training.step()
    hands.settle()
    assert told(canvas) == {product.b: -3.0, product.c: -6.0}
    now = session.document.node(product.b).value
    with qtbot.waitSignal(session.training.stopped):
        session.training.step()
    assert told(canvas)[product.b] == now != -3.0
    qtbot.waitUntil(lambda: not told(canvas))
    session.training.play()
    hands.settle()
    assert told(canvas) == {}
    session.training.pause()


def test_a_new_frame_knows_none(session, product, canvas, hands):
    session.set_selection({product.a})
    hands.key("Up")
    session.do(set_mark(session.document, product.c, "loss"))
    hands.settle()
    assert told(canvas) == {}


def test_only_a_few_numbers_are_kept(build, canvas, hands):
    nodes = [build.value(f"v{n}", n, 150.0 * n, 0.0) for n in range(3 * MOST)]
    hands.settle()
    picture = canvas._scene.picture
    ghost = ghost_of(picture.document, picture.frame, picture.readings, nodes)
    assert ghost is not None
    assert len(ghost.items) == MOST


@pytest.mark.parametrize("name", ["dark", "light"])
def test_it_is_painted_above_the_card_and_only_where_the_number_is_another(
    session, product, canvas, hands, name
):
    canvas.themes.choose(name)
    hands.settle()
    over = canvas.item_rect(product.a).adjusted(0, -24, 0, 0)
    over.setHeight(20)
    other = canvas.item_rect(product.b).adjusted(0, -24, 0, 0)
    other.setHeight(20)
    before, beside = canvas.grab(over).toImage(), canvas.grab(other).toImage()
    at = canvas.value_rect(product.a).center()
    hands.drag_to(at, at + QPoint(50, 0))
    hands.settle()
    assert canvas.grab(over).toImage() != before
    assert canvas.grab(other).toImage() == beside
    hands.move(at)
    hands.settle()
    assert canvas.grab(over).toImage() == before
    hands.release(at)
