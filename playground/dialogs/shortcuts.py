"""The page of shortcuts, derived from the table of actions, and the gestures of the canvas."""

from collections.abc import Iterable
from gettext import gettext as _

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from playground.actions import MENUS, Action
from playground.dialogs.frame import FramedDialog
from playground.widgets.labels import label, section

GESTURES = (
    (_("Drag from a port"), _("Wire two nodes, from either end")),
    (_("Drag a wire’s end away"), _("Pull the wire off")),
    (_("Drag the background"), _("Select with a rubber band")),
    (_("Middle button, or Space and drag"), _("Move the view")),
    (_("Wheel, or two fingers and Ctrl"), _("Zoom at the cursor")),
    (_("Double-click a number"), _("Type a number or an expression")),
    (_("Drag a number sideways"), _("Change it gradually")),
    (_("Up and Down"), _("Step the selected number; Shift finer, Ctrl coarser")),
    (_("Arrow keys"), _("Move what is selected; with Alt a value, too")),
    (_("Tab"), _("Go from card to card; with Ctrl to the next panel")),
    (_("Return"), _("Type a value, name an operation, fold a group")),
    (_("Double-click a group"), _("Fold or unfold it")),
    (_("Esc"), _("Cancel what you are doing")),
)


class ShortcutsDialog(FramedDialog):
    """Lists every action that has a shortcut, by menu, beside the gestures."""

    def __init__(self, records: Iterable[Action], parent: QWidget | None = None) -> None:
        super().__init__(_("Keyboard and mouse"), parent=parent)
        columns = QHBoxLayout()
        columns.setSpacing(40)
        self.body.addLayout(columns)
        lists = shortcut_lists(records)
        half = -(-len(lists) // 2)
        gestures = (_("On the canvas"), list(GESTURES))
        columns.addLayout(column([*lists[:half], gestures]))
        columns.addLayout(column(lists[half:]))
        self.add_button("close", _("&Close"), go=True)


Rows = list[tuple[str, str]]


def shortcut_lists(records: Iterable[Action]) -> list[tuple[str, Rows]]:
    """Collect (shortcut, what it does) below the title of each menu, in the table's order."""
    lists: dict[str, Rows] = {}
    for record in records:
        if record.shortcuts:
            menu = MENUS[record.menu.split("/")[0]].replace("&", "")
            text = record.text.replace("&", "").rstrip("…")
            lists.setdefault(menu, []).append((keys(record), text))
    return list(lists.items())


def keys(record: Action) -> str:
    """Write the shortcuts of an action as this system writes them."""
    native = QKeySequence.SequenceFormat.NativeText
    return "  ·  ".join(QKeySequence(text).toString(native) for text in record.shortcuts)


def column(lists: list[tuple[str, Rows]]) -> QVBoxLayout:
    """Lay out several lists below each other."""
    made = QVBoxLayout()
    made.setSpacing(6)
    for title, rows in lists:
        made.addWidget(section(title))
        made.addLayout(grid(rows))
        made.addSpacing(10)
    made.addStretch(1)
    return made


def grid(rows: Rows) -> QGridLayout:
    """Lay out one list: what it does, and the keys at the right."""
    made = QGridLayout()
    made.setHorizontalSpacing(28)
    made.setVerticalSpacing(4)
    made.setColumnStretch(0, 1)
    for line, (shortcut, text) in enumerate(rows):
        made.addWidget(label(text), line, 0)
        made.addWidget(label(shortcut, "muted"), line, 1, Qt.AlignmentFlag.AlignRight)
    return made
