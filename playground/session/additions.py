"""How what is added is wired: the one place that decides it, for search, drops and menus.

`Hooks` say what an addition may be wired to: the nodes that were selected before, the end of a
wire in the hand, or the wire that it is to go on. Qt-free; every function returns an edit or a
refusal, or tells beforehand what it would be.
"""

from dataclasses import dataclass
from functools import cache
from gettext import gettext as _
from math import inf

from engine import ops
from engine.errors import Refusal
from engine.exchange.program import typed_in
from engine.exchange.typed import Typed, insert_typed
from engine.graph.additions import fed, feeding, made, results, used, uses
from engine.graph.arguments import INPUTS
from engine.graph.document import Document, Wire
from engine.graph.edits import Edit
from engine.graph.geometry import GROUP_SIZE
from engine.graph.own import insert_own
from engine.graph.records import LEAF, Point
from engine.graph.rules import downstream
from engine.graph.templates import TEMPLATES
from engine.graph.verbs import add_value
from engine.graph.wiring import insert_made_on_wire
from playground.session.items import TEXTS, corner, item_edit
from playground.widgets.mine import own

MOST = 64  # nodes that feed one addition; whoever has selected more meant something else


@dataclass(frozen=True, slots=True)
class Hooks:
    """What an addition may be wired to.

    Attributes:
        sources: nodes that feed it, in order.
        target: the node and the input (None for the first free one) that it feeds.
        wire: what it goes on, between the ends, if it fits there; else it is added by itself.
        held: whether a wire is in the hand, which then has to be taken; nodes that are merely
            selected are wired to an operation that has inputs for all of them, and to nothing
            else.
        selected: what a template may ask for that covers a selection, as a penalty does.
    """

    sources: tuple[int, ...] = ()
    target: tuple[int, int | None] | None = None
    wire: Wire | None = None
    held: bool = False
    selected: frozenset[int] = frozenset()


LOOSE = Hooks()


def addition(
    document: Document,
    text: str,
    centre: Point,
    group: int | None = None,
    hooks: Hooks = LOOSE,
    *,
    room: bool = True,
) -> Edit | Refusal:
    """Add what a palette text names, wired as the hooks say; `centre` is in the group's terms.

    With `room`, what follows on a wire makes room for it.
    """
    if hooks.wire is not None and fits(document, text, hooks.wire):
        return _on_wire(document, text, centre, group, hooks.wire, room=room)
    edit = _fed(document, text, centre, group, hooks)
    if isinstance(edit, Refusal) or hooks.target is None:
        return edit
    return feeding(document, edit, *hooks.target)


def fits(document: Document, text: str, wire: Wire) -> bool:
    """Tell whether what a text names goes on a wire; asked with every key, it copies nothing.

    An operation with an input does, and a network or a template of one's own with one output. A
    formula does if it uses what
    the wire comes from.
    """
    kind, _colon, _key = text.partition(":")
    template = own(text)
    source = document.source(*wire) if wire[0] in document else None
    if source is not None and template is not None:
        return bool(template.inputs) and template.outputs == 1
    if source is None or kind not in ("op", "template", *TEXTS):
        return False
    if kind == "op":
        return room(text) >= 1
    if template_of(text) is not None:
        return _has_one_result(text)
    edit = item_edit(document, text, (0.0, 0.0))
    if isinstance(edit, Refusal) or not uses(edit, source) or len(results(edit)) != 1:
        return False
    return not used(edit) & downstream(document, wire[0])


def taken(text: str, hooks: Hooks) -> tuple[int, ...]:
    """Return the nodes that would feed what a text names: all of them or none."""
    template = own(text)
    finds = template.finds_its_inputs if template is not None else template_of(text) is not None
    if finds and not hooks.held:
        return ()  # a network or a loss finds its inputs in the document
    return hooks.sources if len(hooks.sources) <= min(room(text), MOST) else ()


def room(text: str) -> float:
    """Return how many inputs what a text names can be given."""
    kind, _colon, key = text.partition(":")
    if kind == "op" and key in ops.OPS:
        return inf if ops.OPS[key].variadic else len(ops.OPS[key].ports)
    typed = template_of(text)
    if typed is not None:
        return typed.template.inputs or typed.arguments.get(INPUTS.key, inf)
    template = own(text)
    return len(template.inputs) if template is not None else 0


def template_of(text: str) -> Typed | None:
    """Return the template of the engine that a text names, or calls with arguments."""
    kind, _colon, key = text.partition(":")
    if kind == "template" and key in TEMPLATES:
        return Typed(TEMPLATES[key], {})
    typed = typed_in(key) if kind in TEXTS else None
    return typed if isinstance(typed, Typed) else None


def text_of(document: Document, node: int) -> str:
    """Return the palette text that would add a node of this kind."""
    record = document.node(node)
    return f"value:{record.role}" if record.op == LEAF else f"op:{record.op}"


def _on_wire(
    document: Document, text: str, centre: Point, group: int | None, wire: Wire, *, room: bool
) -> Edit | Refusal:
    """Add something that fits between the ends of a wire; a network is fed from its source."""
    source = document.source(*wire)
    sources = (source,) if source is not None else ()
    edit = _fed_template(document, text, centre, group, sources)
    if edit is None:
        edit = item_edit(document, text, centre, group)
    if isinstance(edit, Refusal):
        return edit
    return insert_made_on_wire(document, wire, edit, room=room)


def _fed_template(
    document: Document, text: str, centre: Point, group: int | None, sources: tuple[int, ...]
) -> Edit | Refusal | None:
    """Add a template that is fed by these nodes; None without them, or if it is none."""
    template, typed = own(text), template_of(text)
    if sources and template is not None:
        return insert_own(document, template, centre, sources, group)
    if sources and typed is not None:
        return insert_typed(document, typed, corner(centre, GROUP_SIZE), sources, group)
    return None


@cache
def _has_one_result(text: str) -> bool:
    """Tell whether a template, fed by one node, has one output; a loss feeds nothing."""
    typed = template_of(text)
    if typed is None or typed.template.category == "losses":
        return False
    document = Document()
    leaf = add_value(document, (0.0, 0.0))
    document.apply(leaf)
    edit = insert_typed(document, typed, (0.0, 0.0), made(leaf))
    return isinstance(edit, Edit) and len(results(edit)) == 1


def _fed(
    document: Document, text: str, centre: Point, group: int | None, hooks: Hooks
) -> Edit | Refusal:
    sources = taken(text, hooks)
    template = _fed_template(document, text, centre, group, sources)
    if template is not None:
        return template
    edit = item_edit(document, text, centre, group, hooks.selected)
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
