"""The page of shortcuts and gestures, derived from the table of actions.

Each part of the menus is a section, which says for everything in it by which keys and by which
gesture it is done; what is typed above leaves only what is about that.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from gettext import gettext as _
from itertools import combinations, groupby, pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from playground.actions import MENUS, Action
from playground.actions.action_set import keys
from playground.dialogs.frame import FramedDialog
from playground.widgets.labels import label, section

COLUMN = 372  # the width of one, of which the ways take up to WAYS
WAYS = 168
BETWEEN = 44  # columns
ASIDE = 16  # between what scrolls and the scroll bar
BESIDE = 80  # what a screen keeps for the frame of the window and for its own bars
ROW = 22  # what the wheel scrolls by
MOST = 3  # columns
FEWEST = 3  # lines of a submenu that make a section of its own
ELSEWHERE = _("On the canvas")


@dataclass(frozen=True, slots=True)
class Line:
    """What is done, and by which keys and which gesture; "" for none."""

    text: str
    keys: str = ""
    gesture: str = ""

    @property
    def ways(self) -> str:
        """Both, below each other."""
        return "\n".join(filter(None, (self.keys, self.gesture)))

    def fits(self, wanted: Sequence[str], title: str) -> bool:
        """Tell whether it or the title above it has each of these words, in lower case."""
        said = f"{title} {self.text} {self.keys} {self.gesture}".lower()
        return all(word in said for word in wanted)


@dataclass(slots=True)
class Section:
    """The lines of a part of the menus."""

    title: str
    lines: list[Line] = field(default_factory=list)


class ShortcutsDialog(FramedDialog):
    """Lists every action that has a shortcut or a gesture, by subject.

    What a small screen has no room for is scrolled to. It opens as large as all of it needs, and
    stays so while something is sought.

    Attributes:
        filter: the box in which a person types what is looked for.
    """

    def __init__(self, records: Iterable[Action], parent: QWidget | None = None) -> None:
        super().__init__(_("Keyboard and mouse"), parent=parent)
        self._sections = sections_of(records)
        room = self.screen().availableSize()
        self._columns = min(MOST, max(1, (room.width() - 2 * BESIDE) // (COLUMN + BETWEEN)))
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(_("Find a key, a gesture or what it does"))
        self.filter.setAccessibleName(self.filter.placeholderText())
        self.filter.setClearButtonEnabled(True)
        self.filter.setFixedWidth(COLUMN)
        self.filter.textChanged.connect(self._follow)
        self.head.addWidget(self.filter)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.verticalScrollBar().setSingleStep(ROW)
        self.body.addWidget(self._area)
        self.add_button("close", _("&Close"), go=True)
        content = self._seek()
        width = self._columns * (COLUMN + BETWEEN) - BETWEEN + ASIDE
        self._area.setMinimumWidth(width + self._area.verticalScrollBar().sizeHint().width())
        rest = self.sizeHint().height() - self._area.sizeHint().height()
        wanted = content.heightForWidth(width)
        self.resize(self.sizeHint().width(), min(rest + wanted, room.height() - BESIDE))
        self.filter.setFocus(Qt.FocusReason.OtherFocusReason)

    def _follow(self) -> None:
        self._seek()

    def _seek(self) -> QWidget:
        """Show what fits the words in the box, and return the page of it."""
        wanted = self.filter.text().lower().split()
        fitting = [
            Section(one.title, [line for line in one.lines if line.fits(wanted, one.title)])
            for one in self._sections
        ]
        shown = [one for one in fitting if one.lines]
        content = page(balanced(shown, self._columns), self._columns)
        self._area.setWidget(content)
        return content


def sections_of(records: Iterable[Action]) -> list[Section]:
    """Collect what has a shortcut or a gesture by menu, in the order of the menus.

    A submenu with few such entries is a part of its menu's section, and actions that differ in a
    number alone share a line.
    """
    told = [record for record in records if record.shortcuts or record.gesture]
    paths = ["/".join(record.menu.split("/")[:2]) for record in told]
    small = {path for path in paths if paths.count(path) < FEWEST}
    found: dict[str, Section] = {}
    for family in families(told):
        path = "/".join(family[0].menu.split("/")[:2])
        path = path.split("/")[0] if path in small else path
        title = MENUS[path].replace("&", "") if path else ELSEWHERE
        found.setdefault(path, Section(title)).lines.append(line_of(family))
    order = [*MENUS, ""]
    return [found[path] for path in order if path in found]


def line_of(family: Sequence[Action]) -> Line:
    """Write the line of an action, or of several that differ in a number alone."""
    first, last = family[0], family[-1]
    text = first.text if first is last else unnumbered(first)
    shown = keys(first) if first is last else f"{keys(first)} … {keys(last)}"
    return Line(text.replace("&", "").rstrip("…"), shown, first.gesture)


def families(records: Iterable[Action]) -> list[list[Action]]:
    """Put records that follow each other and differ in a number alone together."""

    def kind(record: Action) -> tuple[str, str]:
        return (record.handler, unnumbered(record)) if record.handler else (record.id, "")

    return [list(run) for _key, run in groupby(records, kind)]


def unnumbered(record: Action) -> str:
    """Return the text of an action without a number at its end."""
    return record.text.rstrip("0123456789&").rstrip()


def balanced(sections: Sequence[Section], count: int) -> list[list[Section]]:
    """Spread sections over columns in their order, so that the longest is as short as can be."""
    sizes = [height_of(section) for section in sections]
    count = min(count, len(sections))
    if count < 1:
        return []
    cuts = min(
        combinations(range(1, len(sections)), count - 1),
        key=lambda inner: max(sum(sizes[a:b]) for a, b in pairwise([0, *inner, len(sizes)])),
    )
    return [list(sections[a:b]) for a, b in pairwise([0, *cuts, len(sections)])]


def height_of(section: Section) -> int:
    """Return how many lines of text a section is high, about, with its title and a gap."""
    ways = (line.ways.count("\n") + len(line.gesture) // 28 + 1 for line in section.lines)
    return 2 + sum(ways)


def page(columns: Sequence[Sequence[Section]], count: int) -> QWidget:
    """Lay out columns of sections from the left; there is room for `count`."""
    content = QWidget()
    row = QHBoxLayout(content)
    row.setContentsMargins(0, 0, ASIDE, 0)
    row.setSpacing(BETWEEN)
    if not columns:
        row.addWidget(label(_("Nothing here is called so"), "muted"), 1, Qt.AlignmentFlag.AlignTop)
    for sections in columns:
        row.addWidget(column(sections), 0, Qt.AlignmentFlag.AlignTop)
    if len(columns) < count:
        row.addStretch(1)
    return content


def column(sections: Sequence[Section]) -> QWidget:
    """Lay out several sections below each other."""
    made = QWidget()
    made.setFixedWidth(COLUMN)
    inner = QVBoxLayout(made)
    inner.setContentsMargins(0, 0, 0, 0)
    inner.setSpacing(6)
    for one in sections:
        inner.addWidget(section(one.title))
        inner.addLayout(grid(one.lines))
        inner.addSpacing(14)
    return made


def grid(lines: Sequence[Line]) -> QGridLayout:
    """Lay out the lines of a section: what is done, and how at the right."""
    made = QGridLayout()
    made.setHorizontalSpacing(20)
    made.setVerticalSpacing(4)
    made.setColumnStretch(0, 1)
    top = Qt.AlignmentFlag.AlignTop
    for row, line in enumerate(lines):
        text, ways = label(line.text), label(line.ways, "muted")
        text.setWordWrap(True)
        ways.setWordWrap(True)
        ways.setFixedWidth(WAYS)
        ways.setAlignment(Qt.AlignmentFlag.AlignRight | top)
        made.addWidget(text, row, 0, top)
        made.addWidget(ways, row, 1, top)
    return made
