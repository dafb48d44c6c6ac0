"""From the small loss chart to the wide one, by one click in the real window."""

from PySide6.QtCore import Qt


def test_a_click_on_the_small_chart_opens_the_page_of_the_losses(window, session, qtbot):
    assert not window.studio.isVisible()
    port = window.training_panel.loss.chart.plot.viewport()
    qtbot.mouseClick(port, Qt.MouseButton.LeftButton, pos=port.rect().center())
    assert window.studio.isVisible()
    page = window.studio.page("loss")
    assert page.isVisible()
    session.train_moons()
    qtbot.waitUntil(lambda: session.runs.current is not None, timeout=10_000)
    qtbot.waitUntil(lambda: session.runs.current.snapshot.step > 5, timeout=20_000)
    assert page.model.rowCount() == 1
    assert page.lines()[0].numbers[0] > 0
    session.training.pause()
