"""Any value over any other: against closed forms, the tape, differences, and plain Python."""

import numpy as np
import pytest

from engine.errors import Refusal, accept
from engine.exchange.program import insert_text
from engine.files import write
from engine.graph.document import Document
from engine.graph.verbs import disconnect
from engine.run import sweep as sweeping
from engine.run.breaks import Break, find_breaks, simplest
from engine.run.downhill import descend
from engine.run.evaluate import evaluate
from engine.run.mirror import to_values
from engine.run.secant import error_curve, secant
from engine.run.sweep import Sweep
from tests.engine.random_graphs import random_graph

PARABOLA = "y = 3*x**2 - 4*x + 5"
CHAIN = "a = 2\nb = -3\nc = 10\nf = -2\ne = a*b\nd = e + c\nL = d*f"


def typed(text: str) -> Document:
    document = Document()
    document.apply(accept(insert_text(document, text, (0.0, 0.0), None, (), pasted=True)))
    return document


def swept(document: Document, y: str, *x: str) -> Sweep:
    found = [accept(document.find(name)) for name in (y, *x)]
    return accept(Sweep.build(document, evaluate(document), found[0], found[1:]))


def test_a_parabola_and_its_slope_have_their_closed_form_on_the_lectures_forty_points():
    x = np.arange(-5, 5, 0.25)
    found = swept(typed(PARABOLA), "y", "x").at(x)
    assert len(x) == 40
    np.testing.assert_allclose(found.value, 3 * x**2 - 4 * x + 5, rtol=1e-14)
    np.testing.assert_allclose(found.slope[0], 6 * x - 4, rtol=1e-14)
    assert found.problem is None


def test_tanh_and_its_slope_have_their_closed_form():
    x = np.arange(-5, 5, 0.2)
    found = swept(typed("y = tanh(x)"), "y", "x").at(x)
    np.testing.assert_allclose(found.value, np.tanh(x), rtol=1e-14)
    np.testing.assert_allclose(found.slope[0], 1 - np.tanh(x) ** 2, rtol=1e-12)


@pytest.mark.parametrize("seed", range(40))
def test_where_the_document_is_value_and_slope_are_those_of_the_tape(seed):
    document = random_graph(seed)
    result = evaluate(document)
    assert result.output is not None
    for node in document.nodes():
        if not result.computed[result.row[node.id]] or not result.reached[result.row[node.id]]:
            continue
        sweep = accept(Sweep.build(document, result, result.output, [node.id]))
        found = sweep.at(np.array(sweep.start))
        np.testing.assert_allclose(found.value[0], result.number(result.output), rtol=1e-13)
        np.testing.assert_allclose(found.slope[0, 0], result.slope(node.id), rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("seed", range(20))
def test_one_place_is_computed_as_plain_values_are_to_the_last_bit(seed):
    document = random_graph(seed)
    result = evaluate(document)
    assert result.output is not None
    leaf = next(n.id for n in document.nodes() if n.is_leaf and result.reached[result.row[n.id]])
    sweep = accept(Sweep.build(document, result, result.output, [leaf]))
    for number in (-1.5, 0.25, 2.0):
        expected = to_values(document, {leaf: number})[result.output].data
        np.testing.assert_equal(sweep.exactly(number), expected)


def test_an_op_is_swept_cut_off_from_its_inputs_and_the_document_stays_as_it_is():
    document = typed(CHAIN)
    before, revision = write(document), document.revision
    sweep = swept(document, "L", "e")
    e = accept(document.find("e"))
    assert sweep.cut == (e,)
    assert sweep.start == (-6.0,)
    x = np.linspace(-8, 8, 33)
    found = sweep.at(x)
    np.testing.assert_array_equal(found.value, (x + 10) * -2)
    np.testing.assert_array_equal(found.slope[0], -2.0)
    assert (write(document), document.revision) == (before, revision)


def test_sums_of_any_number_of_inputs_can_be_cut_off_too():
    sweep = swept(typed("s = a + b + c\ny = s * s"), "y", "s")
    np.testing.assert_array_equal(sweep.at(np.array([3.0, 4.0])).value, [9.0, 16.0])


def test_two_inputs_have_a_surface_and_both_partials():
    sweep = swept(typed("y = x*z + x**2"), "y", "x", "z")
    x, z = (grid.ravel() for grid in np.meshgrid(np.linspace(-2, 2, 5), np.linspace(-1, 3, 5)))
    found = sweep.at(np.stack((x, z)))
    np.testing.assert_allclose(found.value, x * z + x**2, atol=1e-15)
    np.testing.assert_allclose(found.slope, [z + 2 * x, x], atol=1e-15)


def test_what_does_not_depend_on_it_is_flat():
    document = typed("y = 3*a\nz = 2*x")
    sweep = swept(document, "y", "x")
    assert not sweep.depends
    found = sweep.at(np.array([1.0, 2.0, 3.0]))
    assert found.value.tolist() == [3.0, 3.0, 3.0]
    assert found.slope.tolist() == [[0.0, 0.0, 0.0]]


def test_other_numbers_are_held_as_the_evaluation_has_them():
    document = typed(CHAIN)
    a, l_node = (accept(document.find(name)) for name in "aL")
    result = evaluate(document, numbers=(np.array([a]), np.array([5.0])))
    sweep = accept(Sweep.build(document, result, l_node, [accept(document.find("b"))]))
    assert sweep.at(np.array([-3.0])).value[0] == result.number(l_node) == (5 * -3 + 10) * -2
    assert sweep.exactly(-3.0) == 10.0
    sweep.load(evaluate(document))
    assert sweep.exactly(-3.0) == sweep.at(np.array([-3.0])).value[0] == -8.0


def test_what_has_no_value_is_refused():
    document = typed("y = tanh(x)")
    y = accept(document.find("y"))
    document.apply(accept(disconnect(document, y, document.node(y).ports[0])))
    refusal = Sweep.build(document, evaluate(document), y, [accept(document.find("x"))])
    assert isinstance(refusal, Refusal)
    assert refusal.where == (y,)


def test_larger_graphs_get_fewer_places_and_the_largest_none(monkeypatch):
    document = typed("y = " + "+".join(f"x**{k}" for k in range(2, 30)))
    sweep = swept(document, "y", "x")
    wide = 1 + 28 + sum(node.op == "add" for node in document.nodes())
    assert sweep.lanes == sweeping.ROOM // wide
    monkeypatch.setattr(sweeping, "LARGEST", 5)
    x, y = (accept(document.find(name)) for name in "xy")
    assert "nodes lead to it" in str(Sweep.build(document, evaluate(document), y, [x]))


# The lecture's own numbers -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("x", "h", "slope"),
    [
        (3.0, 1e-3, 14.00300000000243),
        (3.0, 1e-6, 14.000003002223593),
        (2 / 3, 1e-6, 2.999378523327323e-06),
        (-3.0, 1e-6, -21.999997002808414),
    ],
)
def test_the_slope_of_the_parabola_is_the_lectures_to_the_last_digit(x, h, slope):
    assert secant(swept(typed(PARABOLA), "y", "x"), (x,), h).forward == slope


@pytest.mark.parametrize(
    ("name", "slope"),
    [("a", -3.000000000010772), ("b", 2.0000000000042206), ("c", 0.9999999999976694)],
)
def test_nudging_each_input_of_d_gives_the_lectures_slope(name, slope):
    sweep = swept(typed("a = 2\nb = -3\nc = 10\nd = a*b + c"), "d", name)
    found = secant(sweep, sweep.start, 1e-4)
    assert (found.here, found.forward) == (4.0, slope)
    assert name != "c" or found.ahead == 4.0001


def test_the_check_of_b_in_the_chain_gives_the_lectures_slope():
    sweep = swept(typed(CHAIN), "L", "b")
    assert secant(sweep, sweep.start, 0.001).forward == -3.9999999999995595


# Errors by h -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "x", "second"),
    [(PARABOLA, 3.0, 6.0), ("y = exp(x)", 1.0, np.e), ("y = sin(x)", 1.0, -np.sin(1.0))],
)
def test_errors_fall_with_h_until_rounding_takes_over(text, x, second):
    errors = error_curve(swept(typed(text), "y", "x"), (x,))
    assert (errors.h[0], errors.h[-1]) == (1.0, pytest.approx(1e-15))
    bent = (errors.h < 1e-2) & (errors.h > 1e-6)
    np.testing.assert_allclose(errors.truncation, abs(second) * errors.h / 2, rtol=1e-5)
    np.testing.assert_allclose(errors.forward[bent], errors.truncation[bent], rtol=0.01)
    assert (errors.forward <= 1.1 * (errors.truncation + 4 * errors.rounding) + 1e-9)[bent].all()
    best = errors.best(errors.forward)
    assert best is not None
    assert 1e-10 < errors.h[best] < 1e-6
    central = errors.best(errors.central)
    assert central is not None
    assert errors.central[central] <= errors.forward[best]


def test_of_a_cubic_the_slope_from_both_sides_is_off_by_h_squared():
    sweep = swept(typed("y = x**3"), "y", "x")
    found = secant(sweep, (2.0,), 0.25)
    assert found.central == 12.0 + 0.25**2
    assert found.forward == 12.0 + 6.0 * 0.25 + 0.25**2
    errors = error_curve(sweep, (2.0,))
    large = errors.h > 1e-3
    np.testing.assert_allclose(errors.central[large], errors.h[large] ** 2, rtol=1e-6)


def test_there_is_no_best_h_where_nothing_is_finite():
    errors = error_curve(swept(typed("y = log(x)"), "y", "x"), (-3.0,))
    assert errors.best(errors.forward) is None


# Where a curve is not smooth ---------------------------------------------------------------------


def breaks_of(text: str, low: float = -5.0, high: float = 5.0, points: int = 401) -> list[Break]:
    sweep = swept(typed(text), "y", "x")
    x = np.linspace(low, high, points)
    found = sweep.at(x)
    return find_breaks(sweep, x, found.value, found.slope[0])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("y = relu(x)", [("kink", 0.0, 0.0, 1.0)]),
        ("y = abs(x)", [("kink", 0.0, -1.0, 1.0)]),
        ("y = relu(x - 1.3) + relu(2*x + 1)", [("kink", -0.5, 0.0, 2.0), ("kink", 1.3, 2.0, 3.0)]),
        ("y = max(x, 1)", [("kink", 1.0, 0.0, 1.0)]),
        ("y = step(x)", [("jump", 0.0, 0.0, 1.0)]),
    ],
)
@pytest.mark.parametrize("points", [400, 401])
def test_kinks_and_jumps_are_found_where_they_are(text, expected, points):
    found = breaks_of(text, points=points)
    assert [(b.kind, b.place, b.before, b.after) for b in found] == expected


@pytest.mark.parametrize(
    ("text", "kind"), [("y = 1/x", "pole"), ("y = x**-2", "pole"), ("y = sqrt(x)", "edge")]
)
@pytest.mark.parametrize("points", [400, 401])
def test_poles_and_ends_are_found(text, kind, points):
    [found] = breaks_of(text, points=points)
    assert (found.kind, found.place) == (kind, 0.0)


def test_a_kink_is_found_beside_a_pole():
    found = breaks_of("y = 1/x + relu(x - 1)")
    assert [(one.kind, one.place) for one in found] == [("pole", 0.0), ("kink", 1.0)]


@pytest.mark.parametrize(
    "text", ["y = tanh(x)", "y = x**2", "y = sin(x)", "y = tanh(100*x)", "y = 3*x", "y = exp(x)"]
)
def test_a_smooth_curve_has_no_breaks_however_steep(text):
    assert breaks_of(text) == []


@pytest.mark.parametrize(
    ("low", "high", "number"),
    [
        (-1e-7, 1e-9, 0.0),
        (1.29999997, 1.3000001, 1.3),
        (-0.50001, -0.49999, -0.5),
        (2.0, 2.0, 2.0),
    ],
)
def test_a_place_is_told_by_the_number_with_the_fewest_decimals(low, high, number):
    assert simplest(low, high) == number


# Descent -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("rate", [0.1, 0.5, 0.9, 1.1])
def test_descent_on_a_parabola_has_its_closed_form(rate):
    walk = descend(swept(typed("y = (x - 3)**2"), "y", "x"), (-1.0,), rate)
    for k, stop in zip(range(15), walk, strict=False):
        assert stop.place[0] == pytest.approx(3 - 4 * (1 - 2 * rate) ** k)
        assert stop.value == pytest.approx((stop.place[0] - 3) ** 2)


def test_descent_on_two_inputs_goes_along_both():
    walk = descend(swept(typed("y = x**2 + 4*z**2"), "y", "x", "z"), (1.0, 1.0), 0.1)
    _start, second = next(walk), next(walk)
    assert second.place == pytest.approx((0.8, 0.2))


def test_descent_that_is_lost_ends():
    stops = list(descend(swept(typed("y = x**4"), "y", "x"), (2.0,), 1.0))
    assert stops[-1].lost
    assert not any(stop.lost for stop in stops[:-1])
    assert len(stops) < 10
