"""The arguments of templates: what each is called, what it may be, and what it is at first.

One record an argument; the form that edits a group, the command line and typed templates such as
`mlp 2 4 4 1 tanh` are derived from them. A value is plain data, as it stands in a file: a number,
a word, or a tuple of either.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from gettext import gettext as _
from typing import Any, Literal

from engine import ops
from engine.errors import Refusal
from engine.graph.schemes import MICROGRAD, scheme_names

LINEAR = "linear"
MOST_UNITS = 4096

Kind = Literal["inputs", "width", "widths", "word", "words", "number"]


def activations() -> tuple[str, ...]:
    """Return the keys of all activations that a neuron may have, the linear one first.

    One without a slope anywhere is none of them: no weight before it would ever learn.
    """
    known = (op for op in ops.OPS.values() if op.category == "activations")
    return (LINEAR, *(op.key for op in known if set(op.derivatives) != {"0"}))


def no_choice() -> tuple[str, ...]:
    """Return the words of an argument that is no word."""
    return ()


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a template.

    `kind` is "inputs" (a width that the wires decide), "width" (units), "widths" (of layers),
    "word" (one of `choices`), "words" (one for all, or a tuple of one for each layer) or "number"
    (from `low` to `high`). A width is at least `low`, too. `what` is how a sentence calls one of
    the things to choose from.
    """

    key: str
    title: str
    kind: Kind
    default: Any
    choices: Callable[[], tuple[str, ...]] = no_choice
    what: str = ""
    low: float = 0.0
    high: float = 1e6

    def check(self, value: Any) -> Refusal | None:
        """Return why it cannot have this value, None if it can."""
        if self.kind in ("inputs", "width"):
            few = isinstance(value, int) and value < self.low
            return self._too_few() if few else _check_widths((value,))
        if self.kind == "widths":
            return _check_widths(value)
        if self.kind == "number":
            return self._check_number(value)
        several = self.kind == "words" and isinstance(value, list | tuple)
        words = tuple(value) if several else (value,)
        return next((self._unknown(word) for word in words if word not in self.choices()), None)

    def _unknown(self, word: object) -> Refusal:
        return Refusal(
            _("There is no {what} {name!r}").format(what=self.what, name=word),
            "",
            _("Choose one of {names}").format(names=", ".join(self.choices())),
        )

    def _too_few(self) -> Refusal:
        return Refusal(
            _("{title}: at least {low:g} are needed").format(title=self.title, low=self.low)
        )

    def _check_number(self, value: Any) -> Refusal | None:
        if isinstance(value, int | float) and self.low <= value <= self.high:
            return None
        return Refusal(
            _("{title} lies between {low:g} and {high:g}").format(
                title=self.title, low=self.low, high=self.high
            )
        )


def _check_widths(widths: Any) -> Refusal | None:
    known = isinstance(widths, list | tuple) and bool(widths)
    if known and all(type(w) is int and 1 <= w <= MOST_UNITS for w in widths):
        return None
    return Refusal(
        _("A layer has between 1 and {most} units").format(most=MOST_UNITS),
        "",
        _("Write the widths as 16,16,1"),
    )


def defaults(arguments: tuple[Argument, ...]) -> Mapping[str, Any]:
    """Return what each argument is at first, by its key."""
    return {argument.key: argument.default for argument in arguments}


def spread(activation: Any, layers: int) -> tuple[str, ...]:
    """Return the activation of each layer of an MLP.

    One word is that of all layers but the last, which is linear; several are one for each.
    """
    if isinstance(activation, str):
        return (activation,) * (layers - 1) + (LINEAR,)
    return tuple(activation)


def gathered(words: tuple[str, ...], present: Any) -> str | tuple[str, ...]:
    """Return the activations of layers as one word if one says as much, the present one first."""
    for word in (present, words[0]):
        if isinstance(word, str) and spread(word, len(words)) == words:
            return word
    return words


INPUTS = Argument("inputs", _("Inputs"), "inputs", 2)
UNITS = Argument("units", _("Units"), "width", 4)
LAYERS = Argument("layers", _("Layers"), "widths", (4, 4, 1))
ACTIVATION = Argument("activation", _("Activation"), "word", "tanh", activations, _("activation"))
ACTIVATIONS = replace(ACTIVATION, kind="words")
INIT = Argument(
    "init", _("Initial weights"), "word", MICROGRAD, scheme_names, _("way to draw weights")
)
CLASSES = Argument("classes", _("Classes"), "width", 3, low=2)
STRENGTH = Argument("strength", _("Strength"), "number", 0.001)
FEATURE_WORDS = ("x1", "x2", "x1**2", "x2**2", "x1*x2", "sin(x1)", "sin(x2)")
FEATURES = Argument(
    "features", _("Features"), "words", FEATURE_WORDS, lambda: FEATURE_WORDS, _("feature")
)
