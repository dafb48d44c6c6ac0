"""The page of shortcuts and gestures, derived from the table of actions."""

from collections.abc import Iterable
from gettext import gettext as _
from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from playground.actions import MENUS, Action
from playground.dialogs.frame import FramedDialog
from playground.widgets.labels import label, section

LOWEST = 240  # of what scrolls
ASIDE = 12  # between it and the scroll bar
BESIDE = 80  # what a screen keeps for the frame of the window and for its own bars


class ShortcutsDialog(FramedDialog):
    """Lists every action that has a shortcut, by menu, and every gesture of the canvas.

    What a small screen has no room for is scrolled to.
    """

    def __init__(self, records: Iterable[Action], parent: QWidget | None = None) -> None:
        super().__init__(_("Keyboard and mouse"), parent=parent)
        content = QWidget()
        columns = QHBoxLayout(content)
        columns.setContentsMargins(0, 0, ASIDE, 0)
        columns.setSpacing(40)
        records = tuple(records)
        lists = shortcut_lists(records)
        half = -(-len(lists) // 2)
        gestures = (_("On the canvas"), gesture_list(records))
        columns.addLayout(column([*lists[:half], gestures]))
        columns.addLayout(column(lists[half:]))
        area = QScrollArea()
        area.setWidget(content)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.body.addWidget(area)
        self.add_button("close", _("&Close"), go=True)
        wanted = content.sizeHint()
        bar = area.verticalScrollBar().sizeHint().width()
        area.setMinimumSize(wanted.width() + bar, min(wanted.height(), LOWEST))
        whole = self.sizeHint()
        high = whole.height() - area.sizeHint().height() + wanted.height()
        self.resize(whole.width(), min(high, self.screen().availableSize().height() - BESIDE))


Rows = list[tuple[str, str]]


def shortcut_lists(records: Iterable[Action]) -> list[tuple[str, Rows]]:
    """Collect (shortcut, what it does) below the title of each menu, in the table's order.

    Actions that differ in a number alone share a line.
    """
    lists: dict[str, Rows] = {}
    for family in families(record for record in records if record.shortcuts):
        first, last = family[0], family[-1]
        menu = MENUS[first.menu.split("/")[0]].replace("&", "")
        shown = keys(first) if first is last else f"{keys(first)} … {keys(last)}"
        text = first.text if first is last else unnumbered(first)
        rows = lists.setdefault(menu, [])
        rows.append((shown, text.replace("&", "").rstrip("…")))
    return list(lists.items())


def families(records: Iterable[Action]) -> list[list[Action]]:
    """Put records that follow each other and differ in a number alone together."""
    runs = groupby(records, lambda record: (record.handler, unnumbered(record)))
    return [list(run) for _key, run in runs]


def unnumbered(record: Action) -> str:
    """Return the text of an action without a number at its end."""
    return record.text.rstrip("0123456789&").rstrip()


def gesture_list(records: Iterable[Action]) -> Rows:
    """Collect (gesture, what it does), in the table's order."""
    return [(record.gesture, record.text.replace("&", "")) for record in records if record.gesture]


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
