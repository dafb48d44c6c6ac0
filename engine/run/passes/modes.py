"""Decide for every wire what its contribution does to the gradient it goes to.

Going backward, the first contribution finds whatever an earlier run left, so the gradient is set
to zero just before it; the others are added.  So no run has to clear all gradients.
"""

from collections.abc import Sequence

import numpy as np

from engine.run.program import ADD, FIRST, NOT_WANTED, Instruction


def set_modes(steps: Sequence[Instruction], wanted: np.ndarray, seeds: Sequence[int]) -> None:
    """Set the modes of all instructions; `wanted` is by slot, `seeds` already hold a gradient."""
    begun = np.zeros(len(wanted), dtype=np.bool_)
    begun[list(seeds)] = True
    for step in reversed(steps):
        if not step.reached:
            step.modes = tuple(np.zeros(len(s), dtype=np.int8) for s in step.sources)
            continue
        ends = np.concatenate(step.sources)
        modes = np.where(wanted[ends], ADD, NOT_WANTED).astype(np.int8)
        slots, place = np.unique(ends, return_index=True)
        fresh = place[~begun[slots] & wanted[slots]]
        modes[fresh] = FIRST
        begun[ends[fresh]] = True
        step.modes = tuple(np.split(modes, np.cumsum([len(s) for s in step.sources])[:-1]))
