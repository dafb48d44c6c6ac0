"""Rows to predict, out of a table: which columns are the features, and what their words mean.

`predict` of the command line and the studio's page call it, with what `delimited` has read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from gettext import gettext as _
from gettext import ngettext

import numpy as np
from numpy.typing import NDArray

from engine.errors import Refusal
from engine.exchange.dialects import number_in
from engine.exchange.sheets import Column, Sheet, no_column
from engine.graph.tables import Words
from engine.train.predict import Asked, Forecast, read_truth

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Questions:
    """Raw inputs (n, features) of a table, with what is true of each row if the table says it.

    `truth` (n,) has numbers of classes or numbers, nan where there is none; None without any.
    `by_order` tells that the columns have other names and were taken in their order.
    """

    inputs: Numbers
    truth: Numbers | None = None
    by_order: bool = False


def questions(sheet: Sheet, asked: Asked) -> Questions | Refusal:
    """Find the features of a table by their names, else by their order, and read them."""
    found = _places(sheet, asked.features)
    if isinstance(found, Refusal):
        return found
    inputs = np.empty((sheet.rows, len(found)))
    for k, (place, meanings) in enumerate(zip(found, asked.meanings, strict=True)):
        column = sheet.columns[place]
        numbers = _meant(sheet, column, asked.features[k], meanings)
        if isinstance(numbers, Refusal):
            return numbers
        inputs[:, k] = numbers
    names = [column.name for column in sheet.columns]
    truth = None
    if sheet.header and asked.target in names and names.index(asked.target) not in found:
        truth = read_truth(asked, _told(sheet.columns[names.index(asked.target)]))
    return Questions(inputs, truth, sheet.header and not _named(names, asked.features))


def answer_titles(forecast: Forecast, taken: Sequence[str] = ()) -> tuple[str, ...]:
    """Name the columns that `answer_cells` writes; a name that is taken becomes another one."""
    asked = forecast.asked
    titles = list(asked.outputs)
    if forecast.probabilities is not None:
        shares = [_("p {name}").format(name=name) for name in asked.classes]
        titles = shares if asked.link == "probability" else titles + shares
    if forecast.chosen is not None:
        titles.append(_("class"))
    return tuple(_("predicted {name}").format(name=t) if t in taken else t for t in titles)


def answer_cells(forecast: Forecast) -> list[list[str]]:
    """Write outputs, probabilities and class of each row, so that they are read as the same."""
    parts = [forecast.outputs]
    if forecast.probabilities is not None:
        alone = forecast.asked.link == "probability"
        parts = [forecast.probabilities] if alone else [*parts, forecast.probabilities]
    cells = [[repr(number) for number in row] for row in np.hstack(parts).tolist()]
    if forecast.chosen is not None:
        words = (*forecast.asked.classes, "")  # the last one is that of an unknown class
        for row, number in zip(cells, forecast.chosen.tolist(), strict=True):
            row.append(words[number])
    return cells


def _named(names: Sequence[str], features: Words) -> bool:
    known = {name.casefold() for name in names}
    return all(feature.casefold() in known for feature in features)


def _places(sheet: Sheet, features: Words) -> list[int] | Refusal:
    """Return the column of each feature."""
    names = [column.name for column in sheet.columns]
    small = [name.casefold() for name in names]
    if sheet.header and _named(names, features):
        return [
            names.index(feature) if feature in names else small.index(feature.casefold())
            for feature in features
        ]
    wanted = ", ".join(features)
    nobody = not any(feature.casefold() in small for feature in features)
    if nobody or not sheet.header:
        if len(names) == len(features):
            return list(range(len(features)))
        what = _("Each row needs a cell for {wanted}, in this order").format(wanted=wanted)
        why = ngettext("there is {count} cell", "there are {count} cells", len(names))
        remedy = _("Or name the columns in the first row")
        return Refusal(what, why.format(count=len(names)), remedy)
    missing = next(feature for feature in features if feature.casefold() not in small)
    return no_column(missing, names)


def _meant(sheet: Sheet, column: Column, name: str, meanings: Words) -> Numbers | Refusal:
    """Return the numbers of a column; words are read as the document's table has them."""
    if column.gaps or not column.usable:
        return Refusal(column.problem, "", _("Correct that row"))
    if not column.words:
        return column.numbers
    known = {word: float(k) for k, word in enumerate(meanings)}
    numbers = []
    for word in column.words:
        number = known.get(word, number_in(word))
        numbers.append(np.nan if number is None or not np.isfinite(number) else number)
    read = np.array(numbers)[column.numbers.astype(np.int64)]
    bad = np.flatnonzero(np.isnan(read))
    if not len(bad):
        return read
    cell = column.words[int(column.numbers[bad[0]])]
    row = int(bad[0]) + 1 + sheet.header
    what = _("Row {row} has “{cell}” in {name}, which is no finite number")
    remedy = _("Correct that row")
    if meanings:
        what = _("Row {row} has “{cell}” in {name}, which the table does not know")
        remedy = _("Choose one of {names}").format(names=", ".join(meanings))
    return Refusal(what.format(row=row, cell=cell[:30], name=name), "", remedy)


def _told(column: Column) -> list[str] | Numbers:
    """Return the cells of a column, "" where there is nothing, or its numbers."""
    if not column.usable or not column.words:
        return column.numbers
    return ["" if np.isnan(k) else column.words[int(k)] for k in column.numbers.tolist()]
