"""Curves and charts as files: a table for spreadsheets, and pictures of what is shown.

The loss page calls it; nothing here asks where to.
"""

import math
from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QBuffer, QIODevice, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QGraphicsView

from engine.exchange.delimited import write_rows
from playground.session.runs import Run

COLUMNS = ("run", "step", "epoch", "train_loss", "test_loss", "objective")
PICTURE_SCALE = 2
DOTS = 96


def csv_of(runs: Sequence[Run]) -> bytes:
    """Return the curves of runs as CSV, a row for each entry; empty where nothing was measured.

    Numbers are written so that reading them gives the very same ones.
    """
    rows: list[tuple[str, ...]] = []
    for run in runs:
        curves = run.curves
        none = np.full(len(curves.steps), np.nan)
        objective = curves.train if curves.objective is None else curves.objective
        columns = (curves.epochs, curves.train, curves.test, objective)
        table = [(none if one is None else one).tolist() for one in columns]
        for step, epoch, *losses in zip(curves.steps.tolist(), *table, strict=True):
            whole = "" if math.isnan(epoch) else str(int(epoch))
            shown = ["" if math.isnan(loss) else repr(loss) for loss in losses]
            rows.append((run.name, str(int(step)), whole, *shown))
    return write_rows(COLUMNS, rows)


def png_of(plot: QGraphicsView) -> bytes:
    """Return a chart as it stands, in twice its pixels."""
    image = QImage(plot.viewport().size() * PICTURE_SCALE, QImage.Format.Format_ARGB32)
    image.fill(plot.backgroundBrush().color())
    _paint(plot, image)
    buffer = _buffer()
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def svg_of(plot: QGraphicsView) -> bytes:
    """Return a chart as shapes and text."""
    buffer, generator, size = _buffer(), QSvgGenerator(), plot.viewport().size()
    generator.setOutputDevice(buffer)
    generator.setResolution(DOTS)
    generator.setSize(size)
    generator.setViewBox(QRectF(0, 0, size.width(), size.height()))
    generator.setTitle("Micrograd Playground")
    _paint(plot, generator)
    return bytes(buffer.data().data())


def _paint(plot: QGraphicsView, device: QImage | QSvgGenerator) -> None:
    size: QSize = plot.viewport().size()
    target = device.size() if isinstance(device, QImage) else size
    painter = QPainter(device)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(QRectF(0, 0, target.width(), target.height()), plot.backgroundBrush())
    room = QRectF(0, 0, target.width(), target.height())
    plot.render(painter, room, plot.viewport().rect(), Qt.AspectRatioMode.IgnoreAspectRatio)
    painter.end()


def _buffer() -> QBuffer:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    return buffer
