"""The actions that go somewhere: from card to card, back and forward, to what is found."""

from gettext import gettext as _

from playground.actions.record import Action

WALKS = (
    Action(
        id="view.next_card",
        text=_("Ne&xt card"),
        handler="navigating.step_card",
        arguments=(True,),
        shortcuts=("]",),
        on_canvas=True,
        menu="View/Go",
        when="items",
        tip=_("Select the next card, left to right and upper before lower"),
    ),
    Action(
        id="view.previous_card",
        text=_("Pre&vious card"),
        handler="navigating.step_card",
        arguments=(False,),
        shortcuts=("[",),
        on_canvas=True,
        menu="View/Go",
        when="items",
        tip=_("Select the card before this one"),
    ),
    Action(
        id="view.first_card",
        text=_("&First card"),
        handler="navigating.end_card",
        arguments=(False,),
        shortcuts=("Home",),
        on_canvas=True,
        menu="View/Go",
        when="items",
        tip=_("Select the card at the upper left"),
    ),
    Action(
        id="view.last_card",
        text=_("&Last card"),
        handler="navigating.end_card",
        arguments=(True,),
        shortcuts=("End",),
        on_canvas=True,
        menu="View/Go",
        when="items",
        tip=_("Select the card at the far right"),
    ),
)

NAVIGATE = (*WALKS,)
