"""Text to Python's syntax tree, with bounds on both.

Python's own grammar reads what people type, so `3*x**2 - 4*x + 5` means what it means in Python;
the text is never compiled and never run.  Length and nesting are checked before Python's parser
sees it.  `engine.exchange.formula` gives the tree a meaning.
"""

import ast
import re
from gettext import gettext as _

from engine.errors import Refused

LONGEST = 2_000
DEEPEST = 60
# What mathematicians write and keyboards lack.
TYPOGRAPHY = str.maketrans(
    {"−": "-", "–": "-", "×": "*", "·": "*", "÷": "/", "²": "**2", "³": "**3", "π": "pi"}
)
# `#7` names a node by its id; the grammar below needs a word for it.
ID_WORD = "node_number_"
OPENING, CLOSING = re.compile(r"[(\[{]"), re.compile(r"[)\]}]")
UNFINISHED = ("+", "-", "*", "/", ",", "=", "(", "[", "{", ".")
ASSIGNMENT = re.compile(r"\s*([^\W\d]\w*)\s*=(?!=)(.*)", re.DOTALL)


def split_assignment(text: str) -> tuple[str, str]:
    """Return the name before a leading `name =` ("" without one) and the formula after it."""
    match = ASSIGNMENT.match(text)
    return (match[1], match[2]) if match else ("", text)


def check_size(text: str) -> None:
    """Refuse what would cost Python's parser much time or stack."""
    if not text:
        raise Refused(_("There is no formula"), "", _("Type one, such as 3*x**2 - 4*x + 5"))
    if len(text) > LONGEST:
        raise Refused(
            _("The formula is {count:,} characters long").format(count=len(text)),
            _("the limit is {limit:,}").format(limit=LONGEST),
            _("Enter it in parts"),
        )
    depth = deepest = 0
    for character in text:
        depth += (character in "([{") - (character in ")]}")
        deepest = max(deepest, depth)
    if deepest > DEEPEST:
        raise too_deep()


def too_deep() -> Refused:
    """Return the refusal of a formula nested too deeply."""
    return Refused(
        _("The formula is nested too deeply"),
        _("the limit is {limit} levels").format(limit=DEEPEST),
        _("Enter it in parts"),
    )


def parse_python(text: str) -> ast.expr:
    """Return Python's syntax tree of the text, with a word in place of `#7`."""
    text = re.sub(r"#(\d+)", rf"{ID_WORD}\1", text)
    try:
        return ast.parse(text, mode="eval").body
    except SyntaxError as error:
        raise misread(text, error) from None
    except (RecursionError, MemoryError):
        raise too_deep() from None
    except ValueError:  # a null character, or an integer of thousands of digits
        raise Refused(_("“{text}” cannot be read").format(text=shown(text))) from None


def misread(text: str, error: SyntaxError) -> Refused:
    """Say where a formula stops making sense."""
    rest = text[max((error.offset or 1) - 1, 0) :]
    if text.lstrip().startswith("="):
        why = _("a name is missing before the “=”")
    elif text.endswith(UNFINISHED):
        why = _("it stops before it is complete")
    elif len(OPENING.findall(text)) > len(CLOSING.findall(text)):
        why = _("a bracket is not closed")
    else:
        why = _("the trouble starts at “{rest}”").format(rest=shown(rest))
    remedy = ""
    if re.match(r"\d+[^\W\d]", rest):
        remedy = _("Write * between things that are multiplied: 3*x")
    return Refused(_("“{text}” cannot be read").format(text=shown(text)), why, remedy)


def shown(text: str, limit: int = 40) -> str:
    """Return text fit for a sentence: one line, no longer than `limit`, ids written as `#7`."""
    line = " ".join(text.replace(ID_WORD, "#").split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


def check_depth(tree: ast.expr) -> None:
    """Refuse a tree deeper than `DEEPEST`; a sum of many terms counts as one level."""
    pending: list[tuple[ast.AST, int]] = [(tree, 0)]
    while pending:
        node, depth = pending.pop()
        if depth > DEEPEST:
            raise too_deep()
        for child in ast.iter_child_nodes(node):
            chained = is_chain(node) and is_chain(child) and child is getattr(node, "left", None)
            pending.append((child, depth if chained else depth + 1))


def is_chain(node: ast.AST) -> bool:
    """Whether the node is a sum, which may run long: it becomes one op."""
    return isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add)
