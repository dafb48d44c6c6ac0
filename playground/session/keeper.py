"""Where the open document is kept: its file, its name, and the journal of what is not saved yet.

The session's helper; it reads and writes through `playground.storage` and turns everything that
goes wrong into a refusal.
"""

import json
from gettext import gettext as _
from pathlib import Path

import resources
from engine.errors import Refusal
from engine.files import read, unsafe_to_replace, write
from engine.graph.document import Document
from playground import storage
from playground.storage import Journal, Recovery

EXAMPLES = "examples"
SUFFIX = ".mgp"


class Keeper:
    """Keeps one document at a time.

    Attributes:
        path: the document's file, None if it has none yet.
        name: what the document is called in titles and questions.
        journal: None when nothing is kept for recovery.
    """

    def __init__(self, recovery: Recovery | None) -> None:
        self.path: Path | None = None
        self.name = _("Untitled")
        self.journal: Journal | None = recovery.journal() if recovery is not None else None

    def keep(
        self, base: bytes, path: Path | None, name: str = "", *, unsaved: bool = False
    ) -> Refusal | None:
        """Turn to a document whose bytes are `base`; `unsaved` if they are in no file."""
        self.path = path
        self.name = path.name if path is not None else name or _("Untitled")
        if self.journal is None:
            return None
        return self.journal.begin(base, path, at_once=unsaved)

    def save(self, document: Document, path: Path) -> Refusal | None:
        """Write the document to a file, which is its own from now on."""
        refusal = unsafe_to_replace(document, path.name) if path == self.path else None
        if refusal is not None:
            return refusal
        data = write(document)
        return storage.save(path, data) or self.keep(data, path)


def load(path: Path) -> tuple[Document, bytes] | Refusal:
    """Read a document file; the sentence names the file."""
    data = storage.load(path)
    return data if isinstance(data, Refusal) else parse(data, path.name)


def load_example(name: str) -> tuple[Document, bytes] | Refusal:
    """Read one of the bundled examples, such as "tanh-neuron"."""
    try:
        data = resources.read_bytes(f"{EXAMPLES}/{name}{SUFFIX}")
    except (OSError, ValueError):
        return Refusal(_("There is no example {name!r}").format(name=name))
    return parse(data, name)


def title_of(name: str) -> str:
    """Return what the index of the examples calls one of them."""
    index = json.loads(resources.read_text(f"{EXAMPLES}/index.json"))
    titles: dict[str, str] = {entry["name"]: entry["title"] for entry in index["examples"]}
    return titles.get(name, name.replace("-", " ").capitalize())


def parse(data: bytes, name: str) -> tuple[Document, bytes] | Refusal:
    """Read the bytes of a document."""
    document = read(data)
    if isinstance(document, Refusal):
        what = f"{name}: {document.what}"
        return Refusal(what, document.why, document.remedy)
    return document, data
