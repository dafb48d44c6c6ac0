"""`export`: write a document as a program, a drawing or data, folded like the canvas."""

import argparse
import sys
from gettext import gettext as _
from pathlib import Path

from engine.exchange.exporters import EXPORTERS
from engine.graph.depths import folded_at
from engine.graph.document import Document
from playground.commands.arguments import one_of
from playground.commands.documents import load, write_file
from playground.commands.terminal import CommandError, Exit, granted

DEPTHS = ("mlp", "layer", "neuron", "scalar")
PICTURES = ("svg", "png", "pdf")


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    formats = "\n".join(f"  {e.key:<10} {e.purpose}" for e in EXPORTERS.values())
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = _("formats:") + f"\n{formats}"
    add = parser.add_argument
    add("file", metavar="FILE", type=Path, help=_("the document"))
    keys = (*EXPORTERS, *PICTURES)
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


def run(arguments: argparse.Namespace) -> int:
    """Export the document to a file or to standard output."""
    exporter = EXPORTERS.get(arguments.to)
    if exporter is None:
        words = _("Pictures as {format} are not written yet. Choose one of {formats}.")
        formats = ", ".join(EXPORTERS)
        words = _("Pictures as {format} are not written yet. Choose one of {formats}.")
        formats = ", ".join(EXPORTERS)
        raise CommandError(words.format(format=arguments.to, formats=formats), Exit.BAD_USAGE)
    document = load(arguments.file)
    folded = folded_groups(document, arguments.depth)
    text = granted(exporter.write(document, folded), Exit.BAD_DOCUMENT, str(arguments.file))
    if arguments.output is None:
        sys.stdout.write(text)
    else:
        write_file(arguments.output, text.encode("utf-8"))
    return Exit.FINE


def folded_groups(document: Document, depth: str | None) -> frozenset[int]:
    """Return the groups that are folded at a depth, or as the document was last seen."""
    return document.view.folded if depth is None else folded_at(document, DEPTHS.index(depth))
