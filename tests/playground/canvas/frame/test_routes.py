"""Bent wires as curves: through their bends, smooth there, level at the ports; what cuts them."""

import numpy as np
import pytest

from engine.errors import accept
from engine.graph.bends import add_bend
from engine.graph.document import Document
from engine.graph.verbs import add_op, add_value, connect
from playground.canvas.frame.build import build_frame
from playground.canvas.frame.routes import (
    crossed,
    curves_through,
    lengths,
    piece_near,
    pieces_of,
    points_on,
    wire_near,
)
from playground.canvas.frame.wires import along, curves

BENDS = ((150.0, 150.0), (220.0, 60.0), (100.0, -40.0))


@pytest.fixture
def frame(qapp):
    """Show three wires; the middle one has three bends."""
    document = Document()
    for row in range(3):
        document.apply(add_value(document, (0, 200 * row), value=1.0))
        document.apply(accept(add_op(document, "neg", (400, 200 * row))))
        document.apply(accept(connect(document, 2 * row + 1, 2 * row + 2)))
    for place, point in enumerate(BENDS):
        document.apply(accept(add_bend(document, (4, 0), place, point)))
    return build_frame(document, frozenset())


def corners(frame):
    return frame.rects[:, :2]


def row_of(frame, target):
    return int(np.flatnonzero(frame.wires.target == target)[0])


def test_a_wire_with_three_bends_is_four_pieces_that_join_smoothly(frame):
    pieces, row = pieces_of(frame.wires, corners(frame)), row_of(frame, 4)
    mine = pieces.points[pieces.wire == row]
    assert len(mine) == 4
    assert len(pieces.points) == 6
    assert [tuple(point) for point in mine[:-1, 3]] == list(BENDS)
    assert np.array_equal(mine[:-1, 3], mine[1:, 0])
    before, behind = mine[:-1, 3] - mine[:-1, 2], mine[1:, 1] - mine[1:, 0]
    assert before[:, 0] * behind[:, 1] - before[:, 1] * behind[:, 0] == pytest.approx(
        np.zeros(3), abs=1e-6
    )
    assert ((before * behind).sum(axis=1) > 0).all()


def test_it_is_level_at_both_ports(frame):
    pieces, row = pieces_of(frame.wires, corners(frame)), row_of(frame, 4)
    mine = pieces.points[pieces.wire == row]
    assert mine[0, 0, 1] == mine[0, 1, 1]
    assert mine[-1, 2, 1] == mine[-1, 3, 1]


def test_the_other_wires_are_as_without_bends(frame):
    pieces = pieces_of(frame.wires, corners(frame))
    plain = curves(*frame.wires.ends(corners(frame)))
    for target in (2, 6):
        row = row_of(frame, target)
        assert np.array_equal(pieces.points[pieces.wire == row], plain[[row]])


def test_two_points_make_the_plain_curve():
    points = np.array([[0.0, 0.0], [200.0, 80.0]])
    assert np.array_equal(curves_through(points), curves(points[:1], points[1:]))


def test_a_bent_wire_is_found_along_all_of_its_pieces(frame):
    row = row_of(frame, 4)
    parts = np.linspace(0, 1, 41)
    found = points_on(pieces_of(frame.wires, corners(frame)), np.full(41, row), parts)
    for x, y in found.tolist():
        assert wire_near(pieces_of(frame.wires, corners(frame)), (x, y), 2.0) == row


def test_points_on_a_wire_go_from_port_to_port(frame):
    row = np.array([row_of(frame, 4)] * 3)
    begin, finish = frame.wires.ends(corners(frame))
    first, bend, last = points_on(
        pieces_of(frame.wires, corners(frame)), row, np.array([0.0, 0.25, 1.0])
    )
    assert first.tolist() == begin[row[0]].tolist()
    assert bend.tolist() == list(BENDS[0])
    assert last.tolist() == finish[row[0]].tolist()


def test_a_bent_wire_is_longer(frame):
    long = lengths(pieces_of(frame.wires, corners(frame)))
    assert long[row_of(frame, 4)] > long[row_of(frame, 2)] == long[row_of(frame, 6)]


def test_the_piece_that_is_pointed_at_is_told(frame):
    pieces, row = pieces_of(frame.wires, corners(frame)), row_of(frame, 4)
    mine = pieces.points[pieces.wire == row]
    for place in range(4):
        x, y = along(mine, 0.5)[place]
        assert piece_near(mine, (x, y)) == place


@pytest.mark.parametrize("seed", range(6))
def test_a_cut_crosses_what_a_slow_and_simple_test_says(frame, seed):
    draw = np.random.default_rng(seed)
    begin, end = draw.uniform((-50, -80), (450, 600), (2, 2)).tolist()
    pieces = pieces_of(frame.wires, corners(frame))
    cut = np.array(begin) + np.linspace(0, 1, 4000)[:, None] * (np.array(end) - begin)
    slow = set()
    for points, wire in zip(pieces.points, pieces.wire.tolist(), strict=True):
        dense = np.concatenate([along(points[None], t) for t in np.linspace(0, 1, 400)])
        away = np.hypot(*(cut[:, None] - dense[None]).transpose(2, 0, 1)).min()
        if away < 0.6:
            slow.add(wire)
    found = set(crossed(pieces, tuple(begin), tuple(end)).tolist())
    assert found == slow
