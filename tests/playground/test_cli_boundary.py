"""The picture of `train --picture`: of the plane that was looked at, or of the curve of a line."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.errors import accept
from engine.files import read, write
from engine.graph.document import Document
from engine.train.boundary import boundary_grid
from playground.commands.picture import SIDE, theme_colours
from tests.playground.terminal import Run


@pytest.fixture
def demo(run: Run, tmp_path: Path) -> Path:
    path = tmp_path / "moons.mgp"
    assert run("new", "--dataset", "moons", "--layers", "2,4,1", "-o", path).code == 0
    return path


def opened(path: Path) -> Document:
    return accept(read(path.read_bytes()))


def test_the_picture_of_one_feature_is_its_curve(run: Run, tmp_path: Path) -> None:
    """Where the prediction is, there is a line, or a dot on it."""
    document, path = tmp_path / "sine.mgp", tmp_path / "sine.png"
    assert run("new", "--dataset", "sine", "--layers", "1,8,1", "-o", document).code == 0
    assert run("train", document, "--steps", 300, "--picture", path, "--save", document).code == 0
    with Image.open(path) as file:
        image = file.convert("RGB")
    boundary = accept(boundary_grid(opened(document), resolution=SIDE))
    bounds, ground = boundary.bounds, theme_colours("dark")["map"][1]
    on_curve = 0
    for column in range(20, SIDE, 20):
        height = float(boundary.scores[0, column])
        row = round((bounds.top - height) / (bounds.top - bounds.bottom) * (SIDE - 1))
        pixel = image.getpixel((column, min(max(row, 0), SIDE - 1)))
        on_curve += max(abs(part - plain) for part, plain in zip(pixel, ground, strict=True)) > 40
    assert on_curve > 24  # of 31; some dots on it have the colour of the ground


def test_the_picture_is_of_the_plane_that_was_looked_at(
    run: Run, demo: Path, tmp_path: Path
) -> None:
    """With x1 and x2 exchanged the picture is the other one mirrored at its diagonal."""
    document = opened(demo)
    pictures = []
    for axes in ((0, 1), (1, 0)):
        document.view = replace(document.view, axes=axes)
        kept, path = tmp_path / "kept.mgp", tmp_path / f"{axes[0]}.png"
        kept.write_bytes(write(document))
        assert run("train", kept, "--steps", 5, "--picture", path).code == 0
        with Image.open(path) as file:
            pictures.append(np.asarray(file.convert("RGB")).astype(float))
    plain, mirrored = pictures
    turned = mirrored.transpose(1, 0, 2)[::-1, ::-1]
    assert np.abs(plain - turned).mean() < 6.0
