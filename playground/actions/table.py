"""The whole table of actions, menu by menu, in the order they are shown.

Adding an action is adding a record to one of the files joined here, and the method it names to a
handler; menus, tool buttons, shortcuts and their page follow.
"""

from gettext import gettext as _

from playground.actions.arranging import ARRANGE, CLIPBOARD, LASSO, MANNERS, SELECT
from playground.actions.doing import ADD, ALL, DELETE, EDIT, FILE, GROUP, HISTORY, MEANING
from playground.actions.drawing import DRAWING, SIZE
from playground.actions.grouping import GROUPED
from playground.actions.hands import HANDS
from playground.actions.helping import HELP, READ
from playground.actions.insight import INSIGHT
from playground.actions.navigating import NAVIGATE, PANELS, SWITCHES
from playground.actions.noting import FRAMES, FRAMING, NOTING
from playground.actions.rewriting import MINE, REWRITE, TEMPLATE
from playground.actions.searching import SEARCH
from playground.actions.seeing import FOLD, SIDES, THEME, TRAIN, VIEW
from playground.actions.values import TURNING, VALUES
from playground.actions.wiring import WIRING

MENUS = {
    "File": _("&File"),
    "File/Recent": _("Open &recent"),
    "File/Export": _("&Export"),
    "Edit": _("&Edit"),
    "Edit/Select": _("Se&lect"),
    "Edit/Number": _("Nu&mber"),
    "Graph": _("&Graph"),
    "Graph/Group": _("&Selected groups"),
    "Graph/Depth": _("Fold to &depth"),
    "Graph/Wires": _("&Wires"),
    "Graph/Arrange": _("&Arrange"),
    "Graph/Rewrite": _("&Rewrite"),
    "Graph/Mark": _("&Mark"),
    "Graph/Colour": _("&Colour"),
    "Add": _("&Add"),
    "Add/Mine": _("M&ine"),
    "View": _("&View"),
    "View/Go": _("&Go"),
    "View/Bookmarks": _("&Bookmarks"),
    "View/Bookmarks/Set": _("&Set"),
    "View/Colours": _("&Colours"),
    "View/Panels": _("&Panels"),
    "View/Theme": _("&Theme"),
    "View/Size": _("&Size of everything"),
    "Insight": _("&Insight"),
    "Insight/Step": _("Step b&y step"),
    "Train": _("&Train"),
    "Train/Data": _("&Data"),
    "Train/Gradients": _("&Gradients of"),
    "Help": _("&Help"),
}
LINED = frozenset(  # the submenus above which a line stands
    {"Graph/Wires", "Add/Values", "View/Go", "View/Colours", "View/Theme", "Train/Data"}
)

# What context menus show, by use: ids of actions, and submenus; a line stands between two rows.
CONTEXT_ORDER = (
    ("wire.insert", "wire.bend", "wire.straighten"),
    ("add.search", "add.note"),
    (
        "edit.write",
        "edit.rename",
        "edit.value",
        "Edit/Number",
        "view.toggle_fold",
        "view.step_in",
        "view.step_out",
    ),
    ("insight.why",),
    ("add.connect", "Graph/Wires"),
    ("edit.cut", "edit.copy", "edit.paste", "edit.paste_wired", "edit.duplicate", "edit.delete"),
    ("File/Export",),
    ("edit.backward", "Graph/Mark"),
    ("step.run_to",),
    ("edit.select_all", "edit.group", "edit.ungroup", "Graph/Group"),
    ("edit.move_into", "edit.move_out", "Graph/Rewrite", "Graph/Arrange"),
    ("add.frame", "edit.fit_frame", "Graph/Colour"),
    ("insight.paths",),
    ("view.fit", "view.fit_selection", "view.find", "view.dim", "view.heat"),
    ("help.selection",),
)

ACTIONS = (
    *HANDS,
    *FILE,
    *HISTORY,
    *CLIPBOARD,
    *DELETE,
    *ALL,
    *SELECT,
    *EDIT,
    *NOTING,
    *VALUES,
    *GROUP,
    *GROUPED,
    *TEMPLATE,
    *FOLD,
    *WIRING,
    *ARRANGE,
    *REWRITE,
    *MEANING,
    *FRAMES,
    *SEARCH,
    *FRAMING,
    *ADD,
    *MINE,
    *VIEW,
    *NAVIGATE,
    *DRAWING,
    *SWITCHES,
    *SIDES,
    *PANELS,
    *READ,
    *THEME,
    *SIZE,
    *MANNERS,
    *INSIGHT,
    *TRAIN,
    *HELP,
    *LASSO,
    *TURNING,
)
