"""A window at rest paints nothing at all, with everything that can be on switched on."""

from collections import Counter

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from engine.errors import accept
from engine.graph.notes import add_note, frame
from engine.graph.spans import set_span
from tests.playground.window.driving import turn

SWITCHES = (
    "view.theme.contrast-dark",
    "view.heat",
    "view.dim",
    "view.flow",
    "view.panel.outline",
    "view.find",
)


class Paints(QObject):
    """Counts the widgets of one window that were painted, by their class and name."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.window = window
        self.counts: Counter[str] = Counter()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        painted = event.type() is QEvent.Type.Paint and isinstance(watched, QWidget)
        if painted and watched.window() is self.window:
            self.counts[f"{type(watched).__name__} {watched.objectName()}"] += 1
        return False


@pytest.fixture
def paints(window, qapp):
    counting = Paints(window)
    qapp.installEventFilter(counting)
    yield counting
    qapp.removeEventFilter(counting)


def test_a_window_at_rest_paints_nothing_with_everything_on(window, session, paints, qtbot):
    session.open_example()
    leaves = [node.id for node in session.document.nodes() if node.is_leaf][:3]
    session.do(accept(set_span(session.document, leaves, (-2.0, 2.0))))
    session.do(accept(frame(session.document, leaves, "Inputs")))
    session.do(
        accept(add_note(session.document, (0.0, -300.0), "# A *note*\n\n- of two\n- lines"))
    )
    turn()
    for switch in SWITCHES:
        action = window.commands[switch]
        if not action.isChecked():
            action.trigger()
    turn()
    window.canvas.find_bar.field.setText("w")
    session.set_selection({leaves[0]})
    window.canvas.set_zoom(1.0)  # the minimap is there when something is out of sight
    window.canvas.setFocus()  # a text cursor would blink
    qtbot.wait(400)
    assert window.canvas.minimap.isVisible()
    assert window.canvas.find_bar.isVisible()
    assert window.canvas._finder.matches
    assert any(name.startswith("Minimap") for name in paints.counts)
    paints.counts.clear()
    qtbot.wait(400)
    assert not paints.counts
