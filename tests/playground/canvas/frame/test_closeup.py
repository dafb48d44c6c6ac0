"""What is written beside a node close up: formulas, laws, port names, and more figures."""

from itertools import pairwise

import numpy as np
import pytest

from engine.errors import accept
from engine.graph.document import Document
from engine.graph.properties import set_label, set_value
from engine.graph.verbs import add_op, add_value, connect
from playground.canvas.frame.build import build_frame
from playground.canvas.frame.closeup import CloseUp, told_at_ports
from playground.canvas.frame.digits import GLYPHS, MOST_FIGURES, codes

pytestmark = pytest.mark.usefixtures("qapp")  # fonts are measured


def graph(key: str, labels: str) -> Document:
    document = Document()
    for label in labels:
        document.apply(add_value(document, (0, 0), value=2.0, label=label))
    document.apply(accept(add_op(document, key, (200, 0), label="out")))
    for source in range(1, len(labels) + 1):
        document.apply(accept(connect(document, source, len(labels) + 1)))
    return document


def texts(document: Document, closeup: CloseUp | None = None) -> list[str]:
    closeup = closeup or CloseUp(document, build_frame(document, frozenset()))
    return [words.text for words, _x, _y in closeup.entries(len(document) - 1)]


def test_a_product_says_what_it_multiplies_and_who_feeds_which_port():
    assert texts(graph("mul", "ab")) == ["= a · b", "x: a", "y: b"]


def test_an_activation_says_its_law():
    assert texts(graph("tanh", "n")) == ["= tanh(n)", "∂ = 1 − out²", "n"]


def test_a_leaf_says_no_more_than_its_card():
    document = graph("tanh", "n")
    assert CloseUp(document, build_frame(document, frozenset())).entries(0) == []


def test_a_formula_follows_the_names_and_numbers_it_is_made_of():
    document = graph("add", "ab")
    closeup = CloseUp(document, build_frame(document, frozenset()))
    assert texts(document, closeup)[0] == "= a + b"
    document.apply(accept(set_label(document, 1, "")))
    document.apply(accept(set_value(document, 1, 7.0)))
    assert texts(document, closeup)[0] == "= 7 + b"


@pytest.mark.parametrize("count", range(1, 9))
def test_texts_beside_ports_never_lie_over_each_other(count):
    document = graph("add", "abcdefgh"[:count])
    frame = build_frame(document, frozenset())
    entries = CloseUp(document, frame).entries(count)
    beside = [(y - words.style.pixels, y) for words, x, y in entries if x < 46]
    if told_at_ports(frame).any():
        ends = frame.wires.end_offset[:, 1].tolist()
        beside += [(y + 9.5 - 7, y + 9.5) for y in ends]
    beside.sort()
    overlaps = [low - high for (_top, high), (low, _b) in pairwise(beside)]
    assert all(gap > -1.5 for gap in overlaps)  # a font's size is more than its letters


@pytest.mark.parametrize("figures", range(4, MOST_FIGURES + 1))
def test_more_figures_are_the_number_rounded_to_so_many(figures):
    rng = np.random.default_rng(figures)
    numbers = rng.choice([-1, 1], 300) * 10.0 ** rng.uniform(-2.9, 3.9, 300)
    rows = codes(numbers, np.zeros(300, np.uint8), figures=figures)
    for number, row in zip(numbers.tolist(), rows, strict=True):
        shown = "".join(GLYPHS[code] for code in row).replace("−", "-")
        assert float(shown) == pytest.approx(float(f"{number:.{figures}g}"), rel=1e-12)
