"""The inspector: everything about what is selected, in words, numbers and fields."""

from playground.panels.inspector.inspector import Inspector

__all__ = ["Inspector"]
