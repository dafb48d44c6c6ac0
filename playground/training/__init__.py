"""Training in the background: one worker thread, its orders and its news.

The session owns a `Training`; panels connect to its signals and press its buttons. Everything
else in this folder is behind it.
"""

from playground.training.control import Training
from playground.training.frame import HEIGHT_TO_WIDTH, framed
from playground.training.mapping import Measured, Wanted
from playground.training.news import Curves
from playground.training.pace import SPEEDS
from playground.training.viewing import Seen, Views
from playground.training.worker import lingers

__all__ = [
    "HEIGHT_TO_WIDTH",
    "SPEEDS",
    "Curves",
    "Measured",
    "Seen",
    "Training",
    "Views",
    "Wanted",
    "framed",
    "lingers",
]
