"""Curves on pages are the records' own numbers, and are painted where they should be."""

import math

import numpy as np
import pytest
from PySide6.QtGui import QColor

from engine import ops
from engine.graph.records import TrainingSettings
from engine.train.datasets import DATASETS
from engine.train.schedules import SCHEDULES, learning_rate
from playground.panels.help.drawings import Field, Plot, Points, kinks, parts_of
from playground.panels.help.ops import numbers_of
from playground.panels.help.painting import painted, painted_formula, torn
from playground.theme import load_theme

PLACES = (3, 77, 200, 333, 390)
DARK, LIGHT = (load_theme(name) for name in ("dark", "light"))


def has(image, colour: QColor) -> bool:
    wide, high = image.width(), image.height()
    return any(
        image.pixelColor(x, y).rgb() == colour.rgb() for x in range(wide) for y in range(high)
    )


@pytest.mark.parametrize("op", ops.OPS.values(), ids=lambda op: op.key)
def test_a_curve_is_the_value_and_the_derivative_of_the_record(op):
    chosen = numbers_of(op)
    query = "&".join(f"{name}={value!r}" for name, value in chosen.items())
    plots = [part for part in parts_of(f"op/{op.key}?{query}") if isinstance(part, Plot)]
    assert len(plots) == (1 if op.variadic else len(op.ports))
    names = ("x", "others") if op.variadic else op.ports
    attributes = op.defaults(chosen)
    for place, plot in enumerate(plots):
        for k in PLACES:
            x = float(plot.across[k])
            inputs = [x if n == place else chosen[name] for n, name in enumerate(names)]
            out = op.scalar.forward(inputs, attributes)
            slope = op.scalar.partials(inputs, out, attributes)[place]
            assert plot.value[k] == pytest.approx(out, rel=1e-12, nan_ok=True)
            assert plot.slope[k] == pytest.approx(float(slope), rel=1e-12, nan_ok=True)


def test_a_curve_follows_the_number_it_is_drawn_with():
    [plot] = parts_of("op/leaky_relu?slope=0.5")
    assert plot.value[0] == pytest.approx(-2.0)


@pytest.mark.parametrize("key", ["mul", "max", "div"])
def test_a_field_has_the_op_at_each_place(key):
    field = parts_of(f"op/{key}")[0]
    assert isinstance(field, Field)
    line = np.linspace(-4.0, 4.0, len(field.numbers))
    at = (10, 60)  # row and column
    expected = ops.OPS[key].scalar.forward((float(line[at[1]]), float(line[at[0]])))
    assert field.numbers[at] == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(
    ("key", "loss", "slope"),
    [
        ("hinge", lambda s, t: max(0.0, 1 - t * s), lambda s, t: -t if t * s < 1 else 0.0),
        ("squared_error", lambda s, t: (s - t) ** 2, lambda s, t: 2 * (s - t)),
        (
            "cross_entropy",
            lambda s, t: math.log1p(math.exp(-t * s)),
            lambda s, t: -t / (1 + math.exp(t * s)),
        ),
    ],
)
def test_a_loss_is_drawn_as_its_scalars_compute_it(key, loss, slope):
    for plot, target in zip(parts_of(f"template/{key}"), (1.0, -1.0), strict=True):
        for k in (5, 40, 70):
            score = float(plot.across[k])
            assert plot.value[k] == pytest.approx(loss(score, target), rel=1e-12)
            assert plot.slope[k] == pytest.approx(slope(score, target), rel=1e-12)


@pytest.mark.parametrize("key", SCHEDULES)
def test_the_curve_of_a_schedule_is_the_rate_of_each_step(key):
    [plot] = parts_of(f"schedule/{key}")
    settings = TrainingSettings(schedule=key, learning_rate=1.0)
    for step, rate in zip(plot.across[:50].tolist(), plot.value[:50].tolist(), strict=True):
        assert rate == learning_rate(settings, int(step))


@pytest.mark.parametrize("key", DATASETS)
def test_every_data_set_can_be_drawn(key):
    [points] = parts_of(f"dataset/{key}")
    assert isinstance(points, Points)
    assert points.places.shape == (len(points.labels), 2)
    assert not painted((points,), LIGHT, 300, 1.0).isNull()


def test_a_kink_parts_the_derivative_and_a_steep_curve_is_whole():
    relu, sqrt = parts_of("op/relu")[0], parts_of("op/sqrt")[0]
    assert len(list(torn(relu.across, relu.slope, relu.up))) == 2
    assert len(list(torn(sqrt.across, sqrt.slope, sqrt.up))) == 1
    by_y = parts_of("op/div?x=2&y=2")[2]
    assert len(list(torn(by_y.across, by_y.value, by_y.up))) == 2
    assert list(kinks(ops.OPS["abs"], ())) == [0.0]
    assert kinks(ops.OPS["tanh"], ()) == {}


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=["dark", "light"])
def test_values_are_blue_and_derivatives_violet_in_any_theme(theme):
    image = painted(parts_of("op/step"), theme, 360, 2.0)
    assert image.devicePixelRatio() == 2.0
    assert image.width() == 720
    assert has(image, theme.positive)
    assert has(image, theme.backward)


def test_a_formula_is_crisp_and_never_wider_than_its_room():
    wide = r"\mathrm{out} = \frac{a + b + c + d + e + f}{a \cdot b \cdot c \cdot d}"
    once, twice = (painted_formula(wide, DARK, 1000, ratio) for ratio in (1.0, 2.0))
    assert abs(twice.width() - 2 * once.width()) <= 2
    assert painted_formula(wide, DARK, 60, 1.0).width() <= 60


def test_nothing_is_drawn_of_what_is_not_known():
    assert parts_of("op/nothing") == ()
    assert parts_of("planet/mars?x=1") == ()
