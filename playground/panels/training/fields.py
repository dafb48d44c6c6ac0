"""The settings of data and training: one record each, in one table.

The form makes a row of each record. A record reads a setting of the document as text and turns
text into an edit, or into the sentence why it cannot be. Nothing here makes a widget.
"""

from collections.abc import Callable
from dataclasses import dataclass
from gettext import gettext as _

from engine.errors import Refusal
from engine.exchange.expressions import parse_number
from engine.graph.document import Document
from engine.graph.edits import Edit
from engine.graph.initialise import new_weights
from engine.graph.properties import set_data, set_seeds, set_training
from engine.graph.records import DataSettings, Seeds
from engine.graph.rows import NO_TABLE
from engine.graph.settings import SETTINGS, Setting
from engine.train.datasets import DATASETS
from engine.train.samples import load_samples
from engine.train.settings import along, applies, words
from playground.widgets.fields import Choice

SETTERS = {"data": set_data, "seeds": set_seeds, "training": set_training}
NO_DATA = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """How a setting is written: `show` gives its text, `parse` reads it or says why not."""

    show: Callable[[object], str]
    parse: Callable[[str], object]


def parse_whole(text: str) -> int | Refusal:
    """Read a whole number."""
    number = parse_number(text)
    if isinstance(number, Refusal):
        return number
    if number != int(number):
        return Refusal(_("{text} is not a whole number").format(text=text.strip()))
    return int(number)


def parse_seed(text: str) -> int | str | Refusal:
    """Read a seed: a whole number, or a text as links of TensorFlow Playground have it."""
    number = parse_whole(text)
    return text.strip() or number if isinstance(number, Refusal) else number


def parse_share(text: str) -> float | Refusal:
    """Read a share as "20 %"; a number below 1 is meant as it stands."""
    number = parse_number(text.replace("%", ""))
    if isinstance(number, Refusal):
        return number
    return number if abs(number) < 1 and "%" not in text else number / 100


def show_number(number: object) -> str:
    """Write a number as short as it is exact."""
    return f"{number:.15g}"


def show_share(share: object) -> str:
    """Write a share in percent."""
    return _("{number:.4g} %").format(number=100 * float(str(share)))


def show_word(word: object) -> str:
    """Write the key of a choice."""
    return NO_DATA if word is None else str(word)


def parse_word(text: str) -> str | None:
    """Read the key of a choice."""
    return text or None


NUMBER = Kind(show_number, parse_number)
WHOLE = Kind(str, parse_whole)
SEED = Kind(str, parse_seed)
SHARE = Kind(show_share, parse_share)
WORD = Kind(show_word, parse_word)


def optional(kind: Kind, none: str) -> Kind:
    """Return the kind of a setting that may be None, which a word and an empty field mean."""

    def show(value: object) -> str:
        return none if value is None else kind.show(value)

    def parse(text: str) -> object:
        return None if text.strip().casefold() in ("", none.casefold()) else kind.parse(text)

    return Kind(show, parse)


@dataclass(frozen=True, slots=True)
class Field:
    """A setting: `record` and `name` say where in the document it stands.

    Attributes:
        section: the heading it stands under.
        choices: the words it may be; () for one that is typed.
        rare: whether most people leave it alone; such fields stand folded away.
        die: what another value at random brings, "" where there is no button for that.
    """

    section: str
    record: str
    name: str
    title: str
    kind: Kind
    tip: str = ""
    choices: tuple[Choice, ...] = ()
    rare: bool = False
    die: str = ""

    def text(self, document: Document) -> str:
        """Return the setting as it is written in its field."""
        return self.kind.show(getattr(getattr(document, self.record), self.name))

    def is_usual(self, document: Document) -> bool:
        """Whether the setting is what it is in a new document."""
        record = getattr(document, self.record)
        return bool(getattr(record, self.name) == getattr(type(record)(), self.name))

    def edit(self, document: Document, text: str) -> Edit | Refusal:
        """Return the edit that gives the setting another value."""
        value = self.kind.parse(text)
        if isinstance(value, Refusal):
            return value
        edit = SETTERS[self.record](document, **{self.name: value}, **self._along(document, value))
        if self.name == "init" and not isinstance(edit, Refusal) and not edit.is_empty:
            return new_weights(document, int(str(value)))
        return edit if self.record == "training" else with_data(edit)

    def _along(self, document: Document, value: object) -> dict[str, object]:
        """Return what changes with it: data sets and optimisers come as they are at their best."""
        if self.name == "optimizer" and value != document.training.optimizer:
            return {k: v for k, v in along(optimizer=value).items() if k != self.name}
        if self.name != "generator" or value == document.data.generator:
            return {}
        dataset = DATASETS.get(str(value))
        if dataset is None:
            return {**NO_TABLE}
        return {
            **NO_TABLE,
            "samples": dataset.default_samples,
            "noise": dataset.default_noise,
            **({"classes": dataset.classes} if dataset.most_classes else {}),
        }

    def applies(self, document: Document) -> bool:
        """Whether the setting means anything beside the others."""
        if self.record == "data":
            return data_applies(self.name, document.data)
        return self.record != "training" or applies(self.name, document.training)


def data_applies(name: str, data: DataSettings) -> bool:
    """Whether a setting of the data means anything beside the others."""
    if name == "generator":
        return data.table is None
    if name == "test_share":
        return True
    dataset = DATASETS.get(data.generator or "")
    return dataset is not None and (name != "classes" or bool(dataset.most_classes))


def with_data(edit: Edit | Refusal) -> Edit | Refusal:
    """Return a change of the data, or why no points can be drawn like that."""
    if isinstance(edit, Refusal) or edit.is_empty:
        return edit
    [change] = edit.changes
    data = change.after if change.field == "data" else DataSettings()
    samples = load_samples(data, Seeds())
    return samples if isinstance(samples, Refusal) else edit


def training_field(setting: Setting) -> Field:
    """Return the field of a setting of training."""
    kind = WHOLE if setting.whole else SHARE if setting.share else NUMBER
    if setting.is_word:
        kind = WORD
    elif setting.optional:
        kind = optional(kind, setting.none)
    choices = tuple((key, _(title)) for key, title in words(setting.name))
    return Field(
        STEPS, "training", setting.name, setting.label, kind, setting.tip, choices, setting.rare
    )


DATA, MODEL, STEPS = _("Data"), _("Model"), _("Training")

FIELDS: tuple[Field, ...] = (
    Field(
        DATA,
        "data",
        "generator",
        _("Points"),
        WORD,
        _("What the features and the target are fed from"),
        ((NO_DATA, _("none")), *((d.key, d.title) for d in DATASETS.values())),
    ),
    Field(DATA, "data", "classes", _("Classes"), WHOLE, _("How many classes there are: 2 to 8")),
    Field(DATA, "data", "samples", _("Samples"), WHOLE, _("How many points there are")),
    Field(DATA, "data", "noise", _("Noise"), NUMBER, _("How far points stray: 0 to 1")),
    Field(
        DATA,
        "data",
        "test_share",
        _("Test share"),
        SHARE,
        _("The points that are kept from training, to see how it does on new ones"),
    ),
    Field(
        DATA,
        "seeds",
        "data",
        _("Data seed"),
        SEED,
        _("Another seed, other points; a text is one of TF Playground, as in its links"),
        die=_("Draw other points"),
    ),
    Field(
        DATA,
        "seeds",
        "shuffle",
        _("Shuffle seed"),
        WHOLE,
        _("Another seed, another order in which batches take the points"),
        die=_("Deal the batches in another order"),
    ),
    Field(
        MODEL,
        "seeds",
        "init",
        _("Weight seed"),
        SEED,
        _("Another seed, other initial weights; “text@n” goes on after n draws of a text"),
        die=_("Draw other initial weights"),
    ),
    *(training_field(setting) for setting in SETTINGS.values() if not setting.ends),
)
ENDS: tuple[Field, ...] = tuple(training_field(s) for s in SETTINGS.values() if s.ends)
