"""What stands on a panel: its controls, in the words of their own names and tooltips.

The handlers collect them from the widget, the panel of the help writes them on the page about it,
and on top the one that was asked about.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from gettext import gettext as _

from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from playground.panels.help.page import escaped, joined, listed, section
from playground.widgets.tile import Tile

KINDS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
)


@dataclass(frozen=True, slots=True)
class Control:
    """A control: what it is called, and what it says of itself."""

    name: str
    words: str


def is_control(widget: QWidget) -> bool:
    """Tell whether a widget is something to use, and no part of one."""
    inner = widget.objectName().startswith("qt_")
    return isinstance(widget, KINDS) and not inner


def control_at(widget: QWidget | None) -> QWidget | None:
    """Return the control that a widget is or lies in, None if it is in none."""
    while widget is not None and not widget.isWindow():
        if is_control(widget) and control_of(widget).name:
            return widget
        widget = widget.parentWidget()
    return None


def control_of(widget: QWidget) -> Control:
    """Say what a control is called and what it does, by what screen readers and mouse are told."""
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    name = widget.accessibleName() or text or widget.toolTip().partition("  (")[0]
    words = (widget.toolTip(), widget.accessibleDescription(), widget.statusTip())
    told = [one.replace("\n", ". ") for one in dict.fromkeys(words) if one and one != name]
    return Control(name.replace("&", "").strip(), ". ".join(told))


def controls_on(widget: QWidget) -> Iterator[Control]:
    """Yield each control of a panel that is to be seen, in the order of the Tab key."""
    seen = set()
    for one in widget.findChildren(QWidget):
        # The palette's tiles are items of the catalogue, each with a page of its own.
        if isinstance(one, Tile) or not is_control(one) or not one.isVisibleTo(widget):
            continue
        control = control_of(one)
        if control.name and control.words and control.name not in seen:
            seen.add(control.name)
            yield control


def controls_text(text: str, controls: tuple[Control, ...], about: str) -> str:
    """Add to the text of a page what stands there, and on top what is asked about."""
    asked = next((one for one in controls if one.name == about), None)
    if asked is not None:
        title, _line, rest = text.partition("\n")
        text = joined(title, f"**{escaped(asked.name)}**: {escaped(asked.words)}", rest.strip())
    lines = [f"**{escaped(one.name)}**: {escaped(one.words)}" for one in controls]
    return joined(text, section(_("What stands there just now"), listed(*lines)))
