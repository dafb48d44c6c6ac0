"""Templates of a person's own: any group, saved under a name, to be added again and again.

What it holds is an excerpt, as when it is copied: numbers, colours, notes and folds are kept.  The
window keeps them in files and offers them in its palette beside the templates of the table.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from gettext import gettext as _
from typing import Literal

from engine.errors import Refusal
from engine.graph.clipboard import SINGLE_MARKS, Excerpt, excerpt, put
from engine.graph.document import Document
from engine.graph.edits import Edit
from engine.graph.geometry import LEAF_SIZE
from engine.graph.networks import COLUMN, ROW
from engine.graph.notes import with_content
from engine.graph.projection import project
from engine.graph.records import Node, Point
from engine.graph.templates import with_leaves
from engine.graph.verbs import after, group

InputKind = Literal["", "feature", "target", "prediction"]
INPUT_KINDS: tuple[InputKind, ...] = ("", "feature", "target", "prediction")
LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Input:
    """What fed an input when the group was saved, so that the like can feed it again.

    `index` is the k of feature k, of target k, or of the kth prediction; `label` and `encoding`
    are those of the leaf.
    """

    kind: InputKind = ""
    index: int = 0
    label: str = ""
    encoding: str = "number"


@dataclass(frozen=True, slots=True)
class OwnTemplate:
    """A saved group: `key` tells it from the others, `inputs` belong to the excerpt's sources."""

    key: str
    name: str
    piece: Excerpt
    inputs: tuple[Input, ...] = ()

    @property
    def outputs(self) -> int:
        """How many of its nodes feed nothing in it, leaves not counted."""
        feeding = {source for source, _target, _port in self.piece.fragment.edges}
        return sum(
            not node.is_leaf and node.id not in feeding for node in self.piece.fragment.nodes
        )

    @property
    def finds_its_inputs(self) -> bool:
        """Whether a document says what all of its inputs are fed by."""
        return all(one.kind for one in self.inputs)


def check_name(name: str) -> Refusal | None:
    """Return why a template cannot be called so."""
    if not name.strip() or not name.isprintable():
        return Refusal(_("A template needs a name"), "", _("Type one, such as my neuron"))
    if len(name) > LONGEST_NAME:
        return Refusal(_("A template's name has at most {most} letters").format(most=LONGEST_NAME))
    return None


def own_template(
    document: Document, ids: Iterable[int], folded: Iterable[int], key: str, name: str
) -> OwnTemplate | Refusal:
    """Make a template of a group, or of anything that could be put into one, named so."""
    refusal = check_name(name)
    if refusal is not None:
        return refusal
    chosen = sorted(with_content(document, ids))
    if len(chosen) != 1 or chosen[0] not in document.groups:
        grouped = group(document, chosen, name)
        if isinstance(grouped, Refusal):
            return grouped
        chosen, document = [document.next_id], after(document, grouped)
    folded = frozenset(folded)
    piece = excerpt(document, chosen, project(document, folded), folded)
    if isinstance(piece, Refusal):
        return piece
    inputs = tuple(_input(document, source) for source in piece.sources)
    numbered = tuple(range(1, len(inputs) + 1))
    piece = replace(piece, sources=numbered, origin="", parent=None, place=(0.0, 0.0))
    return OwnTemplate(key, name, piece, inputs)


def insert_own(
    document: Document,
    template: OwnTemplate,
    centre: Point,
    given: Sequence[int] = (),
    group: int | None = None,
) -> Edit | Refusal:
    """Insert a saved group with its middle at a point of a group.

    Its first inputs are fed by what is given, the others by what the document has of the kind that
    fed them; features and targets that are missing are made.
    """
    rest = zip(template.inputs[len(given) :], range(len(given), len(template.inputs)), strict=True)
    found = {k: _found(document, one, given) for one, k in rest}
    x, y = template.piece.box[:2]
    leaves: dict[int, Node] = {}
    for k, node in found.items():
        one = template.inputs[k]
        if node is None and one.kind in ("feature", "target"):
            middle = y + template.piece.box[3] / 2 - LEAF_SIZE[1] / 2
            leaves[-k - 1] = Node(
                0,
                label=one.label,
                role="feature" if one.kind == "feature" else "target",
                index=one.index,
                encoding=one.encoding,
                value=1.0,
                position=(x - COLUMN, middle + (len(leaves) + (0.5 - len(found) / 2)) * ROW),
            )
    inputs = [*given, *(found[k] for k in sorted(found))]
    once = SINGLE_MARKS | {"prediction"}
    title = _("Add {title}").format(title=template.name)
    fragment = with_leaves(template.piece.fragment, leaves)
    place = template.piece.centred(centre)
    return put(document, fragment, place, group, inputs, title, once)


def _input(document: Document, source: int) -> Input:
    node = document.node(source)
    if node.is_leaf and node.role in ("feature", "target"):
        kind: InputKind = "feature" if node.role == "feature" else "target"
        return Input(kind, node.index, node.label, node.encoding)
    if "prediction" in node.marks:
        return Input("prediction", document.marked("prediction").index(source), node.label)
    return Input("", 0, node.label)


def _found(document: Document, one: Input, given: Sequence[int]) -> int | None:
    """Return the node of a document that feeds such an input, if it does not feed one already."""
    if one.kind == "prediction":
        nodes = document.marked("prediction")[one.index : one.index + 1]
    else:
        leaves = [node for node in document.nodes() if node.is_leaf and node.role == one.kind]
        nodes = [node.id for node in leaves if node.index == one.index]
    return next((node for node in nodes if node not in given), None)
