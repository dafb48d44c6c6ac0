"""The pages of the studio: one record each, in one table, in the order of their tabs.

Adding a page is adding a record: the studio, its tabs and the menu read the table.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from gettext import gettext as _
from types import MappingProxyType

from PySide6.QtWidgets import QWidget

from playground.panels.studio.boundary import BoundaryPage
from playground.panels.studio.bugs import BugsPage
from playground.panels.studio.check import CheckPage
from playground.panels.studio.doctor import DoctorPage
from playground.panels.studio.explorer import ExplorerPage
from playground.panels.studio.loss import LossPage
from playground.panels.studio.modes import ModesPage
from playground.panels.studio.optimizer import OptimizerPage
from playground.panels.studio.paths import PathsPage
from playground.panels.studio.predict import PredictPage
from playground.panels.studio.results import ResultsPage
from playground.panels.studio.space import SpacePage
from playground.panels.studio.weights import WeightsPage
from playground.session import Session
from playground.settings import Settings
from playground.theme import ThemeManager

PARTS: Mapping[str, str] = MappingProxyType({"run": _("Run"), "insight": _("Insight")})
"""The two halves of the studio: what looks into a training run, and what explains numbers."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page: `make` is called when the page is first seen, and never again.

    A page follows the session by itself, and does nothing while it is hidden. `part` is one of
    `PARTS`. A page that has a signal `left` gives the keyboard back to the canvas with it, with
    `asked` it leads to an action, with `example_wanted` to an example; one that has a method
    `leave` ends with it what it has under way.
    """

    key: str
    title: str
    tip: str
    make: Callable[[Session, ThemeManager, Settings], QWidget]
    part: str = "run"


_TABLE = (
    Page(
        "boundary",
        _("Boundary"),
        _("What is predicted all over the plane, large"),
        BoundaryPage,
    ),
    Page(
        "space",
        _("Space"),
        _("The plane and the data as a hidden layer bends them"),
        SpacePage,
    ),
    Page(
        "loss",
        _("Loss"),
        _("How the losses of all runs went, and what the runs were"),
        LossPage,
    ),
    Page(
        "results",
        _("Results"),
        _("Accuracy over time, and what is predicted of every sample"),
        ResultsPage,
    ),
    Page(
        "weights",
        _("Weights"),
        _("How weights and gradients of each layer are spread, and how far each step moves them"),
        WeightsPage,
    ),
    Page(
        "doctor",
        _("Doctor"),
        _("What is wrong with the run, since when, why, and what may help"),
        DoctorPage,
    ),
    Page(
        "predict",
        _("Predict"),
        _("What the network says of rows that you type or paste"),
        PredictPage,
    ),
    Page(
        "optimizer",
        _("Optimiser"),
        _("What the optimiser remembers of each parameter"),
        OptimizerPage,
    ),
    Page(
        "paths",
        _("Paths"),
        _("Every path from a value to an output, and how they add up to its gradient"),
        PathsPage,
        part="insight",
    ),
    Page(
        "modes",
        _("Modes"),
        _("Forward beside reverse mode over this graph, and what each of them costs"),
        ModesPage,
        part="insight",
    ),
    Page(
        "explorer",
        _("Derivatives"),
        _("Any value against any other, with its slope from two points and from going backward"),
        ExplorerPage,
        part="insight",
    ),
    Page(
        "bugs",
        _("Bug lab"),
        _("Plant a classic mistake on purpose, or find the one that is hidden"),
        BugsPage,
        part="insight",
    ),
    Page(
        "check",
        _("Gradient check"),
        _("Every gradient that is shown beside the slope that differences give"),
        CheckPage,
        part="insight",
    ),
)
PAGES: Mapping[str, Page] = MappingProxyType({page.key: page for page in _TABLE})
