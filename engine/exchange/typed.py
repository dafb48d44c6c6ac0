"""Typed templates: `mlp 2 4 4 1 tanh`, `MLP(2, [16, 16, 1])`, `layer 2 4 relu init=he`, `hinge`.

Everything is derived from the templates' `Argument` records: a number goes to the first argument
that takes one, a word to the first that can be chosen to be it, and `name=value` says which.
`engine.exchange.program` inserts them; search and palette preview and complete them.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cache
from gettext import gettext as _
from typing import Any

from engine.errors import Refusal, Refused
from engine.exchange.syntax import TYPOGRAPHY, check_size, shown, split_assignment
from engine.graph.arguments import Argument, defaults
from engine.graph.document import Document
from engine.graph.edits import WHOLE, Edit
from engine.graph.records import Point
from engine.graph.templates import TEMPLATES, Template, check, count_parameters, insert_template

SIZES = ("inputs", "width", "widths")
NUMBERS = (*SIZES, "number")
WORDS = ("word", "words")
SEVERAL = ("widths", "words")
# A value of an argument, a list or one word, with its name if there is one.
TOKEN = re.compile(
    r"\s*(?:(?P<name>[^\W\d]\w*)\s*=\s*)?"
    r"(?P<value>\[[^\[\]]*\]|[^\s,=\[\]()]+(?:\([^\s()]*\))?)\s*,?"
)
NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.IGNORECASE)
AN_OPERATOR = tuple("+-*/=^.%<>)")  # what goes on like this is a formula about a name

Item = float | str | tuple[float | str, ...]


@dataclass(frozen=True, slots=True)
class Typed:
    """A template with the arguments that were typed, and a label for its group."""

    template: Template
    arguments: Mapping[str, Any]
    label: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """What a typed template would be: its name, its parameters, and what may still be typed."""

    title: str
    parameters: int
    missing: tuple[str, ...]


def read_typed(text: str) -> Typed | None:
    """Return the template that a text calls, None if it calls none.

    Refused says in words what is wrong with its arguments.
    """
    label, call = split_assignment(text)
    call = " ".join(call.translate(TYPOGRAPHY).replace("→", " ").split())
    head = _head(call)
    if head is None:
        _check_misspelt(call)
        return None
    template, rest = head
    check_size(call)
    if rest.startswith("("):
        if rest.count("(") > rest.count(")"):
            raise Refused(
                _("“{text}” cannot be read").format(text=shown(call)),
                _("a bracket is not closed"),
            )
        if not rest.endswith(")"):
            return None
        rest = rest[1:-1]
    elif rest.lstrip().startswith(AN_OPERATOR) and not NUMBER.match(rest.lstrip()):
        return None
    return Typed(template, _filled(template, list(_items(call, rest))), label)


def title_of(typed: Typed, inputs: int | None = None) -> str:
    """Name a template with its sizes, and with the words and numbers that were typed.

    `inputs` is what the wires decide, None if that is not known.
    """
    template = typed.template
    given = dict(defaults(template.arguments)) | dict(typed.arguments)
    sizes: list[str] = []
    others: list[str] = []
    for argument in template.arguments:
        value = given[argument.key]
        if argument.kind == "inputs":
            value = inputs or typed.arguments.get(argument.key, ())
        if argument.kind in SIZES:
            sizes += _words(value)
        elif argument.key in typed.arguments:
            others += _words(value)
    named = " ".join((template.title, " → ".join(sizes))) if sizes else template.title
    return ", ".join((named, *others))


def preview(
    document: Document, typed: Typed, inputs: Sequence[int] = (), selected: Iterable[int] = ()
) -> Preview | Refusal:
    """Tell what inserting it would make, without building it; or why it cannot be."""
    template = typed.template
    feed = template.feed(document, typed.arguments, tuple(inputs), selected)
    if isinstance(feed, Refusal):
        return feed
    count = len(feed.sources)
    given = dict(defaults(template.arguments)) | dict(typed.arguments)
    refusal = check(template, given, count)
    if refusal is not None:
        return refusal
    missing = (
        _("{name} ({value})").format(name=a.title.lower(), value=", ".join(_words(given[a.key])))
        for a in template.arguments
        if a.key not in typed.arguments and a.kind != "inputs"
    )
    return Preview(
        title_of(typed, count), count_parameters(template, given, count), tuple(missing)
    )


def insert_typed(
    document: Document,
    typed: Typed,
    position: Point,
    inputs: Sequence[int] | None = None,
    group: int | None = None,
    selected: Iterable[int] = (),
) -> Edit | Refusal:
    """Insert a typed template as `insert_template` does, its group labelled as was typed."""
    template, arguments = typed.template, typed.arguments
    edit = insert_template(document, template.key, arguments, position, inputs, group, selected)
    if isinstance(edit, Refusal) or not typed.label:
        return edit
    changes = tuple(
        replace(change, after=replace(change.after, label=typed.label))
        if (change.kind, change.field) == ("group", WHOLE) and change.after.group == group
        else change
        for change in edit.changes
    )
    return replace(edit, changes=changes)


def completions(text: str) -> list[str]:
    """Return texts that finish the word under way, or add one of the words that may follow."""
    try:
        begun = re.match(r"(.*[\s,=(\[])(\S*)$", text, re.DOTALL)
        before, word = (begun[1], begun[2].lower()) if begun else (text + " ", "")
        if text.count("(") > text.count(")"):
            return []
        name = re.search(r"(\w+)=$", before)
        typed = read_typed(before[: name.start()] if name else before)
    except Refused:
        return []
    if typed is None:
        return []
    open_to = [
        argument
        for argument in typed.template.arguments
        if argument.kind in WORDS
        and (name[1] == argument.key if name else argument.key not in typed.arguments)
    ]
    choices = [choice for argument in open_to for choice in argument.choices()]
    longer = [before + choice for choice in choices if choice.startswith(word) and choice != word]
    return list(filter(_is_right, longer))


def _is_right(text: str) -> bool:
    try:
        return read_typed(text) is not None
    except Refused:
        return False


@cache
def _heads() -> Mapping[str, Template]:
    """Return what templates may be called, in lower case, the longest first."""
    names = {
        name: template
        for template in TEMPLATES.values()
        for name in (template.key, template.key.replace("_", " "), template.title.lower())
    }
    return {name: names[name] for name in sorted(names, key=len, reverse=True)}


def _head(call: str) -> tuple[Template, str] | None:
    lower = call.lower()
    for name, template in _heads().items():
        rest = call[len(name) :]
        if lower.startswith(name) and (not rest or rest[0] in " (,"):
            return template, rest
    return None


def _check_misspelt(call: str) -> None:
    """Refuse what looks like a template, a word before numbers or words, if one is called so."""
    match = re.match(r"([^\W\d]\w+)( \[?\d+[\s,]+[\[\w]|\([^\[]*\[)", call)
    near = get_close_matches(match[1].lower(), _heads(), n=1, cutoff=0.65) if match else []
    if match and near:
        raise Refused(
            _("There is no template “{name}”").format(name=shown(match[1])),
            "",
            _("Perhaps “{name}” is meant").format(name=near[0]),
        )


def _items(call: str, rest: str) -> Iterator[tuple[str, Item]]:
    """Yield each value with its name, "" without one."""
    at = 0
    rest = rest.strip(" ,")
    while at < len(rest):
        match = TOKEN.match(rest, at)
        if match is None:
            raise Refused(
                _("“{text}” cannot be read").format(text=shown(call)),
                _("the trouble starts at “{rest}”").format(rest=shown(rest[at:])),
            )
        at = match.end()
        value = match["value"]
        if value.startswith("["):
            words = re.split(r"[\s,]+", value[1:-1].strip(" ,"))
            yield match["name"] or "", tuple(_item(word.strip("'\"")) for word in words if word)
        else:
            yield match["name"] or "", _item(value.strip("'\""))


def _item(word: str) -> float | str:
    if not NUMBER.fullmatch(word):
        return word
    return int(word) if word.lstrip("+-").isdigit() else float(word)


def _filled(template: Template, items: Sequence[tuple[str, Item]]) -> dict[str, Any]:
    """Give each value to its argument; those of a list may stand one after the other."""
    given: dict[str, Any] = {}
    alone: set[str] = set()  # arguments that more values can be added to
    last: list[Argument] = []
    for name, value in items:
        known = [*last, *template.arguments]
        fitting = [a for a in known if (a.key not in given or a.key in alone) and _takes(a, value)]
        if not name and not fitting:
            raise _misfit(template, given, value)
        argument = _named(template, name) if name else fitting[0]
        last = [argument]
        if argument.kind not in SEVERAL or isinstance(value, tuple):
            given[argument.key] = value
            alone.discard(argument.key)
        else:
            given[argument.key] = (*given.get(argument.key, ()), value)
            alone.add(argument.key)
    for argument in template.arguments:
        if argument.key in given:
            _check(argument, given[argument.key])
            if argument.kind == "words" and argument.key in alone:
                given[argument.key] = _one_or_all(given[argument.key])
    return given


def _takes(argument: Argument, value: Item) -> bool:
    if isinstance(value, tuple):
        first = value[0] if value else 0
        return argument.kind in SEVERAL and _takes(argument, first)
    if isinstance(value, str):
        return argument.kind in WORDS and value in argument.choices()
    return argument.kind in NUMBERS


def _one_or_all(words: tuple[str, ...]) -> str | tuple[str, ...]:
    """Return a single word as itself: it counts for all."""
    return words[0] if len(words) == 1 else words


def _named(template: Template, name: str) -> Argument:
    for argument in template.arguments:
        if name.lower() in (argument.key, argument.title.lower()):
            return argument
    raise Refused(
        _("“{template}” has no “{name}”").format(template=template.key, name=shown(name)),
        "",
        _takes_words(template),
    )


def _misfit(template: Template, given: Mapping[str, Any], value: Item) -> Refused:
    """Return the refusal of a value that no argument takes: a misspelt word, or one too many."""
    word = value[0] if isinstance(value, tuple) and value else value
    choosing = [argument for argument in template.arguments if argument.kind in WORDS]
    known = any(word in argument.choices() for argument in choosing)
    if isinstance(word, str) and choosing and not known:
        left = [argument for argument in choosing if argument.key not in given]
        return _refused([*left, *choosing][0], word)
    return Refused(
        _("“{template}” does not take “{value}”").format(
            template=template.key, value=shown(" ".join(_words(value)))
        ),
        "",
        _takes_words(template),
    )


def _takes_words(template: Template) -> str:
    names = ", ".join(argument.key for argument in template.arguments)
    return _("It takes {names}").format(names=names) if names else _("It takes nothing")


def _check(argument: Argument, value: Any) -> None:
    """Refuse what an argument cannot be, with what is near to a misspelt word."""
    if argument.kind in SIZES and not _whole(value):
        raise Refused(_("{title}: whole numbers are needed").format(title=argument.title))
    refusal = argument.check(value)
    if refusal is None:
        return
    if argument.kind in WORDS:
        words = value if isinstance(value, tuple) else (value,)
        raise _refused(argument, next(word for word in words if word not in argument.choices()))
    raise Refused(refusal.what, refusal.why, refusal.remedy)


def _whole(value: Any) -> bool:
    return all(isinstance(one, int) for one in (value if isinstance(value, tuple) else (value,)))


def _refused(argument: Argument, word: object) -> Refused:
    near = get_close_matches(str(word).lower(), argument.choices(), n=1)
    names = ", ".join(argument.choices())
    return Refused(
        _("There is no {what} “{name}”").format(what=argument.what, name=shown(str(word))),
        "",
        _("Perhaps “{name}” is meant").format(name=near[0])
        if near
        else _("Choose one of {names}").format(names=names),
    )


def _words(value: Any) -> list[str]:
    values = value if isinstance(value, list | tuple) else (value,)
    return [f"{one:g}" if isinstance(one, float) else str(one) for one in values]
