"""The actions that ask why a number is what it is: the Insight menu."""

from gettext import gettext as _

from playground.actions.record import Action

PATHS = (
    Action(
        id="insight.paths",
        text=_("&Paths to the output"),
        handler="paths.show",
        shortcuts=("Ctrl+Alt+L",),
        menu="Insight",
        context=("item",),
        when="items",
        tip=_("List every path from what is selected to the output, and add them up"),
    ),
)

INSIGHT: tuple[Action, ...] = PATHS
