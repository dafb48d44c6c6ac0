"""The boundary panel: what is predicted all over the plane, and the points of the data."""

from playground.panels.boundary.panel import BoundaryPanel

__all__ = ["BoundaryPanel"]
