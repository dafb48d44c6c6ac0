"""The decision boundary as a PNG: a heat map of the prediction with the data over it.

`train --picture` and `demo` call it.  Its colours are those of the theme that the window has.
"""

import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageColor, ImageDraw

import resources
from engine.graph.document import Document
from engine.train.boundary import (
    Boundary,
    BoundaryProbe,
    Bounds,
    boundary_grid,
    default_bounds,
)
from engine.train.samples import Samples, load_samples
from playground.commands.documents import write_file
from playground.commands.terminal import Exit, granted

SIDE = 640
# The dots are drawn so much larger and then made smaller, which leaves their edges smooth.
FINER = 4
DOT, RIM = 6.0, 1.5
GRID = 200
# How far the map is drawn towards its middle colour, so that the dots stand out.
CALM = 0.22
NAMES = ("map_negative", "map_zero", "map_positive")

Colour = tuple[int, ...]


def check_picture(document: Document) -> None:
    """Refuse, before any work is done, a document without a boundary to draw."""
    granted(BoundaryProbe.build(document), Exit.BAD_DOCUMENT)


def write_picture(document: Document, path: Path, theme: str = "dark") -> None:
    """Write the picture of a document's boundary as PNG."""
    samples = granted(load_samples(document.data, document.seeds), Exit.BAD_DOCUMENT)
    bounds = square(default_bounds(samples))
    boundary = granted(boundary_grid(document, bounds=bounds, resolution=GRID), Exit.BAD_DOCUMENT)
    colours = theme_colours(theme)
    image = heat_map(boundary, colours)
    if samples is not None:
        image = with_points(image, samples, boundary.bounds, colours)
    file = io.BytesIO()
    image.save(file, "PNG", optimize=True)
    write_file(path, file.getvalue())


def theme_colours(theme: str) -> Mapping[str, Colour]:
    """Return the colours of the map in a theme."""
    colours = json.loads(resources.read_text(f"themes/{theme}.json"))["colours"]
    return {name: ImageColor.getrgb(colours[name]) for name in NAMES}


def square(bounds: Bounds) -> Bounds:
    """Return the smallest square around a rectangle, so that the plane is not stretched."""
    half = max(bounds.right - bounds.left, bounds.top - bounds.bottom) / 2
    x, y = (bounds.left + bounds.right) / 2, (bounds.bottom + bounds.top) / 2
    return Bounds(x - half, x + half, y - half, y + half)


def heat_map(boundary: Boundary, colours: Mapping[str, Colour]) -> Image.Image:
    """Return the scores as colours: -1 and below, the threshold, +1 and above."""
    shades = Image.fromarray(boundary.shades[::-1])  # an image begins at the top
    smooth = np.asarray(shades.resize((SIDE, SIDE), Image.Resampling.BICUBIC))
    full = np.array([colours[name] for name in NAMES], dtype=np.float64)
    ends = full + CALM * (full[1] - full)
    channels = [np.interp(smooth, (-1.0, 0.0, 1.0), ends[:, channel]) for channel in range(3)]
    return Image.fromarray(np.rint(np.stack(channels, axis=-1)).astype(np.uint8))


def with_points(
    image: Image.Image, samples: Samples, bounds: Bounds, colours: Mapping[str, Colour]
) -> Image.Image:
    """Return the image with every sample as a dot of its class in a white rim."""
    large = image.resize((SIDE * FINER, SIDE * FINER), Image.Resampling.BILINEAR)
    draw = ImageDraw.Draw(large)
    for (x, y), label in zip(on_image(samples, bounds), samples.labels, strict=True):
        colour = colours["map_positive" if label > 0 else "map_negative"]
        for radius, fill in ((DOT + RIM, (255, 255, 255)), (DOT, colour)):
            reach = radius * FINER
            draw.ellipse((x - reach, y - reach, x + reach, y + reach), fill=fill)
    return large.resize((SIDE, SIDE), Image.Resampling.BOX)


def on_image(samples: Samples, bounds: Bounds) -> NDArray[np.float64]:
    """Return where on the large image the samples lie, shape (n, 2)."""
    lows = np.array([bounds.left, bounds.bottom])
    spans = np.array([bounds.right, bounds.top]) - lows
    places: NDArray[Any] = (samples.inputs[:, :2] - lows) / spans
    places[:, 1] = 1.0 - places[:, 1]
    return places * (SIDE * FINER - 1)
