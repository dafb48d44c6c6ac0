"""The model that fits some data: as many inputs as features, the outputs and the loss they need.

`new` and the form of the training panel ask; what a document needs to be trained on its data says
`checks`.
"""

from collections.abc import Iterable
from dataclasses import replace
from gettext import gettext as _

from engine.errors import Refusal
from engine.graph.document import Document
from engine.graph.models import DEMO_TRAINING, STEADY_TRAINING, Model, outputs, suiting
from engine.graph.records import Node
from engine.train.samples import Samples, load_samples


def fitted(model: Model, samples: Samples | None = None) -> Model | Refusal:
    """Return a model that fits its data, as little changed as can be, or why there are no data.

    The hidden layers stay. The loss stays if it can be computed from such data, the last layer
    becomes as wide as it needs. The demo's training stays where it is known to work: for two
    classes. `samples` are those of its data, loaded if they are not given.
    """
    loaded = samples or load_samples(model.data, model.seeds)
    if loaded is None or isinstance(loaded, Refusal):
        return model if loaded is None else loaded
    classes, features = loaded.classes, loaded.inputs.shape[1]
    suited = suiting(classes)
    loss = model.loss if model.loss in suited else suited[0]
    layers = (*model.layers[:-1], outputs(loss, classes))
    training = model.training
    if training == DEMO_TRAINING and classes != 2:
        training = STEADY_TRAINING
    return replace(
        model,
        layers=layers,
        loss=loss,
        training=training,
        classes=classes,
        features=features,
    )


def fits(document: Document, samples: Samples) -> bool:
    """Whether the features and targets of a document are as many, and read, as its data need."""
    leaves = [node for node in document.nodes() if node.is_leaf]
    features = {node.index for node in leaves if node.role == "feature"}
    targets = [node for node in leaves if node.role == "target"]
    if features != set(range(samples.inputs.shape[1])) or not targets:
        return False
    if not samples.classes:
        return all(node.encoding == "number" for node in targets)
    if any(node.encoding == "one-hot" for node in targets):
        return len({node.index for node in targets}) == samples.classes
    return samples.classes == 2


def remark(leaves: Iterable[Node], document: Document, samples: Samples | None) -> str:
    """Say where features and targets fit the data and yet miss something, "" if nowhere."""
    used = {node.index for node in leaves if node.role == "feature"}
    if samples is None or not used:
        return ""
    count = samples.inputs.shape[1]
    if len(used) < count:
        return _("The model looks at {used} of {count} features.").format(
            used=len(used), count=count
        )
    if samples.classes and document.link == "number" and document.marked("prediction"):
        return _("The model predicts a number, and the data have {count} classes.").format(
            count=samples.classes
        )
    return ""
