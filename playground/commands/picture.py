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
    PLANE,
    STRIP,
    Boundary,
    BoundaryProbe,
    Bounds,
    Plane,
    Reach,
    placed,
    reach_of,
)
from engine.train.metrics import classes
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
CURVE = 3.0  # the width of a curve
NAMES = ("map_negative", "map_zero", "map_positive")

Colour = tuple[int, ...]
Table = NDArray[np.float64]


def check_picture(document: Document) -> None:
    """Refuse, before any work is done, a document without a boundary to draw."""
    granted(BoundaryProbe.build(document), Exit.BAD_DOCUMENT)


def write_picture(document: Document, path: Path, theme: str = "dark") -> None:
    """Write the picture of a document's boundary as PNG."""
    samples = granted(load_samples(document.data, document.seeds), Exit.BAD_DOCUMENT)
    probe = granted(BoundaryProbe.build(document), Exit.BAD_DOCUMENT)
    probe.look(Plane(document.view.axes, document.view.held))
    colours = theme_colours(theme)
    if len(probe.axes) > 1:
        boundary = probe.measure(GRID, square(probe.bounds))
        image = heat_map(boundary, colours, reach_of(samples))
    else:
        boundary = probe.measure(SIDE)
        image = graph(boundary, colours)
    if samples is not None:
        image = with_points(image, samples, boundary, colours)
    file = io.BytesIO()
    image.save(file, "PNG", optimize=True)
    write_file(path, file.getvalue())


def theme_colours(theme: str) -> Mapping[str, Table]:
    """Return colours of a theme: of the map (3, 3), from -1 to 1, of classes (k, 3), of lines."""
    record = json.loads(resources.read_text(f"themes/{theme}.json"))
    ends = [ImageColor.getrgb(record["colours"][name]) for name in NAMES]
    more = [ImageColor.getrgb(name) for name in record["classes"]]
    table = np.array([*ends, *more], dtype=np.float64)
    ink = np.array([ImageColor.getrgb(record["colours"]["ink"])], dtype=np.float64)
    return {"map": table[:3], "classes": table[[0, 2, *range(3, len(table))]], "ink": ink}


def square(bounds: Bounds) -> Bounds:
    """Return the smallest square around a rectangle, so that the plane is not stretched.

    One that would be a strip of it fills the picture as it is: its features are of other kinds.
    """
    width, height = bounds.right - bounds.left, bounds.top - bounds.bottom
    if not 1.0 / STRIP < width / height < STRIP:
        return bounds
    half = max(width, height) / 2
    x, y = (bounds.left + bounds.right) / 2, (bounds.bottom + bounds.top) / 2
    return Bounds(x - half, x + half, y - half, y + half)


def heat_map(boundary: Boundary, colours: Mapping[str, Table], reach: Reach) -> Image.Image:
    """Return the scores as colours, of more than two classes those of the winners."""
    if boundary.scores.ndim > 2:
        each = np.arange(boundary.classes) % len(colours["classes"])
        ways = (1.0 - CALM) * (colours["classes"][each] - colours["map"][1])
        smooth = colours["map"][1] + np.tensordot(resized(boundary.leads), ways, (0, 0))
        return picture_of(smooth)
    full = colours["map"]
    ends = full + CALM * (full[1] - full)
    [shades] = resized(boundary.shades(reach)[None])
    channels = [np.interp(shades, (-1.0, 0.0, 1.0), ends[:, channel]) for channel in range(3)]
    return picture_of(np.stack(channels, axis=-1))


def graph(boundary: Boundary, colours: Mapping[str, Table]) -> Image.Image:
    """Return the prediction along one feature as a curve."""
    size = SIDE * FINER
    ground, ink = (
        tuple(np.rint(colour).astype(int).tolist())
        for colour in (colours["map"][1], colours["ink"][0])
    )
    large = Image.new("RGB", (size, size), ground)
    bounds = boundary.bounds
    up = (boundary.curve - bounds.bottom) / (bounds.top - bounds.bottom)
    across = np.linspace(0, size - 1, boundary.side)
    known = np.isfinite(up)
    line = np.column_stack((across, (1.0 - np.clip(up, -1.0, 2.0)) * (size - 1)))[known]
    ImageDraw.Draw(large).line(line.flatten().tolist(), ink, round(CURVE * FINER), "curve")
    return large.resize((SIDE, SIDE), Image.Resampling.BOX)


def resized(grids: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return grids in the size of the image, which begins at the top."""
    images = (Image.fromarray(grid[::-1]) for grid in grids)
    smooth = (image.resize((SIDE, SIDE), Image.Resampling.BICUBIC) for image in images)
    return np.stack([np.asarray(image) for image in smooth])


def picture_of(colours: Table) -> Image.Image:
    """Return an image of these colours."""
    return Image.fromarray(np.rint(np.clip(colours, 0.0, 255.0)).astype(np.uint8))


def with_points(
    image: Image.Image, samples: Samples, boundary: Boundary, colours: Mapping[str, Table]
) -> Image.Image:
    """Return the image with every sample as a dot of its class, or number, in a white rim."""
    large = image.resize((SIDE * FINER, SIDE * FINER), Image.Resampling.BILINEAR)
    draw = ImageDraw.Draw(large)
    fills = dot_colours(samples, colours)
    for (x, y), colour in zip(
        on_image(samples, boundary.bounds, boundary.axes), fills, strict=True
    ):
        for radius, fill in ((DOT + RIM, (255, 255, 255)), (DOT, colour)):
            reach = radius * FINER
            draw.ellipse((x - reach, y - reach, x + reach, y + reach), fill=fill)
    return large.resize((SIDE, SIDE), Image.Resampling.BOX)


def dot_colours(samples: Samples, colours: Mapping[str, Table]) -> list[Colour]:
    """Return the colour of each sample."""
    if samples.classes:
        rows = colours["classes"][classes(samples.labels) % len(colours["classes"])]
    else:
        places = reach_of(samples).share(samples.labels)
        ends = colours["map"].T
        rows = np.stack([np.interp(places, (-1.0, 0.0, 1.0), end) for end in ends], axis=-1)
    return [tuple(row) for row in np.rint(rows).astype(int).tolist()]


def on_image(
    samples: Samples, bounds: Bounds, axes: tuple[int, ...] = PLANE
) -> NDArray[np.float64]:
    """Return where on the large image the samples lie, shape (n, 2)."""
    lows = np.array([bounds.left, bounds.bottom])
    spans = np.array([bounds.right, bounds.top]) - lows
    places: NDArray[Any] = (placed(samples.inputs, samples.labels, axes) - lows) / spans
    places[:, 1] = 1.0 - places[:, 1]
    return places * (SIDE * FINER - 1)
