"""The page of a template, made from what it builds: its arguments, its scalars, its program.

`drawings.py` draws the losses from what `made_of` builds.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from gettext import gettext as _

from engine import ops
from engine.errors import Refusal, accept
from engine.exchange.exporters.micrograd import Micrograd
from engine.exchange.exporters.tracing import traced_text
from engine.graph.arguments import Argument
from engine.graph.document import Document
from engine.graph.templates import Template, insert_template
from engine.graph.verbs import add_value
from playground.panels.help.page import (
    Page,
    beside,
    block,
    capitalised,
    code,
    drawing,
    escaped,
    joined,
    link,
    listed,
    number,
    section,
    table,
    to,
)
from playground.widgets.catalogue import TEMPLATE_SECTIONS, template_item

MOST_CODE = 24  # scalars of a template that is shown as a program
SCORE, TARGET = "score", "target"


def template_page(template: Template) -> Page:
    """Make the page of a template."""
    item = template_item(template)
    heading = TEMPLATE_SECTIONS[template.category]

    def write(_given: Mapping[str, float]) -> str:
        return template_text(template)

    key = f"template/{template.key}"
    return Page(
        key,
        capitalised(template.title),
        heading,
        write,
        item.words,
        item.about,
        template.description,
    )


@cache
def template_text(template: Template) -> str:
    """Write the page of a template, from what it builds with its defaults."""
    document = made_of(template)
    kind = to("contents", TEMPLATE_SECTIONS[template.category])
    title = capitalised(template.title)
    return joined(
        f"# {escaped(title)}",
        kind,
        escaped(template.description + "."),
        escaped(
            _("It is ordinary scalars in a group: all of it can be opened, read and changed.")
        ),
        section(_("What it reads"), _reading(template)),
        section(_("Its curve"), _curve(template)),
        section(_("Its arguments"), _arguments(template.arguments)),
        section(_("What is made"), *_contents(document)),
        section(_("As a program for micrograd"), *_program(document)),
        section(
            _("Try it"),
            listed(
                link(_("Put it on the canvas"), f"add:template:{template.key}"),
                to("action/view.toggle_fold", _("Fold or unfold it")),
            ),
        ),
        section(
            _("Read on"),
            beside(to("concept/group", _("Groups")), to("concept/loss", _("What a loss is"))),
        ),
    )


def _reading(template: Template) -> str:
    if not template.link:
        return ""
    words = _("The prediction is read as {link}, the target as {encoding}.")
    more = _("The target may be any number instead.") if template.numeric else ""
    said = words.format(link=template.link, encoding=template.encoding)
    return joined(escaped(said), escaped(more))


def _curve(template: Template) -> str:
    """Show a loss over the score, for either target."""
    words = _("{title} over the score, and its gradient in violet, for a target of 1 and of −1")
    said = words.format(title=template.title)
    return drawing(f"template/{template.key}", {}, said) if judges(template) else ""


def _arguments(arguments: tuple[Argument, ...]) -> str:
    rows = []
    for one in arguments:
        usual = one.default
        words = ", ".join(map(str, usual)) if isinstance(usual, tuple) else str(usual)
        choices = ", ".join(one.choices())
        if one.kind == "number":
            choices = _("{low} to {high}").format(low=number(one.low), high=number(one.high))
        rows.append((escaped(one.title), code(one.key), escaped(words), escaped(choices)))
    head = (_("Argument"), _("Name"), _("At first"), _("May be"))
    return table(head, rows)


def made_of(template: Template) -> Document:
    """Return a document that holds a template, with numbers for what it reads."""
    document, place = Document(), (220.0, 0.0)
    given = []
    if judges(template):
        for name in (SCORE, TARGET):
            given.append(document.next_id)
            document.apply(add_value(document, (0.0, 0.0), value=1.0, label=name))
    edit = insert_template(document, template.key, {}, place, given)
    if isinstance(edit, Refusal):  # a penalty asks for parameters
        for name in ("w1", "w2"):
            document.apply(add_value(document, (0.0, 0.0), label=name, role="parameter"))
        edit = accept(insert_template(document, template.key, {}, place))
    document.apply(edit)
    return document


def judges(template: Template) -> bool:
    """Tell whether it is a loss of one score and one target, which can be drawn as a curve."""
    return bool(template.link) and template.inputs == 2


def _contents(document: Document) -> Iterator[str]:
    """Count what is made with the defaults."""
    made = [node for node in document.nodes() if node.group is not None]
    trained = sum(node.trainable for node in made)
    words = _("As it is added it has {nodes} scalars, {trained} of them parameters. It computes:")
    yield escaped(words.format(nodes=len(made), trained=trained))
    counted = Counter(node.op for node in made if not node.is_leaf)
    yield listed(
        *(f"{count} × {to(f'op/{key}', ops.OPS[key].title)}" for key, count in counted.items())
    )


def _program(document: Document) -> Iterator[str]:
    """Show a small one as the program that is exported for it."""
    if len(document) <= MOST_CODE:
        parts = Micrograd(document, ()).body()[:-1]  # without what runs it by itself
        yield block(traced_text("\n".join("\n".join(part) for part in parts)).text)
