"""The actions of one window made real: menus, shortcuts and context menus from the table."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import reduce

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QIcon, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from playground.actions.record import CONTEXTS, OWN_MENUS, Action
from playground.actions.table import ACTIONS, CONTEXT_ORDER, LINED, MENUS


class Command(QAction):
    """An action made real: triggers its handler with its arguments."""

    def __init__(self, record: Action, handler: Callable[..., object], parent: QObject) -> None:
        super().__init__(record.text, parent)
        self.record = record
        self._handler = handler
        self.setObjectName(record.id)
        self.setShortcuts([QKeySequence(text) for text in record.shortcuts])
        self.setStatusTip(record.tip)
        self.setToolTip(tooltip(record))
        self.setCheckable(record.checkable)
        if record.on_canvas:
            self.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.triggered.connect(self.run)

    def run(self) -> None:
        """Call the handler."""
        self._handler(*self.record.arguments)


class ActionSet(QObject):
    """All actions of a window; owns the `QAction` of each record.

    `handlers` holds the methods that the records name, `icon_of` draws an icon by its name. The
    actions of the canvas still have to be added to it with `attach`.
    """

    def __init__(
        self,
        window: QWidget,
        handlers: object,
        icon_of: Callable[[str], QIcon],
        records: Iterable[Action] = ACTIONS,
    ) -> None:
        super().__init__(window)
        self._commands: dict[str, Command] = {}
        self._choices: dict[str, QActionGroup] = {}
        for record in records:
            if record.handler:
                self._add(window, record, resolve(handlers, record.handler))
        self.draw_icons(icon_of)

    def __getitem__(self, action: str) -> Command:
        return self._commands[action]

    def __iter__(self) -> Iterator[Command]:
        return iter(self._commands.values())

    def attach(self, canvas: QWidget) -> None:
        """Give the canvas the shortcuts that work only while it has the focus."""
        canvas.addActions([command for command in self if command.record.on_canvas])

    def draw_icons(self, icon_of: Callable[[str], QIcon]) -> None:
        """Draw the icons, again after the theme has changed."""
        for command in self:
            if command.record.icon:
                command.setIcon(icon_of(command.record.icon))

    def refresh(self, conditions: frozenset[str], checked: frozenset[str]) -> None:
        """Enable what the conditions allow, and check the actions with these ids."""
        for command in self:
            when = command.record.when
            command.setEnabled(not when or when in conditions)
            if command.isCheckable():
                command.setChecked(command.record.id in checked)

    def fill_bar(self, bar: QMenuBar) -> dict[str, QMenu]:
        """Fill a menu bar from the table; returns the menus by their paths."""
        menus = {path: bar.addMenu(title) for path, title in MENUS.items() if "/" not in path}
        for command in self:
            if command.record.menu:
                put(self._menu(menus, command.record.menu), command)
        return menus

    def context_menu(self, kind: str, parent: QWidget) -> QMenu:
        """Make the context menu of one of `CONTEXTS`, without what makes no sense just now.

        What stands in a submenu of the menu bar stands in one here, too, unless that submenu is
        about this very kind of thing, or would hold nothing else.
        """
        words = CONTEXTS[kind]
        shown = [one for one in self if words.intersection(one.record.context) and one.isEnabled()]
        shown.sort(key=lambda command: rank(command.record))
        sizes = Counter(command.record.menu for command in shown)
        menu = QMenu(parent)
        menus: dict[str, QMenu] = {}
        latest = -1
        for command in shown:
            record, (group, _place) = command.record, rank(command.record)
            if group != latest and not menu.isEmpty():
                menu.addSeparator()
            own = record.menu == OWN_MENUS.get(kind)
            if "/" in record.menu and not own and sizes[record.menu] > 1:
                if record.menu not in menus:
                    menus[record.menu] = menu.addMenu(MENUS[record.menu])
                put(menus[record.menu], command)
            elif own and group == latest:
                put(menu, command)
            else:
                menu.addAction(command)
            latest = group
        return menu

    def _add(self, window: QWidget, record: Action, handler: Callable[..., object]) -> None:
        command = Command(record, handler, self)
        self._commands[record.id] = command
        if record.choice:
            group = self._choices.setdefault(record.choice, QActionGroup(self))
            group.addAction(command)
        if not record.on_canvas:
            window.addAction(command)

    def _menu(self, menus: dict[str, QMenu], path: str) -> QMenu:
        if path not in menus:
            above, _slash, name = path.rpartition("/")
            parent = self._menu(menus, above)
            if path in LINED:
                parent.addSeparator()
            menus[path] = parent.addMenu(MENUS.get(path, name))
        return menus[path]


def rank(record: Action) -> tuple[int, int]:
    """Return where an action stands in context menus: its group there, and its place in that."""
    for group, names in enumerate(CONTEXT_ORDER):
        for name in (record.id, record.menu):
            if name in names:
                return group, names.index(name)
    return len(CONTEXT_ORDER), 0


def put(menu: QMenu, command: Command) -> None:
    """Append an action to a menu, below a line if it begins a section."""
    if command.record.section and not menu.isEmpty():
        menu.addSeparator()
    menu.addAction(command)


def resolve(handlers: object, path: str) -> Callable[..., object]:
    """Find the method that "files.save" names; AttributeError if there is none."""
    method = reduce(getattr, path.split("."), handlers)
    if not callable(method):
        raise TypeError(f"{path} is not a method")
    return method


def tooltip(record: Action) -> str:
    """Say what an action does and how to reach it by keyboard."""
    if not record.shortcuts:
        return record.tip
    native = QKeySequence(record.shortcuts[0]).toString(QKeySequence.SequenceFormat.NativeText)
    return f"{record.tip}  ({native})"


def keys(record: Action) -> str:
    """Write the shortcuts of an action as this system writes them."""
    native = QKeySequence.SequenceFormat.NativeText
    return "  ·  ".join(QKeySequence(text).toString(native) for text in record.shortcuts)


def plain_text(record: Action) -> str:
    """Return the text of an action without its mnemonic, and without dots at its end."""
    return record.text.replace("&&", "\0").replace("&", "").replace("\0", "&").rstrip("…")
