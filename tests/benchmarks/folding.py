"""Times folding and unfolding: `python -m tests.benchmarks.folding PART`, prints JSON.

`canvas.py` runs it, a process for each part. The glide and the flight of the camera are stepped by
hand, so that a frame is what one tick costs and every run paints the same ones.
"""

import json
import sys
import time
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QVariantAnimation
from PySide6.QtWidgets import QApplication

from engine.errors import accept
from engine.graph.depths import folded_at
from engine.graph.models import Model, model_document
from playground.app import make_application
from tests.benchmarks.documents import network
from tests.benchmarks.drawing import Desk, Figures, settle
from tests.benchmarks.task import TASKS

TICKS = range(0, 150, 10)  # milliseconds into the way, as a screen of 100 frames a second asks
REPEATS = 6
SCALARS = 3


def moons() -> Figures:
    """Time one neuron among 1,000 visible things, and all neurons at once."""
    document = accept(model_document(Model(layers=(16, 24, 1))))
    desk = Desk(document)
    session, canvas = desk.session, desk.canvas
    neurons = [one.id for one in document.groups.values() if one.template == "neuron"]
    session.set_view(folded=frozenset(neurons[:5]))
    canvas.fit()
    settle()
    assert 950 <= len(canvas._scene.hits) <= 1_050, len(canvas._scene.hits)
    single = stepped(desk, lambda: session.toggle_fold(neurons[0]))
    depths = iter([2, SCALARS] * REPEATS)
    every = stepped(desk, lambda: canvas.fold_to(folded_at(session.document, next(depths))))
    desk.close()
    return {"first": single["first"], "frame": single["frame"]} | {
        "depth first": every["first"],
        "depth frame": every["frame"],
    }


def large() -> Figures:
    """Time 784-100-50-1: its network into folded layers and back."""
    document = network(TASKS[4])
    document.view = replace(document.view, folded=folded_at(document, 1))
    desk = Desk(document)
    canvas = desk.canvas
    depths = iter([0, 1] * REPEATS)
    found = stepped(desk, lambda: canvas.fold_to(folded_at(desk.session.document, next(depths))))
    desk.close()
    return found


def stepped(desk: Desk, fold: Callable[[], object]) -> Figures:
    """Return the median seconds to the first frame, and those of 95 % of the frames after it."""
    canvas, glide = desk.canvas, desk.canvas._glide
    flight = canvas._camera._flight
    canvas.set_motion(True)
    firsts, frames = [], []
    for _repeat in range(2 * REPEATS):
        start = time.process_time()
        fold()
        canvas.viewport().repaint()
        firsts.append(time.process_time() - start)
        assert glide.runs, "nothing glides"
        for animation in (glide._animation, flight):
            if animation.state() is QVariantAnimation.State.Running:
                animation.pause()
        for tick in TICKS:
            start = time.process_time()
            glide._animation.setCurrentTime(tick)
            if flight.goal is not None:
                flight.setCurrentTime(tick)
            canvas.viewport().repaint()
            frames.append(time.process_time() - start)
        glide.stop()
        canvas._camera.settle()
        settle()
    firsts, frames = sorted(firsts[2:]), sorted(frames[2 * len(TICKS) :])  # the first two warm up
    return {"first": firsts[len(firsts) // 2], "frame": frames[int(0.95 * len(frames))]}


PARTS: dict[str, Callable[[], Figures]] = {"moons": moons, "large": large}


def main(part: str) -> None:
    """Print the figures of one part."""
    application = QApplication.instance() or make_application()
    assert application is not None
    print(json.dumps(PARTS[part]()))


if __name__ == "__main__":
    main(sys.argv[1])
