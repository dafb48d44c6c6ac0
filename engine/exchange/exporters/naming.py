"""Names and comments of exported code: what people wrote, made harmless.

A label may hold anything; of it come an identifier that nothing else has, and a comment that never
ends before its line. Exporters take names from here alone.
"""

import builtins
import keyword
import re
import textwrap
import unicodedata
from collections.abc import Iterable

from engine.exchange.exporters.careful import DEFINED
from engine.ops import OPS, Op

LONGEST = 40
WIDTH = 99
LONGEST_COMMENT = 2_000
GRADIENT = "_grad"
SLOPES = "_slopes"
OF_MANY = re.compile(r"(_of_\d+)?_?$")
RESERVED = frozenset(
    {
        *keyword.kwlist,
        *keyword.softkwlist,
        *dir(builtins),
        *DEFINED,
        *("Value", "Neuron", "Layer", "MLP", "math", "sys", "torch", "nn", "F", "numpy"),
        *("self", "out", "t", "inputs", "targets", "data", "rate", "rows", "order", "losses"),
        *(
            "forward",
            "backward",
            "train",
            "load",
            "batch",
            "parameters",
            "weights",
            "device",
            "stacked",
        ),
        *("objective", "step", "steps", "node", "name", "number", "module", "layer", "index"),
    }
)


class Names:
    """Gives identifiers, each once; those of an inner scope differ from all around it, too."""

    def __init__(self, around: "Names | None" = None) -> None:
        self._around = around
        self._taken: set[str] = set()
        self._last: dict[str, int] = {}  # the number that a name was given last

    def take(self, wanted: str, otherwise: str = "value") -> str:
        """Return an identifier as near to what is wanted as can be, and its gradient's with it."""
        base = identifier(wanted) or otherwise
        number = self._last.get(base, 1)
        name = base if number == 1 else f"{base}_{number}"
        while self._is_taken(name) or self._is_taken(name + GRADIENT):
            number += 1
            name = f"{base}_{number}"
        self._last[base] = number
        self._taken |= {name, name + GRADIENT}
        return name

    def _is_taken(self, name: str) -> bool:
        around = self._around
        inside = name in self._taken or name in RESERVED or is_function(name)
        return inside or (around is not None and around._is_taken(name))


def is_function(name: str) -> bool:
    """Whether a program may define a function of this name for an op."""
    return OF_MANY.sub("", name).removesuffix(SLOPES) in OPS


def function_name(op: Op, count: int) -> str:
    """Return the name of an op's function; of many inputs, there is one for each count."""
    name = f"{op.key}_of_{count}" if op.variadic else op.key
    return f"{name}_" if name in RESERVED else name


def identifier(text: str) -> str:
    """Return the text as an identifier, "" if nothing of it can be in one."""
    text = unicodedata.normalize("NFKC", text[: 4 * LONGEST])
    words = re.sub(r"\W+", "_", text).strip("_")[:LONGEST].strip("_")
    words = unicodedata.normalize("NFKC", words)
    if words[:1].isdigit():
        words = f"n{words}"
    while words and not words.isidentifier():
        words = words[1:].strip("_")
    return words


def comment(text: str, indent: int = 0) -> list[str]:
    """Return a text as lines of comment; whatever it holds, nothing of it is code."""
    lines = []
    for line in text[:LONGEST_COMMENT].splitlines():
        room = max(20, WIDTH - indent - 2)
        lines += [f"# {part}" for part in textwrap.wrap(printable(line), room)]
    return lines


def printable(text: str) -> str:
    """Return the text on one line, with a blank for whatever cannot be printed."""
    shown = (c if c.isprintable() else " " for c in text.encode("utf-8", "replace").decode())
    return " ".join("".join(shown).split())


def listed(
    items: Iterable[str], opening: str, closing: str, indent: int = 0, last: str = ","
) -> list[str]:
    """Return items between brackets: on one line if there is room, else wrapped within them."""
    texts = list(items)
    line = f"{opening}{', '.join(texts)}{closing}"
    if len(line) + indent <= WIDTH:
        return [line]
    inner, room = [""], WIDTH - indent - 4
    for place, text in enumerate(texts):
        part = text if place == len(texts) - 1 and not last else f"{text},"
        if inner[-1] and len(inner[-1]) + 1 + len(part) > room:
            inner.append("")
        inner[-1] += f" {part}" if inner[-1] else part
    return [opening, *(f"    {line}" for line in inner), closing]
