"""The actions that are about the selected groups: their shape, their weights, their comment."""

from gettext import gettext as _

from playground.actions.record import Action

MENU = "Graph/Group"

GROUPED = (
    Action(
        id="group.shape",
        text=_("&Shape…"),
        handler="grouping.shape",
        shortcuts=("Ctrl+Alt+G",),
        menu=MENU,
        context=("group",),
        when="shapeable",
        tip=_("Change widths, layers and activations of the selected network in the inspector"),
    ),
    Action(
        id="group.comment",
        text=_("&Comment…"),
        handler="grouping.comment",
        menu=MENU,
        context=("group",),
        when="one group",
        tip=_("Write what there is to say about the selected group"),
    ),
    Action(
        id="group.reset",
        text=_("&Reset weights"),
        handler="grouping.reset",
        menu=MENU,
        context=("group", "several"),
        when="group",
        section=True,
        tip=_("Draw the first weights of the selected groups anew; frozen ones stay"),
    ),
    Action(
        id="group.freeze",
        text=_("&Freeze"),
        handler="grouping.freeze",
        arguments=(True,),
        menu=MENU,
        context=("group", "several"),
        when="group",
        icon="lock",
        tip=_("Keep training from changing what is in the selected groups"),
    ),
    Action(
        id="group.thaw",
        text=_("Tha&w"),
        handler="grouping.freeze",
        arguments=(False,),
        menu=MENU,
        context=("group", "several"),
        when="group",
        tip=_("Let training change what is in the selected groups again"),
    ),
)
