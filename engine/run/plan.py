"""The three plans that are made of a document, and where going backward starts.

*Display* is the whole graph, for canvas and inspector; *training* is what the objective needs,
with gradients for parameters only; *probe* goes forward only and keeps named rows.
"""

from collections.abc import Iterable, Sequence
from gettext import gettext as _

from engine.errors import Refusal
from engine.graph.document import Document
from engine.graph.records import Node
from engine.run.compiler import compile_plan
from engine.run.schedule import Plan


def choose_output(document: Document) -> int | None:
    """Return where going backward starts: the mark, else the loss, else the single sink."""
    for mark in ("backward", "loss"):
        marked = document.marked(mark)
        if marked:
            return marked[0]
    return single_sink(document)


def single_sink(document: Document) -> int | None:
    """Return the one node in which the graph ends: the one op, or leaf if there is none."""
    sends = document.graph.sends
    sinks = [node for node in document.nodes() if not sends(node.id)]
    ends = [node.id for node in sinks if not node.is_leaf]
    if len(ends) == 1:
        return ends[0]
    return sinks[0].id if len(sinks) == 1 and not ends else None


def display_plan(document: Document, *, lanes: bool = False) -> Plan:
    """Plan the whole document for one sample, or with `lanes` for one sample a lane."""
    output = choose_output(document)
    penalties = document.marked("penalty") if lanes else ()
    return compile_plan(document, document.nodes(), output, penalties, wide=lanes)


def training_plan(document: Document) -> Plan | Refusal:
    """Plan what the objective needs, with gradients for the parameters only.

    The objective is the node marked as loss, else the single sink, plus the penalties.
    """
    marked = document.marked("loss")
    loss = marked[0] if marked else single_sink(document)
    if not document.nodes():
        return Refusal(
            _("There is nothing to train"),
            _("the canvas is empty"),
            _("Insert a network, such as mlp 2 4 4 1 tanh"),
        )
    if loss is None:
        return Refusal(
            _("There is nothing to make smaller"),
            _("no value is marked as the loss, and the graph ends in more than one"),
            _("Mark the loss"),
        )
    penalties = [node for node in document.marked("penalty") if node != loss]
    part = ancestors(document, (loss, *penalties))
    plan = compile_plan(document, part, loss, penalties, wide=True, only_parameters=True)
    return _incomplete(document, plan) or _untrainable(document, plan) or plan


def probe_plan(document: Document, keep: Sequence[int]) -> Plan | Refusal:
    """Plan the values of the nodes `keep` over any number of samples, without gradients."""
    part = ancestors(document, keep)
    plan = compile_plan(document, part, None, (), wide=True)
    return _incomplete(document, plan) or plan


def ancestors(document: Document, nodes: Iterable[int]) -> list[Node]:
    """Return nodes and everything they are computed from, by id."""
    seen = set(nodes)
    waiting = list(seen)
    while waiting:
        for source in document.graph.pred[waiting.pop()]:
            if source not in seen:
                seen.add(source)
                waiting.append(source)
    return [document.node(node) for node in sorted(seen)]


def _incomplete(document: Document, plan: Plan) -> Refusal | None:
    if bool(plan.computed.all()):
        return None
    unfinished = sorted(plan.ids[~plan.computed].tolist())
    for node in unfinished:
        if None in document.inputs(node) or not document.inputs(node):
            return Refusal(
                _("{name} cannot be computed").format(name=document.name(node)),
                _("an input is missing"),
                _("Wire its inputs"),
                (node,),
            )
    [first, *_rest] = unfinished
    return Refusal(
        _("{name} cannot be computed").format(name=document.name(first)), where=(first,)
    )


def _untrainable(document: Document, plan: Plan) -> Refusal | None:
    if len(plan.parameters):
        return None
    return Refusal(
        _("There is nothing to train"),
        _("the loss depends on no parameter"),
        _("Make a value a parameter"),
    )
