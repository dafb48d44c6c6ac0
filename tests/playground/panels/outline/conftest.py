"""An outline beside a canvas."""

import pytest

from engine.errors import accept
from engine.graph.verbs import add_op, add_value, connect, group
from playground.panels.outline import OutlinePanel
from playground.theme import ThemeManager
from tests.playground.panels.outline.driving import settle


@pytest.fixture
def outline(session, qtbot):
    """Show an outline of c = a * b and t = tanh(c), with a and b in a group."""
    document = session.document
    for label, number, role in (("a", 2.0, "constant"), ("b", -3.0, "parameter")):
        session.do(add_value(document, (0.0, number), value=number, label=label, role=role))
    session.do(accept(add_op(document, "mul", (200.0, 0.0), label="c")))
    session.do(accept(add_op(document, "tanh", (400.0, 0.0), label="t")))
    for source, target in ((1, 3), (2, 3), (3, 4)):
        session.do(accept(connect(document, source, target)))
    session.do(accept(group(document, [1, 2], "leaves")))
    session.stack.clear()
    panel = OutlinePanel(session, ThemeManager("dark"))
    qtbot.addWidget(panel)
    panel.resize(360, 500)
    panel.show()
    qtbot.waitExposed(panel)
    settle()
    return panel
