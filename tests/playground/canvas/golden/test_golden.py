"""The canvas looks as it was approved: each level of detail, theme, and pixel ratio.

A picture that differs is written to build/golden beside the one that was approved. If it is as it
should be, `make golden` approves it.
"""

import os

import numpy as np
import pytest
from PIL import Image

from tests.playground.canvas.golden import gallery

LARGEST_FOLDER = 1_500_000


@pytest.fixture(autouse=True)
def inter(qapp):
    from playground.theme import FAMILY, interface_font

    if interface_font().family() != FAMILY:
        if "CI" in os.environ:
            pytest.fail(f"the font {FAMILY} is missing")
        pytest.skip(f"the golden pictures need the font {FAMILY}")


@pytest.mark.parametrize("ratio", gallery.RATIOS)
@pytest.mark.parametrize("theme", gallery.THEMES)
@pytest.mark.parametrize("name", gallery.SCENES)
def test_the_canvas_looks_as_approved(name, theme, ratio):
    file = gallery.file_of(name, theme, ratio)
    actual = gallery.paint(gallery.SCENES[name], theme, ratio)
    path = gallery.FOLDER / file
    assert path.exists(), "a new picture: look at it after `make golden`"
    with Image.open(path) as expected:
        share = gallery.unlike(expected, actual).mean()
        if share > gallery.MOST:
            gallery.FAILED.mkdir(parents=True, exist_ok=True)
            gallery.side_by_side(expected, actual).save(gallery.FAILED / file)
            pytest.fail(
                f"{share:.2%} of the pixels differ: see build/golden/{file}; "
                "`make golden` approves it",
                pytrace=False,
            )


def test_the_folder_holds_these_pictures_and_is_small():
    files = list(gallery.FOLDER.glob("*.png"))
    names = {file.name for file in files}
    assert names == {
        gallery.file_of(name, theme, ratio)
        for name in gallery.SCENES
        for theme in gallery.THEMES
        for ratio in gallery.RATIOS
    }
    assert sum(file.stat().st_size for file in files) < LARGEST_FOLDER


def test_a_digit_that_changes_is_found():
    from engine.errors import accept
    from engine.graph.properties import set_value
    from tests.playground.canvas.studio import Studio

    document = gallery.neuron()
    before = Image.fromarray(Studio(document).shot(size=gallery.SIZE, origin=(20, 20)))
    document.apply(accept(set_value(document, 1, 3.0)))
    after = Image.fromarray(Studio(document).shot(size=gallery.SIZE, origin=(20, 20)))
    assert gallery.unlike(before, before).sum() == 0
    changed = gallery.unlike(before, after)
    assert changed.any()
    rows = np.nonzero(changed)[0]
    assert len(rows) / changed.size > gallery.MOST / 4


def test_the_sheet_of_a_failure_shows_all_three(tmp_path):
    one = Image.new("RGB", (40, 30), "black")
    other = one.copy()
    other.paste("white", (10, 10, 20, 20))
    sheet = gallery.side_by_side(one, other)
    assert sheet.size == (3 * 48, 54)
    assert gallery.unlike(one, other).sum() == 100
    assert gallery.unlike(one, Image.new("RGB", (4, 4))).all()
