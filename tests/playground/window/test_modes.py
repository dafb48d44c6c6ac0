"""Nudging and the page of both modes in the whole window, by keys."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from engine.errors import accept

CONTROL_ALT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


def test_keys_nudge_step_by_step_and_the_status_bar_says_both_slopes(session, window, qtbot):
    session.open_example("chain")
    qtbot.wait(1)
    window.canvas.setFocus()
    before = session.document.revision
    session.set_selection({accept(session.document.find("b"))})
    QTest.keyClick(window.canvas, Qt.Key.Key_N, CONTROL_ALT)
    hint = window.status._hint
    assert "ΔL/h = −3.9999999999995595 beside ∂L/∂b = −4.0" in hint.text()
    for _press in range(3):
        QTest.keyClick(window.canvas, Qt.Key.Key_Down)
    assert hint.text().startswith("b + 1e-06: L −8.0 → −8.000004")
    assert window.inspector.isVisible()
    QTest.keyClick(window.canvas, Qt.Key.Key_Escape)
    assert "ΔL/h" not in hint.text()
    assert session.document.revision == before
    assert not session.is_dirty
    assert session.selection


def test_a_key_shows_the_page_and_the_menu_has_both(session, window, qtbot):
    session.open_example("chain")
    qtbot.wait(1)
    window.canvas.setFocus()
    QTest.keyClick(window.canvas, Qt.Key.Key_M, CONTROL_ALT)
    page = window.studio.page("modes")
    assert page.isVisible()
    qtbot.waitUntil(lambda: page._costs.forward.complete and page._costs.forward.passes > 0)
    assert page.meter.forward[1].text()
    menu = next(a.menu() for a in window.top_bar.menus.actions() if a.text() == "&Insight")
    texts = [action.text() for action in menu.actions()]
    assert "&Nudge" in texts
    assert "Forward beside reverse &mode" in texts
