"""`import`: make a document of a link of TensorFlow Playground."""

import argparse
from gettext import gettext as _
from pathlib import Path

from engine.errors import Refusal
from engine.exchange.links import link_document, notes, read_link, told
from playground.commands.documents import save
from playground.commands.terminal import CommandError, Exit, complain, granted, say, say_json


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "link",
        metavar="LINK",
        help=_("the address that the browser shows, in quotes: the terminal reads & otherwise"),
    )
    parser.add_argument(
        "-o",
        dest="output",
        type=Path,
        required=True,
        metavar="OUT.mgp",
        help=_("the document to write"),
    )
    parser.add_argument("--json", action="store_true", help=_("write JSON"))


def run(arguments: argparse.Namespace) -> int:
    """Make the document, write it, and say what it is and what was left out."""
    link = read_link(arguments.link)
    if isinstance(link, Refusal):
        raise CommandError(str(link), Exit.BAD_USAGE)
    document = granted(link_document(link))
    save(document, arguments.output)
    if link.notes:
        complain(notes(link))
    if arguments.json:
        say_json({"file": str(arguments.output), "nodes": len(document), "notes": link.notes})
    else:
        say(_("Wrote {path}: {what}.").format(path=arguments.output, what=told(link)))
    return Exit.FINE
