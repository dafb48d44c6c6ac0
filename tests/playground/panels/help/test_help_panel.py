"""The panel of the help: pages, a search, back and forward, numbers to turn, both themes."""

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QImage, QTextCursor, QTextDocument
from PySide6.QtTest import QTest

from playground.panels.help import CONTENTS, HelpPanel, all_pages
from playground.theme import ThemeManager

Key = Qt.Key


@pytest.fixture
def themes(qapp) -> ThemeManager:
    return ThemeManager("dark")


@pytest.fixture
def panel(themes, qtbot) -> HelpPanel:
    panel = HelpPanel(themes)
    qtbot.addWidget(panel)
    panel.resize(380, 700)
    panel.show()
    qtbot.waitExposed(panel)
    return panel


def shown(panel: HelpPanel) -> str:
    return panel.browser.toPlainText()


def click(panel: HelpPanel, address: str) -> None:
    panel.browser.anchorClicked.emit(QUrl(address))


def test_a_page_is_shown_with_formulas_as_pictures(panel):
    panel.open("op/tanh")
    assert shown(panel).startswith("Hyperbolic tangent")
    assert shown(panel).count("\ufffc") == 4  # value, derivative, curve, what it is short for
    said = panel.accessibleDescription()
    assert "squashes any number" in said
    assert "out = tanh(x). ∂out/∂x = 1 − out²" in said


def test_links_lead_on_and_there_is_a_way_back_and_forward(panel):
    panel.open("op/tanh")
    click(panel, "help:concept/chain-rule")
    assert panel.key == "concept/chain-rule"
    panel.back.trigger()
    assert panel.key == "op/tanh"
    panel.forward.trigger()
    assert panel.key == "concept/chain-rule"
    panel.home.trigger()
    assert panel.key == CONTENTS


def test_links_into_the_program_are_announced_and_change_no_page(panel, qtbot):
    panel.open("op/tanh")
    with qtbot.waitSignal(panel.followed) as told:
        click(panel, "try:tanh")
    assert told.args == ["try:tanh"]
    assert panel.key == "op/tanh"


def test_a_number_of_a_drawing_can_be_turned_and_is_forgotten_on_another_page(panel):
    panel.open("op/leaky_relu")
    before = shown(panel)
    click(panel, "set:slope=0.4")
    assert "= 0.4" in shown(panel)
    panel.open("op/tanh")
    panel.open("op/leaky_relu")
    assert shown(panel) == before


def test_typing_finds_pages_and_return_opens_the_one_that_is_chosen(panel):
    panel.open(CONTENTS)
    QTest.keyClicks(panel.field, "chain rule")
    assert panel.results.isVisible()
    assert panel.results.current().title == "The chain rule"
    QTest.keyClick(panel.field, Key.Key_Return)
    assert panel.key == "concept/chain-rule"
    assert panel.browser.isVisible()
    assert not panel.field.text()


def test_down_chooses_the_next_and_escape_ends_the_search(panel, qtbot):
    panel.open(CONTENTS)
    QTest.keyClicks(panel.field, "gradient")
    first = panel.results.current().key
    QTest.keyClick(panel.field, Key.Key_Down)
    assert panel.results.current().key != first
    QTest.keyClick(panel.field, Key.Key_Escape)
    assert panel.browser.isVisible()
    with qtbot.waitSignal(panel.left):
        QTest.keyClick(panel.field, Key.Key_Escape)


def test_what_is_called_nothing_opens_nothing(panel):
    panel.open(CONTENTS)
    QTest.keyClicks(panel.field, "xyzzy")
    QTest.keyClick(panel.field, Key.Key_Return)
    assert panel.key == CONTENTS


def test_escape_on_a_page_gives_the_keyboard_back(panel, qtbot):
    panel.open("op/tanh")
    with qtbot.waitSignal(panel.left):
        QTest.keyClick(panel.browser, Key.Key_Escape)


def test_a_page_that_is_not_there_says_so(panel):
    panel.open("op/nothing")
    assert shown(panel).startswith("There is no such page")


def test_another_theme_repaints_the_page_where_it_is(panel, themes, qtbot):
    panel.open("op/pow")
    bar = panel.browser.verticalScrollBar()
    bar.setValue(200)
    themes.choose("light")
    kind = QTextDocument.ResourceType.ImageResource.value
    picture = panel.browser.loadResource(kind, QUrl("drawing:op%2Fpow%3F"))
    light = themes.current().panel
    assert isinstance(picture, QImage)
    assert picture.pixelColor(picture.width() - 1, 1).rgb() == light.rgb()
    qtbot.waitUntil(lambda: bar.value() == 200)


def test_a_page_that_was_hidden_wears_the_theme_that_was_chosen_meanwhile(panel, themes, qtbot):
    panel.open("op/tanh")
    panel.hide()
    themes.choose("light")
    panel.show()
    ink = themes.current().ink.rgb()

    def title_colour() -> int:
        cursor = QTextCursor(panel.browser.document())
        cursor.movePosition(QTextCursor.MoveOperation.Right)
        return cursor.charFormat().foreground().color().rgb()

    qtbot.waitUntil(lambda: title_colour() == ink)


@pytest.mark.parametrize("address", ["http://example.org/x.png", "file:///etc/passwd", "nothing"])
def test_nothing_is_fetched_from_anywhere(panel, address):
    kind = QTextDocument.ResourceType.ImageResource.value
    assert panel.browser.loadResource(kind, QUrl(address)) is None


def test_every_page_can_be_shown(panel):
    for page in all_pages():
        if not page.key.startswith("action/"):
            panel.open(page.key)
            assert page.title[:12] in shown(panel).partition("\n")[0], page.key
