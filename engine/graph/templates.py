"""Templates: named pieces of scalar graph, from one neuron to a whole network, and the losses.

A template writes ordinary nodes in ordinary groups; nothing remembers that it was there but the
slots on the nodes and the name and arguments on the group.  One record a template; palette,
command line and dialogs read the table.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from gettext import gettext as _
from random import Random
from types import MappingProxyType
from typing import Any

from engine.errors import Refusal
from engine.graph import losses, networks
from engine.graph.arguments import (
    ACTIVATION,
    ACTIVATIONS,
    INIT,
    INPUTS,
    LAYERS,
    UNITS,
    Argument,
    defaults,
)
from engine.graph.document import Document
from engine.graph.edits import Edit
from engine.graph.fragment import Fragment, Sketch, insert_fragment
from engine.graph.geometry import FOLDED_SIZES, GROUP_SIZE, LEAF_SIZE
from engine.graph.initialise import weight_stream
from engine.graph.networks import COLUMN, ROW
from engine.graph.records import Group, Node, Point

MOST_SCALARS = 300_000

Build = Callable[[Sketch, Mapping[str, Any], Sequence[int], Random], None]


@dataclass(frozen=True, slots=True)
class Template:
    """How to build one kind of group.

    `build` gets a sketch, the arguments, the sources of the inputs and the stream of weights.
    `inputs` is the number of inputs, None where the arguments or the wires decide.  `folds` tells
    whether the group is shown folded at first.
    """

    key: str
    title: str
    category: str
    description: str
    arguments: tuple[Argument, ...]
    build: Build
    inputs: int | None = None
    folds: bool = True


_TABLE = (
    Template(
        "neuron",
        _("neuron"),
        "networks",
        _("A weighted sum of its inputs plus a bias, squashed by an activation"),
        (INPUTS, ACTIVATION, INIT),
        networks.build_neuron,
    ),
    Template(
        "layer",
        _("layer"),
        "networks",
        _("Neurons side by side that all see the same inputs"),
        (INPUTS, UNITS, ACTIVATION, INIT),
        networks.build_layer,
        folds=False,
    ),
    Template(
        "mlp",
        _("MLP"),
        "networks",
        _("Layers one behind the other, the last one linear"),
        (INPUTS, LAYERS, ACTIVATIONS, INIT),
        networks.build_mlp,
        folds=False,
    ),
    Template(
        "squared_error",
        _("squared error"),
        "losses",
        _("The square of prediction minus target"),
        (),
        losses.squared_error,
        inputs=2,
    ),
    Template(
        "hinge",
        _("hinge"),
        "losses",
        _("How far a score is from the right side of its margin; targets are -1 and 1"),
        (),
        losses.hinge,
        inputs=2,
    ),
    Template(
        "cross_entropy",
        _("cross-entropy"),
        "losses",
        _("Minus the log-probability of the right class; targets are -1 and 1"),
        (),
        losses.cross_entropy,
        inputs=2,
    ),
)
TEMPLATES: Mapping[str, Template] = MappingProxyType({t.key: t for t in _TABLE})


def folds(group: Group) -> bool:
    """Whether a newly made group is shown folded."""
    template = TEMPLATES.get(group.template or "")
    return template is not None and template.folds


def complete(group: Group) -> dict[str, Any]:
    """Return the arguments of a template's group, with the default of what it does not say."""
    template = TEMPLATES.get(group.template or "")
    known = template.arguments if template is not None else ()
    return dict(defaults(known)) | dict(group.arguments)


def build(
    key: str, arguments: Mapping[str, Any], inputs: int, stream: Random
) -> Fragment | Refusal:
    """Build a template for a number of inputs, or say what is wrong with its arguments."""
    template = TEMPLATES.get(key)
    if template is None:
        return Refusal(_("There is no template {key!r}").format(key=key))
    given = dict(defaults(template.arguments)) | dict(arguments)
    refusal = check(template, given, inputs)
    if refusal is not None:
        return refusal
    sketch = Sketch()
    template.build(sketch, given, [-k - 1 for k in range(inputs)], stream)
    return sketch.finish()


def check(template: Template, given: Mapping[str, Any], inputs: int) -> Refusal | None:
    """Return why a template cannot be built with these arguments, None if it can."""
    for argument in template.arguments:
        value = inputs if argument.kind == "inputs" else given[argument.key]
        refusal = argument.check(value)
        if refusal is not None:
            return refusal
    widths, words = given.get("layers", ()), given.get("activation", "")
    if not isinstance(words, str) and len(words) != len(widths):
        return Refusal(
            _("There are {layers} layers and {words} activations").format(
                layers=len(widths), words=len(words)
            ),
            "",
            _("Give one for each layer, or one for all"),
        )
    size, total = inputs, 0
    for width in widths or (given.get("units", 1),):
        total, size = total + width * (2 * size + 3), width
    if total > MOST_SCALARS:
        return Refusal(_("That would be more than {most:,} scalars").format(most=MOST_SCALARS))
    return None


def insert_template(
    document: Document,
    key: str,
    arguments: Mapping[str, Any],
    position: Point,
    inputs: Sequence[int] | None = None,
    group: int | None = None,
) -> Edit | Refusal:
    """Insert a template, wired to `inputs`.

    Without `inputs` a network is fed by the document's features, which are made if there are
    none; a loss is fed by the prediction and the target, as far as there are any, and takes from
    there what `inputs` lack.
    """
    template = TEMPLATES.get(key)
    if template is None:
        return Refusal(_("There is no template {key!r}").format(key=key))
    stream = weight_stream(document.seeds.init, document)
    if template.category == "losses":
        given = tuple(inputs or ())
        sources: list[int | None] = [*given, *_loss_inputs(document)[len(given) :]]
    else:
        sources = list(inputs if inputs is not None else _features(document))
    middle = FOLDED_SIZES.get(key, GROUP_SIZE)[1] / 2
    made = [] if sources else _new_features(arguments.get("inputs", 2), middle)
    built = build(key, arguments, len(sources) or len(made), stream)
    if isinstance(built, Refusal):
        return built
    if made:
        built, sources = _with_leaves(built, made), []
    edit = insert_fragment(
        document, built, _("Add {title}").format(title=template.title), position, group, sources
    )
    return _one_loss(document, edit)


def _features(document: Document) -> list[int]:
    features = [node for node in document.nodes() if node.is_leaf and node.role == "feature"]
    return [node.id for node in sorted(features, key=lambda node: (node.index, node.id))]


def _loss_inputs(document: Document) -> tuple[int | None, int | None]:
    targets = [node.id for node in document.nodes() if node.is_leaf and node.role == "target"]
    predictions = document.marked("prediction")
    return (predictions[0] if predictions else None, targets[0] if targets else None)


def _new_features(count: int, middle: float) -> list[Node]:
    top = middle - ((count - 1) * ROW + LEAF_SIZE[1]) / 2
    return [
        Node(
            -k - 1,
            label=f"x{k + 1}",
            role="feature",
            index=k,
            value=1.0,
            position=(-COLUMN, top + k * ROW),
        )
        for k in range(count)
    ]


def _with_leaves(fragment: Fragment, leaves: Sequence[Node]) -> Fragment:
    """Give a fragment the leaves that feed it as nodes of its own."""
    taken = [node.id for node in fragment.nodes] + [group.id for group in fragment.groups]
    first = max(taken, default=0) + 1
    local = {leaf.id: first + k for k, leaf in enumerate(leaves)}
    nodes = tuple(replace(leaf, id=local[leaf.id]) for leaf in leaves)
    edges = tuple(
        (local.get(source, source), target, port) for source, target, port in fragment.edges
    )
    return Fragment((*fragment.nodes, *nodes), edges, fragment.groups)


def _one_loss(document: Document, edit: Edit) -> Edit:
    """A document that has a loss keeps it: what is inserted then goes without the mark."""
    if not document.marked("loss"):
        return edit
    changes = tuple(
        replace(c, after=replace(c.after, marks=()))
        if c.kind == "node" and c.after.marks == ("loss",)
        else c
        for c in edit.changes
    )
    return replace(edit, changes=changes)
