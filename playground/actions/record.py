"""The record of one action: what it is called, how it is reached, which handler it names.

What is done with the mouse alone is a record, too, with a `gesture` and no handler, so that one
table says everything a person can do.
"""

from dataclasses import dataclass
from typing import Any

CONDITIONS = frozenset(
    {
        "undo",
        "redo",
        "findings",
        "selection",
        "single",
        "several",
        "node",
        "nodes",
        "askable",
        "wire",
        "wires",
        "deletable",
        "value",
        "slider",
        "parameters",
        "regroupable",
        "grouped",
        "markable",
        "group",
        "one group",
        "shapeable",
        "expandable",
        "joinable",
        "note",
        "frame",
        "tinted",
        "items",
        "groups",
        "inside",
        "running",
        "stepping",
        "trainable",
        "best",
        "data",
        "table",
        "planted",
    }
)

# The kinds of context menu, and for each the words in `Action.context` that put an action there:
# what can be done with an item can be done with several, and with a group.
CONTEXTS = {
    "canvas": frozenset({"canvas"}),
    "item": frozenset({"item"}),
    "several": frozenset({"several", "item"}),
    "group": frozenset({"group", "item"}),
    "note": frozenset({"note"}),
    "wire": frozenset({"wire"}),
}
OWN_MENUS = {"wire": "Graph/Wires"}  # the submenu of the menu bar that is about one kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One thing to do.

    Attributes:
        handler: where the method stands below the handlers, as in "files.save"; "" if the
            canvas does it itself, on a gesture or a key that is no shortcut.
        arguments: what the method is called with.
        shortcuts: in Qt's portable text; those of the canvas work while it has the focus.
        gesture: how the mouse, or a key with a meaning of its own on the canvas, does it, in
            words.
        menu: the path of its menu, as in "View/Theme"; "" for none. The page of shortcuts has a
            section for each, in which what has no handler stands, too.
        context: the context menus it stands in, out of the keys of `CONTEXTS`.
        when: the condition that enables it, one of `CONDITIONS`; "" for always.
        checkable: whether it shows a state; `choice` names the exclusive group it is one of.
        section: whether a line stands above it in its menu.
    """

    id: str
    text: str
    handler: str = ""
    arguments: tuple[Any, ...] = ()
    shortcuts: tuple[str, ...] = ()
    gesture: str = ""
    on_canvas: bool = False
    icon: str = ""
    menu: str = ""
    context: tuple[str, ...] = ()
    when: str = ""
    checkable: bool = False
    choice: str = ""
    section: bool = False
    tip: str = ""
