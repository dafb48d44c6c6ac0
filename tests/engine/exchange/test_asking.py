"""Rows to predict, out of tables: columns by name or order, words, and what cannot be read."""

import numpy as np
import pytest

from engine.errors import Refusal, accept
from engine.exchange.asking import answer_cells, answer_titles, questions
from engine.exchange.delimited import raw_rows, read_delimited
from engine.train.predict import Asked, Predictor
from tests.engine.train.documents import demo
from tests.engine.train.test_predict import heaps

PLAIN = Asked(("x1", "x2"), ((), ()), "y", ("-1", "1"), ("score",), "score", None)
WORDED = Asked(("size", "wet"), ((), ("no", "yes")), "y", (), ("prediction",), "number", None)


def asked_of(text: str, asked: Asked = PLAIN, header: bool | None = None):
    return questions(accept(read_delimited(text.encode(), header)), asked)


def test_columns_are_found_by_name_in_any_order() -> None:
    found = asked_of("y,X2,note,x1\n1,2,a,3\n-1,4,b,5\n")
    assert found.inputs.tolist() == [[3.0, 2.0], [5.0, 4.0]]
    assert found.truth.tolist() == [1.0, 0.0]
    assert not found.by_order


def test_without_names_the_order_counts_and_other_names_are_told() -> None:
    assert asked_of("1,2\n3,4\n").inputs.tolist() == [[1.0, 2.0], [3.0, 4.0]]
    other = asked_of("a,b\n1,2\n")
    assert other.by_order
    assert other.inputs.tolist() == [[1.0, 2.0]]


def test_words_are_read_as_the_table_has_them() -> None:
    found = asked_of("wet,size\nyes,1\nno,2\nyes,3\n", WORDED)
    assert found.inputs.tolist() == [[1.0, 1.0], [2.0, 0.0], [3.0, 1.0]]


@pytest.mark.parametrize(
    ("text", "asked", "words"),
    [
        ("x1,x2\n1,2\nq,3\n4,5\n", PLAIN, "Row 3 has “q” in x1"),
        ("x1,x2\n1,2\n2,\n", PLAIN, "Row 3 has nothing in x2"),
        ("x1,x2\nred,2\nblue,3\n", PLAIN, "Row 2 has “red” in x1"),
        ("size,wet\n1,yes\n2,maybe\n", WORDED, "Row 3 has “maybe” in wet"),
        ("x1,x3\n1,2\n", PLAIN, "no column 'x2'"),
        ("1,2,3\n", PLAIN, "Each row needs a cell for x1, x2"),
    ],
)
def test_what_cannot_be_read_is_named(text: str, asked: Asked, words: str) -> None:
    refusal = asked_of(text, asked)
    assert isinstance(refusal, Refusal)
    assert words in str(refusal)


@pytest.mark.parametrize("make", [demo, heaps])
def test_what_is_written_is_read_as_the_same_numbers(make) -> None:
    predictor = accept(Predictor.build(make()))
    forecast = accept(predictor.predict(np.random.default_rng(0).normal(size=(7, 2))))
    titles, cells = answer_titles(forecast, ("class",)), answer_cells(forecast)
    assert titles[-1] == "predicted class"
    assert {len(row) for row in cells} == {len(titles)}
    count = forecast.outputs.shape[1]
    assert np.array([row[:count] for row in cells], float).tolist() == forecast.outputs.tolist()
    assert [row[-1] for row in cells] == [forecast.word(k) for k in range(7)]


def test_cells_stay_as_they_were_written() -> None:
    data = b'a;b\n1,50;x y\n\n2;"q;r"\n'
    assert raw_rows(data, header=True) == [["1,50", "x y"], ["2", "q;r"]]
