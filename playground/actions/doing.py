"""The actions that do something to files and graphs: File, Edit, Graph and Add."""

from gettext import gettext as _

from playground.actions.record import Action

FILE = (
    Action(
        id="file.new",
        text=_("&New"),
        handler="files.new",
        shortcuts=("Ctrl+N",),
        icon="new",
        menu="File",
        tip=_("Start with an empty canvas"),
    ),
    Action(
        id="file.open",
        text=_("&Open…"),
        handler="files.open",
        shortcuts=("Ctrl+O",),
        icon="open",
        menu="File",
        tip=_("Open a graph from a file"),
    ),
    Action(
        id="data.table",
        text=_("Open &table…"),
        handler="tables.open",
        shortcuts=("Ctrl+Alt+O",),
        menu="File",
        tip=_("Train on the rows of a CSV file"),
        gesture=_("Drop a CSV file on the window, or paste a table on the canvas"),
    ),
    Action(
        id="file.open_link",
        text=_("Open &link…"),
        handler="files.open_link",
        shortcuts=("Ctrl+Shift+L",),
        menu="File",
        tip=_("Open what a link of TensorFlow Playground trains"),
        gesture=_("Paste the link on the canvas, or drop it on the window"),
    ),
    Action(
        id="file.forget",
        text=_("Forget these files"),
        handler="files.forget_recent",
        menu="File/Recent",
        section=True,
        tip=_("Empty the list of recent files"),
    ),
    Action(
        id="file.save",
        text=_("&Save"),
        handler="files.save",
        shortcuts=("Ctrl+S",),
        icon="save",
        menu="File",
        section=True,
        tip=_("Save the graph to its file"),
    ),
    Action(
        id="file.save_as",
        text=_("Save &as…"),
        handler="files.save_as",
        shortcuts=("Ctrl+Shift+S",),
        menu="File",
        tip=_("Save the graph to another file"),
    ),
    Action(
        id="file.export.code",
        text=_("&Code…"),
        handler="exporting.code",
        menu="File/Export",
        when="items",
        tip=_("Save the graph as a program, a drawing or data for other programs"),
    ),
    Action(
        id="file.export.picture",
        text=_("&Picture…"),
        handler="exporting.picture",
        menu="File/Export",
        when="items",
        tip=_("Save the canvas as PNG, SVG or PDF"),
    ),
    Action(
        id="file.export.table",
        text=_("&Data as CSV…"),
        handler="exporting.table",
        menu="File/Export",
        when="data",
        tip=_("Save the points with their labels as a table"),
    ),
    Action(
        id="file.export.copy_code",
        text=_("Copy as c&ode"),
        handler="exporting.copy_code",
        shortcuts=("Ctrl+Shift+K",),
        menu="File/Export",
        context=("canvas", "item"),
        when="items",
        section=True,
        tip=_("Copy the code of what is selected, or of everything"),
    ),
    Action(
        id="file.export.copy_picture",
        text=_("Copy as pic&ture"),
        handler="exporting.copy_picture",
        menu="File/Export",
        context=("canvas", "item", "note"),
        when="items",
        tip=_("Copy a picture of what is selected, or of everything"),
    ),
    Action(
        id="file.close",
        text=_("&Close"),
        handler="files.close",
        shortcuts=("Ctrl+W",),
        menu="File",
        section=True,
        tip=_("Close the graph and go back to the welcome"),
    ),
    Action(
        id="file.quit",
        text=_("&Quit"),
        handler="files.quit",
        shortcuts=("Ctrl+Q",),
        menu="File",
        tip=_("Close the window"),
    ),
)

HISTORY = (
    Action(
        id="edit.undo",
        text=_("&Undo"),
        handler="editing.undo",
        shortcuts=("Ctrl+Z",),
        icon="undo",
        menu="Edit",
        when="undo",
        tip=_("Take the last edit back"),
    ),
    Action(
        id="edit.redo",
        text=_("&Redo"),
        handler="editing.redo",
        shortcuts=("Ctrl+Shift+Z", "Ctrl+Y"),
        icon="redo",
        menu="Edit",
        when="redo",
        tip=_("Do the edit again that was taken back"),
    ),
)

DELETE = (
    Action(
        id="edit.delete",
        text=_("&Delete"),
        handler="editing.delete",
        shortcuts=("Del", "Backspace"),
        on_canvas=True,
        icon="delete",
        menu="Edit",
        context=("item", "note", "wire"),
        when="deletable",
        tip=_("Delete what is selected, with its wires"),
    ),
)

ALL = (
    Action(
        id="edit.select_all",
        text=_("Select &all"),
        handler="editing.select_all",
        shortcuts=("Ctrl+A",),
        icon="select-all",
        menu="Edit",
        context=("canvas",),
        when="items",
        section=True,
        tip=_("Select every node that is visible"),
    ),
)

EDIT = (
    Action(
        id="edit.rename",
        text=_("Re&name"),
        handler="editing.rename",
        shortcuts=("F2",),
        icon="edit",
        menu="Edit",
        context=("item",),
        when="single",
        section=True,
        tip=_("Give the selected node or group another label"),
    ),
    Action(
        id="edit.value",
        text=_("Edit &value"),
        handler="editing.edit_value",
        shortcuts=("Return",),
        on_canvas=True,
        menu="Edit",
        context=("item", "wire"),
        when="value",
        tip=_("Type a number or an expression for the selected value"),
    ),
)

GROUP = (
    Action(
        id="edit.group",
        text=_("&Group"),
        handler="editing.group",
        shortcuts=("Ctrl+G",),
        menu="Graph",
        context=("item",),
        when="selection",
        tip=_("Put what is selected into a group that can be folded"),
    ),
    Action(
        id="edit.ungroup",
        text=_("Ungr&oup"),
        handler="editing.ungroup",
        shortcuts=("Ctrl+Shift+G",),
        menu="Graph",
        context=("item",),
        when="group",
        tip=_("Dissolve the selected groups; what is in them stays"),
    ),
    Action(
        id="edit.move_into",
        text=_("Move &into group…"),
        handler="nesting.into",
        shortcuts=("Ctrl+Shift+]",),
        on_canvas=True,
        menu="Graph",
        context=("item", "note"),
        when="regroupable",
        gesture=_("Drag it onto an open group and rest, or hold Alt"),
        tip=_("Put what is selected into another group, the nearest first"),
    ),
    Action(
        id="edit.move_out",
        text=_("Mo&ve out of the group"),
        handler="nesting.out",
        shortcuts=("Ctrl+Shift+[",),
        on_canvas=True,
        menu="Graph",
        context=("item", "note"),
        when="grouped",
        gesture=_("Drag it out with Alt held"),
        tip=_("Take what is selected out of the group that it lies in"),
    ),
)

MEANING = (
    Action(
        id="edit.backward",
        text=_("Go &backward from here"),
        handler="editing.go_backward",
        shortcuts=("Ctrl+Shift+B",),
        menu="Graph",
        context=("item",),
        when="node",
        section=True,
        tip=_("Show the gradients of the selected node; again, of the loss"),
    ),
    *(
        Action(
            id=f"edit.mark.{mark}",
            text=text,
            handler="marking.toggle",
            arguments=(mark,),
            menu="Graph/Mark",
            context=("item",),
            when="markable",
            checkable=True,
            section=mark == "prediction",
            tip=tip,
        )
        for mark, text, tip in (
            ("prediction", _("Mark as &prediction"), _("What the data is compared with")),
            ("loss", _("Mark as &loss"), _("What training makes small")),
            ("penalty", _("Mark as p&enalty"), _("What training adds to the loss, once a step")),
        )
    ),
)

ADD = (
    Action(
        id="add.moons",
        text=_("&Train moons"),
        handler="training.train_moons",
        icon="moons",
        menu="Add",
        section=True,
        tip=_("Insert a network of 337 parameters with its loss and data, ready to train"),
    ),
)
