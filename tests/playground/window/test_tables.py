"""Own data in a window: tables that are dropped, pasted and typed, and the roles of columns."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QPushButton

from engine.errors import accept
from engine.exchange.delimited import read_delimited, write_delimited
from engine.train.fitting import fits
from playground.dialogs.function import FunctionDialog
from playground.dialogs.table import TableDialog
from playground.widgets.numbers import written
from tests.playground.drags import dragged
from tests.playground.window.driving import name_file, turn

IRIS = "length,width,kind\n" + "".join(
    f"{k % 7 + 0.5},{k % 5},{('setosa', 'virginica', 'versicolor')[k % 3]}\n" for k in range(60)
)


@pytest.fixture
def iris(tmp_path: Path) -> Path:
    path = tmp_path / "iris.csv"
    path.write_text(IRIS, "utf-8")
    return path


def with_dialog(act: Callable[[TableDialog], None]) -> list[str]:
    """Act in the next dialog about a table, once it has read it."""
    seen: list[str] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, TableDialog) and dialog.about.text():
            seen.append(dialog.about.text())
            act(dialog)
        elif isinstance(dialog, TableDialog) or not seen:
            QTimer.singleShot(5, look)

    QTimer.singleShot(0, look)
    return seen


def press(dialog, name: str) -> None:
    dialog.findChild(QPushButton, name).click()


def give(dialog: TableDialog, column: int, role: str) -> None:
    """Choose a role in the list at the head of a column, as a person does with the keyboard."""
    field = dialog.view.heads.lists[column]
    field.setFocus()
    field.setCurrentIndex(field.findData(role))
    field.activated.emit(field.currentIndex())


def drop(window, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(dragged(QPoint(600, 300)), copy, data, left, none)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(window, QDropEvent(QPointF(600, 300), copy, data, left, none))


def test_a_dropped_table_becomes_the_data_with_a_network_that_fits(window, session, qtbot, iris):
    seen = with_dialog(lambda dialog: press(dialog, "use"))
    drop(window, iris)
    qtbot.waitUntil(lambda: session.document.data.table is not None)
    data = session.document.data
    assert seen == ["60 rows · 3 columns"]
    assert (data.source, data.features, data.target) == ("iris.csv", (0, 1), 2)
    assert data.table.words[2] == ("setosa", "versicolor", "virginica")
    assert session.samples.classes == 3
    assert fits(session.document, session.samples)
    called = {n.role: [] for n in session.document.nodes()}
    for node in session.document.nodes():
        called[node.role].append(node.label)
    assert called["feature"] == ["length", "width"]
    assert called["target"] == ["setosa", "versicolor", "virginica"]
    qtbot.waitUntil(lambda: session.training.refusal is None)
    assert session.stack.undoText() == "Use the table iris.csv"
    own = window.training_panel.own
    assert own.name.text() == "iris.csv"
    assert own.about.text() == "60 rows · length, width → kind (3 classes)"
    session.undo()
    assert session.document.data.table is None


def test_leaving_the_dialog_changes_nothing(window, session, qtbot, iris):
    before = session.document.copy()
    seen = with_dialog(lambda dialog: dialog.reject())
    window.tables.open_path(str(iris))
    assert seen
    assert session.document.same_content(before)
    assert window.tables.dialog is None


def test_an_example_that_nothing_was_done_to_makes_room(window, session, qtbot, iris):
    session.open_example()
    with_dialog(lambda dialog: press(dialog, "use"))
    window.tables.open_path(str(iris))
    outermost = {node.label for node in session.document.nodes() if node.group is None}
    assert outermost == {"length", "width", "setosa", "versicolor", "virginica"}


def test_a_table_that_is_no_table_is_told_in_words(window, session, qtbot, tmp_path):
    said: list[str] = []
    session.refused.connect(said.append)
    path = tmp_path / "ragged.csv"
    path.write_text("a,b\n1,2\n3\n")
    window.tables.open_path(str(path))
    assert said == ["Row 3 has 1 cell, and the first one has 2. Correct that row."]


def test_roles_are_chosen_at_the_heads_of_the_columns(window, session, qtbot, iris):
    def act(dialog: TableDialog) -> None:
        give(dialog, 1, "target")
        assert [field.currentData() for field in dialog.view.heads.lists] == [
            "feature",
            "target",
            "feature",
        ]
        give(dialog, 2, "ignored")
        dialog.kind.setCurrentIndex(dialog.kind.findData("number"))
        dialog.kind.activated.emit(dialog.kind.currentIndex())
        dialog.share.setValue(25)
        dialog.standardise.click()
        press(dialog, "use")

    with_dialog(act)
    window.tables.open_path(str(iris))
    data = session.document.data
    assert (data.features, data.target, data.standardise) == ((0,), 1, True)
    assert data.test_share == 0.25
    assert session.samples.classes == 0
    assert fits(session.document, session.samples)
    assert window.training_panel.own.about.text().endswith("length → width · standardised")


def test_what_cannot_be_is_said_and_the_button_waits(window, session, qtbot, tmp_path):
    path = tmp_path / "gaps.csv"
    path.write_text("a,b\n1,0\n,1\n3,1\n4,0\n")

    def act(dialog: TableDialog) -> None:
        use = dialog.findChild(QPushButton, "use")
        assert not use.isEnabled()
        assert dialog.says.text().startswith("Row 3 has nothing in a.")
        dialog.skip.click()
        assert use.isEnabled()
        assert dialog.says.text() == "1 row with gaps is left out."
        give(dialog, 0, "ignored")
        assert not use.isEnabled()
        assert "A table needs a feature" in dialog.says.text()
        give(dialog, 0, "feature")
        use.click()

    with_dialog(act)
    window.tables.open_path(str(path))
    assert len(session.document.data.table) == 3


def test_the_first_row_can_be_read_as_data(window, session, qtbot, iris):
    def act(dialog: TableDialog) -> None:
        dialog.header.click()

        def again() -> None:
            if dialog.about.text() != "61 rows · 3 columns":
                QTimer.singleShot(5, again)
                return
            dialog.reject()

        again()

    seen = with_dialog(act)
    window.tables.open_path(str(iris))
    assert seen == ["60 rows · 3 columns"]


def test_reading_stops_when_the_dialog_is_left(window, session, qtbot, tmp_path):
    path = tmp_path / "long.csv"
    path.write_bytes(b"a,b\n" + b"1,2\n" * 400_000)

    def leave() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, TableDialog):
            dialog.reject()
        else:
            QTimer.singleShot(1, leave)

    QTimer.singleShot(0, leave)
    window.tables.open_path(str(path))
    assert session.document.data.table is None
    window.tables.close()


def test_a_pasted_table_is_read_and_a_pasted_program_is_inserted(window, session, qtbot):
    session.new()
    QGuiApplication.clipboard().setText(IRIS.replace(",", "\t"))
    seen = with_dialog(lambda dialog: press(dialog, "use"))
    window.canvas.setFocus()
    window.commands["edit.paste"].trigger()
    assert seen == ["60 rows · 3 columns"]
    assert session.document.data.source == "Pasted table"
    session.new()
    QGuiApplication.clipboard().setText("a = 2; b = 3\nc = a*b")
    window.commands["edit.paste"].trigger()
    assert sorted(node.label for node in session.document.nodes()) == ["a", "b", "c"]


def test_a_table_is_pasted_on_the_boundary_too(window, session, qtbot):
    session.train_moons()
    session.settle()
    turn()
    QGuiApplication.clipboard().setText(IRIS)
    seen = with_dialog(lambda dialog: press(dialog, "use"))
    window.training_panel.boundary.setFocus()
    qtbot.keyClick(
        window.training_panel.boundary, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier
    )
    assert seen == ["60 rows · 3 columns"]
    assert session.samples.names == ("length", "width", "kind")
    assert fits(session.document, session.samples)


def test_the_roles_of_a_table_can_be_changed_and_the_table_let_go(window, session, qtbot, iris):
    with_dialog(lambda dialog: press(dialog, "use"))
    window.tables.open_path(str(iris))
    table = session.document.data.table

    def act(dialog: TableDialog) -> None:
        assert not dialog.header.isVisible()
        assert "the model fits" in dialog.model.text()
        assert not dialog.model.isChecked()
        dialog.standardise.click()
        press(dialog, "use")

    turn()
    with_dialog(act)
    panel = window.training_panel.own
    panel.buttons["data.roles"].click()
    assert session.document.data.standardise
    assert session.document.data.table == table
    assert np.allclose(session.samples.inputs.mean(axis=0), 0.0)
    panel.buttons["data.generate"].click()
    turn()
    assert session.document.data.generator == "moons"
    assert panel.name.isHidden()


def test_the_data_are_exported_as_csv(window, session, qtbot, iris, tmp_path):
    with_dialog(lambda dialog: press(dialog, "use"))
    window.tables.open_path(str(iris))
    turn()
    target = tmp_path / "out.csv"
    name_file(target)
    window.commands["file.export.table"].trigger()
    qtbot.waitUntil(lambda: not window.exporting.is_busy)
    assert target.read_bytes() == write_delimited(session.document.data.table)
    assert accept(read_delimited(target.read_bytes())).rows == 60


def test_points_above_and_below_a_function_are_the_data(window, session, qtbot):
    def act() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, FunctionDialog)
        formula = dialog.fields["formula"]
        formula.selectAll()
        qtbot.keyClicks(formula, "sin(")
        assert not dialog.findChild(QPushButton, "use").isEnabled()
        formula.selectAll()
        qtbot.keyClicks(formula, "x/3")
        press(dialog, "use")

    QTimer.singleShot(0, act)
    window.commands["data.function"].trigger()
    data = session.document.data
    assert data.source == "y > x/3"
    x, y, above = data.table.numbers.T
    assert np.array_equal(above == 1.0, y > x / 3)
    assert fits(session.document, session.samples)


def test_the_boundary_names_its_features_in_their_own_units(window, session, qtbot, iris):
    def act(dialog: TableDialog) -> None:
        dialog.standardise.click()
        press(dialog, "use")

    with_dialog(act)
    window.tables.open_path(str(iris))
    turn()
    session.set_probe((0.0, 0.0))
    turn()
    mean = session.samples.centre
    shown = window.training_panel.boundary._about.text()
    assert shown == f"length {written(mean[0], 3)} · width {written(mean[1], 3)}"
