"""The generated data: each formula against an independent, sample-by-sample telling of it."""

import math

import numpy as np
import pytest

from engine.errors import Refusal, accept
from engine.train.datasets import DATASETS, LARGEST_SEED


def drawn(key: str, samples: int = 100, noise: float = 0.1, seed: int = 1337):
    """Draw a data set that must not be refused."""
    return accept(DATASETS[key].generate(samples, noise, seed))


def test_moons_are_the_points_of_the_demo_notebook() -> None:
    """Frozen when the demo's first loss, which they give with its weights, came out right."""
    inputs, labels = drawn("moons")
    expected = [
        [1.1221146075409685, 0.08147717341718697],
        [-0.8188294130836691, 0.058790063907949996],
        [1.613709660987544, -0.12464590012238597],
    ]
    np.testing.assert_allclose(inputs[:3], expected, rtol=0, atol=1e-14)
    assert labels[:5].tolist() == [-1.0, -1.0, 1.0, -1.0, 1.0]
    assert labels.sum() == 0.0


@pytest.mark.parametrize("samples", [2, 7, 100])
def test_moons_follow_scikit_learns_formula_and_stream(samples: int) -> None:
    stream = np.random.RandomState(5)
    angles = [math.pi * i / max(samples // 2 - 1, 1) for i in range(samples // 2)]
    points = [(math.cos(a), math.sin(a), -1.0) for a in angles]
    lower = samples - samples // 2
    angles = [math.pi * i / max(lower - 1, 1) for i in range(lower)]
    points += [(1 - math.cos(a), 1 - math.sin(a) - 0.5, 1.0) for a in angles]
    order = np.arange(samples)
    stream.shuffle(order)
    rows = [points[i] for i in order]
    expected = [
        [x + stream.normal(scale=0.3), y + stream.normal(scale=0.3)] for x, y, _label in rows
    ]
    inputs, labels = drawn("moons", samples, 0.3, 5)
    np.testing.assert_allclose(inputs, expected, rtol=0, atol=1e-14)
    assert labels.tolist() == [label for _x, _y, label in rows]


@pytest.mark.parametrize("noise", [0.0, 0.4])
def test_circle_follows_the_formula_of_tensorflow_playground(noise: float) -> None:
    stream = np.random.RandomState(3)
    rows = []
    for i in range(9):
        radius = stream.uniform(0, 2.5) if i < 5 else stream.uniform(3.5, 5)
        angle = stream.uniform(0, 2 * math.pi)
        x, y = radius * math.sin(angle), radius * math.cos(angle)
        far = math.dist(
            (x + stream.uniform(-5, 5) * noise, y + stream.uniform(-5, 5) * noise), (0, 0)
        )
        rows.append((x, y, 1.0 if far < 2.5 else -1.0))
    order = stream.permutation(9)
    inputs, labels = drawn("circle", 9, noise, 3)
    expected = np.array(rows)[order]
    np.testing.assert_allclose(inputs, expected[:, :2], rtol=0, atol=1e-12)
    assert labels.tolist() == expected[:, 2].tolist()


@pytest.mark.parametrize("noise", [0.0, 0.4])
def test_xor_follows_the_formula_of_tensorflow_playground(noise: float) -> None:
    stream = np.random.RandomState(3)
    rows = []
    for _sample in range(30):
        x, y = stream.uniform(-5, 5), stream.uniform(-5, 5)
        x += 0.3 if x > 0 else -0.3
        y += 0.3 if y > 0 else -0.3
        judged = (x + stream.uniform(-5, 5) * noise) * (y + stream.uniform(-5, 5) * noise)
        rows.append((x, y, 1.0 if judged >= 0 else -1.0))
    order = stream.permutation(30)
    inputs, labels = drawn("xor", 30, noise, 3)
    expected = np.array(rows)[order]
    np.testing.assert_allclose(inputs, expected[:, :2], rtol=0, atol=1e-12)
    assert labels.tolist() == expected[:, 2].tolist()


@pytest.mark.parametrize("key", DATASETS)
def test_a_seed_is_one_data_set_and_another_seed_another(key: str) -> None:
    np.testing.assert_array_equal(drawn(key)[0], drawn(key)[0])
    assert not np.array_equal(drawn(key)[0], drawn(key, seed=7)[0])


@pytest.mark.parametrize("key", DATASETS)
def test_drawing_leaves_the_global_stream_alone(key: str) -> None:
    before = np.random.get_state()[1].copy()  # noqa: NPY002 - the global stream is the subject
    drawn(key)
    assert np.array_equal(before, np.random.get_state()[1])  # noqa: NPY002


@pytest.mark.parametrize("key", DATASETS)
@pytest.mark.parametrize(
    ("samples", "noise", "seed", "words"),
    [
        (1, 0.1, 0, "The number of samples lies between 2 and 5,000"),
        (5001, 0.1, 0, "The number of samples lies between 2 and 5,000: it is 5001"),
        (100, -0.1, 0, "The noise lies between 0.0 and 1.0"),
        (100, math.nan, 0, "The noise lies between 0.0 and 1.0: it is nan"),
        (100, 0.1, -1, "The data seed lies between 0 and"),
        (100, 0.1, LARGEST_SEED + 1, "The data seed lies between 0 and 4,294,967,295"),
    ],
)
def test_what_is_out_of_range_is_refused_in_words(
    key: str, samples: int, noise: float, seed: int, words: str
) -> None:
    refusal = DATASETS[key].generate(samples, noise, seed)
    assert isinstance(refusal, Refusal)
    assert str(refusal).startswith(words)


@pytest.mark.parametrize("key", DATASETS)
def test_the_defaults_lie_within_the_limits(key: str) -> None:
    dataset = DATASETS[key]
    inputs, labels = drawn(key, dataset.default_samples, dataset.default_noise)
    assert inputs.shape == (dataset.default_samples, 2)
    assert set(labels.tolist()) == {-1.0, 1.0}
