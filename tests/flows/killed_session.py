"""What a test kills: a session that edits at random for ever and tells every edit it has made.

Run as a program with the folder of journals as its argument. It prints one line after each edit
is done; the line is the number of edits so far.
"""

import random
import sys
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from engine.graph.properties import set_value
from engine.graph.verbs import add_op, add_value, connect, move
from playground.session import Session
from playground.storage import Recovery

START = 3


def edit(session: Session, luck: random.Random) -> bool:
    """Do, undo or redo something; return whether the document changed."""
    document, revision = session.document, session.document.revision
    nodes = [node.id for node in document.nodes()]
    place = (luck.uniform(-500, 500), luck.uniform(-500, 500))
    choice = luck.randrange(8)
    if choice == 0 or len(nodes) < START:
        session.do(add_value(document, place, value=luck.uniform(-2, 2), role="parameter"))
    elif choice == 1:
        session.do(add_op(document, luck.choice(("add", "mul", "tanh")), place))
    elif choice == 2:
        session.undo()
    elif choice == 3:
        session.redo()
    elif choice == 4:
        session.do(move(document, {luck.choice(nodes): place}))
    elif choice == 5:
        session.do(connect(document, luck.choice(nodes), luck.choice(nodes)))
    elif choice == 6:
        session.add_item("template:neuron", place)
    else:
        session.do(set_value(document, luck.choice(nodes), luck.uniform(-2, 2)))
    return document.revision != revision


def edits(session: Session, seed: int) -> Iterator[None]:
    """Yield after every edit, for ever; the same seed gives the same edits."""
    luck = random.Random(seed)
    while True:
        if edit(session, luck):
            yield


def main() -> None:
    """Edit until killed."""
    application = QCoreApplication(sys.argv)
    session = Session(Recovery(Path(sys.argv[1])))
    for done, _edit in enumerate(edits(session, int(sys.argv[2])), start=1):
        print(done, flush=True)
        if done % 7 == 0:
            application.processEvents()


if __name__ == "__main__":
    main()
