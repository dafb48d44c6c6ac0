"""Tables as text: any bytes give a sheet that csv and numpy agree with, or a sentence."""

import csv
import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import Refusal, accept
from engine.exchange.delimited import read_delimited, write_delimited
from engine.exchange.dialects import is_tabular
from engine.exchange.sheets import MOST_CELLS, Roles, Sheet, guess_roles, sheet_of, taken
from engine.graph.tables import make_table

ROWS = [[1.5, -2.0, "cat"], [0.25, 3e-7, "dog"], [7.0, 1e6, "cat"]]


def sheet(text: str | bytes, **options) -> Sheet:
    """Read what must be fine."""
    read = read_delimited(text.encode() if isinstance(text, str) else text, **options)
    assert isinstance(read, Sheet), str(read)
    return read


def said(text: str | bytes) -> str:
    """Read what must be refused."""
    read = read_delimited(text.encode() if isinstance(text, str) else text)
    assert isinstance(read, Refusal)
    return str(read)


def as_text(delimiter: str, decimal: str = ".", header: bool = True) -> str:
    """Write ROWS as some program would."""
    lines = [["width", "height", "kind"]] if header else []
    lines += [[str(cell).replace(".", decimal) for cell in row] for row in ROWS]
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(lines)
    return text.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1"])
@pytest.mark.parametrize(
    ("delimiter", "decimal"), [(",", "."), (";", "."), (";", ","), ("\t", ","), ("|", ".")]
)
def test_a_table_is_read_however_it_is_written(delimiter, decimal, encoding):
    text = as_text(delimiter, decimal).replace("cat", "chât")
    read = sheet(text.encode(encoding))
    assert [column.name for column in read.columns] == ["width", "height", "kind"]
    for k in (0, 1):
        assert read.columns[k].numbers.tolist() == [row[k] for row in ROWS]
    assert read.columns[2].words == ("chât", "dog")
    assert read.columns[2].numbers.tolist() == [0.0, 1.0, 0.0]


def test_a_table_without_names_keeps_its_first_row():
    read = sheet(as_text(",", header=False))
    assert [column.name for column in read.columns] == ["x1", "x2", "x3"]
    assert read.rows == 3


def test_the_first_row_has_names_if_somebody_says_so():
    assert sheet("1,2\n3,4\n", header=True).columns[0].name == "1"
    assert sheet("a,b\n3,4\n", header=False).rows == 2


def test_spaces_part_numbers_and_never_sentences():
    read = sheet("1.0  2.0 3.0\n4.0 5.0   6.0 \n")
    assert [column.numbers.tolist() for column in read.columns] == [[1, 4], [2, 5], [3, 6]]
    assert len(sheet("hello there\nso it goes\n").columns) == 1


def test_quotes_keep_delimiters_and_lines_together():
    read = sheet('a,b\n1,"x, y"\n2,"two\nlines"\n')
    assert read.columns[1].words == ("x, y", "two\nlines")


def test_names_that_are_missing_or_the_same_become_different():
    names = [column.name for column in sheet("a,,a,a 2\n1,2,3,4\n").columns]
    assert names == ["a", "column 2", "a 2", "a 2 2"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "There is no table: there is nothing in it."),
        ("a,b\n", "The table has no rows"),
        ("a,b\n1,2\n3\n", "Row 3 has 1 cell, and the first one has 2. Correct that row."),
        ("a,b\n1,2\n\n3,4,5\n", "Row 4 has 3 cells"),
        (b"PK\x03\x04 a spreadsheet", "it is a zip archive. Save the table as CSV."),
        (b"a,b\n1,\x002\n", "This is not a table: it is not text."),
        ("a" * 200_000 + ",1\n", "Row 1 of the table cannot be read: field larger than"),
        (",".join("a" * 10_001), "The table has 10,001 columns: there are 10,000 at most."),
    ],
)
def test_what_is_no_table_is_refused_in_a_sentence(text, words):
    assert words in said(text)


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("", "Row 4 has nothing in b"),
        ("NaN", "Row 4 has “NaN” in b, which is no finite number"),
        ("-inf", "Row 4 has “-inf” in b, which is no finite number"),
        ("two", "Row 4 has “two” in b, which is no finite number"),
        ("1e200", "Row 4 has 1e200 in b, which is too large"),
    ],
)
def test_a_cell_that_is_no_number_names_its_row_and_can_be_left_out(cell, words):
    read = sheet(f"a,b,c\n1,2,0\n3,4,1\n5,{cell},1\n7,8,0\n")
    roles = Roles((0, 1), 2)
    refusal = taken(read, roles)
    assert isinstance(refusal, Refusal)
    assert words in str(refusal)
    made = accept(taken(read, roles, skip=True))
    assert made.table.numbers.tolist() == [[1, 2, 0], [3, 4, 1], [7, 8, 0]]
    assert made.notes == ("1 row with gaps is left out",)
    without = accept(taken(read, Roles((0,), 2)))
    assert without.table.names == ("a", "c")  # what has gaps and no role stays behind


@pytest.mark.parametrize(
    ("text", "roles", "words"),
    [
        ("a,b\n1,x\n2,x\n", Roles((0,), 1), "b has one class only: there is nothing to tell"),
        ("a,b\nu,x\nv,y\n", Roles((0,), 1), "The table has no column of numbers"),
        ("a,b\n1,x\n2,y\n", Roles((), 1), "A table needs a feature"),
        ("a,b\n1,x\n2,y\n", Roles((0,), 0), "A column has one role only"),
        ("a,b\n1,x\n2,y\n", Roles((0,), 1, classes=False), "b holds words. Learn it as classes."),
        ("a,b\n,x\n,y\n", Roles((0,), 1), "The table has no column of numbers"),
        ("a,b\n1,\n,2\n", Roles((0, 1), None), "Row 3 has nothing in a"),
    ],
)
def test_roles_that_columns_cannot_have_are_refused(text, roles, words):
    refusal = taken(sheet(text), roles)
    assert isinstance(refusal, Refusal)
    assert words in str(refusal)


def test_text_and_too_many_classes_are_told_apart_from_classes():
    lines = "".join(f"{k},{k},name{k}\n" for k in range(30))
    read = sheet("a,b,c\n" + lines)
    assert not read.columns[2].usable
    assert "c is text" in str(taken(read, Roles((0,), 2)))
    assert "b has 30 different values: there are 20" in str(taken(read, Roles((0,), 1)))
    assert accept(taken(read, Roles((0,), 1, classes=False))).classes == 0


def test_a_constant_feature_is_a_remark():
    made = accept(taken(sheet("a,b,c\n1,7,0\n2,7,1\n"), Roles((0, 1), 2)))
    assert made.notes == ("b is the same in every row: nothing can be learnt from it",)


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("size,kind,price\n1,cat,9.5\n2.5,dog,7\n", Roles((0, 2), 1)),
        ("a,b,label\n1.5,2,0\n2.5,3,1\n", Roles((0, 1), 2)),
        ("a,b,c\n1.5,2,9.5\n2.5,3,7.5\n", Roles((0, 1), 2, classes=False)),
        ("y,a,b\n-1,2.5,9.5\n1,3,7.5\n", Roles((1, 2), 0)),
        ("id,a,k\n1,2.5,u\n2,3,v\n3,7,u\n4,2,v\n5,1,v\n", Roles((1,), 2)),
        ("a,same,k\n1,7,u\n2,7,v\n", Roles((0,), 2)),
    ],
)
def test_roles_are_guessed(text, roles):
    assert guess_roles(sheet(text)) == roles


def test_classes_are_numbered_in_their_order_and_not_as_they_come():
    made = accept(taken(sheet("a,k\n1,10\n2,9\n3,10\n4,8\n"), Roles((0,), 1)))
    assert made.table.words[1] == ("8", "9", "10")
    assert made.table.numbers[:, 1].tolist() == [2, 1, 2, 0]


def test_of_too_many_rows_the_seed_draws_some_in_their_order(monkeypatch):
    monkeypatch.setattr("engine.exchange.sheets.MOST_ROWS", 10)
    read = sheet("a,b\n" + "".join(f"{k},{-k}\n" for k in range(50)))
    roles = Roles((0,), 1, classes=False)
    made, again = (accept(taken(read, roles, seed=5)) for _ in range(2))
    assert made.table == again.table != accept(taken(read, roles, seed=6)).table
    assert len(made.table) == 10
    assert (np.diff(made.table.numbers[:, 0]) > 0).all()
    assert made.notes == ("10 of 50 rows are kept, drawn at random",)


def test_a_wide_table_keeps_only_the_columns_with_a_role(monkeypatch):
    monkeypatch.setattr("engine.exchange.sheets.MOST_CELLS", 12)
    read = sheet("a,b,c\n" + "".join(f"{k},{-k},{k % 2}\n" for k in range(6)))
    made = accept(taken(read, Roles((0,), 2)))
    assert made.table.names == ("a", "c")
    assert len(made.table) == 6


def test_reading_tells_how_far_it_is_and_can_be_stopped():
    data = b"a,b\n" + b"1,2\n" * 30_000
    told: list[float] = []
    assert isinstance(read_delimited(data, report=lambda share: not told.append(share)), Sheet)
    assert told == sorted(told)
    assert told[-1] == 1.0
    assert len(told) > 2
    assert read_delimited(data, report=lambda _share: False) is None


@pytest.mark.parametrize(
    "text",
    [
        "x\ty\n1\t2\n3\t4",
        "x,y,kind\n1,2,cat\n3,4,dog\n",
        "1;2\n3;4",
        "1,5;2,5\n3,5;4,5",
        "1 2 3\n4 5 6",
    ],
)
def test_a_table_is_told_from_other_text(text):
    assert is_tabular(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a = 2; b = 3\nc = a*b; d = a+b",
        "tanh(a*b + c)",
        "max(a, 2)\nmin(c, 3)",
        "mlp 2 4 1 tanh\nmlp 2 4 4 1",
        "a = Value(2.0, label='a')\nb = Value(-3.0, label='b')",
        "MLP(2, [16, 16, 1])",
        "1, 2, 3",
        "1\n2\n3",
        "https://playground.tensorflow.org/#activation=tanh&batchSize=10,3\n",
        "Hello, world\nSo, it goes",
        "import math, random\nx = 1.0, 2.0",
        "\x89PNG\0\n1,2\n3,4",
    ],
)
def test_other_text_is_no_table(text):
    assert not is_tabular(text)


def test_the_file_of_the_largest_table_stays_below_20_mebibytes():
    assert MOST_CELLS * 8 * 4 / 3 < 20 * 2**20


NUMBERS = st.floats(-1e100, 1e100)
NAMED = st.text("abcdefgh ÄÖ,;\"'.-", min_size=1, max_size=8).map(lambda t: "n" + t.strip())


@given(
    st.lists(st.tuples(NUMBERS, NUMBERS, st.integers(0, 2)), min_size=1, max_size=20),
    st.lists(NAMED.map(" ".join).map(str.strip), min_size=3, max_size=3, unique=True),
)
def test_a_table_that_is_written_is_read_as_the_same_numbers(rows, words):
    table = accept(make_table(("x", "y z", "kind"), rows, ((), (), tuple(sorted(words)))))
    data = write_delimited(table)
    again = list(csv.reader(io.StringIO(data.decode())))
    assert [[float(x), float(y)] for x, y, _kind in again[1:]] == table.numbers[:, :2].tolist()
    read = sheet(data, header=True)
    for k in (0, 1):
        assert read.columns[k].numbers.tobytes() == table.numbers[:, k].tobytes()
    kinds = read.columns[2]
    assert [kinds.words[int(n)] for n in kinds.numbers] == [
        table.words[2][int(n)] for n in table.numbers[:, 2]
    ]


def test_the_sheet_of_a_table_gives_the_same_table_again():
    table = accept(make_table(("x", "kind"), [[1.5, 0], [2.5, 1]], ((), ("cat", "dog"))))
    made = accept(taken(sheet_of(table), Roles((0,), 1)))
    assert made.table == table
    assert sheet_of(table).head == (("1.5", "cat"), ("2.5", "dog"))


TABULAR = st.text('0123456789.,;|\t\n\r "eE-+abnaif', max_size=200).map(str.encode)


@given(st.one_of(st.binary(max_size=300), TABULAR), st.sampled_from([None, True, False]))
def test_any_bytes_give_a_sheet_or_a_sentence(data, header):
    read = read_delimited(data, header)
    assert isinstance(read, Sheet | Refusal)
    if isinstance(read, Refusal):
        assert str(read).endswith(".")
        return
    assert all(len(column.numbers) == read.rows for column in read.columns)
    for skip in (False, True):
        made = taken(read, guess_roles(read), skip=skip)
        if not isinstance(made, Refusal):
            assert np.isfinite(made.table.numbers).all()
