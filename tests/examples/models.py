"""Networks with the data they learn and the settings by which they do, found by trying.

`tests/make_examples.py` writes them; `test_models.py` trains each as its numbers here promise.
"""

from engine.errors import accept
from engine.graph.document import Document
from engine.graph.models import Model, model_document
from engine.graph.records import DataSettings, Seeds, TrainingSettings
from engine.train.fitting import fitted

SPIRAL_STEPS, CLASSES_STEPS, SINE_STEPS = 800, 500, 400


def spiral() -> Document:
    """Return TF Playground's spiral without noise, half of it kept for the test."""
    return made(
        Model(
            layers=(16, 16, 1),
            activation="tanh",
            init="xavier",
            loss="cross_entropy",
            data=DataSettings("spiral", samples=1000, noise=0.0, test_share=0.5),
            seeds=Seeds(data=1, init=1, shuffle=1),
            training=TrainingSettings(
                optimizer="adam",
                learning_rate=0.03,
                schedule="cosine",
                end_rate=0.001,
                schedule_steps=SPIRAL_STEPS,
                l2=3e-5,
            ),
        )
    )


def three_classes() -> Document:
    """Return the three arms of CS231n's spiral, a score for each."""
    return made(
        Model(
            layers=(8, 8, 3),
            activation="tanh",
            init="xavier",
            data=DataSettings("spiral3", samples=300, noise=0.2, test_share=0.3),
            training=TrainingSettings(optimizer="adam", learning_rate=0.02, l2=1e-4),
        )
    )


def sine() -> Document:
    """Return a sine with some noise, and a network of 13 parameters."""
    return made(
        Model(
            layers=(4, 1),
            activation="tanh",
            data=DataSettings("sine", samples=100, noise=0.1, test_share=0.3),
            training=TrainingSettings(optimizer="adam", learning_rate=0.05),
        )
    )


def made(model: Model) -> Document:
    """Return the document of a model, its outputs and loss as its data need them."""
    return accept(model_document(accept(fitted(model))))
