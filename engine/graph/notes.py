"""What can be done to frames and notes: plain functions from a document to an edit or a refusal.

A frame carries along what lies wholly inside it; which things those are follows from the places
alone, so nothing has to be kept when something is dragged in or out. Deleting and moving are in
`verbs`, since notes are deleted and moved together with everything else.
"""

from collections.abc import Iterable
from gettext import gettext as _

from engine.errors import Refusal
from engine.graph.document import Document
from engine.graph.edits import Change, Edit
from engine.graph.geometry import TITLE_BAR, item_size
from engine.graph.records import Note, Point
from engine.graph.verbs import create_note

Rect = tuple[float, float, float, float]

COLOURS = ("", "rose", "sand", "moss", "teal", "slate")
NOTE_SIZE: Point = (240.0, 120.0)
LEAST_SIZE: Point = (64.0, 48.0)
MOST_SIZE = 1e6
AROUND = 24.0  # between a frame and what it is made for
MOST_TEXT, MOST_TITLE = 20_000, 200


def add_note(
    document: Document, position: Point, text: str = "", group: int | None = None
) -> Edit:
    """Add a note with its top-left corner at `position`, to be written on."""
    made = Note(document.next_id, "note", text, position, NOTE_SIZE, group=group)
    return Edit(_("Add a note"), (create_note(made),))


def frame(document: Document, ids: Iterable[int], title: str = "") -> Edit | Refusal:
    """Put a frame behind things that lie in one group, with room around them."""
    items = sorted(set(ids))
    if not items:
        return Refusal(
            _("Nothing is selected"), "", _("Select what the frame should go around first")
        )
    parents = {document.record(item).group for item in items}
    if len(parents) > 1:
        return Refusal(_("These do not lie in the same group"), "", _("Select within one group"))
    x, y, width, height = framed(bounds(document, items))
    made = Note(
        document.next_id,
        "frame",
        title or _("Frame"),
        (x, y),
        (width, height),
        group=parents.pop(),
    )
    return Edit(_("Add a frame"), (create_note(made),))


def fit_frame(document: Document, note: int) -> Edit | Refusal:
    """Make a frame just as large as what it holds needs."""
    held = content(document, note)
    if not held:
        return Refusal(
            _("The frame holds nothing"), "", _("Move something wholly inside it first"), (note,)
        )
    x, y, width, height = framed(bounds(document, held))
    return resize(document, note, (x, y), (width, height))


def content(document: Document, note: int) -> list[int]:
    """Return what lies wholly inside a frame and in the same group as it, ascending."""
    record = document.notes[note]
    (left, top), (wide, high) = record.position, record.size
    nodes, groups = document.children(record.group)
    notes = [other.id for other in document.notes.values() if other.group == record.group]
    found = []
    for item in (*nodes, *groups, *notes):
        x, y, width, height = bounds(document, (item,))
        within = left <= x and x + width <= left + wide and top <= y and y + height <= top + high
        if item != note and within:
            found.append(item)
    return sorted(found)


def with_content(document: Document, items: Iterable[int]) -> list[int]:
    """Return items and what lies wholly inside those that are frames, ascending."""
    found = set(items)
    for item in found & document.notes.keys():
        if document.notes[item].is_frame:
            found.update(content(document, item))
    return sorted(found)


def bounds(document: Document, items: Iterable[int]) -> Rect:
    """Return the rectangle around things of one group, in that group's coordinates."""
    rects = [(*record.position, *item_size(record)) for record in map(document.record, items)]
    left, top = min(rect[0] for rect in rects), min(rect[1] for rect in rects)
    right = max(rect[0] + rect[2] for rect in rects)
    bottom = max(rect[1] + rect[3] for rect in rects)
    return (left, top, right - left, bottom - top)


def framed(inside: Rect) -> Rect:
    """Return the frame around a rectangle: room on every side, and for the title."""
    x, y, width, height = inside
    top = TITLE_BAR + AROUND / 2
    return (x - AROUND, y - top, width + 2 * AROUND, height + top + AROUND)


def set_text(document: Document, note: int, text: str) -> Edit | Refusal:
    """Write other words on a note, or give a frame another title."""
    record = document.notes[note]
    if record.is_frame:
        text, most = " ".join(text.split()), MOST_TITLE
        title = _("Rename to {label}").format(label=text)
    else:
        text, most, title = text.rstrip(), MOST_TEXT, _("Write a note")
    if len(text) > most:
        return Refusal(
            _("That is too long"),
            _("there is room for {most:,} letters").format(most=most),
            _("Shorten it"),
            (note,),
        )
    return _changed(record, title, text=text)


def resize(document: Document, note: int, position: Point, size: Point) -> Edit:
    """Give a frame or note another corner and size, no smaller than can be taken hold of."""
    width, height = (
        min(max(float(side), least), MOST_SIZE)
        for side, least in zip(size, LEAST_SIZE, strict=True)
    )
    title = _("Resize a frame") if document.notes[note].is_frame else _("Resize a note")
    return _changed(document.notes[note], title, position=position, size=(width, height))


def set_colour(document: Document, ids: Iterable[int], colour: str) -> Edit | Refusal:
    """Tint frames, notes and groups."""
    if colour not in COLOURS:
        return Refusal(_("There is no colour {name!r}").format(name=colour))
    changes = []
    for item in sorted(set(ids)):
        if item in document.notes:
            changes.append(Change("note", item, "colour", document.notes[item].colour, colour))
        elif item in document.groups:
            changes.append(Change("group", item, "colour", document.groups[item].colour, colour))
    if not changes:
        return Refusal(
            _("Only frames, notes and groups have a colour"), "", _("Select one of them first")
        )
    return Edit(_("Choose a colour"), tuple(c for c in changes if c.before != c.after))


def _changed(record: Note, title: str, **fields: object) -> Edit:
    changes = (
        Change("note", record.id, name, getattr(record, name), after)
        for name, after in fields.items()
    )
    return Edit(title, tuple(change for change in changes if change.before != change.after))
