"""Tables on the command line: the options of `new` about own data, and samples written as CSV.

Roles that nobody gives are guessed, as the window's dialog does.
"""

import argparse
from dataclasses import replace
from gettext import gettext as _
from pathlib import Path

from engine.errors import Refusal
from engine.exchange.delimited import MAX_BYTES, read_delimited, write_delimited
from engine.exchange.sheets import Roles, Sheet, guess_classes, guess_roles, no_column, taken
from engine.graph.document import Document
from engine.graph.records import DataSettings
from engine.train.samples import load_samples, table_of
from playground.commands.documents import read_bytes
from playground.commands.terminal import CommandError, Exit, complain, granted

KINDS = ("classes", "number")


def declare_table(parser: argparse.ArgumentParser) -> None:
    """Declare the options about a table, which takes the place of a data set."""
    add = parser.add_argument_group(_("own data, in place of a data set")).add_argument
    add("--table", metavar="FILE.csv", type=Path, help=_("take the rows of this table"))
    add("--target", metavar="NAME", help=_("the column to learn; if not given, it is guessed"))
    add(
        "--features",
        metavar="NAME,…",
        help=_("the columns to learn from; if not given, all others that can be used"),
    )
    add(
        "--target-is",
        choices=KINDS,
        help=_("what the target is; if not given, it is guessed"),
    )
    add(
        "--standardise",
        action="store_true",
        help=_("shift and scale each feature to mean 0 and deviation 1"),
    )
    add("--skip-gaps", action="store_true", help=_("leave out rows with gaps"))


def table_data(arguments: argparse.Namespace) -> DataSettings | None:
    """Return the data that the options about a table describe, None if there is no table."""
    if arguments.table is None:
        given = (arguments.target, arguments.features, arguments.target_is)
        if any(given) or arguments.standardise or arguments.skip_gaps:
            words = _("--target, --features and the like are about a --table; name one.")
            raise CommandError(words, Exit.BAD_USAGE)
        return None
    path: Path = arguments.table
    about = str(path)
    sheet = granted(read_delimited(read_bytes(path, MAX_BYTES)), Exit.BAD_DOCUMENT, about)
    if sheet is None:
        raise CommandError(_("{path} was not read.").format(path=path))
    roles = granted(_roles(sheet, arguments))
    made = granted(
        taken(sheet, roles, skip=arguments.skip_gaps, seed=arguments.seed),
        Exit.BAD_DOCUMENT,
        about,
    )
    for note in made.notes:
        complain(f"{path}: {note}.")
    return DataSettings(
        test_share=arguments.test_share,
        table=made.table,
        features=made.features,
        target=made.target,
        standardise=arguments.standardise,
        source=path.name,
    )


def samples_text(document: Document) -> bytes | Refusal:
    """Return the samples of a document as CSV, or why there are none."""
    samples = load_samples(document.data, document.seeds)
    if isinstance(samples, Refusal):
        return samples
    if samples is None:
        return Refusal(_("The document has no data"))
    return write_delimited(document.data.table or table_of(samples)[0])


def _roles(sheet: Sheet, arguments: argparse.Namespace) -> Roles | Refusal:
    """Return the guessed roles, or those that are given by name."""
    roles = guess_roles(sheet)
    if arguments.target is not None:
        target = _column(sheet, arguments.target)
        if isinstance(target, Refusal):
            return target
        features = [k for k in roles.features if k != target]
        before = roles.target
        if before is not None and before != target and not sheet.columns[before].words:
            features = sorted([*features, before])
        roles = Roles(tuple(features), target, guess_classes(sheet.columns[target]))
    if arguments.features is not None:
        found = [_column(sheet, name) for name in arguments.features.split(",")]
        for one in found:
            if isinstance(one, Refusal):
                return one
        roles = replace(roles, features=tuple(one for one in found if isinstance(one, int)))
    if arguments.target_is is not None:
        roles = replace(roles, classes=arguments.target_is == KINDS[0])
    return roles


def _column(sheet: Sheet, name: str) -> int | Refusal:
    """Return the number of a column by its name."""
    names = [column.name for column in sheet.columns]
    if name.strip() in names:
        return names.index(name.strip())
    return no_column(name, names)
