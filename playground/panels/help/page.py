"""What a page of the help is, and how Markdown is written for one.

The makers of pages beside this file use it. A page is Markdown with links of the program's own:
`help:op/tanh` turns to a page, `do:train.play` runs an action, `example:moons` opens an example,
`add:op:tanh` puts something on the canvas, `try:tanh` and `open:tanh` make an op's example,
`set:slope=0.2` changes a number that the page's drawings are made with.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

Given = Mapping[str, float]
"""The numbers that the drawings of a page are made with, where they are not the usual ones."""

SPECIAL = str.maketrans({mark: "\\" + mark for mark in "\\`*_{}[]<>()#+-!|~"})

# Qt takes each mark of Markdown in the words of a picture for another picture.
UNMARKED = str.maketrans("*_[]<`\\&~", "× ()('/+−")


@dataclass(frozen=True, slots=True)
class Page:
    """One page: `write` returns it as Markdown, which begins with its title.

    `key` is what links call it, as in "op/tanh". `section` is the heading under which the contents
    list it, "" if only a search and links lead there. `names` are what a search finds it by beside
    its title, `about` words that tell of it, both in lower case. `symbol` is a short sign of it.
    """

    key: str
    title: str
    section: str
    write: Callable[[Given], str]
    names: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    summary: str = ""
    symbol: str = ""


def escaped(text: str) -> str:
    """Return a text as Markdown that shows just this."""
    return text.translate(SPECIAL)


def link(words: str, address: str) -> str:
    """Write a link."""
    return f"[{escaped(words)}]({address})"


def to(page: str, words: str) -> str:
    """Write a link to a page."""
    return link(words, f"help:{page}")


def code(text: str) -> str:
    """Write a short piece of code."""
    return f"`{text}`"


def formula(latex: str, words: str) -> str:
    """Write a formula, set from LaTeX; `words` are read to those who do not see it."""
    return picture("formula", latex, words)


def drawing(key: str, given: Given, words: str) -> str:
    """Write a drawing of a page's subject, made with some numbers."""
    numbers = "&".join(f"{name}={value!r}" for name, value in given.items())
    return picture("drawing", f"{key}?{numbers}", words)


def picture(kind: str, what: str, words: str) -> str:
    """Write a picture that the program makes by itself."""
    return f"![{words.translate(UNMARKED)}]({kind}:{quote(what, safe='')})"


def told_by_pictures(text: str) -> list[str]:
    """Return the words of a page's pictures, for those who do not see them."""
    return re.findall(r"!\[([^\]]*)\]", text)


def section(title: str, *paragraphs: str) -> str:
    """Write a part with a title; without anything to say there is none."""
    said = [paragraph for paragraph in paragraphs if paragraph]
    return joined(f"## {escaped(title)}", *said) if said else ""


def joined(*paragraphs: str) -> str:
    """Join paragraphs, those with nothing to say left out."""
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def listed(*lines: str) -> str:
    """Write a list."""
    return "\n".join(f"- {line}" for line in lines if line)


def beside(*parts: str) -> str:
    """Write parts on one line with dots between; no line begins with a dot."""
    return "\N{NO-BREAK SPACE}· ".join(part for part in parts if part)


def table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """Write a table of cells that are Markdown already; without rows there is none."""
    if not rows:
        return ""
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def block(text: str) -> str:
    """Write lines of code."""
    return f"```\n{text.rstrip()}\n```"


def number(value: float) -> str:
    """Write a number as people do."""
    return f"{value:.5g}".replace("-", "−").replace("inf", "∞")


def capitalised(title: str) -> str:
    """Return a title as it stands at the head of a page."""
    return title[:1].upper() + title[1:]
