"""What the page of the path ledger says beside its table, and what it lights on the canvas."""

from gettext import gettext as _

from engine.explain.path_words import absence_words, sum_words
from engine.explain.paths import Ledger, Ways
from engine.graph.document import Document
from playground.session import Session
from playground.session.lit import NOTHING_LIT, Lit
from playground.widgets.numbers import written

MOST_CHIPS = 24  # on the canvas, unless a path is chosen
DIGITS = 4


def why_empty(
    document: Document, source: int | None, output: int | None, ways: Ways | None
) -> str:
    """Say why there is no ledger and what to do, "" if there is one."""
    if not len(document):
        return _("Nothing here yet: put values and operations on the canvas and wire them.")
    if output is None:
        return _(
            "No output to go to: the graph ends in more than one value. Choose one above, or"
            " select a node and mark it to go backward from."
        )
    if source is None:
        words = _(
            "Select a value on the canvas, or choose one above. Every path from it to {output}"
            " is listed here with the product of its local derivatives; what they add up to is"
            " the gradient."
        )
        return words.format(output=document.name(output))
    if ways is None or not ways.count:
        return absence_words(document, source, output)
    return ""


def notes(session: Session, output: int | None) -> str:
    """Say what one has to know of the numbers, "" if nothing."""
    result, told = session.live.result, []
    row = None if output is None else result.row.get(output)
    if row is not None and output is not None and not result.computed[row]:
        words = _("{name} has no value, since an input before it is missing.")
        told.append(words.format(name=session.document.name(output)))
    if session.is_retold:
        told.append(_("These are the numbers of the whole pass, done right."))
    if session.batch is not None:
        told.append(_("Paths are those of this sample; the canvas shows gradients of the batch."))
    return " ".join(told)


def total_words(session: Session, document: Document, ledger: Ledger) -> str:
    """Name the sum, and whose gradient it is if the canvas shows that."""
    words = sum_words(document, ledger)
    shown = ledger.output == session.live.result.output and not session.is_retold
    if shown and session.batch is None:
        return f"{words} = {document.name(ledger.source)}.grad"
    return words


def light_of(ledger: Ledger | None, ways: Ways | None, row: int) -> Lit:
    """Return what is lit: the path of a row, or all that are shown; the others stay faint."""
    if ledger is None or ways is None:
        return NOTHING_LIT
    paths = ledger.paths if row < 0 else (ledger.paths[row],)
    local = {leg.wire: leg.local for path in paths for leg in path.legs}
    told = row >= 0 or len(local) <= MOST_CHIPS
    chips = {wire: f"×{written(one, DIGITS)}" if told else "" for wire, one in local.items()}
    nodes = {ledger.source, ledger.output}
    if row >= 0:
        nodes.update(ways.wires[wire] for wire in local)
    return Lit(frozenset(nodes), chips, faint=frozenset(ways.wires.keys() - local.keys()))
