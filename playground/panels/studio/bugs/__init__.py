"""The bug lab: the classic mistakes, planted on purpose in what is shown, or as a game."""

from playground.panels.studio.bugs.page import BugsPage

__all__ = ["BugsPage"]
