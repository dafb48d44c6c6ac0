"""What is done to the weights of all selected groups, and the way to the form of one.

The form and the comment stand in the inspector, which is shown when it is hidden.
"""

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QDockWidget

from engine.graph.groups import freeze_groups, reset_groups
from playground.panels.inspector import Inspector
from playground.session import Session


class Grouping:
    """Acts on the selected groups through the session."""

    def __init__(
        self,
        session: Session,
        inspector: Inspector,
        panels: Mapping[str, Sequence[QDockWidget]],
    ) -> None:
        self._session = session
        self._inspector = inspector
        self._panels = panels

    def shape(self) -> None:
        """Put the keyboard into the form of the selected network."""
        self._show_inspector()
        self._inspector.write_shape()

    def comment(self) -> None:
        """Put the keyboard into the comment of the selected group."""
        self._show_inspector()
        self._inspector.write_comment()

    def reset(self) -> None:
        """Draw the first weights of the selected groups anew."""
        self._session.do(reset_groups(self._session.document, self._groups()))

    def freeze(self, on: bool) -> None:
        """Freeze what is in the selected groups, or thaw it."""
        self._session.do(freeze_groups(self._session.document, self._groups(), on))

    def _groups(self) -> frozenset[int]:
        return self._session.selection & self._session.document.groups.keys()

    def _show_inspector(self) -> None:
        for dock in self._panels["build"]:
            dock.show()
