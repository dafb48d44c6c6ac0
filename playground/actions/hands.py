"""What hands do on the canvas itself: gestures of the mouse, and keys with a meaning of their own.

The canvas does these without a handler; the page of shortcuts lists them from here. An action
that has a handler and a gesture as well stands with its menu, not here.
"""

from gettext import gettext as _

from playground.actions.record import Action

HANDS = tuple(
    Action(id=f"canvas.{key}", menu=menu, gesture=gesture, text=text)
    for menu, gestures in (
        (
            "Edit",
            (
                ("open", _("Return"), _("Type a value, name an operation, fold a group")),
                ("cancel", _("Esc"), _("Cancel what you are doing")),
            ),
        ),
        (
            "Edit/Select",
            (
                ("band", _("Drag the background"), _("Select with a rubber band")),
                ("adds", _("Shift and click"), _("Add to the selection, or take away")),
            ),
        ),
        (
            "Edit/Number",
            (
                ("type", _("Double-click a number"), _("Type a number or an expression")),
                ("scrub", _("Drag a number sideways"), _("Change it; Shift finer, Ctrl coarser")),
                (
                    "step",
                    _("Up and Down"),
                    _("Step the selected value; Shift finer, Ctrl coarser"),
                ),
            ),
        ),
        (
            "Graph",
            (("fold", _("Double-click a group"), _("Fold or unfold it")),),
        ),
        (
            "Graph/Wires",
            (
                ("wire", _("Drag from a port"), _("Wire two nodes, from either end")),
                (
                    "grow",
                    _("Let a wire go over nothing"),
                    _("Add what it feeds, or what feeds it"),
                ),
                ("unwire", _("Drag a wire’s end away"), _("Pull the wire off")),
            ),
        ),
        (
            "Graph/Arrange",
            (("move", _("Alt and arrow keys"), _("Move what is selected")),),
        ),
        (
            "Add",
            (
                (
                    "collect",
                    _("Shift+Return in the search"),
                    _("Add it and keep what was selected, to wire both to the next"),
                ),
            ),
        ),
        (
            "View",
            (
                ("pan", _("Middle button, or Space and drag"), _("Move the view")),
                ("zoom", _("Wheel, or two fingers and Ctrl"), _("Zoom at the cursor")),
                ("map", _("Click or drag the overview map"), _("Move the view there")),
            ),
        ),
        (
            "View/Go",
            (
                (
                    "walk",
                    _("Arrow keys"),
                    _("Walk along the wires; Shift takes along what is reached"),
                ),
                ("leave", _("Ctrl+Tab"), _("Go to the next panel; with Shift to the one before")),
            ),
        ),
    )
    for key, gesture, text in gestures
)
