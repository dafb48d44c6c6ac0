"""What is seen of the boundary: one record for each view, the menu and the list of them.

The panel has the menu, the studio's page the list.  A choice is a setting of the application; who
shows the boundary follows the settings.
"""

from dataclasses import dataclass
from gettext import gettext as _

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QCheckBox, QMenu, QToolButton, QVBoxLayout, QWidget

from engine.graph.hidden import hidden_layers
from playground.bridge import ChangeSet
from playground.icons import icon
from playground.session import Session
from playground.settings import (
    BENDS,
    BENDS_LAYER,
    HARD,
    LINE,
    MARGIN_LINES,
    SLOPES,
    TESTS,
    WRONG,
    Setting,
    Settings,
)
from playground.theme import ThemeManager
from playground.widgets.fields import ChoiceField

ICON = QSize(16, 16)


@dataclass(frozen=True, slots=True)
class Choice:
    """One view: what it is called, with its mnemonic, and what it shows."""

    setting: Setting[bool]
    text: str
    tip: str


CHOICES = (
    Choice(
        HARD,
        _("&Hard colours"),
        _("Colour every place by its class alone, on the canvas, too"),
    ),
    Choice(LINE, _("&Boundary line"), _("Draw the line where classes meet")),
    Choice(
        MARGIN_LINES,
        _("&Margin lines"),
        _("Draw where the score is −1 and 1, or the odds are three to one"),
    ),
    Choice(TESTS, _("&Test points"), _("Show the points that are kept from training")),
    Choice(WRONG, _("&Wrong points ringed"), _("Ring and count what is predicted wrong")),
    Choice(
        BENDS,
        _("Where &neurons bend it"),
        _("Draw for each hidden neuron where its sum is 0; click a line to select its neuron"),
    ),
    Choice(
        SLOPES,
        _("&Slopes"),
        _("Draw which way the prediction grows, and how fast, as arrows"),
    ),
)


class Choices(QObject):
    """The actions of all choices, in line with the settings.

    Attributes:
        actions: one for each of `CHOICES`, in their order.
    """

    def __init__(self, settings: Settings, parent: QObject) -> None:
        super().__init__(parent)
        self._settings = settings
        self.actions = [self._action(choice) for choice in CHOICES]
        settings.changed.connect(self._follow)
        self._follow()

    def _action(self, choice: Choice) -> QAction:
        action = QAction(choice.text, self)
        action.setCheckable(True)
        action.setToolTip(choice.tip)
        action.setData(choice.setting)
        action.triggered.connect(self._choose)
        return action

    def _choose(self, checked: bool) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self._settings.write(action.data(), checked)

    def _follow(self) -> None:
        for action in self.actions:
            action.setChecked(self._settings.read(action.data()))


class ViewButton(QToolButton):
    """Opens the menu of all choices, with the layer whose neurons are meant.

    Attributes:
        enlarged: the boundary is to be shown large, which a `large` one does not offer.
    """

    enlarged = Signal()

    def __init__(
        self,
        session: Session,
        themes: ThemeManager,
        settings: Settings,
        parent: QWidget | None = None,
        *,
        large: bool = False,
    ) -> None:
        super().__init__(parent)
        self._themes = themes
        self.setProperty("kind", "plain")
        self.setIconSize(ICON)
        self.setAccessibleName(_("What is seen of the boundary"))
        self.setToolTip(_("Choose what is seen of the boundary"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        menu.addActions(Choices(settings, self).actions)
        self.layers = LayerMenu(session, settings, menu)
        menu.addMenu(self.layers)
        if not large:
            menu.addSeparator()
            action = menu.addAction(_("Show &large"))
            action.setToolTip(_("Show the boundary in the studio; a double-click here does, too"))
            action.triggered.connect(self.enlarged)
        self.setMenu(menu)
        themes.theme_changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        theme = self._themes.current()
        self.setIcon(icon("eye", theme.muted, theme.faint))


class LayerMenu(QMenu):
    """The hidden layers of the document, exactly one of which is meant."""

    def __init__(self, session: Session, settings: Settings, parent: QWidget) -> None:
        super().__init__(_("Hidden la&yer"), parent)
        self._session = session
        self._settings = settings
        self._group = QActionGroup(self)
        self._group.triggered.connect(self._choose)
        self.aboutToShow.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """List the layers that there are now."""
        for action in self._group.actions():
            self._group.removeAction(action)
        self.clear()
        titles = layer_titles(self._session)
        chosen = min(self._settings.read(BENDS_LAYER), max(len(titles) - 1, 0))
        for number, title in enumerate(titles):
            action = self.addAction(title)
            action.setCheckable(True)
            action.setChecked(number == chosen)
            action.setData(number)
            self._group.addAction(action)
        if not titles:
            self.addAction(_("There is no hidden layer")).setEnabled(False)

    def _choose(self, action: QAction) -> None:
        self._settings.write(BENDS_LAYER, action.data())
        self._settings.write(BENDS, True)


class LayerField(ChoiceField):
    """The same layers, where there is room for a field; seen while there are some."""

    def __init__(
        self, session: Session, settings: Settings, parent: QWidget | None = None
    ) -> None:
        super().__init__(_("Hidden layer"), (), parent)
        self._session = session
        self._settings = settings
        self.setToolTip(_("The layer whose neurons are meant"))
        self.entered.connect(self._choose)
        session.changed.connect(self._follow)
        session.document_replaced.connect(self.refresh)
        settings.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """List the layers that there are now."""
        titles = layer_titles(self._session)
        self.setVisible(bool(titles))
        self.offer([(str(number), title) for number, title in enumerate(titles)])
        self.setCurrentIndex(min(self._settings.read(BENDS_LAYER), len(titles) - 1))

    def _follow(self, changes: ChangeSet) -> None:
        if changes.structural:
            self.refresh()

    def _choose(self, key: str) -> None:
        self._settings.write(BENDS_LAYER, int(key))
        self._settings.write(BENDS, True)


class ChoiceList(QWidget):
    """All choices below each other, for where there is room."""

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self.boxes = [Box(action, self) for action in Choices(settings, self).actions]
        for box in self.boxes:
            column.addWidget(box)


class Box(QCheckBox):
    """Shows one action as a box to tick."""

    def __init__(self, action: QAction, parent: QWidget) -> None:
        super().__init__(action.text().replace("&", ""), parent)
        self._action = action
        self.setToolTip(action.toolTip())
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(action.trigger)
        action.toggled.connect(self.setChecked)
        self.setChecked(action.isChecked())


def layer_titles(session: Session) -> list[str]:
    """Return what the hidden layers are called."""
    groups = session.document.groups
    return [
        _("{layer}, {count} units").format(
            layer=groups[layer.group].label, count=len(layer.outputs)
        )
        for layer in hidden_layers(session.document)
    ]
