"""Where the gradient of a node comes from: what each wire to a consumer adds, and penalties do.

All numbers are those of a result; nothing is derived anew.
"""

from dataclasses import dataclass
from gettext import gettext as _

import numpy as np

from engine.graph.document import Document
from engine.run.result import Result
from engine.train.objective import decay, lasso


@dataclass(frozen=True, slots=True)
class Share:
    """One wire that brings gradient: the input it ends in, and what it adds.

    `local` is d consumer / d node, `gradient` the consumer's. Their product is `contribution`,
    except over a batch: there that is a sum of such products, one for each sample.
    """

    target: int
    port: int
    name: str
    local: float
    gradient: float
    contribution: float

    @property
    def is_product(self) -> bool:
        """Whether the contribution is the product of the other two; what is not known may be."""
        off = abs(self.local * self.gradient - self.contribution)
        return not off > 1e-9 * max(1.0, abs(self.contribution))


def shares(document: Document, result: Result | None, node: int) -> tuple[Share, ...]:
    """Return what each wire brings back to a node, by consumer and port.

    A consumer that no gradient reaches brings none.
    """
    found = []
    for target, port in document.consumers(node):
        row = None if result is None else result.row.get(target)
        wire = None if result is None else result.edge_row.get((target, port))
        if result is not None and row is not None and wire is not None and result.reached[row]:
            numbers = (result.partial[wire], result.gradient[row], result.contribution[wire])
            local, gradient, brought = map(float, numbers)
            found.append(Share(target, port, document.name(target), local, gradient, brought))
    return tuple(found)


def arrival(document: Document, result: Result | None, node: int) -> str:
    """Say why a gradient is as it is where no wire explains it; "" where one does."""
    if result is None or result.output is None or result.output not in document:
        return _("No gradient: nothing is marked to go backward from.")
    if node == result.output:
        return _("Going backward begins here.")
    if result.waits_for_gradient(node):
        return _("No gradient yet: the steps backward have not come to it.")
    row = result.row.get(node)
    if row is None or not result.reached[row]:
        name = document.name(result.output)
        return _("No gradient: {name} does not depend on it.").format(name=name)
    return ""


def decay_words(document: Document, result: Result | None, node: int) -> str:
    """Say what L1 and L2 add to the gradient that training uses, "" where they add nothing."""
    record = document.node(node)
    if result is None or not (record.trainable and document.marked("loss")):
        return ""
    row = result.row.get(node)
    if row is None or not result.reached[row]:
        return ""
    number = result.number(node)
    squares, sizes = decay(record, document.training), lasso(record, document.training)
    added = [
        (_("In training, L2 adds 2·α·w = {number}"), 2.0 * squares * number, squares),
        (_("In training, L1 adds ±α = {number}"), float(np.sign(number)) * sizes, sizes),
    ]
    told = [
        words.format(number=f"{part:.4g}").replace("-", "−")
        for words, part, alpha in added
        if alpha
    ]
    return " · ".join(told)
