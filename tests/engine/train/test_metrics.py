"""Accuracy: what counts as right follows from the link."""

import numpy as np
import pytest

from engine.train.metrics import accuracy

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
