"""A whole task at once: features, target, network, loss, data and training settings, as one edit.

"Train moons" and the command line's `new` are this.  With the defaults it is the demo notebook of
micrograd: its data, its weights, its loss, its schedule.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from gettext import gettext as _
from types import MappingProxyType
from typing import Any

from engine.errors import Refusal, accept
from engine.graph.additions import results
from engine.graph.arguments import CLASSES, FEATURES
from engine.graph.document import Document
from engine.graph.edits import Change, Edit
from engine.graph.features import STEP
from engine.graph.feeding import AXES
from engine.graph.fragment import Sketch, insert_fragment
from engine.graph.geometry import FOLDED_SIZES, GROUP_SIZE, LEAF_SIZE
from engine.graph.initialise import weight_stream
from engine.graph.networks import COLUMN, ROW
from engine.graph.properties import check_setting
from engine.graph.records import DataSettings, Point, Seeds, TrainingSettings, View
from engine.graph.schemes import MICROGRAD
from engine.graph.templates import TEMPLATES, Template, build, folds
from engine.graph.verbs import joined

# The losses a model may have: those that say how a prediction and a target are read.
LOSSES: Mapping[str, Template] = MappingProxyType(
    {key: template for key, template in TEMPLATES.items() if template.link}
)
HINGE = "hinge"  # the demo's
DEMO_TRAINING = TrainingSettings(
    learning_rate=1.0, schedule="linear", end_rate=0.1, schedule_steps=100, l2=1e-4
)
# For what the demo's great steps would throw out of reach: several classes, and numbers.
STEADY_TRAINING = TrainingSettings(optimizer="adam", learning_rate=0.01)


@dataclass(frozen=True, slots=True)
class Model:
    """What to make: an MLP of these layers, trained on this data with this loss.

    The data have so many `features` and `classes`, 0 for numbers to come near to;
    `engine.train.fitting` finds out.  The network sees the features, or what the words of
    `computed` say of x1 and x2, see the template "features".  There may be an `activation` for
    each layer.
    """

    layers: Sequence[int] = (16, 16, 1)
    activation: str | tuple[str, ...] = "relu"
    loss: str = HINGE
    data: DataSettings = field(default_factory=lambda: DataSettings("moons"))
    seeds: Seeds = field(default_factory=Seeds)
    training: TrainingSettings = DEMO_TRAINING
    init: str = MICROGRAD
    features: int = 2
    classes: int = 2
    computed: tuple[str, ...] = ()


def insert_model(
    document: Document, model: Model, position: Point = (0.0, 0.0), title: str = ""
) -> Edit | Refusal:
    """Insert a model and make its data and settings the document's.

    A loss, features, targets and predictions the document has already lose their roles and marks:
    a document is trained on one thing at a time.
    """
    refusal = _check(model)
    if refusal is not None:
        return refusal
    title = title or _("Train on {data}").format(data=model.data.generator or _("a table"))
    twin = document.copy()
    steps: list[Edit | Refusal] = [_retire(document)]
    for make in (_settings, _leaves, _computed, _network, _loss):
        twin.apply(accept(steps[-1]))
        edit = make(twin, model, position)
        steps.append(edit)
        if isinstance(edit, Refusal):
            return edit
    return joined(title, *steps)


def model_document(model: Model) -> Document | Refusal:
    """Return a new document that holds a model, shown with its neurons folded."""
    document = Document()
    edit = insert_model(document, model)
    if isinstance(edit, Refusal):
        return edit
    document.apply(edit)
    folded = frozenset(group.id for group in document.groups.values() if folds(group))
    document.view = View(folded=folded)
    return document


def _check(model: Model) -> Refusal | None:
    if model.loss not in LOSSES:
        names = ", ".join(LOSSES)
        return Refusal(
            _("There is no loss {name!r}").format(name=model.loss),
            "",
            _("Choose one of {names}").format(names=names),
        )
    refusal = _check_outputs(model)
    if refusal is not None:
        return refusal
    settings: dict[str, Any] = {}
    for record in (model.data, model.seeds, model.training):
        settings |= {name: getattr(record, name) for name in record.__slots__}
    for name, value in settings.items():
        refusal = check_setting(name, value)
        if refusal is not None:
            return refusal
    return None


def suiting(classes: int) -> tuple[str, ...]:
    """Return the losses that can be computed from data of so many classes, the usual one first.

    With 0 classes the data are numbers to come near to.
    """
    if not classes:
        return tuple(key for key, loss in LOSSES.items() if loss.numeric)
    if classes > 2:
        return tuple(key for key, loss in LOSSES.items() if loss.inputs is None)
    return (HINGE, *(key for key in LOSSES if key != HINGE))


def outputs(loss: str, classes: int) -> int:
    """Return how many units a network for a loss ends in: one, or one a class."""
    return 1 if LOSSES[loss].inputs is not None else max(classes, int(CLASSES.low))


def _check_outputs(model: Model) -> Refusal | None:
    """Say why the loss does not suit the data, or the last layer does not suit the loss."""
    loss, suited = LOSSES[model.loss], suiting(model.classes)
    if model.loss not in suited:
        why = (
            _("the data have {count} classes").format(count=model.classes)
            if model.classes
            else _("the data are numbers to come near to")
        )
        titles = ", ".join(LOSSES[key].title for key in suited)
        return Refusal(
            _("{loss} cannot be the loss").format(loss=loss.title),
            why,
            _("Choose {losses}").format(losses=titles),
        )
    wanted, last = outputs(model.loss, model.classes), model.layers[-1] if model.layers else 0
    if last == wanted or (loss.inputs is None and last > wanted):  # scores to spare do no harm
        return None
    what = (
        _("With {loss} a network ends in one unit")
        if wanted == 1
        else _("With {loss} a network ends in one unit for each class")
    )
    remedy = _("Write the widths as 16,16,{last}").format(last=wanted)
    return Refusal(what.format(loss=loss.title), "", remedy)


def _retire(document: Document) -> Edit:
    """Take roles and marks off what the document was trained on so far."""
    changes = []
    for node in document.nodes():
        if node.is_leaf and node.role in ("feature", "target"):
            changes.append(Change("node", node.id, "role", node.role, "constant"))
        if node.marks:
            changes.append(Change("node", node.id, "marks", node.marks, ()))
    return Edit("", tuple(changes))


def _settings(document: Document, model: Model, position: Point) -> Edit:
    link = LOSSES[model.loss].link if model.classes else "number"
    wanted = {"data": model.data, "seeds": model.seeds, "training": model.training, "link": link}
    changes = (Change("document", 0, k, getattr(document, k), v) for k, v in wanted.items())
    return Edit("", tuple(change for change in changes if change.before != change.after))


def _labels(model: Model, targets: int) -> tuple[list[str], list[str]]:
    """Return what features and targets are called: as the columns and classes of a table are."""
    data = model.data
    features = [f"x{k + 1}" for k in range(model.features)]
    learnt = ["y"] if targets == 1 else [f"y{k + 1}" for k in range(targets)]
    if data.table is not None:
        named = [data.table.names[k] for k in data.features]
        features = [*named, *features[len(named) :]]
        if data.target is not None and targets == 1:
            learnt = [data.table.names[data.target]]
        elif data.target is not None:
            words = data.table.words[data.target]
            learnt = [*words, *learnt[len(words) :]]
    return features, learnt


def _leaves(document: Document, model: Model, position: Point) -> Edit:
    sketch = Sketch()
    loss = LOSSES[model.loss]
    targets = model.layers[-1] if loss.inputs is None else 1
    features, learnt = _labels(model, targets)
    for k in range(model.features):
        top = (k - model.features / 2) * ROW + (ROW - LEAF_SIZE[1]) / 2
        sketch.value(features[k], 0.0, (0.0, top), role="feature", index=k)
    for k in range(targets):
        sketch.value(
            learnt[k],
            0.0 if k else 1.0,
            (_behind_network(model), (k + 1) * ROW),
            role="target",
            index=k,
            encoding=loss.encoding if model.classes else "number",
        )
    return insert_fragment(document, sketch.finish(), "", position)


def _computed(document: Document, model: Model, position: Point) -> Edit | Refusal:
    """Insert what the network sees beside x1 and x2, if it is to see anything else."""
    if not _computes(model):
        return Edit("")
    built = build("features", {FEATURES.key: model.computed}, len(AXES), weight_stream(0))
    if isinstance(built, Refusal):
        return built
    # Below the wires of x1 and x2 when it is open, which is as high as it holds things.
    rows = sum(word not in AXES for word in model.computed)
    corner = (position[0] + 2 * COLUMN, position[1] + ROW + (rows - 1) * STEP / 2)
    return insert_fragment(document, built, "", corner, None, _axes(document))


def _computes(model: Model) -> bool:
    return not set(model.computed) <= set(AXES)


def _axes(document: Document) -> list[int]:
    return [node.id for node in document.nodes() if node.role == "feature"]


def _seen(document: Document, model: Model) -> list[int]:
    """Return what the network sees, in order."""
    axes = _axes(document)
    if not model.computed:
        return axes
    there = dict(zip(AXES, axes, strict=False))
    made = {node.slot[0]: node.id for node in document.nodes() if node.slot}
    return [there[word] if word in there else made[word] for word in model.computed]


def _network(document: Document, model: Model, position: Point) -> Edit | Refusal:
    features = _seen(document, model)
    arguments = {
        "layers": tuple(model.layers),
        "activation": model.activation,
        "init": model.init,
    }
    built = build("mlp", arguments, len(features), weight_stream(model.seeds.init))
    if isinstance(built, Refusal):
        return built
    corner = (position[0] + _before_network(model), position[1] - FOLDED_SIZES["mlp"][1] / 2)
    edit = insert_fragment(document, built, "", corner, None, features)
    # What the network computes last is its prediction.
    scores = results(edit)
    called = {
        node: "score" if len(scores) == 1 else f"score{k + 1}" for k, node in enumerate(scores)
    }
    return replace(
        edit,
        changes=tuple(
            replace(c, after=replace(c.after, marks=("prediction",), label=called[c.id]))
            if c.kind == "node" and c.id in called
            else c
            for c in edit.changes
        ),
    )


def _loss(document: Document, model: Model, position: Point) -> Edit | Refusal:
    targets = [node.id for node in document.nodes() if node.role == "target"]
    inputs = (*document.marked("prediction"), *targets)
    built = build(model.loss, {}, len(inputs), weight_stream(0))
    if isinstance(built, Refusal):
        return built
    corner = (position[0] + _behind_network(model) + COLUMN, position[1] - GROUP_SIZE[1] / 2)
    return insert_fragment(document, built, "", corner, None, inputs)


def _before_network(model: Model) -> float:
    return 2 * COLUMN + (GROUP_SIZE[0] + COLUMN if _computes(model) else 0.0)


def _behind_network(model: Model) -> float:
    return _before_network(model) + GROUP_SIZE[0] + COLUMN / 2


def loss_names() -> tuple[str, ...]:
    """Return the keys of the losses a model may have."""
    return tuple(LOSSES)
