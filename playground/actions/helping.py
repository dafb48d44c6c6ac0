"""The actions that help: the Help menu, and the panel of its pages."""

from gettext import gettext as _

from playground.actions.record import Action

READ = (
    Action(
        id="view.panel.help",
        text=_("He&lp"),
        handler="help.toggle",
        menu="View/Panels",
        checkable=True,
        tip=_("Show or hide the pages of the help, right of everything"),
    ),
)

HELP = (
    Action(
        id="help.welcome",
        text=_("&Welcome"),
        handler="help.welcome",
        icon="welcome",
        menu="Help",
        checkable=True,
        tip=_("Show examples and ways to begin"),
    ),
    Action(
        id="help.here",
        text=_("Help on what is &pointed at"),
        handler="help.here",
        shortcuts=("F1",),
        icon="help",
        menu="Help",
        section=True,
        tip=_("Show the page of what the mouse is on, has the keyboard or is selected"),
    ),
    Action(
        id="help.selection",
        text=_("&Help on the selection"),
        handler="help.selection",
        menu="Help",
        context=("item", "note", "wire"),
        when="deletable",
        tip=_("Show the page of what is selected"),
    ),
    Action(
        id="help.contents",
        text=_("&Contents of the help"),
        handler="help.contents",
        menu="Help",
        tip=_("Show all pages of the help, and search them"),
    ),
    Action(
        id="help.shortcuts",
        text=_("&Keyboard shortcuts"),
        handler="help.shortcuts",
        shortcuts=("Ctrl+F1", "Ctrl+/"),
        icon="keyboard",
        menu="Help",
        tip=_("List every shortcut"),
    ),
    Action(
        id="help.about",
        text=_("&About Micrograd Playground"),
        handler="help.about",
        icon="info",
        menu="Help",
        section=True,
        tip=_("Version and licence"),
    ),
)
