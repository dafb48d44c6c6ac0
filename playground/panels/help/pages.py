"""All pages of the help, by their keys; what a search finds; and the contents.

The panel shows them and the handlers look up what was pointed at. Pages are made once they are
first asked for, and written each time they are shown.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from gettext import gettext as _
from itertools import groupby
from types import MappingProxyType

from engine import ops
from playground.panels.help.ops import op_page
from playground.panels.help.page import Page, beside, escaped, joined, section, to
from playground.panels.help.surroundings import surrounding_pages, written
from playground.panels.help.things import thing_pages
from playground.widgets.matching import grade

CONTENTS = "contents"
MOST_FOUND = 60


def every_page() -> Iterator[Page]:
    """Make all pages, in the order of the contents."""
    yield from written("concept", _("Ideas"))
    yield from map(op_page, ops.OPS.values())
    yield from thing_pages()
    yield from surrounding_pages()
    yield Page(CONTENTS, _("Help"), "", lambda _given: contents(), ("contents",))


@cache
def _pages() -> Mapping[str, Page]:
    return MappingProxyType({page.key: page for page in every_page()})


def page_of(key: str) -> Page | None:
    """Return a page, None if there is none of that key."""
    kind, _slash, name = key.partition("/")
    if kind == "op" and key not in _pages():  # one that was registered since, or is called anew
        op = ops.get(name)
        return None if op is None else op_page(op)
    return _pages().get(key)


def all_pages() -> tuple[Page, ...]:
    """Return all pages, in the order of the contents."""
    return tuple(_pages().values())


def found(text: str) -> list[Page]:
    """Return the pages that fit what was typed, the best first."""
    wanted = text.strip().lower()
    ranked = [(grade((p.title.lower(), *p.names), wanted, p.about), p) for p in all_pages()]
    fitting = [(rank, page) for rank, page in ranked if rank is not None]
    return [page for _rank, page in sorted(fitting, key=lambda pair: pair[0])][:MOST_FOUND]


def contents() -> str:
    """Write the contents: every heading, and below it its pages."""
    parts = []
    listed = [page for page in all_pages() if page.section]
    for heading, group in groupby(listed, key=lambda page: page.section):
        parts.append(section(heading, beside(*(to(page.key, page.title) for page in group))))
    words = _(
        "F1 on anything opens its page: on a node, a wire, a group or a note of the canvas, on a"
        " tile of the palette, on a panel or a control. Type above to search."
    )
    return joined(f"# {escaped(_('Help'))}", escaped(words), *parts)


def key_of(text: str) -> str:
    """Return the page of an item of the catalogue, "" if it has none: "op/tanh" of "op:tanh"."""
    kind, _colon, name = text.partition(":")
    key = f"{kind}/{name}"
    if kind == "mine":
        return "concept/own-template"
    return key if page_of(key) is not None else ""
