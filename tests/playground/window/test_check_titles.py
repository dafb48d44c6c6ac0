"""Titles of the gradient check: none is cut where there is room for the page."""

import pytest
from PySide6.QtCore import Qt

from playground.panels.studio.check.table import ERROR


@pytest.fixture
def header(window, session, qtbot):
    session.open_example("shared-values")
    window.commands["insight.check"].trigger()
    page = window.studio.page("check")
    qtbot.waitUntil(lambda: page.model.rowCount() > 0)
    return page.table.header()


def test_the_title_of_the_relative_error_has_room(header):
    title = header.model().headerData(ERROR, Qt.Orientation.Horizontal)
    assert title == "relative error"
    assert header.sectionSizeHint(ERROR) <= header.sectionSize(ERROR)
