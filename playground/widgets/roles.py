"""The roles that a value can have, as people read them: one table for palette and inspector."""

from dataclasses import dataclass
from gettext import gettext as _

from engine.graph.records import Role


@dataclass(frozen=True, slots=True)
class RoleWords:
    """A role in words: its title in a field, the name of its tile, and what it is for."""

    key: Role
    title: str
    tile: str
    tip: str


ROLE_WORDS = (
    RoleWords("constant", _("Constant"), _("value"), _("A plain number that stays as it is")),
    RoleWords("parameter", _("Parameter"), _("parameter"), _("A number that training changes")),
    RoleWords(
        "feature",
        _("Feature"),
        _("feature x"),
        _("A number of the current sample: what the graph sees"),
    ),
    RoleWords(
        "target",
        _("Target"),
        _("target y"),
        _("A number of the current sample: what the graph should say"),
    ),
)
