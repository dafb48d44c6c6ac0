"""What hands do on the canvas itself: gestures of the mouse, and keys with a meaning of their own.

The canvas does these without a handler; the page of shortcuts lists them, each in the section of
the menu that it names, before what has a handler. An action with both stands with its menu.
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
                ("scrub", _("Drag it sideways"), _("Change a number; Shift finer, Ctrl coarser")),
                (
                    "step",
                    _("Up and Down"),
                    _("Step the selected value; Shift finer, Ctrl coarser"),
                ),
            ),
        ),
        (
            "Graph",
            (("fold", _("Double-click it"), _("Fold or unfold a group")),),
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
                    _("Keep what was selected, too, to wire both to the next"),
                ),
            ),
        ),
        (
            "View",
            (
                ("pan", _("Middle button, or Space and drag"), _("Move the view")),
                ("zoom", _("Wheel, or two fingers and Ctrl"), _("Zoom at the cursor")),
                ("map", _("Click or drag on it"), _("Move the view by the overview map")),
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
