"""Functions of numbers for exported programs: how Python writes each bare name of op bodies.

While all numbers of a document are finite, `math` serves. Where one is not, `math` would raise and
a program stop, so then the program defines careful functions that answer with infinity or nan, as
the canvas does. `tests` hold them against `engine.ops.scalars`.
"""

from collections.abc import Iterable, Mapping

PLAIN: Mapping[str, str] = {
    "absolute": "abs",
    "maximum": "max",
    "minimum": "min",
    "sign": "sign_of",
    "cos": "math.cos",
    "exp": "math.exp",
    "floor": "math.floor",
    "isfinite": "math.isfinite",
    "log": "math.log",
    "log1p": "math.log1p",
    "sin": "math.sin",
    "sqrt": "math.sqrt",
    "tanh": "math.tanh",
}
CAREFUL: Mapping[str, str] = (
    dict(PLAIN)
    | {
        name: f"safe_{name}"
        for name in ("cos", "exp", "log", "log1p", "sin", "sqrt", "divide", "power")
    }
    | {"maximum": "safe_max", "minimum": "safe_min", "floor": "safe_floor"}
)

_QUIET = """
def safe_{name}(x):
    return math.{name}(x) if {condition} else {otherwise}
"""
_SOURCES: Mapping[str, str] = {
    "sign_of": """
def sign_of(x):
    return float(x > 0) - float(x < 0) if x == x else x
""",
    "safe_max": """
def safe_max(first, *others):
    for x in others:
        first = first if first >= x or first != first else x
    return first
""",
    "safe_min": """
def safe_min(first, *others):
    for x in others:
        first = first if first <= x or first != first else x
    return first
""",
    "safe_exp": """
def safe_exp(x):
    try:
        return math.exp(x)
    except OverflowError:
        return math.inf
""",
    "safe_log": """
def safe_log(x):
    if x == 0:
        return -math.inf
    return math.nan if x < 0 else math.log(x)
""",
    "safe_log1p": """
def safe_log1p(x):
    if x == -1:
        return -math.inf
    return math.nan if x < -1 else math.log1p(x)
""",
    "safe_sqrt": _QUIET.format(name="sqrt", condition="not x < 0", otherwise="math.nan"),
    "safe_sin": _QUIET.format(name="sin", condition="not math.isinf(x)", otherwise="math.nan"),
    "safe_cos": _QUIET.format(name="cos", condition="not math.isinf(x)", otherwise="math.nan"),
    "safe_floor": _QUIET.format(name="floor", condition="math.isfinite(x)", otherwise="x"),
    "safe_divide": """
def safe_divide(x, y):
    if y != 0:
        return x / y
    if x == 0 or x != x:
        return math.nan
    return math.copysign(math.inf, x) * math.copysign(1.0, y)
""",
    "safe_power": """
def safe_power(x, n):
    try:
        return math.pow(x, n)
    except OverflowError:
        return -math.inf if x < 0 and n % 2 == 1 else math.inf
    except ValueError:
        if x != 0:
            return math.nan
        return math.copysign(math.inf, x) if n % 2 == 1 else math.inf
""",
}
DEFINED = frozenset(_SOURCES)


def definitions(used: Iterable[str]) -> list[str]:
    """Return the definitions of the functions that a program uses and Python lacks."""
    lines: list[str] = []
    for name in sorted(DEFINED.intersection(used)):
        lines += ["", *_SOURCES[name].strip().splitlines()]
    return lines


def imports(used: Iterable[str]) -> list[str]:
    """Return the import that these functions need."""
    needed = any(f.startswith("math.") or "math." in _SOURCES.get(f, "") for f in used)
    return ["import math"] if needed else []
