"""What the path ledger is about: the value where paths begin and the output where they end.

Both follow what is selected, or are chosen in the page's fields, which these functions fill.
"""

from gettext import gettext as _

from engine.explain.paths import Ways
from engine.explain.whose import distinct_names
from engine.graph.document import Document
from engine.graph.records import Node
from engine.run.plan import choose_output
from playground.session import Session
from playground.widgets.fields import Choice

MOST_OFFERED = 2000  # nodes that a field lists; any other may be typed


class Subject:
    """Knows two nodes of the open document.

    Attributes:
        source: where paths begin, None while nobody said.
        chosen: where they end, None for where going backward begins.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self.source: int | None = None
        self.chosen: int | None = None

    @property
    def usual(self) -> int | None:
        """Where going backward begins, or would if that had a value."""
        document, output = self._session.document, self._session.live.result.output
        return output if output in document else choose_output(document)

    @property
    def output(self) -> int | None:
        """Where paths end."""
        return self.usual if self.chosen is None else self.chosen

    def let_go(self) -> None:
        """Forget what is no more."""
        document = self._session.document
        self.source = self.source if self.source in document else None
        self.chosen = self.chosen if self.chosen in document else None

    def ask(self) -> None:
        """Begin anew with what is selected."""
        self.chosen = None
        picked = self._picked()
        if picked:
            self.source = picked[-1]
        self.follow_selection()

    def follow_selection(self) -> bool:
        """Begin where something is selected, between two nodes if two are; tell if that is new.

        The output itself is no new beginning: it is looked at, not left.
        """
        picked, before = self._picked(), (self.source, self.chosen)
        if len(picked) == 2 and self._join(*picked):
            pass
        elif picked and picked[-1] != self.output:
            self.source = picked[-1]
        return before != (self.source, self.chosen)

    def _join(self, one: int, other: int) -> bool:
        """Go from one node to the other, whichever way there is one."""
        for source, output in ((one, other), (other, one)):
            if Ways(self._session.document, source, output).count:
                self.source = source
                self.chosen = None if output == self.usual else output
                return True
        return False

    def _picked(self) -> list[int]:
        """Return the selected nodes in their order, else where the selected wire begins."""
        session, document = self._session, self._session.document
        nodes = [item for item in session.order if item in document]
        if nodes or session.wire is None or session.wire[0] not in document:
            return nodes
        source = document.source(*session.wire)
        return [] if source is None else [source]


def sources(document: Document) -> list[Choice]:
    """Return the nodes where paths may begin, by id."""
    return _choices(document, document.nodes())


def outputs(document: Document, usual: int | None) -> list[Choice]:
    """Return the nodes where paths may end: first the usual one, then all ops by id."""
    words = _("{name}, where backward begins")
    first = [] if usual is None else [("", words.format(name=document.name(usual)))]
    return first + _choices(document, [node for node in document.nodes() if not node.is_leaf])


def _choices(document: Document, nodes: list[Node]) -> list[Choice]:
    names = distinct_names(document, (node.id for node in nodes[:MOST_OFFERED]))
    return [(str(node), name) for node, name in names.items()]
