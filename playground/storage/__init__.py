"""The only place of the application that writes files: documents, templates, and journals.

The session's keeper calls it with bytes and gets refusals in words; nothing here raises because
of a disk. Nothing here may know what is in a document.
"""

from playground.storage.files import load, put_aside, save
from playground.storage.recovery import Journal, Recovery, Remains

__all__ = ["Journal", "Recovery", "Remains", "load", "put_aside", "save"]
