"""The arrays to draw: what stands where, and which node's number it shows.

Built from a document and its projection once per change of structure, folds, names or places;
live numbers are looked up in it and never rebuild it. The painters, the hit items and the
gestures read it.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from engine.graph.document import Document
from engine.graph.geometry import shows_ports
from engine.graph.projection import Item, Projection, project
from playground.canvas.frame.biases import Biases, biases_of
from playground.canvas.frame.contents import Contents, contents_of, locked_groups
from playground.canvas.frame.gates import Gates, gates_of
from playground.canvas.frame.labels import Labels, labels_of
from playground.canvas.frame.maps import Cells, cells_of, faces_of
from playground.canvas.frame.ports import Ports, ports_of
from playground.canvas.frame.sliders import Sliders, sliders_of
from playground.canvas.frame.style import Kind
from playground.canvas.frame.wires import Wires, wires_of

Floats = NDArray[np.float64]
Index = NDArray[np.int64]

NONE = -1
NOTHING: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """Everything visible, as arrays over the n items in the order they are painted.

    Attributes:
        ids, kinds: shape (n,).
        rects: x, y, width, height in the scene, shape (n, 4).
        parents: the item number of the frame around each, -1 for none.
        shows: the node whose value and gradient an item shows, -1 for none.
        faces: how they are written, of `Face`.
        cells: where maps are.
        locked: the ids of the groups whose parameters are all frozen.
        index: the item number of an id.
    """

    projection: Projection
    ids: Index
    kinds: NDArray[np.int8]
    rects: Floats
    parents: Index
    shows: Index
    faces: Index
    cells: Cells
    labels: Labels
    wires: Wires
    ports: Ports
    gates: Gates
    sliders: Sliders
    biases: Biases
    contents: dict[int, Contents]
    locked: frozenset[int] = frozenset()
    index: dict[int, int] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.ids)

    def number_of(self, node: int) -> int:
        """Return the number of the item that stands for a node."""
        return self.index[self.projection.owner[node]]

    def inside(self, number: int) -> Index:
        """Return the numbers of all items that lie in a frame, at any depth."""
        layer = self.parents == number
        found = np.zeros(len(self), bool)
        while layer.any():  # as often as groups are nested
            found |= layer
            layer = (self.parents >= 0) & layer[self.parents]
        return np.flatnonzero(found)


def build_frame(
    document: Document,
    folded: frozenset[int],
    within: int | None = None,
    mappable: frozenset[int] = NOTHING,
) -> Frame:
    """Project a document, or a group alone, and turn what is visible into arrays.

    `mappable` are the nodes that have maps.
    """
    projection = project(document, folded, within)
    items = projection.items
    index = {item.id: number for number, item in enumerate(items)}
    contents = contents_of(document, projection)
    kinds = np.array([kind_of(document, item) for item in items], np.int8)
    rects = np.array([item.rect for item in items], np.float64).reshape(-1, 4)
    shows = np.array([_shown(projection, item, contents) for item in items], np.int64)
    cells = cells_of(document, items, kinds, shows, contents, mappable)
    faces = faces_of(kinds, cells)
    ports = ports_of(document, projection, index, contents)
    return Frame(
        projection,
        ids=np.array([item.id for item in items], np.int64),
        kinds=kinds,
        rects=rects,
        parents=np.array([_parent(item, index) for item in items], np.int64),
        shows=shows,
        faces=faces,
        cells=cells,
        labels=labels_of(document, projection, kinds, faces, contents),
        wires=wires_of(projection, index, ports),
        ports=ports,
        gates=gates_of(document, projection, index),
        sliders=sliders_of(document, items),
        biases=biases_of(document, projection, index, kinds),
        contents=contents,
        locked=locked_groups(document),
        index=index,
    )


def kind_of(document: Document, item: Item) -> Kind:
    """Return what an item looks like."""
    if item.kind == "frame":
        return Kind.FRAME
    if item.kind == "note":
        return Kind.AREA if document.notes[item.id].is_frame else Kind.NOTE
    if item.kind == "group":
        return Kind.CARD if shows_ports(document.groups[item.id]) else Kind.TILE
    if item.kind == "stub":
        return Kind.STUB
    return Kind.LEAF if document.node(item.id).is_leaf else Kind.OP


def _parent(item: Item, index: dict[int, int]) -> int:
    return NONE if item.parent is None else index[item.parent]


def _shown(projection: Projection, item: Item, contents: dict[int, Contents]) -> int:
    if item.kind == "node":
        return item.id
    if item.kind == "stub":
        only = projection.stubs[item.id].only
        return NONE if only is None else only
    if item.kind in ("frame", "note"):
        return NONE
    outputs = contents[item.id].outputs
    return outputs[0] if len(outputs) == 1 else NONE
