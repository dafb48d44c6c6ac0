"""Hands on a main window: what several of its tests do."""

from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLineEdit, QPushButton

from playground.main_window import MainWindow
from playground.widgets.tile import Tile


def answer(name: str, seen: list[QDialog] | None = None) -> None:
    """Press a button of the next dialog; an empty name presses Escape's."""

    def press() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QDialog)
        if seen is not None:
            seen.append(dialog)
        button = dialog.findChild(QPushButton, name) if name else None
        button.click() if button is not None else dialog.reject()

    QTimer.singleShot(0, press)


def name_file(path: Path) -> None:
    """Type a name into the next file dialog and accept it."""

    def fill() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        dialog.findChild(QLineEdit, "fileNameEdit").setText(str(path))
        dialog.accept()

    QTimer.singleShot(0, fill)


def turn() -> None:
    """Let happen what was put off to the next turns of the event loop."""
    for _turn in range(3):
        QApplication.processEvents()


def add(window: MainWindow, text: str = "value:constant") -> None:
    window.editing.add(text)
    turn()


def tile(window: MainWindow, text: str) -> Tile:
    return next(one for one in window.palette_panel.tiles() if one.item.text == text)
