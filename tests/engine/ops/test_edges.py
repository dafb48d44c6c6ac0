"""The edge rules that were decided, each by name."""

import math

import pytest

from engine.ops import OPS, scalars
from engine.ops.record import Point

INF, NAN = math.inf, math.nan


def value(key: str, *inputs: float, attributes: Point = ()) -> float:
    return OPS[key].scalar.forward(inputs, attributes)


def slopes(key: str, *inputs: float, attributes: Point = ()) -> Point:
    return OPS[key].scalar.partials(inputs, value(key, *inputs, attributes=attributes), attributes)


def test_relu_has_slope_0_at_0() -> None:
    assert slopes("relu", 0.0) == slopes("relu", -0.0) == (0,)


def test_relu_of_nan_is_nan_and_passes_no_gradient() -> None:
    assert math.isnan(value("relu", NAN))
    assert slopes("relu", NAN) == (0,)


def test_leaky_relu_has_the_slope_of_its_negative_side_at_0() -> None:
    assert slopes("leaky_relu", 0.0, attributes=(0.01,)) == (0.01,)


def test_the_absolute_value_has_slope_0_at_0() -> None:
    assert slopes("abs", 0.0) == slopes("abs", -0.0) == (0.0,)


def test_a_step_is_0_at_0_and_flat_everywhere() -> None:
    assert [value("step", x) for x in (-1.0, 0.0, 1e-300)] == [0.0, 0.0, 1.0]
    assert {slopes("step", x) for x in (-1.0, 0.0, 1.0, INF, NAN)} == {(0,)}


def test_a_step_of_nan_is_nan() -> None:
    assert math.isnan(value("step", NAN))


@pytest.mark.parametrize("key", ["max", "min"])
def test_ties_share_the_gradient_equally(key: str) -> None:
    assert slopes(key, 1.0, 1.0) == (0.5, 0.5)
    assert slopes(key, 7.0, 7.0, 7.0) == pytest.approx((1 / 3, 1 / 3, 1 / 3))


def test_the_winner_takes_all_of_the_gradient() -> None:
    assert slopes("max", 1.0, 3.0, 2.0) == (0.0, 1.0, 0.0)
    assert slopes("min", 1.0, 3.0, 2.0) == (1.0, 0.0, 0.0)


@pytest.mark.parametrize("key", ["max", "min"])
def test_nan_wins_any_choice(key: str) -> None:
    assert math.isnan(value(key, NAN, 1.0))
    assert math.isnan(value(key, 1.0, NAN))


def test_a_product_with_one_zero_gives_only_that_factor_a_slope() -> None:
    assert slopes("prod", 2.0, 0.0, 5.0) == (0.0, 10.0, 0.0)


def test_a_product_with_two_zeros_gives_no_slope() -> None:
    assert slopes("prod", 0.0, 3.0, 0.0) == (0.0, 0.0, 0.0)


def test_n_ary_ops_take_a_single_input() -> None:
    assert [value(key, 2.5) for key in ("add", "prod", "max", "min", "logsumexp")] == [2.5] * 5
    assert [slopes(key, 2.5) for key in ("add", "prod", "max", "min", "logsumexp")] == [(1,)] * 5


def test_the_zeroth_power_is_constant_even_at_0() -> None:
    assert value("power", 0.0, attributes=(0.0,)) == 1.0
    assert slopes("power", 0.0, attributes=(0.0,)) == (0,)


def test_the_first_power_has_slope_1_at_0() -> None:
    assert slopes("power", 0.0, attributes=(1.0,)) == (1.0,)


def test_a_root_has_an_infinite_slope_at_0_even_at_minus_0() -> None:
    assert slopes("sqrt", 0.0) == slopes("sqrt", -0.0) == (INF,)
    assert slopes("power", 0.0, attributes=(0.5,)) == (INF,)


def test_zero_to_a_negative_power_is_infinite() -> None:
    assert value("power", 0.0, attributes=(-1.0,)) == INF
    assert slopes("power", 0.0, attributes=(-1.0,)) == (-INF,)


def test_zero_to_a_growing_exponent_stays_0_without_slope_in_the_exponent() -> None:
    assert slopes("pow", 0.0, 2.0) == (0.0, 0)
    assert slopes("pow", 0.0, 0.0) == (0, 0)


def test_a_negative_base_with_a_whole_exponent_is_a_number() -> None:
    assert value("pow", -2.0, 3.0) == -8.0
    assert slopes("pow", -2.0, 3.0)[0] == 12.0
    assert math.isnan(slopes("pow", -2.0, 3.0)[1])


def test_a_negative_base_with_a_fractional_exponent_is_nan_and_not_complex() -> None:
    assert math.isnan(value("power", -8.0, attributes=(1 / 3,)))


@pytest.mark.parametrize(
    ("key", "inputs", "expected"),
    [
        ("log", (0.0,), -INF),
        ("log", (-1.0,), NAN),
        ("sqrt", (-1.0,), NAN),
        ("div", (1.0, 0.0), INF),
        ("div", (-1.0, 0.0), -INF),
        ("div", (1.0, -0.0), -INF),
        ("div", (0.0, 0.0), NAN),
        ("exp", (710.0,), INF),
        ("exp", (-800.0,), 0.0),
        ("sin", (INF,), NAN),
        ("cos", (-INF,), NAN),
        ("square", (1e200,), INF),
        ("pow", (1e200, 2.0), INF),
        ("add", (INF, -INF), NAN),
        ("mul", (0.0, INF), NAN),
    ],
)
def test_numbers_without_a_finite_answer_become_infinite_or_nan(
    key: str, inputs: tuple[float, ...], expected: float
) -> None:
    assert value(key, *inputs) == pytest.approx(expected, nan_ok=True)


@pytest.mark.parametrize(
    ("key", "point", "reason"),
    [
        ("log", (0.0,), "falls without end"),
        ("log", (-1.0,), "negative number has no real logarithm"),
        ("sqrt", (-1.0,), "no real square root"),
        ("div", (1.0, 0.0), "divided by 0"),
        ("exp", (710.0,), "709.78"),
        ("power", (0.0, -1.0), "negative power"),
        ("power", (-2.0, 0.5), "fractional power"),
        ("pow", (0.0, -1.0), "negative power"),
        ("pow", (-2.0, 0.5), "fractional power"),
    ],
)
def test_the_domain_says_why_there_is_no_finite_answer(
    key: str, point: Point, reason: str
) -> None:
    told = [rule.reason for rule in OPS[key].domain if rule.condition(*point)]
    assert len(told) == 1
    assert reason in told[0]


def test_every_domain_rule_has_a_special_point_that_breaks_it() -> None:
    for op in OPS.values():
        for rule in op.domain:
            assert any(rule.condition(*point) for point in op.special), rule.reason


def test_the_domain_accepts_every_finite_value_of_its_special_points() -> None:
    for op in OPS.values():
        for point in op.special:
            count = len(point) - len(op.attributes)
            if math.isfinite(op.scalar.forward(point[:count], point[count:])):
                assert not any(rule.condition(*point) for rule in op.domain), (op.key, point)


def test_the_sigmoid_saturates_without_overflow() -> None:
    assert value("sigmoid", 800.0) == 1.0
    assert value("sigmoid", -800.0) == 0.0
    assert value("sigmoid", -40.0) == pytest.approx(math.exp(-40), rel=1e-15)


def test_the_slope_of_the_sigmoid_does_not_cancel_far_out() -> None:
    assert slopes("sigmoid", 40.0)[0] == pytest.approx(math.exp(-40), rel=1e-15)
    assert slopes("sigmoid", -40.0)[0] == pytest.approx(math.exp(-40), rel=1e-15)


def test_softplus_is_exact_far_out_on_both_sides() -> None:
    assert value("softplus", 800.0) == 800.0
    assert value("softplus", -40.0) == pytest.approx(math.exp(-40), rel=1e-15)
    assert value("softplus", -800.0) == 0.0
    assert value("softplus", 0.0) == pytest.approx(math.log(2), rel=1e-15)


def test_log_sum_exp_neither_overflows_nor_vanishes() -> None:
    assert value("logsumexp", 1000.0, 1000.0) == pytest.approx(1000 + math.log(2), rel=1e-15)
    assert value("logsumexp", -1000.0, -1000.0) == pytest.approx(-1000 + math.log(2), rel=1e-15)
    assert slopes("logsumexp", 1000.0, 1000.0) == pytest.approx((0.5, 0.5))


def test_log_sum_exp_of_nothing_but_minus_infinity_is_that_without_slopes() -> None:
    assert value("logsumexp", -INF, -INF) == -INF
    assert slopes("logsumexp", -INF, -INF) == (0.0, 0.0)


def test_log_sum_exp_ignores_a_single_minus_infinity() -> None:
    assert value("logsumexp", -INF, 3.0) == 3.0
    assert slopes("logsumexp", -INF, 3.0) == (0.0, 1.0)


def test_log_sum_exp_with_an_infinite_input_follows_that_input() -> None:
    assert value("logsumexp", INF, 3.0) == INF
    assert slopes("logsumexp", INF, 3.0) == (1.0, 0.0)


def test_the_slopes_of_log_sum_exp_add_up_to_1() -> None:
    assert math.fsum(slopes("logsumexp", 0.1, -2.0, 5.0, 4.9)) == pytest.approx(1.0, rel=1e-14)


def test_whole_numbers_stay_whole_in_powers_while_a_float_is_exact() -> None:
    assert repr(scalars.power(3, 4)) == "81"
    assert repr(scalars.power(2, -1)) == "0.5"
    assert scalars.power(10, 400) == INF
