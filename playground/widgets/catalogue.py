"""Everything that can be put on the canvas, as one list: values, ops, templates, one's own ones.

Derived from the engine's tables and the person's library; palette, Add menu and search read it.
The text of an item is what the session understands, as in "op:tanh".
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from gettext import gettext as _
from gettext import ngettext

import numpy as np

from engine import ops
from engine.exchange.formula import ALIASES, Call, parse
from engine.exchange.program import typed_in
from engine.graph.own import OwnTemplate
from engine.graph.templates import TEMPLATES, Template
from engine.ops import Attribute, Op
from engine.ops.writing import plain
from playground.actions import Action
from playground.widgets.matching import grade
from playground.widgets.mine import MINE, text_of_own
from playground.widgets.roles import ROLE_WORDS

CURVED = "activations"
SIGNS = ("+", "-", "*", "/", "**")
REACH = 3.0  # a curve shows the function from -3 to 3
POINTS = 49


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing to add.

    Attributes:
        text: what the session is asked to add.
        symbol, title: what stands on the tile, and its name.
        section: the title of its part of the palette.
        tip: formula and intuition; formula: a line of it beside the title in a list.
        words: the names a search may find it by, in lower case; about: words that tell of it.
        wide: whether it stands on a wide tile.
        curve: the heights of its function over [-3, 3], empty for none.
    """

    text: str
    symbol: str
    title: str
    section: str
    tip: str
    words: tuple[str, ...]
    formula: str = ""
    about: tuple[str, ...] = ()
    wide: bool = False
    curve: tuple[float, ...] = ()


TILE_LETTERS = 15
MINE_SECTION = _("Mine")
TEMPLATE_SECTIONS = {"networks": _("Networks"), "losses": _("Losses")}


def items() -> tuple[Item, ...]:
    """Return all items in the order of the palette."""
    return (*built_in(), *mine())


def built_in() -> tuple[Item, ...]:
    """Return the items that there always are."""
    return (*values(), *map(op_item, ops.OPS.values()), *map(template_item, TEMPLATES.values()))


def mine() -> tuple[Item, ...]:
    """Return the items of a person's own templates, as they are just now."""
    return tuple(map(own_item, MINE.values()))


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
            formula=role.tip,
            about=told(_("Values"), role.tip),
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
        words=(
            op.title.lower(),
            op.key.replace("_", " "),
            op.key,
            op.symbol.lower(),
            *typed_names().get(op.key, ()),
        ),
        formula=plain(op.formula),
        about=told(ops.CATEGORIES[op.category], op.intuition),
        curve=curve(op) if op.category == CURVED else (),
    )


def template_item(template: Template) -> Item:
    """Make the item of a template."""
    return Item(
        text=f"template:{template.key}",
        symbol=template.symbol or template.title,
        title=template.title,
        section=TEMPLATE_SECTIONS[template.category],
        tip=f"{template.title}\n{template.description}",
        words=(template.title.lower(), template.key.replace("_", " ")),
        formula=template.description,
        about=told(TEMPLATE_SECTIONS[template.category], template.description),
        wide=True,
    )


def own_item(template: OwnTemplate) -> Item:
    """Make the item of a template of a person's own; its name is cut where a tile is too short."""
    name = template.name
    about = content_words(template)
    return Item(
        text=text_of_own(template),
        symbol=name if len(name) <= TILE_LETTERS else f"{name[: TILE_LETTERS - 1].rstrip()}…",
        title=name,
        section=MINE_SECTION,
        tip=f"{name}\n{about}",
        words=(name.lower(),),
        formula=about,
        about=told(MINE_SECTION, ""),
        wide=True,
    )


def content_words(template: OwnTemplate) -> str:
    """Say how much a template holds: "37 nodes, 2 inputs"."""
    nodes, inputs = len(template.piece.fragment.nodes), len(template.inputs)
    words = ngettext("{count} node", "{count} nodes", nodes).format(count=nodes)
    fed = ngettext("{count} input", "{count} inputs", inputs).format(count=inputs)
    return f"{words}, {fed}"


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
    return grade(item.words, wanted, item.about)


def told(section: str, sentence: str) -> tuple[str, ...]:
    """Return the words of a section's title and of a sentence, in lower case."""
    return tuple(re.findall(r"\w+", f"{section} {sentence}".lower()))


@cache
def typed_names() -> Mapping[str, tuple[str, ...]]:
    """Return what else formulas call an op: its sign, such as *, and its other names."""
    names: dict[str, tuple[str, ...]] = {}
    for sign in SIGNS:
        call = parse(f"x {sign} y")
        if isinstance(call, Call):
            names[call.key] = (sign,)
    for alias, key in ALIASES.items():
        names[key] = (*names.get(key, ()), alias)
    return names


def is_expression(text: str) -> bool:
    """Whether what was typed is to be read as an expression rather than a name to search."""
    typed = text.strip()
    best = found(typed)[:1]
    if best and rank(best[0], typed.lower()) == 0:
        return False
    return (
        not best
        or typed_in(typed) is not None
        or any(letter in "0123456789()+-*/^=," for letter in typed)
    )


def add_actions() -> tuple[Action, ...]:
    """Make an action of each item that there always is, for the Add menu."""
    return tuple(
        Action(
            id=f"add.{item.text}",
            text=item.title.replace("&", "&&"),
            handler="editing.add",
            arguments=(item.text,),
            menu=f"Add/{item.section}",
            tip=item.tip.split("\n")[-1],
        )
        for item in built_in()
    )
