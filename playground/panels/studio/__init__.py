"""The studio below the canvas: pages about training runs, and pages that explain numbers."""

from playground.panels.studio.panel import Studio

__all__ = ["Studio"]
