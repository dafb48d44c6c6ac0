"""The words of notes are set safely, titles can be read from afar, tints leave ink readable."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QTextCharFormat

from engine.graph.document import Document
from engine.graph.notes import COLOURS, add_note
from playground.canvas.painting import pigments
from playground.canvas.painting.notes import SMALL, title_line
from playground.canvas.painting.prose import Prose, first_words, typeset
from playground.theme import load_theme
from playground.widgets.pigments import PIGMENTS
from tests.playground.test_theme import contrast

pytestmark = pytest.mark.usefixtures("qapp")


def formats(text: str) -> list[QTextCharFormat]:
    document = typeset(text, 300.0)  # its blocks do not keep it alive
    found, block = [], document.begin()
    while block.isValid():
        pieces = block.begin()
        while not pieces.atEnd():
            found.append(pieces.fragment().charFormat())
            pieces += 1
        block = block.next()
    return found


def test_links_are_words_that_lead_nowhere():
    text = "see [the page](https://example.com/x) or <https://example.org>"
    document = typeset(text, 300.0)
    assert document.toPlainText() == "see the page or https://example.org"
    assert not any(look.isAnchor() or look.anchorHref() for look in formats(text))
    assert not any(look.hasProperty(look.Property.ForegroundBrush) for look in formats(text))


def test_html_is_shown_as_it_is_written():
    assert "<b>bold</b>" in typeset("a <b>bold</b> word", 300.0).toPlainText()
    assert "<script>" in typeset("x\n\n<script>alert(1)</script>", 300.0).toPlainText()


def test_pictures_are_left_out_and_nothing_is_loaded(tmp_path: Path):
    file = tmp_path / "seen.png"
    QImage(40, 40, QImage.Format.Format_RGB32).save(str(file))
    text = f"before ![alt]({file.as_uri()}) ![]({file}) after"
    assert not any(look.isImageFormat() for look in formats(text))
    assert "\ufffc" not in typeset(text, 300.0).toPlainText()
    assert typeset(text, 300.0).size().height() < 30


def painted(text: str, scale: float = 1.0) -> QImage:
    image = QImage(300, 200, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    Prose().paint(painter, text, QSizeF(200.0, 100.0), scale, QColor("#000000"))
    painter.end()
    return image


def dark(image: QImage) -> int:
    pixels = ((x, y) for x in range(image.width()) for y in range(image.height()))
    return sum(image.pixelColor(x, y).lightness() < 128 for x, y in pixels)


def test_words_are_painted_and_cut_off_at_the_edge_of_the_note():
    assert dark(painted("hello **there**")) > 50
    assert dark(painted("")) == 0
    long = painted("word " * 400)
    outside = [long.pixelColor(x, y).lightness() for x in range(300) for y in range(101, 200)]
    assert min(outside) == 255


def test_the_same_words_are_set_once():
    prose = Prose()
    image = QImage(300, 200, QImage.Format.Format_ARGB32_Premultiplied)
    painter = QPainter(image)
    for _time in range(3):
        prose.paint(painter, "once", QSizeF(200.0, 100.0), 1.0, QColor("#000000"))
    painter.end()
    assert len(prose._pictures) == len(prose._set) == 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("# A *title*\n\nand more", "A title"),
        ("\n\n- one\n- two", "one"),
        ("![x](y)", ""),
        ("", ""),
    ],
)
def test_from_afar_a_note_says_its_first_words(text: str, words: str):
    assert first_words(text) == words


@pytest.mark.parametrize("zoom", [0.05, 0.2, 0.4, 0.7, 1.0, 2.0])
@pytest.mark.parametrize("ratio", [1.0, 2.0])
def test_a_title_is_never_too_small_and_never_below_the_top_of_its_frame(zoom, ratio):
    box = QRectF(100.0, 100.0, 400.0 * zoom * ratio, 300.0 * zoom * ratio)
    line = title_line(box, zoom, ratio)
    assert line.font.pixelSize() >= SMALL * ratio
    assert line.at.x() >= box.left()
    assert line.at.y() <= box.top() + 32.0 * zoom * ratio
    assert line.shown("in") == "in"


@pytest.mark.parametrize("name", ["dark", "light"])
@pytest.mark.parametrize("colour", COLOURS)
def test_ink_can_be_read_on_every_tint(name: str, colour: str):
    theme = load_theme(name)
    assert contrast(theme.ink, pigments.ground(colour, theme)) >= 7.0
    assert contrast(theme.ink, pigments.sheet(colour, theme)) >= 7.0
    assert contrast(theme.muted, pigments.sheet(colour, theme)) >= 4.5


def test_every_colour_of_the_engine_has_a_pigment():
    assert set(PIGMENTS) == set(COLOURS) - {""}


def test_a_note_with_more_words_than_room_says_so():
    prose, room = Prose(), QSizeF(200.0, 100.0)
    assert not prose.overflows("a few words", room)
    assert prose.overflows("word " * 100, room)
    assert not prose.overflows("word " * 100, QSizeF(200.0, 1000.0))


@pytest.mark.parametrize("count", [3, 200])
def test_the_last_words_of_a_note_sink_into_the_paper(studio, palette, count):
    document = Document()
    document.apply(add_note(document, (0.0, 0.0), "word " * count))
    room = studio(document)
    paper = room.picture.theme.panel
    shot = room.shot()
    last = palette(shot, (60, 151, 200, 5))
    assert last == {(paper.red(), paper.green(), paper.blue())}
    assert len(palette(shot, (50, 50, 100, 20))) > 3


def test_an_empty_note_says_what_to_do_and_from_afar_nothing(qapp):
    from engine.errors import accept
    from engine.graph.document import Document
    from engine.graph.notes import NOTE_SIZE, add_note
    from tests.playground.canvas.studio import Studio

    document = Document()
    document.apply(accept(add_note(document, (0.0, 0.0))))
    for zoom, said in ((1.0, True), (0.2, False)):
        width, height = (round(side * zoom) for side in NOTE_SIZE)
        inside = Studio(document).shot(zoom=zoom)[44 : 36 + height, 44 : 36 + width]
        assert (len(np.unique(inside.reshape(-1, 3), axis=0)) > 1) == said
