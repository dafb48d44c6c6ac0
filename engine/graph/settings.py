"""The settings of training: what each is called, what it may be, what it does; a record each.

Checks, the file format, the command line and the panel's form read the table, so that a setting
is declared here and as a field of `TrainingSettings`, and nowhere else. Which optimisers and
schedules there are, and which settings they read, say their own tables in `engine.train`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from gettext import gettext as _
from types import MappingProxyType

from engine.graph.records import (
    CLIPS,
    L1_RULES,
    L2_SCOPES,
    ORDERS,
    REDUCTIONS,
    REMAINDERS,
    WATCHED,
    TrainingSettings,
)

STRENGTH = (0.0, 1e6)
MOST_STEPS = 1_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One setting.

    `label` stands beside its field, `title` begins a sentence about it, `tip` says what it does.
    `allowed` is a range (low, high), or the words to choose from; () leaves them to another
    table. `whole` numbers have no fraction, a `share` is written in percent; one that may be
    None says with `none` what that is called. `applies` tells whether it means anything beside the
    others, `rare` that most people leave it alone, `ends` that it only says when training ends.
    """

    name: str
    label: str
    title: str
    tip: str
    allowed: tuple[float, float] | tuple[str, ...] = ()
    whole: bool = False
    share: bool = False
    none: str = ""
    rare: bool = False
    ends: bool = False
    applies: Callable[[TrainingSettings], bool] = lambda _settings: True

    @property
    def optional(self) -> bool:
        """Whether it may be None."""
        return bool(self.none)

    @property
    def is_word(self) -> bool:
        """Whether it is a word to choose."""
        return not self.allowed or isinstance(self.allowed[0], str)


def _is_penalised(settings: TrainingSettings) -> bool:
    return bool(settings.l1 or settings.l2)


def _is_lasso(settings: TrainingSettings) -> bool:
    return bool(settings.l1)


def _is_dealt(settings: TrainingSettings) -> bool:
    return settings.batch is not None


def _is_clipped(settings: TrainingSettings) -> bool:
    return settings.clip != "none"


def _watches(settings: TrainingSettings) -> bool:
    limits = (settings.until_loss, settings.until_accuracy, settings.until_plateau)
    return any(limit is not None for limit in limits)


def _weighs_progress(settings: TrainingSettings) -> bool:
    return settings.until_plateau is not None


NEVER = _("never")
_TABLE = (
    Setting(
        name="optimizer",
        label=_("Optimiser"),
        title=_("The optimiser"),
        tip=_("How a gradient changes the parameters"),
    ),
    Setting(
        name="learning_rate",
        label=_("Learning rate"),
        title=_("The learning rate"),
        tip=_("How far a step goes against the gradient"),
        allowed=(0.0, 1e6),
    ),
    Setting(
        name="momentum",
        label=_("Momentum"),
        title=_("The momentum"),
        tip=_("The share of the last step's speed that is kept"),
        allowed=(0.0, 1.0),
    ),
    Setting(
        name="decay",
        label=_("Decay"),
        title=_("The decay"),
        tip=_("The share that the mean of squared gradients keeps of what it was"),
        allowed=(0.0, 1.0),
    ),
    Setting(
        name="beta1",
        label=_("Beta 1"),
        title=_("Beta 1"),
        tip=_("The share that the mean of gradients keeps of what it was"),
        allowed=(0.0, 1 - 1e-9),
    ),
    Setting(
        name="beta2",
        label=_("Beta 2"),
        title=_("Beta 2"),
        tip=_("The share that the mean of squared gradients keeps of what it was"),
        allowed=(0.0, 1 - 1e-9),
    ),
    Setting(
        name="epsilon",
        label=_("Epsilon"),
        title=_("Epsilon"),
        tip=_("Added to the root that a step is divided by, so that it is never 0"),
        allowed=(1e-30, 1.0),
    ),
    Setting(
        name="weight_decay",
        label=_("Weight decay"),
        title=_("The weight decay"),
        tip=_("Each step takes this times the learning rate of every parameter away"),
        allowed=STRENGTH,
    ),
    Setting(
        name="schedule",
        label=_("Schedule"),
        title=_("The schedule"),
        tip=_("How the learning rate changes with the steps"),
    ),
    Setting(
        name="end_rate",
        label=_("Last rate"),
        title=_("The last learning rate"),
        tip=_("The learning rate at the end of the schedule, and after it"),
        allowed=(0.0, 1e6),
    ),
    Setting(
        name="step_factor",
        label=_("Factor"),
        title=_("The factor"),
        tip=_("What the learning rate is multiplied by, over and over"),
        allowed=(0.0, 1e3),
    ),
    Setting(
        name="schedule_steps",
        label=_("Over steps"),
        title=_("The length of the schedule"),
        tip=_("How many steps the schedule takes, or each of its stages"),
        allowed=(1, MOST_STEPS),
        whole=True,
    ),
    Setting(
        name="batch",
        label=_("Batch"),
        title=_("The batch size"),
        tip=_("How many points a step looks at: a number, or all"),
        allowed=(1, 1_000_000),
        whole=True,
        none=_("all"),
    ),
    Setting(
        name="l1",
        label=_("L1"),
        title=_("The L1 penalty"),
        tip=_("Added to the loss: this times the sum of the sizes of the parameters"),
        allowed=STRENGTH,
    ),
    Setting(
        name="l2",
        label=_("L2"),
        title=_("The L2 penalty"),
        tip=_("Added to the loss: this times the sum of the squares of the parameters"),
        allowed=STRENGTH,
    ),
    Setting(
        name="l2_scope",
        label=_("L1, L2 apply to"),
        title=_("What L1 and L2 apply to"),
        tip=_("All parameters, or the weights without the biases"),
        allowed=L2_SCOPES,
        applies=_is_penalised,
    ),
    Setting(
        name="l1_rule",
        label=_("L1 at zero"),
        title=_("What L1 does at zero"),
        tip=_("Whether L1 is a slope like any other, or a weight it takes to 0 stays there"),
        allowed=L1_RULES,
        rare=True,
        applies=_is_lasso,
    ),
    Setting(
        name="warmup_steps",
        label=_("Warm-up steps"),
        title=_("The warm-up"),
        tip=_("The learning rate rises over so many steps before the schedule begins"),
        allowed=(0, MOST_STEPS),
        whole=True,
        rare=True,
    ),
    Setting(
        name="clip",
        label=_("Clip gradient"),
        title=_("Clipping"),
        tip=_("Whether the gradient is shortened as a whole (norm), or each slope cut (value)"),
        allowed=CLIPS,
        rare=True,
    ),
    Setting(
        name="clip_limit",
        label=_("Clip at"),
        title=_("The limit of clipping"),
        tip=_("The greatest length of the gradient, or the greatest size of a slope"),
        allowed=(0.0, 1e6),
        rare=True,
        applies=_is_clipped,
    ),
    Setting(
        name="order",
        label=_("Order"),
        title=_("The order of the points"),
        tip=_("Whether each epoch shuffles the points anew, or takes them as they come"),
        allowed=ORDERS,
        rare=True,
    ),
    Setting(
        name="remainder",
        label=_("Last points"),
        title=_("What becomes of the last points of an epoch"),
        tip=_("Whether points that fill no batch make a step, or join the next epoch's first"),
        allowed=REMAINDERS,
        rare=True,
        applies=_is_dealt,
    ),
    Setting(
        name="reduction",
        label=_("Reduction"),
        title=_("The reduction"),
        tip=_("Whether the loss of a batch is the mean or the sum of its points"),
        allowed=REDUCTIONS,
        rare=True,
    ),
    Setting(
        name="until_epoch",
        label=_("Epoch"),
        title=_("The last epoch"),
        tip=_("Training ends when so many epochs are complete"),
        allowed=(1, MOST_STEPS),
        whole=True,
        none=NEVER,
        ends=True,
    ),
    Setting(
        name="until_step",
        label=_("Step"),
        title=_("The last step"),
        tip=_("Training ends after so many steps"),
        allowed=(1, MOST_STEPS),
        whole=True,
        none=NEVER,
        ends=True,
    ),
    Setting(
        name="until_loss",
        label=_("Loss at most"),
        title=_("The loss to reach"),
        tip=_("Training ends after the epoch in which the loss has come down to this"),
        allowed=(-1e12, 1e12),
        none=NEVER,
        ends=True,
    ),
    Setting(
        name="until_accuracy",
        label=_("Accuracy at least"),
        title=_("The accuracy to reach"),
        tip=_("Training ends after the epoch in which this share of the points is right"),
        allowed=(0.0, 1.0),
        share=True,
        none=NEVER,
        ends=True,
    ),
    Setting(
        name="until_plateau",
        label=_("Epochs without progress"),
        title=_("The patience"),
        tip=_("Training ends when the loss has not fallen for so many epochs"),
        allowed=(1, MOST_STEPS),
        whole=True,
        none=NEVER,
        ends=True,
    ),
    Setting(
        name="least_progress",
        label=_("Least progress"),
        title=_("The least progress"),
        tip=_("By how much the loss has to fall below its least so far to count as progress"),
        allowed=(0.0, 1e12),
        ends=True,
        applies=_weighs_progress,
    ),
    Setting(
        name="watched",
        label=_("Watched points"),
        title=_("What is watched"),
        tip=_("Whose loss and accuracy end training: test points, if there are any, or train"),
        allowed=WATCHED,
        ends=True,
        applies=_watches,
    ),
)
SETTINGS: Mapping[str, Setting] = MappingProxyType({s.name: s for s in _TABLE})
