"""Charts of curves over the steps of a run: one widget, which training panel and studio share."""

from playground.panels.chart.chart import Chart
from playground.panels.chart.line import Line

__all__ = ["Chart", "Line"]
