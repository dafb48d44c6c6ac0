"""One open document and all that happens to it: edits and undo, files, numbers, training.

Canvas, panels and window hold a `Session` and nothing else of the document's.
"""

from playground.session.session import Session

__all__ = ["Session"]
