"""Arrays handed to Qt draw what Qt's own calls draw."""

import gc

import numpy as np
import pytest
from PySide6.QtCore import QLineF, QPointF
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen, QPixmap

from playground.canvas.painting.primitives import Brushwork, curves_path


@pytest.fixture(autouse=True)
def application(qapp):
    """Pixmaps need one."""


def picture(draw) -> np.ndarray:
    image = QImage(120, 90, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.setPen(QPen(QColor("black"), 1))
    draw(painter)
    painter.end()
    return np.frombuffer(image.constBits(), np.uint8).copy()


def test_curves_make_the_path_that_qt_would_build():
    points = np.random.default_rng(1).uniform(0, 90, (7, 4, 2))
    path = QPainterPath()
    for begin, first, second, end in points.tolist():
        path.moveTo(*begin)
        path.cubicTo(*first, *second, *end)
    assert curves_path(points) == path
    assert curves_path(points[:0]).isEmpty()


def test_lines_and_points_are_those_of_qt():
    rows = np.random.default_rng(2).uniform(0, 90, (300, 4)).round()
    brushwork = Brushwork()
    lines = [QLineF(*row) for row in rows.tolist()]
    assert np.array_equal(
        picture(lambda p: brushwork.lines(p, rows)), picture(lambda p: p.drawLines(lines))
    )
    points = [QPointF(x, y) for x, y in rows[:, :2].tolist()]
    assert np.array_equal(
        picture(lambda p: brushwork.points(p, rows[:, :2])),
        picture(lambda p: p.drawPoints(points)),
    )


def test_fragments_copy_parts_of_a_pixmap():
    sheet = QPixmap(20, 10)
    sheet.fill(QColor("red"))
    corner = QPainter(sheet)
    corner.fillRect(10, 0, 10, 10, QColor("blue"))
    corner.end()
    rows = np.array([[30.0, 40, 10, 0, 10, 10, 1, 1, 0, 1]])
    brushwork = Brushwork()
    assert np.array_equal(
        picture(lambda p: brushwork.fragments(p, rows, sheet)),
        picture(lambda p: p.drawPixmap(25, 35, sheet, 10, 0, 10, 10)),
    )


def test_a_batch_that_grows_keeps_drawing_what_it_is_given():
    brushwork = Brushwork()
    for count in (1, 300, 5, 2000, 17):
        rows = np.random.default_rng(count).uniform(0, 90, (count, 4)).round()
        gc.collect()
        lines = [QLineF(*row) for row in rows.tolist()]
        assert np.array_equal(
            picture(lambda p, rows=rows: brushwork.lines(p, rows)),
            picture(lambda p, lines=lines: p.drawLines(lines)),
        )
