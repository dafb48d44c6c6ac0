"""The Qt application and the command line of Micrograd Playground.

It turns gestures into edits of an engine document and shows the results that come back.
It must never hold a fact about a document that the document does not hold itself.
"""

import gettext
from functools import cache
from pathlib import Path

# Before anything of the engine is imported: its tables translate their words as they are made.
gettext.bindtextdomain("micrograd-playground", Path(__file__).parents[1] / "resources" / "locale")
gettext.textdomain("micrograd-playground")
# For every single word gettext looks through the disk for the catalogue, even where there is none.
gettext.find = cache(gettext.find)  # type: ignore[assignment]
