"""Text in: formulas, typed templates and short programs become one edit.

Search, palette, paste and drop call `insert_text`.  It reads one formula or template a line, or
several between `;`, as the lecture's programs are written: `e = a*b; e.label = 'e'`.  Everything
is parsed and nothing is run.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from gettext import gettext as _

from engine.errors import Refusal, Refused
from engine.exchange.expressions import Builder, arranged
from engine.exchange.syntax import shown
from engine.exchange.typed import Typed, insert_typed, read_typed
from engine.graph.arrange import outermost
from engine.graph.document import Document
from engine.graph.edits import WHOLE, Change, Edit, squash
from engine.graph.fragment import insert_fragment
from engine.graph.records import Point
from engine.graph.templates import folds
from engine.graph.tidy import chores, done, tidied

LONGEST_PROGRAM = 20_000
MOST_NODES = 1_000  # of formulas; templates have a limit of their own
QUOTED = r"\"[^\"\n]*\"|'[^'\n]*'"
# `#7` is a node; everything else behind a # is a comment.
COMMENT = re.compile(rf"({QUOTED})|#(?!\d+\b)[^\n]*")
STRING = re.compile(QUOTED)
SEPARATOR = re.compile(rf"{QUOTED}|(;)")
NAME = r"\s*([^\W\d]\w*)"
LABEL = re.compile(rf"{NAME}\.label\s*=\s*(['\"])([^'\"]*)\2\s*")
BACKWARD = re.compile(rf"{NAME}\.backward\(\s*\)\s*")
AUGMENTED = re.compile(rf"{NAME}\s*(\*\*|[-+*/])=(.*)", re.DOTALL)
# What programs say that makes no node.
SILENT = re.compile(r"\s*((import|from)\s|(print|draw_dot)\s*\(|$)")


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of a program, and the line that it begins on, from 1; None of one line."""

    text: str
    line: int | None


def insert_text(
    document: Document,
    text: str,
    position: Point,
    group: int | None = None,
    selected: Iterable[int] = (),
    *,
    pasted: bool = False,
) -> Edit | Refusal:
    """Insert what a text says, all of it or nothing; a refusal names the line.

    `position` is the top-left corner of the whole, in the coordinates of `group`. A template may
    ask what is `selected`. What is `pasted` may repeat labels.
    """
    try:
        return _inserted(document, _read(document, text, pasted), position, group, selected)
    except Refused as refused:
        return refused.refusal


def typed_in(text: str) -> Typed | Refusal | None:
    """Return the template that a text calls, or why it cannot be; None if it says another thing.

    It looks at no document, and is asked with every key.
    """
    try:
        found = statements(text)
        return read_typed(found[0].text) if len(found) == 1 else None
    except Refused as refused:
        return refused.refusal


def statements(text: str) -> list[Statement]:
    """Cut a text into statements, without comments and what makes no node."""
    if len(text) > LONGEST_PROGRAM:
        raise Refused(
            _("The text is {count:,} characters long").format(count=len(text)),
            _("the limit is {limit:,}").format(limit=LONGEST_PROGRAM),
            _("Enter it in parts"),
        )
    several = len(text.strip().splitlines()) > 1
    found = [
        Statement(part, line if several else None)
        for line, logical in _logical_lines(COMMENT.sub(r"\1", text))
        for part in _parts(logical)
        if not SILENT.match(part)
    ]
    return found or [Statement("", None)]


def _logical_lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield lines with their number; one with an open bracket, or a \\ at its end, goes on."""
    held, start, depth = "", 1, 0
    for number, line in enumerate(text.splitlines(), 1):
        start = start if held else number
        bare = STRING.sub("", line)
        depth += sum(map(bare.count, "([{")) - sum(map(bare.count, ")]}"))
        goes_on = line.rstrip().endswith("\\")
        held += line.rstrip()[:-1] + " " if goes_on else line + " "
        if depth <= 0 and not goes_on:
            yield start, held
            held, depth = "", 0
    if held:
        yield start, held


def _parts(line: str) -> Iterator[str]:
    """Cut a line at every `;` that is not in quotes."""
    begin = 0
    for match in SEPARATOR.finditer(line):
        if match[1]:
            yield line[begin : match.start()]
            begin = match.end()
    yield line[begin:]


@dataclass(frozen=True, slots=True)
class _Read:
    """What a text says: formulas, sketched, and templates with the statements that call them."""

    builder: Builder
    templates: Sequence[tuple[Statement, Typed]]
    count: int  # of all statements
    title: str


def _inserted(
    document: Document, read: _Read, position: Point, group: int | None, selected: Iterable[int]
) -> Edit | Refusal:
    builder, single = read.builder, read.count == 1
    if single and read.templates:
        return insert_typed(document, read.templates[0][1], position, None, group, selected)
    if not builder.count and not read.templates:
        raise Refused(_("There is nothing to insert"), "", _("Type one, such as 3*x**2 + 1"))
    fragment = builder.finish()
    if single:  # asked with every key that is typed
        fragment = arranged(fragment)
    edit = insert_fragment(document, fragment, read.title, position, group, builder.inputs)
    return edit if single else laid_out(_with_templates(document, edit, read, group), position)


def _read(document: Document, text: str, pasted: bool) -> _Read:
    """Understand every statement; Refused names the line of the first that makes no sense."""
    found = statements(text)
    builder = Builder(document, pasted=pasted)
    templates = []
    for statement in found:
        try:
            typed = _understood(builder, statement.text)
        except Refused as refused:
            raise _at(statement, refused.refusal) from None
        if typed is not None:
            templates.append((statement, typed))
        if builder.count > MOST_NODES:
            raise Refused(
                _("That would be more than {most:,} nodes").format(most=MOST_NODES),
                "",
                _("Enter it in parts"),
            )
    what = shown(text) if found[0].line is None else f"{shown(found[0].text)} …"
    title = _("Insert {formula}").format(formula=what)
    return _Read(builder, templates, len(found), title)


def _with_templates(document: Document, edit: Edit, read: _Read, group: int | None) -> Edit:
    """Add the templates to the edit of the formulas, each fed by what those before it made."""
    if not read.templates:
        return edit
    twin = document.copy()
    steps = [edit]
    for statement, typed in read.templates:
        twin.apply(steps[-1])
        step = insert_typed(twin, typed, (0.0, 0.0), None, group)
        if isinstance(step, Refusal):
            raise _at(statement, step)
        steps.append(step)
    return Edit(edit.title, squash(tuple(c for step in steps for c in step.changes)))


def _understood(builder: Builder, text: str) -> Typed | None:
    """Sketch a statement; or return the template that it calls."""
    if match := LABEL.fullmatch(text):
        builder.label(match[1], match[3])
    elif match := BACKWARD.fullmatch(text):
        builder.start_backward(match[1])
    elif match := AUGMENTED.fullmatch(text):
        builder.add(f"{match[1]} = {match[1]} {match[2]} ({match[3]})")
    else:
        typed = read_typed(text)
        if typed is not None:
            return typed
        builder.add(text)
    return None


def _at(statement: Statement, refusal: Refusal) -> Refused:
    """Return a refusal that names the line, if there are several."""
    what = refusal.what
    if statement.line is not None:
        what = _("Line {number}: {what}").format(number=statement.line, what=what)
    return Refused(what, refusal.why, refusal.remedy)


def laid_out(edit: Edit, position: Point) -> Edit:
    """Lay out what an edit makes, layered from left to right, with its corner at a position.

    It is done in a document of its own, so that nothing else is looked at and nothing else moves.
    """
    made = {change.id for change in edit.changes if _makes(change)}
    alone = Document()
    alone.apply(Edit("", tuple(_freed(c, made) for c in edit.changes if _lies_in(c, made))))
    folded = frozenset(group.id for group in alone.groups.values() if folds(group))
    work = chores(alone, folded, outermost(alone, made))
    if not isinstance(work, Refusal):
        alone.apply(tidied(alone, done(work)))
    roots = {item for item in made if alone.record(item).group is None}
    corners = [alone.record(root).position for root in roots]
    x, y = (to - min(at[axis] for at in corners) for axis, to in enumerate(position))

    def placed(change: Change) -> Change:
        if not _makes(change):
            return change
        left, top = alone.record(change.id).position
        at = (left + x, top + y) if change.id in roots else (left, top)
        return replace(change, after=replace(change.after, position=at))

    return replace(edit, changes=tuple(map(placed, edit.changes)))


def _makes(change: Change) -> bool:
    return change.kind in ("node", "group") and change.field == WHOLE and change.before is None


def _lies_in(change: Change, made: set[int]) -> bool:
    """Tell whether a change makes something, or a wire between what is made."""
    if change.kind == "edge":
        return change.field == WHOLE and change.after in made and change.id[0] in made
    return change.id in made


def _freed(change: Change, made: set[int]) -> Change:
    """Take what lies outermost out of the group that it is made in."""
    if change.kind == "edge" or change.after.group in made:
        return change
    return replace(change, after=replace(change.after, group=None))
