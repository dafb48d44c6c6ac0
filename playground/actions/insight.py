"""The actions that ask why a number is what it is: the Insight menu."""

from gettext import gettext as _

from playground.actions.record import Action

EXPLORER = (
    Action(
        id="insight.explorer",
        text=_("&Derivative explorer"),
        handler="view.show_page",
        arguments=("explorer",),
        shortcuts=("Ctrl+Alt+E",),
        menu="Insight",
        tip=_("Plot any value against any other, with its slope from two points and backward"),
    ),
)

INSIGHT: tuple[Action, ...] = (*EXPLORER,)
