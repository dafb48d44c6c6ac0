"""Copying, selecting by wires, lining up, tidying; and the switches of how things move."""

from gettext import gettext as _

from playground.actions.record import Action

CLIPBOARD = (
    Action(
        id="edit.cut",
        text=_("Cu&t"),
        handler="clipboard.cut",
        shortcuts=("Ctrl+X",),
        on_canvas=True,
        menu="Edit",
        context=("item",),
        when="selection",
        section=True,
        tip=_("Copy what is selected, and delete it"),
    ),
    Action(
        id="edit.copy",
        text=_("&Copy"),
        handler="clipboard.copy",
        shortcuts=("Ctrl+C",),
        on_canvas=True,
        menu="Edit",
        context=("item",),
        when="selection",
        tip=_("Copy what is selected, for here or another window"),
    ),
    Action(
        id="edit.paste",
        text=_("&Paste"),
        handler="clipboard.paste",
        shortcuts=("Ctrl+V",),
        on_canvas=True,
        menu="Edit",
        context=("canvas",),
        tip=_("Paste nodes at the cursor, or a copied formula such as tanh(a*b)"),
    ),
    Action(
        id="edit.paste_wired",
        text=_("Paste &with incoming wires"),
        handler="clipboard.paste_wired",
        shortcuts=("Ctrl+Shift+V",),
        on_canvas=True,
        menu="Edit",
        context=("canvas",),
        tip=_("Paste, and feed the copies from what feeds the originals"),
    ),
    Action(
        id="edit.duplicate",
        text=_("Dupl&icate"),
        handler="clipboard.duplicate",
        shortcuts=("Ctrl+D",),
        on_canvas=True,
        menu="Edit",
        context=("item",),
        when="selection",
        tip=_("Put a copy beside what is selected, without incoming wires"),
    ),
)

SELECT = tuple(
    Action(
        id=f"edit.select_{way}",
        text=text,
        handler="arranging.select",
        arguments=(way,),
        shortcuts=shortcuts,
        on_canvas=bool(shortcuts),
        menu="Edit/Select",
        when="selection",
        tip=tip,
    )
    for way, text, shortcuts, tip in (
        (
            "upstream",
            _("&Upstream"),
            ("Ctrl+[",),
            _("Select everything that what is selected is computed from, too"),
        ),
        (
            "downstream",
            _("&Downstream"),
            ("Ctrl+]",),
            _("Select everything that is computed from what is selected, too"),
        ),
        ("both", _("&Connected"), (), _("Select everything that wires lead to, either way")),
    )
)

ARRANGE = (
    *(
        Action(
            id=f"edit.align.{edge}",
            text=text,
            handler="arranging.align",
            arguments=(edge,),
            shortcuts=shortcuts,
            on_canvas=bool(shortcuts),
            menu="Graph/Arrange",
            when="several",
            section=edge == "top",
            tip=tip,
        )
        for edge, text, shortcuts, tip in (
            ("left", _("Align &left"), ("Alt+Shift+Left",), _("Line left edges up")),
            ("centre", _("Align &centres"), (), _("Line centres up below each other")),
            ("right", _("Align &right"), ("Alt+Shift+Right",), _("Line right edges up")),
            ("top", _("Align &top"), ("Alt+Shift+Up",), _("Line top edges up")),
            ("middle", _("Align &middles"), (), _("Line middles up beside each other")),
            ("bottom", _("Align &bottom"), ("Alt+Shift+Down",), _("Line bottom edges up")),
        )
    ),
    *(
        Action(
            id=f"edit.distribute.{way}",
            text=text,
            handler="arranging.distribute",
            arguments=(way,),
            shortcuts=shortcuts,
            on_canvas=True,
            menu="Graph/Arrange",
            when="several",
            section=way == "across",
            tip=tip,
        )
        for way, text, shortcuts, tip in (
            (
                "across",
                _("Distribute &horizontally"),
                ("Ctrl+Alt+H",),
                _("Make the gaps from left to right equal"),
            ),
            (
                "down",
                _("Distribute &vertically"),
                ("Ctrl+Alt+V",),
                _("Make the gaps from top to bottom equal"),
            ),
        )
    ),
    Action(
        id="edit.tidy",
        text=_("T&idy"),
        handler="arranging.tidy",
        shortcuts=("F7",),
        menu="Graph/Arrange",
        context=("canvas", "item"),
        when="items",
        section=True,
        tip=_("Lay out what is selected, or everything, from left to right"),
    ),
)

MANNERS = tuple(
    Action(
        id=f"view.manner.{name}",
        text=text,
        handler="arranging.switch",
        arguments=(name,),
        menu=menu,
        checkable=True,
        section=name == "snap",
        tip=tip,
    )
    for name, menu, text, tip in (
        (
            "snap",
            "Graph/Arrange",
            _("Snap to &grid"),
            _("Let what is moved go to the grid; Control while dragging does the other"),
        ),
        (
            "guides",
            "Graph/Arrange",
            _("Alignment guid&es"),
            _("Let what is moved or dropped line up with what is around, and show by what"),
        ),
        ("animated", "View", _("A&nimations"), _("Let things glide to where they are put")),
    )
)
LASSO = (
    Action(
        id="canvas.lasso",
        gesture=_("Ctrl and drag the background"),
        menu="Edit/Select",
        text=_("Select what a line is drawn around; Shift adds"),
    ),
    Action(
        id="canvas.snap",
        gesture=_("Ctrl while dragging a card"),
        menu="Graph/Arrange",
        text=_("Snap to the grid, or not if it snaps anyway"),
    ),
)
