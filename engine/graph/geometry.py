"""Sizes and port places of what is drawn, in scene units.

Layout, projection and painter share them, so that what is laid out without a screen fits on one.
All points are relative to the top-left corner of the item.
"""

from engine.graph.records import Group, Node, Note, Point

Size = tuple[float, float]

LEAF_SIZE: Size = (112.0, 84.0)
OP_SIZE: Size = (92.0, 66.0)
GROUP_SIZE: Size = (224.0, 158.0)
STUB_SIZE: Size = (140.0, 46.0)
MAP_ROOM = 96.0  # what the maps of its neurons add to the height of a folded layer or network
MAP_MARGIN = 13.0
MAPPED_SIZE: Size = (GROUP_SIZE[0], GROUP_SIZE[1] + MAP_ROOM)
FOLDED_SIZES: dict[str, Size] = {
    "neuron": (72.0, 72.0),
    "layer": MAPPED_SIZE,
    "mlp": MAPPED_SIZE,
}
TILES = ("neuron",)  # the templates whose folded groups are too small to show their ports
PADDING = 24.0
TITLE_BAR = 32.0
LABEL_HEIGHT = 20.0
PORT_SPREAD = 0.62
GATE_LINE, GATE_ROW = 106.0, 24.0  # half-way up the ports of a folded group, and between two
FARTHEST = 1e9  # from the origin of the plane, in scene units


def node_size(node: Node) -> Size:
    """Return width and height of a leaf's card or an op's pill."""
    return LEAF_SIZE if node.is_leaf else OP_SIZE


def group_size(group: Group) -> Size:
    """Return width and height of a folded group."""
    return FOLDED_SIZES.get(group.template or "", GROUP_SIZE)


def shows_ports(group: Group) -> bool:
    """Whether a group shows its ports when it is folded."""
    return group.template not in TILES


def map_area(size: Size) -> tuple[float, float, float, float]:
    """Return where on the card of a folded layer or network its maps are: x, y, width, height."""
    height = MAP_ROOM - MAP_MARGIN
    return (MAP_MARGIN, size[1] - MAP_ROOM, size[0] - 2 * MAP_MARGIN, height)


def item_size(record: Node | Group | Note) -> Size:
    """Return width and height of a node, of a folded group or of a note."""
    if isinstance(record, Note):
        return record.size
    return group_size(record) if isinstance(record, Group) else node_size(record)


def group_origin(group: Group) -> Point:
    """Return where the coordinates inside a group begin, in those of its parent.

    Half-way up its card: what is centred around 0 inside is centred on the card when unfolded.
    """
    return (group.position[0] + PADDING, group.position[1] + group_size(group)[1] / 2)


def output_port(size: Size) -> Point:
    """Return where wires start: the middle of the right edge."""
    return (size[0], size[1] / 2)


def input_port(size: Size, index: int, count: int) -> Point:
    """Return where the wire into port `index` of `count` ends, on the left edge."""
    if count <= 1:
        return (0.0, size[1] / 2)
    spread = size[1] * PORT_SPREAD
    return (0.0, (size[1] - spread) / 2 + spread * index / (count - 1))


def gate(size: Size, place: int, count: int, *, feeds: bool) -> Point:
    """Return where port `place` of `count` on the left edge (it `feeds`) or right edge is."""
    return (0.0 if feeds else size[0], GATE_LINE + GATE_ROW * (place - (count - 1) / 2))


def on_plane(position: Point) -> Point:
    """Return the nearest point that a document may hold."""
    x, y = (min(max(float(place), -FARTHEST), FARTHEST) for place in position)
    return (x, y)
