"""Everything a person can do by menu, shortcut or button: one table of actions.

An `Action` is declared once; menus, context menus, tool buttons and the page of shortcuts are
derived from the table by an `ActionSet`, which the main window owns. Handlers are named, not
imported: the set resolves them on the object it is given. What an action does is never here.
"""

from playground.actions.action_set import ActionSet, Command
from playground.actions.record import CONDITIONS, CONTEXTS, Action
from playground.actions.table import ACTIONS, MENUS

__all__ = ["ACTIONS", "CONDITIONS", "CONTEXTS", "MENUS", "Action", "ActionSet", "Command"]
