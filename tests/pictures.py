"""The pictures of the README, taken from the real window: run by `make pictures`.

Each picture is a moment of a real session, in both themes: the lecture's neuron, a training run on
moons before, during and after, what it has learned at every depth, the studio, and answers to the
question why. Nothing is drawn by hand and no number is made up; the script ends with an error if a
run does not get there.
"""

import gc
import math
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "pictures"
SIZE = (1600, 1000)
THEMES = ("dark", "light")
PATIENCE = 60.0  # seconds for one training run
COLOURS = 256  # make a third of the size, and no difference that can be seen
STEPS_DURING, STEPS_AFTER = 12, 100
STEPS_MIDWAY = 14  # ten values, the output, and three nodes that have fired
DEPTHS = ("networks", "layers", "neurons", "scalars")

sys.path.insert(0, str(ROOT))
os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PIL import Image  # noqa: E402 - the platform is chosen first
from PySide6.QtCore import QPointF, QSettings, Qt  # noqa: E402
from PySide6.QtGui import QMouseEvent, QPixmap  # noqa: E402
from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from engine.errors import accept  # noqa: E402
from engine.graph.properties import set_training  # noqa: E402
from playground.main_window import MainWindow  # noqa: E402
from playground.panels.boundary import BoundaryPanel  # noqa: E402
from playground.session import Session  # noqa: E402
from playground.settings import Settings  # noqa: E402
from playground.theme import ThemeManager  # noqa: E402

LEFT, PLAIN = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
OPTIMIZERS = (("sgd", 0.3), ("rmsprop", 0.003), ("adam", 0.03))
# A ring of one class, and within it a wave of the other.
STROKES = (
    [(4 * math.cos(turn / 5), 3.4 * math.sin(turn / 5)) for turn in range(32)],
    [(x / 8 - 2.5, 1.6 * math.sin(x / 6)) for x in range(41)],
)


@contextmanager
def opened(theme: str) -> Iterator[tuple[Session, MainWindow]]:
    """Open a window of our own in a theme."""
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder, "settings.ini"))
        settings = Settings(QSettings(path, QSettings.Format.IniFormat))
        themes = ThemeManager(theme)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        themes.dress(application)
        session = Session()
        session.open_example()
        window = MainWindow(session, settings, themes)
        window.resize(*SIZE)
        window.show()
        settle()
        yield session, window
        session.settle()
        session.stack.setClean()
        window.close()
        session.close()
        window.deleteLater()
        session.deleteLater()
    settle(0.1)
    gc.collect()  # here, and not in the worker thread of the next session


def wait_for(reached: Callable[[], bool]) -> None:
    """Let the application run until something is so."""
    end = time.monotonic() + PATIENCE
    while not reached():
        if time.monotonic() > end:
            raise SystemExit("the window did not get there in time")
        QApplication.processEvents()


def settle(seconds: float = 0.5) -> None:
    """Let layouts, plots and animations come to rest."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        QApplication.processEvents()


def take(window: MainWindow, name: str) -> None:
    """Write what the window looks like now."""
    write(window.grab(), name)


def write(shot: QPixmap, name: str) -> None:
    """Write one picture."""
    path = FOLDER / f"{name}.png"
    if not shot.save(str(path)):
        raise SystemExit(f"{path} could not be written")
    with Image.open(path) as picture:
        few = picture.convert("RGB").quantize(COLOURS, kmeans=8)
    few.save(path, optimize=True)
    print(path.relative_to(ROOT))


def welcome(theme: str) -> None:
    """What a newcomer sees first."""
    with opened(theme) as (_session, window):
        wait_for(lambda: not window.thumbnails.busy)
        take(window, f"welcome-{theme}")


def tanh_neuron(theme: str) -> None:
    """The lecture's neuron with one weight selected."""
    with opened(theme) as (session, window):
        window.hide_welcome()
        settle()
        session.set_selection([accept(session.document.find("w1"))])
        window.commands["view.fit"].trigger()
        settle()
        take(window, f"tanh-neuron-{theme}")


def moons(theme: str) -> None:
    """Moons before, during and after training."""
    with opened(theme) as (session, window):
        window.commands["add.moons"].trigger()
        session.training.pause()
        if steps(session) > 0:
            session.training.rewind()
        settle()
        window.commands["view.fit"].trigger()
        settle()
        take(window, f"moons-before-{theme}")
        session.training.play()
        wait_for(lambda: steps(session) >= STEPS_DURING)
        during = window.grab()
        wait_for(lambda: steps(session) >= STEPS_AFTER)
        session.training.pause()
        write(during, f"moons-during-{theme}")  # which takes longer than training does
        settle()
        take(window, f"moons-after-{theme}")
        for number, depth in enumerate(DEPTHS):
            window.commands[f"view.depth.{number}"].trigger()
            settle(1.0)
            window.commands["view.fit"].trigger()
            settle(1.0)
            take(window, f"moons-depth-{depth}-{theme}")


def whose_gradient(theme: str) -> None:
    """A sample that is pointed at, and what it has in the gradient of each weight."""
    with opened(theme) as (session, window):
        window.commands["add.moons"].trigger()
        wait_for(lambda: steps(session) >= STEPS_DURING)
        session.training.pause()
        window.commands["train.whose"].trigger()
        window.commands["view.depth.2"].trigger()
        settle(1.0)
        window.commands["view.fit"].trigger()
        wait_for(lambda: session.whose.shares is not None)
        lengths = session.whose.shares.of_parameters(
            tuple(session.whose.shares.parameters.tolist())
        )
        picture = window.training_panel.boundary.picture
        x, y = session.samples.inputs[int(lengths.argmax())].tolist()
        picture.hovered.emit(x, y)
        settle(1.0)
        take(window, f"whose-gradient-{theme}")


def spiral_solved(theme: str) -> None:
    """The bundled spiral after its 800 steps, the boundary large below the canvas."""
    with opened(theme) as (session, window):
        window.hide_welcome()
        session.open_example("spiral")
        learn(session, 800)
        window.commands["view.page.boundary"].trigger()
        settle(1.0)
        window.commands["view.fit"].trigger()
        settle(1.0)
        take(window, f"spiral-solved-{theme}")


def three_classes(theme: str) -> None:
    """Three arms, told apart, and what is predicted of every sample."""
    with opened(theme) as (session, window):
        window.hide_welcome()
        session.open_example("three-classes")
        learn(session, 500)
        window.commands["view.page.results"].trigger()
        settle(1.0)
        window.commands["view.fit"].trigger()
        settle(1.0)
        take(window, f"three-classes-{theme}")


def drawn_data(theme: str) -> None:
    """Two classes that the mouse drew, while it still does, and a network that learns them."""
    with opened(theme) as (session, window):
        window.hide_welcome()
        session.new()
        settle()
        window.commands["train.draw"].trigger()
        settle()
        boundary = window.training_panel.boundary
        for number, places in enumerate(STROKES):
            boundary.drawing.choose(number)
            stroke(boundary, places)
        boundary.offer.click()
        settle(1.0)
        learn(session, 300)
        window.commands["view.fit"].trigger()
        settle(1.0)
        take(window, f"drawn-data-{theme}")


def three_runs(theme: str) -> None:
    """The losses of three optimisers from the same weights, over each other."""
    with opened(theme) as (session, window):
        window.hide_welcome()
        session.open_example("spiral")
        for optimizer, rate in OPTIMIZERS:
            if steps(session) > 0:
                session.training.rewind()
            session.do(set_training(session.document, optimizer=optimizer, learning_rate=rate))
            settle()
            learn(session, 800)
        window.commands["view.page.loss"].trigger()
        settle(1.0)
        window.commands["view.fit"].trigger()
        settle(1.0)
        take(window, f"three-runs-{theme}")


def why_card(theme: str) -> None:
    """Why a weight of the lecture's neuron has its gradient, with the way it came in violet."""
    with asked("tanh-neuron", theme) as (session, window):
        session.set_selection([accept(session.document.find("w1"))])
        settle()
        window.commands["insight.why"].trigger()
        settle(1.0)
        take(window, f"why-card-{theme}")


def stepper_midway(theme: str) -> None:
    """The neuron half-way back, one node after the other."""
    with asked("neuron-in-steps", theme) as (_session, window):
        window.commands["step.order"].trigger()
        settle(1.0)
        window.commands["view.fit"].trigger()
        settle()
        for _step in range(STEPS_MIDWAY):
            window.commands["step.next"].trigger()
        settle(1.0)
        take(window, f"stepper-midway-{theme}")


def path_ledger(theme: str) -> None:
    """Both ways from a to f, lit, and their sum."""
    with asked("shared-values", theme) as (session, window):
        session.set_selection([accept(session.document.find("a"))])
        settle()
        window.commands["insight.paths"].trigger()
        settle(1.0)
        window.commands["view.fit"].trigger()
        settle(1.0)
        take(window, f"path-ledger-{theme}")


def explorer_error_curve(theme: str) -> None:
    """The slope of the lecture's parabola at 3, from two points and backward, for every h."""
    with asked("parabola", theme) as (_session, window):
        window.commands["insight.explorer"].trigger()
        window.canvas.setFocus()
        settle(1.0)
        window.commands["view.fit"].trigger()
        settle(1.0)
        take(window, f"explorer-error-curve-{theme}")


def planted_bug(theme: str) -> None:
    """The lecture's bug: of two parts of a gradient the last one wins."""
    with asked("shared-values", theme) as (session, window):
        window.commands["insight.bugs"].trigger()
        page = window.studio.page("bugs")
        wait_for(lambda: page.lab.survey is not None)
        page.switches.boxes["overwrite"].click()
        wait_for(lambda: session.tracing.is_planted)
        session.set_selection([accept(session.document.find("a"))])
        settle(1.0)
        window.commands["view.fit"].trigger()
        settle(1.0)
        take(window, f"planted-bug-{theme}")


@contextmanager
def asked(example: str, theme: str) -> Iterator[tuple[Session, MainWindow]]:
    """Open a window of our own with an example, all of it in sight."""
    with opened(theme) as (session, window):
        window.hide_welcome()
        session.open_example(example)
        settle()
        window.commands["view.fit"].trigger()
        settle()
        yield session, window


def learn(session: Session, count: int) -> None:
    """Take so many steps."""
    session.training.set_speed(None)
    session.training.step(count)
    wait_for(lambda: not session.training.running)
    settle()


def stroke(boundary: BoundaryPanel, places: Sequence[tuple[float, float]]) -> None:
    """Draw a line with the left button of the mouse."""
    port = boundary.picture._plot.viewport()
    spots = [
        port.mapFrom(boundary.picture, boundary.picture.position_of(*place).toPoint())
        for place in places
    ]
    QTest.mousePress(port, LEFT, pos=spots[0])
    for spot in spots:
        seen = port.mapToGlobal(QPointF(spot))
        QApplication.sendEvent(
            port, QMouseEvent(QMouseEvent.Type.MouseMove, QPointF(spot), seen, LEFT, LEFT, PLAIN)
        )
        settle(0.05)
    QTest.mouseRelease(port, LEFT, pos=spots[-1])
    settle(0.1)


def steps(session: Session) -> int:
    """Return how many steps have been taken."""
    snapshot = session.training.snapshot
    return snapshot.step if snapshot is not None else 0


ALL = (
    welcome,
    tanh_neuron,
    moons,
    whose_gradient,
    spiral_solved,
    three_classes,
    drawn_data,
    three_runs,
    why_card,
    stepper_midway,
    path_ledger,
    explorer_error_curve,
    planted_bug,
)


def main() -> None:
    """Take all pictures, or those of the functions that are named."""
    wanted = [one for one in ALL if one.__name__ in sys.argv[1:]] or ALL
    FOLDER.mkdir(parents=True, exist_ok=True)
    application = QApplication([])
    for theme in THEMES:
        for picture in wanted:
            picture(theme)
    application.quit()


if __name__ == "__main__":
    main()
