"""This engine as `micrograd.engine`."""

from engine.value import Value

__all__ = ["Value"]
