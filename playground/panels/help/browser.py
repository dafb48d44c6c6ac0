"""The text of a page: Markdown in the colours of the theme, its pictures made by the program.

The panel owns one. It fetches nothing from anywhere: whatever a page names that is not made here
is empty.
"""

from collections.abc import Callable
from itertools import product
from urllib.parse import unquote

from PySide6.QtCore import Qt, QTimer, QUrl, QUrlQuery, Signal
from PySide6.QtGui import (
    QFont,
    QKeyEvent,
    QResizeEvent,
    QShowEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from playground.panels.help.drawings import parts_of
from playground.panels.help.painting import painted, painted_formula
from playground.theme import ThemeManager, code_font, interface_font

ABOUT = "about"
MARGIN, INDENT = 14.0, 18.0
LINE = 132.0  # percent of the height of letters
Resource = QTextDocument.ResourceType


class Browser(QTextBrowser):
    """Shows the page of an address.

    `write(page, about)` returns the Markdown of a page, with the control that is asked about.

    Attributes:
        followed: carries the address (a text) of a link that leads to no page.
        left: Escape was pressed.
    """

    followed = Signal(str)
    left = Signal()

    def __init__(
        self,
        write: Callable[[str, str], str],
        themes: ThemeManager,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._write = write
        self._themes = themes
        self._width = 0
        self.setObjectName("help-text")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(MARGIN)
        self.document().setIndentWidth(INDENT)
        self._reflowing = QTimer(self)
        self._reflowing.setSingleShot(True)
        self._reflowing.setInterval(0)
        self._reflowing.timeout.connect(self.write_anew)
        self.anchorClicked.connect(self._follow)
        themes.theme_changed.connect(self._wear)

    def key(self) -> str:
        """Return the key of the page that is shown, "" for none."""
        return self.source().path()

    def open(self, key: str, about: str = "") -> None:
        """Turn to a page, about a control that stands on what it tells of."""
        url = QUrl(f"help:{key}")
        if about:
            query = QUrlQuery()
            query.addQueryItem(ABOUT, about)
            url.setQuery(query)
        self.setSource(url, Resource.MarkdownResource)

    def write_anew(self) -> None:
        """Write the page again, at the same place: numbers, colours or the width have changed."""
        if self.source().isEmpty() or not self.isVisible():
            return
        bar, cursor = self.verticalScrollBar(), self.textCursor()
        place, at = bar.value(), cursor.position()
        self.document().setMarkdown(self._text(self.source()))
        self._dress()
        cursor = self.textCursor()
        cursor.setPosition(min(at, self.document().characterCount() - 1))
        self.setTextCursor(cursor)
        bar.setValue(place)

    def doSetSource(self, url: QUrl | str, _kind: Resource = Resource.MarkdownResource) -> None:
        """Dress a page as soon as it is loaded."""
        super().doSetSource(url, Resource.MarkdownResource)
        self._dress()

    def loadResource(self, _kind: int, name: QUrl | str) -> object:
        """Return a page, a formula or a drawing; there is nothing else."""
        url = QUrl(name)
        what = unquote(bytes(url.toEncoded().data()).decode().partition(":")[2])
        theme, ratio = self._themes.current(), self.devicePixelRatioF()
        if url.scheme() == "help":
            return self._text(url)
        if url.scheme() == "formula":
            return painted_formula(what, theme, self._room(), ratio)
        if url.scheme() == "drawing":
            return painted(parts_of(what), theme, self._room(), ratio)
        return None

    def _text(self, url: QUrl) -> str:
        decoded = QUrl.ComponentFormattingOption.FullyDecoded
        return self._write(url.path(), QUrlQuery(url).queryItemValue(ABOUT, decoded))

    def _room(self) -> float:
        return max(120.0, self.viewport().width() - 2 * MARGIN)

    def _follow(self, url: QUrl) -> None:
        address = url.toString()
        if url.scheme() == "help":
            self.open(address.partition(":")[2])
        else:
            self.followed.emit(address)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give the keyboard back on Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make pictures that fit into another width."""
        super().resizeEvent(event)
        if self.viewport().width() != self._width:
            self._width = self.viewport().width()
            self._reflowing.start()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what has changed meanwhile."""
        super().showEvent(event)
        self._reflowing.start()

    # Dressing ----------------------------------------------------------------------------------

    def _wear(self) -> None:
        self._reflowing.start()

    def _dress(self) -> None:
        """Give headings, paragraphs, code and tables their looks."""
        block = self.document().begin()
        while block.isValid():
            self._dress_block(block)
            block = block.next()
        for frame in self.document().rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                self._dress_table(frame)

    def _dress_block(self, block: QTextBlock) -> None:
        cursor, runs = QTextCursor(block), pieces(block)
        level = block.blockFormat().headingLevel()
        in_list, in_table = block.textList() is not None, cursor.currentTable() is not None
        is_code = block.blockFormat().hasProperty(QTextFormat.Property.BlockCodeFence)
        pictured = any(run.charFormat().isImageFormat() for run in runs)
        shape = QTextBlockFormat()
        if not in_table and not pictured:
            kind = QTextBlockFormat.LineHeightTypes.ProportionalHeight
            shape.setLineHeight(LINE, kind.value)
        shape.setTopMargin(18.0 if level == 2 else 0.0)
        below = 14.0 if pictured else 8.0  # letters have room above them, pictures have none
        shape.setBottomMargin(0.0 if is_code or in_table else 3.0 if in_list else below)
        shape.setNonBreakableLines(False)
        cursor.mergeBlockFormat(shape)
        for run in runs:
            self._dress_run(run, level, is_code=is_code)

    def _dress_run(self, cursor: QTextCursor, level: int, *, is_code: bool) -> None:
        """Give letters the font and the colour of what they are."""
        theme, letters = self._themes.current(), cursor.charFormat()
        if letters.isImageFormat():
            return
        if level:
            letters.clearProperty(QTextFormat.Property.FontSizeAdjustment)
            letters.setFont(
                interface_font(20, QFont.Weight.DemiBold) if level == 1 else capitals()
            )
            letters.setForeground(theme.ink if level == 1 else theme.dim)
        elif is_code or letters.fontFixedPitch():
            letters.setFont(code_font(12))
            letters.setForeground(theme.muted if is_code else theme.ink)
        if letters.isAnchor():
            letters.setForeground(theme.positive)
            letters.setFontUnderline(False)
        cursor.setCharFormat(letters)

    def _dress_table(self, table: QTextTable) -> None:
        theme, shape = self._themes.current(), table.format()
        shape.setBorderCollapse(True)
        shape.setBorder(0.0)
        shape.setCellPadding(5.0)
        shape.setCellSpacing(0.0)
        shape.setTopMargin(2.0)
        shape.setBottomMargin(8.0)
        shape.setWidth(QTextLength(QTextLength.Type.VariableLength, 0))
        table.setFormat(shape)
        for row, column in product(range(table.rows()), range(table.columns())):
            cell = table.cellAt(row, column)
            lined = cell.format().toTableCellFormat()
            lined.setBottomBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
            lined.setBottomBorderBrush(theme.hairline)
            lined.setBottomBorder(theme.lines)
            lined.setLeftPadding(12.0 if column else 0.0)
            cell.setFormat(lined)
        for column in range(table.columns()):
            cursor = table.cellAt(0, column).firstCursorPosition()
            cursor.movePosition(
                QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor
            )
            letters = QTextCharFormat()
            letters.setForeground(theme.dim)
            letters.setFont(interface_font(11, QFont.Weight.Medium))
            cursor.mergeCharFormat(letters)


def capitals() -> QFont:
    """Return the font of titles of sections."""
    font = interface_font(11, QFont.Weight.Medium)
    font.setCapitalization(QFont.Capitalization.AllUppercase)
    font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 1.0)
    return font


def pieces(block: QTextBlock) -> list[QTextCursor]:
    """Return a selection for each run of letters of one format."""
    found = []
    iterator = block.begin()
    while not iterator.atEnd():
        fragment = iterator.fragment()
        if fragment.isValid():
            cursor = QTextCursor(block)
            cursor.setPosition(fragment.position())
            cursor.setPosition(
                fragment.position() + fragment.length(), QTextCursor.MoveMode.KeepAnchor
            )
            found.append(cursor)
        iterator += 1
    return found
