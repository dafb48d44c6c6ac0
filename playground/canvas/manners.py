"""How the canvas behaves where people differ: what the View menu switches on and off.

The handler of those switches writes it, gestures read it; nothing here is saved.
"""

from dataclasses import dataclass


@dataclass(slots=True)
class Manners:
    """What is on.

    Attributes:
        snap: things that are moved or dropped go to the grid.
        guides: they go to the lines of what stands around them.
        animated: what is moved by a command glides to its place.
    """

    snap: bool = False
    guides: bool = True
    animated: bool = True
