"""The pictures of the README, taken from the real window: run by `make pictures`.

Each picture is a moment of a real session, in both themes: the lecture's neuron, a training run on
moons before, during and after, and what it has learned at every depth. Nothing is drawn by hand
and no number is made up; the script ends with an error if a run does not get there.
"""

import gc
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "pictures"
SIZE = (1600, 1000)
THEMES = ("dark", "light")
PATIENCE = 60.0  # seconds for one training run
COLOURS = 256  # make a third of the size, and no difference that can be seen
STEPS_DURING, STEPS_AFTER = 12, 100
DEPTHS = ("networks", "layers", "neurons", "scalars")

sys.path.insert(0, str(ROOT))
os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PIL import Image  # noqa: E402 - the platform is chosen first
from PySide6.QtCore import QSettings  # noqa: E402
from PySide6.QtGui import QPixmap  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from engine.errors import accept  # noqa: E402
from playground.main_window import MainWindow  # noqa: E402
from playground.session import Session  # noqa: E402
from playground.settings import Settings  # noqa: E402
from playground.theme import ThemeManager  # noqa: E402


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


def steps(session: Session) -> int:
    """Return how many steps have been taken."""
    snapshot = session.training.snapshot
    return snapshot.step if snapshot is not None else 0


ALL = (welcome, tanh_neuron, moons, whose_gradient)


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
