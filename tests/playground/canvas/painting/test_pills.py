"""Pills stand out from whatever frame they lie in; contrast is that of WCAG 2.2."""

import pytest

from playground.canvas.frame.style import Kind
from playground.canvas.painting.bodies import hairline
from playground.canvas.painting.pigments import ground
from playground.canvas.painting.tints import luminance, ratio
from playground.theme import THEMES, load_theme
from playground.widgets.pigments import PIGMENTS

ENOUGH = 1.3  # a plain hairline in the light theme has 1.1 on a tinted frame and is not seen


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("colour", ["", *PIGMENTS])
def test_the_border_of_a_pill_is_seen_on_every_tint(qapp, name, colour):
    theme = load_theme(name)
    edge, under = hairline(Kind.OP, theme), ground(colour, theme)
    assert ratio(luminance(edge), luminance(under)) >= ENOUGH
    assert ratio(luminance(edge), luminance(theme.raised)) >= ENOUGH
