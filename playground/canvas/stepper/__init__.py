"""The stepper over the canvas: strip, list of the order, and what the canvas shows of them."""

from playground.canvas.stepper.stepper import Stepper

__all__ = ["Stepper"]
