"""Frames and notes in plain words: what the outline and screen readers call them.

Markdown's marks are left out by patterns, not by parsing: these are names, and the canvas, which
sets a note's words properly, has its own first words.
"""

import re
from gettext import gettext as _
from gettext import ngettext

from engine.graph.document import Document
from engine.graph.notes import content
from engine.graph.records import Note

LONGEST = 60  # letters of a note's words in a line
READ = 400  # letters of a note that are looked at for that
PICTURE, LINK = re.compile(r"!\[[^\]]*\]\([^)]*\)"), re.compile(r"\[([^\]]*)\]\([^)]*\)")
BEGINNING = re.compile(r"^\s*(?:#{1,6}\s+|>\s*|[-*+]\s+(?:\[[ xX]\]\s+)?|\d+[.)]\s+)+")
RULE = re.compile(r"^\s*(?:[-*_=]\s*){3,}$")
EMPHASIS = re.compile(r"(?<!\w)(\*{1,3}|_{2,3}|~~|`+)(?=\S)(.+?)(?<=\S)\1(?!\w)")


def first_line(text: str) -> str:
    """Return the first line of Markdown that says something, without its marks; "" for none."""
    for line in text[:READ].splitlines():
        plain = LINK.sub(r"\1", PICTURE.sub("", BEGINNING.sub("", line)))
        plain = EMPHASIS.sub(r"\2", plain).strip()
        if plain and not RULE.match(line):
            return plain if len(plain) <= LONGEST else plain[: LONGEST - 1].rstrip() + "…"
    return ""


def note_name(note: Note) -> str:
    """Return the title of a frame or the first words of a note, else what kind of thing it is."""
    words = note.text if note.is_frame else first_line(note.text)
    return words or (_("Frame") if note.is_frame else _("Empty note"))


def note_words(document: Document, item: int) -> str:
    """Return "frame Inputs, holding 3 things", or "note: Look here"."""
    note = document.notes[item]
    if not note.is_frame:
        words = first_line(note.text)
        return _("note: {words}").format(words=words) if words else _("empty note")
    count = len(content(document, item))
    words = ngettext("holding {count} thing", "holding {count} things", count)
    title = _("frame {title}").format(title=note.text) if note.text else _("frame")
    return f"{title}, {words.format(count=count)}"
