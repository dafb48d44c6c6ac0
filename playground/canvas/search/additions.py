"""Finding something to add: everything of the palette, numbers and formulas, wired as is likely.

The search card asks it. What is picked is one edit: the node, its place and its wires.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from gettext import gettext as _
from gettext import ngettext

from engine.errors import Refusal
from engine.exchange.typed import Preview, Typed, completions, preview
from engine.explain.spoken import called
from engine.graph.additions import made, used
from engine.graph.edits import Edit
from engine.graph.records import Point
from playground.canvas.gestures.base import Stage, Want
from playground.canvas.search.places import cursor_spot, spot_below, spot_beside, wire_spot
from playground.session.additions import addition, room, taken, template_of, text_of
from playground.session.items import LABELS, created
from playground.widgets.catalogue import Item, found, is_expression, rank
from playground.widgets.habits import Habits
from playground.widgets.matching import EXACT
from playground.widgets.results import Row
from playground.widgets.search_card import hint

FORMULA = "expression:"
FEW = 4  # recent and likely things that stand before the others


class Additions:
    """A finder of what can be added for one wish; `pointed` tells that the mouse chose the place.

    Without a place by the mouse, what is added stands right of what feeds it, be that selected or
    named in a formula, below what was selected last, or near the middle.
    """

    prompt = _("Search, or type a number or a formula")

    def __init__(self, stage: Stage, habits: Habits, want: Want, *, pointed: bool) -> None:
        self._stage = stage
        self._habits = habits
        self._want = want
        self._pointed = pointed
        self._former = stage.session.order
        self.hint = hint(_("Type a name, a number or a formula"), _("Return adds"))

    def rows(self, text: str) -> Sequence[Row]:
        """Return the items that fit, likely ones first, and the formula that the text may be."""
        typed = text.strip()
        if not typed:
            return self._all()
        fitting = [item for item in found(typed) if self._fits(item.text)]
        order = {item.text: place for place, item in enumerate(fitting)}
        wanted = typed.lower()
        ranks = {item.text: rank(item, wanted) or EXACT for item in fitting}
        late = {text: ranks[text] != EXACT and self._comes_late(text) for text in ranks}
        scores = {text: -self._score(text) for text in ranks}
        fitting.sort(
            key=lambda item: (
                late[item.text],
                ranks[item.text],
                scores[item.text],
                order[item.text],
            )
        )
        rows = [row_of(item) for item in fitting]
        if is_expression(typed):
            finished = [self._formula(longer) for longer in completions(text)]
            whole = self._formula(typed)
            first = [*finished, whole] if whole.refused else [whole, *finished]
            return [*first, *rows]
        return (
            rows
            if isinstance(self._try(FORMULA + typed), Refusal)
            else [*rows, self._formula(typed)]
        )

    def promise(self, text: str, row: Row | None) -> str:
        """Say what Return adds and wires, and what Shift changes."""
        if row is None:
            return _("Nothing here is called “{text}”").format(text=text.strip())
        if row.refused:
            return str(self._refusal(row))
        return " · ".join((self._promise(row), *self._shift()))

    def choose(self, text: str, row: Row | None, *, keep: bool) -> str:
        """Add a row's item and wire it."""
        if row is None:
            return self.promise(text, row)
        session = self._stage.session
        if row.key.startswith(FORMULA):  # nothing else that is offered can be refused
            edit = addition(session.document, row.key, (0.0, 0.0), None, self._want.hooks)
            if isinstance(edit, Refusal):
                return str(edit)
        place, group = self._place(row.key)
        sources, targets = (
            [text_of(session.document, node) for node in nodes]
            for nodes in self._neighbours(row.key)
        )
        added = session.add_item(row.key, place, group, self._want.hooks, keep=keep)
        if added and not row.key.startswith(FORMULA):
            self._habits.picked(row.key, sources, targets)
        return ""

    # What fits ---------------------------------------------------------------------------------

    def _all(self) -> list[Row]:
        """Return everything, the recent and the likely first."""
        items = {item.text: item for item in found("") if self._fits(item.text)}
        scores = {text: self._score(text) for text in items}
        late = {text for text in items if self._comes_late(text)}
        soon = [text for text in items if text not in late]
        likely = sorted(filter(scores.get, soon), key=lambda text: -scores[text])[:FEW]
        recent = [text for text in self._habits.recent if text in soon and text not in likely]
        first = [(text, _("likely")) for text in likely]
        first += [(text, _("recent")) for text in recent[:FEW]]
        rows = [row_of(items.pop(text), word) for text, word in first]
        rest = sorted(items.values(), key=lambda item: item.text in late)
        return rows + [row_of(item) for item in rest]

    def _fits(self, text: str) -> bool:
        """Tell whether the wire in the hand could end at it; without one everything fits."""
        hooks = self._want.hooks
        if hooks.held and hooks.sources:
            return room(text) >= len(hooks.sources)
        return not hooks.held or not text.startswith("template:")

    def _comes_late(self, text: str) -> bool:
        """Tell whether it is offered after everything else."""
        return False

    def _neighbours(self, text: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Return the nodes that would feed it, and those that it would feed."""
        target = self._want.hooks.target
        return taken(text, self._want.hooks), () if target is None else (target[0],)

    def _score(self, text: str) -> int:
        """Return how likely it is here: how often such things were wired so."""
        document, score = self._stage.session.document, self._habits.score
        sources, targets = self._neighbours(text)
        return sum(score(text_of(document, node), text) for node in sources) + sum(
            score(text, text_of(document, node)) for node in targets
        )

    def _try(self, text: str) -> Edit | Refusal:
        """Return the edit that would add it, wherever; whether it can feed something shows later.

        It is asked with every key, so it copies no document.
        """
        hooks = replace(self._want.hooks, target=None, wire=None)
        return addition(self._stage.session.document, text, (0.0, 0.0), None, hooks)

    # Words -------------------------------------------------------------------------------------

    def _formula(self, typed: str) -> Row:
        """Return the row of a formula or a typed template; what is wrong stands in its promise."""
        template = template_of(FORMULA + typed)
        if template is not None:
            return self._template(typed, template)
        edit = self._try(FORMULA + typed)
        detail = "" if isinstance(edit, Refusal) else size_words(edit)
        return Row(
            key=FORMULA + typed,
            symbol="=",
            title=typed,
            detail=detail,
            section=_("Formula"),
            refused=isinstance(edit, Refusal),
        )

    def _template(self, typed: str, template: Typed) -> Row:
        """Return the row of a typed template: what it would be in full, and how large."""
        shown = self._preview(FORMULA + typed, template)
        refused = isinstance(shown, Refusal)
        return Row(
            key=FORMULA + typed,
            symbol="",
            title=typed if isinstance(shown, Refusal) else shown.title,
            detail="" if isinstance(shown, Refusal) else parameter_words(shown),
            section=_("Template"),
            refused=refused,
        )

    def _preview(self, text: str, template: Typed) -> Preview | Refusal:
        """Tell what a template would be here; asked with every key, it builds nothing."""
        session = self._stage.session
        inputs = taken(text, self._want.hooks)
        return preview(session.document, template, inputs, session.selection)

    def _refusal(self, row: Row) -> object:
        template = template_of(row.key)
        return self._try(row.key) if template is None else self._preview(row.key, template)

    def _promise(self, row: Row) -> str:
        target = self._want.hooks.target
        if target is not None:
            name = self._stage.session.document.name(target[0])
            return _("Return adds {title} and feeds {name}").format(title=row.title, name=name)
        sources = taken(row.key, self._want.hooks)
        if sources:
            symbol = row.symbol or row.title
            return _("Return adds {symbol} of {names}, wired").format(
                symbol=symbol, names=self._names(sources)
            )
        template = template_of(row.key)
        shown = self._preview(row.key, template) if template is not None else None
        if isinstance(shown, Preview):
            return template_words(shown)
        if row.key.startswith(FORMULA):
            return _("Return adds {size}").format(size=row.detail)
        selected = len(self._want.hooks.sources)
        if room(row.key) and selected > len(sources) and not row.key.startswith("template:"):
            return _("Return adds {title} unwired: {count} nodes are selected").format(
                title=row.title, count=selected
            )
        return _("Return adds {title}").format(title=row.title)

    def _shift(self) -> Iterator[str]:
        if self._former and not self._want.hooks.held:
            yield _("Shift+Return keeps {names} selected").format(names=self._names(self._former))

    def _names(self, items: Sequence[int]) -> str:
        document = self._stage.session.document
        names = [called(document, item) for item in items[:FEW]]
        return ", ".join(names) + (", …" if len(items) > FEW else "")

    # Places ------------------------------------------------------------------------------------

    def _place(self, text: str) -> tuple[Point, int | None]:
        """Return where it goes, in the scene, and the open group that is there."""
        stage, want = self._stage, self._want
        group = stage.parts.frame_at(want.at)
        if want.draft is not None:
            return wire_spot(stage, want, text, group), group
        if self._pointed:
            return cursor_spot(stage.scene, want.at, text), group
        place = spot_beside(stage.scene, taken(text, want.hooks) or self._named(text), text)
        if place is None and self._former:
            place = spot_below(stage.scene, self._former[-1], text)
        return place or cursor_spot(stage.scene, want.at, text), stage.scene.within

    def _named(self, text: str) -> frozenset[int]:
        """Return what is there already and a formula reads, by its name."""
        edit = self._try(text) if text.startswith(FORMULA) else None
        return frozenset(used(edit)) - created(edit) if isinstance(edit, Edit) else frozenset()


def row_of(item: Item, section: str = "") -> Row:
    """Return the row of a palette's item."""
    kind, _colon, name = item.text.partition(":")
    symbols = {"op": item.symbol, "value": LABELS[name][0] if name in LABELS else ""}
    return Row(
        key=item.text,
        symbol=symbols.get(kind, ""),
        title=item.title,
        detail=item.formula,
        section=section or item.section,
        curve=item.curve,
    )


def parameter_words(shown: Preview) -> str:
    """Say how many parameters a template would have, "" for none."""
    count = shown.parameters
    if not count:
        return ""
    words = ngettext("{count:,} parameter", "{count:,} parameters", count)
    return words.format(count=count)


def template_words(shown: Preview) -> str:
    """Say what Return adds, and what may still be typed."""
    size = parameter_words(shown)
    what = _("{title}: {size}").format(title=shown.title, size=size) if size else shown.title
    words = _("Return adds {title}").format(title=what)
    if not shown.missing:
        return words
    return " · ".join(
        (words, _("type on to choose {names}").format(names=", ".join(shown.missing)))
    )


def size_words(edit: Edit) -> str:
    """Say how many nodes a formula makes, and what they are called if there is one."""
    nodes = made(edit)
    if len(nodes) > 1:
        return ngettext("{count} node", "{count} nodes", len(nodes)).format(count=len(nodes))
    records = [change.after for change in edit.changes if change.id == nodes[0]]
    label = records[0].label
    return _("a value called {label}").format(label=label) if label else _("a value")
