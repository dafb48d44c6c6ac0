"""Recognise layers from the wires alone: sums of the same signals with weights of their own.

Nobody says which nodes make a layer.  Sums whose coefficients are leaves that nothing else reads,
over one set of signals, can be computed as a product of matrices.
"""

from dataclasses import dataclass

from engine.run.passes.fuse import ONE, Fused, Term
from engine.run.passes.wiring import LEAF

Key = tuple[tuple[int, ...], bool, bool, bool]


@dataclass(slots=True, eq=False)
class Block:
    """A layer: outputs = weights @ signals + biases.

    Attributes:
        outputs: rows of the sums, n of them.
        signals: rows of what they read, m of them, ascending.
        weights: for each output the rows of its m weights, in the order of the signals.
        biases: for each output the row of its bias; empty if it has none.
    """

    outputs: list[int]
    signals: list[int]
    weights: list[list[int]]
    biases: list[int]


def find_blocks(fused: Fused) -> list[Block]:
    """Return the layers among the sums, by their first output."""
    blocks: dict[Key, Block] = {}
    judge = _Judge(fused)
    for row, terms in fused.terms.items():
        if fused.wiring.wide[row]:
            judge.place(row, terms, blocks)
    return sorted(blocks.values(), key=lambda block: block.outputs[0])


class _Judge:
    def __init__(self, fused: Fused) -> None:
        self._own = [
            uses == 1 and op == LEAF and not wide
            for uses, op, wide in zip(
                fused.uses, fused.wiring.op.tolist(), fused.wiring.wide.tolist(), strict=True
            )
        ]
        self._wide = fused.wiring.wide.tolist()
        self._trainable = fused.wiring.trainable.tolist()
        self._reached = fused.wiring.reached.tolist()

    def place(self, row: int, terms: list[Term], blocks: dict[Key, Block]) -> None:
        """Add a sum to the block that it belongs to, if it fits in one."""
        weighted = sorted((signal, weight) for weight, signal in terms if weight != ONE)
        biases = [signal for weight, signal in terms if weight == ONE]
        if not self._fits(weighted, biases):
            return
        signals = tuple(signal for signal, _weight in weighted)
        trained = self._trainable[weighted[0][1]]
        key = (signals, bool(biases), trained, self._reached[row])
        block = blocks.setdefault(key, Block([], list(signals), [], []))
        block.outputs.append(row)
        block.weights.append([weight for _signal, weight in weighted])
        block.biases += biases

    def _fits(self, weighted: list[Term], biases: list[int]) -> bool:
        if len(weighted) < 2 or len(biases) > 1:
            return False
        leaves = [weight for _signal, weight in weighted] + biases
        if not all(self._own[leaf] for leaf in leaves):
            return False
        if len({self._trainable[leaf] for leaf in leaves}) > 1:
            return False
        signals = [signal for signal, _weight in weighted]
        return len(set(signals)) == len(signals) and all(self._wide[s] for s in signals)
