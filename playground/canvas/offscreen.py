"""Pictures of a document where there is no window, nor perhaps a screen.

`main.py export` calls it, after it has chosen Qt's offscreen platform. The numbers are those of
the sample that the document was last seen with.
"""

import sys

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from engine.errors import Refusal
from engine.exchange.exporters.dot import shown_result
from engine.graph.document import Document
from playground.canvas.export import Shot, motif_of, shot
from playground.theme import interface_font, load_theme


def portrayed(
    document: Document,
    folded: frozenset[int],
    form: str,
    theme: str,
    scale: int,
    *,
    transparent: bool = False,
) -> Shot | Refusal:
    """Return a picture of everything, or why there is none."""
    application = QApplication.instance() or QApplication(sys.argv[:1])
    QLocale.setDefault(QLocale.c())
    if isinstance(application, QApplication):
        application.setFont(interface_font())
    colours = load_theme(theme)
    motif = motif_of(document, folded, shown_result(document), colours)
    if isinstance(motif, Refusal):
        return motif
    return shot(motif, form, colours, scale, transparent=transparent)
