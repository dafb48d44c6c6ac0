"""The canvas: what the graph looks like, and what can be done to it with mouse and keys.

`CanvasView` is the widget; everything else here serves it. The canvas reads the session and asks
it for edits; it never changes a document itself.
"""

from playground.canvas.view import CanvasView

__all__ = ["CanvasView"]
