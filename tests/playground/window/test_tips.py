"""Whatever can be pressed, typed into or read in the bars says what it is for."""

import pytest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
)

from engine.errors import accept
from engine.graph import notes
from tests.playground.window.driving import turn

CONTROLS = (QAbstractButton, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit)


def silent(window) -> list[str]:
    """Return the controls in sight that say nothing; Qt's own parts of controls aside."""
    found = []
    for kind in CONTROLS:
        for control in window.findChildren(kind):
            own = not isinstance(control.parent(), CONTROLS) and "qt_" not in control.objectName()
            if control.isVisible() and own and not control.toolTip():
                found.append(f"{type(control).__name__} {control.accessibleName()}")
    return found


@pytest.mark.parametrize("chosen", ["nothing", "value", "op", "group", "several", "frame", "note"])
def test_every_control_says_what_it_is_for(window, session, chosen):
    session.open_example("moons")
    turn()
    document = session.document
    values = [node.id for node in document.nodes() if node.is_leaf]
    ops = [node.id for node in document.nodes() if not node.is_leaf]
    session.do(accept(notes.frame(document, values[:1])))
    session.do(notes.add_note(document, (0.0, 0.0)))
    frame, note = sorted(document.notes)
    selection = {
        "nothing": [],
        "value": values[:1],
        "op": ops[-1:],
        "group": sorted(document.groups)[:1],
        "several": values[:3],
        "frame": [frame],
        "note": [note],
    }[chosen]
    session.set_selection(selection)
    turn()
    assert silent(window) == []


def test_the_welcome_says_it_too(window):
    window.show_welcome()
    turn()
    assert silent(window) == []


def test_the_fields_of_the_status_bar_say_what_they_show(window):
    parts = window.status.findChildren(QLabel)
    assert [bool(part.toolTip()) for part in parts] == [False, True, True, True]


def test_the_size_of_a_note_can_be_typed(window, session):
    session.open_example("product-and-sum")
    session.do(notes.add_note(session.document, (0.0, 400.0)))
    [note] = session.document.notes
    before = session.document.notes[note]
    session.set_selection([note])
    turn()
    page = window.inspector.note_page
    assert page.isVisible()
    page.width_field.setValue(300)
    turn()
    after = session.document.notes[note]
    assert (after.position, after.size) == (before.position, (300.0, before.size[1]))
    session.undo()
    turn()
    assert page.width_field.value() == before.size[0]
