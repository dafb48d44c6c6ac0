"""The columns of the page that predicts: which there are, and how what is typed is read."""

from dataclasses import dataclass
from gettext import gettext as _
from typing import Literal

from PySide6.QtCore import Qt

from engine.errors import Refusal
from engine.exchange.expressions import parse_number
from engine.graph.tables import Words
from engine.train.metrics import CLASS_SCORES
from engine.train.predict import Asked
from playground.panels.boundary.words import names_of


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what it shows, and the how manieth of its kind it is."""

    kind: Literal["feature", "truth", "target", "output", "share", "class", "right", "error"]
    place: int
    title: str
    tip: str = ""


def called(asked: Asked) -> list[str]:
    """Return what the classes are called on screen, as the boundary has it."""
    worded = asked.samples is not None and asked.samples.words
    return names_of(asked.classes if worded else (), len(asked.classes))


def laid_out(asked: Asked | None, *, truth: bool) -> tuple[Column, ...]:
    """Return the columns for what is asked: features, what is true if known, what is predicted.

    The verdict comes before its reasons, of which there may be more than there is room for.
    """
    if asked is None:
        return ()
    tip = _("Type a number, or 1/3; Tab goes on, Return down")
    columns = [Column("feature", k, name, tip) for k, name in enumerate(asked.features)]
    if truth:
        true = _("true {name}").format(name=asked.target)
        columns.append(
            Column("truth" if asked.classes else "target", 0, true, _("What the data say"))
        )
    if asked.classes:
        columns.append(Column("class", 0, _("class"), _("The class that is predicted")))
    if truth and asked.classes:
        columns.append(Column("right", 0, "✓", _("Whether the true class is predicted")))
    if asked.link not in (CLASS_SCORES, "probability"):
        tip = _("What the graph puts out")
        columns += [Column("output", k, title, tip) for k, title in enumerate(asked.outputs)]
    if truth and not asked.classes:
        columns.append(Column("error", 0, _("error"), _("Prediction less truth")))
    if asked.classes and asked.link != "score":
        tip = _("How probable the network takes class {name} to be")
        columns += [
            Column("share", k, name, tip.format(name=name)) for k, name in enumerate(called(asked))
        ]
    return tuple(columns)


def number_of(text: str, meanings: Words) -> float | Refusal:
    """Return the number that is typed for a feature: a word of the table, or any expression."""
    if text in meanings:
        return float(meanings.index(text))
    plain = text.replace("−", "-")
    number = parse_number(plain)
    if isinstance(number, Refusal) and plain.count(",") == 1 and "." not in plain:
        decimal = parse_number(plain.replace(",", "."))
        number = number if isinstance(decimal, Refusal) else decimal
    return number


def alignment(column: Column) -> Qt.AlignmentFlag:
    """Return where the text of a column stands: numbers at the right."""
    if column.kind in ("class", "truth", "share"):
        return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    if column.kind == "right":
        return Qt.AlignmentFlag.AlignCenter
    return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
