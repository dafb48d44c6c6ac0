"""The actions that ask why a number is what it is: the Insight menu."""

from gettext import gettext as _

from playground.actions.record import Action

STEPPER = (
    Action(
        id="step.show",
        text=_("&Step through the pass"),
        handler="stepping.toggle",
        shortcuts=("Ctrl+Alt+S",),
        icon="step",
        menu="Insight",
        section=True,
        when="nodes",
        checkable=True,
        tip=_("Compute every value, and then every gradient, one node at a time"),
    ),
    Action(
        id="step.next",
        text=_("&Next step"),
        handler="stepping.step",
        shortcuts=("F10",),
        icon="step",
        menu="Insight/Step",
        when="nodes",
        tip=_("Compute the next value or let the next node fire; a folded group at once"),
    ),
    Action(
        id="step.inside",
        text=_("Step &inside"),
        handler="stepping.step_inside",
        shortcuts=("F11",),
        menu="Insight/Step",
        when="nodes",
        tip=_("Unfold the group that the next step is in, and take the step"),
    ),
    Action(
        id="step.back",
        text=_("Step &back"),
        handler="stepping.step_back",
        shortcuts=("Shift+F10", "Ctrl+Shift+F10"),
        icon="step-back",
        menu="Insight/Step",
        when="stepping",
        tip=_("Take the latest step back"),
    ),
    Action(
        id="step.finish",
        text=_("&Finish the phase"),
        handler="stepping.finish",
        shortcuts=("Shift+F11",),
        icon="epoch",
        menu="Insight/Step",
        when="nodes",
        tip=_("Take all steps that are left forward, then all backward"),
    ),
    Action(
        id="step.run_to",
        text=_("&Run to here"),
        handler="stepping.run_to",
        shortcuts=("Ctrl+F10",),
        menu="Insight/Step",
        context=("item", "several"),
        when="selection",
        tip=_("Step until what is selected has its value; again, until its gradient is complete"),
    ),
    Action(
        id="step.play",
        text=_("&Play or pause"),
        handler="stepping.play",
        icon="play",
        menu="Insight/Step",
        when="nodes",
        section=True,
        tip=_("Take one step after the other"),
    ),
    Action(
        id="step.restart",
        text=_("&To the beginning"),
        handler="stepping.restart",
        icon="rewind",
        menu="Insight/Step",
        when="stepping",
        tip=_("Go back before the first step"),
    ),
    Action(
        id="step.order",
        text=_("&Order of the steps"),
        handler="stepping.toggle_order",
        icon="order",
        menu="Insight/Step",
        when="nodes",
        checkable=True,
        section=True,
        tip=_("Show the topological order, forward and backward, beside the canvas"),
    ),
    Action(
        id="step.by_hand",
        text=_("Fire by &hand"),
        handler="stepping.toggle_by_hand",
        gesture=_("Click a card or press Return on it, firing by hand"),
        menu="Insight/Step",
        when="nodes",
        checkable=True,
        tip=_("Let nodes send their gradients back in any order, and see what is wrong then"),
    ),
)

PATHS = (
    Action(
        id="insight.paths",
        text=_("&Paths to the output"),
        handler="paths.show",
        shortcuts=("Ctrl+Alt+L",),
        menu="Insight",
        section=True,
        context=("item",),
        when="items",
        tip=_("List every path from what is selected to the output, and add them up"),
    ),
)

NUDGE = (
    Action(
        id="insight.nudge",
        text=_("&Nudge"),
        handler="modes.nudge",
        shortcuts=("Ctrl+Alt+N",),
        gesture=_("Hold a number for a moment, and drag sideways"),
        menu="Insight",
        section=True,
        tip=_("Hold a value a little larger, and see what follows beside what is"),
    ),
)

MODES = (
    Action(
        id="insight.modes",
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

INSIGHT: tuple[Action, ...] = (*WHY, *STEPPER, *NUDGE, *PATHS, *EXPLORER, *MODES, *BUGS)
