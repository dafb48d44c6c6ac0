"""Finding the group that what is selected is to go into: moving between groups by keyboard.

Every group that can be seen and is not itself selected is offered, the nearest first; what is
typed finds groups by their names, and by what they are.
"""

from collections.abc import Sequence
from gettext import gettext as _

import numpy as np

from engine.graph.regroup import regroup
from engine.graph.templates import TEMPLATES
from playground.canvas.gestures.base import Stage
from playground.widgets.matching import grade
from playground.widgets.results import Row
from playground.widgets.search_card import hint


class Groups:
    """A finder of groups for what is selected."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._document = stage.session.document
        self._nearest = groups_near(stage)
        self.prompt = _("Move into…")
        self.hint = hint(_("Type the name of a group"), _("Return moves what is selected"))

    def rows(self, text: str) -> Sequence[Row]:
        """Return the groups that fit, the best and nearest first."""
        wanted = text.strip().lower()
        found = []
        for place, group in enumerate(self._nearest):
            row = self._row(group)
            words = (row.title.lower(), row.section.lower())
            fit = grade(words, wanted) if wanted else 0
            if fit is not None:
                found.append((fit, place, row))
        return [row for _fit, _place, row in sorted(found, key=lambda one: one[:2])]

    def promise(self, text: str, row: Row | None) -> str:
        """Say where it would go."""
        if row is not None:
            return _("Return moves what is selected into {group}").format(group=row.title)
        if text.strip():
            return _("No group here is called “{text}”").format(text=text.strip())
        return _("There is no other group to move it into: Ctrl+G makes one")

    def choose(self, text: str, row: Row | None, *, keep: bool) -> str:
        """Move it there; what was selected stays so."""
        if row is None:
            return self.promise(text, row)
        move_into(self._stage, int(row.key))
        return ""

    def _row(self, group: int) -> Row:
        record = self._document.groups[group]
        template = TEMPLATES.get(record.template or "")
        around = self._document.groups.get(record.group or 0)
        return Row(
            key=str(group),
            symbol="▢",
            title=record.label or f"#{group}",
            detail="" if around is None else _("in {group}").format(group=around.label),
            section=template.title if template is not None else _("Group"),
        )


def groups_near(stage: Stage) -> list[int]:
    """Return the visible groups that what is selected may go into, the nearest first.

    Of groups around it the innermost is nearest.
    """
    session, frame = stage.session, stage.scene.picture.frame
    document = session.document
    chosen = [item for item in session.selection if item in frame.index]
    if not chosen:
        return []
    homes = {document.record(item).group for item in chosen}
    closed = {g for item in chosen if item in document.groups for g in document.subgroups(item)}
    rects = frame.rects[[frame.index[item] for item in chosen]]
    low, high = rects[:, :2].min(axis=0), (rects[:, :2] + rects[:, 2:]).max(axis=0)
    found = []
    for item in frame.projection.items:
        if item.kind not in ("frame", "group") or item.id in closed or homes == {item.id}:
            continue
        corner, size = np.array(item.rect[:2]), np.array(item.rect[2:])
        gap = np.maximum(np.maximum(corner - high, low - corner - size), 0.0)
        away = float(np.hypot(*gap)), -item.depth
        found.append((away, float(np.abs(corner + size / 2 - (low + high) / 2).sum()), item.id))
    return [group for _away, _middle, group in sorted(found)]


def move_into(stage: Stage, group: int) -> None:
    """Move what is selected into a group, and keep it selected and in sight."""
    session = stage.session
    chosen = session.selection
    if session.do(regroup(session.document, chosen, group, session.view.folded)):
        session.flush()
        session.reveal.emit(chosen)
