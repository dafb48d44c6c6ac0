"""Whatever people write in a document, exported programs have the same code, and only that."""

import ast
import io
import tokenize
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import Value
from engine.errors import accept
from engine.exchange.exporters import EXPORTERS
from engine.exchange.exporters.micrograd import Micrograd
from engine.exchange.exporters.naming import Names, comment
from engine.exchange.exporters.plain_python import PlainPython
from engine.files.reader import read
from engine.files.writer import write
from engine.graph import notes, properties, verbs
from engine.graph.document import Document

PROGRAMS = ("micrograd", "python", "torch")
NASTY = [
    "__import__('os').system('true')",
    'x"""\nimport os\n"""',
    "a\nb = 1",
    "\r\x0b\x0c\x1c\x85\u2028import os",
    "# coding: utf-7",
    "{x}",
    "def",
    "None",
    "print",
    "Value",
    "math",
    "torch",
    "tanh",
    "safe_exp",
    "x_grad",
    "x" * 200,
    "σ²",
    "ﬁ",
    "\u202eevil",
    "\ud800",
    "\x00",
    "\U0001d7d9x",
    "\u0661",
    "max_of_3",
    "softplus_slopes",
    "forward",
    "p",
    "_",
    "",
]
labels = st.one_of(st.sampled_from(NASTY), st.text(max_size=60))


def drawn(texts: list[str]) -> Document:
    """Return softplus(a * b + c) in a group in a group, all texts of it given."""
    document = Document()
    for k in range(3):
        document.apply(verbs.add_value(document, (0, 0), value=k + 0.5, label=texts[k]))
    for key, sources in (("mul", (1, 2)), ("add", (4, 3)), ("softplus", (5,)), ("max", (6, 5, 4))):
        document.apply(accept(verbs.add_op(document, key, (0, 0))))
        made = document.next_id - 1
        for source in sources:
            document.apply(accept(verbs.connect(document, source, made)))
        document.apply(accept(properties.set_label(document, made, texts[made - 1])))
    document.apply(accept(verbs.group(document, {4, 5}, texts[7])))
    document.apply(accept(verbs.group(document, {6, document.next_id - 1}, texts[8])))
    document.apply(accept(properties.set_comment(document, 6, texts[9])))
    document.apply(notes.add_note(document, (0, 0), text=texts[10]))
    return document


class Anonymous(ast.NodeTransformer):
    """Takes all names away."""

    def visit_Name(self, node: ast.Name) -> ast.AST:
        """Forget a variable."""
        return ast.Name("name", node.ctx)

    def visit_arg(self, _node: ast.arg) -> ast.AST:
        """Forget an argument."""
        return ast.arg("name")

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        """Forget what a function is called."""
        node.name = "name"
        return self.generic_visit(node)


def shape(text: str) -> str:
    """Return what a program does, whatever its names are."""
    return ast.dump(Anonymous().visit(ast.parse(text)))


def check_numbers(script: PlainPython | Micrograd, text: str) -> None:
    """Run a program and compare what it calls by name with the document."""
    names: dict[str, object] = {"__name__": "program"}
    exec(text.replace("from micrograd.engine", "from engine.value"), names)
    for node, path in {**script.shared, **script.module.text}.items():
        found = names[path]
        value = found.data if isinstance(found, Value) else found
        assert value == pytest.approx(script.result.number(node), rel=1e-12)


PLAIN = [f"v{k}" for k in range(7)] + ["part", "whole", "", ""]


@pytest.mark.parametrize("key", PROGRAMS)
@settings(max_examples=40, deadline=None)
@given(texts=st.lists(labels, min_size=11, max_size=11), folded=st.booleans())
def test_texts_never_become_code(key: str, texts: list[str], folded: bool) -> None:
    document, plain = drawn(texts), drawn(PLAIN)
    folds = frozenset(document.groups) if folded else frozenset()
    text = EXPORTERS[key].write(document, folds)
    assert isinstance(text, str)
    text.encode("utf-8")
    assert shape(text) == shape(accept(EXPORTERS[key].write(plain, folds)))
    if key != "torch":
        script = {"micrograd": Micrograd, "python": PlainPython}[key](document, folds)
        check_numbers(script, script.write())


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_a_comment_is_only_comments(text: str) -> None:
    code = "\n".join(["x = 1", *comment(text)]) + "\n"
    tokens = tokenize.generate_tokens(io.StringIO(code).readline)
    kinds = [token.type for token in tokens][4:-1]
    assert set(kinds) <= {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE}
    assert all(len(line) <= 99 for line in comment(text))


@settings(max_examples=200, deadline=None)
@given(st.lists(labels, max_size=30))
def test_names_are_identifiers_and_each_is_given_once(texts: list[str]) -> None:
    names = Names()
    taken = [names.take(text) for text in texts]
    assert len(set(taken)) == len(taken)
    assert all(name.isidentifier() for name in taken)
    gradients = {f"{name}_grad" for name in taken}
    assert gradients.isdisjoint(taken)
    assert len(gradients) == len(taken)
    # Python reads identifiers in this form, so two that look alike to it would be one.
    assert all(unicodedata.normalize("NFKC", name) == name for name in taken)


@pytest.mark.parametrize("key", list(EXPORTERS))
def test_the_same_document_gives_the_same_text_however_it_was_made(key: str) -> None:
    document = drawn(PLAIN)
    again = accept(read(write(document)))
    folded = frozenset(document.groups)
    assert EXPORTERS[key].write(document, folded) == EXPORTERS[key].write(again, folded)


def test_an_empty_document_is_refused() -> None:
    for exporter in EXPORTERS.values():
        assert "nothing to export" in str(exporter.write(Document(), frozenset()))


@pytest.mark.parametrize("key", PROGRAMS)
def test_what_cannot_be_computed_is_a_comment(key: str) -> None:
    document = drawn(PLAIN)
    document.apply(accept(verbs.add_op(document, "sub", (0, 0), label="half")))
    text = accept(EXPORTERS[key].write(document, frozenset()))
    assert "# half is not computed" in text
    assert "half =" not in text
