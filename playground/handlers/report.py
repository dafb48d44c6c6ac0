"""What the window says about a session: which actions make sense, and the words of its bars.

Pure functions of a session; the main window calls them when something changed.
"""

from collections.abc import Callable
from functools import partial
from gettext import gettext as _
from gettext import ngettext

from engine.exchange.expand import expandable
from engine.graph.depths import depth_of
from engine.graph.document import Document
from engine.graph.joining import joinable
from engine.graph.parts import DEPTHS
from engine.graph.records import Group, Note
from engine.train.doctor import Finding
from playground.handlers.marking import meant
from playground.handlers.sliders import has_slider
from playground.handlers.weights import all_frozen, parameters
from playground.session import Session

MOST_LOOKED = 1000  # selected items, whenever something changes


def conditions(session: Session) -> frozenset[str]:
    """Return the conditions of actions that hold now."""
    document, selection = session.document, session.selection
    holds = {
        "undo": session.stack.canUndo() or session.training.running,
        "redo": session.stack.canRedo() and not session.training.running,
        "selection": bool(selection),
        "deletable": bool(selection or session.wires),
        "wire": len(session.wires) == 1,
        "wires": bool(session.wires),
        "single": len(selection) == 1,
        "several": len(selection) > 1,
        "items": len(document) > 0 or bool(document.notes),
        "nodes": len(document) > 0,
        "groups": bool(document.groups),
        "node": len(selection) == 1 and all(item in document for item in selection),
        "askable": session.why.selected is not None,
        "value": session.weight is not None or _is_value(document, selection),
        "regroupable": bool(selection) and bool(document.groups.keys() - selection),
        "grouped": any(document.record(i).group for i in selection if document.holds(i)),
        "parameters": bool(parameters(session)),
        "slider": any(has_slider(document, item) for item in selection),
        "markable": meant(document, selection) is not None,
        "inside": session.view.current_group is not None,
        "group": bool(selection & document.groups.keys()),
        "one group": len(selection) == 1 and selection <= document.groups.keys(),
        "shapeable": _is_shapeable(document, selection),
        "expandable": _any(selection, partial(_expands, document)),
        "joinable": _any(selection, partial(_joins, document)),
        "note": len(selection) == 1 and selection <= document.notes.keys(),
        "frame": any(document.notes[i].is_frame for i in selection & document.notes.keys()),
        "tinted": bool(selection & (document.notes.keys() | document.groups.keys())),
        "running": session.training.running,
        "stepping": session.tracing.on,
        "trainable": session.training.refusal is None,
        "best": session.training.best is not None,
        "findings": found(session) is not None,
        "data": session.samples is not None,
        "table": document.data.table is not None,
        "planted": session.tracing.is_planted,
    }
    return frozenset(name for name, true in holds.items() if true)


def found(session: Session) -> Finding | None:
    """Return the first of the doctor's findings that has a place, None if there is none."""
    report = session.training.report
    findings = () if report is None else report.findings
    return next((finding for finding in findings if finding.items), None)


def _expands(document: Document, item: int) -> bool:
    """Tell whether an item is an op of simpler ones, or a group, whose ops are then meant."""
    return item in document.groups or (item in document and expandable(document, item))


def _joins(document: Document, item: int) -> bool:
    return item in document and joinable(document, item)


def _any(selection: frozenset[int], holds: Callable[[int], bool]) -> bool:
    """Tell whether something holds of any selected item; of very many nobody is kept waiting."""
    return len(selection) > MOST_LOOKED or any(map(holds, selection))


def _is_value(document: Document, selection: frozenset[int]) -> bool:
    return len(selection) == 1 and all(
        item in document and document.node(item).is_leaf for item in selection
    )


def _is_shapeable(document: Document, selection: frozenset[int]) -> bool:
    return len(selection) == 1 and all(
        item in document.groups and document.groups[item].template in DEPTHS for item in selection
    )


def checked(session: Session) -> frozenset[str]:
    """Return the ids of the actions that are checked because of the document."""
    ids = {f"train.scope.{session.view.scope}"}
    ids |= {"train.whose"} if session.whose.on else set()
    marked = meant(session.document, session.selection)
    if marked is not None:
        ids |= {f"edit.mark.{mark}" for mark in session.document.node(marked).marks}
    colours = {
        record.colour or "plain"
        for record in map(session.document.record, session.selection)
        if isinstance(record, Group | Note)
    }
    if len(colours) == 1:
        ids.add(f"edit.colour.{colours.pop()}")
    if all_frozen(session):
        ids.add("edit.frozen")
    depth = depth_of(session.document)
    if depth is not None:
        ids.add(f"view.depth.{depth}")
    return frozenset(ids)


def undo_words(session: Session) -> str:
    """Name what undo takes back."""
    title = session.stack.undoText()
    return _("&Undo: {title}").format(title=title) if title else _("&Undo")


def redo_words(session: Session) -> str:
    """Name what redo does again."""
    title = session.stack.redoText()
    return _("&Redo: {title}").format(title=title) if title else _("&Redo")


def hint(session: Session) -> str:
    """Say what can be done with what is selected, or at all."""
    document, selection = session.document, session.selection
    alive = [item for item in selection if document.holds(item)]
    stepping = stepping_hint(session)
    if stepping and (session.tracing.by_hand or not (alive or session.wires)):
        return stepping
    if session.weight is not None and not alive:
        return _(
            "Return types its weight · Up and Down step it · drag its chip sideways"
            " · Delete removes the wire"
        )
    if len(session.wires) > 1 and not alive:
        words = _("{count} wires are selected · Delete removes them all")
        return words.format(count=f"{len(session.wires):,}")
    if session.wires and not alive:
        return _("Type or press Space to insert on the wire · Alt+R bends it · Delete removes it")
    if len(alive) != 1:
        return _(
            "Drag from a port to wire · type or press Space to add · arrow keys walk · F fits"
        )
    [item] = alive
    if item in document.notes:
        return note_hint(document, item)
    if item in document.groups:
        if _is_shapeable(document, selection):
            return _("Return folds or unfolds it, with Ctrl steps inside · Ctrl+Alt+G shapes it")
        return _("Return folds or unfolds it, with Ctrl steps inside · arrow keys walk on")
    if not document.node(item).is_leaf:
        return _("Return names it · arrow keys walk along the wires, with Alt move it")
    return _("Return types its value · Up and Down step it · Left and Right walk · Ctrl+R: slider")


def stepping_hint(session: Session) -> str:
    """Say how to go on in a pass, "" while nobody steps through one."""
    if session.tracing.by_hand:
        return _(
            "Click a card, or press Return on it, to let it fire · Shift+F10 takes it back"
            " · Escape ends it"
        )
    if not session.tracing.on:
        return ""
    return _(
        "F10 steps · Shift+F10 steps back · F11 steps inside a group · Shift+F11 finishes the"
        " phase · Ctrl+F10 runs to what is selected · Ctrl+Alt+S ends it"
    )


def note_hint(document: Document, item: int) -> str:
    """Say what can be done with a frame or a note."""
    if document.notes[item].is_frame:
        return _("Drag its title to move it with all it holds, Shift alone · Return renames it")
    return _("Return writes on it · drag an edge to resize it · Delete removes it")


def size_words(document: Document) -> str:
    """Say how large a graph is."""
    nodes = len(document)
    neurons = sum(group.template == "neuron" for group in document.groups.values())
    if not neurons:
        return ngettext("{count} node", "{count} nodes", nodes).format(count=f"{nodes:,}")
    many = ngettext("{count} neuron", "{count} neurons", neurons).format(count=neurons)
    return _("{scalars} scalars in {neurons}").format(scalars=f"{nodes:,}", neurons=many)


def state_words(session: Session) -> tuple[str, str]:
    """Say what the engine is doing, and in which tone."""
    if session.training.running:
        return _("training"), "go"
    problems = session.result.problems
    if problems:
        return problems[0].text, "problem"
    if session.training.word:
        return session.training.word, ""
    if session.result.output is None and len(session.document):
        return _("choose an output to see gradients"), ""
    return _("live"), ""


def subtitle(document: Document) -> str:
    """Say where in the groups one is, else what kind of network this is."""
    path = breadcrumb(document)
    if path:
        return path
    networks = [group for group in document.groups.values() if group.template == "mlp"]
    if len(networks) != 1:
        return ""
    arguments = networks[0].arguments
    sizes = (arguments.get("inputs"), *arguments.get("layers", ()))
    return "MLP " + " → ".join(str(size) for size in sizes if size is not None)


def breadcrumb(document: Document) -> str:
    """Name the group that stands open and those around it, the outermost first."""
    names: list[str] = []
    current = document.view.current_group
    while current is not None and current in document.groups:
        group = document.groups[current]
        names.insert(0, group.label or f"#{group.id}")
        current = group.group
    return " ▸ ".join(names)
