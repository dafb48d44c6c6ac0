"""`Value` keeps micrograd's interface and its promises."""

import copy
import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import Value
from engine.ops import OPS, Op

FLOATS = st.floats(allow_nan=True, allow_infinity=True)


def count(root: Value) -> int:
    """Count the values of a graph as the lecture's `trace` does: by `_prev`."""
    seen: set[Value] = set()
    todo = [root]
    while todo:
        value = todo.pop()
        if value not in seen:
            seen.add(value)
            todo.extend(value._prev)
    return len(seen)


def test_a_new_value_holds_its_number_and_no_gradient() -> None:
    x = Value(2.0, label="x")
    assert (x.data, x.grad, x.label, x._op, x.inputs, x._prev) == (2.0, 0, "x", "", (), set())


def test_a_value_prints_as_in_micrograd() -> None:
    assert repr(Value(2.0)) == "Value(data=2.0, grad=0)"
    assert repr(Value(3) * 2 + 1) == "Value(data=7, grad=0)"
    assert repr(Value(np.float64(0.5))) == "Value(data=0.5, grad=0)"


def test_gradients_of_whole_numbers_stay_whole_as_in_micrograd() -> None:
    x = Value(3)
    ((x + x) * x).relu().backward()
    assert repr(x) == "Value(data=3, grad=12)"


def test_the_constructor_takes_children_op_and_label_in_micrograds_order() -> None:
    a, b = Value(1.0), Value(2.0)
    out = Value(3.0, (a, b), "+", "sum")
    assert (out._prev, out._op, out.label, out.inputs) == ({a, b}, "+", "sum", (a, b))


def test_a_label_can_be_changed_and_nothing_else_be_added() -> None:
    x = Value(1.0)
    x.label = "weight"
    assert x.label == "weight"
    with pytest.raises(AttributeError):
        x.lable = "weight"


@pytest.mark.parametrize(
    ("make", "expected", "slope"),
    [
        (lambda x: x + 3, 5.0, 1.0),
        (lambda x: 3 + x, 5.0, 1.0),
        (lambda x: x - 3, -1.0, 1.0),
        (lambda x: 3 - x, 1.0, -1.0),
        (lambda x: x * 3, 6.0, 3.0),
        (lambda x: 3 * x, 6.0, 3.0),
        (lambda x: x / 4, 0.5, 0.25),
        (lambda x: 4 / x, 2.0, -1.0),
        (lambda x: -x, -2.0, -1.0),
        (lambda x: x**3, 8.0, 12.0),
        (lambda x: x**-1, 0.5, -0.25),
        (lambda x: x**0.5, math.sqrt(2), 0.5 / math.sqrt(2)),
        (lambda x: x**x, 4.0, 4.0 * (1 + math.log(2))),
        (lambda x: 3**x, 9.0, 9.0 * math.log(3)),
        (lambda x: x.relu(), 2.0, 1.0),
        (lambda x: x.tanh(), math.tanh(2), 1 - math.tanh(2) ** 2),
        (lambda x: x.exp(), math.exp(2), math.exp(2)),
        (lambda x: x.log(), math.log(2), 0.5),
        (lambda x: x.sigmoid(), 1 / (1 + math.exp(-2)), math.exp(-2) / (1 + math.exp(-2)) ** 2),
        (lambda x: x.leaky_relu(0.1), 2.0, 1.0),
        (lambda x: (-x).leaky_relu(slope=0.1), -0.2, -0.1),
        (lambda x: (-x).leaky_relu(), -0.02, -0.01),
        (lambda x: x.power(3), 8.0, 12.0),
        (lambda x: x.max(1.0, x, -4), 2.0, 1.0),
        (lambda x: x.logsumexp(2), 2 + math.log(2), 0.5),
        (lambda x: x.div(x), 1.0, 0.0),
    ],
)
def test_an_operation_gives_its_number_and_its_slope(
    make: Callable[[Value], Value], expected: float, slope: float
) -> None:
    x = Value(2.0)
    out = make(x)
    out.backward()
    assert out.data == pytest.approx(expected, rel=1e-15)
    assert x.grad == pytest.approx(slope, rel=1e-14, abs=1e-16)


@pytest.mark.parametrize("op", OPS.values(), ids=OPS.keys())
def test_every_op_of_the_table_is_a_method_with_the_tables_derivatives(op: Op) -> None:
    point = op.sampler(np.random.default_rng(2), 3)
    at = len(point) - len(op.attributes)
    inputs, attributes = point[:at], point[at:]
    first, *others = values = [Value(number) for number in inputs]
    out = getattr(first, op.key)(*others, *attributes)
    out.backward()
    assert out.data == op.scalar.forward(inputs, attributes)
    slopes = op.scalar.partials(inputs, out.data, attributes)
    assert tuple(value.grad for value in values) == slopes


def test_methods_are_offered_for_completion() -> None:
    assert {*OPS, "backward", "data", "grad"} <= set(dir(Value(1.0)))


@pytest.mark.parametrize(
    "call",
    [
        lambda x: x.sin(1),
        lambda x: x.sub(),
        lambda x: x.leaky_relu(0.1, 0.2),
        lambda x: x.leaky_relu(steepness=0.1),
    ],
)
def test_a_method_refuses_a_wrong_number_of_arguments(call: Callable[[Value], Value]) -> None:
    with pytest.raises(TypeError, match="takes"):
        call(Value(1.0))


def test_an_unknown_method_is_named_in_the_error() -> None:
    with pytest.raises(AttributeError, match="'sinus'"):
        Value(1.0).sinus()


def test_differences_and_quotients_are_made_of_micrograds_parts() -> None:
    a, b = Value(3.0), Value(2.0)
    assert [count(a - b), count(a / b), count(-a), count(a - 1), count(a / 2)] == [5, 4, 3, 3, 3]
    assert (a - b)._op == "+"
    assert (a / b)._op == "*"
    assert {value._op for value in (a / b)._prev} == {"", "**-1"}


def test_inputs_keep_order_and_repetition_and_prev_does_not() -> None:
    a, b = Value(1.0), Value(2.0)
    assert (a * b).inputs == (a, b)
    assert (a + a).inputs == (a, a)
    assert (a + a)._prev == {a}


def test_a_gradient_adds_up_when_a_value_is_used_twice() -> None:
    a = Value(3.0)
    (a + a).backward()
    assert a.grad == 2.0


def test_backward_adds_to_gradients_until_they_are_forgotten() -> None:
    a = Value(3.0)
    out = a * 2
    out.backward()
    out.backward()
    assert a.grad == 4.0
    a.zero_grad()
    assert a.grad == 0


def test_one_step_of_the_chain_rule_can_be_taken_by_hand() -> None:
    a, b = Value(2.0), Value(-3.0)
    out = a * b
    out.grad = 10.0
    out._backward()
    assert (a.grad, b.grad) == (-30.0, 20.0)
    a._backward()
    assert (a.grad, b.grad) == (-30.0, 20.0)


def test_the_chain_rule_by_hand_in_the_wrong_order_gives_wrong_results() -> None:
    x = Value(2.0)
    middle = x * 3
    out = middle * 5
    out.grad = 1.0
    middle._backward()
    out._backward()
    assert x.grad == 0.0
    assert middle.grad == 5.0


def test_a_program_can_define_an_operation_with_a_closure_of_its_own() -> None:
    def cube(value: Value) -> Value:
        out = Value(value.data**3, (value,), "cube")

        def _backward() -> None:
            value.grad += 3 * value.data**2 * out.grad

        out._backward = _backward
        return out

    x = Value(2.0)
    (cube(x) * 2).backward()
    assert x.grad == 24.0


def test_a_closure_replaces_the_rule_of_the_table() -> None:
    x = Value(2.0)
    out = x * 5
    out._backward = lambda: None
    out.backward()
    assert x.grad == 0


def test_a_program_can_sort_the_graph_by_itself() -> None:
    topo: list[Value] = []
    visited: set[Value] = set()

    def build_topo(value: Value) -> None:
        if value not in visited:
            visited.add(value)
            for child in value._prev:
                build_topo(child)
            topo.append(value)

    a, b = Value(0.5), Value(0.3)
    out = (a * b + a).tanh()
    build_topo(out)
    out.grad = 1.0
    for value in reversed(topo):
        value._backward()
    slope = 1 - math.tanh(0.65) ** 2
    assert (a.grad, b.grad) == pytest.approx((1.3 * slope, 0.5 * slope), rel=1e-14)


def test_a_value_is_sorted_after_all_its_inputs() -> None:
    a = Value(0.5)
    b = a.sin()
    c = b * a
    out = (c + b) * (a - c)
    order = out._sorted()
    place = {value: k for k, value in enumerate(order)}
    assert len(place) == len(order) == count(out)
    assert all(place[x] < place[value] for value in order for x in value.inputs)


def test_a_chain_of_100_000_values_goes_backward_and_is_let_go() -> None:
    x = out = Value(1.0)
    for _ in range(50_000):
        out = (out + 1.0) * 1.0
    out.backward()
    assert (out.data, x.grad) == (50_001.0, 1.0)
    del out
    assert x.grad == 1.0


def test_a_diamond_repeated_64_times_is_visited_once_each() -> None:
    x = out = Value(1.0)
    for _ in range(64):
        out = out + out
    out.backward()
    assert x.grad == 2.0**64


@given(x=FLOATS, y=FLOATS)
def test_no_number_makes_an_operation_or_its_gradient_raise(x: float, y: float) -> None:
    a, b = Value(x), Value(y)
    results = [a + b, a - b, a * b, a / b, a**b, a**y, x / b, a / y, x**b]
    results += [getattr(a, key)() for key, op in OPS.items() if len(op.ports) == 1]
    for out in results:
        out.backward()
    assert all(type(value.data) in (int, float) for value in results)


def test_numbers_without_a_finite_answer_flow_on() -> None:
    assert Value(0.0).log().data == -math.inf
    assert math.isnan(Value(-1.0).log().data)
    assert (1 / Value(0.0)).data == (Value(1.0) / 0).data == math.inf
    assert Value(710.0).exp().data == math.inf
    assert math.isnan((Value(-8.0) ** (1 / 3)).data)
    assert math.isnan(Value(math.nan).relu().data)


def test_numbers_of_numpy_work_on_either_side() -> None:
    x = Value(np.float64(2.0))
    assert (x * np.float64(3.0)).data == 6.0
    assert (np.int64(-1) * x).data == -2.0
    assert type((x + np.float64(1.0)).data) is float


def test_what_is_not_a_number_is_refused() -> None:
    with pytest.raises(TypeError):
        Value(None)
    with pytest.raises(TypeError):
        Value(1.0) + None


def test_a_value_can_be_copied() -> None:
    x = Value(2.0, label="x")
    twin = copy.deepcopy((x * 3).tanh())
    twin.backward()
    assert x.grad == 0
    assert twin.data == math.tanh(6.0)
