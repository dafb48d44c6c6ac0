"""How what is added is wired: the one place that decides it, for search, drops and menus.

`Hooks` say what an addition may be wired to: the nodes that were selected before, or the end of a
wire in the hand. Qt-free; every function returns an edit or a refusal.
"""

from dataclasses import dataclass
from gettext import gettext as _
from math import inf

from engine import ops
from engine.errors import Refusal
from engine.graph.additions import fed, feeding, uses
from engine.graph.document import Document
from engine.graph.edits import Edit
from engine.graph.geometry import GROUP_SIZE
from engine.graph.records import LEAF, Point
from engine.graph.templates import TEMPLATES, insert_template
from playground.session.items import corner, item_edit

MOST = 64  # nodes that feed one addition; whoever has selected more meant something else


@dataclass(frozen=True, slots=True)
class Hooks:
    """What an addition may be wired to.

    Attributes:
        sources: nodes that feed it, in order.
        target: the node and the input (None for the first free one) that it feeds.
        held: whether a wire is in the hand, which then has to be taken; nodes that are merely
            selected are wired to an operation that has inputs for all of them, and to nothing
            else.
    """

    sources: tuple[int, ...] = ()
    target: tuple[int, int | None] | None = None
    held: bool = False


LOOSE = Hooks()


def addition(
    document: Document,
    text: str,
    centre: Point,
    group: int | None = None,
    hooks: Hooks = LOOSE,
) -> Edit | Refusal:
    """Add what a palette text names, wired as the hooks say; `centre` is in the group's terms."""
    edit = _fed(document, text, centre, group, hooks)
    if isinstance(edit, Refusal) or hooks.target is None:
        return edit
    return feeding(document, edit, *hooks.target)


def taken(text: str, hooks: Hooks) -> tuple[int, ...]:
    """Return the nodes that would feed what a text names: all of them or none."""
    if text.startswith("template:") and not hooks.held:
        return ()  # a network or a loss finds its inputs in the document
    return hooks.sources if len(hooks.sources) <= min(room(text), MOST) else ()


def room(text: str) -> float:
    """Return how many inputs what a text names can be given."""
    kind, _colon, key = text.partition(":")
    if kind == "op" and key in ops.OPS:
        return inf if ops.OPS[key].variadic else len(ops.OPS[key].ports)
    if kind == "template" and key in TEMPLATES:
        return TEMPLATES[key].inputs or inf
    return 0


def text_of(document: Document, node: int) -> str:
    """Return the palette text that would add a node of this kind."""
    record = document.node(node)
    return f"value:{record.role}" if record.op == LEAF else f"op:{record.op}"


def _fed(
    document: Document, text: str, centre: Point, group: int | None, hooks: Hooks
) -> Edit | Refusal:
    kind, _colon, key = text.partition(":")
    sources = taken(text, hooks)
    if kind == "template" and sources:
        return insert_template(document, key, {}, corner(centre, GROUP_SIZE), sources, group)
    edit = item_edit(document, text, centre, group)
    if isinstance(edit, Refusal):
        return edit
    if sources:
        return fed(document, edit, sources)
    if hooks.held and not all(uses(edit, source) for source in hooks.sources):
        names = ", ".join(document.name(source) for source in hooks.sources)
        return Refusal(
            _("Nothing in it takes the wire from {name}").format(name=names),
            "",
            _("Use {name} in the formula").format(name=names),
        )
    return edit
