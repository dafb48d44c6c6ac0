"""File/Export in a window: code and pictures into files and onto the clipboard."""

from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QFileDialog

from engine.exchange.exporters import EXPORTERS
from playground.dialogs.picture import PictureDialog
from playground.main_window import MainWindow
from tests.playground.window.driving import answer, name_file, turn


@pytest.fixture
def neuron(window: MainWindow, session):
    session.open_example()
    turn()
    return window


def settled(window: MainWindow, qtbot) -> None:
    qtbot.waitUntil(lambda: not window.exporting.is_busy)


def node(session, label: str) -> int:
    return next(one.id for one in session.document.nodes() if one.label == label)


def test_code_is_saved_in_the_format_of_the_file_dialog(
    neuron, session, qtbot, tmp_path: Path
) -> None:
    path = tmp_path / "neuron.py"
    name_file(path)
    neuron.commands["file.export.code"].trigger()
    settled(neuron, qtbot)
    expected = EXPORTERS["micrograd"].write(session.document, session.view.folded)
    assert path.read_text("utf-8") == expected


def test_the_name_of_the_document_is_proposed(neuron, qtbot) -> None:
    seen = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        seen.append((Path(dialog.selectedFiles()[0]).name, dialog.selectedNameFilter()))
        dialog.selectNameFilter("Graphviz (*.dot)")
        dialog.filterSelected.emit("Graphviz (*.dot)")
        seen.append(dialog.defaultSuffix())
        dialog.reject()

    QTimer.singleShot(0, look)
    neuron.exporting.save_code("torch")
    assert seen == [(f"{neuron._session.name}.py", "PyTorch (*.py)"), "dot"]


def test_a_file_that_cannot_be_written_is_told_in_words(
    neuron, session, qtbot, tmp_path: Path
) -> None:
    said = []
    session.refused.connect(said.append)
    path = tmp_path / "no" / "x.py"
    neuron.exporting._write_code(EXPORTERS["python"], path)
    settled(neuron, qtbot)
    assert len(said) == 1
    assert said[0].startswith("x.py was not written: ")


def test_copying_as_code_takes_all_or_the_lines_of_what_is_selected(
    neuron, session, qtbot
) -> None:
    neuron.commands["file.export.copy_code"].trigger()
    settled(neuron, qtbot)
    expected = EXPORTERS["micrograd"].write(session.document, session.view.folded)
    assert QGuiApplication.clipboard().text() == expected
    session.set_selection({node(session, "n"), node(session, "b")})
    neuron.commands["file.export.copy_code"].trigger()
    settled(neuron, qtbot)
    lines = "b = Value(6.881373587019543)\nn = x1_w1 + x2_w2 + b\n"
    assert QGuiApplication.clipboard().text() == lines


def test_the_panel_copies_all_of_its_format(neuron, session, qtbot) -> None:
    session.set_selection({node(session, "n")})
    neuron.commands["view.panel.code"].trigger()
    turn()
    assert neuron.code.isVisible()
    neuron.code.formats.actions()[2].trigger()
    neuron.code.copy_button.click()
    settled(neuron, qtbot)
    expected = EXPORTERS["torch"].write(session.document, session.view.folded)
    assert QGuiApplication.clipboard().text() == expected


def test_escape_in_the_code_gives_the_keyboard_back(neuron, qtbot) -> None:
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    neuron.commands["view.panel.code"].trigger()
    turn()
    neuron.code.setFocus()
    QTest.keyClick(neuron.code.page, Qt.Key.Key_Escape)
    assert neuron.canvas.hasFocus()


def test_copying_as_picture_puts_pixels_and_shapes_on_the_clipboard(neuron, session) -> None:
    neuron.commands["file.export.copy_picture"].trigger()
    data = QGuiApplication.clipboard().mimeData()
    whole = QImage(data.imageData())
    assert whole.width() > 1000
    assert bytes(data.data("image/svg+xml").data()).startswith(b"<?xml")
    session.set_selection({node(session, "n")})
    neuron.commands["file.export.copy_picture"].trigger()
    assert QImage(QGuiApplication.clipboard().mimeData().imageData()).width() < 500


@pytest.mark.parametrize("form", ["png", "svg", "pdf"])
def test_a_picture_is_saved_as_chosen_and_the_choice_is_remembered(
    neuron, qtbot, tmp_path: Path, form: str
) -> None:
    path = tmp_path / f"neuron.{form}"

    def choose() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, PictureDialog)
        [action] = [one for one in dialog.formats.actions() if one.data() == form]
        action.trigger()
        dialog.theme.setCurrentIndex(dialog.theme.findData("light"))
        name_file(path)
        dialog.save.click()

    QTimer.singleShot(0, choose)
    neuron.commands["file.export.picture"].trigger()
    settled(neuron, qtbot)
    beginnings = {"png": b"\x89PNG", "svg": b"<?xml", "pdf": b"%PDF"}
    assert path.read_bytes().startswith(beginnings[form])
    seen = []
    answer("", seen)
    neuron.commands["file.export.picture"].trigger()
    [dialog] = seen
    assert dialog.wanted().form == form
    assert dialog.wanted().theme == "light"


def test_the_preview_follows_what_is_chosen(neuron, session) -> None:
    session.set_selection({node(session, "n"), node(session, "o")})
    looks = []

    def choose() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, PictureDialog)
        for extent in dialog.extents.actions():
            extent.trigger()
            looks.append((dialog.words.text(), dialog._view.pixmap().toImage()))
        dialog.theme.setCurrentIndex(dialog.theme.findData("light"))
        looks.append((dialog.words.text(), dialog._view.pixmap().toImage()))
        dialog.reject()

    QTimer.singleShot(0, choose)
    neuron.commands["file.export.picture"].trigger()
    assert len({words for words, _image in looks[:3]}) == 3
    assert all(one != other for (_a, one), (_b, other) in pairwise(looks))


def test_in_view_is_as_large_as_the_canvas(neuron) -> None:
    motif = neuron.exporting._motif("view")
    viewport = neuron.canvas.viewport()
    assert round(motif.size.width()) == pytest.approx(viewport.width(), abs=2)
    assert round(motif.size.height()) == pytest.approx(viewport.height(), abs=2)


def test_an_empty_canvas_has_nothing_to_export(window, session) -> None:
    session.new()
    turn()
    window.refresh()
    for name in ("code", "picture", "copy_code", "copy_picture"):
        assert not window.commands[f"file.export.{name}"].isEnabled()
