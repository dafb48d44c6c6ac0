"""Cut, copy, paste and duplicate: excerpts of the document on the system's clipboard.

The Edit menu and the canvas's keys call it. The clipboard is read when something is pasted and
never watched.
"""

from collections.abc import Callable
from gettext import gettext as _
from gettext import ngettext
from uuid import uuid4

from PySide6.QtCore import QMimeData, QObject, QPointF, QRectF
from PySide6.QtGui import QGuiApplication

from engine.errors import Refusal
from engine.exchange.dialects import is_tabular
from engine.exchange.links import is_link
from engine.exchange.program import insert_text
from engine.exchange.written import text_of_nodes
from engine.files.clipboard import excerpt_text, is_excerpt, read_excerpt
from engine.graph.clipboard import Excerpt, cut, excerpt, paste
from engine.graph.fragment import Fragment
from engine.graph.records import Point
from playground.canvas import CanvasView
from playground.canvas.frame.style import GRID
from playground.session import Session

EXCERPT = "application/x-micrograd-excerpt"


class Clipboard(QObject):
    """Copies from and pastes into one session; where, the canvas says.

    A text that is a table goes to `read_table`.
    """

    def __init__(
        self, session: Session, canvas: CanvasView, read_table: Callable[[str], None]
    ) -> None:
        super().__init__(canvas)
        self._session = session
        self._canvas = canvas
        self._read_table = read_table
        self._last: tuple[Point, int] | None = None
        self._turn_page()
        session.document_replaced.connect(self._turn_page)

    def copy(self) -> None:
        """Copy what is selected."""
        piece = self._taken()
        if isinstance(piece, Refusal):
            self._session.do(piece)
            return
        self._put(piece, self._text())
        words = copied_words(piece.fragment)
        if piece.sources:
            words += " · " + _("Ctrl+Shift+V pastes with incoming wires")
        self._session.hinted.emit(words)

    def cut(self) -> None:
        """Copy what is selected, and delete it as one step."""
        piece, session, text = self._taken(), self._session, self._text()
        if isinstance(piece, Refusal):
            session.do(piece)
        elif session.do(cut(session.document, self._chosen())):
            self._put(piece, text)

    def duplicate(self) -> None:
        """Put a copy beside what is selected; what fed it does not feed the copy."""
        piece = self._taken()
        if isinstance(piece, Refusal):
            self._session.do(piece)
        else:
            self._insert(piece, *self._beside(piece, 1), title=_("Duplicate"))

    def paste(self) -> None:
        """Paste what was copied, here or elsewhere, or the text that is on the clipboard."""
        self._paste(wired=False)

    def paste_wired(self) -> None:
        """Paste, and keep the wires that came in from what still exists."""
        self._paste(wired=True)

    def _turn_page(self) -> None:
        # Ids are never used twice in a document, so they mean the same as long as it is open.
        self._origin = uuid4().hex

    def _taken(self) -> Excerpt | Refusal:
        session, projection = self._session, self._canvas.projection
        folded = session.view.folded
        return excerpt(session.document, self._chosen(), projection, folded, self._origin)

    def _chosen(self) -> list[int]:
        """Return what is selected and visible: what is cut is what was copied."""
        shown = self._canvas.projection.by_id
        return [item for item in self._session.selection if item in shown]

    def _text(self) -> str | None:
        """Return the formula of what is selected, for editors; None if it is no formula."""
        return text_of_nodes(self._session.document, self._chosen())

    def _put(self, piece: Excerpt, formula: str | None) -> None:
        text = excerpt_text(piece)
        data = QMimeData()
        data.setData(EXCERPT, text.encode("utf-8", "replace"))
        data.setText(formula or text)
        QGuiApplication.clipboard().setMimeData(data)
        self._last = None

    def _paste(self, *, wired: bool) -> None:
        text = _text_of(QGuiApplication.clipboard().mimeData())
        if not is_excerpt(text):
            self._paste_text(text)
            return
        piece = read_excerpt(text)
        if isinstance(piece, Refusal):
            self._session.do(piece)
        else:
            self._insert(piece, *self._place(piece), wired=wired)

    def _paste_text(self, text: str) -> None:
        """Insert what a text says, all of it or nothing; any other text is refused."""
        session, canvas = self._session, self._canvas
        if is_link(text):
            session.paste_link(text)
            return
        if is_tabular(text):
            self._read_table(text)
            return
        at = canvas.pointed()
        point, group = at or canvas.middle(), self._group_at(at)
        place = canvas.projection.inside(group, (point.x(), point.y()))
        chosen = session.selection
        edit = insert_text(session.document, text, place, group, chosen, pasted=True)
        session.insert(unpasted(text, edit) if isinstance(edit, Refusal) else edit)

    def _insert(
        self,
        piece: Excerpt,
        origin: QPointF,
        group: int | None,
        *,
        wired: bool = False,
        title: str = "",
    ) -> None:
        session = self._session
        document, projection = session.document, self._canvas.projection
        position = projection.inside(group, (origin.x(), origin.y()))
        before = document.next_id - 1
        edit = paste(document, piece, position, group, self._origin if wired else None, title)
        session.insert(edit, folded=frozenset(inner + before for inner in piece.folded))

    def _place(self, piece: Excerpt) -> tuple[QPointF, int | None]:
        """Return where the origin of what is pasted goes, and into which open group.

        At the mouse; without one beside the original; if that is out of sight or in another
        document, in the middle of the view. Pasting again at the same place goes a step on.
        """
        canvas = self._canvas
        at = canvas.pointed()
        group = self._group_at(at)
        x, y, width, height = piece.box
        box = QRectF(piece.place[0] + x, piece.place[1] + y, width, height)
        if at is None and piece.origin == self._origin and canvas.sees(box):
            return self._beside(piece, 1 + self._again(piece.place))
        point = at if at is not None else canvas.middle()
        step = GRID * self._again((point.x(), point.y()))
        return QPointF(*piece.centred((point.x() + step, point.y() + step))), group

    def _group_at(self, at: QPointF | None) -> int | None:
        """Return the open group at a point, without one that which one is in."""
        canvas = self._canvas
        return canvas.projection.within if at is None else canvas.open_group_at(at)

    def _beside(self, piece: Excerpt, steps: int) -> tuple[QPointF, int | None]:
        shown = self._canvas.projection
        group = piece.parent if piece.parent in shown.places else shown.within
        x, y = piece.place
        return QPointF(x + steps * GRID, y + steps * GRID), group

    def _again(self, place: Point) -> int:
        """Return how often something was pasted there before, one after the other."""
        same = self._last is not None and self._last[0] == place
        count = self._last[1] + 1 if self._last is not None and same else 0
        self._last = (place, count)
        return count


def unpasted(text: str, refusal: Refusal) -> Refusal:
    """Say why a text cannot be pasted, and which line of it is to blame."""
    what = _("The clipboard holds nothing that can be pasted")
    remedy = _("Copy some nodes first, or a text such as tanh(a*b + c)")
    if not text.strip():
        return Refusal(what, _("it is neither a piece of a graph nor a formula"), remedy)
    why = f"{refusal.what[:1].lower()}{refusal.what[1:]}"
    reason = f"{why}: {refusal.why}" if refusal.why else why
    return Refusal(what, reason, refusal.remedy or remedy)


def copied_words(piece: Fragment) -> str:
    """Say how much was copied: "2 nodes and 1 note copied"."""
    nodes, frames = len(piece.nodes), sum(note.is_frame for note in piece.notes)
    groups, notes = (0 if nodes else len(piece.groups)), len(piece.notes) - frames
    counted = (
        (nodes, ngettext("{count} node", "{count} nodes", nodes)),
        (groups, ngettext("{count} group", "{count} groups", groups)),
        (frames, ngettext("{count} frame", "{count} frames", frames)),
        (notes, ngettext("{count} note", "{count} notes", notes)),
    )
    *first, last = [words.format(count=count) for count, words in counted if count]
    listed = _("{names} and {last}").format(names=", ".join(first), last=last) if first else last
    return _("{things} copied").format(things=listed)


def _text_of(data: QMimeData | None) -> str:
    """Return the excerpt on the clipboard, else its text."""
    if data is None:
        return ""
    if data.hasFormat(EXCERPT):
        return bytes(data.data(EXCERPT).data()).decode("utf-8", "replace")
    return data.text() if data.hasText() else ""
