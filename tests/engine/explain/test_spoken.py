"""The line of words that a screen reader says about a node or a group."""

import pytest

from engine.errors import accept
from engine.explain.notes import first_line, note_name
from engine.explain.spoken import said, spoken
from engine.graph import notes
from engine.graph.document import Document
from engine.graph.verbs import add_op, add_value, connect, group
from engine.run.evaluate import evaluate


@pytest.fixture
def document() -> Document:
    made = Document()
    made.apply(accept(add_value(made, (0, 0), value=2.0, label="x1", role="constant")))
    made.apply(accept(add_value(made, (0, 90), value=-3.0, label="w1", role="parameter")))
    made.apply(accept(add_op(made, "mul", (200, 0), label="x1*w1")))
    for source in (1, 2):
        made.apply(accept(connect(made, source, 3)))
    return made


def test_a_leaf_says_its_role_its_numbers_and_what_it_feeds(document):
    words = spoken(document, evaluate(document), 2)
    assert words == "w1, parameter, value −3, gradient 2, feeds x1*w1"


def test_an_operation_says_what_it_is_made_of(document):
    words = spoken(document, evaluate(document), 3)
    assert words == "x1*w1, product, value −6, gradient 1, of x1 and w1"


def test_without_numbers_there_are_words_alone(document):
    assert spoken(document, None, 1) == "x1, constant, feeds x1*w1"


def test_a_missing_input_is_told(document):
    document.apply(accept(add_op(document, "tanh", (400, 0), label="t")))
    assert spoken(document, evaluate(document), 4) == "t, hyperbolic tangent, not computed"


def test_a_group_says_how_much_it_holds_and_whether_it_is_open(document):
    document.apply(accept(group(document, [1, 2], "inputs")))
    assert spoken(document, None, 4) == "inputs, group, 1 parameter, open"


def test_many_names_are_counted():
    document = Document()
    document.apply(accept(add_value(document, (0, 0), label="x")))
    for number in range(6):
        document.apply(accept(add_op(document, "tanh", (200, 90.0 * number), label=f"t{number}")))
        document.apply(accept(connect(document, 1, document.next_id - 1)))
    assert spoken(document, None, 1) == "x, constant, feeds t0, t1, t2, t3 and 2 more"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0.5, "0.5"),
        (-0.0, "0"),
        (1234567.0, "1.235e+06"),
        (float("nan"), "not a number"),
        (float("-inf"), "minus infinity"),
    ],
)
def test_numbers_are_said_in_four_figures(number, words):
    assert said(number) == words


def test_a_note_says_its_first_words_and_a_frame_what_it_holds(document):
    document.apply(notes.add_note(document, (900, 900), "## *Look* here\nand there"))
    document.apply(accept(notes.frame(document, [1, 2], "Factors")))
    document.apply(notes.add_note(document, (900, 1200), "\n---\n"))
    said_of = [spoken(document, None, item) for item in sorted(document.notes)]
    assert said_of == ["note: Look here", "frame Factors, holding 2 things", "empty note"]
    names = [note_name(document.notes[item]) for item in sorted(document.notes)]
    assert names == ["Look here", "Factors", "Empty note"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", ""),
        ("plain words", "plain words"),
        ("# A title\nmore", "A title"),
        ("\n\n- [ ] to do", "to do"),
        ("1. first", "first"),
        ("> quoted", "quoted"),
        ("***\nafter a rule", "after a rule"),
        ("![a cat](cat.png)\nunder it", "under it"),
        ("see [there](http://x.y)", "see there"),
        ("**bold** and `code` and _w_", "bold and code and _w_"),
        ("w_1*x_1 + w_2*x_2", "w_1*x_1 + w_2*x_2"),
        ("x" * 99, "x" * 59 + "…"),
    ],
)
def test_the_first_line_of_a_note_has_no_marks(text, line):
    assert first_line(text) == line
