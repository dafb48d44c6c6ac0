"""Everything that can be put on the canvas, as one list: values, ops, templates.

Derived from the engine's tables; palette, Add menu and search read it. The text of an item is
what the session understands, as in "op:tanh".
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from gettext import gettext as _

import numpy as np

from engine import ops
from engine.graph.templates import TEMPLATES, Template
from engine.ops import Attribute, Op
from engine.ops.writing import plain
from playground.actions import Action
from playground.widgets.roles import ROLE_WORDS

CURVED = "activations"
REACH = 3.0  # a curve shows the function from -3 to 3
POINTS = 49


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing to add.

    Attributes:
        text: what the session is asked to add.
        symbol, title: what stands on the tile, and its name.
        section: the title of its part of the palette.
        tip: formula and intuition.
        words: everything a search may find it by, in lower case.
        wide: whether it stands on a wide tile.
        curve: the heights of its function over [-3, 3], empty for none.
    """

    text: str
    symbol: str
    title: str
    section: str
    tip: str
    words: tuple[str, ...]
    wide: bool = False
    curve: tuple[float, ...] = ()


TEMPLATE_SECTIONS = {"networks": _("Networks"), "losses": _("Losses")}


def items() -> tuple[Item, ...]:
    """Return all items in the order of the palette."""
    return (*values(), *map(op_item, ops.OPS.values()), *map(template_item, TEMPLATES.values()))


def values() -> Iterator[Item]:
    """Make an item of each role a value can have."""
    for role in ROLE_WORDS:
        yield Item(
            text=f"value:{role.key}",
            symbol=role.tile,
            title=role.tile,
            section=_("Values"),
            tip=role.tip,
            words=(role.tile.lower(), role.key),
            wide=True,
        )


def op_item(op: Op) -> Item:
    """Make the item of an op."""
    return Item(
        text=f"op:{op.key}",
        symbol=op.symbol,
        title=op.title,
        section=ops.CATEGORIES[op.category],
        tip=f"{op.title}\n{plain(op.formula)}\n{op.intuition}",
        words=(op.title.lower(), op.key, op.symbol.lower(), op.key.replace("_", " ")),
        curve=curve(op) if op.category == CURVED else (),
    )


def template_item(template: Template) -> Item:
    """Make the item of a template."""
    return Item(
        text=f"template:{template.key}",
        symbol=template.title,
        title=template.title,
        section=TEMPLATE_SECTIONS[template.category],
        tip=f"{template.title}\n{template.description}",
        words=(template.title.lower(), template.key.replace("_", " ")),
        wide=True,
    )


@cache
def curve(op: Op) -> tuple[float, ...]:
    """Return the heights of a function of one input, from the function itself."""
    x = np.linspace(-REACH, REACH, POINTS)
    attributes = tuple(visible(attribute) for attribute in op.attributes)
    heights = op.array.forward((x[np.newaxis, :],), attributes)
    return tuple(np.ravel(heights).tolist())


def visible(attribute: Attribute) -> float:
    """Return an attribute's default, or more where that could not be seen in a small curve."""
    return max(attribute.default, attribute.low + 0.15 * (attribute.high - attribute.low))


def found(text: str) -> list[Item]:
    """Return the items that fit what was typed, the best first; all of them for no text."""
    wanted = text.strip().lower()
    ranked = [(rank(item, wanted), item) for item in items()]
    fitting = [pair for pair in ranked if pair[0] is not None]
    return [item for _rank, item in sorted(fitting, key=lambda pair: pair[0] or 0)]


def rank(item: Item, wanted: str) -> int | None:
    """Return how well an item fits, 0 for exactly, None for not at all."""
    if wanted in item.words:
        return 0
    if any(word.startswith(wanted) for word in item.words):
        return 1
    inside = len(wanted) > 1 and any(wanted in word for word in item.words)
    return 2 if inside else None


def is_expression(text: str) -> bool:
    """Whether what was typed is to be read as an expression rather than a name to search."""
    typed = text.strip()
    best = found(typed)[:1]
    if best and rank(best[0], typed.lower()) == 0:
        return False
    return not best or any(letter in "0123456789()+-*/^=," for letter in typed)


def add_actions() -> tuple[Action, ...]:
    """Make an action of each item, for the Add menu."""
    return tuple(
        Action(
            id=f"add.{item.text}",
            text=item.title.replace("&", "&&"),
            handler="editing.add",
            arguments=(item.text,),
            menu=f"Add/{item.section}",
            tip=item.tip.split("\n")[-1],
        )
        for item in items()
    )
