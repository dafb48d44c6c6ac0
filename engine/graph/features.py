"""The input features of TensorFlow's playground, as ordinary nodes: what is made of x1 and x2.

A template writes them; x1 and x2 themselves are leaves and stand beside the group. The words are
formulas, so that they say what is computed. Compare tensorflow/playground, `playground.ts`,
INPUTS.
"""

from collections.abc import Mapping, Sequence
from gettext import gettext as _
from random import Random
from types import MappingProxyType
from typing import Any

from engine.graph.arguments import FEATURES
from engine.graph.feeding import AXES, listed
from engine.graph.fragment import Sketch
from engine.graph.geometry import OP_SIZE

STEP = OP_SIZE[1] + 34.0  # from one op to the next below it, with a name in between

# For each word the op, which of the two it reads, and its label.
COMPUTED: Mapping[str, tuple[str, tuple[int, ...], str]] = MappingProxyType(
    {
        "x1**2": ("square", (0,), "x1²"),
        "x2**2": ("square", (1,), "x2²"),
        "x1*x2": ("mul", (0, 1), "x1·x2"),
        "sin(x1)": ("sin", (0,), "sin x1"),
        "sin(x2)": ("sin", (1,), "sin x2"),
    }
)


def build_features(
    sketch: Sketch, given: Mapping[str, Any], inputs: Sequence[int], stream: Random
) -> None:
    """Sketch what the words say; the two inputs are x1 and x2."""
    words = listed(given[FEATURES.key])
    own = sketch.group(
        _("features"), (0.0, 0.0), template="features", arguments={FEATURES.key: words}
    )
    computed = [word for word in dict.fromkeys(words) if word not in AXES]
    top = -((len(computed) - 1) * STEP + OP_SIZE[1]) / 2
    for row, word in enumerate(computed):
        key, read, label = COMPUTED[word]
        sketch.op(
            key,
            [inputs[k] for k in read],
            (0.0, top + row * STEP),
            label=label,
            group=own,
            slot=(word,),
        )
