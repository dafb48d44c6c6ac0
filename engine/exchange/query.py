"""What one types to find things of a graph: words, ids and conditions, all of which must hold.

`tanh`, `#7`, `"x1*w1"`, `op = tanh`, `kind = note`, `role = parameter`, `value < 0`, `|grad| > 1`,
`value = nan`; several are separated by spaces or "and". The find bar and the command line call
it; it reads a document and a result and changes neither.
"""

import math
import operator
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from gettext import gettext as _

from engine import ops
from engine.errors import Refusal, Refused
from engine.exchange.expressions import parse_number
from engine.exchange.syntax import shown
from engine.graph.document import Document
from engine.graph.records import MARKS, NOTE_KINDS, ROLES, Group, Note
from engine.graph.templates import TEMPLATES
from engine.run.result import Result

LONGEST = 500
NUMBERS = {"value": "value", "grad": "grad", "gradient": "grad", "∂": "grad"}
# By what they may be called; what a frame or note is, is no operation, but is asked for like one.
TEXTS = {"label": "label", "op": "op", "kind": "op", "role": "role", "mark": "mark"}
RELATIONS: Mapping[str, Callable[[float, float], bool]] = {
    ">": operator.gt,
    "<": operator.lt,
    ">=": operator.ge,
    "<=": operator.le,
    "=": operator.eq,
    "!=": operator.ne,
}
SPELLINGS = {"==": "=", "≥": ">=", "≤": "<=", "≠": "!="}
TOKEN = re.compile(
    r"""(?P<quoted>"[^"]*"|“[^”]*”)
    | (?P<bar>\|?)\s*(?P<field>[^\W\d]\w*|∂)\s*(?P<shut>\|?)\s*(?P<relation>[<>!=]=|[<>=≥≤≠])\s*
      (?P<operand>"[^"]*"|“[^”]*”|\S*)
    | (?P<word>\S+)
    | \s+""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a query can ask of a node, group or note; numbers are None where there are none."""

    id: int
    label: str
    names: tuple[str, ...]
    role: str = ""
    marks: tuple[str, ...] = ()
    value: float | None = None
    grad: float | None = None
    heard: str = field(init=False, compare=False)

    def __post_init__(self) -> None:
        """Join all that a word may be part of; no word reaches across a line."""
        heard = "\n".join((self.label, *self.names, self.role, *self.marks))
        object.__setattr__(self, "heard", heard)


@dataclass(frozen=True, slots=True)
class Word:
    """A text that must be part of the label, the operation, the role or a mark."""

    text: str

    def holds(self, facts: Facts) -> bool:
        """Tell whether it is."""
        return self.text in facts.heard


@dataclass(frozen=True, slots=True)
class Number:
    """An id, as in #7."""

    id: int

    def holds(self, facts: Facts) -> bool:
        """Tell whether it is this one."""
        return facts.id == self.id


@dataclass(frozen=True, slots=True)
class Compared:
    """A number against another; `size` leaves its sign aside."""

    field: str
    size: bool
    relation: str
    number: float

    def holds(self, facts: Facts) -> bool:
        """Tell whether there is a number, and it compares like that; nan equals nan here."""
        found = facts.value if self.field == "value" else facts.grad
        if found is None:
            return False
        if math.isnan(self.number):
            return math.isnan(found) == (self.relation == "=")
        return RELATIONS[self.relation](abs(found) if self.size else found, self.number)


@dataclass(frozen=True, slots=True)
class Named:
    """A field of texts that must, or must not, be the given one."""

    field: str
    text: str
    equal: bool

    def holds(self, facts: Facts) -> bool:
        """Tell whether it is; what has no such field fits neither way."""
        texts = {
            "label": (facts.label,),
            "op": facts.names,
            "role": (facts.role,) if facts.role else (),
            "mark": facts.marks,
        }[self.field]
        if self.field == "role" and not texts:
            return False
        return (self.text in texts) == self.equal


Term = Word | Number | Compared | Named


@dataclass(frozen=True, slots=True)
class Query:
    """Terms that must all hold."""

    terms: tuple[Term, ...]

    @property
    def asks_numbers(self) -> bool:
        """Whether what it finds may change when nothing but numbers does."""
        return any(isinstance(term, Compared) for term in self.terms)

    def find(self, document: Document, result: Result | None) -> list[int]:
        """Return the ids of what it fits, ascending; none if it is empty."""
        return self.among(facts_of(document, result))

    def among(self, known: Iterable[Facts]) -> list[int]:
        """Return the ids of those it fits, ascending; facts serve many queries."""
        if not self.terms:
            return []
        return sorted(facts.id for facts in known if all(term.holds(facts) for term in self.terms))


def facts_of(document: Document, result: Result | None) -> list[Facts]:
    """Return what can be asked of every node, group and note."""
    names: dict[str, tuple[str, ...]] = {}
    values, grads = _numbers(result)
    known = []
    for node in document.nodes():
        if node.op not in names:
            names[node.op] = op_names(node.op)
        known.append(
            Facts(
                node.id,
                node.label.casefold(),
                names[node.op],
                node.role if node.is_leaf else "",
                node.marks,
                values.get(node.id),
                grads.get(node.id),
            )
        )
    known += map(group_facts, document.groups.values())
    return known + [note_facts(note) for note in document.notes.values()]


def _numbers(result: Result | None) -> tuple[dict[int, float], dict[int, float]]:
    """Return the values that were computed and the gradients that arrived, by node."""
    if result is None or not len(result.ids):
        return {}, {}
    there, reached = result.computed, result.computed & result.reached
    values = dict(zip(result.ids[there].tolist(), result.value[there].tolist(), strict=True))
    grads = zip(result.ids[reached].tolist(), result.gradient[reached].tolist(), strict=True)
    return values, dict(grads)


def parse_query(text: str) -> Query | Refusal:
    """Return what a text asks for, or in one sentence what is wrong with it."""
    if len(text) > LONGEST:
        return Refusal(_("The search is too long"), "", _("Leave some of it out"))
    try:
        terms = [_term(match) for match in TOKEN.finditer(text) if match[0].strip()]
    except Refused as refused:
        return refused.refusal
    if len(terms) > 1:
        terms = [term for term in terms if term != Word("and")]
    return Query(tuple(terms))


def _term(match: re.Match[str]) -> Term:
    if match["quoted"]:
        return Word(_bare(match["quoted"]))
    if match["relation"]:
        return _condition(match)
    word: str = match["word"]
    if re.fullmatch(r"#\d{1,15}", word):
        return Number(int(word[1:]))
    if word[0] in "<>=≥≤≠":
        raise Refused(
            _("It is not clear what “{text}” compares").format(text=shown(word)),
            "",
            _("Write value or grad before it, as in grad > 1"),
        )
    return Word(word.casefold())


def _condition(match: re.Match[str]) -> Term:
    field, operand = match["field"].casefold(), match["operand"]
    relation = SPELLINGS.get(match["relation"], match["relation"])
    size = bool(match["bar"])
    if size != bool(match["shut"]):
        raise Refused(
            _("A bar is missing around “{field}”").format(field=shown(field)),
            "",
            _("Write |{field}|").format(field=shown(field)),
        )
    if field in NUMBERS:
        return Compared(NUMBERS[field], size, relation, _operand(field, relation, operand))
    if field not in TEXTS or size:
        raise Refused(
            _("“{field}” cannot be compared").format(field=shown(field)),
            "",
            _("What can is value, grad, label, op, kind, role and mark; quote it to find a text"),
        )
    return _named(field, relation, operand)


def _operand(field: str, relation: str, operand: str) -> float:
    if not operand:
        raise Refused(
            _("A number is missing after “{text}”").format(text=f"{field} {relation}"),
            "",
            _("Write one, as in {field} {relation} 1").format(field=field, relation=relation),
        )
    special = {"nan": math.nan, "inf": math.inf, "∞": math.inf}
    special |= {f"{sign}{word}": -math.inf for sign in "-−" for word in ("inf", "∞")}
    if operand.casefold() in special:
        return _ordered(special[operand.casefold()], field, relation)
    number = parse_number(operand)
    if isinstance(number, Refusal):
        raise Refused(_("“{text}” is not a number").format(text=shown(operand)))
    return number


def _ordered(number: float, field: str, relation: str) -> float:
    if math.isnan(number) and relation not in ("=", "!="):
        raise Refused(
            _("Nothing is larger or smaller than nan"),
            "",
            _("Write {field} = nan").format(field=field),
        )
    return number


def _named(field: str, relation: str, operand: str) -> Named:
    text = _bare(operand)
    if relation not in ("=", "!="):
        raise Refused(
            _("“{field}” is a text and has no size").format(field=field),
            "",
            _("Compare it with = or !="),
        )
    if not text and field != "label":
        raise Refused(
            _("A word is missing after “{text}”").format(text=f"{field} {relation}"),
        )
    meant = TEXTS[field]
    choices: Mapping[str, tuple[str, ...]] = {"role": ROLES, "mark": MARKS, "op": _op_names()}
    if meant in choices and text not in choices[meant]:
        remedy = _("They are {names}").format(names=", ".join(choices[meant]))
        raise Refused(
            _("There is no {field} “{text}”").format(field=field, text=shown(text)),
            "",
            _nearest(text) if meant == "op" else remedy,
        )
    return Named(meant, text, relation == "=")


def _nearest(text: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(text, (*NOTE_KINDS, *ops.OPS), n=3, cutoff=0.5)
    return _("Did you mean {names}?").format(names=", ".join(near))[:-1] if near else ""


def _bare(operand: str) -> str:
    quoted = len(operand) > 1 and operand[0] in '"“' and operand[-1] in '"”'
    return (operand[1:-1] if quoted else operand).casefold()


def group_facts(group: Group) -> Facts:
    """Return what can be asked of a group."""
    template = TEMPLATES.get(group.template or "")
    title = template.title.casefold() if template is not None else ""
    return Facts(group.id, group.label.casefold(), tuple(filter(None, ("group", title))))


def note_facts(note: Note) -> Facts:
    """Return what can be asked of a frame or note: its words are its label."""
    return Facts(note.id, note.text.casefold(), (note.kind,))


def op_names(key: str) -> tuple[str, ...]:
    """Return what an operation is called: its key, title and symbol; a leaf is a "value"."""
    op = ops.get(key)
    if op is None:
        return (key.casefold(),)
    return tuple(dict.fromkeys(name.casefold() for name in (op.key, op.title, op.symbol)))


def _op_names() -> tuple[str, ...]:
    """Return what can follow "op =": the names of all operations, and those of no operation."""
    return ("value", "group", *NOTE_KINDS, *(name for key in ops.OPS for name in op_names(key)))
