"""The actions that ask why a number is what it is: the Insight menu."""

from gettext import gettext as _

from playground.actions.record import Action

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

INSIGHT: tuple[Action, ...] = (*WHY,)
