"""Streams of random numbers: which one a seed begins.

A seed that is a number is Python's or NumPy's.  A seed that is a text is TensorFlow Playground's:
the generator ARC4 as seedrandom 2.4.3 keys and reads it, so that a link gives its own points and
weights.  `text@n` is that stream after its first n draws: what the data took before the weights.
First weights and data sets ask; nothing here knows a document.
"""

from gettext import gettext as _
from random import Random

from engine.errors import Refusal

Seed = int | str
LONGEST_SEED = 100  # letters
MOST_SKIPPED = 100_000  # draws, as many as a moment has room for

WIDTH = 256  # numbers of a byte: so many places has the pool of ARC4
MASK = WIDTH - 1
CHUNKS = 6  # bytes that a draw takes first
FULL = 2**52  # from here on a numerator has all the bits that a fraction holds


class Arc4(Random):
    """The numbers of `Math.seedrandom(text)`: David Bau's seedrandom 2.4.3, seedrandom.js.

    It draws in [0, 1) only, which everything else of `Random` is made of; `drawn` says how often.
    """

    def seed(self, a: object = "", version: int = 2) -> None:
        """Begin the stream of a text, after which 256 bytes are thrown away (RC4-drop)."""
        super().seed(0, version)
        key = _mixed(str(a)) or [0]
        pool, j = list(range(WIDTH)), 0
        for i in range(WIDTH):
            held = pool[i]
            j = j + key[i % len(key)] + held & MASK
            pool[i], pool[j] = pool[j], held
        self._pool, self._i, self._j, self.drawn = pool, 0, 0, 0
        self._bytes(WIDTH)

    def random(self) -> float:
        """Return the next number: 48 bits, and a byte or two more until 52 are significant."""
        self.drawn += 1
        numerator, denominator, last = self._bytes(CHUNKS), WIDTH**CHUNKS, 0
        while numerator < FULL:
            numerator = (numerator + last) * WIDTH
            denominator *= WIDTH
            last = self._bytes(1)
        while numerator >= 2 * FULL:
            numerator, denominator, last = numerator // 2, denominator // 2, last // 2
        return float((numerator + last) / denominator)

    def _bytes(self, count: int) -> int:
        """Return the next bytes of ARC4 as one number."""
        pool, i, j, number = self._pool, self._i, self._j, 0
        for _byte in range(count):
            i = i + 1 & MASK
            held = pool[i]
            j = j + held & MASK
            pool[i], pool[j] = pool[j], held
            number = number * WIDTH + pool[pool[i] + held & MASK]
        self._i, self._j = i, j
        return number


def _mixed(text: str) -> list[int]:
    """Return the key of a text, at most 256 bytes: longer ones are stirred in over and over."""
    key: list[int] = []
    units = text.encode("utf-16-le", "surrogatepass")  # JavaScript reads texts in these
    smear = 0
    for place, (low, high) in enumerate(zip(units[::2], units[1::2], strict=True)):
        at = place & MASK
        smear ^= key[at] * 19 if at < len(key) else 0
        mixed = smear + low + WIDTH * high & MASK
        key[at : at + 1] = [mixed]
    return key


def stream(seed: Seed) -> Random:
    """Return the stream of a seed."""
    return text_stream(seed) if isinstance(seed, str) else Random(seed)


def text_stream(seed: str) -> Arc4:
    """Return the stream of a seed that is a text."""
    text, skipped = _parted(seed)
    numbers = Arc4(text)
    for _drawn in range(skipped):
        numbers.random()
    numbers.drawn = 0  # counted from here on
    return numbers


def text_seed(text: str, drawn: int = 0) -> str:
    """Return the seed of a text's stream after so many draws."""
    return f"{text}@{drawn}" if drawn or text.isdigit() or _parted(text)[0] != text else text


def next_seed(seed: Seed, drawn: int) -> Seed:
    """Return the seed of what comes next: the number after, or the text's stream further on.

    With a text, `drawn` is how many draws were taken since; the stream goes on behind them, as
    "Reset" does in TensorFlow Playground.
    """
    if not isinstance(seed, str):
        return (seed + 1) % 2**32
    text, skipped = _parted(seed)
    return text_seed(text, (skipped + max(drawn, 1)) % (MOST_SKIPPED + 1))


def check_seed(title: str, seed: str) -> Refusal | None:
    """Return why a text is no seed, None if it is one."""
    if 0 < len(seed) <= LONGEST_SEED and seed.isprintable() and _parted(seed)[1] <= MOST_SKIPPED:
        return None
    return Refusal(
        _("{title} is a whole number, or a text of at most {most} letters").format(
            title=title, most=LONGEST_SEED
        )
    )


def _parted(seed: str) -> tuple[str, int]:
    """Return the text of a seed, and how many draws are skipped."""
    text, mark, count = seed.rpartition("@")
    return (text, int(count)) if mark and count.isascii() and count.isdigit() else (seed, 0)
