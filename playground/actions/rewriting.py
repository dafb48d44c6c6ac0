"""The actions that write a graph otherwise, and the one that saves a piece of it as a template."""

from gettext import gettext as _

from playground.actions.record import Action

REWRITE = (
    Action(
        id="edit.expand",
        text=_("&Expand"),
        handler="rewriting.expand",
        shortcuts=("Ctrl+Shift+E",),
        menu="Graph/Rewrite",
        context=("item",),
        when="expandable",
        tip=_("Replace operations by the simpler ones they are made of, a sum by binary adds"),
    ),
    Action(
        id="edit.join",
        text=_("&Join into one"),
        handler="rewriting.join",
        menu="Graph/Rewrite",
        context=("item",),
        when="joinable",
        tip=_("Make one sum of a chain of sums; so with products, maxima and minima"),
    ),
)

TEMPLATE = (
    Action(
        id="library.save",
        text=_("Save as &template…"),
        handler="library.save",
        menu="Graph/Group",
        context=("item",),
        when="selection",
        tip=_("Keep what is selected as a template of your own, in the palette under Mine"),
    ),
)

MINE = (
    Action(
        id="library.folder",
        text=_("Show the library &folder"),
        handler="library.show_folder",
        menu="Add/Mine",
        section=True,
        tip=_("Show where your own templates are kept, a file each"),
    ),
)
