"""What the drawn frames of a document hold, all of them at once, and how they lie in each other.

Those that arrange ask, to whom a frame is one thing with what it holds.  `notes.content` says the
same of a single frame.
"""

from collections.abc import Collection, Iterable, Mapping

import numpy as np

from engine.graph.document import Document, Record
from engine.graph.edits import Change
from engine.graph.geometry import item_size, on_plane
from engine.graph.notes import Rect, framed
from engine.graph.records import Note, Point

Held = dict[int, list[int]]


def held_by_frames(document: Document) -> Held:
    """Return what lies wholly inside each frame and in its group; the smallest frames first.

    Of two frames of one size that hold each other the later one holds the earlier.
    """
    frames = sorted((note for note in document.notes.values() if note.is_frame), key=_size)
    if not frames:
        return {}
    levels = {note.group for note in frames}
    within: dict[int | None, list[Record]] = {group: [] for group in levels}
    records: list[Record] = [*document.nodes(), *document.groups.values()]
    for record in (*records, *document.notes.values()):
        if record.group in within:
            within[record.group].append(record)
    corners = {
        group: np.array([(*r.position, *item_size(r)) for r in records], np.float64)
        for group, records in within.items()
    }
    rank = {note.id: place for place, note in enumerate(frames)}
    found: Held = {}
    for note in frames:
        rects, low = corners[note.group], np.array(note.position)
        high = low + note.size
        inside = (rects[:, :2] >= low).all(axis=1)
        inside &= (rects[:, :2] + rects[:, 2:] <= high).all(axis=1)
        items = [within[note.group][row].id for row in np.flatnonzero(inside).tolist()]
        found[note.id] = sorted(i for i in items if rank.get(i, -1) < rank[note.id])
    return found


def nest(document: Document, held: Held, chosen: Collection[int]) -> dict[int, int]:
    """Return the frame that each thing lies in, innermost, among those that hold chosen things.

    A frame counts if all nodes and groups that it holds are chosen, and it holds any, or lies in
    one that counts. Notes and frames within it go along.
    """
    count: set[int] = set()
    for frame in reversed(held):
        cards = [item for item in held[frame] if item not in document.notes]
        inner = any(frame in held[outer] for outer in count)
        if held[frame] and (cards or inner) and all(item in chosen for item in cards):
            count.add(frame)
    found: dict[int, int] = {}
    for frame, items in held.items():
        if frame in count:
            for item in items:
                found.setdefault(item, frame)
    return found


def refitted(document: Document, held: Held, positions: Mapping[int, Point]) -> list[Change]:
    """Return the changes that fit frames to what they held, once that is at new positions.

    Frames that hold nothing that is moved stay as they are.
    """
    rects: dict[int, Rect] = {}
    changes = []
    for frame, items in held.items():
        if not any(item in positions or item in rects for item in items):
            continue
        rects[frame] = framed(
            union(rects.get(i) or _placed(document.record(i), positions) for i in items)
        )
        note = document.notes[frame]
        changes.append(
            Change("note", frame, "position", note.position, on_plane(rects[frame][:2]))
        )
        changes.append(Change("note", frame, "size", note.size, rects[frame][2:]))
    return [change for change in changes if change.before != change.after]


def union(rects: Iterable[Rect]) -> Rect:
    """Return the rectangle around rectangles."""
    array = np.array(list(rects), np.float64)
    low, high = array[:, :2].min(axis=0), (array[:, :2] + array[:, 2:]).max(axis=0)
    (x, y), (width, height) = low.tolist(), (high - low).tolist()
    return (x, y, width, height)


def _placed(record: Record, positions: Mapping[int, Point]) -> Rect:
    return (*positions.get(record.id, record.position), *item_size(record))


def _size(note: Note) -> tuple[float, int]:
    return (note.size[0] * note.size[1], note.id)
