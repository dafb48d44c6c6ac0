"""Templates: named pieces of scalar graph, from one neuron to a whole network, and the losses.

A template writes ordinary nodes in ordinary groups; nothing remembers that it was there but the
slots on the nodes and the name and arguments on the group.  One record a template; palette,
command line and dialogs read the table.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from gettext import gettext as _
from itertools import pairwise
from random import Random
from types import MappingProxyType
from typing import Any

from engine.errors import Refusal
from engine.graph import features, feeding, losses, networks, penalties
from engine.graph.arguments import (
    ACTIVATION,
    ACTIVATIONS,
    CLASSES,
    FEATURES,
    INIT,
    INPUTS,
    LAYERS,
    STRENGTH,
    UNITS,
    Argument,
    defaults,
)
from engine.graph.document import Document, Record
from engine.graph.edits import Edit, squash
from engine.graph.feeding import Find
from engine.graph.fragment import Fragment, Sketch, insert_fragment
from engine.graph.geometry import FOLDED_SIZES, GROUP_SIZE
from engine.graph.initialise import weight_stream
from engine.graph.records import Group, Node, Point

MOST_SCALARS = 300_000

Build = Callable[[Sketch, Mapping[str, Any], Sequence[int], Random], None]


@dataclass(frozen=True, slots=True)
class Template:
    """How to build one kind of group.

    `build` gets a sketch, the arguments, the sources of the inputs and the stream of weights.
    `feed` finds these sources in a document.  `inputs` is the number of inputs, None where the
    arguments or the wires decide.  `folds` tells whether the group is shown folded at first.
    `symbol` is a shorter name, where the title is too long for a tile.  A loss that a network can
    be trained with says as what it reads the prediction, `link`, and the target, `encoding`;
    `numeric` tells that the target may be any number instead.
    """

    key: str
    title: str
    category: str
    description: str
    arguments: tuple[Argument, ...]
    build: Build
    feed: Find = feeding.features
    inputs: int | None = None
    folds: bool = True
    symbol: str = ""
    link: str = ""
    encoding: str = ""
    numeric: bool = False


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
        "features",
        _("features"),
        "networks",
        _("What is made of x1 and x2 beforehand: squares, the product and sines"),
        (FEATURES,),
        features.build_features,
        feeding.plane,
        inputs=2,
    ),
    Template(
        "squared_error",
        _("squared error"),
        "losses",
        _("The square of prediction minus target"),
        (),
        losses.squared_error,
        feeding.scored,
        inputs=2,
        link="score",
        encoding="signed",
        numeric=True,
    ),
    Template(
        "half_squared_error",
        _("half squared error"),
        "losses",
        _("Half the square of prediction minus target, as TensorFlow Playground has it"),
        (),
        losses.half_squared_error,
        feeding.scored,
        inputs=2,
        symbol=_("½ squared error"),
        link="score",
        encoding="signed",
        numeric=True,
    ),
    Template(
        "hinge",
        _("hinge"),
        "losses",
        _("How far a score is from the right side of its margin; targets are -1 and 1"),
        (),
        losses.hinge,
        feeding.scored,
        inputs=2,
        link="score",
        encoding="signed",
    ),
    Template(
        "cross_entropy",
        _("cross-entropy"),
        "losses",
        _("Minus the log-probability of the right class; targets are -1 and 1"),
        (),
        losses.cross_entropy,
        feeding.scored,
        inputs=2,
        link="logit",
        encoding="signed",
    ),
    Template(
        "softmax_cross_entropy",
        _("softmax cross-entropy"),
        "losses",
        _("Minus the log-probability of the right one of several classes; targets are one-hot"),
        (CLASSES,),
        losses.softmax_cross_entropy,
        feeding.classes,
        symbol=_("softmax loss"),
        link="class scores",
        encoding="one-hot",
    ),
    Template(
        "l1_penalty",
        _("L1 penalty"),
        "losses",
        _("Strength times the sum of |p|, over the selected parameters or else over all of them"),
        (STRENGTH,),
        penalties.build_l1,
        feeding.parameters,
    ),
    Template(
        "l2_penalty",
        _("L2 penalty"),
        "losses",
        _("Strength times the sum of p², over the selected parameters or else over all of them"),
        (STRENGTH,),
        penalties.build_l2,
        feeding.parameters,
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
    scalars = sum(units * (2 * size + 3) for size, units in _layers(given, inputs))
    if scalars > MOST_SCALARS:
        return Refusal(_("That would be more than {most:,} scalars").format(most=MOST_SCALARS))
    return None


def count_parameters(template: Template, given: Mapping[str, Any], inputs: int) -> int:
    """Return how many parameters a template has once it is built, without building it."""
    if not any(argument.kind == "inputs" for argument in template.arguments):
        return 0  # only what has weights is as wide as it is wired
    return sum(units * (size + 1) for size, units in _layers(given, inputs))


def _layers(given: Mapping[str, Any], inputs: int) -> Iterator[tuple[int, int]]:
    """Yield the inputs and the units of each layer; a neuron is one of one unit."""
    return pairwise((inputs, *(given.get("layers") or (given.get("units", 1),))))


def insert_template(
    document: Document,
    key: str,
    arguments: Mapping[str, Any],
    position: Point,
    inputs: Sequence[int] | None = None,
    group: int | None = None,
    selected: Iterable[int] = (),
) -> Edit | Refusal:
    """Insert a template, wired to `inputs`; what these lack its `feed` finds in the document.

    That may make leaves, as the features of a network where there are none, and may ask what is
    `selected`, as a penalty does.
    """
    template = TEMPLATES.get(key)
    if template is None:
        return Refusal(_("There is no template {key!r}").format(key=key))
    feed = template.feed(document, arguments, tuple(inputs or ()), selected)
    if isinstance(feed, Refusal):
        return feed
    stream = weight_stream(document.seeds.init, document)
    built = build(key, arguments, len(feed.sources), stream)
    if isinstance(built, Refusal):
        return built
    middle = FOLDED_SIZES.get(key, GROUP_SIZE)[1] / 2
    leaves = {
        -k - 1: replace(source, position=(source.position[0], source.position[1] + middle))
        for k, source in enumerate(feed.sources)
        if isinstance(source, Node)
    }
    sources = [source if isinstance(source, int) else None for source in feed.sources]
    title = _("Add {title}").format(title=template.title)
    edit = insert_fragment(document, with_leaves(built, leaves), title, position, group, sources)
    edit = _one_loss(document, edit)
    return replace(edit, changes=squash((*edit.changes, *feed.changes)))


def with_leaves(fragment: Fragment, leaves: Mapping[int, Node]) -> Fragment:
    """Give a fragment leaves of its own for some of its inputs -1, -2, ..."""
    parts: tuple[tuple[Record, ...], ...] = (fragment.nodes, fragment.groups, fragment.notes)
    first = max((record.id for part in parts for record in part), default=0) + 1
    local = {source: first + k for k, source in enumerate(leaves)}
    nodes = tuple(replace(leaf, id=local[source]) for source, leaf in leaves.items())
    edges = tuple(
        (local.get(source, source), target, port) for source, target, port in fragment.edges
    )
    return replace(fragment, nodes=(*fragment.nodes, *nodes), edges=edges)


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
