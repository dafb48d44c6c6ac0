"""How a number is written for reading: short, with a real minus, and never wrong in its sign."""

import math
from gettext import gettext as _


def written(number: float, digits: int = 6) -> str:
    """Write a number with so many significant digits, as in "−1.5", "2.0", "1.2e−5", "∞"."""
    if math.isnan(number):
        return "nan"
    if math.isinf(number):
        return "∞" if number > 0 else "−∞"
    text = f"{number + 0.0:.{digits}g}"
    if not any(letter in text for letter in ".e"):
        text += ".0"
    mantissa, _mark, exponent = text.partition("e")
    if exponent:
        text = f"{mantissa}e{int(exponent)}"
    return text.replace("-", "−")


def percent(share: float) -> str:
    """Write a share in whole percent, 100 only if it is all of them."""
    return _("{number} %").format(number=100 if share >= 1.0 else min(round(100 * share), 99))


def exact(number: float) -> str:
    """Write a number so that reading it again gives the very same one."""
    return repr(number)
