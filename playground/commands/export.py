"""`export`: write a document as a program, a drawing or data, folded like the canvas."""

import argparse
import os
import sys
from gettext import gettext as _
from pathlib import Path

from engine.errors import Refusal
from engine.exchange.exporters import EXPORTERS
from engine.graph.depths import folded_at
from engine.graph.document import Document
from playground.commands.arguments import one_of
from playground.commands.documents import load, write_file
from playground.commands.tables import samples_text
from playground.commands.terminal import CommandError, Exit, complain, granted
from playground.platform_check import obstacle

DEPTHS = ("mlp", "layer", "neuron", "scalar")
PICTURES = {
    "svg": _("A picture of the canvas in shapes and text"),
    "png": _("A picture of the canvas in pixels"),
    "pdf": _("A picture of the canvas on a page of its size"),
}
DATA = {"csv": _("The samples with their labels, as a table")}
SCALES = (1, 2, 4)
THEMES = ("dark", "light", "contrast-dark", "contrast-light")


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    purposes = {key: exporter.purpose for key, exporter in EXPORTERS.items()}
    purposes |= PICTURES | DATA
    formats = "\n".join(f"  {key:<10} {purpose}" for key, purpose in purposes.items())
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = _("formats:") + f"\n{formats}"
    add = parser.add_argument
    add("file", metavar="FILE", type=Path, help=_("the document"))
    keys = (*EXPORTERS, *PICTURES, *DATA)
    add(
        "--to",
        type=one_of(keys),
        choices=keys,
        required=True,
        metavar="FORMAT",
        help=_("one of {formats}").format(formats=", ".join(keys)),
    )
    add("-o", dest="output", type=Path, metavar="OUT", help=_("the file to write, else print"))
    add(
        "--depth",
        type=one_of(DEPTHS),
        choices=DEPTHS,
        metavar="DEPTH",
        help=_("how deep it is unfolded: {depths} (as the document was last seen)").format(
            depths=", ".join(DEPTHS)
        ),
    )
    add(
        "--scale",
        type=int,
        choices=SCALES,
        metavar="N",
        help=_("pixels of a PNG to a unit of the canvas: {scales} (1)").format(
            scales=", ".join(map(str, SCALES))
        ),
    )
    add(
        "--theme",
        type=one_of(THEMES),
        choices=THEMES,
        metavar="NAME",
        help=_("the colours of a picture: {themes} (light)").format(themes=", ".join(THEMES)),
    )
    add("--transparent", action="store_true", help=_("leave out the background of a picture"))


def run(arguments: argparse.Namespace) -> int:
    """Export the document to a file or to standard output."""
    _check(arguments)
    document = load(arguments.file)
    folded = folded_groups(document, arguments.depth)
    if arguments.to in PICTURES:
        picture = granted(
            _picture(document, folded, arguments), Exit.BAD_DOCUMENT, str(arguments.file)
        )
        _write(picture, arguments.output)
        return Exit.FINE
    if arguments.to in DATA:
        samples = granted(samples_text(document), Exit.BAD_DOCUMENT, str(arguments.file))
        _write(samples, arguments.output)
        return Exit.FINE
    outcome = EXPORTERS[arguments.to].write(document, folded)
    text = granted(outcome, Exit.BAD_DOCUMENT, str(arguments.file))
    if arguments.output is None:
        sys.stdout.write(text)
    else:
        write_file(arguments.output, text.encode())
    return Exit.FINE


def _write(data: bytes, output: Path | None) -> None:
    if output is None:
        sys.stdout.buffer.write(data)
    else:
        write_file(output, data)


def _check(arguments: argparse.Namespace) -> None:
    """Leave with a sentence if the arguments do not fit each other."""
    astray = {
        "--scale": arguments.scale is not None and arguments.to != "png",
        "--theme": arguments.theme is not None and arguments.to not in PICTURES,
        "--transparent": arguments.transparent and arguments.to not in PICTURES,
    }
    for option in (option for option, is_astray in astray.items() if is_astray):
        words = _("{option} means nothing for {format}; leave it out.")
        raise CommandError(words.format(option=option, format=arguments.to), Exit.BAD_USAGE)
    if arguments.to in ("png", "pdf") and arguments.output is None and sys.stdout.isatty():
        words = _("A terminal shows no {format}; name a file with -o, or redirect the output.")
        raise CommandError(words.format(format=arguments.to.upper()), Exit.BAD_USAGE)


def _picture(
    document: Document, folded: frozenset[int], arguments: argparse.Namespace
) -> bytes | Refusal:
    """Paint the canvas in this process, which needs Qt but no screen."""
    if sys.platform == "linux":  # elsewhere there is always one, and offscreen there are no fonts
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    sentence = obstacle(os.environ)
    if sentence:
        raise CommandError(sentence, Exit.BAD_USAGE)
    from playground.canvas.offscreen import portrayed

    made = portrayed(
        document,
        folded,
        arguments.to,
        arguments.theme or "light",
        arguments.scale or 1,
        transparent=arguments.transparent,
    )
    if isinstance(made, Refusal):
        return made
    if made.words:
        complain(made.words)
    return made.data()


def folded_groups(document: Document, depth: str | None) -> frozenset[int]:
    """Return the groups that are folded at a depth, or as the document was last seen."""
    return document.view.folded if depth is None else folded_at(document, DEPTHS.index(depth))
