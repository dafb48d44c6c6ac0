"""From wires to a program: fuse, find layers, put what can run together into one instruction.

Slots are given out so that what one instruction reads lies together wherever that is possible;
parameters come last, in the order in which their layer reads them.
"""

from collections import defaultdict
from dataclasses import dataclass
from typing import Literal

import numpy as np

from engine.run.passes.blocks import Block, find_blocks
from engine.run.passes.fuse import ONE, Fused, fuse
from engine.run.passes.modes import set_modes
from engine.run.passes.wiring import LEAF, Wiring
from engine.run.program import LINE, Instruction, Program


@dataclass(frozen=True, slots=True)
class Passes:
    """Which passes run: sums of products, layers as matrix products, constants once."""

    sums: bool = True
    layers: bool = True
    constants: bool = True


NONE = Passes(sums=False, layers=False, constants=False)
ALL = Passes()
Key = tuple[int, int, int, tuple[bool, ...], tuple[float, ...], bool, bool]


@dataclass(slots=True, eq=False)
class _Group:
    """Rows that one instruction computes."""

    kind: Literal["map", "dot", "dense"]
    rows: list[int]
    block: Block | None = None
    attributes: tuple[float, ...] = ()


def lower(wiring: Wiring, passes: Passes = ALL) -> Program:
    """Return the program of a wiring."""
    fused = fuse(wiring, sums=passes.sums)
    blocks = find_blocks(fused) if passes.layers else []
    groups = _Groups(fused, blocks).ordered()
    return _Writer(fused, groups, blocks, passes).program()


class _Groups:
    """Puts rows of equal depth and kind together."""

    def __init__(self, fused: Fused, blocks: list[Block]) -> None:
        self.fused = fused
        self.blocks = {row: k for k, block in enumerate(blocks) for row in block.outputs}
        self.found = blocks

    def ordered(self) -> list[_Group]:
        """Return the groups so that inputs come first."""
        wiring = self.fused.wiring
        first, source, wide = wiring.first.tolist(), wiring.source.tolist(), wiring.wide.tolist()
        op, reached, wanted = wiring.op.tolist(), wiring.reached.tolist(), wiring.wanted.tolist()
        depth = [0] * wiring.rows
        groups: dict[Key, list[int]] = defaultdict(list)
        for row in np.flatnonzero(self.fused.alive & (wiring.op != LEAF)).tolist():
            terms = self.fused.terms.get(row)
            flags = (reached[row], wanted[row])
            if terms is None:
                inputs = source[first[row] : first[row + 1]]
                depth[row] = 1 + max([depth[k] for k in inputs])
                given = tuple(wiring.attribute[row].tolist()) if self._has_numbers(row) else ()
                widths = (wide[row], *[wide[k] for k in inputs])
                groups[depth[row], 2, op[row], widths, given, *flags].append(row)
                continue
            depth[row] = 1 + max([max(depth[c] if c != ONE else 0, depth[s]) for c, s in terms])
            block = self.blocks.get(row, -1)
            groups[depth[row], int(block < 0), block, (wide[row],), (), *flags].append(row)
        return [self._group(key, groups[key]) for key in sorted(groups)]

    def _has_numbers(self, row: int) -> bool:
        return not np.isnan(self.fused.wiring.attribute[row, 0])

    def _group(self, key: Key, rows: list[int]) -> _Group:
        _depth, kind, block, _widths, given, *_flags = key
        if kind == 0:
            return _Group("dense", rows, self.found[block])
        return _Group("dot" if kind == 1 else "map", rows, None, given)


class _Writer:
    """Gives out slots and writes instructions."""

    def __init__(
        self, fused: Fused, groups: list[_Group], blocks: list[Block], passes: Passes
    ) -> None:
        self.fused, self.groups, self.blocks, self.passes = fused, groups, blocks, passes
        self.wiring = fused.wiring
        self.slot = np.full(self.wiring.rows, -1)
        alive = fused.alive
        leaves = alive & (self.wiring.op == LEAF)
        self.narrow_leaves = np.flatnonzero(leaves & ~self.wiring.wide)
        self.narrow = -(-(int((alive & ~self.wiring.wide).sum()) + 1) // LINE) * LINE
        fed = np.flatnonzero(leaves & self.wiring.wide)
        self.slot[fed] = self.narrow + np.arange(len(fed))
        self.next_wide = self.narrow + len(fed)
        self.next_narrow = len(self.narrow_leaves) + 1

    def program(self) -> Program:
        """Write the whole program."""
        for group in self.groups:
            self._place(group)
        self._place_leaves()
        steps: list[Instruction] = []
        for group in self.groups:
            steps += self._instructions(group)
        once, steps = self._split(steps)
        wiring = self.wiring
        seeds = [] if wiring.output is None else [int(self.slot[wiring.output])]
        penalties = tuple(int(self.slot[row]) for row in wiring.penalties)
        set_modes([*once, *steps], self._wanted(), [*seeds, *penalties])
        return Program(
            keys=wiring.keys,
            narrow=self.narrow,
            wide=self.next_wide - self.narrow,
            one=len(self.narrow_leaves),
            slot=self.slot,
            parameters=self.slot[np.flatnonzero(wiring.trainable)],
            once=tuple(once),
            steps=tuple(steps),
            output=seeds[0] if seeds else -1,
            penalties=penalties,
        )

    # Slots ---------------------------------------------------------------------------------------

    def _place(self, group: _Group) -> None:
        """Give consecutive slots to what a group computes, in the order of what it reads."""
        wiring = self.wiring
        if group.kind == "map":
            lead = wiring.source[wiring.first[group.rows]]
            places = self.slot[lead]
            order = np.lexsort((np.array(group.rows), lead if (places < 0).any() else places))
            group.rows = [group.rows[k] for k in order.tolist()]
        count = len(group.rows)
        if wiring.wide[group.rows[0]]:
            self.slot[group.rows] = self.next_wide + np.arange(count)
            self.next_wide += count
        else:
            self.slot[group.rows] = self.next_narrow + np.arange(count)
            self.next_narrow += count

    def _place_leaves(self) -> None:
        """Lay out weights as their layers read them, trainable ones first, the rest by row."""
        order: list[int] = []
        for block in self.blocks:
            columns = np.argsort(self.slot[block.signals])
            block.signals = [block.signals[k] for k in columns.tolist()]
            block.weights = [[row[k] for k in columns.tolist()] for row in block.weights]
            order += [weight for row in block.weights for weight in row] + block.biases
        placed = np.array(order, dtype=np.int64)
        rest = np.setdiff1d(self.narrow_leaves, placed)
        leaves = np.concatenate([placed, rest])
        trained = self.wiring.trainable[leaves]
        leaves = np.concatenate([leaves[trained], leaves[~trained]])
        self.slot[leaves] = np.arange(len(leaves))

    def _wanted(self) -> np.ndarray:
        """Return by slot whether a gradient is of use."""
        wanted = np.zeros(self.next_wide, dtype=np.bool_)
        here = self.slot >= 0
        wanted[self.slot[here]] = self.wiring.wanted[here]
        wanted[self.narrow + int((self.fused.alive & self.wiring.wide).sum()) :] = True  # copies
        return wanted

    # Instructions --------------------------------------------------------------------------------

    def _instructions(self, group: _Group) -> list[Instruction]:
        first = group.rows[0]
        wiring = self.wiring
        made = Instruction(
            group.kind,
            bool(wiring.wide[first]),
            int(self.slot[first]),
            len(group.rows),
            (),
            bool(wiring.reached[first] and wiring.wanted[first]),
        )
        if group.block is not None:
            return self._dense(made, group.block)
        if group.kind == "dot":
            self._dot(made, group.rows)
        else:
            starts = wiring.first[group.rows]
            ports = int(wiring.first[first + 1] - wiring.first[first])
            made.code = int(wiring.op[first])
            made.sources = tuple(self.slot[wiring.source[starts + k]] for k in range(ports))
            made.attributes = tuple(a for a in group.attributes if not np.isnan(a))
        return [made]

    def _dot(self, made: Instruction, rows: list[int]) -> None:
        terms = [self.fused.terms[row] for row in rows]
        flat = np.array([term for own in terms for term in own], dtype=np.int64)
        one = len(self.narrow_leaves)
        coefficients = np.where(flat[:, 0] == ONE, one, self.slot[flat[:, 0]])
        made.sources = (coefficients, self.slot[flat[:, 1]])
        made.offsets = np.concatenate([[0], np.cumsum([len(own) for own in terms])])

    def _dense(self, made: Instruction, block: Block) -> list[Instruction]:
        signals = self.slot[block.signals]
        made.weights = int(self.slot[block.weights[0][0]])
        made.bias = int(self.slot[block.biases[0]]) if block.biases else -1
        made.trained = bool(self.wiring.trainable[block.weights[0][0]])
        if signals[-1] - signals[0] + 1 == len(signals):
            made.sources = (signals,)
            return [made]
        # Signals that lie apart are copied together first.
        count = len(signals)
        pack = Instruction("map", True, self.next_wide, count, (signals,), made.reached)
        pack.code = self.wiring.code("add")
        made.sources = (self.next_wide + np.arange(count),)
        self.next_wide += count
        return [pack, made]

    def _split(self, steps: list[Instruction]) -> tuple[list[Instruction], list[Instruction]]:
        """Part the instructions that training never changes from those of every step."""
        if not self.passes.constants:
            return [], steps
        wanted = np.zeros(self.narrow, dtype=np.bool_)
        rows = np.flatnonzero((self.slot >= 0) & ~self.wiring.wide)
        wanted[self.slot[rows]] = self.wiring.wanted[rows]
        once = [not made.wide and not wanted[made.out] for made in steps]
        return (
            [made for made, fixed in zip(steps, once, strict=True) if fixed],
            [made for made, fixed in zip(steps, once, strict=True) if not fixed],
        )
