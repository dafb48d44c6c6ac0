"""What is lit on the canvas while something is asked about: nodes, wires and what these say.

Panels, cards and gestures make one and give it to the session; the canvas shows it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.graph.document import Wire


@dataclass(frozen=True, slots=True)
class Lit:
    """Ids of nodes, and wires with the words of their chips, "" for none.

    `faint` wires are lit behind the others and say nothing. What is folded away is shown by the
    card or the band that stands for it. `forward` paints wires and rings in ink; else they are
    those of gradients, violet. `captions` are words below nodes that have a card of their own.
    """

    nodes: frozenset[int] = frozenset()
    wires: Mapping[Wire, str] = field(default_factory=dict)
    forward: bool = False
    captions: Mapping[int, str] = field(default_factory=dict)
    faint: frozenset[Wire] = frozenset()


NOTHING_LIT = Lit()
