"""The page of the gradient check: every gradient beside the slope that differences give."""

from playground.panels.studio.check.page import CheckPage

__all__ = ["CheckPage"]
