"""The panel that shows what is selected: a node, a group, a note, several, or how to begin; of a
wire into a folded neuron its weight.

It listens to the session and hands everything to the page that fits. Numbers are refreshed
whenever there is a new result; a page is only laid out again when the selection or what is
selected changes.
"""

from gettext import gettext as _

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from playground.bridge import ChangeSet
from playground.panels.inspector.group_page import GroupPage
from playground.panels.inspector.node_page import NodePage
from playground.panels.inspector.note_page import NotePage
from playground.panels.inspector.several_page import SeveralPage
from playground.session import Session
from playground.theme import ThemeManager
from playground.widgets.labels import label, section

MARGIN = 12


class Inspector(QWidget):
    """Follows the selection of a session."""

    def __init__(
        self, session: Session, themes: ThemeManager, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session = session
        self.node_page = NodePage(session, themes)
        self.group_page = GroupPage(session, themes)
        self.note_page = NotePage(session)
        self.several_page = SeveralPage(session)
        self.empty_page = empty_page()
        self._pages = (
            self.empty_page,
            self.node_page,
            self.group_page,
            self.note_page,
            self.several_page,
        )
        self._lay_out()
        self.group_page.shape.asked.connect(self._see_question)
        session.selection_changed.connect(self.follow)
        session.document_replaced.connect(self.follow)
        session.changed.connect(self._notice)
        session.view_changed.connect(self._show_fold)
        for page in (self.node_page, self.group_page):
            session.result_changed.connect(page.show_numbers)
            themes.theme_changed.connect(page.show_numbers)
        self.follow()

    def follow(self) -> None:
        """Show the page of what is selected now."""
        page = self._page()
        if page is self.node_page:
            self.node_page.show_node(self._only())
        elif page is self.group_page:
            self.group_page.show_group(self._only())
        elif page is self.note_page:
            self.note_page.show_note(self._only())
        elif page is self.several_page:
            self.several_page.show_items(self._session.selection)
        else:
            self.node_page.show_node(None)
        for other in self._pages:
            other.setVisible(other is page)

    def write_shape(self) -> None:
        """Put the keyboard into the form of the group that is shown."""
        self.group_page.shape.take_focus()
        QTimer.singleShot(0, self._bring_shape)  # a dock that was hidden has no size yet

    def write_comment(self) -> None:
        """Put the keyboard into the comment of the group that is shown."""
        self.group_page.comment.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._area.ensureWidgetVisible(self.group_page.comment, 0, MARGIN)

    def _bring_shape(self) -> None:
        """Scroll the form to the top."""
        self._column.activate()
        place = self.group_page.shape_title.mapTo(self._content, QPoint(0, 0))
        self._area.verticalScrollBar().setValue(place.y() - MARGIN)

    def _see_question(self) -> None:
        """Scroll to what the form asks."""
        self._column.activate()  # or what was just shown has no place yet
        self._area.ensureWidgetVisible(self.group_page.shape.losses, 0, MARGIN)

    def _chosen(self) -> frozenset[int]:
        """Return what is selected; of a wire that has a weight folded away, that."""
        session = self._session
        if not session.selection and session.weight is not None:
            return frozenset({session.weight})
        return session.selection

    def _only(self) -> int:
        return next(iter(self._chosen()))

    def _page(self) -> QWidget:
        document, selection = self._session.document, self._chosen()
        known = [item for item in selection if document.holds(item)]
        if len(known) != len(selection) or not known:
            return self.empty_page
        if len(known) > 1:
            return self.several_page
        if known[0] in document.notes:
            return self.note_page
        return self.node_page if known[0] in document else self.group_page

    def _notice(self, changes: ChangeSet) -> None:
        touched = changes.nodes | changes.groups | changes.notes
        told = changes.fields & {"link", "seeds"}
        if changes.structural or told or touched & self._chosen():
            self.follow()

    def _show_fold(self) -> None:
        page = self._page()
        if isinstance(page, GroupPage | SeveralPage):
            page.show_fold()

    def _lay_out(self) -> None:
        content = self._content = QWidget()
        pages = self._column = QVBoxLayout(content)
        pages.setContentsMargins(0, 0, 0, 0)
        for page in self._pages:
            pages.addWidget(page)
        area = self._area = QScrollArea()
        area.setWidget(content)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(area)


def empty_page() -> QWidget:
    """Say what the panel is for."""
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
    column.setSpacing(8)
    column.addWidget(section(_("Inspector")))
    words = label(
        _("Select a node to see its value, its gradient, and where both come from."), "muted"
    )
    words.setWordWrap(True)
    column.addWidget(words)
    column.addStretch(1)
    return page
