"""Quiet colours: numbers by their sign, text in three strengths, and nothing else."""

import pytest

CASES = [
    (".py", "w1 = Value(-3.0)", {"-3.0": "negative"}),
    (".py", "n = x1 * w1 - 2.5", {"2.5": "positive"}),
    (".py", "zero = 0.0", {}),
    (".py", "for p in parameters:  # 3 of them", {"for": "muted", "in": "muted", "#": "dim"}),
    (".py", "lo = [1e-05, -2e+20]", {"1e-05": "positive", "-2e+20": "negative"}),
    (".json", '"grad": -1.5,', {'"grad"': "muted", "-1.5": "negative"}),
    (".dot", '    n1 [label="{ x1 | data 2.0000 }"]', {"label": "muted", "2.0000": "positive"}),
]


@pytest.mark.parametrize(("suffix", "line", "coloured"), CASES)
def test_a_line_has_these_colours_and_no_others(qapp, suffix, line, coloured) -> None:
    from PySide6.QtGui import QTextDocument

    from playground.panels.code.colours import Colours
    from playground.theme import load_theme

    theme = load_theme("dark")
    document = QTextDocument(line)
    colours = Colours(document, theme)
    colours.speak(suffix)
    colours.rehighlight()
    found = {
        line[one.start : one.start + one.length]: one.format.foreground().color().name()
        for one in document.firstBlock().layout().formats()
    }
    found = {text if text[0] != "#" else "#": name for text, name in found.items()}
    assert found == {text: theme.colour(role).name() for text, role in coloured.items()}
