"""Typed widths of layers: "16, 16, 1" or "16 → 16 → 1"."""

import re
from collections.abc import Sequence
from gettext import gettext as _

from engine.errors import Refusal
from engine.exchange.syntax import shown

BETWEEN = re.compile(r"\s*(?:→|->|,|;|\s)\s*")
WIDTH = re.compile(r"[0-9]{1,9}")


def parse_widths(text: str) -> tuple[int, ...] | Refusal:
    """Return the widths that a text lists, of any size."""
    words = BETWEEN.split(text.strip().rstrip(",;"))
    if all(WIDTH.fullmatch(word) for word in words):
        return tuple(int(word) for word in words)
    return Refusal(
        _("“{text}” is no list of layers").format(text=shown(text)),
        "",
        _("Write the widths as 16, 16, 1"),
    )


def widths_text(widths: Sequence[int]) -> str:
    """Return the widths of layers as they are typed."""
    return ", ".join(str(width) for width in widths)
