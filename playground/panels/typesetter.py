"""Has the typesetting of formulas loaded beside the window, before anybody wants to see one.

The start-up makes one. Loading takes as long as ten frames, for which neither the start nor the
first card shall wait: until it is done, formulas are written as plain text.
"""

from PySide6.QtCore import QObject, QTimer, Signal

from playground.session.aside import Aside
from playground.widgets.typeset import LOADING, load

PAINTED = 200  # milliseconds after the start, when the window has been painted


class Typesetter(QObject):
    """Loads once; lives in the main thread, as long as the program.

    Attributes:
        ready: what was written as plain text can be set now.
    """

    ready = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._aside = Aside(self)
        self._aside.done.connect(self._finish)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(PAINTED)
        self._wait.timeout.connect(self._begin)
        LOADING.set()

    def start(self) -> None:
        """Begin a little later; `ready` follows."""
        self._wait.start()

    def close(self) -> None:
        """Wait for what is under way; who sets a formula from now on loads by itself."""
        self._wait.stop()
        self._aside.close()
        LOADING.clear()

    def _begin(self) -> None:
        self._aside.start(load)

    def _finish(self) -> None:
        LOADING.clear()
        self.ready.emit()
