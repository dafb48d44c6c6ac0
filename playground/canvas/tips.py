"""Tooltips of the canvas: what a thing is, its formula in names and in numbers, and a sentence.

`facts` says what there is to say, in plain words, and `typeset` writes it as calm rich text; what
comes from a document is escaped, since it may come from anywhere.
"""

from dataclasses import dataclass, replace
from gettext import gettext as _
from gettext import ngettext
from html import escape
from math import isfinite

from engine.explain.groups import Port, beside_name, counts, kind, ports, title
from engine.explain.node import describe
from engine.graph.document import Document
from engine.graph.notes import content
from engine.graph.rules import upstream
from engine.run.result import Result
from playground.canvas.frame.build import Frame
from playground.canvas.frame.digits import text
from playground.canvas.frame.labels import stub_words
from playground.canvas.frame.ports import OUT
from playground.theme import Theme

LONG = 64  # letters from which on a line is broken
MOST_PORTS_TOLD = 24  # of one edge of a group
STEPS = _("Ctrl and double-click steps inside")


@dataclass(frozen=True, slots=True)
class Facts:
    """What a tooltip says: a name, what kind of thing that is, formulas, and sentences."""

    name: str
    kind: str = ""
    formulas: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()


def facts(document: Document, frame: Frame, result: Result, item: int) -> Facts:
    """Return what there is to say about a node, a group or a note."""
    if item in document.notes:
        return _note_facts(document, item)
    if item in document.groups:
        return _group_facts(document, frame, result, item)
    record, told = document.node(item), describe(document, result, item)
    formulas = [told.formula, told.with_numbers]
    if told.reached and isfinite(told.gradient) and result.output not in (None, item):
        output = document.name(result.output)
        slope = f"{small(output)}/{small(document.name(item))} = {text(told.gradient)}"
        formulas.append(slope)
    sentences = (node_tip(document, result, item), told.intuition, record.comment)
    return Facts(document.name(item), told.title, _told(*formulas), _told(*sentences))


def port_facts(document: Document, result: Result, node: int, port: int) -> Facts:
    """Return what there is to say about an input of a node, or (below 0) about its other ports."""
    name = document.name(node)
    told = describe(document, result, node)
    fed = next((one for one in told.inputs if one.port == port), None)
    if fed is None or fed.source is None:
        title = _("Free input of {name}") if port != OUT else _("Output of {name}")
        words = _("Drag a wire here") if port != OUT else _("Drag from here to an input")
        return Facts(title.format(name=name), "", (), (words,))
    law = f"{small(name)}/{small(fed.name)} = {fed.derivative}"
    if isfinite(fed.local) and fed.derivative != text(fed.local):
        law += f" = {text(fed.local)}"
    sentences = []
    if isfinite(fed.contribution):
        words = _("Brings a gradient of {number} back to {source}")
        sentences.append(words.format(number=text(fed.contribution), source=fed.name))
    sentences.append(_("Drag to move the wire, or off to remove it"))
    return Facts(f"{fed.name} → {name}", "", (law,), tuple(sentences))


def small(name: str) -> str:
    """Return what stands for a small change of something."""
    return f"∂{name}" if name.replace("_", "").isalnum() else f"∂({name})"


def node_tip(document: Document, result: Result, node: int) -> str:
    """Say why a node has no number, or one that is not finite."""
    name, row = document.name(node), result.row.get(node)
    if row is None:
        return ""
    if result.waits_for_value(node):
        return _("{name} waits: the steps forward have not come to it").format(name=name)
    if result.computed[row] and result.waits_for_gradient(node):
        return _("No gradient yet: the steps backward have not come to {name}").format(name=name)
    if not result.computed[row]:
        return _("{name} is not computed: an input is missing").format(name=name)
    if node in result.reasons:
        return result.reasons[node].text
    causes = [p for p in result.problems if p.node in upstream(document, node)]
    value = float(result.value[row])
    if causes and not isfinite(value):
        return _("{name} is {value} since {cause}").format(
            name=name, value=f"{value:g}", cause=causes[0].text
        )
    if result.output is not None and not result.reached[row]:
        output = document.name(result.output)
        return _("No gradient: {output} does not depend on {name}").format(
            output=output, name=name
        )
    return ""


def typeset(told: Facts, theme: Theme) -> str:
    """Write facts as rich text: the name in ink, formulas set off, sentences muted."""
    muted, ink = theme.muted.name(), theme.ink.name()
    head = f"<b>{escape(told.name)}</b>"
    if told.kind:
        head += f" &nbsp;<span style='color:{muted}'>{escape(told.kind)}</span>"
    parts = [f"<div style='color:{ink}'>{head}</div>"]
    if told.formulas:
        lines = "<br>".join(escape(broken(line)).replace("\n", "<br>") for line in told.formulas)
        parts.append(f"<div style='margin-top:6px; color:{ink}'>{lines}</div>")
    for sentence in told.sentences:
        words = escape(broken(sentence)).replace("\n", "<br>")
        parts.append(f"<div style='margin-top:6px; color:{muted}'>{words}</div>")
    return f"<div style='white-space:nowrap'>{''.join(parts)}</div>"


def broken(line: str) -> str:
    """Break what is long between words."""
    lines: list[str] = []
    for part in line.splitlines():
        current = ""
        for word in part.split(" "):
            if current and len(current) + len(word) >= LONG:
                lines.append(current)
                current = word
            else:
                current = f"{current} {word}" if current else word
        lines.append(current)
    return "\n".join(lines)


def _told(*words: str) -> tuple[str, ...]:
    return tuple(one for one in words if one)


def _group_facts(document: Document, frame: Frame, result: Result, item: int) -> Facts:
    """Say what made a group, what is in it, and what goes in and comes out, with the numbers."""
    group, contents = document.groups[item], frame.contents.get(item)
    made = beside_name(group) or kind(group)
    about = (counts(document, item).words, group.comment)
    if contents is None:
        return Facts(title(group), made, (), _told(*about, _("Double-click folds it"), STEPS))
    told = ports(document, result, item)
    lines = _told(_crossing(_("in"), told.inputs), _crossing(_("out"), told.outputs))
    problems = [node_tip(document, result, node) for node in contents.outputs[:1]]
    return Facts(
        title(group), made, lines, _told(*about, *problems, _("Double-click unfolds it"), STEPS)
    )


def _crossing(way: str, some: tuple[Port, ...]) -> str:
    """List what crosses one edge of a group: "in: x1 = 2 (∂ −1.5), x2 = 0 (∂ 0.5)"."""
    if not some:
        return ""
    listed = [_port_words(port) for port in some[:MOST_PORTS_TOLD]]
    if len(some) > len(listed):
        listed.append(_("{count} more").format(count=len(some) - len(listed)))
    return f"{way}: " + ", ".join(listed)


def _port_words(port: Port) -> str:
    words = port.name if port.value is None else f"{port.name} = {text(port.value)}"
    return words if port.gradient is None else f"{words} (∂ {text(port.gradient)})"


def stub_facts(document: Document, frame: Frame, result: Result, item: int) -> Facts:
    """Return what there is to say about something outside of the group one is in."""
    stub = frame.projection.stubs[item]
    name, more = stub_words(document, frame.projection, stub)
    way = _("Feeds what is in here") if stub.feeds else _("Is fed from in here")
    action = _("A click goes there")
    if stub.only is None:
        return Facts(name, more, (), (way, action))
    told = facts(document, frame, result, stub.only)
    return replace(told, name=name, sentences=(way, *told.sentences, action))


def _note_facts(document: Document, item: int) -> Facts:
    note = document.notes[item]
    if not note.is_frame:
        return Facts(_("Note"), "", (), (_("Double-click writes on it"),))
    count = len(content(document, item))
    holds = ngettext("Holds {count} thing", "Holds {count} things", count).format(count=count)
    action = _("Drag moves it with what it holds · Double-click renames it")
    return Facts(note.text, _("Frame"), (), (holds, action))
