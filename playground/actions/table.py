"""The whole table of actions, menu by menu, in the order they are shown.

Adding an action is adding a record to one of the files joined here, and the method it names to a
handler; menus, tool buttons, shortcuts and their page follow.
"""

from gettext import gettext as _

from playground.actions.arranging import ARRANGE, CLIPBOARD, LASSO, MANNERS, SELECT
from playground.actions.doing import ADD, EDIT, FILE, HISTORY
from playground.actions.drawing import DRAWING
from playground.actions.hands import HANDS
from playground.actions.navigating import NAVIGATE
from playground.actions.noting import FRAMING, NOTING
from playground.actions.searching import SEARCH
from playground.actions.seeing import HELP, TRAIN, VIEW
from playground.actions.values import TURNING, VALUES
from playground.actions.wiring import WIRING

MENUS = {
    "File": _("&File"),
    "File/Recent": _("Open &recent"),
    "Edit": _("&Edit"),
    "Edit/Select": _("&Select"),
    "Edit/Arrange": _("Arran&ge"),
    "Edit/Mark": _("&Mark"),
    "Edit/Colour": _("Colo&ur"),
    "Edit/Wires": _("&Wires"),
    "Add": _("&Add"),
    "View": _("&View"),
    "View/Go": _("&Go"),
    "View/Bookmarks": _("&Bookmarks"),
    "View/Bookmarks/Set": _("&Set"),
    "View/Depth": _("Fold to &depth"),
    "View/Theme": _("&Theme"),
    "View/Size": _("&Size of everything"),
    "View/Colours": _("&Colours"),
    "View/Panels": _("&Panels"),
    "Train": _("&Train"),
    "Train/Gradients": _("&Gradients of"),
    "Help": _("&Help"),
}

ACTIONS = (
    *FILE,
    *HISTORY,
    *CLIPBOARD,
    *EDIT,
    *VALUES,
    *WIRING,
    *SELECT,
    *ARRANGE,
    *NOTING,
    *SEARCH,
    *ADD,
    *FRAMING,
    *VIEW,
    *DRAWING,
    *NAVIGATE,
    *MANNERS,
    *TRAIN,
    *HELP,
    *HANDS,
    *LASSO,
    *TURNING,
)
