"""The actions that change how the canvas is drawn: heat, maps, dimming, flow, the size of all.

Joined in the table below the rest of the View menu.
"""

from gettext import gettext as _

from playground.actions.record import Action

SIZES = (100, 125, 150, 175, 200)

DRAWING = (
    *(
        Action(
            id=f"view.colours.{name}",
            text=text,
            handler="drawing.choose_colours",
            arguments=(name,),
            menu="View/Colours",
            checkable=True,
            choice="colours",
            tip=tip,
        )
        for name, text, tip in (
            ("numbers", _("&Values + gradients"), _("Show numbers on plain cards")),
            ("heat", _("&Heat"), _("Colour everything by the size of its gradient")),
        )
    ),
    Action(
        id="view.heat",
        text=_("&Switch heat on or off"),
        handler="drawing.toggle_heat",
        shortcuts=("Ctrl+H",),
        menu="View/Colours",
        context=("canvas",),
        section=True,
        tip=_("Colour everything by the size of its gradient, or no longer"),
    ),
    Action(
        id="view.maps",
        text=_("&Maps on neurons"),
        handler="drawing.toggle_maps",
        menu="View/Colours",
        checkable=True,
        tip=_(
            "Show what each neuron says all over the plane of the data, coloured as the boundary"
        ),
    ),
    Action(
        id="view.dim",
        text=_("&Dim the rest"),
        handler="drawing.toggle_dim",
        shortcuts=("Ctrl+I",),
        menu="View",
        context=("item",),
        checkable=True,
        tip=_("Let what has nothing to do with the selection step back"),
    ),
    Action(
        id="view.flow",
        text=_("Flow &along wires"),
        handler="drawing.toggle_flow",
        menu="View",
        checkable=True,
        tip=_("Let dots flow along the wires while training runs"),
    ),
)

SIZE = (
    *(
        Action(
            id=f"view.size.{percent}",
            text=_("{percent} %").format(percent=percent),
            handler="drawing.choose_size",
            arguments=(percent,),
            menu="View/Size",
            checkable=True,
            choice="size",
            tip=_("Show the whole program at this size from the next start on"),
        )
        for percent in SIZES
    ),
)
