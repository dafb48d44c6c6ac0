"""The golden pictures: what the canvas must look like, and how two pictures are compared.

Every picture is one small document at one level of detail, in one theme, at one pixel ratio.
`python -m tests.playground.canvas.golden.gallery` approves what is painted today (`make golden`).
"""

import os
import sys
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageDraw

from engine.errors import accept
from engine.graph.document import Document
from engine.graph.models import Model, model_document
from engine.graph.properties import set_frozen, set_mark
from engine.graph.verbs import add_op, add_value, connect
from engine.run.course import Course
from engine.run.evaluate import evaluate
from engine.run.trace import Trace
from tests.playground.canvas.studio import Studio

if TYPE_CHECKING:
    from playground.canvas.painting.picture import Picture

FOLDER = Path(__file__).parent / "pictures"
FAILED = Path(__file__).parents[4] / "build" / "golden"
THEMES = ("dark", "light", "contrast-dark", "contrast-light")
RATIOS = (1, 2)
COLOURS = 96  # of a picture's palette: fewer than a person can tell apart
SIZE = (400, 280)
CLEAR = 48  # by so much one of three channels of 255 must differ before it counts
MOST = 0.002  # of all pixels that may


@dataclass(frozen=True, slots=True)
class Scene:
    """A document seen from somewhere: what is at `centre` stands in the middle."""

    document: str
    zoom: float
    centre: tuple[float, float]
    heat: bool = False
    maps: bool = False
    selected: int | None = None
    steps: int = 0  # that a pass has come


SCENES = {
    "neuron-far": Scene("neuron", 0.3, (330, 240)),
    "neuron-titles": Scene("neuron", 0.4, (310, 220)),
    "neuron-numbers": Scene("neuron", 1.0, (165, 100)),
    "neuron-close": Scene("neuron", 1.8, (508, 182)),
    "neuron-heat": Scene("neuron", 0.6, (300, 300), heat=True),
    "neuron-dimmed": Scene("neuron", 0.7, (260, 210), selected=1),
    "neuron-forward": Scene("neuron", 0.6, (300, 220), steps=8),
    "neuron-backward": Scene("neuron", 0.6, (300, 220), steps=14),
    "network-far": Scene("network", 0.3, (0, 0)),
    "network-titles": Scene("network", 0.4, (-150, 0)),
    "network-numbers": Scene("network", 1.0, (-260, 0)),
    "network-maps": Scene("network", 1.0, (-300, 30), maps=True),
    "network-maps-far": Scene("network", 0.3, (0, 0), maps=True),
    "layers-maps": Scene("layers", 0.7, (-80, 0), maps=True),
    "layers-maps-alone": Scene("layers", 0.5, (-20, 40), maps=True),
    "network-heat": Scene("network", 0.3, (0, 60), heat=True),
    "cards-numbers": Scene("cards", 1.0, (0, 0)),
    "inside-numbers": Scene("inside", 0.8, (-110, 0)),
}


def neuron() -> Document:
    """Make tanh(x1·w1 + x2·w2 + b) by hand, and beside it what nothing depends on."""
    document = Document()

    def value(label: str, number: float, x: float, y: float, role: str = "constant") -> int:
        made = document.next_id
        document.apply(add_value(document, (x, y), value=number, label=label, role=role))
        return made

    def op(key: str, inputs: tuple[int, ...], x: float, y: float, label: str = "") -> int:
        made = document.next_id
        document.apply(accept(add_op(document, key, (x, y), label=label)))
        for source in inputs:
            document.apply(accept(connect(document, source, made)))
        return made

    first, weight = value("x1", 2.0, 0, 0), value("w1", -3.0, 0, 110, "parameter")
    second, other = value("x2", 0.0, 0, 250), value("w2", 1.0, 0, 360, "parameter")
    bias = value("b", 6.8813735870195432, 200, 400, "parameter")
    alone = value("unused", -0.001234, 360, 400)
    one = op("mul", (first, weight), 200, 55, "x1·w1")
    two = op("mul", (second, other), 200, 290, "x2·w2")
    total = op("add", (one, two, bias), 370, 130, "n")
    output = op("tanh", (total,), 520, 130, "o")
    op("log", (alone,), 520, 408)
    document.apply(accept(set_mark(document, output, "backward")))
    document.apply(accept(set_frozen(document, [other], on=True)))
    return document


def network() -> Document:
    """Make a small network whose neurons are folded."""
    document = accept(model_document(Model(layers=(3, 2, 1))))
    groups = document.groups.values()
    folded = frozenset(group.id for group in groups if group.template == "neuron")
    document.view = replace(document.view, folded=folded)
    return document


def layers() -> Document:
    """Make the same network with its layers folded, too."""
    document = network()
    groups = document.groups.values()
    folded = {group.id for group in groups if group.template == "layer"}
    document.view = replace(document.view, folded=document.view.folded | folded)
    return document


def cards() -> Document:
    """Make a folded network and its loss, with ports."""
    document = network()
    folded = frozenset(g.id for g in document.groups.values() if g.group is None)
    document.view = replace(document.view, folded=folded)
    return document


def inside() -> Document:
    """Make a small network and step inside its second layer."""
    document = network()
    layer = next(g.id for g in document.groups.values() if g.label == "layer 2")
    document.view = replace(document.view, current_group=layer)
    return document


DOCUMENTS = {
    "neuron": neuron,
    "network": network,
    "cards": cards,
    "inside": inside,
    "layers": layers,
}


def paint(scene: Scene, theme: str, ratio: int) -> Image.Image:
    """Paint a scene."""
    studio = Studio(DOCUMENTS[scene.document](), theme, maps=scene.maps)
    picture = studio.picture
    if scene.heat:
        from playground.canvas.frame.heat import Thermometer

        thermometer = Thermometer(picture.frame)
        picture.heat = thermometer.read(evaluate(picture.document))
    if scene.steps:
        step_through(picture, scene.steps)
    if scene.selected is not None:
        picture.dims = True
        picture.selected[scene.selected] = True
        picture.find_flow()
    x, y = scene.centre
    if scene.document != "neuron":
        rects = picture.frame.rects
        low, high = rects[:, :2].min(axis=0), (rects[:, :2] + rects[:, 2:]).max(axis=0)
        x, y = x + (low + high)[0] / 2, y + (low + high)[1] / 2
    origin = (round(SIZE[0] / 2 - x * scene.zoom), round(SIZE[1] / 2 - y * scene.zoom))
    return Image.fromarray(studio.shot(scene.zoom, ratio, SIZE, origin))


def step_through(picture: "Picture", steps: int) -> None:
    """Show a pass that has come so many steps."""
    from playground.canvas.frame.readings import Reader
    from playground.canvas.painting.picture import Lights
    from playground.canvas.stepper.follower import lit_of

    frame, course = picture.frame, Course(Trace(picture.document, evaluate(picture.document)))
    for _step in range(steps):
        step = accept(course.step())
    picture.readings = Reader(frame).read(course.trace.result())
    lit = lit_of(course, step)
    items = np.array([frame.index[node] for node in lit.nodes], np.int64)
    rows = {frame.wires.row(wire): words for wire, words in lit.wires.items()}
    told = {frame.index[node]: words for node, words in lit.captions.items()}
    picture.lights = Lights(items, rows, lit.forward, captions=told)


def file_of(name: str, theme: str, ratio: int) -> str:
    """Return the name of a picture's file."""
    return f"{name}-{theme}@{ratio}x.png"


def unlike(expected: Image.Image, actual: Image.Image) -> np.ndarray:
    """Return which pixels differ clearly; all of them, if the sizes do."""
    one, other = (np.asarray(image.convert("RGB"), np.int16) for image in (expected, actual))
    if one.shape != other.shape:
        return np.ones(other.shape[:2], bool)
    return np.abs(one - other).max(axis=2) > CLEAR


def side_by_side(expected: Image.Image, actual: Image.Image) -> Image.Image:
    """Return expected, actual and where they differ, beside each other under their names."""
    off = Image.fromarray(np.where(unlike(expected, actual), 255, 0).astype(np.uint8))
    panels = {"expected": expected, "actual": actual, "difference": off}
    width = max(panel.width for panel in panels.values()) + 8
    height = max(panel.height for panel in panels.values()) + 24
    sheet = Image.new("RGB", (width * len(panels), height), "#808080")
    pen = ImageDraw.Draw(sheet)
    for place, (name, panel) in enumerate(panels.items()):
        pen.text((place * width + 4, 6), name, fill="white")
        sheet.paste(panel.convert("RGB"), (place * width + 4, 24))
    return sheet


def approve() -> None:
    """Write today's pictures in place of yesterday's."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtWidgets import QApplication

    from playground.theme import FAMILY, interface_font

    application = QApplication([])
    if interface_font().family() != FAMILY:
        raise SystemExit(f"the golden pictures need the font {FAMILY}; Debian has fonts-inter")
    FOLDER.mkdir(exist_ok=True)
    wanted = set()
    for name, theme, ratio in product(SCENES, THEMES, RATIOS):
        path = FOLDER / file_of(name, theme, ratio)
        wanted.add(path)
        actual = paint(SCENES[name], theme, ratio)
        if path.exists() and unlike(Image.open(path), actual).mean() == 0:
            continue
        few = actual.quantize(COLOURS, kmeans=4, dither=Image.Dither.NONE)
        few.save(path, optimize=True)
        print(path.name)
    for path in set(FOLDER.glob("*.png")) - wanted:
        path.unlink()
    application.quit()


if __name__ == "__main__":
    sys.exit(approve())
