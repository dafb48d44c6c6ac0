"""The path ledger: every path from a value to an output, and what all add up to."""

from playground.panels.studio.paths.page import PathsPage

__all__ = ["PathsPage"]
