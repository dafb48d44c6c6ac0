"""Quiet colours for code: text in three strengths, and numbers by their sign.

The code page uses it for every format. It knows just enough of Python, JSON and DOT to tell
comments, words of the language, quoted text and numbers apart, line by line.
"""

import keyword
import re

from PySide6.QtGui import QColor, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from playground.theme import Theme

WORDS = {
    ".py": frozenset(keyword.kwlist),
    ".dot": frozenset({"digraph", "subgraph", "node", "label", "shape", "fontname", "rankdir"}),
    ".json": frozenset({"true", "false", "null"}),
}
QUOTED = r"\"\"\".*?\"\"\"|\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'"
TOKENS = re.compile(
    rf"(?P<comment>\#.*)|(?P<quoted>{QUOTED})|(?P<word>[^\W\d]\w*)"
    r"|(?P<number>(?:(?<![\w)\].])-)?\d+\.?\d*(?:[eE][-+]?\d+)?)"
)
# What a record of DOT says stands in quotes, so there numbers count within them, too.
IN_DOT = re.compile(
    r"(?P<word>[^\W\d]\w*)|(?P<number>(?:(?<![\w)\].])-)?\d+\.?\d*(?:[eE][-+]?\d+)?)"
)


class Colours(QSyntaxHighlighter):
    """Colours the lines of one text; `suffix` says in which language it is."""

    def __init__(self, document: QTextDocument, theme: Theme) -> None:
        super().__init__(document)
        self._suffix = ".py"
        self._formats: dict[str, QTextCharFormat] = {}
        self.wear(theme)

    def wear(self, theme: Theme) -> None:
        """Use the colours of a theme."""
        roles = {
            "comment": theme.dim,
            "quoted": theme.muted,
            "word": theme.muted,
            "positive": theme.positive,
            "negative": theme.negative,
        }
        self._formats = {name: _format(colour) for name, colour in roles.items()}
        self.rehighlight()

    def speak(self, suffix: str) -> None:
        """Read the text as the language of files that end so."""
        self._suffix = suffix

    def highlightBlock(self, text: str) -> None:
        """Colour one line."""
        tokens = IN_DOT if self._suffix == ".dot" else TOKENS
        for token in tokens.finditer(text):
            kind = self._kind(token.lastgroup or "", token.group())
            if kind:
                self.setFormat(token.start(), len(token.group()), self._formats[kind])

    def _kind(self, group: str, text: str) -> str:
        """Return which colour a token has, "" for that of plain text."""
        if group == "word":
            return "word" if text in WORDS[self._suffix] else ""
        if group != "number":
            return group
        if text.startswith("-"):
            return "negative" if re.search(r"[1-9]", text) else ""
        return "positive" if re.search(r"[1-9]", text) else ""


def _format(colour: QColor) -> QTextCharFormat:
    look = QTextCharFormat()
    look.setForeground(colour)
    return look
