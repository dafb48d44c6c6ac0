"""The lines of a run's curves, and how the numbers beside them are written."""

from gettext import gettext as _

from playground.panels.chart.line import DASHED, DOTTED, SOLID, Line
from playground.training import Curves
from playground.widgets.numbers import percent

LEAST_PLAIN, MOST_PLAIN = 1e-3, 1e3
SMOOTHINGS = (
    (0.0, _("off"), _("As measured")),
    (0.6, _("light"), _("Averaged over about the last 3 entries")),
    (0.9, _("medium"), _("Averaged over about the last 10 entries")),
    (0.98, _("strong"), _("Averaged over about the last 50 entries")),
)
MEASURES = ("train", "test", "objective")


def loss_lines(
    curves: Curves | None,
    colours: tuple[str, str, str] = ("positive", "muted", "dim"),
    wanted: tuple[str, ...] = MEASURES,
    group: str = "",
) -> list[Line]:
    """Return the lines of train loss, test loss and objective, as far as there are any.

    The train loss comes first, so that it is seen where they coincide.
    """
    if curves is None:
        return []
    train, test, objective = colours
    table = (
        ("train", _("train"), curves.train, train, SOLID),
        ("test", _("test"), curves.test, test, DASHED),
        ("objective", _("objective"), curves.objective, objective, DOTTED),
    )
    return [
        Line(title, curves.steps, numbers, colour, style, curves.epochs, group)
        for key, title, numbers, colour, style in table
        if numbers is not None and key in wanted
    ]


def reading(loss: float | None) -> str:
    """Write a loss in few digits that do not dance."""
    if loss is None:
        return ""
    if loss == 0.0:
        return " 0.0"
    return f" {loss:.4f}" if LEAST_PLAIN <= abs(loss) < MOST_PLAIN else f" {loss:.1e}"


def share(accuracy: float | None) -> str:
    """Write an accuracy behind a loss."""
    return "" if accuracy is None else f" · {percent(accuracy)}"
