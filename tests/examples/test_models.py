"""The bundled networks learn what they promise, by the settings that they are stored with."""

import pytest

import resources
from engine.errors import accept
from engine.files import read
from engine.graph.document import Document
from engine.train.snapshot import Snapshot
from engine.train.trainer import Trainer
from tests.examples.models import CLASSES_STEPS, SINE_STEPS, SPIRAL_STEPS


def trained(name: str, steps: int) -> Snapshot:
    """Train a bundled example."""
    document = read(resources.read_bytes(f"examples/{name}.mgp"))
    assert isinstance(document, Document), str(document)
    return accept(Trainer.build(document, record_every=steps)).advance(steps)


def test_the_spiral_is_solved() -> None:
    snapshot = trained("spiral", SPIRAL_STEPS)
    assert snapshot.test_loss < 0.02
    assert snapshot.test_accuracy >= 0.99


def test_three_classes_are_told_apart_on_points_that_were_not_learned_from() -> None:
    assert trained("three-classes", CLASSES_STEPS).test_accuracy > 0.95


def test_the_curve_is_told_but_for_its_noise() -> None:
    snapshot = trained("sine", SINE_STEPS)
    assert snapshot.test_r2 > 0.95
    assert snapshot.test_loss == pytest.approx(0.1**2, rel=0.5)
