"""The actions of frames and notes: adding them, fitting a frame, and the colours."""

from gettext import gettext as _

from playground.actions.record import Action

COLOURS = (
    ("", _("&Plain"), _("Give it no colour")),
    ("rose", _("&Rose"), _("Tint it rose")),
    ("sand", _("&Sand"), _("Tint it sand")),
    ("moss", _("&Moss"), _("Tint it moss")),
    ("teal", _("&Teal"), _("Tint it teal")),
    ("slate", _("S&late"), _("Tint it slate")),
)

FRAMING = (
    Action(
        id="add.frame",
        text=_("&Frame around the selection"),
        handler="noting.frame",
        shortcuts=("Ctrl+J",),
        icon="frame",
        menu="Add",
        context=("item",),
        section=True,
        tip=_("Put a frame behind what is selected; it takes it along when it is moved"),
    ),
    Action(
        id="add.note",
        text=_("&Note"),
        handler="noting.note",
        shortcuts=("Ctrl+Shift+N",),
        icon="note",
        menu="Add",
        context=("canvas",),
        tip=_("Add a sheet to write on, in Markdown"),
    ),
)

NOTING = (
    Action(
        id="edit.write",
        text=_("Write"),
        handler="editing.rename",
        gesture=_("Double-click a note or a frame’s title"),
        icon="edit",
        menu="Edit",
        context=("note",),
        when="note",
        tip=_("Write on the selected note, or give the frame another title"),
    ),
)

FRAMES = (
    Action(
        id="edit.fit_frame",
        text=_("Fit the frame to its content"),
        handler="noting.fit",
        menu="Graph",
        section=True,
        context=("note",),
        when="frame",
        tip=_("Make the selected frame just as large as what it holds needs"),
    ),
    *(
        Action(
            id=f"edit.colour.{name or 'plain'}",
            text=text,
            handler="noting.choose_colour",
            arguments=(name,),
            menu="Graph/Colour",
            context=("note", "group"),
            when="tinted",
            checkable=True,
            choice="colour",
            tip=tip,
        )
        for name, text, tip in COLOURS
    ),
    Action(
        id="canvas.frame_move",
        gesture=_("Drag its title"),
        menu="Graph",
        text=_("Move a frame with all it holds; Shift the frame alone"),
    ),
    Action(
        id="canvas.resize",
        gesture=_("Drag an edge"),
        menu="Graph",
        text=_("Resize a frame or note; Ctrl snaps to the grid"),
    ),
)
