"""The actions that ask why a number is what it is: the Insight menu."""

from gettext import gettext as _

from playground.actions.record import Action

BUGS = (
    Action(
        id="insight.check",
        text=_("&Gradient check"),
        handler="view.show_page",
        arguments=("check",),
        shortcuts=("Ctrl+Alt+K",),
        menu="Insight",
        section=True,
        tip=_("Show every gradient beside the slope that differences give"),
    ),
    Action(
        id="insight.bugs",
        text=_("&Bug lab"),
        handler="view.show_page",
        arguments=("bugs",),
        shortcuts=("Ctrl+Alt+B",),
        menu="Insight",
        tip=_("Plant a classic mistake on purpose, or find the one that is hidden"),
    ),
    Action(
        id="insight.sound",
        text=_("&Remove the planted bug"),
        handler="bugs.remove",
        menu="Insight",
        when="planted",
        tip=_("Show the right numbers again"),
    ),
)
INSIGHT: tuple[Action, ...] = (*BUGS,)
