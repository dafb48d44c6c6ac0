"""The atlas: every sprite drawn once, each in a place of its own, at whole pixels."""

import numpy as np
import pytest
from PySide6.QtGui import QColor, QPainter

from playground.canvas.painting.sprites import HEIGHT, LEFT, TOP, WIDTH, Atlas, Sprite, fragments


@pytest.fixture(autouse=True)
def application(qapp):
    """Pixmaps need one."""


def block(key, width: int, height: int, drawn: list) -> Sprite:
    def draw(painter: QPainter) -> None:
        drawn.append(key)
        painter.fillRect(0, 0, width, height, QColor(key % 256, 90, 30))

    return Sprite(key, 0, 0, width, height, draw)


def test_each_sprite_is_drawn_once_and_found_again():
    drawn, atlas = [], Atlas(1.0)
    atlas.add([block(1, 5, 5, drawn), block(2, 7, 3, drawn), block(1, 5, 5, drawn)])
    atlas.add([block(2, 7, 3, drawn)])
    assert drawn == [1, 2]
    assert atlas.index(1) != atlas.index(2)


def test_sprites_never_overlap_and_keep_their_pixels_while_the_atlas_grows():
    drawn, atlas = [], Atlas(1.0)
    sizes = np.random.default_rng(4).integers(1, 300, (60, 2)).tolist()
    for key, (width, height) in enumerate([*sizes, (1500, 20)]):
        atlas.add([block(key, width, height, drawn)])
    image = atlas.pixmap.toImage()
    boxes = atlas.boxes[: len(atlas)]
    taken = np.zeros((image.height(), image.width()), bool)
    for key, box in enumerate(boxes):
        x, y, width, height = (int(box[field]) for field in (LEFT, TOP, WIDTH, HEIGHT))
        area = np.s_[y : y + height, x : x + width]
        assert taken[area].shape == (height, width)
        assert not taken[area].any()
        taken[area] = True
        for corner in ((x, y), (x + width - 1, y + height - 1)):
            assert image.pixelColor(*corner) == QColor(key % 256, 90, 30)


def test_a_sprite_cannot_draw_outside_of_its_place():
    atlas = Atlas(1.0)

    def spill(painter: QPainter) -> None:
        painter.fillRect(-50, -50, 200, 200, QColor("red"))

    atlas.add([block(1, 10, 10, []), Sprite("spill", 0, 0, 10, 10, spill)])
    box = atlas.boxes[atlas.index(1)]
    assert atlas.pixmap.toImage().pixelColor(int(box[LEFT]) + 9, 5) == QColor(1, 90, 30)


def test_fragments_put_the_anchor_where_it_belongs():
    atlas = Atlas(1.0)
    atlas.add([Sprite("s", -4, -6, 10, 2, lambda painter: None)])
    [row] = fragments(atlas, np.array([0]), np.array([[100.0, 50.0]]))
    centre, size = row[0:2], row[4:6]
    assert (centre - size / 2).tolist() == [96.0, 44.0]
    assert size.tolist() == [14.0, 8.0]
