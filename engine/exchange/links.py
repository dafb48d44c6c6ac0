"""Links of TensorFlow Playground: what a link says, and the document that does the same.

All that the original keeps of its state stands behind the # of its address. A document made of it
has the same points, first weights, features and settings, so that its losses are those of the
original, epoch by epoch. Pasting, "Open link" and `main.py import` ask. Compare
tensorflow/playground, `state.ts` (what a link says) and `playground.ts` (what comes of it).
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from gettext import gettext as _
from types import MappingProxyType
from urllib.parse import unquote

from engine.errors import Refusal, Refused
from engine.graph.arguments import LINEAR, MOST_UNITS
from engine.graph.document import Document
from engine.graph.models import Model, model_document
from engine.graph.records import DataSettings, Seeds, TrainingSettings
from engine.graph.streams import LONGEST_SEED, text_seed
from engine.train.datasets import DATASETS
from engine.train.streams import TextStream

HOST = "playground.tensorflow.org"
ADDRESS = re.compile(rf"(https?://)?{re.escape(HOST)}([/?][^\s#]*)?(#\S*)?", re.IGNORECASE)
LONGEST_LINK = 10_000
NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.IGNORECASE)
SEED = "0.00000"  # where a link names none, and the original draws one
MOST_NOISE, NOISE_BEYOND = 80.0, 50.0  # percent: more than the first becomes the second
LOSS = "half_squared_error"

# What the network may see, in the original's order, and how the template "features" calls it.
FEATURES: Mapping[str, str] = MappingProxyType(
    {
        "x": "x1",
        "y": "x2",
        "xSquared": "x1**2",
        "ySquared": "x2**2",
        "xTimesY": "x1*x2",
        "sinX": "sin(x1)",
        "sinY": "sin(x2)",
    }
)
# The words of a link, and what they are called here; the first is meant where there is none.
WORDS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "problem": {"classification": "dataset", "regression": "regDataset"},
        "dataset": {"circle": "circle", "xor": "xor", "gauss": "gauss", "spiral": "spiral"},
        "regDataset": {"reg-plane": "plane", "reg-gauss": "hills"},
        "activation": {"tanh": "tanh", "relu": "relu", "sigmoid": "sigmoid", "linear": "linear"},
        "regularization": {"none": "", "L1": "l1", "L2": "l2"},
    }
)
NUMBERS = ("learningRate", "regularizationRate", "batchSize", "noise", "percTrainData")
IDLE = ("cosX", "cosY")  # may stand in a link, but the original offers no such feature
# What is said besides is how the page looked, or is read below.
KNOWN = {*FEATURES, *WORDS, *NUMBERS, *IDLE, "seed", "networkShape", "initZero"}
LOOKS = {"showTestData", "discretize", "collectStats", "tutorial", "hideText", "numHiddenLayers"}
HIDDEN = "_hide"


@dataclass(frozen=True, slots=True)
class Link:
    """What a link says, with the original's defaults where it says nothing.

    `data` is the key of a data set, whose points are numbered so that the first `trained` of
    `samples` are trained on; `noise` is a share. `layers` are the hidden ones. `penalty` is "l1",
    "l2" or "". `notes` are sentences about what could not be taken as it stands.
    """

    data: str
    samples: int
    trained: int
    noise: float
    seed: str
    features: tuple[str, ...]
    layers: tuple[int, ...]
    activation: str
    penalty: str
    penalty_rate: float
    learning_rate: float
    batch: int
    from_zero: bool
    notes: tuple[str, ...] = ()

    @property
    def classifies(self) -> bool:
        """Whether classes are to be told, and not numbers."""
        return DATASETS[self.data].classes > 0


def is_link(text: str) -> bool:
    """Whether a text is a link, and nothing else."""
    return len(text) <= LONGEST_LINK and ADDRESS.fullmatch(text.strip()) is not None


def read_link(text: str) -> Link | Refusal:
    """Read a link, or say in a sentence why it is none or what in it makes no sense."""
    if not is_link(text):
        return Refusal(
            _("This is no link of TensorFlow Playground"),
            "",
            _("Copy the whole address, which begins with {host}").format(host=f"https://{HOST}/#"),
        )
    try:
        return _State(text.strip().partition("#")[2]).link()
    except Refused as refused:
        return refused.refusal


def title(link: Link) -> str:
    """Return what the document of a link is called at first."""
    return _("{data} of TF Playground").format(data=DATASETS[link.data].title.capitalize())


def notes(link: Link) -> str:
    """Return what could not be taken as it stands, "" if everything was."""
    return " ".join(f"{note}." for note in link.notes)


def told(link: Link) -> str:
    """Say in a line what a link trains."""
    widths = " → ".join(map(str, (len(link.features), *link.layers, 1)))
    activation = link.activation if link.layers else _output(link)
    parts = [
        _("{data}, {count:,} points").format(data=DATASETS[link.data].title, count=link.samples),
        f"{widths} {activation}",
        _("learning rate {rate:g}, batches of {batch}").format(
            rate=link.learning_rate, batch=link.batch
        ),
    ]
    if link.penalty:
        parts.append(f"{link.penalty.upper()} {link.penalty_rate:g}")
    return " · ".join(parts)


def link_document(link: Link) -> Document | Refusal:
    """Return a new document that does what a link does, with its features in sight."""
    document = model_document(model_of(link))
    if isinstance(document, Document):
        shown = {g.id for g in document.groups.values() if g.template == "features"}
        document.view = replace(document.view, folded=document.view.folded - shown)
    return document


def model_of(link: Link) -> Model:
    """Return the model of a link: network, data, seeds and settings."""
    features = tuple(FEATURES[name] for name in link.features)
    return Model(
        layers=(*link.layers, 1),
        activation=(*(link.activation for _layer in link.layers), _output(link)),
        loss=LOSS,
        data=DataSettings(
            link.data, link.samples, link.noise, (link.samples - link.trained) / link.samples
        ),
        seeds=_seeds(link),
        training=TrainingSettings(
            learning_rate=link.learning_rate,
            batch=min(link.batch, link.trained),
            order="fixed",
            remainder="carry",
            l1=link.penalty_rate if link.penalty == "l1" else 0.0,
            l1_rule="truncated",
            l2=link.penalty_rate / 2 if link.penalty == "l2" else 0.0,  # the original's is w²/2
            l2_scope="weights",
        ),
        init="zeros" if link.from_zero else "playground",
        classes=2 if link.classifies else 0,
        computed=() if features == ("x1", "x2") else features,
    )


def _output(link: Link) -> str:
    return "tanh" if link.classifies else LINEAR


def _seeds(link: Link) -> Seeds:
    """Return the seeds: the weights are drawn from where the points have left the stream."""
    seed = text_seed(link.seed)
    stream = TextStream(seed)
    DATASETS[link.data].deal(link.samples, link.noise, stream)
    return Seeds(data=seed, init=text_seed(link.seed, stream.drawn))


class _State:
    """The state behind the # of a link; what is noted meanwhile are sentences."""

    def __init__(self, fragment: str) -> None:
        pairs = [part.split("=") for part in fragment.split("&") if part]
        self._said = {unquote(pair[0]): pair[1] if pair[1:] else "" for pair in pairs}
        self._notes: list[str] = []

    def link(self) -> Link:
        """Return what it says; Refused names what makes no sense."""
        problem = self._word("problem")
        samples = 500 if problem == "dataset" else 1200
        trained = self._trained(samples)
        link = Link(
            data=self._word(problem),
            samples=samples,
            trained=trained,
            noise=self._noise(),
            seed=self._seed(),
            features=self._features(),
            layers=self._layers(),
            activation=self._word("activation"),
            penalty=self._word("regularization"),
            penalty_rate=self._number("regularizationRate", 0.0),
            learning_rate=self._number("learningRate", 0.03),
            batch=self._batch(trained),
            from_zero=self._flag("initZero"),
        )
        self._note_unknown()
        return replace(link, notes=tuple(self._notes))

    def _text(self, key: str) -> str:
        """Return what is said of a key, "" if nothing is."""
        return unquote(self._said.get(key, "")).strip()

    def _word(self, key: str) -> str:
        words, said = WORDS[key], self._text(key)
        if said in words:
            return words[said]
        usual = next(iter(words))
        if said:
            words_for = _("The original knows no {key} “{said}” and takes {usual}")
            self._notes.append(words_for.format(key=key, said=_short(said), usual=usual))
        return words[usual]

    def _flag(self, key: str, usual: bool = False) -> bool:
        said = self._text(key)
        return said != "false" if said else usual

    def _number(self, key: str, usual: float) -> float:
        said = self._text(key)
        if not said:
            return usual
        number = float(said) if NUMBER.fullmatch(said) else math.nan
        if not math.isfinite(number):
            raise Refused(
                _("{key} in the link is no number").format(key=key),
                _("it is “{said}”").format(said=_short(said)),
            )
        return number

    def _noise(self) -> float:
        said = self._number("noise", 0.0)
        noise = NOISE_BEYOND if said > MOST_NOISE else max(said, 0.0)
        if noise != said:
            words = _("The original has no noise of {said:g} and takes {noise:g}")
            self._notes.append(words.format(said=said, noise=noise))
        return noise / 100

    def _trained(self, samples: int) -> int:
        share = self._number("percTrainData", 50.0)
        trained = math.floor(samples * share / 100)
        if trained < 1:
            raise Refused(
                _("With {share:g} % of the points to train on there is none").format(share=share)
            )
        return min(trained, samples)

    def _batch(self, trained: int) -> int:
        batch = self._number("batchSize", 10.0)
        if batch < 1 or batch != int(batch):
            raise Refused(
                _("The batch size in the link is no whole number from 1 on"),
                _("it is {batch:g}").format(batch=batch),
            )
        if batch > trained:
            words = _(
                "Batches of {batch:g} are never full with {trained} points to train on, so the"
                " original never learns; here a step takes all of them"
            )
            self._notes.append(words.format(batch=batch, trained=trained))
        return int(batch)

    def _features(self) -> tuple[str, ...]:
        """Return the features that are on; one whose control is hidden is none."""
        on = [
            key
            for key in FEATURES
            if self._flag(key, key in ("x", "y")) and self._text(key + HIDDEN) != "true"
        ]
        if not on:
            raise Refused(
                _("The network of the link sees nothing"),
                _("all its features are off"),
                _("Put x=true into the link"),
            )
        return tuple(on)

    def _layers(self) -> tuple[int, ...]:
        if "networkShape" not in self._said:
            return (4, 2)
        said = self._text("networkShape")
        widths = [part.strip() for part in said.split(",")] if said else []
        if all(w.isascii() and w.isdigit() and 0 < len(w) < 6 for w in widths):
            numbers = tuple(map(int, widths))
            if all(1 <= number <= MOST_UNITS for number in numbers):
                return numbers
        raise Refused(
            _("The layers in the link are no widths"),
            _("they are “{said}”").format(said=_short(said)),
            _("Write them as networkShape=4,2"),
        )

    def _seed(self) -> str:
        seed = self._said.get("seed", "")  # as it stands, since the original decodes nothing
        if len(seed) > LONGEST_SEED - len("@100000"):
            raise Refused(_("The seed in the link is too long"))
        if not seed:
            words = _("The link names no seed, so that the original draws one; here it is {seed}")
            self._notes.append(words.format(seed=SEED))
        return seed or SEED

    def _note_unknown(self) -> None:
        idle = [key for key in IDLE if self._flag(key)]
        if idle:
            words = _("The original offers no {names}, so it was left out")
            self._notes.append(words.format(names=", ".join(idle)))
        unknown = [
            key for key in self._said if key not in KNOWN | LOOKS and not key.endswith(HIDDEN)
        ]
        if unknown:
            words = _("Nothing is known of {names} in the link, so it was left out")
            self._notes.append(words.format(names=", ".join(map(_short, unknown))))


def _short(said: str) -> str:
    line = "".join(letter if letter.isprintable() else "�" for letter in said)
    return line if len(line) <= 40 else line[:39] + "…"
