"""TensorFlow Playground once more, in plain Python: what links must come to.

It shares nothing with the engine: a generator of its own, points, shuffle and split one by one,
and a network of neurons and links that goes through its points one after the other. Written from
what tensorflow/playground computes in dataset.ts, nn.ts and playground.ts, and seedrandom 2.4.3 in
seedrandom.js. `make peers` freezes its curves, since it is slow.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice, pairwise
from typing import Any

EPOCHS = 200
Point = tuple[float, float, float]  # x, y, label

FEATURES: dict[str, Callable[[float, float], float]] = {
    "x": lambda x, y: x,
    "y": lambda x, y: y,
    "xSquared": lambda x, y: x * x,
    "ySquared": lambda x, y: y * y,
    "xTimesY": lambda x, y: x * y,
    "sinX": lambda x, y: math.sin(x),
    "sinY": lambda x, y: math.sin(y),
}


# Random numbers ----------------------------------------------------------------------------------


def bytes_of(text: str) -> Iterator[int]:
    """Yield the bytes of ARC4 for a text, from the 257th on."""
    key = [0] * min(len(text), 256) or [0]
    smear = 0
    for place, letter in enumerate(text):
        smear = smear ^ (19 * key[place % 256])
        key[place % 256] = (smear + ord(letter)) % 256
    box = list(range(256))
    j = 0
    for i in range(256):
        j = (j + key[i % len(key)] + box[i]) % 256
        box[i], box[j] = box[j], box[i]

    def forever() -> Iterator[int]:
        i = j = 0
        while True:
            i = (i + 1) % 256
            j = (j + box[i]) % 256
            box[i], box[j] = box[j], box[i]
            yield box[(box[i] + box[j]) % 256]

    return islice(forever(), 256, None)


def uniform(text: str) -> Iterator[float]:
    """Yield numbers from 0 to 1: six bytes and more until 53 bits are full, the rest cut off."""
    source = bytes_of(text)
    while True:
        number, bits = 0, 0
        while bits < 48 or number < 2**52:
            number, bits = number * 256 + next(source), bits + 8
        surplus = max(number.bit_length() - 53, 0)
        yield (number >> surplus) / 2 ** (bits - surplus)


# Points ------------------------------------------------------------------------------------------


def points(said: dict[str, Any], draw: Callable[[], float]) -> list[Point]:
    """Draw the points and shuffle them."""
    noise = said["noise"] / 100
    regression = said["problem"] == "regression"
    kind = said["regDataset"] if regression else said["dataset"]
    found = list(DRAWN[kind](1200 if regression else 500, noise, draw))
    for left in reversed(range(len(found))):
        picked = math.floor(draw() * (left + 1))
        found[left], found[picked] = found[picked], found[left]
    return found


def between(low: float, high: float, draw: Callable[[], float]) -> float:
    return draw() * (high - low) + low


def circle(count: int, noise: float, draw: Callable[[], float]) -> Iterator[Point]:
    for low, high in ((0.0, 2.5), (3.5, 5.0)):
        for _point in range(count // 2):
            radius, angle = between(low, high, draw), between(0, 2 * math.pi, draw)
            x, y = radius * math.sin(angle), radius * math.cos(angle)
            moved = x + between(-5, 5, draw) * noise, y + between(-5, 5, draw) * noise
            yield x, y, 1.0 if math.sqrt(moved[0] ** 2 + moved[1] ** 2) < 2.5 else -1.0


def xor(count: int, noise: float, draw: Callable[[], float]) -> Iterator[Point]:
    for _point in range(count):
        x = between(-5, 5, draw)
        x = x + 0.3 if x > 0 else x - 0.3
        y = between(-5, 5, draw)
        y = y + 0.3 if y > 0 else y - 0.3
        moved = x + between(-5, 5, draw) * noise, y + between(-5, 5, draw) * noise
        yield x, y, 1.0 if moved[0] * moved[1] >= 0 else -1.0


def gauss(count: int, noise: float, draw: Callable[[], float]) -> Iterator[Point]:
    def normal(mean: float) -> float:
        while True:
            a, b = 2 * draw() - 1, 2 * draw() - 1
            if a * a + b * b <= 1:
                square = a * a + b * b
                return mean + math.sqrt(0.5 + 7 * noise) * a * math.sqrt(
                    -2 * math.log(square) / square
                )

    for sign in (1.0, -1.0):
        for _point in range(count // 2):
            yield normal(2 * sign), normal(2 * sign), sign


def spiral(count: int, noise: float, draw: Callable[[], float]) -> Iterator[Point]:
    for turn, sign in ((0.0, 1.0), (math.pi, -1.0)):
        for k in range(count // 2):
            part = k / (count / 2)
            angle = 3.5 * math.pi * part + turn
            x = 5 * part * math.sin(angle) + between(-1, 1, draw) * noise
            yield x, 5 * part * math.cos(angle) + between(-1, 1, draw) * noise, sign


def plane(count: int, noise: float, draw: Callable[[], float]) -> Iterator[Point]:
    for _point in range(count):
        x, y, a, b = (between(-6, 6, draw) for _number in range(4))
        yield x, y, (x + a * noise + y + b * noise) / 10


def hills(count: int, noise: float, draw: Callable[[], float]) -> Iterator[Point]:
    for _point in range(count):
        x, y, a, b = (between(-6, 6, draw) for _number in range(4))
        label = 0.0
        for k in range(6):
            sign = 1.0 if k % 2 == 0 else -1.0
            away = math.dist((x + a * noise, y + b * noise), (4 * (k % 3) - 4, 2.5 - 5 * (k // 3)))
            height = sign * max(1 - away / 2, 0.0)
            label = height if abs(height) > abs(label) else label
        yield x, y, label


DRAWN = {
    "circle": circle,
    "xor": xor,
    "gauss": gauss,
    "spiral": spiral,
    "reg-plane": plane,
    "reg-gauss": hills,
}


# The network -------------------------------------------------------------------------------------


def slope(kind: str, total: float, output: float) -> float:
    if kind == "tanh":
        return 1 - output * output
    if kind == "sigmoid":
        return output * (1 - output)
    return 1.0 if kind == "linear" or total > 0 else 0.0


def activated(kind: str, total: float) -> float:
    if kind == "tanh":
        return math.tanh(total)
    if kind == "sigmoid":
        return 1 / (1 + math.exp(-total))
    return total if kind == "linear" else max(0.0, total)


@dataclass
class Wire:
    """The link from one neuron to the next, with what its error came to since the last update."""

    weight: float
    error: float = 0.0
    count: int = 0
    is_dead: bool = False

    def learn(self, rate: float, penalty: str, penalty_rate: float) -> None:
        if self.is_dead or not self.count:
            return
        sign = (self.weight > 0) - (self.weight < 0)
        pull = {"L1": float(sign), "L2": self.weight}.get(penalty, 0.0)
        moved = self.weight - rate / self.count * self.error
        self.weight = moved - rate * penalty_rate * pull
        if penalty == "L1" and moved * self.weight < 0:
            self.weight, self.is_dead = 0.0, True
        self.error, self.count = 0.0, 0


@dataclass
class Unit:
    """A neuron and the links that come in."""

    kind: str
    bias: float
    wires: list[Wire]
    error: float = 0.0
    count: int = 0
    total: float = 0.0
    output: float = 0.0
    delta: float = 0.0

    def learn(self, rate: float) -> None:
        if self.count:
            self.bias -= rate * self.error / self.count
            self.error, self.count = 0.0, 0


@dataclass
class Original:
    """What a link trains, epoch by epoch."""

    said: dict[str, Any]
    train: list[Point] = field(init=False)
    test: list[Point] = field(init=False)
    layers: list[list[Unit]] = field(init=False)

    def __post_init__(self) -> None:
        said, numbers = self.said, uniform(self.said["seed"])
        found = points(said, lambda: next(numbers))
        cut = math.floor(len(found) * said["percTrainData"] / 100)
        self.train, self.test = found[:cut], found[cut:]
        self.features = [f for name, f in FEATURES.items() if said[name] == "true"]
        hidden = [int(width) for width in said["networkShape"].split(",") if width]
        last = "linear" if said["problem"] == "regression" else "tanh"
        kinds = [said["activation"]] * len(hidden) + [last]
        zero = said["initZero"] == "true"
        self.layers = []
        widths = [len(self.features), *hidden, 1]
        for kind, (inputs, units) in zip(kinds, pairwise(widths), strict=True):
            layer = []
            for _unit in range(units):
                drawn = [next(numbers) - 0.5 for _wire in range(inputs)]
                wires = [Wire(0.0 if zero else weight) for weight in drawn]
                layer.append(Unit(kind, 0.0 if zero else 0.1, wires))
            self.layers.append(layer)

    def answer(self, x: float, y: float) -> float:
        signals = [f(x, y) for f in self.features]
        for layer in self.layers:
            for unit in layer:
                unit.total = unit.bias
                for wire, signal in zip(unit.wires, signals, strict=True):
                    unit.total += wire.weight * signal
                unit.output = activated(unit.kind, unit.total)
            signals = [unit.output for unit in layer]
        return signals[0]

    def blame(self, x: float, y: float, label: float) -> None:
        """Add up what one point says of every number."""
        slopes = [self.answer(x, y) - label]
        for depth in reversed(range(len(self.layers))):
            layer = self.layers[depth]
            below = self.layers[depth - 1] if depth else None
            signals = [u.output for u in below] if below else [f(x, y) for f in self.features]
            for unit, error in zip(layer, slopes, strict=True):
                unit.delta = error * slope(unit.kind, unit.total, unit.output)
                unit.error += unit.delta
                unit.count += 1
                for wire, signal in zip(unit.wires, signals, strict=True):
                    if not wire.is_dead:
                        wire.error += unit.delta * signal
                        wire.count += 1
            slopes = [
                sum(unit.wires[k].weight * unit.delta for unit in layer)
                for k in range(len(signals))
            ]

    def epoch(self) -> None:
        said = self.said
        rate, penalty = said["learningRate"], said["regularization"]
        for number, point in enumerate(self.train, 1):
            self.blame(*point)
            if number % said["batchSize"] == 0:
                for unit in (unit for layer in self.layers for unit in layer):
                    unit.learn(rate)
                    for wire in unit.wires:
                        wire.learn(rate, penalty, said["regularizationRate"])

    def losses(self) -> tuple[float, float]:
        """Return the mean of half the squared error over the training and the test points."""
        train, test = (
            sum(0.5 * (self.answer(x, y) - label) ** 2 for x, y, label in some) / len(some)
            for some in (self.train, self.test)
        )
        return train, test


def curve(said: dict[str, Any], epochs: int = EPOCHS) -> list[list[float]]:
    """Return the losses before the first epoch and after each, train and test."""
    original = Original(said)
    found = [original.losses()]
    for _epoch in range(epochs):
        original.epoch()
        found.append(original.losses())
    return [list(part) for part in zip(*found, strict=True)]
