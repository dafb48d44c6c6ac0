"""The model that fits some data: as many inputs as features, the outputs and the loss they need.

`new` and the form of the training panel ask; what a document needs to be trained on its data says
`checks`.
"""

from dataclasses import replace

from engine.errors import Refusal
from engine.graph.models import DEMO_TRAINING, STEADY_TRAINING, Model, outputs, suiting
from engine.train.samples import load_samples


def fitted(model: Model) -> Model | Refusal:
    """Return a model that fits its data, as little changed as can be, or why there are no data.

    The hidden layers stay. The loss stays if it can be computed from such data, the last layer
    becomes as wide as it needs. The demo's training stays where it is known to work: for two
    classes.
    """
    samples = load_samples(model.data, model.seeds)
    if samples is None or isinstance(samples, Refusal):
        return model if samples is None else samples
    classes, features = samples.classes, samples.inputs.shape[1]
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
