"""The dialog for points above and below a typed function, with a picture of what they will be."""

from dataclasses import dataclass
from gettext import gettext as _

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from engine.errors import Refusal
from engine.exchange.expressions import parse_number
from engine.exchange.functions import Curve, curve_table
from engine.graph.tables import Table
from playground.dialogs.frame import FramedDialog
from playground.theme import Theme, number_font
from playground.widgets.labels import label, retone

PICTURE = QSize(300, 240)
FIELD_WIDTH, GAP, POINT = 84, 8, 2.6


@dataclass(frozen=True, slots=True)
class Asked:
    """A field: its title, what it says, and how it is written at first."""

    name: str
    title: str
    tip: str
    text: str


class FunctionDialog(FramedDialog):
    """Asks for a `Curve`; the choice of the button is "use" or ""."""

    def __init__(self, curve: Curve, theme: Theme, parent: QWidget | None = None) -> None:
        words = _("A point is labelled by whether it lies above the function or below it.")
        super().__init__(_("Points from a function"), words, parent)
        self.fields: dict[str, QLineEdit] = {}
        self.picture = Points(theme, self)
        self._curve = curve
        self._model = QCheckBox(_("&Make a network that fits, unless there is one"), self)
        self._model.setToolTip(_("With two features and two classes"))
        self._model.setChecked(True)
        self.says = label("", "muted")
        self.says.setWordWrap(True)
        left = QVBoxLayout()
        left.setSpacing(8)
        for line in self._lines(curve):
            left.addLayout(line)
        left.addStretch(1)
        both = QHBoxLayout()
        both.setSpacing(20)
        both.addLayout(left)
        both.addWidget(self.picture)
        self.body.addLayout(both)
        self.body.addWidget(self._model)
        self.body.addWidget(self.says)
        self.add_button("", _("Cancel")).setToolTip(_("Leave everything as it is"))
        self._use = self.add_button("use", _("Use the points"), go=True)
        self._use.setToolTip(_("Make these points the data"))
        self._weigh()

    @property
    def makes_model(self) -> bool:
        """Whether a network is wanted where none fits."""
        return self._model.isChecked()

    def wanted(self) -> Curve:
        """Return what the fields say; as it was where they say nothing that can be read."""
        read = self._read()
        return self._curve if isinstance(read, Refusal) else read

    def _lines(self, curve: Curve) -> list[QHBoxLayout]:
        asked = (
            (_("y >"), [Asked("formula", _("Formula"), _("A formula of x"), curve.formula)]),
            (_("x from, to"), self._ends("x", curve.across)),
            (_("y from, to"), self._ends("y", curve.up)),
            (
                _("Points, noise"),
                [
                    Asked("count", _("Points"), _("How many points there are"), str(curve.count)),
                    Asked(
                        "noise",
                        _("Noise"),
                        _("How far points stray, as a share of the range of y"),
                        f"{curve.noise:g}",
                    ),
                ],
            ),
            (
                _("Seed"),
                [Asked("seed", _("Seed"), _("Another seed, other points"), str(curve.seed))],
            ),
        )
        return [self._line(title, fields) for title, fields in asked]

    def _ends(self, name: str, span: tuple[float, float]) -> list[Asked]:
        low, high = (f"{end:g}" for end in span)
        return [
            Asked(f"{name}.low", _("Least {name}").format(name=name), _("Where it begins"), low),
            Asked(
                f"{name}.high", _("Greatest {name}").format(name=name), _("Where it ends"), high
            ),
        ]

    def _line(self, title: str, fields: list[Asked]) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(GAP)
        name = label(title, "muted")
        line.addWidget(name)
        line.addStretch(1)
        for one in fields:
            field = QLineEdit(one.text, self)
            field.setObjectName(one.name)
            field.setAccessibleName(one.title)
            field.setToolTip(one.tip)
            field.setFont(number_font())
            wide = one.name == "formula"
            field.setFixedWidth(2 * FIELD_WIDTH + GAP if wide else FIELD_WIDTH)
            field.textChanged.connect(self._weigh)
            self.fields[one.name] = field
            line.addWidget(field)
        name.setBuddy(self.fields[fields[0].name])
        return line

    def _read(self) -> Curve | Refusal:
        numbers: dict[str, float] = {}
        for name, field in self.fields.items():
            if name == "formula":
                continue
            number = parse_number(field.text())
            if isinstance(number, Refusal):
                return number
            numbers[name] = number
        for name in ("count", "seed"):
            if numbers[name] != int(numbers[name]):
                title = self.fields[name].accessibleName()
                return Refusal(_("{title} is a whole number").format(title=title))
        return Curve(
            self.fields["formula"].text(),
            (numbers["x.low"], numbers["x.high"]),
            (numbers["y.low"], numbers["y.high"]),
            int(numbers["count"]),
            numbers["noise"],
            int(numbers["seed"]),
        )

    def _weigh(self) -> None:
        """Show the points, or say why there are none."""
        curve = self._read()
        table = curve if isinstance(curve, Refusal) else curve_table(curve)
        fine = isinstance(table, Table) and isinstance(curve, Curve)
        self._use.setEnabled(fine)
        if isinstance(table, Table) and isinstance(curve, Curve):
            above = int(table.numbers[:, 2].sum())
            words = _("{above} points above, {below} below")
            self.says.setText(words.format(above=above, below=len(table) - above))
            self.picture.show_points(table, curve)
        else:
            self.says.setText(str(table))
            self.picture.show_points(None, None)
        retone(self.says, "muted" if fine else "problem")


class Points(QWidget):
    """A picture of points in the colours of their classes."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._table: Table | None = None
        self._curve: Curve | None = None
        self.setFixedSize(PICTURE)
        self.setAccessibleName(_("The points"))

    def show_points(self, table: Table | None, curve: Curve | None) -> None:
        """Show points within the ranges of a curve, None for none."""
        self._table, self._curve = table, curve
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint a frame and the points."""
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.hairline, theme.lines))
        painter.setBrush(theme.background)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(frame, 8, 8)
        if self._table is None or self._curve is None:
            return
        (left, right), (low, high) = self._curve.across, self._curve.up
        inside = frame.adjusted(8, 8, -8, -8)
        painter.setClipRect(frame)
        painter.setPen(Qt.PenStyle.NoPen)
        for x, y, label_of in self._table.numbers.tolist():
            painter.setBrush(theme.map_positive if label_of else theme.map_negative)
            place = QPointF(
                inside.left() + (x - left) / (right - left) * inside.width(),
                inside.bottom() - (y - low) / (high - low) * inside.height(),
            )
            painter.drawEllipse(place, POINT, POINT)
