"""The page of both modes: forward beside reverse over the same graph, and what each costs."""

from playground.panels.studio.modes.page import ModesPage

__all__ = ["ModesPage"]
