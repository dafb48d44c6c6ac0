"""A document as text for other programs: one record for each format, in one table.

`main.py export`, the code dock and the dialogs read the table; adding a format is adding a record.
Code is folded like the canvas. Whatever a document's labels and notes say, they only ever become
names, comments and quoted text: nothing in them is run.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from gettext import gettext as _
from types import MappingProxyType

from engine.errors import Refusal
from engine.exchange.exporters.dot import write_dot
from engine.exchange.exporters.micrograd import Micrograd
from engine.exchange.exporters.node_link import write_json
from engine.exchange.exporters.plain_python import PlainPython
from engine.exchange.exporters.torch import Torch
from engine.exchange.exporters.tracing import Code, traced_text
from engine.graph.document import Document

Folded = frozenset[int]


@dataclass(frozen=True, slots=True)
class Exporter:
    """One format: what it is called, the end of its files' names, what it is for.

    `text` writes it with the marks of `tracing`; call `write` or `code`.
    """

    key: str
    title: str
    suffix: str
    purpose: str
    text: Callable[[Document, Folded], str]

    def write(self, document: Document, folded: Folded) -> str | Refusal:
        """Return the document as text, with these groups folded; refuse one without nodes."""
        code = self.code(document, folded)
        return code if isinstance(code, Refusal) else code.text

    def code(self, document: Document, folded: Folded) -> Code | Refusal:
        """Return the same text with what each of its lines is about."""
        if not len(document):
            return Refusal(_("There is nothing to export"), _("the document has no nodes"))
        return traced_text(self.text(document, folded & document.groups.keys()))


def _micrograd(document: Document, folded: Folded) -> str:
    return Micrograd(document, folded).marked()


def _python(document: Document, folded: Folded) -> str:
    return PlainPython(document, folded).marked()


def _torch(document: Document, folded: Folded) -> str:
    return Torch(document, folded).marked()


def _json(document: Document, _folded: Folded) -> str:
    return write_json(document)


_TABLE = (
    Exporter(
        "micrograd",
        _("micrograd"),
        ".py",
        _("A program for Karpathy's micrograd: the same graph, made of its values"),
        _micrograd,
    ),
    Exporter(
        "python",
        _("Plain Python"),
        ".py",
        _("A program without any library: forward, then backward by hand, line by line"),
        _python,
    ),
    Exporter(
        "torch",
        _("PyTorch"),
        ".py",
        _("A program for PyTorch: scalars, or a module with its training loop"),
        _torch,
    ),
    Exporter(
        "dot",
        _("Graphviz"),
        ".dot",
        _("A drawing as in the lecture, for Graphviz: folded groups are boxes"),
        write_dot,
    ),
    Exporter(
        "json",
        _("Node-link JSON"),
        ".json",
        _("All nodes and wires with values and gradients, for networkx and other programs"),
        _json,
    ),
)
EXPORTERS: Mapping[str, Exporter] = MappingProxyType({e.key: e for e in _TABLE})
