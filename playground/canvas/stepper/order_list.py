"""The list of a pass's steps in their order: those done ticked, the latest marked.

The order card has one. It is a list view, so that a screen reader says every row and only rows in
sight are painted; the rows come from the session's pass.
"""

from dataclasses import dataclass
from gettext import gettext as _

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from engine.explain.spoken import called, said
from engine.run.course import Course
from engine.run.trace import Step
from playground.session import Session
from playground.theme import ThemeManager, interface_font, number_font
from playground.widgets.numbers import exact
from playground.widgets.results import written

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()

HEIGHT = 26
MARK = 30.0  # the width of the column of marks
MARGIN, RADIUS, DOT = 8.0, 6.0, 3.5
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Line:
    """A row as it is shown: the title of a phase, or a step.

    Attributes:
        place: of the step in the schedule, None of a title.
        mark: its number in the order, or in that in which it was fired by hand; "✓" when done,
            "!" when it broke a rule.
        number: what was computed, or the gradient that was sent on; None while it waits.
        latest: whether it was the last one.
        within: the group that it is in, "" for none.
    """

    place: int | None
    name: str
    mark: str = ""
    number: float | None = None
    backward: bool = False
    latest: bool = False
    within: str = ""

    @property
    def done(self) -> bool:
        """Whether the step was taken."""
        return self.number is not None

    @property
    def told(self) -> str:
        """The number as it is written."""
        return "" if self.number is None else said(self.number)

    def words(self) -> str:
        """Return what a screen reader says."""
        state = _("now") if self.latest else _("done") if self.done else _("waits")
        parts = (self.name, self.within, state, self.told)
        if self.place is None:
            return self.name
        return ", ".join(part for part in parts if part)


class OrderRows(QAbstractListModel):
    """The rows of the session's pass; by hand only those that go backward."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._course: Course | None = None
        self._places: list[int | None] = []  # None is the title of a phase
        self._steps = dict[int, tuple[int, Step]]()  # how many had fired, and the step, by place

    def refresh(self) -> None:
        """Take note of another pass, or of another position in it."""
        tracing = self._session.tracing
        course = tracing.course
        places = [] if course is None else self._shown(course)
        if course is not self._course or places != self._places:
            self.beginResetModel()
            self._course, self._places = course, places
            self._find()
            self.endResetModel()
        else:
            self._find()
            self.dataChanged.emit(self.index(0), self.index(len(places) - 1))

    def _shown(self, course: Course) -> list[int | None]:
        forward, count = course.forward, len(course.schedule)
        ahead: list[int | None] = [None, *range(forward)] if forward else []
        back: list[int | None] = [None, *range(forward, count)] if count > forward else []
        return back if self._session.tracing.by_hand else [*ahead, *back]

    def _find(self) -> None:
        self._steps = {}
        if self._course is not None:
            pairs = zip(self._course.taken, self._course.trace.steps, strict=True)
            fired = 0
            for (_wanted, place), step in pairs:
                fired += step.phase == "backward"
                if place is not None:
                    self._steps[place] = (fired, step)

    def line(self, row: int) -> Line:
        """Return a row as it is shown."""
        course, place = self._course, self._places[row]
        if course is None:
            return Line(None, "")
        following = self._places[row + 1] if place is None else place
        backward = (following or 0) >= course.forward
        if place is None:
            return Line(None, _("Backward") if backward else _("Forward"), backward=backward)
        phase, node = course.schedule[place]
        document = self._session.document
        if node not in document:
            return Line(place, "")  # it was deleted, and another pass is on its way
        name, group = document.name(node), document.node(node).group
        within = "" if group is None else called(document, group)
        if phase == "start":
            name = _("begin at {name}").format(name=name)
        fired, step = self._steps.get(place, (0, None))
        by_hand = self._session.tracing.by_hand
        number = place - course.forward if backward else place + 1
        if step is None:
            mark = "" if by_hand or phase == "start" else str(number)
            return Line(place, name, mark, backward=backward, within=within)
        mark = "!" if step.broken else str(fired) if by_hand and fired else "✓"
        latest = course.place == place
        return Line(place, name, mark, step.number, backward, latest, within)

    def row_of_latest(self) -> int | None:
        """Return the row of the latest step; at the beginning the first one."""
        place = None if self._course is None else self._course.place
        if place is None or place not in self._places:
            return 0 if self._places and self._course and not self._course.taken else None
        return self._places.index(place)

    def place(self, row: int) -> int | None:
        """Return the place in the schedule that a row stands for, None of a title."""
        return self._places[row]

    def row(self, place: int) -> int:
        """Return the row of a step."""
        return self._places.index(place)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self._places)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a row says."""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.line(index.row()).words()
        if role == Qt.ItemDataRole.ToolTipRole:
            number = self.line(index.row()).number
            return None if number is None else exact(number)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let steps be chosen, and no titles."""
        step = index.isValid() and self._places[index.row()] is not None
        enabled = Qt.ItemFlag.ItemIsEnabled
        return enabled | Qt.ItemFlag.ItemIsSelectable if step else Qt.ItemFlag.NoItemFlags


class LinePainter(QStyledItemDelegate):
    """Paints rows in the current theme."""

    def __init__(self, rows: OrderRows, themes: ThemeManager, parent: QObject) -> None:
        super().__init__(parent)
        self._rows = rows
        self._themes = themes

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Return the height of a row."""
        return QSize(0, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint mark, name and number."""
        line, theme = self._rows.line(index.row()), self._themes.current()
        state: QStyle.StateFlag = option.state
        box = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = theme.backward if line.backward else theme.positive
        if line.place is None:
            painter.setPen(theme.dim)
            font = interface_font(11, QFont.Weight.Medium)
            written(painter, box.adjusted(MARGIN, 0, -MARGIN, 0), LEFT, line.name.upper(), font)
            painter.restore()
            return
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        if line.latest or focused or hovered:
            painter.setPen(theme.selection if focused else Qt.PenStyle.NoPen)
            painter.setBrush(theme.hover if line.latest or hovered else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(0.5, 1, -0.5, -1), RADIUS, RADIUS)
        if line.latest and line.mark == "✓":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawEllipse(QPointF(box.left() + MARK / 2, box.center().y()), DOT, DOT)
        else:
            painter.setPen(theme.ink if line.mark == "!" else theme.muted)
            weight = QFont.Weight.Bold if line.mark == "!" else QFont.Weight.Normal
            column = QRectF(box.left(), box.top(), MARK, box.height())
            painter.setFont(number_font(11, weight))
            painter.drawText(column, Qt.AlignmentFlag.AlignCenter, line.mark)
        rest = box.adjusted(MARK + 4, 0, -MARGIN, 0)
        painter.setPen(colour if line.backward else theme.of_sign(line.number or 0.0))
        taken = written(painter, rest, RIGHT, line.told, number_font(12))
        rest.setRight(rest.right() - taken - MARGIN)
        painter.setPen(theme.ink if line.done else theme.muted)
        taken = written(painter, rest, LEFT, line.name, interface_font(12))
        painter.setPen(theme.dim)
        rest.setLeft(rest.left() + taken + MARGIN)
        if line.within and rest.width() > MARGIN:
            written(painter, rest, LEFT, line.within, interface_font(11))
        painter.restore()


class OrderList(QListView):
    """The list itself.

    Attributes:
        chosen: a step was clicked, or Return was pressed on it; carries its place.
    """

    chosen = Signal(int)

    def __init__(self, session: Session, themes: ThemeManager, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows = OrderRows(session, self)
        self.setModel(self.rows)
        self.setItemDelegate(LinePainter(self.rows, themes, self))
        self.setObjectName("order")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.setAccessibleName(_("Order of the steps"))
        self.clicked.connect(self._choose)

    def sizeHint(self) -> QSize:
        """Ask for the height of all rows."""
        return QSize(super().sizeHint().width(), self.rows.rowCount() * HEIGHT)

    def refresh(self) -> None:
        """Show where the pass is, and the latest step in sight."""
        self.rows.refresh()
        self.updateGeometry()
        self._show_latest()

    def _show_latest(self) -> None:
        row = self.rows.row_of_latest()
        if row is not None:
            self.scrollTo(self.rows.index(row))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the latest step in sight: what is said below may take room from the list."""
        super().resizeEvent(event)
        self._show_latest()

    def middle_of(self, place: int) -> QPointF:
        """Return the point of the viewport in the middle of a step's row, brought into sight."""
        index = self.rows.index(self.rows.row(place))
        self.scrollTo(index)
        return QPointF(self.visualRect(index).center())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose the row that the keyboard is on."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.currentIndex())
            event.accept()
        else:
            super().keyPressEvent(event)

    def _choose(self, index: QModelIndex) -> None:
        place = self.rows.place(index.row()) if index.isValid() else None
        if place is not None:
            self.chosen.emit(place)
