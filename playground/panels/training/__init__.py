"""The training panel: everything right of the canvas.

From the top: the decision boundary, the buttons, the loss plot and the settings. It shows the
session's document and its training, and changes them by edits and the training's own methods.
"""

from playground.panels.training.panel import TrainingPanel

__all__ = ["TrainingPanel"]
