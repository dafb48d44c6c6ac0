"""`predict`: what a document says of rows of a table, or of rows that are typed."""

import argparse
import math
import sys
from dataclasses import dataclass
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path
from typing import Any

import numpy as np

from engine.exchange.asking import Questions, answer_cells, answer_titles, questions
from engine.exchange.delimited import MAX_BYTES, raw_rows, read_delimited, write_rows
from engine.train.metrics import r_squared
from engine.train.predict import Forecast, Predictor, right
from playground.commands.documents import load, read_bytes, write_file
from playground.commands.terminal import CommandError, Exit, complain, granted, say, say_json

STDIN = "-"


@dataclass(frozen=True, slots=True)
class Source:
    """Where rows come from: their text, what it is called in sentences, and who is to blame."""

    data: bytes
    about: str
    code: Exit
    header: bool | None = None


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("file", metavar="FILE", type=Path, help=_("the document"))
    rows = parser.add_mutually_exclusive_group(required=True)
    rows.add_argument(
        "--input",
        metavar="ROWS.csv",
        help=_(
            "a table with a column for each feature, by name or else in their order; - reads it"
            " from standard input"
        ),
    )
    rows.add_argument(
        "--row",
        metavar="X,…",
        action="append",
        help=_("the features of one row, such as 0.5,-1.2; may be given again"),
    )
    parser.add_argument(
        "--output",
        metavar="OUT.csv",
        type=Path,
        help=_("write the rows with what is predicted here, not to standard output"),
    )
    parser.add_argument("--json", action="store_true", help=_("write JSON"))


def run(arguments: argparse.Namespace) -> int:
    """Predict and write the rows, with columns for outputs, probabilities and class."""
    document = load(arguments.file)
    predictor = granted(Predictor.build(document), Exit.BAD_DOCUMENT, str(arguments.file))
    source = _source(arguments)
    sheet = granted(read_delimited(source.data, source.header), source.code, source.about)
    if sheet is None:
        raise CommandError(_("{path} was not read.").format(path=source.about))
    asked = granted(questions(sheet, predictor.asked), source.code, source.about)
    if asked.by_order:
        wanted = ", ".join(predictor.asked.features)
        words = _("{about}: the columns are taken as {wanted}, in their order.")
        complain(words.format(about=source.about, wanted=wanted))
    forecast = granted(predictor.predict(asked.inputs), source.code, source.about)
    if arguments.json:
        say_json(report(asked, forecast))
    if arguments.json and arguments.output is None:
        return Exit.FINE
    names = [column.name for column in sheet.columns]
    if not sheet.header and len(names) == len(predictor.asked.features):
        names = list(predictor.asked.features)
    rows = raw_rows(source.data, header=sheet.header)
    told = zip(rows, answer_cells(forecast), strict=True)
    titles = (*names, *answer_titles(forecast, names))
    text = write_rows(titles, (cells + added for cells, added in told))
    strange = _strange(forecast)
    if strange:
        complain(_problem(forecast, strange[0]))
    if arguments.output is None:
        sys.stdout.write(text.decode())
        return Exit.FINE
    write_file(arguments.output, text)
    if not arguments.json:
        say(_summary(asked, forecast, arguments.output))
    return Exit.FINE


def report(asked: Questions, forecast: Forecast) -> dict[str, Any]:
    """Return what is predicted as plain data; numbers that are not finite are None."""
    rows = []
    strange = set(_strange(forecast))
    for row, (inputs, outputs) in enumerate(
        zip(asked.inputs.tolist(), forecast.outputs.tolist(), strict=True)
    ):
        told: dict[str, Any] = {"inputs": inputs, "outputs": [_finite(n) for n in outputs]}
        if forecast.probabilities is not None:
            told["probabilities"] = [_finite(n) for n in forecast.probabilities[row].tolist()]
        if forecast.chosen is not None:
            told["class"] = forecast.word(row) or None
        if row in strange:
            told["problem"] = _problem(forecast, row)
        rows.append(told)
    meant = forecast.asked
    return {
        "features": list(meant.features),
        "outputs": list(meant.outputs),
        "link": meant.link,
        "classes": list(meant.classes),
        "rows": rows,
        **_quality(asked, forecast),
    }


def _source(arguments: argparse.Namespace) -> Source:
    if arguments.row is not None:
        data = "\n".join(arguments.row).encode("utf-8", "replace")
        return Source(data, "--row", Exit.BAD_USAGE, header=False)
    if arguments.input == STDIN:
        return Source(sys.stdin.buffer.read(MAX_BYTES + 1), _("standard input"), Exit.BAD_DOCUMENT)
    data = read_bytes(Path(arguments.input), MAX_BYTES)
    return Source(data, arguments.input, Exit.BAD_DOCUMENT)


def _quality(asked: Questions, forecast: Forecast) -> dict[str, float | None]:
    """Return how good predictions are where the table says what is true."""
    if asked.truth is None:
        return {}
    known = np.isfinite(asked.truth)
    if not known.any():
        return {}
    if forecast.chosen is not None:
        return {"accuracy": float(right(forecast, asked.truth)[known].mean())}
    return {"r2": r_squared(forecast.outputs[known, 0], asked.truth[known])}


def _summary(asked: Questions, forecast: Forecast, path: Path) -> str:
    count = len(forecast)
    words = ngettext("{count:,} row is in {path}", "{count:,} rows are in {path}", count)
    parts = [words.format(count=count, path=path)]
    for name, number in _quality(asked, forecast).items():
        if name == "accuracy" and number is not None:
            parts.append(_("{percent:.1f} % of them right").format(percent=100 * number))
        elif number is not None:
            parts.append(f"R² {number:.4f}")
    return ", ".join(parts) + "."


def _strange(forecast: Forecast) -> list[int]:
    """Return the rows with an output that is not finite."""
    bad: list[int] = np.flatnonzero(~np.isfinite(forecast.outputs).all(axis=1)).tolist()
    return bad


def _problem(forecast: Forecast, row: int) -> str:
    """Say which output of a row is not finite."""
    outputs = zip(forecast.asked.outputs, forecast.outputs[row].tolist(), strict=True)
    name, number = next((n, o) for n, o in outputs if not math.isfinite(o))
    return _("In row {row} {name} is {number}.").format(row=row + 1, name=name, number=number)


def _finite(number: float) -> float | None:
    return number if math.isfinite(number) else None
