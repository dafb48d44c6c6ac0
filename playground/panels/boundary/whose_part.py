"""What the boundary panel has for "Whose gradient?": its button, its pushes and its caption.

The picture shows who pushes what is pointed at on the canvas, or is selected; the caption says it
in words, and says what can be done as long as nothing is asked. It follows the session's mode.
"""

from gettext import gettext as _

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLabel, QToolButton, QWidget

from engine.explain.whose import plain_rate, pushes_words, sample_words
from playground.icons import icon
from playground.panels.boundary.picture import BoundaryPicture
from playground.session import Session
from playground.theme import ThemeManager

LINES = 3  # room that the caption keeps, so that nothing below it moves
ICON = QSize(16, 16)


class WhosePart(QLabel):
    """The caption below the picture.

    Attributes:
        button: switches the mode on and off.
    """

    def __init__(
        self,
        session: Session,
        themes: ThemeManager,
        picture: BoundaryPicture,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._themes = themes
        self._picture = picture
        self._planar = False
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("tone", "muted")
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.button = QToolButton()
        self.button.setProperty("kind", "plain")
        self.button.setCheckable(True)
        self.button.setIconSize(ICON)
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.setAccessibleName(_("Whose gradient?"))
        self.button.setToolTip(
            _("Ask which sample pushes which parameter, and where it pushes it  (F4)")
        )
        self.button.clicked.connect(self._switch)
        session.whose.changed.connect(self._dress)
        session.whose.told.connect(self.refresh)
        themes.theme_changed.connect(self._dress)
        self._dress()

    def show_plane(self, *, there: bool) -> None:
        """Take note of whether there is a picture at all, and of other points in it."""
        self._planar = there
        self.button.setVisible(self._session.samples is not None)
        self.refresh()

    def refresh(self) -> None:
        """Show who pushes what is asked about, and say so."""
        whose = self._session.whose
        self.button.setChecked(whose.on)
        self.setVisible(whose.on)
        subject = whose.subject
        signed = subject is not None and len(subject.parameters) == 1
        self._picture.show_pushes(
            whose.pushes_on(subject) if self._planar else None, signed=signed
        )
        self.setMinimumHeight(LINES * QFontMetrics(self.font()).lineSpacing())
        self.setText(self._words())

    def _words(self) -> str:
        whose, document = self._session.whose, self._session.document
        shares, subject, snapshot = whose.shares, whose.subject, self._session.training.snapshot
        if whose.refusal is not None:
            return str(whose.refusal)
        if whose.pointed is not None:
            return sample_words(shares, whose.pointed)
        if shares is not None and subject is not None:
            now = 0.0 if snapshot is None else snapshot.learning_rate
            rate = plain_rate(document.training, now)
            return pushes_words(document, shares, subject.parameters, subject.item, rate)
        return _(
            "Point at a sample to see its backward pass on the canvas, or at a weight or neuron "
            "there to see who pushes it."
        )

    def _switch(self, on: bool) -> None:
        self._session.whose.switch(on=on)

    def _dress(self) -> None:
        theme = self._themes.current()
        on = self._session.whose.on
        self.button.setIcon(icon("whose", theme.backward if on else theme.muted))
        self.refresh()
