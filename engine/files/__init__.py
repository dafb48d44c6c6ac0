"""A document as bytes and back, and the journal that survives a crash.

The storage of the window and the command line call `write`, `read` and the journal; they bring
and take bytes, this package never opens a file.  A file is data: nothing in it is ever run,
imported or followed as a path.
"""

from engine.files.reader import newer_version, read, unsafe_to_replace
from engine.files.writer import write

__all__ = ["newer_version", "read", "unsafe_to_replace", "write"]
