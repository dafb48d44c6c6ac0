"""The card over the canvas that says why a number is what it is."""

from playground.panels.why.card import WhyCard

__all__ = ["WhyCard"]
