"""Going from card to card by keyboard: left to right, and upper before lower.

The canvas asks on Tab, and on an arrow key while nothing is selected. What is reached is selected
and brought into sight; at either end the keyboard goes on to the next widget.
"""

from playground.canvas.gestures.base import Stage


class Walk:
    """Steps through what is visible on one canvas, open groups included."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    def begin(self, *, forward: bool = True) -> None:
        """Select the first card, or the last, unless something visible is selected."""
        if self._current() is None:
            self.step(forward=forward)

    def step(self, *, forward: bool = True) -> bool:
        """Select the next card, or the one before; False if there is none."""
        order, current = self._order(), self._current()
        if current is None:
            place = 0 if forward else len(order) - 1
        else:
            place = order.index(current) + (1 if forward else -1)
        if not 0 <= place < len(order):
            return False
        self._stage.session.set_selection({order[place]})
        scene = self._stage.scene
        self._stage.camera.bring(scene.bounds({order[place]}), scene.bounds())
        self._stage.camera.remember(self._stage.session.document)
        return True

    def _current(self) -> int | None:
        session, index = self._stage.session, self._stage.scene.picture.frame.index
        if session.current in index:
            return session.current
        return next((item for item in session.selection if item in index), None)

    def _order(self) -> list[int]:
        frame = self._stage.scene.picture.frame
        rows = zip(frame.rects[:, :2].tolist(), frame.ids.tolist(), strict=True)
        return [item for _place, item in sorted(rows)]
