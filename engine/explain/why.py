"""Why a number is what it is: a question about a value, a gradient or a wire, and its answer.

`answer` is what the why card shows and `why` prints: formulas with names and with numbers, whose
symbols know what they stand for and so what can be asked next, and a few plain sentences. It only
reads records and a result. Gradients are taken apart in `backward`, what has become of one that
is 0 stands in `vanished`.
"""

from collections.abc import Iterator
from gettext import gettext as _

from engine import ops
from engine.explain.backward import gradient_lines, gradient_sentences, wire_lines, wire_sentences
from engine.explain.leaves import leaf_intuition
from engine.explain.node import elided
from engine.explain.questions import Answer, Line, Question, Sentence, Subject, spelled
from engine.explain.scribe import Scribe
from engine.explain.vanished import causes
from engine.graph.document import Document
from engine.ops.record import OUTPUT
from engine.run.result import Result
from engine.train.samples import Samples


def answer(
    document: Document, result: Result, question: Question, batch: Samples | None = None
) -> Answer:
    """Answer a question about a node or a wire of the document.

    `batch` are the samples if the gradients of the result are those over all of them. Raises
    EngineError if the document has no such node.
    """
    subject = Subject(document, result, batch)
    if question.about == "value":
        return _of_value(subject, question)
    if question.about == "gradient":
        return _of_gradient(subject, question)
    return _of_wire(subject, question)


def exists(document: Document, question: Question) -> bool:
    """Tell whether a question is about something that is there."""
    if question.node not in document:
        return False
    return question.port is None or document.source(question.node, question.port) is not None


def as_text(told: Answer) -> str:
    """Write an answer as lines of plain text."""
    lines = [told.words]
    for line in told.lines:
        start = f"  {line.through}  " if line.through else "  "
        lines += [start + part.plain for part in (line.names, line.numbers) if part.plain]
    lines += [sentence.text for sentence in told.sentences]
    if told.gone:
        lines += [told.gone_words, *(f"  {sentence.text}" for sentence in told.gone)]
    return "\n".join(lines)


def _worded(said: str, tone: str) -> tuple[str, str, str]:
    return _("Why is {what}?").format(what=said), said, tone


# Values ------------------------------------------------------------------------------------------


def _of_value(subject: Subject, question: Question) -> Answer:
    node, document = question.node, subject.document
    name = document.name(node)
    if not subject.computed(node):
        words = _("Why is {name} not computed?").format(name=name)
        return Answer(question, words, name, "muted", (), tuple(_missing(subject, node)))
    value = subject.value(node)
    tone = "positive" if value > 0 else "negative" if value < 0 else "ink"
    said = f"{name} = {spelled(value)}"
    lines = () if document.node(node).is_leaf else tuple(_value_lines(subject, node))
    return Answer(question, *_worded(said, tone), lines, tuple(_value_words(subject, node)))


def _value_lines(subject: Subject, node: int) -> Iterator[Line]:
    record = subject.document.node(node)
    op = ops.get(record.op)
    if op is None:
        return
    written = []
    for numeric in (False, True):
        scribe = Scribe(subject)
        inputs = [
            scribe.number(source) if numeric else scribe.name(source)
            for source in subject.sources(node)
        ]
        shown = elided(inputs) if op.variadic else inputs
        names = op.names(shown, op.defaults(record.attributes))
        law = scribe.side(op.formula, names)
        own = scribe.side(OUTPUT, {OUTPUT: (scribe.number if numeric else scribe.name)(node)})
        written.append(scribe.equal(law, own, begun=True) if numeric else scribe.equal(own, law))
    yield Line("", *written)


def _value_words(subject: Subject, node: int) -> Iterator[Sentence]:
    document, record, value = subject.document, subject.document.node(node), subject.value(node)
    problem = subject.result.reasons.get(node)
    if problem is not None:
        yield Sentence(f"{problem.text}.")
    elif value - value != 0:  # not finite, and not by its own doing
        for source in subject.sources(node):
            number = subject.value(source)
            if number - number != 0:
                words = _("It is so because {name} is {number} already.")
                name = document.name(source)
                said = words.format(name=name, number=spelled(number))
                yield Sentence(said, Question("value", source))
                return
    op = None if record.is_leaf else ops.get(record.op)
    if op is not None:
        yield Sentence(op.intuition)
    elif record.is_leaf:
        yield Sentence(leaf_intuition(record))
        yield from _history(subject, node)


def _history(subject: Subject, node: int) -> Iterator[Sentence]:
    """Say from where training has moved a parameter."""
    start, now = subject.document.start, subject.value(node)
    if start is None or subject.document.node(node).role != "parameter":
        return
    known = dict(zip(start.ids.tolist(), start.numbers.tolist(), strict=True))
    before = known.get(node)
    if before is not None and before != now:
        words = _("It began at {before}; training has moved it by {off}.")
        yield Sentence(words.format(before=spelled(before), off=spelled(now - before)))


def _missing(subject: Subject, node: int) -> Iterator[Sentence]:
    document, record = subject.document, subject.document.node(node)
    if ops.get(record.op) is None and not record.is_leaf:
        words = _("This version does not know the operation “{op}”.")
        yield Sentence(words.format(op=record.op))
    before = [source for source in subject.sources(node) if not subject.computed(source)]
    if None in document.inputs(node) or (not record.is_leaf and not record.ports):
        yield Sentence(_("An input has no wire: drag one to it."))
    elif before:
        words = _("{name} is not computed either.").format(name=document.name(before[0]))
        yield Sentence(words, Question("value", before[0]))
    elif ops.get(record.op) is not None or record.is_leaf:
        yield Sentence(_("Going forward has not come to it yet."))


# Gradients and wires -----------------------------------------------------------------------------


def _of_gradient(subject: Subject, question: Question) -> Answer:
    node, document = question.node, subject.document
    name = document.name(node)
    gone = tuple(Sentence(cause.words, cause.question) for cause in causes(subject, node))
    title = _("Why did my gradient disappear?") if gone else ""
    if not subject.reached(node):
        words = _("Why has {name} no gradient?").format(name=name)
        return Answer(question, words, name, "muted", (), (), title, gone)
    said = f"{name}.grad = {spelled(subject.slope(node))}"
    lines = tuple(gradient_lines(subject, node))
    sentences = tuple(gradient_sentences(subject, node))
    return Answer(question, *_worded(said, "backward"), lines, sentences, title, gone)


def _of_wire(subject: Subject, question: Question) -> Answer:
    scribe, target, port = Scribe(subject), question.node, question.port or 0
    side = scribe.side("d_", {"d_": scribe.local(target, port)}).plain
    number = subject.local(target, port)
    said = f"{side} = {spelled(number)}" if subject.computed(target) else side
    lines = tuple(wire_lines(subject, target, port)) if subject.computed(target) else ()
    sentences = tuple(wire_sentences(subject, target, port))
    return Answer(question, *_worded(said, "backward"), lines, sentences)
