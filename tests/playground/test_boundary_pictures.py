"""The picture of the command line has the colours of the window: of classes, and of numbers."""

import numpy as np
import pytest
from PIL import Image

from engine.errors import accept
from engine.graph.models import Model, model_document
from engine.graph.records import DataSettings
from engine.graph.tables import make_table
from engine.train.boundary import default_bounds
from engine.train.samples import load_samples
from playground.commands.picture import FINER, on_image, square, theme_colours, write_picture


def document(kinds: np.ndarray, words: tuple[str, ...], model: Model):
    """Return a model of a table with three points far from each other."""
    places = np.array([[-3.0, -2.0], [3.0, -2.0], [0.0, 3.0]])
    table = accept(make_table(("a", "b", "y"), np.column_stack((places, kinds)), ((), (), words)))
    data = DataSettings(table=table, features=(0, 1), target=2)
    return accept(model_document(Model(model.layers, loss=model.loss, data=data)))


def dots(made, path) -> list[tuple[int, ...]]:
    """Return the colour in the middle of each sample's dot."""
    write_picture(made, path)
    samples = load_samples(made.data, made.seeds)
    with Image.open(path) as file:
        image = file.convert("RGB")
    places = on_image(samples, square(default_bounds(samples))) / FINER
    return [image.getpixel((round(x), round(y))) for x, y in places]


def test_three_classes_have_three_colours(tmp_path):
    model = Model((4, 3), loss="softmax_cross_entropy")
    made = document(np.arange(3), ("a", "b", "c"), model)
    found = dots(made, tmp_path / "x.png")
    wanted = theme_colours("dark")["classes"][:3].astype(int)
    assert found == [tuple(row) for row in wanted.tolist()]


def test_numbers_go_from_one_end_of_the_map_to_the_other(tmp_path):
    made = document(np.array([10.0, 20.0, 15.0]), (), Model((4, 1), loss="squared_error"))
    low, high, middle = dots(made, tmp_path / "x.png")
    ends = theme_colours("dark")["map"].astype(int)
    for found, wanted in ((low, ends[0]), (middle, ends[1]), (high, ends[2])):
        assert found == pytest.approx(tuple(wanted.tolist()), abs=1)
