"""The document as code beside the canvas."""

from playground.panels.code.panel import CodePanel

__all__ = ["CodePanel"]
