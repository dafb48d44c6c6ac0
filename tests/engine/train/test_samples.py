"""Samples follow from settings and seeds, and a share of them is kept from training."""

import numpy as np
import pytest

from engine.errors import Refusal, accept
from engine.graph.records import DataSettings, Seeds
from engine.train.samples import Samples, load_samples


def loaded(**settings: object) -> Samples:
    """Load moons with other settings."""
    samples = accept(load_samples(DataSettings("moons", **settings), Seeds()))
    assert samples is not None
    return samples


def test_without_a_generator_there_are_no_samples() -> None:
    assert load_samples(DataSettings(), Seeds()) is None


@pytest.mark.parametrize(
    ("share", "tests"), [(0.0, 0), (0.25, 25), (0.333, 33), (0.9, 90), (0.999, 99)]
)
def test_the_share_says_how_many_samples_are_kept_for_the_test(share: float, tests: int) -> None:
    samples = loaded(test_share=share)
    assert samples.tests == tests
    assert len(samples.inputs[samples.train]) == 100 - tests
    assert len(samples.inputs[samples.test]) == tests


def test_splitting_moves_no_sample() -> None:
    np.testing.assert_array_equal(loaded(test_share=0.5).inputs, loaded().inputs)
    assert loaded().targets.shape == (100, 1)
    np.testing.assert_array_equal(loaded().labels, loaded().targets[:, 0])


def test_samples_are_drawn_once_for_all_that_ask_and_anew_for_other_settings() -> None:
    data = DataSettings("moons")
    drawn = load_samples(data, Seeds(data=1, init=2))
    assert load_samples(data, Seeds(data=1, init=3)) is drawn  # weights are no business of data
    others = accept(load_samples(data, Seeds(data=2, init=2)))
    assert (others.inputs != drawn.inputs).any()
    assert (loaded(noise=0.5).inputs != loaded().inputs).any()


def test_samples_cannot_be_written_to() -> None:
    with pytest.raises(ValueError, match="read-only"):
        loaded().inputs[0, 0] = 1.0
    with pytest.raises(ValueError, match="read-only"):
        loaded().labels[0] = 1.0


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        (DataSettings("moon"), "There is no data set 'moon'. Did you mean 'moons'."),
        (DataSettings("rocks"), "There is no data set 'rocks'. Choose one of moons, circle, xor,"),
        (DataSettings("moons", samples=1), "The number of samples lies between 2 and 5,000"),
        (DataSettings("moons", test_share=1.0), "The share of test points lies between 0 and 1."),
    ],
)
def test_settings_that_make_no_sense_are_refused_in_words(
    settings: DataSettings, words: str
) -> None:
    refusal = load_samples(settings, Seeds())
    assert isinstance(refusal, Refusal)
    assert str(refusal).startswith(words)
