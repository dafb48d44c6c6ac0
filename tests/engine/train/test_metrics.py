"""Accuracy: what counts as right follows from the link."""

import numpy as np
import pytest

from engine.train.metrics import accuracy, confusion, r_squared

SIGNED = np.array([1.0, -1.0, 1.0, -1.0])


@pytest.mark.parametrize(
    ("link", "predictions", "share"),
    [
        ("score", [0.1, -0.1, 3.0, 0.0], 1.0),
        ("score", [0.0, -0.1, 3.0, 0.1], 0.5),
        ("logit", [0.1, 0.1, -3.0, -9.0], 0.5),
        ("probability", [0.6, 0.4, 0.5, 0.5], 0.75),
    ],
)
def test_a_prediction_is_right_on_the_labels_side_of_the_threshold(
    link: str, predictions: list[float], share: float
) -> None:
    assert accuracy(link, [np.array(predictions)], SIGNED) == share
    assert accuracy(link, [np.array(predictions)], np.maximum(SIGNED, 0.0)) == share


def test_of_class_scores_the_greatest_is_the_prediction() -> None:
    negative, positive = np.array([0.0, 2.0, 1.0, 5.0]), np.array([1.0, 1.0, 0.0, 4.0])
    assert accuracy("class scores", [negative, positive], SIGNED) == 0.75


def test_a_prediction_that_sees_no_sample_is_right_for_one_side() -> None:
    assert accuracy("score", [np.array([1.0])], SIGNED) == 0.5
    assert accuracy("class scores", [np.array([1.0]), np.array([0.0])], SIGNED) == 0.5


@pytest.mark.parametrize(
    ("link", "predictions", "labels"),
    [("number", [SIGNED], SIGNED), ("score", [], SIGNED), ("score", [SIGNED[:0]], SIGNED[:0])],
)
def test_there_is_no_accuracy_of_numbers_nor_without_predictions_or_samples(
    link: str, predictions: list[np.ndarray], labels: np.ndarray
) -> None:
    assert accuracy(link, predictions, labels) is None


def test_what_is_not_a_number_is_not_positive() -> None:
    assert accuracy("score", [np.full(4, np.nan)], SIGNED) == 0.5


def test_confusion_counts_every_sample_in_the_row_of_its_class() -> None:
    labels = np.array([0.0, 0.0, 1.0, 2.0, 2.0, 2.0])
    taken_for = [0, 1, 1, 2, 2, 0]
    scores = list(np.eye(3)[taken_for].T)
    counts = confusion("class scores", scores, labels, 3)
    assert counts is not None
    assert counts.tolist() == [[1, 1, 0], [0, 1, 0], [1, 0, 2]]
    assert np.trace(counts) / counts.sum() == accuracy("class scores", scores, labels)


def test_confusion_of_two_classes_follows_the_threshold() -> None:
    counts = confusion("score", [np.array([3.0, 2.0, -1.0, -2.0])], SIGNED, 2)
    assert counts is not None
    assert counts.tolist() == [[1, 1], [1, 1]]
    assert confusion("number", [SIGNED], SIGNED, 2) is None


def test_a_class_that_the_data_do_not_have_is_left_out_of_the_confusion() -> None:
    scores = [np.zeros(2), np.zeros(2), np.array([1.0, -1.0])]
    counts = confusion("class scores", scores, np.array([-1.0, 1.0]), 2)
    assert counts is not None
    assert counts.tolist() == [[0, 0], [1, 0]]


def test_r_squared_compares_with_the_mean_of_the_targets() -> None:
    targets = np.array([1.0, 2.0, 4.0, 5.0])
    assert r_squared(targets, targets) == 1.0
    assert r_squared(np.array([3.0]), targets) == 0.0
    assert r_squared(np.array([1.5, 2.5, 3.5, 4.5]), targets) == pytest.approx(1 - 1.0 / 10)
    assert r_squared(-targets, targets) < 0.0


@pytest.mark.parametrize(
    ("predictions", "targets"),
    [([], []), ([1.0, 1.0], [2.0, 2.0]), ([np.nan, 1.0], [0.0, 1.0]), ([1e300, 0.0], [0.0, 1.0])],
)
def test_there_is_no_r_squared_without_spread_or_finite_predictions(
    predictions: list[float], targets: list[float]
) -> None:
    assert r_squared(np.array(predictions), np.array(targets)) is None
