"""The actions on wires: what is done to them by menu and key, and with the mouse alone."""

from gettext import gettext as _

from playground.actions.record import Action

MENU = "Graph/Wires"

WIRING = (
    Action(
        id="wire.insert",
        text=_("&Insert on this wire…"),
        handler="searching.search",
        menu=MENU,
        context=("wire",),
        when="wire",
        gesture=_("Drop a node on a wire"),
        tip=_("Find something; it is added between the ends of the selected wire"),
    ),
    Action(
        id="wire.bend",
        text=_("Add a &bend"),
        handler="wiring.bend",
        shortcuts=("Alt+R",),
        on_canvas=True,
        menu=MENU,
        context=("wire",),
        when="wire",
        gesture=_("Double-click a wire"),
        tip=_("Let the selected wire pass through one more point; arrow keys move it"),
    ),
    Action(
        id="wire.straighten",
        text=_("S&traighten"),
        handler="wiring.straighten",
        menu=MENU,
        context=("wire",),
        when="wires",
        tip=_("Take all bends out of the selected wires"),
    ),
    Action(
        id="wire.next",
        text=_("Select the &next wire"),
        handler="wiring.next_wire",
        shortcuts=("Alt+W",),
        on_canvas=True,
        menu=MENU,
        context=("wire",),
        when="items",
        section=True,
        tip=_("Go through the wires of the selected card, or of the card the wire ends in"),
    ),
    *(
        Action(
            id=f"wire.select.{end}",
            text=text,
            handler="wiring.select_end",
            arguments=(end,),
            menu=MENU,
            context=("wire",),
            when="wire",
            tip=tip,
        )
        for end, text, tip in (
            ("source", _("Select its &source"), _("Select what the wire comes from")),
            ("target", _("Select its tar&get"), _("Select what the wire leads to")),
        )
    ),
    *(
        Action(
            id=f"wire.take.{end}",
            text=text,
            handler="wiring.take_end",
            arguments=(end,),
            menu=MENU,
            context=("wire",),
            when="wire",
            section=end == "start",
            tip=tip,
        )
        for end, text, tip in (
            ("start", _("Begin else&where…"), _("Take its start into the hand, up to a click")),
            ("finish", _("&End elsewhere…"), _("Take its end into the hand, up to a click")),
        )
    ),
    Action(
        id="wire.cut_off",
        text=_("&Cut off"),
        handler="wiring.cut_off",
        shortcuts=("Ctrl+Shift+X",),
        on_canvas=True,
        menu=MENU,
        context=("item",),
        when="deletable",
        section=True,
        gesture=_("Ctrl and drag with the right button"),
        tip=_("Remove all wires that lead into or out of the selection"),
    ),
    Action(
        id="wire.extract",
        text=_("E&xtract"),
        handler="wiring.extract",
        shortcuts=("Ctrl+E",),
        on_canvas=True,
        menu=MENU,
        context=("item",),
        when="node",
        gesture=_("Ctrl+Shift and drag a card"),
        tip=_("Take the node out of its wires; what fed it feeds what it fed"),
    ),
    Action(
        id="wire.swap",
        text=_("Swa&p inputs"),
        handler="wiring.swap",
        shortcuts=("Alt+S",),
        on_canvas=True,
        menu=MENU,
        context=("item",),
        when="node",
        tip=_("Exchange the two inputs of the node; more than two rotate"),
    ),
    Action(
        id="wire.insert_on_drop",
        text=_("Insert &on wires"),
        handler="wiring.toggle",
        arguments=("insert",),
        menu=MENU,
        checkable=True,
        section=True,
        tip=_("A node dropped on a wire that it fits goes between the wire's ends"),
    ),
    Action(
        id="wire.make_room",
        text=_("&Make room"),
        handler="wiring.toggle",
        arguments=("room",),
        menu=MENU,
        checkable=True,
        tip=_("What follows an inserted node moves to the right as far as it has to"),
    ),
    Action(
        id="canvas.copy_wire",
        menu=MENU,
        gesture=_("Shift and drag a wired input"),
        text=_("Copy a wire to another input"),
    ),
    Action(
        id="canvas.bend",
        menu=MENU,
        gesture=_("Drag it"),
        text=_("Move a bend; Ctrl snaps, double-click removes it"),
    ),
)
