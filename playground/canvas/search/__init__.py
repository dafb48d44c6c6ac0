"""Searching on the canvas: for something to add, and for an input to connect to.

`Search` owns the card that floats over the canvas and opens it with one of the finders here.
"""

from playground.canvas.search.search import Search

__all__ = ["Search"]
