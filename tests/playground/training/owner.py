"""A stand-in for the session: it does for a training what that does."""

from engine.errors import accept
from engine.graph.document import Document
from playground.bridge import changes_of
from playground.training import Training


class Owner:
    """Does for a training what a session does, with a list for an undo stack."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.edits = []
        self.training = Training(self.push)
        self.training.set_speed(None)
        self.training.attach(document)

    def push(self, edit) -> None:
        self.document.apply(edit)
        self.edits.append(edit)
        self.training.follow(changes_of(edit))

    def do(self, edit) -> None:
        self.push(accept(edit))

    def undo(self) -> None:
        self.push(self.edits.pop().inverse())
        self.edits.pop()

    @property
    def numbers(self) -> list[float]:
        return [node.value for node in self.document.nodes() if node.trainable]

    @property
    def step(self) -> int:
        snapshot = self.training.snapshot
        return snapshot.step if snapshot is not None else -1

    @property
    def titles(self) -> list[str]:
        return [edit.title for edit in self.edits]
