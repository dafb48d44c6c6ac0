"""The outline: the graph as a tree, the accessible twin of the canvas."""

from playground.panels.outline.panel import OutlinePanel

__all__ = ["OutlinePanel"]
