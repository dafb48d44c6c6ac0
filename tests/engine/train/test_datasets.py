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
    assert inputs.shape == (dataset.default_samples, dataset.features)
    assert np.isfinite(inputs).all()
    if dataset.classes == 0:
        assert np.abs(labels).max() <= 1.5
        assert len(set(labels.tolist())) > 1
    else:
        names = {-1.0, 1.0} if dataset.classes == 2 else set(range(dataset.classes))
        assert set(labels.tolist()) == names


@pytest.mark.parametrize("key", DATASETS)
def test_classes_are_as_large_as_each_other_and_mixed(key: str) -> None:
    dataset = DATASETS[key]
    if not dataset.classes or key in ("circle", "xor"):  # these are drawn by chance
        return
    labels = drawn(key, 240, dataset.default_noise)[1]
    counts = np.unique(labels, return_counts=True)[1]
    assert set(counts.tolist()) == {240 // dataset.classes}
    assert np.unique(labels[:60]).size == dataset.classes


def test_gauss_follows_the_formula_of_tensorflow_playground() -> None:
    stream = np.random.RandomState(3)

    def normal() -> float:
        while True:
            v1, v2 = 2 * stream.random_sample() - 1, 2 * stream.random_sample() - 1
            s = v1 * v1 + v2 * v2
            if s <= 1:
                return math.sqrt(-2 * math.log(s) / s) * v1

    rows = []
    for centre, label in ((2.0, 1.0), (-2.0, -1.0)):
        for _sample in range(15):
            x = centre + math.sqrt(0.5 + 7 * 0.3) * normal()
            y = centre + math.sqrt(0.5 + 7 * 0.3) * normal()
            rows.append((x, y, label))
    assert_same(drawn("gauss", 30, 0.3, 3), rows, stream)


def test_the_spiral_follows_the_formula_of_tensorflow_playground() -> None:
    stream = np.random.RandomState(3)
    rows = []
    for turned, label in ((0.0, 1.0), (math.pi, -1.0)):
        for i in range(15):
            r, t = i / 15 * 5, 1.75 * i / 15 * 2 * math.pi + turned
            x = r * math.sin(t) + stream.uniform(-1, 1) * 0.2
            y = r * math.cos(t) + stream.uniform(-1, 1) * 0.2
            rows.append((x, y, label))
    assert_same(drawn("spiral", 30, 0.2, 3), rows, stream)


def _plane_label(x: float, y: float) -> float:
    return (x + y) / 10


def _hills_label(x: float, y: float) -> float:
    label = 0.0
    for cx, cy, sign in (
        (-4, 2.5, 1),
        (0, 2.5, -1),
        (4, 2.5, 1),
        (-4, -2.5, -1),
        (0, -2.5, 1),
        (4, -2.5, -1),
    ):
        height = sign * min(max(1 - math.dist((x, y), (cx, cy)) / 2, 0), 1)
        if abs(height) > abs(label):
            label = height
    return label


@pytest.mark.parametrize(("key", "label"), [("plane", _plane_label), ("hills", _hills_label)])
def test_regressions_follow_the_formulas_of_tensorflow_playground(key, label) -> None:
    stream = np.random.RandomState(3)
    rows = []
    for _sample in range(40):
        x, y = stream.uniform(-6, 6), stream.uniform(-6, 6)
        dx, dy = stream.uniform(-6, 6) * 0.2, stream.uniform(-6, 6) * 0.2
        rows.append((x, y, label(x + dx, y + dy)))
    assert_same(drawn(key, 40, 0.2, 3), rows, stream)


def assert_same(found, rows, stream) -> None:
    """Compare with rows (x, y, label), shuffled by what the stream draws next."""
    expected = np.array(rows)[stream.permutation(len(rows))]
    np.testing.assert_allclose(found[0], expected[:, :2], rtol=0, atol=1e-12)
    np.testing.assert_allclose(found[1], expected[:, 2], rtol=0, atol=1e-12)


def test_the_three_arms_follow_the_notes_of_cs231n() -> None:
    points, labels = drawn("spiral3", 300, 0.0)
    for arm in range(3):
        own = points[labels == arm]
        own = own[np.argsort(np.hypot(*own.T))]
        radius, angle = np.linspace(0, 5, 100), np.linspace(arm * 4, (arm + 1) * 4, 100)
        expected = np.c_[radius * np.sin(angle), radius * np.cos(angle)]
        np.testing.assert_allclose(own, expected, atol=1e-12)
    turned = drawn("spiral3", 300, 0.2)[0]
    np.testing.assert_allclose(
        np.sort(np.hypot(*turned.T)), np.sort(np.hypot(*points.T)), atol=1e-12
    )


def test_yin_and_yang_are_told_apart_as_their_authors_do() -> None:
    """The published `which_class`, on the unit square that it is written for."""

    def which_class(x: float, y: float, r_small: float = 0.1, r_big: float = 0.5) -> int:
        d_right, d_left = (
            math.dist((x, y), (1.5 * r_big, r_big)),
            math.dist((x, y), (r_big / 2, r_big)),
        )
        is_yin = (
            d_right <= r_small
            or r_small < d_left <= 0.5 * r_big
            or (y > r_big and d_right > 0.5 * r_big)
        )
        return 2 if d_right < r_small or d_left < r_small else int(is_yin)

    points, labels = drawn("yin_yang", 600, 0.0)
    assert np.hypot(*points.T).max() <= 5.0
    assert [which_class(x, y) for x, y in points / 10 + 0.5] == labels.tolist()


@pytest.mark.parametrize("classes", range(2, 9))
def test_blobs_are_as_many_as_one_asks_for_around_places_on_a_circle(classes: int) -> None:
    points, labels = accept(DATASETS["blobs"].generate(80 * classes, 0.05, 1, classes))
    names = np.unique(labels)
    assert names.tolist() == ([-1, 1] if classes == 2 else list(range(classes)))
    middles = [points[labels == name].mean(axis=0) for name in names]
    np.testing.assert_allclose(np.hypot(*np.transpose(middles)), 4.0, atol=0.15)


@pytest.mark.parametrize("classes", [1, 9])
def test_there_are_no_fewer_than_two_blobs_and_no_more_than_eight(classes: int) -> None:
    refusal = DATASETS["blobs"].generate(100, 0.1, 1, classes)
    assert str(refusal) == f"The number of classes lies between 2 and 8: it is {classes}."


@pytest.mark.parametrize(
    ("key", "curve"),
    [
        ("line", lambda x: x / 5),
        ("sine", math.sin),
        ("step", lambda x: -1 if x < 0 else 1),
        ("cubic", lambda x: x * (x - 5) * (x + 5) / 50),
    ],
)
def test_curves_are_their_formulas_and_noise_moves_points_up_or_down(key: str, curve) -> None:
    inputs, numbers = drawn(key, 100, 0.0)
    np.testing.assert_allclose(numbers, [curve(x) for x in inputs[:, 0]], atol=1e-12)
    noisy, moved = drawn(key, 100, 0.3)
    np.testing.assert_array_equal(noisy, inputs)
    assert 0.2 < np.std(moved - numbers) < 0.4
