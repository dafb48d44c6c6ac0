"""What the boundary says in words: how its classes are called, what is predicted at a place."""

from gettext import gettext as _
from math import exp

from engine.graph.document import Document
from engine.graph.tables import Words
from engine.run.result import Result
from engine.train.metrics import CLASS_SCORES, THRESHOLDS
from playground.widgets.numbers import written

DIGITS = 3


def class_names(document: Document, classes: int) -> list[str]:
    """Return what the classes are called: the words of the table, else signs or numbers."""
    data = document.data
    if data.table is not None and data.target is not None:
        return names_of(data.table.words[data.target], classes)
    return names_of((), classes)


def names_of(words: Words, classes: int) -> list[str]:
    """Return what so many classes are called by these words, if there is one for each."""
    if len(words) == classes:
        return list(words)
    if classes == 2:
        return ["−1", "+1"]
    return [_("class {number}").format(number=number + 1) for number in range(classes)]


def verdict(document: Document, result: Result, link: str, names: list[str]) -> str:
    """Say what is predicted now, and how surely, as the link has it; "" if nothing is."""
    predictions = document.marked("prediction")
    numbers = [result.number(node) for node in predictions if node in result.row]
    if not numbers or len(numbers) != len(predictions):
        return ""
    if link == CLASS_SCORES and len(numbers) > 1:
        highest = max(numbers)
        powers = [exp(number - highest) for number in numbers]
        winner = numbers.index(highest)
        return sure(named(names, winner), powers[winner] / sum(powers))
    if link not in THRESHOLDS:
        return written(numbers[0], DIGITS)
    winner = int(numbers[0] > THRESHOLDS[link])
    if link == "score":
        return f"{named(names, winner)} · {written(numbers[0], DIGITS)}"
    share = numbers[0] if link == "probability" else logistic(numbers[0])
    return sure(named(names, winner), share if winner else 1.0 - share)


def sure(name: str, share: float) -> str:
    """Say a class and its probability."""
    return _("{name} · {percent} %").format(name=name, percent=f"{100 * share:.0f}")


def named(names: list[str], number: int) -> str:
    """Return the name of a class, its number if it has none."""
    return names[number] if number < len(names) else str(number + 1)


def logistic(number: float) -> float:
    """Return the probability of a logit."""
    power = exp(-abs(number))
    return 1.0 / (1.0 + power) if number >= 0 else power / (1.0 + power)
