"""What lies in which group, in reading order: the tree behind the outline, without Qt."""

from dataclasses import dataclass, field

from engine.graph.document import Document


@dataclass(slots=True)
class Contents:
    """The ids in each group (None: at the top), left to right and upper before lower.

    Attributes:
        within: the ids by the group they lie in.
        parent, row: where each id is.
    """

    within: dict[int | None, list[int]] = field(default_factory=dict)
    parent: dict[int, int | None] = field(default_factory=dict, compare=False)
    row: dict[int, int] = field(default_factory=dict, compare=False)

    def count(self, group: int | None) -> int:
        """Return how much lies directly in a group."""
        return len(self.within.get(group, ()))


def contents_of(document: Document) -> Contents:
    """Sort everything into its group, in one pass."""
    places: dict[int | None, list[tuple[float, float, int]]] = {}
    for node in document.nodes():
        places.setdefault(node.group, []).append((*node.position, node.id))
    for note in document.notes.values():
        places.setdefault(note.group, []).append((*note.position, note.id))
    for group in document.groups.values():
        places.setdefault(group.group, []).append((*group.position, group.id))
    contents = Contents()
    for around, found in places.items():
        found.sort()
        ids = contents.within[around] = [item for _x, _y, item in found]
        for row, item in enumerate(ids):
            contents.parent[item], contents.row[item] = around, row
    return contents
