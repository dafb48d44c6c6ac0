"""A document made of a link learns as TensorFlow Playground does: its losses are the same."""

import json
from typing import Any

import numpy as np
import pytest

from engine.errors import accept
from engine.exchange.links import link_document, read_link
from engine.graph.document import Document
from engine.graph.initialise import initial_parameters
from engine.train.samples import load_samples
from engine.train.trainer import Trainer
from tests.peers.freeze import ORIGINAL
from tests.peers.links import CASES, address
from tests.peers.original import EPOCHS, Original, curve

SHORT = 3


@pytest.fixture(scope="module")
def frozen() -> dict[str, Any]:
    """The losses that the second program found, by the name of the link."""
    return json.loads(ORIGINAL.read_text("utf-8"))


def opened(name: str) -> Document:
    """Open a link."""
    return accept(link_document(accept(read_link(address(CASES[name])))))


def learned(document: Document, epochs: int, runner: str) -> list[tuple[float, ...]]:
    """Return the losses of a document over so many epochs, train and test."""
    trainer = accept(Trainer.build(document, runner=runner))
    trainer.history.every = trainer.batches.in_epoch
    trainer.advance(epochs * trainer.batches.in_epoch)
    history = trainer.history
    return [tuple(history.train_loss), tuple(history.test_loss)]


@pytest.mark.parametrize("name", CASES)
def test_the_second_program_is_the_one_that_was_frozen(name: str, frozen: dict[str, Any]) -> None:
    assert frozen.keys() == CASES.keys()
    found = curve(CASES[name], SHORT)
    for part, kept in zip(found, frozen[name], strict=True):
        assert part == pytest.approx(kept[: SHORT + 1], abs=1e-12)
        assert len(kept) == EPOCHS + 1


@pytest.mark.parametrize("name", CASES)
def test_points_split_and_first_weights_are_the_originals(name: str) -> None:
    original, document = Original(CASES[name]), opened(name)
    samples = accept(load_samples(document.data, document.seeds))
    assert samples is not None
    assert (samples.train.stop, samples.tests) == (len(original.train), len(original.test))
    points = np.array(original.train + original.test)
    np.testing.assert_allclose(samples.inputs, points[:, :2], rtol=0, atol=1e-13)
    np.testing.assert_allclose(samples.labels, points[:, 2], rtol=0, atol=1e-13)
    parameters = [node.value for node in document.nodes() if node.role == "parameter"]
    units = [unit for layer in original.layers for unit in layer]
    assert parameters == [
        number for unit in units for number in (*(w.weight for w in unit.wires), unit.bias)
    ]


@pytest.mark.parametrize("name", CASES)
def test_drawing_the_weights_of_a_link_again_gives_the_same(name: str) -> None:
    assert initial_parameters(opened(name)).is_empty


@pytest.mark.parametrize("name", CASES)
@pytest.mark.usefixtures("kernels")
def test_the_losses_of_200_epochs_are_the_originals(name: str, frozen: dict[str, Any]) -> None:
    found = learned(opened(name), EPOCHS, "numba")
    np.testing.assert_allclose(found, frozen[name], rtol=0, atol=1e-9)


@pytest.mark.parametrize("name", CASES)
def test_numpy_learns_the_same(name: str, frozen: dict[str, Any]) -> None:
    found = learned(opened(name), 10, "numpy")
    np.testing.assert_allclose(found, [part[:11] for part in frozen[name]], rtol=0, atol=1e-9)
