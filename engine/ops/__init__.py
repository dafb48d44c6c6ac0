"""The op table: every operation the project knows, one record each.

`Value`, the tape, templates, files, the palette and the explanations look operations up here and
nowhere else; adding one is adding a record to a family. `OPS` keeps the order of the palette.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from gettext import gettext as _
from types import MappingProxyType

from engine.ops.activations import ACTIVATIONS
from engine.ops.arithmetic import ARITHMETIC
from engine.ops.functions import FUNCTIONS
from engine.ops.record import Attribute, Domain, Kernel, Op
from engine.ops.reductions import REDUCTIONS

__all__ = ["CATEGORIES", "OPS", "Attribute", "Domain", "Kernel", "Op", "get", "register"]

CATEGORIES: Mapping[str, str] = MappingProxyType(
    {
        "arithmetic": _("Arithmetic"),
        "functions": _("Functions"),
        "activations": _("Activations"),
        "reductions": _("Reductions"),
    }
)
_FAMILIES = (ARITHMETIC, FUNCTIONS, ACTIVATIONS, REDUCTIONS)
_table = {op.key: op for family in _FAMILIES for op in family}
_named: dict[str, Op] = {}  # by their keys and by those that they replace


def _name() -> None:
    """Note what each key stands for; asked for every node there is, leaves as well."""
    _named.clear()
    for op in reversed(_table.values()):
        _named.update(dict.fromkeys(op.replaces, op))
    _named.update(_table)


_name()

OPS: Mapping[str, Op] = MappingProxyType(_table)
"""A live, read-only view: op by key, in the order of the palette."""


def get(key: str) -> Op | None:
    """Return the op with this key, or the one that replaced it; None if there is neither."""
    return _named.get(key)


@contextmanager
def register(op: Op) -> Iterator[Op]:
    """Add an op to the table for the length of a `with` block; ValueError if its key is taken."""
    if op.key in _table:
        raise ValueError(f"the op table already has {op.key!r}")
    _table[op.key] = op
    _name()
    try:
        yield op
    finally:
        del _table[op.key]
        _name()
