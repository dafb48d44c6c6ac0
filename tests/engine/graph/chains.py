"""Documents that are chains."""

from engine.errors import accept
from engine.graph import verbs
from engine.graph.document import Document


def doubling_chain(length: int) -> Document:
    """Return x, x + x, (x + x) + (x + x), ... with ids 1, 2, 3, ..."""
    document = Document()
    document.apply(verbs.add_value(document, (0, 0), value=1.0, label="x"))
    for k in range(length):
        document.apply(accept(verbs.add_op(document, "add", (0, 0))))
        for _twice in range(2):
            document.apply(accept(verbs.connect(document, k + 1, k + 2)))
    return document
