"""The part of the plane that is measured and shown.

The worker measures it and the boundary panel shows it, so both ask here: a unit is as long across
as up, unless features of different kinds would leave a strip of one of them.
"""

from engine.train.boundary import STRIP, Bounds

HEIGHT_TO_WIDTH = 0.875


def framed(bounds: Bounds, axes: tuple[int, ...] = (0, 1)) -> Bounds:
    """Widen bounds, about their middle, to the shape of the picture; not those along one axis."""
    width, height = bounds.right - bounds.left, bounds.top - bounds.bottom
    if len(axes) < 2 or not 1.0 / STRIP < width / height < STRIP:
        return bounds
    height = max(height, width * HEIGHT_TO_WIDTH)
    width = height / HEIGHT_TO_WIDTH
    x, y = (bounds.left + bounds.right) / 2, (bounds.bottom + bounds.top) / 2
    return Bounds(x - width / 2, x + width / 2, y - height / 2, y + height / 2)
