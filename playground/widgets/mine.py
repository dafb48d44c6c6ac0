"""The templates of a person's own, as far as the window has read them from its library.

The library alone puts them here, all at once; catalogue, search and additions look them up by the
text of their items, such as "mine:my-neuron", as they look up ops and templates in their tables.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from engine.graph.own import OwnTemplate

KIND = "mine"

_mine: dict[str, OwnTemplate] = {}
MINE: Mapping[str, OwnTemplate] = MappingProxyType(_mine)


def put_out(templates: Iterable[OwnTemplate]) -> None:
    """Offer these templates from now on, in the order of their names, and no others."""
    found = sorted(templates, key=lambda one: (one.name.casefold(), one.key))
    _mine.clear()
    _mine.update((one.key, one) for one in found)


def text_of_own(template: OwnTemplate) -> str:
    """Return the text of a template's item."""
    return f"{KIND}:{template.key}"


def own_texts() -> list[str]:
    """Return the texts of all items, in the order of their names."""
    return [text_of_own(template) for template in MINE.values()]


def own(text: str) -> OwnTemplate | None:
    """Return the template that an item's text means, None if it means something else."""
    kind, _colon, key = text.partition(":")
    return MINE.get(key) if kind == KIND else None
