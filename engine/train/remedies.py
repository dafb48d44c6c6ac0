"""What may help a training run: one record each, in one table, an edit each.

The doctor's page offers those that a diagnosis names and that apply.  A remedy is a verb: it
returns an edit and changes nothing.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from gettext import gettext as _
from types import MappingProxyType

import numpy as np

from engine import ops
from engine.errors import Refusal
from engine.graph.document import Document
from engine.graph.edits import Change, Edit, squash
from engine.graph.hidden import number_of
from engine.graph.initialise import new_weights, reset_weights, scheme_of
from engine.graph.parts import DEPTHS, roots
from engine.graph.properties import set_data, set_training
from engine.graph.reshape import reshape
from engine.graph.verbs import after, joined
from engine.run.units import bends
from engine.train.diagnoses import TAKEN, rounded
from engine.train.doctor import Finding
from engine.train.spreads import homes

LEAKY = "leaky_relu"
BENT = frozenset({"relu", LEAKY})  # for them He's weights are made, Xavier's for others
ADAM_RATE = 0.01
ADAPTIVE = frozenset({"rmsprop", "adam", "adamw", "adagrad"})


@dataclass(frozen=True, slots=True)
class Remedy:
    """Something that may help with a finding; `title` stands on its button and names its edit.

    `applies` is asked often and must be cheap; `make` is asked only if it applies.
    """

    key: str
    title: Callable[[Document, Finding], str]
    tip: str
    applies: Callable[[Document, Finding], bool]
    make: Callable[[Document, Finding], Edit | Refusal]


def offered(document: Document, finding: Finding) -> tuple[Remedy, ...]:
    """Return what may help with a finding in a document as it is now, the likeliest first."""
    named = (REMEDIES[key] for key in finding.diagnosis.remedies)
    return tuple(remedy for remedy in named if remedy.applies(document, finding))


def healed(document: Document, finding: Finding, remedy: Remedy) -> Edit | Refusal:
    """Return the edit of a remedy, called as its button is."""
    edit = remedy.make(document, finding)
    title = remedy.title(document, finding)
    return edit if isinstance(edit, Refusal) else replace(edit, title=title)


# Settings ----------------------------------------------------------------------------------------


def _rate_title(_document: Document, finding: Finding) -> str:
    return _("Learning rate {rate:g}").format(rate=finding.numbers["rate"])


def _is_lower(document: Document, finding: Finding) -> bool:
    rate = finding.numbers.get("rate", np.inf)
    return rate < document.training.learning_rate


def _is_higher(document: Document, finding: Finding) -> bool:
    return finding.numbers.get("rate", 0.0) > document.training.learning_rate


def _set_rate(document: Document, finding: Finding) -> Edit | Refusal:
    return set_training(document, learning_rate=finding.numbers["rate"])


def _clips_not(document: Document, _finding: Finding) -> bool:
    return document.training.clip == "none"


def _clip(document: Document, _finding: Finding) -> Edit | Refusal:
    return set_training(document, clip="norm", clip_limit=1.0)


def _gentle_l2(document: Document) -> float:
    return rounded(TAKEN / 2 / document.training.learning_rate)


def _l2_title(document: Document, _finding: Finding) -> str:
    return _("L2 {strength:g}").format(strength=_gentle_l2(document))


def _weaker(document: Document, _finding: Finding) -> Edit | Refusal:
    return set_training(document, l2=_gentle_l2(document))


def _is_plain(document: Document, _finding: Finding) -> bool:
    return document.training.optimizer not in ADAPTIVE


def _adam(document: Document, _finding: Finding) -> Edit | Refusal:
    return set_training(document, optimizer="adam", learning_rate=ADAM_RATE)


def _is_raw(document: Document, _finding: Finding) -> bool:
    return document.data.table is not None and not document.data.standardise


def _standardise(document: Document, _finding: Finding) -> Edit | Refusal:
    return set_data(document, standardise=True)


# Networks ----------------------------------------------------------------------------------------


def _bending(document: Document, finding: Finding) -> list[int]:
    """Return the activations that are meant: the items, or those of hidden layers of a network."""
    units = [item for item in finding.items if item in document]
    if units or finding.place not in document.groups:
        return units
    inside = document.subgroups(finding.place)
    there = [node.id for node in document.nodes() if node.group in inside and bends(node.op)]
    layers = homes(document, np.array(there, np.int64))
    numbers = {group: number_of(document.groups[group]) for group in _layers(document, inside)}
    last = max(numbers.values(), default=0)
    hidden = (places for group, places in layers.items() if numbers.get(group or 0, 0) < last)
    return [there[place] for places in hidden for place in places]


def _layers(document: Document, groups: Iterable[int]) -> list[int]:
    return [group for group in groups if document.groups[group].template == "layer"]


def _can_leak(document: Document, finding: Finding) -> bool:
    return any(document.node(node).op != LEAKY for node in _bending(document, finding))


def _leak(document: Document, finding: Finding) -> Edit | Refusal:
    """Give layers leaky ReLUs, and units that belong to no network as well."""
    made, work = [], document
    for edit in _leaks(document, _bending(document, finding)):
        step = edit(work)
        if isinstance(step, Refusal):
            return step
        made.append(step)
        work = after(work, step)
    return joined("", *made)


Verb = Callable[[Document], Edit | Refusal]


def _leaks(document: Document, units: list[int]) -> Iterator[Verb]:
    networks = roots(document)
    for group, places in homes(document, np.array(units, np.int64)).items():
        if group in networks and document.groups[group].template in DEPTHS:
            yield _Reshaping(group)
        else:
            yield _Replacing(tuple(units[place] for place in places))


@dataclass(frozen=True, slots=True)
class _Reshaping:
    group: int

    def __call__(self, document: Document) -> Edit | Refusal:
        made = reshape(document, self.group, {"activation": LEAKY})
        return made if isinstance(made, Refusal) else made.edit


@dataclass(frozen=True, slots=True)
class _Replacing:
    units: tuple[int, ...]

    def __call__(self, document: Document) -> Edit:
        known = {attribute.name: attribute.default for attribute in ops.OPS[LEAKY].attributes}
        changes = []
        for unit in self.units:
            node = document.node(unit)
            changes.append(Change("node", unit, "op", node.op, LEAKY))
            changes.append(Change("node", unit, "attributes", node.attributes, known))
        return Edit("", squash(tuple(changes)))


def _network(document: Document, finding: Finding) -> int | None:
    """Return the outermost network that a finding lies in."""
    item = next((item for item in (*finding.items, finding.place) if document.holds(item)), None)
    if item is None:
        return None
    start = item if item in document.groups else document.node(item).group
    around = [g for g in document.ancestry(start) if document.groups[g].template in DEPTHS]
    return around[-1] if around else None


def _scheme(document: Document, network: int) -> str:
    inside = document.subgroups(network)
    used = {node.op for node in document.nodes() if node.group in inside}
    return "he" if used & BENT else "xavier"


def _draw_title(document: Document, finding: Finding) -> str:
    network = _network(document, finding)
    by_he = network is not None and _scheme(document, network) == "he"
    return _("He weights") if by_he else _("Xavier weights")


def _is_drawn_otherwise(document: Document, finding: Finding) -> bool:
    network = _network(document, finding)
    return network is not None and scheme_of(document, network).key != _scheme(document, network)


def _draw(document: Document, finding: Finding) -> Edit | Refusal:
    """Draw the weights of a network by the scheme that its activations were made for."""
    network = _network(document, finding)
    if network is None:
        return Refusal(_("This lies in no network"))
    shaped = reshape(document, network, {"init": _scheme(document, network)})
    if isinstance(shaped, Refusal):
        return shaped
    drawn = reset_weights(after(document, shaped.edit), network)
    if isinstance(drawn, Refusal):
        return drawn
    return Edit("", squash((*shaped.edit.changes, *drawn.changes)), drawn.column)


def _has_networks(document: Document, _finding: Finding) -> bool:
    return any(group.template in DEPTHS for group in document.groups.values())


def _redraw(document: Document, _finding: Finding) -> Edit | Refusal:
    return new_weights(document)


def _title(text: str) -> Callable[[Document, Finding], str]:
    return lambda _document, _finding: text


_TABLE = (
    Remedy(
        "rate",
        _rate_title,
        _("Shorter steps; the weights stay as they are"),
        _is_lower,
        _set_rate,
    ),
    Remedy(
        "faster",
        _rate_title,
        _("Longer steps; the weights stay as they are"),
        _is_higher,
        _set_rate,
    ),
    Remedy(
        "clip",
        _title(_("Clip gradients at 1")),
        _("Shorten every gradient that is longer than 1"),
        _clips_not,
        _clip,
    ),
    Remedy(
        "weaker",
        _l2_title,
        _("A penalty that takes a tenth of each weight away in a step"),
        lambda document, _finding: document.training.learning_rate > 0,
        _weaker,
    ),
    Remedy(
        "leaky",
        _title(_("Leaky ReLUs")),
        _("Give the layer an activation that lets some gradient pass everywhere"),
        _can_leak,
        _leak,
    ),
    Remedy(
        "draw",
        _draw_title,
        _("Draw the network's weights anew, as suits its activations and widths"),
        _is_drawn_otherwise,
        _draw,
    ),
    Remedy(
        "redraw",
        _title(_("New weights")),
        _("Draw all weights anew from the next seed"),
        _has_networks,
        _redraw,
    ),
    Remedy(
        "standardise",
        _title(_("Standardise the data")),
        _("Shift and scale every feature to mean 0 and deviation 1"),
        _is_raw,
        _standardise,
    ),
    Remedy(
        "adam",
        _title(_("Adam, learning rate 0.01")),
        _("An optimiser that gives every parameter steps of its own length"),
        _is_plain,
        _adam,
    ),
)
REMEDIES: Mapping[str, Remedy] = MappingProxyType({remedy.key: remedy for remedy in _TABLE})
