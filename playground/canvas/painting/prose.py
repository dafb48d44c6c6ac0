"""Markdown to a picture: the words of a note, set once for each width, scale and theme.

Only words come out, whatever goes in: no HTML, no pictures, and links are words like others, so
that a document from anywhere loads nothing and leads nowhere.
"""

from collections import OrderedDict

from PySide6.QtCore import QSizeF, Qt, QUrl
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QImage,
    QPainter,
    QPalette,
    QPixmap,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)

from playground.canvas.painting.lens import keeps_shapes
from playground.theme import interface_font

Key = tuple[object, ...]

PIXELS = 13
TITLES = {1: 16, 2: 14}
INDENT, GAP = 14.0, 6.0
LINE, LINE_KIND = 118.0, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
SET_MOST, PICTURES_MOST = 128, 48
LARGE = 4_000_000  # device pixels from which on a note is painted anew each time
DIALECT = (
    QTextDocument.MarkdownFeature.MarkdownDialectGitHub
    | QTextDocument.MarkdownFeature.MarkdownNoHTML
)


class PlainDocument(QTextDocument):
    """A text document that loads nothing."""

    def loadResource(self, _kind: int, _name: QUrl | str) -> QImage:
        """Give an empty picture for whatever is asked for."""
        return QImage()


def typeset(text: str, width: float) -> QTextDocument:
    """Set Markdown in lines of a width, in scene units."""
    document = PlainDocument()
    document.setUndoRedoEnabled(False)
    document.setDocumentMargin(0)
    document.setDefaultFont(interface_font(PIXELS))
    document.setMarkdown(text, DIALECT)
    document.setIndentWidth(INDENT)
    disarm(document)
    space_out(document)
    document.setTextWidth(max(width, 1.0))
    return document


def disarm(document: QTextDocument) -> None:
    """Take out pictures, and make links words."""
    found: list[tuple[int, int, QTextCharFormat]] = []
    block = document.begin()
    while block.isValid():
        pieces = block.begin()
        while not pieces.atEnd():
            piece = pieces.fragment()
            look = piece.charFormat()
            if look.isImageFormat() or look.isAnchor():
                found.append((piece.position(), piece.length(), look))
            pieces += 1
        block = block.next()
    cursor = QTextCursor(document)
    for start, length, look in reversed(found):
        cursor.setPosition(start)
        cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
        if look.isImageFormat():
            cursor.removeSelectedText()
            continue
        plain = QTextCharFormat(look)
        plain.setAnchor(False)
        plain.setAnchorHref("")
        plain.clearForeground()
        plain.setFontUnderline(True)
        cursor.setCharFormat(plain)


def space_out(document: QTextDocument) -> None:
    """Give titles calm sizes, and lines and paragraphs some room."""
    cursor = QTextCursor(document)
    block = document.begin()
    while block.isValid():
        look, level = QTextBlockFormat(block.blockFormat()), block.blockFormat().headingLevel()
        look.setLineHeight(LINE, LINE_KIND)
        listed = block.textList() is not None
        look.setTopMargin(0.0 if block == document.begin() else 1.0 if listed else GAP)
        look.setBottomMargin(0.0)
        cursor.setPosition(block.position())
        cursor.setBlockFormat(look)
        if level:
            title = QTextCharFormat()
            title.setFont(interface_font(TITLES.get(level, PIXELS), QFont.Weight.DemiBold))
            title.setProperty(QTextCharFormat.Property.FontSizeAdjustment, 0)
            cursor.movePosition(
                QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor
            )
            cursor.mergeCharFormat(title)
        block = block.next()


class Prose:
    """Paints the words of notes; keeps what it has set and painted last."""

    def __init__(self) -> None:
        self._set: OrderedDict[Key, QTextDocument] = OrderedDict()
        self._pictures: OrderedDict[Key, QPixmap] = OrderedDict()

    def overflows(self, text: str, size: QSizeF) -> bool:
        """Tell whether there are more words than a note of this room shows."""
        return self._typeset(text, size).size().height() > size.height() + 1

    def paint(self, painter: QPainter, text: str, size: QSizeF, scale: float, ink: QColor) -> None:
        """Paint at the painter's origin, in device pixels; `size` is the room in scene units."""
        width, height = round(size.width() * scale), round(size.height() * scale)
        if width < 1 or height < 1:
            return
        if width * height > LARGE or keeps_shapes(painter):
            self._draw(painter, text, size, scale, ink)
            return
        key: Key = (text, width, height, scale, ink.rgb())
        picture = self._pictures.pop(key, None)
        if picture is None:
            picture = QPixmap(width, height)
            picture.fill(Qt.GlobalColor.transparent)
            brush = QPainter(picture)
            self._draw(brush, text, size, scale, ink)
            brush.end()
        self._pictures[key] = picture
        while len(self._pictures) > PICTURES_MOST:
            self._pictures.popitem(last=False)
        painter.drawPixmap(0, 0, picture)

    def _draw(self, painter: QPainter, text: str, size: QSizeF, scale: float, ink: QColor) -> None:
        document = self._typeset(text, size)
        context = QAbstractTextDocumentLayout.PaintContext()
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.Text, ink)
        context.palette = palette
        painter.save()
        painter.setClipRect(0, 0, round(size.width() * scale), round(size.height() * scale))
        painter.scale(scale, scale)
        document.documentLayout().draw(painter, context)
        painter.restore()

    def _typeset(self, text: str, size: QSizeF) -> QTextDocument:
        key: Key = (text, round(size.width(), 2))
        document = self._set.pop(key, None) or typeset(text, size.width())
        self._set[key] = document
        while len(self._set) > SET_MOST:
            self._set.popitem(last=False)
        return document


def first_words(text: str) -> str:
    """Return the first line of a note that says something, without its marks."""
    document = QTextDocument()
    document.setMarkdown(text[:400], DIALECT)
    lines = (line.strip() for line in document.toPlainText().splitlines())
    return next((line for line in lines if line and line != "\ufffc"), "").replace("\ufffc", "")
