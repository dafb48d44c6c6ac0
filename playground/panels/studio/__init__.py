"""The studio below the canvas: pages that look into a training run."""

from playground.panels.studio.panel import Studio

__all__ = ["Studio"]
