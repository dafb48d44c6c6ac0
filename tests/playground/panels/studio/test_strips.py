"""Histograms over time as a picture, against counting what lies in each row by hand."""

import numpy as np
from PySide6.QtGui import QColor

from engine.train.spreads import Moment, Story
from playground.panels.studio.strips import COLUMNS, ROWS, bounds, densities, drawn
from tests.engine.train.documents import graph

BLUE, ORANGE = QColor(0, 0, 255), QColor(255, 128, 0)


def story(*columns: list[float], steps: list[int]):
    """Return what a story tells whose moments hold these numbers."""
    document = graph(leaves=[("parameter", 0.0)] * len(columns[0]))
    ids = np.array([node.id for node in document.nodes()])
    made = Story(document, ids)
    for step, numbers in zip(steps, columns, strict=True):
        values = np.array(numbers)
        made.add(Moment(step, ids, values, values, values))
    return made.told()


def test_each_column_is_the_moment_before_it_and_each_row_says_how_many_lie_there():
    told = story([-1.0, 1.0, 1.0, 1.0], [-0.5, 0.5, 0.5, 0.5], steps=[0, 30])
    [layer] = told.layers
    picture = drawn(layer.weights, told.steps, BLUE, ORANGE)
    middle = np.linspace(picture.low, picture.high, 2 * ROWS + 1)[1::2]
    full = picture.pixels[:, :, 3] == 255
    assert picture.pixels.shape == (ROWS, COLUMNS, 4)
    assert abs(float(middle[full[:, 0]].mean()) - 1.0) < 0.05  # where three of four lie
    assert abs(float(middle[full[:, -1]].mean()) - 0.5) < 0.05
    assert (full[:, 0] == full[:, COLUMNS - 2]).all()  # until step 30 it is the first moment
    told_below = (picture.pixels[:, :, 3] > 0) & (middle < 0.0)[:, None]
    assert (picture.pixels[told_below][:, :3] == (255, 128, 0)).all()
    assert told_below.any()


def test_a_histogram_narrower_than_a_row_is_seen_all_the_same():
    told = story([0.25, 0.25], [-3.0, 5.0], steps=[0, 1])
    [layer] = told.layers
    numbers = np.linspace(-3.0, 5.0, 41)
    found = densities(layer.weights, np.array([0]), numbers, 0.2)
    assert found[:, 0].max() == 1.0
    assert np.flatnonzero(found[:, 0]).tolist() == [int(np.abs(numbers - 0.25).argmin())]


def test_where_no_number_is_finite_nothing_is_drawn():
    told = story([np.nan, np.inf], steps=[0])
    assert drawn(told.layers[0].weights, told.steps, BLUE, ORANGE) is None
    told = story([np.nan, np.inf], [1.0, 2.0], steps=[0, 10])
    picture = drawn(told.layers[0].weights, told.steps, BLUE, ORANGE)
    assert not picture.pixels[:, 0, 3].any()
    assert picture.pixels[:, -1, 3].any()


def test_equal_numbers_have_room_around_them():
    low, high = bounds(2.0, 2.0)
    assert low < 2.0 < high
    low, high = bounds(0.0, 0.0)
    assert low < 0.0 < high
