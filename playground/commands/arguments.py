"""How the words of the command line become numbers and keys, and what is said when they do not.

Each function is the `type` of an argument of argparse: it gets what was typed and returns what it
means. What it cannot read is an `ArgumentTypeError`, whose words argparse puts behind the name of
the argument.
"""

from argparse import ArgumentTypeError
from collections.abc import Callable, Iterable
from gettext import gettext as _

from engine.errors import Refusal
from engine.exchange.program import typed_in
from engine.exchange.typed import Typed
from engine.graph.streams import Seed

MOST = 1_000_000_000


def whole(text: str) -> int:
    """Return a whole number."""
    try:
        return int(text)
    except ValueError:
        words = _("write a whole number such as 100, not {text}")
        raise ArgumentTypeError(words.format(text=text or "''")) from None


def seed(text: str) -> Seed:
    """Return a seed: a whole number, or a text as links of TensorFlow Playground have it."""
    try:
        return int(text)
    except ValueError:
        return text


def decimal(text: str) -> float:
    """Return a number."""
    try:
        return float(text)
    except ValueError:
        words = _("write a number such as 0.1 or 1e-4, not {text}")
        raise ArgumentTypeError(words.format(text=text or "''")) from None


def optional(none: str, number: Callable[[str], float]) -> Callable[[str], float | None]:
    """Return what reads a number, or None where a word such as "all" stands."""

    def read(text: str) -> float | None:
        return None if text.strip().casefold() == none.casefold() else number(text)

    return read


def count(text: str) -> int:
    """Return a whole number from 0 on."""
    number = whole(text)
    if not 0 <= number <= MOST:
        raise ArgumentTypeError(
            _("write a number from 0 to a billion, not {text}").format(text=text)
        )
    return number


def positive(text: str) -> int:
    """Return a whole number from 1 on."""
    number = count(text)
    if number == 0:
        raise ArgumentTypeError(_("write a number from 1 to a billion, not 0"))
    return number


def widths(text: str) -> tuple[int, ...]:
    """Return the widths of "2,16,16,1"."""
    try:
        return tuple(int(part) for part in text.split(","))
    except ValueError:
        words = _("widths are whole numbers with commas, such as 2,16,16,1, not {text}")
        raise ArgumentTypeError(words.format(text=text or "''")) from None


def network(text: str) -> Typed:
    """Return the network of "mlp 2 16 16 1 tanh"."""
    typed = typed_in(text)
    if isinstance(typed, Typed) and typed.template.key == "mlp":
        return typed
    words = _("write a network such as 'mlp 2 16 16 1 tanh', not {text}").format(text=text or "''")
    raise ArgumentTypeError(str(typed) if isinstance(typed, Refusal) else words)


def one_of(keys: Iterable[str]) -> Callable[[str], str]:
    """Return what finds a key however its words are joined: by a hyphen or an underscore."""
    known = {joined(key): key for key in keys}

    def found(text: str) -> str:
        return known.get(joined(text), text)

    return found


def joined(text: str) -> str:
    """Return a key as it is compared with others."""
    return text.strip().lower().replace("-", "_")
