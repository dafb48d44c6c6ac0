"""The actions that look, fold and train: View and Train, and a part of Graph."""

from gettext import gettext as _

from playground.actions.record import Action

DEPTHS = (_("&Networks"), _("&Layers"), _("N&eurons"), _("&Scalars"))

VIEW = (
    Action(
        id="view.fit",
        text=_("&Fit everything"),
        handler="view.fit",
        shortcuts=("F",),
        on_canvas=True,
        icon="fit",
        menu="View",
        context=("canvas",),
        when="items",
        tip=_("Show the whole graph"),
    ),
    Action(
        id="view.fit_selection",
        text=_("Fit the se&lection"),
        handler="view.fit_selection",
        shortcuts=("Shift+F",),
        on_canvas=True,
        menu="View",
        context=("item", "note"),
        when="selection",
        tip=_("Zoom to what is selected"),
    ),
    Action(
        id="view.actual_size",
        text=_("&100 %"),
        handler="view.actual_size",
        shortcuts=("Ctrl+0",),
        menu="View",
        tip=_("Show everything at its own size"),
    ),
    Action(
        id="view.zoom_in",
        text=_("Zoom &in"),
        handler="view.zoom_in",
        shortcuts=("Ctrl++", "Ctrl+="),
        icon="zoom-in",
        menu="View",
        tip=_("Look closer"),
    ),
    Action(
        id="view.zoom_out",
        text=_("Zoom &out"),
        handler="view.zoom_out",
        shortcuts=("Ctrl+-",),
        icon="zoom-out",
        menu="View",
        tip=_("Step back"),
    ),
)

FOLD = (
    Action(
        id="view.toggle_fold",
        text=_("Fold or &unfold"),
        handler="view.toggle_fold",
        shortcuts=("Ctrl+U",),
        icon="fold",
        menu="Graph",
        context=("item",),
        when="group",
        tip=_("Close or open the selected groups; double-click does the same"),
    ),
    Action(
        id="view.step_in",
        text=_("Ste&p inside"),
        handler="view.step_in",
        shortcuts=("Ctrl+Return", "Ctrl+Enter"),
        gesture=_("Double-click on a group with Control"),
        on_canvas=True,
        menu="Graph",
        context=("group",),
        when="group",
        tip=_("Let one group fill the canvas, with stubs of what it is wired to"),
    ),
    Action(
        id="view.step_out",
        text=_("Step ou&t"),
        handler="view.step_out",
        shortcuts=("Ctrl+Shift+Return", "Ctrl+Shift+Enter"),
        gesture=_("Escape, when nothing is selected"),
        on_canvas=True,
        menu="Graph",
        context=("canvas", "item"),
        when="inside",
        tip=_("Leave the group that fills the canvas, to what is around it"),
    ),
    *(
        Action(
            id=f"view.depth.{depth}",
            text=text,
            handler="view.fold_to",
            arguments=(depth,),
            shortcuts=(f"Alt+{depth + 1}",),
            menu="Graph/Depth",
            when="groups",
            checkable=True,
            choice="depth",
            tip=_("Fold every group below this depth"),
        )
        for depth, text in enumerate(DEPTHS)
    ),
    Action(
        id="view.fold_by_zoom",
        text=_("Fold by &zoom"),
        handler="view.toggle_fold_by_zoom",
        menu="Graph/Depth",
        checkable=True,
        section=True,
        tip=_(
            "Let zooming out fold neurons, layers and networks, and zooming in open what is near"
        ),
    ),
)

THEME = (
    *(
        Action(
            id=f"view.theme.{name}",
            text=text,
            handler="view.choose_theme",
            arguments=(name,),
            icon=icon,
            menu="View/Theme",
            checkable=True,
            choice="theme",
            tip=tip,
        )
        for name, text, icon, tip in (
            ("system", _("As the &system"), "", _("Follow the system's light or dark")),
            ("dark", _("&Dark"), "dark", _("Use the dark theme")),
            ("light", _("&Light"), "light", _("Use the light theme")),
            ("contrast-dark", _("&High contrast, dark"), "dark", _("White on black")),
            ("contrast-light", _("H&igh contrast, light"), "light", _("Black on white")),
        )
    ),
)

SIDES = (
    Action(
        id="view.panel.build",
        text=_("&Palette and inspector"),
        handler="view.toggle_panel",
        arguments=("build",),
        shortcuts=("Ctrl+B",),
        icon="panel-left",
        menu="View/Panels",
        checkable=True,
        tip=_("Show or hide what stands left of the canvas"),
    ),
    Action(
        id="view.panel.train",
        text=_("&Training"),
        handler="view.toggle_panel",
        arguments=("train",),
        shortcuts=("Ctrl+T",),
        icon="panel-right",
        menu="View/Panels",
        checkable=True,
        tip=_("Show or hide what stands right of the canvas"),
    ),
)

TRAIN = (
    Action(
        id="train.play",
        text=_("Train or &pause"),
        handler="training.toggle",
        shortcuts=("F5",),
        icon="play",
        menu="Train",
        when="trainable",
        tip=_("Train until paused"),
    ),
    Action(
        id="train.step",
        text=_("One &step"),
        handler="training.step",
        shortcuts=("F6",),
        icon="step",
        menu="Train",
        when="trainable",
        tip=_("Take a single training step"),
    ),
    Action(
        id="train.epoch",
        text=_("One &epoch"),
        handler="training.step_epoch",
        shortcuts=("Shift+F6",),
        icon="epoch",
        menu="Train",
        when="trainable",
        tip=_("Take the steps to the end of an epoch"),
    ),
    Action(
        id="train.until",
        text=_("T&rain until…"),
        handler="training.until",
        shortcuts=("Ctrl+F6",),
        icon="until",
        menu="Train",
        when="trainable",
        tip=_("Choose an epoch, a loss or an accuracy to stop at, and train"),
    ),
    Action(
        id="train.rewind",
        text=_("Re&wind to the same weights"),
        handler="training.rewind",
        shortcuts=("Shift+F5",),
        icon="rewind",
        menu="Train",
        when="trainable",
        section=True,
        tip=_("Go back to step 0 and the weights that training began with"),
    ),
    Action(
        id="train.new_weights",
        text=_("&New weights"),
        handler="training.draw_weights",
        shortcuts=("Ctrl+F5",),
        icon="redraw",
        menu="Train",
        when="trainable",
        tip=_("Go to step 0 with weights drawn from the next seed"),
    ),
    Action(
        id="train.best",
        text=_("&Back to the best weights"),
        handler="training.go_to_best",
        icon="best",
        menu="Train",
        when="best",
        tip=_("Go back to the moment of this run with the least loss"),
    ),
    Action(
        id="train.doctor",
        text=_("Go &to what is wrong"),
        handler="training.go_to_finding",
        shortcuts=("F9",),
        icon="doctor",
        menu="Train",
        when="findings",
        tip=_("Select the first nodes that the gradient doctor found, and bring them into sight"),
    ),
    *(
        Action(
            id=f"train.{name}",
            text=text,
            handler="training.change_speed",
            arguments=(by,),
            shortcuts=(shortcut,),
            menu="Train",
            section=by > 0,
            tip=tip,
        )
        for name, text, by, shortcut, tip in (
            ("faster", _("&Faster"), 1, "F8", _("Take more steps a second")),
            ("slower", _("S&lower"), -1, "Shift+F8", _("Take fewer steps a second")),
        )
    ),
    Action(
        id="train.draw",
        text=_("&Draw data"),
        handler="sketching.toggle",
        shortcuts=("Ctrl+Alt+D",),
        icon="edit",
        menu="Train/Data",
        checkable=True,
        tip=_("Put points on the decision boundary with the mouse, class by class"),
    ),
    *(
        Action(id=f"train.draw.{key}", menu="Train/Data", gesture=gesture, text=text)
        for key, gesture, text in (
            ("spray", _("Drag on the boundary, drawing"), _("Draw points; Shift exactly")),
            ("carry", _("Drag a point, drawing"), _("Move it")),
            ("rub", _("Right button, drawing"), _("Rub points out")),
            ("brush", _("1 to 9, E, +, drawing"), _("Take a brush, the eraser, another class")),
            ("size", _("[ and ], drawing"), _("Make the brush smaller or larger")),
        )
    ),
    Action(
        id="data.function",
        text=_("Points from a &function…"),
        handler="tables.from_function",
        menu="Train/Data",
        tip=_("Take points above and below a typed function"),
    ),
    Action(
        id="data.roles",
        text=_("Edit &roles…"),
        handler="tables.roles",
        menu="Train/Data",
        when="table",
        tip=_("Say which columns of the table are features and which is the target"),
    ),
    Action(
        id="data.generate",
        text=_("&Generated points"),
        handler="tables.generate",
        menu="Train/Data",
        when="table",
        tip=_("Let go of the table, and generate points again"),
    ),
    *(
        Action(
            id=f"train.scope.{scope}",
            text=text,
            handler="training.choose_scope",
            arguments=(scope,),
            menu="Train/Gradients",
            checkable=True,
            choice="scope",
            tip=tip,
        )
        for scope, text, tip in (
            ("sample", _("This &sample"), _("Show the gradients of the current sample")),
            ("batch", _("The whole &batch"), _("Show the gradients of all samples together")),
        )
    ),
    Action(
        id="train.whose",
        text=_("&Whose gradient?"),
        handler="training.toggle_whose",
        shortcuts=("F4",),
        icon="whose",
        menu="Train/Gradients",
        checkable=True,
        section=True,
        tip=_("Ask which sample pushes which parameter: point at samples, weights and neurons"),
    ),
)
