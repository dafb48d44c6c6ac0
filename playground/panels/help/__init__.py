"""The help: pages made from the tables of the program, and the panel that shows them."""

from playground.panels.help.page import Page
from playground.panels.help.pages import CONTENTS, all_pages, found, key_of, page_of
from playground.panels.help.panel import HelpPanel

__all__ = ["CONTENTS", "HelpPanel", "Page", "all_pages", "found", "key_of", "page_of"]
