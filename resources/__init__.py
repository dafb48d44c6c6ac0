"""The data files of Micrograd Playground (icons, themes, examples) and their guarded loader.

The application asks for a resource by name, such as "themes/dark.json"; a name can never lead
out of this folder. It works from a checkout and from a wheel. Nothing here may depend on the
application.
"""

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import PurePosixPath


def read_bytes(name: str) -> bytes:
    """Return the content of a resource; FileNotFoundError if there is none of that name."""
    return _find(name).read_bytes()


def read_text(name: str) -> str:
    """Return the content of a resource as UTF-8 text."""
    return read_bytes(name).decode()


def names(folder: str) -> list[str]:
    """Return the names of the files in a folder, sorted, each ready for `read_bytes`."""
    return sorted(f"{folder}/{entry.name}" for entry in _find(folder).iterdir() if entry.is_file())


def _find(name: str) -> Traversable:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name or not path.parts:
        raise ValueError(f"{name!r} is no name of a resource")
    return files(__name__).joinpath(*path.parts)
