"""The themes: readable everywhere, complete, and worn by the application when chosen."""

import json
import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QLabel

import resources
from playground.canvas.frame.heat import SHADES
from playground.canvas.frame.style import Kind
from playground.canvas.painting.detail import Detail
from playground.canvas.painting.tints import PLAIN, Tints
from playground.theme import (
    ROLES,
    THEMES,
    Theme,
    ThemeManager,
    load_theme,
    number_font,
    stylesheet,
)

SURFACES = ("background", "panel", "raised", "card")
TEXTS = ("ink", "muted", "dim", "positive", "negative", "backward", "go")
WCAG_AA_TEXT = 4.5
WCAG_AAA_TEXT = 7.0
WCAG_AA_SHAPES = 3.0


def luminance(colour: QColor) -> float:
    """WCAG 2.2, relative luminance."""
    channels = (colour.redF(), colour.greenF(), colour.blueF())
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: QColor, other: QColor) -> float:
    """WCAG 2.2, contrast ratio."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def readable(theme: Theme) -> float:
    """Return the contrast text must have."""
    return WCAG_AAA_TEXT if theme.name.startswith("contrast") else WCAG_AA_TEXT


@pytest.fixture(params=THEMES)
def theme(request: pytest.FixtureRequest) -> Theme:
    return load_theme(request.param)


@pytest.fixture
def plain_application(qapp: QApplication):
    """Give the application its clothes back."""
    style, font, palette = qapp.style().objectName(), qapp.font(), qapp.palette()
    yield qapp
    qapp.setStyleSheet("")
    qapp.setStyle(style)
    qapp.setFont(font)
    qapp.setPalette(palette)


def test_contrast_is_computed_as_wcag_does():
    assert contrast(QColor("#000000"), QColor("#ffffff")) == pytest.approx(21)
    assert contrast(QColor("#777777"), QColor("#ffffff")) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("text", TEXTS)
def test_text_can_be_read_on_every_surface(theme: Theme, text: str, surface: str):
    assert contrast(theme.colour(text), theme.colour(surface)) >= readable(theme)


def test_ink_can_be_read_while_hovered_and_the_word_on_a_go_button_always(theme: Theme):
    assert contrast(theme.ink, theme.hover) >= readable(theme)
    assert contrast(theme.on_go, theme.go) >= readable(theme)


@pytest.mark.parametrize("level", range(SHADES + 1))
@pytest.mark.parametrize("zoom", [0.2, 0.45, 0.5, 1.0])
def test_text_can_be_read_on_every_heat_and_every_tint(theme: Theme, level: int, zoom: float):
    for heat, tint in ((True, PLAIN + level), (False, PLAIN + level), (False, PLAIN - level)):
        tints = Tints(theme, Detail.at(zoom), heat=heat)
        for kind in (Kind.LEAF, Kind.OP, Kind.TILE):
            text = tints.on(bool(tints.reversed[tint]))
            assert contrast(text, tints.fill(tint, kind)) >= WCAG_AA_TEXT
            if tints.detail.numbers:
                number = theme.background if tints.reversed[tint] else theme.ink
                assert contrast(number, tints.fill(tint, kind)) >= WCAG_AA_TEXT


@pytest.mark.parametrize("name", ["contrast-dark", "contrast-light"])
def test_lines_of_high_contrast_stand_out(name: str):
    theme = load_theme(name)
    assert theme.lines > 1.0
    for role in ("wire", "hairline", "map_negative", "map_positive", "selection", "backward"):
        assert contrast(theme.colour(role), theme.background) >= WCAG_AA_SHAPES, role


def test_the_violets_of_the_heat_are_in_order(theme: Theme):
    for zoom in (0.2, 1.0):
        tints = Tints(theme, Detail.at(zoom), heat=True)
        fills = [tints.fill(PLAIN + level, Kind.LEAF) for level in range(SHADES + 1)]
        steps = [luminance(fill) for fill in fills]
        assert steps == sorted(steps, reverse=not theme.is_dark)
        assert len(set(steps)) == len(steps)


@pytest.mark.parametrize("surface", SURFACES)
def test_what_has_the_focus_stands_out(theme: Theme, surface: str):
    surface_colour = theme.colour(surface)
    limit = WCAG_AA_SHAPES if surface != "raised" else 2.9
    assert contrast(theme.selection, surface_colour) >= limit


def test_text_has_three_strengths_in_order(theme: Theme):
    strengths = [contrast(theme.colour(text), theme.panel) for text in ("ink", "muted", "dim")]
    assert strengths == sorted(strengths, reverse=True)
    assert len({round(strength, 1) for strength in strengths}) == 3


def test_every_file_holds_exactly_the_roles():
    for name in THEMES:
        record = json.loads(resources.read_text(f"themes/{name}.json"))
        assert record["name"] == name
        assert set(record["colours"]) == set(ROLES)


def test_the_style_sheet_leaves_no_role_unfilled(theme: Theme):
    assert not re.search(r"\$\w", stylesheet(theme))


def test_numbers_are_coloured_by_their_sign(theme: Theme):
    assert theme.of_sign(2.0) == theme.positive
    assert theme.of_sign(-0.5) == theme.negative
    assert theme.of_sign(0.0) == theme.ink
    assert theme.of_sign(float("nan")) == theme.ink


def test_digits_have_equal_width(qapp):
    assert number_font().featureValue(number_font().featureTags()[0]) == 1
    assert number_font().featureTags()[0].toString() == b"tnum"


def test_choosing_a_theme_announces_it_once(qtbot):
    themes = ThemeManager("dark")
    heard: list[Theme] = []
    themes.theme_changed.connect(heard.append)
    themes.choose("light")
    themes.choose("light")
    assert [theme.name for theme in heard] == ["light"]
    assert not themes.current().is_dark


def test_the_system_theme_follows_the_system(qtbot, monkeypatch):
    scheme = Qt.ColorScheme.Light
    hints = type(QApplication.styleHints())
    monkeypatch.setattr(hints, "colorScheme", lambda _self: scheme)
    themes = ThemeManager("system")
    assert themes.current().name == "light"
    scheme = Qt.ColorScheme.Dark
    QApplication.styleHints().colorSchemeChanged.emit(scheme)
    assert themes.current().name == "dark"


def test_a_chosen_theme_ignores_the_system(qtbot):
    themes = ThemeManager("light")
    QApplication.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert themes.current().name == "light"


def test_the_application_wears_the_theme(qtbot, plain_application):
    themes = ThemeManager("light")
    themes.dress(plain_application)
    assert "border-radius" in plain_application.styleSheet()
    assert plain_application.palette().color(QPalette.ColorRole.Window) == themes.current().panel
    muted = QLabel("text")
    muted.setProperty("tone", "muted")
    qtbot.addWidget(muted)
    muted.ensurePolished()
    assert muted.palette().color(QPalette.ColorRole.WindowText) == themes.current().muted


def test_a_system_that_asks_for_contrast_gets_it(qtbot, monkeypatch):
    accessibility = QApplication.styleHints().accessibility()
    wish = Qt.ContrastPreference.HighContrast
    monkeypatch.setattr(type(accessibility), "contrastPreference", lambda _self: wish)
    assert ThemeManager("system").current().name.startswith("contrast-")
    assert ThemeManager("light").current().name == "light"
