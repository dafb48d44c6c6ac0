"""`demo`: the main job without a window: make the moons document, train it, picture it."""

import argparse
from gettext import gettext as _
from pathlib import Path

from engine.graph.models import Model, model_document
from playground.commands.documents import save
from playground.commands.picture import write_picture
from playground.commands.terminal import CommandError, Exit, complain, granted, say
from playground.commands.train import trained, words


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "--folder",
        type=Path,
        default=Path("moons-demo"),
        metavar="FOLDER",
        help=_("where to write moons.mgp and moons.png (moons-demo)"),
    )


def run(arguments: argparse.Namespace) -> int:
    """Make, train, picture, and say what came of it."""
    folder: Path = arguments.folder
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CommandError(
            _("{folder} cannot be made: {reason}.").format(folder=folder, reason=error.strerror)
        ) from error
    document = granted(model_document(Model()))
    say(_("Two moons, a network of 337 parameters, micrograd's demo: 100 steps."))
    done = trained(document, 100, None)
    save(document, folder / "moons.mgp")
    write_picture(document, folder / "moons.png")
    say(words(done))
    say(_("document  {path}").format(path=(folder / "moons.mgp").resolve()))
    say(_("boundary  {path}").format(path=(folder / "moons.png").resolve()))
    if done.snapshot.problem is not None:
        complain(f"{done.snapshot.problem.text}.")
        return Exit.BAD_DOCUMENT
    return Exit.FINE
