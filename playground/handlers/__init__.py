"""What the actions do: one class for each menu, gathered for the action table to find.

The main window makes the handlers and gives them what they work on; nobody else calls them but
the actions and the window's own events.
"""

from playground.handlers.arranging import Arranging
from playground.handlers.asking import Asking
from playground.handlers.bugs import Bugs
from playground.handlers.clipboard import Clipboard
from playground.handlers.drawing import DrawingHandlers
from playground.handlers.editing import Editing
from playground.handlers.exporting import Exporting
from playground.handlers.files import Files
from playground.handlers.grouping import Grouping
from playground.handlers.help import Help
from playground.handlers.library import LibraryHandlers
from playground.handlers.marking import Marking
from playground.handlers.modes import ModesHandlers
from playground.handlers.navigating import Navigating
from playground.handlers.nesting import Nesting
from playground.handlers.noting import Noting
from playground.handlers.paths import Paths
from playground.handlers.rewriting import Rewriting
from playground.handlers.searching import Searching
from playground.handlers.sketching import Sketching
from playground.handlers.sliders import Sliders
from playground.handlers.stepping import SteppingHandlers
from playground.handlers.tables import Tables
from playground.handlers.training import TrainingHandlers
from playground.handlers.view import ViewHandlers
from playground.handlers.weights import Weights
from playground.handlers.wiring import Wiring

__all__ = [
    "Arranging",
    "Asking",
    "Bugs",
    "Clipboard",
    "DrawingHandlers",
    "Editing",
    "Exporting",
    "Files",
    "Grouping",
    "Help",
    "LibraryHandlers",
    "Marking",
    "ModesHandlers",
    "Navigating",
    "Nesting",
    "Noting",
    "Paths",
    "Rewriting",
    "Searching",
    "Sketching",
    "Sliders",
    "SteppingHandlers",
    "Tables",
    "TrainingHandlers",
    "ViewHandlers",
    "Weights",
    "Wiring",
]
