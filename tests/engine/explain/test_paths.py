"""Paths against walking them all, and their sums against the tape's gradients."""

from math import inf, isclose, isfinite, isnan, prod

import numpy as np
import pytest

from engine.errors import accept
from engine.explain.path_words import absence_words, count_words, lines, route, sum_words
from engine.explain.paths import Ways
from engine.graph import verbs
from engine.graph.document import Document
from engine.graph.properties import set_value
from engine.run.evaluate import evaluate
from tests.engine.random_graphs import random_graph, random_network


def walked(document, source, output):
    """Walk every path from a node to an output, one after the other."""
    if source == output:
        return [()]
    return [
        (wire, *rest)
        for wire in document.consumers(source)
        for rest in walked(document, wire[0], output)
    ]


def products(result, paths):
    return [prod(float(result.partial[result.edge_row[wire]]) for wire in path) for path in paths]


def written(text):
    """Make a document of lines such as "c = mul a b" and "a = 2.0"."""
    document, ids = Document(), {}
    for line in text.split(";"):
        label, words = (part.strip() for part in line.split("="))
        op, *inputs = words.split()
        if inputs:
            document.apply(accept(verbs.add_op(document, op, (0.0, 0.0), label=label)))
        else:
            number = float(op)
            document.apply(verbs.add_value(document, (0.0, 0.0), value=number, label=label))
        ids[label] = document.next_id - 1
        for source in inputs:
            document.apply(accept(verbs.connect(document, ids[source], ids[label])))
    return document, ids


def ledger(text, source, output, most=10):
    document, ids = written(text)
    found = Ways(document, ids[source], ids[output]).ledger(evaluate(document), most)
    return document, found


def doubled(times):
    """Add a to itself, that to itself, and so on."""
    text = "x0 = 0.5"
    for k in range(times):
        text += f"; x{k + 1} = add x{k} x{k}"
    return text


SHARED = "a = -2.0; b = 3.0; d = mul a b; e = add a b; f = mul d e"


def test_the_gradient_of_a_is_the_sum_of_its_two_ways_to_f():
    document, found = ledger(SHARED, "a", "f")
    assert found.count == 2
    assert [route(document, path, found.source) for path in found.paths] == [
        "a → e → f",
        "a → d → f",
    ]
    assert [path.product for path in found.paths] == [-6.0, 3.0]
    assert found.total == -3.0
    assert (found.more, found.rest) == (0, 0.0)


def test_a_value_that_is_added_to_itself_has_two_paths():
    document, found = ledger("a = 3.0; b = add a a", "a", "b")
    assert found.count == 2
    assert found.total == 2.0
    assert [path.wires for path in found.paths] == [((2, 0),), ((2, 1),)]
    assert [route(document, path, 1) for path in found.paths] == ["a →₁ b", "a →₂ b"]


def test_an_output_is_reached_from_itself_without_a_wire():
    _document, found = ledger(SHARED, "f", "f")
    assert found.count == 1
    assert found.total == 1.0
    assert found.paths[0].wires == ()


def test_where_no_path_leads_nothing_is_added_up():
    document, found = ledger(SHARED + "; g = tanh a", "d", "g")
    assert found.count == 0
    assert found.total == 0.0
    assert found.paths == ()
    assert "g does not depend on d" in absence_words(document, found.source, found.output)


@pytest.mark.parametrize("seed", range(500))
def test_the_sum_over_all_paths_is_the_gradient_of_the_tape(seed):
    document = random_graph(seed, 20)
    result = evaluate(document)
    for node in document.nodes():
        found = Ways(document, node.id, result.output).ledger(result, 1)
        slope = result.slope(node.id)
        if isfinite(slope):
            assert isclose(found.total, slope, rel_tol=1e-10, abs_tol=1e-12)
        else:
            assert not isfinite(found.total)


@pytest.mark.parametrize("seed", range(60))
def test_counts_and_the_largest_paths_are_those_of_walking_them_all(seed):
    document = random_graph(seed, 12) if seed % 2 else random_network(seed, 5)
    result = evaluate(document)
    for node in document.nodes()[:8]:
        ways = Ways(document, node.id, result.output)
        if ways.count > 3000:
            continue
        paths = walked(document, node.id, result.output)
        assert ways.count == len(paths)
        every = ways.ledger(result, len(paths) + 1)
        assert {path.wires for path in every.paths} == set(paths)
        told = dict(zip(paths, products(result, paths), strict=True))
        for path in every.paths:
            np.testing.assert_allclose(path.product, told[path.wires], rtol=1e-12)
        sizes = sorted((abs(p) for p in told.values() if isfinite(p)), reverse=True)
        shown = [abs(path.product) for path in every.paths if isfinite(path.product)]
        np.testing.assert_allclose(shown, sizes, rtol=1e-12)
        some = ways.ledger(result, 5)
        assert [path.wires for path in some.paths] == [path.wires for path in every.paths[:5]]


@pytest.mark.parametrize("seed", range(40))
def test_what_is_shown_and_the_rest_are_the_whole(seed):
    document = random_network(seed, 8)
    result = evaluate(document)
    leaf = document.nodes()[0].id
    found = Ways(document, leaf, result.output).ledger(result, 3)
    shown = sum(path.product for path in found.paths)
    assert len(found.paths) + found.more == found.count
    assert isclose(shown + found.rest, found.total, rel_tol=1e-12, abs_tol=1e-12)


def test_two_to_the_sixtieth_paths_are_counted_and_never_walked():
    _document, found = ledger(doubled(60), "x0", "x60", most=50)
    assert found.count == 2**60
    assert len({path.wires for path in found.paths}) == 50
    assert all(path.product == 1.0 for path in found.paths)
    assert found.total == 2.0**60
    assert found.rest == 2.0**60 - 50


def test_rounding_leads_no_search_astray_where_all_paths_are_equally_large():
    text = "x0 = 0.7"
    for k in range(40):
        text += f"; y{k} = tanh x{k}; z{k} = tanh x{k}; x{k + 1} = add y{k} z{k}"
    document, ids = written(text)
    ways, result = Ways(document, ids["x0"], ids["x40"]), evaluate(document)
    trails, turnings = ways._largest(choices_of(ways, result)), 0
    for _trail in range(20):
        next(trails)
        turnings += len(trails.gi_frame.f_locals["waiting"])
    assert ways.count == 2**40
    assert turnings <= 20 * 20 * 40  # each path leaves at most one turning at each of 40 forks


def choices_of(ways, result):
    rows = result.edge_row
    return ways._choices({wire: float(result.partial[rows[wire]]) for wire in ways.wires})


def test_paths_along_a_zero_come_last_and_count():
    _document, found = ledger("a = 2.0; z = 0.0; p = mul a z; s = add p a", "a", "s")
    assert found.count == 2
    assert [path.product for path in found.paths] == [1.0, 0.0]
    assert found.total == 1.0


def test_a_path_that_is_not_finite_comes_first():
    text = "a = 0.0; l = log a; t = tanh l; e = exp a; s = add t e"
    _document, found = ledger(text, "a", "s")
    assert isnan(found.paths[0].product)
    assert found.paths[1].product == 1.0
    assert isnan(found.total)


def test_a_product_beyond_all_numbers_is_still_the_largest():
    text = "a = 700.0; e = exp a; f = mul e e; g = exp a; s = add f g"
    _document, found = ledger(text, "a", "s", most=1)
    assert found.paths[0].product == inf
    assert found.more == 2
    assert isnan(found.rest)


def test_a_wire_without_numbers_is_a_path_all_the_same():
    document, ids = written("a = 2.0; d = mul a a; f = tanh d")
    document.apply(accept(verbs.disconnect(document, ids["d"], 1)))
    found = Ways(document, ids["a"], ids["f"]).ledger(evaluate(document), 5)
    assert found.count == 1
    assert isnan(found.paths[0].product)


def test_ways_hold_while_only_numbers_change():
    document, ids = written(SHARED)
    ways = Ways(document, ids["a"], ids["f"])
    document.apply(accept(set_value(document, ids["b"], 5.0)))
    result = evaluate(document)
    assert ways.ledger(result, 9).total == result.slope(ids["a"])


def test_a_ledger_is_written_as_a_table():
    document, found = ledger(SHARED, "a", "f")
    assert lines(document, found)[1:] == [
        ("a → e → f", "1 · d = 1 × −6", "−6"),
        ("a → d → f", "b · e = 3 × 1", "3"),
        ("sum of 2 paths = ∂f/∂a", "", "−3"),
    ]


def test_long_paths_and_large_counts_are_told_short():
    document, found = ledger(doubled(60), "x0", "x60", most=1)
    words = route(document, found.paths[0], found.source)
    assert words == "x0 →₁ x1 →₁ x2 →₁ x3 →₁ x4 → … →₁ x58 →₁ x59 →₁ x60"
    assert count_words(2**60) == "about 1.15 × 10¹⁸ paths"
    assert count_words(10**6) == "1,000,000 paths"
    assert count_words(2**50_000).startswith("about 3.16 × 10¹⁵⁰⁵¹")
    assert sum_words(document, found) == "sum of about 1.15 × 10¹⁸ paths = ∂x60/∂x0"
    assert lines(document, found)[2][0].startswith("the rest: about 1.15 × 10¹⁸ paths")


def test_a_law_is_in_brackets_only_beside_others():
    document, found = ledger("x = 2.0; t = tanh x; y = tanh t", "t", "y")
    assert lines(document, found)[1][1].startswith("1 − y² = ")
    document, found = ledger("x = 2.0; t = tanh x; y = tanh t", "x", "y")
    assert lines(document, found)[1][1].startswith("(1 − t²) · (1 − y²) = ")
    document, found = ledger("x = 2.0; y = sub x x", "x", "y")
    assert [words for _path, words, _product in lines(document, found)[1:3]] == ["1", "−1"]


def test_one_path_is_called_so():
    document, found = ledger("a = 2.0; b = 3.0; c = mul a b", "a", "c")
    assert lines(document, found)[1:] == [
        ("a → c", "b = 3", "3"),
        ("the one path = ∂c/∂a", "", "3"),
    ]


def test_of_a_long_product_the_factors_of_1_are_left_out():
    text = "a = 2.0; k = 3.0; x0 = mul a k"
    for k in range(9):
        text += f"; x{k + 1} = add x{k} k"
    document, found = ledger(text, "a", "x9")
    [_titles, (_route, told, product), _sum] = lines(document, found)
    assert (told, product) == ("k = 3", "3")
    document, found = ledger(doubled(12), "x0", "x12", most=1)
    assert lines(document, found)[1][1:] == ("1", "1")
