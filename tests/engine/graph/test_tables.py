"""Tables: what they hold, when two are the same, and what is no table."""

import numpy as np
import pytest

from engine.errors import Refusal, accept
from engine.files.reader import read
from engine.files.writer import write
from engine.graph.document import Document
from engine.graph.properties import set_data
from engine.graph.records import DataSettings, Seeds
from engine.graph.tables import make_table
from engine.train.samples import load_samples

NAMES = ("width", "height", "kind")
NUMBERS = [[1.0, 2.0, 0.0], [3.0, 4.0, 1.0], [5.0, 0.1, 1.0], [7.0, 8.0, 0.0]]
WORDS = ((), (), ("cat", "dog"))


def table():
    return accept(make_table(NAMES, NUMBERS, WORDS))


def test_tables_with_the_same_contents_are_the_same():
    assert table() == table()
    assert hash(table()) == hash(table())
    assert table() != accept(make_table(NAMES, NUMBERS, ((), (), ("cat", "hen"))))


def test_a_table_cannot_be_changed_not_even_by_who_made_it():
    numbers = np.array(NUMBERS)
    made = accept(make_table(NAMES, numbers))
    numbers[0, 0] = 99.0
    assert made.numbers[0, 0] == 1.0
    with pytest.raises(ValueError, match="read-only"):
        made.numbers[0, 0] = 2.0


@pytest.mark.parametrize(
    ("names", "numbers", "words", "said"),
    [
        (("a", "a"), [[1.0, 2.0]], None, "the same name"),
        (("a",), [[1.0], [np.nan]], None, "row 2 of a is not a finite number"),
        (("a",), [[2.0]], (("no", "yes"),), "a has 2 classes"),
    ],
)
def test_what_is_no_table_is_refused_in_words(names, numbers, words, said):
    refusal = make_table(names, numbers, words)
    assert isinstance(refusal, Refusal)
    assert said in str(refusal)


def test_a_document_with_a_table_comes_back_from_its_file_the_same():
    document = Document()
    document.apply(accept(set_data(document, table=table(), features=(1, 0), target=2)))
    data = write(document)
    again = accept(read(data))
    assert again.data == document.data
    assert np.array_equal(again.data.table.numbers, table().numbers)
    assert write(again) == data


def test_samples_are_the_columns_with_a_role():
    samples = accept(load_samples(DataSettings(table=table(), features=(1, 0), target=2), Seeds()))
    assert np.array_equal(samples.inputs, np.array(NUMBERS)[:, [1, 0]])
    assert samples.labels.tolist() == [-1.0, 1.0, 1.0, -1.0]
    assert samples.classes == 2


def test_rows_stay_in_their_part_when_rows_are_added():
    rng = np.random.default_rng(0)
    numbers = rng.normal(size=(50, 2))

    def parts(count):
        small = accept(make_table(("x", "y"), numbers[:count]))
        settings = DataSettings(table=small, features=(0,), target=1, test_share=0.3)
        samples = accept(load_samples(settings, Seeds()))
        assert np.array_equal(samples.inputs[:, 0], numbers[samples.rows, 0])
        return set(samples.rows[samples.test].tolist())

    assert parts(40) == {row for row in parts(50) if row < 40}
    assert parts(50)
