"""The lecture's bug, and others, planted by hand: wrong on the canvas, caught by the check, gone.

The document knows nothing of it all the while.
"""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox

from engine.files import write
from engine.run.bugs import BUGS
from playground.dialogs.examples import examples
from tests.flows.learner import Learner


class Laboratory:
    """The learner at the bug lab and the gradient check."""

    def __init__(self, learner: Learner) -> None:
        self.learner = learner
        learner.press("B", "Control", "Alt")
        self.page = learner.window.studio.page("bugs")
        learner.until(lambda: self.page.isVisible() and self.page.lab.survey is not None)

    def tick(self, title: str) -> None:
        """Click the switch of a bug."""
        [box] = [one for one in self.page.findChildren(QCheckBox) if one.text() == title]
        at = QPoint(10, box.height() // 2)
        QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=at)
        self.learner.settle()

    def check(self) -> list[list[str]]:
        """Show the gradient check of all nodes, and read its rows."""
        self.learner.press("K", "Control", "Alt")
        page = self.learner.window.studio.page("check")
        [every] = [action for action in page.scopes.actions() if action.data() == "all"]
        self.learner.click(next(one for one in every.associatedObjects() if one.isWidgetType()))
        self.learner.until(lambda: page.checker.is_current and not page.checker.is_busy)
        self.learner.settle()
        model = page.table.model()
        rows = range(model.rowCount())
        return [[model.index(k, at).data() for at in range(5)] for k in rows]


def disagreeing(rows: list[list[str]]) -> dict[str, tuple[str, str]]:
    """Return what is shown and what differences give, of what disagrees."""
    return {row[0]: (row[1], row[2]) for row in rows if row[4] == "disagrees"}


def test_9_a_plus_a_with_the_lectures_bug_has_a_gradient_of_1(learner: Learner) -> None:
    learner.enter("a=3")
    learner.enter("b = a + a")
    learner.press("F")
    before = write(learner.session.document)
    lab = Laboratory(learner)
    lab.tick(BUGS["overwrite"].title)
    assert learner.window.banner.isVisible()
    assert learner.card("a") == ("3.0", "∂ 1.0")
    assert learner.exact("a") == (3.0, 1.0)
    assert disagreeing(lab.check()) == {"a": ("1.0", "2.0")}
    learner.click(learner.window.banner.remove)
    assert not learner.window.banner.isVisible()
    assert learner.card("a") == ("3.0", "∂ 2.0")
    assert disagreeing(lab.check()) == {}
    assert write(learner.session.document) == before


def test_10_with_the_lectures_bug_the_last_write_wins(learner: Learner) -> None:
    for line in ("a=-2", "b=3", "d = a*b", "e = a + b", "f = d*e"):
        learner.enter(line)
    learner.press("F")
    lab = Laboratory(learner)
    lab.tick(BUGS["overwrite"].title)
    assert learner.exact("a")[1] in (-6.0, 3.0)
    assert learner.exact("b")[1] in (-6.0, -2.0)
    assert learner.exact("d")[1] == 1.0
    wrong = disagreeing(lab.check())
    assert {name: right for name, (_shown, right) in wrong.items()} == {"a": "−3.0", "b": "−8.0"}


@pytest.mark.parametrize("key", BUGS)
def test_each_bug_shows_in_its_example_is_caught_and_leaves_no_trace(
    learner: Learner, key: str
) -> None:
    titles = {one.name: one.title for one in examples()}
    learner.open_example(titles[BUGS[key].example])
    before, saved = write(learner.session.document), learner.session.stack.count()
    lab = Laboratory(learner)
    lab.tick(BUGS[key].title)
    assert learner.window.banner.isVisible()
    wrong, page = disagreeing(lab.check()), learner.window.studio.page("check")
    assert page.suspected.isVisible()
    if key == "rate":
        assert "is the learning rate too high?" in page.suspected.text()
    else:
        assert wrong
    learner.click(learner.window.banner.remove)
    assert disagreeing(lab.check()) == {}
    assert write(learner.session.document) == before
    assert learner.session.stack.count() == saved
