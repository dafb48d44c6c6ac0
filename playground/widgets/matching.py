"""How well names fit what was typed: the one measure behind every search of the window.

A grade of 0 is exactly the name, larger ones fit worse, None is no match. Letters may be left out
if the first one begins a word, so that "sgm" finds "sigmoid"; initials will do, "lr" for
"leaky relu".
"""

import re
from collections.abc import Iterable

EXACT, BEGINS, WORD, INSIDE, SKIPPING, ABOUT = range(6)
BREAK = re.compile(r"[\s_\-#:.]+")
LEAST_INSIDE, LEAST_ABOUT = 2, 3  # letters from which the weaker kinds of match count


def grade(names: Iterable[str], wanted: str, about: Iterable[str] = ()) -> int | None:
    """Return how well the best of some names fits; `about` are words that only tell of it.

    Everything is in lower case; nothing wanted fits everything.
    """
    if not wanted:
        return EXACT
    best: int | None = None
    for name in names:
        one = _grade(name, wanted)
        if one is not None and (best is None or one < best):
            best = one
    if best is not None:
        return best
    told = len(wanted) >= LEAST_ABOUT and any(word.startswith(wanted) for word in about)
    return ABOUT if told else None


def _grade(name: str, wanted: str) -> int | None:
    if name.startswith(wanted):
        return EXACT if name == wanted else BEGINS
    if len(wanted) < LEAST_INSIDE:
        return None
    words = [word for word in BREAK.split(name) if word]
    initials = "".join(word[0] for word in words)
    if initials.startswith(wanted) or any(word.startswith(wanted) for word in words):
        return WORD
    if wanted in name:
        return INSIDE
    starts = (place for place in range(len(name)) if _begins_word(name, place))
    return SKIPPING if any(_skips(name[place:], wanted) for place in starts) else None


def _begins_word(name: str, place: int) -> bool:
    return place == 0 or BREAK.fullmatch(name[place - 1]) is not None


def _skips(name: str, wanted: str) -> bool:
    """Whether the letters wanted stand in a name in their order, the first one at its head."""
    letters = iter(name)
    return name[:1] == wanted[:1] and all(letter in letters for letter in wanted)
