"""The whole table of actions, menu by menu, in the order they are shown.

Adding an action is adding a record to one of the files joined here, and the method it names to a
handler; menus, tool buttons, shortcuts and their page follow.
"""

from gettext import gettext as _

from playground.actions.doing import ADD, EDIT, FILE
from playground.actions.drawing import DRAWING
from playground.actions.hands import HANDS
from playground.actions.seeing import HELP, TRAIN, VIEW

MENUS = {
    "File": _("&File"),
    "File/Recent": _("Open &recent"),
    "Edit": _("&Edit"),
    "Edit/Mark": _("&Mark"),
    "Add": _("&Add"),
    "View": _("&View"),
    "View/Depth": _("Fold to &depth"),
    "View/Theme": _("&Theme"),
    "View/Size": _("&Size of everything"),
    "View/Colours": _("&Colours"),
    "View/Panels": _("&Panels"),
    "Train": _("&Train"),
    "Train/Gradients": _("&Gradients of"),
    "Help": _("&Help"),
}

ACTIONS = (*FILE, *EDIT, *ADD, *VIEW, *DRAWING, *TRAIN, *HELP, *HANDS)
