"""The actions that search: for something to add, and for an input to connect to."""

from gettext import gettext as _

from playground.actions.record import Action

SEARCH = (
    Action(
        id="add.search",
        text=_("&Search, or type a formula"),
        handler="searching.search",
        shortcuts=("Space", "Tab", "/"),
        gesture=_("Double-click the background, or just type"),
        on_canvas=True,
        icon="search",
        menu="Add",
        context=("canvas",),
        tip=_("Find something to add, or type 3*x**2+1 or mlp 2 4 1; what is selected feeds it"),
    ),
    Action(
        id="add.connect",
        text=_("&Connect to…"),
        handler="searching.connect",
        shortcuts=("Ctrl+L",),
        on_canvas=True,
        menu="Add",
        context=("item",),
        when="selection",
        tip=_("Wire what is selected, in order, to an input that you find by typing"),
    ),
)
