"""The derivative explorer: a page of the studio, in parts.

`exploring` holds what is asked and what was found, without a widget; `page` is the widget, made of
`asking` (the fields), `readings` (the numbers), `curve`, `surface` and `errors` (the pictures).
"""

from playground.panels.studio.explorer.page import ExplorerPage

__all__ = ["ExplorerPage"]
"""The parts of the page; `pages.py` of the studio reads this one name."""
