"""The themes: what every colour means, and how a whole application wears it.

A `Theme` holds one colour per role; its numbers stand in resources/themes. The `ThemeManager`
chooses one (by name, or as the system does), dresses the application and announces changes;
whoever paints asks it for `current()`. Nothing here may know a widget of the application.
"""

import json
from dataclasses import dataclass, fields
from pathlib import Path
from string import Template
from typing import Any

from PySide6.QtCore import QDir, QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QStyle

import resources

FAMILY = "Inter"
THEMES = ("dark", "light", "contrast-dark", "contrast-light")
TEXT_PIXELS = 13


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """A colour for each role.

    Attributes:
        background, panel, raised, card, hover: surfaces, from the canvas up.
        hairline, grid, wire: lines at rest.
        ink, muted, dim: text in three strengths; faint is for what is disabled.
        positive, negative: forward numbers by their sign.
        backward: gradients, and nothing else.
        go, on_go: what starts something or is good, and the text on it.
        selection: what is selected or has the focus.
        map_negative, map_zero, map_positive: the diverging map at -1, 0 and +1.
        more_classes: of classes from the third on; the first two are the ends of the map.
        shadow: under what floats.
        lines: how many times their width hairlines and outlines are drawn.
    """

    name: str
    lines: float = 1.0
    background: QColor
    panel: QColor
    raised: QColor
    card: QColor
    hover: QColor
    hairline: QColor
    grid: QColor
    wire: QColor
    ink: QColor
    muted: QColor
    dim: QColor
    faint: QColor
    positive: QColor
    negative: QColor
    backward: QColor
    go: QColor
    on_go: QColor
    selection: QColor
    map_negative: QColor
    map_zero: QColor
    map_positive: QColor
    shadow: QColor
    more_classes: tuple[QColor, ...]

    @property
    def is_dark(self) -> bool:
        """Whether text is lighter than what it stands on."""
        return self.ink.lightness() > self.background.lightness()

    def of_class(self, number: int) -> QColor:
        """Return the colour of a class, counted from 0; they begin again after the last."""
        colours = (self.map_negative, self.map_positive, *self.more_classes)
        return colours[number % len(colours)]

    def colour(self, role: str) -> QColor:
        """Return the colour of a role by its name."""
        colour: QColor = getattr(self, role)
        return colour

    def of_sign(self, number: float) -> QColor:
        """Return the colour of a forward number: by its sign, ink at zero and for NaN."""
        if number > 0:
            return self.positive
        return self.negative if number < 0 else self.ink


ROLES = tuple(field.name for field in fields(Theme) if field.type is QColor)


def load_theme(name: str) -> Theme:
    """Read one theme, such as "dark", from the resources."""
    record = json.loads(resources.read_text(f"themes/{name}.json"))
    colours: dict[str, Any] = {role: QColor(record["colours"][role]) for role in ROLES}
    more = tuple(QColor(name) for name in record["classes"])
    lines = float(record.get("lines", 1.0))
    return Theme(name=name, lines=lines, more_classes=more, **colours)


class ThemeManager(QObject):
    """Chooses the theme and tells when it changes; lives in the main thread.

    Attributes:
        choice: what was asked for: "system", or one of `THEMES`.
        theme_changed: carries the new `Theme`.
    """

    theme_changed = Signal(object)

    def __init__(self, choice: str = "system", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.choice = choice
        self._themes = {name: load_theme(name) for name in THEMES}
        self._current = self._themes[self._wanted()]
        hints = QApplication.styleHints()
        hints.colorSchemeChanged.connect(self._follow)
        hints.accessibility().contrastPreferenceChanged.connect(self._follow)

    def current(self) -> Theme:
        """Return the theme to paint with."""
        return self._current

    def choose(self, choice: str) -> None:
        """Use one of `THEMES`, or whichever the "system" uses."""
        self.choice = choice
        self._follow()

    def dress(self, application: QApplication) -> None:
        """Put style, font, palette and style sheet of the current theme on the application."""
        QDir.setSearchPaths("themes", [str(Path(resources.__file__).parent / "themes")])
        application.setStyle("Fusion")
        application.setFont(interface_font())
        application.setPalette(palette(self._current))
        application.setStyleSheet(stylesheet(self._current))

    def _wanted(self) -> str:
        if self.choice != "system":
            return self.choice
        hints = QApplication.styleHints()
        name = "light" if hints.colorScheme() is Qt.ColorScheme.Light else "dark"
        wish = hints.accessibility().contrastPreference()
        return f"contrast-{name}" if wish is Qt.ContrastPreference.HighContrast else name

    def _follow(self) -> None:
        wanted = self._themes[self._wanted()]
        if wanted is not self._current:
            self._current = wanted
            self.theme_changed.emit(wanted)


def stylesheet(theme: Theme) -> str:
    """Fill the style sheet template with the colours of a theme."""
    colours = {role: theme.colour(role).name() for role in ROLES}
    template = Template(resources.read_text("themes/window.qss"))
    shade = "dark" if theme.is_dark else "light"
    return template.substitute(colours, theme=shade, line=f"{round(theme.lines)}px")


def palette(theme: Theme) -> QPalette:
    """Translate the roles to Qt's palette, for whatever the style sheet does not reach."""
    group = QPalette.ColorRole
    roles = {
        group.Window: theme.panel,
        group.WindowText: theme.ink,
        group.Base: theme.raised,
        group.AlternateBase: theme.card,
        group.Text: theme.ink,
        group.PlaceholderText: theme.dim,
        group.Button: theme.raised,
        group.ButtonText: theme.ink,
        group.ToolTipBase: theme.card,
        group.ToolTipText: theme.ink,
        group.Highlight: theme.positive,
        group.HighlightedText: theme.background,
        group.Link: theme.positive,
        group.LinkVisited: theme.positive,
        group.Light: theme.hover,
        group.Midlight: theme.hover,
        group.Mid: theme.hairline,
        group.Dark: theme.hairline,
        group.Shadow: theme.background,
        group.Accent: theme.positive,
    }
    result = QPalette()
    for role, colour in roles.items():
        result.setColor(role, colour)
    for role in (group.WindowText, group.Text, group.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, role, theme.faint)
    return result


def interface_font(pixels: int = TEXT_PIXELS, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """Return the font of the interface: Inter where it is installed, else the system's."""
    installed = FAMILY in QFontDatabase.families()
    system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    font = QFont(FAMILY) if installed else QFont(system.family())
    font.setPixelSize(pixels)
    font.setWeight(weight)
    return font


def number_font(pixels: int = TEXT_PIXELS, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """Return the interface font with digits of equal width, so that live numbers stand still."""
    font = interface_font(pixels, weight)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def code_font(pixels: int = TEXT_PIXELS) -> QFont:
    """Return the system's font whose letters all have equal width, for code."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setStyleHint(QFont.StyleHint.Monospace)
    font.setPixelSize(pixels)
    return font


def motion_is_reduced() -> bool:
    """Tell whether the system asks for no animations: then its style plays none either."""
    hint = QStyle.StyleHint.SH_Widget_Animation_Duration
    return QApplication.style().styleHint(hint) == 0
