"""What turns a file of an older version into the present one, one step at a time.

The reader calls `migrate` before it looks at anything but the version.  To change the format:
raise `VERSION`, add the function from the version before, and keep a file of that version among
the tests for good.
"""

from collections.abc import Callable, Mapping
from typing import Any

from engine.files.format import VERSION

Tree = dict[str, Any]

# Version k -> what makes the parsed file of version k one of version k + 1.
MIGRATIONS: Mapping[int, Callable[[Tree], Tree]] = {}


def migrate(
    tree: Tree,
    version: int,
    migrations: Mapping[int, Callable[[Tree], Tree]] = MIGRATIONS,
    present: int = VERSION,
) -> Tree:
    """Return the parsed file as the present version would have written it.

    A file of a newer version comes back as it is.
    """
    for step in range(version, present):
        tree = migrations[step](tree)
    return tree
