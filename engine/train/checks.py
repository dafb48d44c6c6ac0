"""Why a document cannot be trained as its settings and data say, in words.

The trainer asks before it begins and whenever settings or data change.
"""

from collections.abc import Sequence
from dataclasses import fields
from gettext import gettext as _

from engine.errors import Refusal
from engine.graph.document import Document
from engine.graph.properties import check_setting
from engine.graph.records import Node, TrainingSettings
from engine.run.schedule import Plan
from engine.train.optimizers import OPTIMIZERS
from engine.train.samples import Samples
from engine.train.schedules import SCHEDULES
from engine.train.words import unknown


def check_settings(training: TrainingSettings) -> Refusal | None:
    """Return what is wrong with the training settings, None if nothing is."""
    if training.optimizer not in OPTIMIZERS:
        return unknown(_("There is no optimiser {name!r}"), training.optimizer, OPTIMIZERS)
    if training.schedule not in SCHEDULES:
        return unknown(_("There is no schedule {name!r}"), training.schedule, SCHEDULES)
    for field in fields(training):
        refusal = check_setting(field.name, getattr(training, field.name))
        if refusal is not None:
            return refusal
    return None


def check_columns(document: Document, plan: Plan, samples: Samples | None) -> Refusal | None:
    """Return which feature or target the data do not fit, None if they fit all.

    A leaf needs a column; a target that is read as a class, as many classes as the data have.
    """
    fed = [int(plan.ids[plan.narrow + leaf.row]) for leaf in plan.fed]
    return misfit([document.node(node) for node in fed], document, samples)


def misfit(leaves: Sequence[Node], document: Document, samples: Samples | None) -> Refusal | None:
    """Return which of the features and targets the data do not fit, None if they fit all."""
    if samples is None:
        return None
    for leaf in leaves:
        table = samples.inputs if leaf.role == "feature" else samples.targets
        column = 0 if leaf.encoding == "one-hot" else leaf.index
        if column >= table.shape[1]:
            what = (
                _("{name} is feature {number}, and the data has {count}")
                if leaf.role == "feature"
                else _("{name} is target {number}, and the data has {count}")
            )
            return Refusal(
                what.format(
                    name=document.name(leaf.id), number=leaf.index + 1, count=table.shape[1]
                ),
                "",
                _("Replace the model, or make it a constant or a parameter"),
                (leaf.id,),
            )
    targets = [leaf for leaf in leaves if leaf.role == "target"]
    return _check_classes(targets, document, samples.classes)


def _check_classes(targets: Sequence[Node], document: Document, classes: int) -> Refusal | None:
    """Return why the targets cannot tell the classes of the data apart, None if they can."""
    known = max(2, *(leaf.index + 1 for leaf in targets if leaf.encoding == "one-hot"), 0)
    for leaf in targets:
        why = ""
        if not classes and leaf.encoding != "number":
            name = document.name(leaf.id)
            why = _("{name} names a class, and the data are numbers").format(name=name)
        elif classes > known:
            why = _("it tells {known} classes apart, and the data have {count}").format(
                known=known, count=classes
            )
        if why:
            what = _("The model does not fit the data")
            return Refusal(what, why, _("Replace the model"), (leaf.id,))
    return None
