"""The part of the plane that is measured and shown.

The worker measures it and the boundary panel shows it, so both ask here: a unit has to be as long
across as up, whatever the shape of the data.
"""

from engine.train.boundary import Bounds

HEIGHT_TO_WIDTH = 0.875


def framed(bounds: Bounds) -> Bounds:
    """Widen bounds, about their middle, to the shape of the picture."""
    width, height = bounds.right - bounds.left, bounds.top - bounds.bottom
    height = max(height, width * HEIGHT_TO_WIDTH)
    width = height / HEIGHT_TO_WIDTH
    x, y = (bounds.left + bounds.right) / 2, (bounds.bottom + bounds.top) / 2
    return Bounds(x - width / 2, x + width / 2, y - height / 2, y + height / 2)
