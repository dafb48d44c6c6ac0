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

MODES: tuple[Action, ...] = (
    Action(
        id="insight.nudge",
        text=_("&Nudge"),
        handler="modes.nudge",
        shortcuts=("Ctrl+Alt+N",),
        gesture=_("Hold a number for a moment, and drag sideways"),
        menu="Insight",
        tip=_("Hold a value a little larger, and see what follows beside what is"),
    ),
    Action(
        id="view.page.modes",
        text=_("Forward beside reverse &mode"),
        handler="view.show_page",
        arguments=("modes",),
        shortcuts=("Ctrl+Alt+M",),
        menu="Insight",
        tip=_("Show both ways to derivatives over this graph, and what each of them costs"),
    ),
)

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

WHY = (
    Action(
        id="insight.why",
        text=_("&Why?"),
        handler="asking.why",
        shortcuts=("F12",),
        gesture=_("Click a number or a gradient, or the chip on a wire"),
        menu="Insight",
        context=("item", "wire"),
        when="askable",
        tip=_("Say why the selected number is what it is; again, go through the symbols by keys"),
    ),
)

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

INSIGHT: tuple[Action, ...] = (*PATHS, *MODES, *EXPLORER, *WHY, *BUGS)
