"""NodeGraphQt on the same graph: `python node_graph_qt.py COUNT`, in the peers' environment.

Prints JSON with the seconds of each piece of work. Value and gradient of a node stand in text
fields on it, as NodeGraphQt offers them; with "bare" as a second argument in one plain text item
instead, which a user would have to add by hand, and only live frames are measured. Its check for
circles is off: it walks every path, and here there are more of them than can be walked.
"""

import json
import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_PREFERRED_BINDING", "PySide6")

from NodeGraphQt import BaseNode, NodeGraph
from PySide6.QtWidgets import QApplication, QGraphicsTextItem

sys.path.insert(0, str(Path(__file__).parents[1]))
from sketch import VIEWPORT, Cell, busy, in_turn, numbers, sketch

CARRIED = 100
FEW = 7  # repeats of what takes seconds


class Plain(BaseNode):
    """A node with two inputs and an output."""

    __identifier__ = "benchmark"

    def __init__(self) -> None:
        super().__init__()
        for port in ("a", "b"):
            self.add_input(port)
        self.add_output("out", multi_output=True)


class Bare(Plain):
    """One with its numbers in a text item of our own."""

    NODE_NAME = "bare"

    def __init__(self) -> None:
        super().__init__()
        self._text = QGraphicsTextItem(self.view)
        self._text.setPos(34, 24)

    def show_numbers(self, value: float, slope: float) -> None:
        """Show other numbers."""
        self._text.setPlainText(f"{value:.4g}\n{slope:.4g}")


class Scalar(Plain):
    """One with its numbers in two of NodeGraphQt's text fields."""

    NODE_NAME = "scalar"

    def __init__(self) -> None:
        super().__init__()
        self.add_text_input("value")
        self.add_text_input("gradient")

    def show_numbers(self, value: float, slope: float) -> None:
        """Show other numbers."""
        self.set_property("value", f"{value:.4g}", push_undo=False)
        self.set_property("gradient", f"{slope:.4g}", push_undo=False)


def build(cells: list[Cell], kind: type[Plain] = Scalar) -> tuple[NodeGraph, list]:
    """Return a graph, shown and painted."""
    graph = NodeGraph()
    graph.register_node(kind)
    graph.set_acyclic(False)
    graph.widget.resize(*VIEWPORT)
    graph.widget.show()
    nodes = [
        graph.create_node(f"benchmark.{kind.__name__}", pos=(cell.x, cell.y), push_undo=False)
        for cell in cells
    ]
    for cell, node in zip(cells, nodes, strict=True):
        for port, source in enumerate(cell.inputs):
            node.set_input(port, nodes[source].output(0))
    paint(graph)
    return graph, nodes


def paint(graph: NodeGraph) -> None:
    """Paint now what has to be painted."""
    QApplication.processEvents()
    graph.viewer().viewport().repaint()


def main(count: int, kind: type[Plain]) -> dict[str, float]:
    """Measure one size."""
    application = QApplication.instance() or QApplication([])
    assert application is not None
    cells = sketch(count)
    seconds = {}
    if kind is Scalar:
        seconds["build"] = busy(lambda: build(cells), repeats=FEW)
    graph, nodes = build(cells, kind)
    graph.select_all()
    graph.fit_to_selection()
    graph.clear_selection()
    paint(graph)
    viewport = graph.viewer().viewport()

    def show(values: list[float], slopes: list[float]) -> None:
        for node, value, slope in zip(nodes, values, slopes, strict=True):
            node.show_numbers(value, slope)
        viewport.repaint()

    live = in_turn([lambda one=one: show(*one) for one in numbers(count)])

    def move(step: float) -> None:
        for node in nodes[:CARRIED]:
            node.view.setPos(node.view.x() + step, node.view.y())
        viewport.repaint()

    def select_all() -> None:
        graph.select_all()
        viewport.repaint()

    seconds["live, fit"] = busy(live, repeats=FEW)
    if kind is Bare:
        graph.reset_zoom()
        paint(graph)
        return seconds | {"live, 100 %": busy(live, repeats=FEW)}
    seconds["move"] = busy(in_turn([lambda: move(3.0), lambda: move(-3.0)]), repeats=FEW)
    seconds["select all"] = busy(select_all, repeats=FEW, before=graph.clear_selection)
    graph.reset_zoom()
    paint(graph)
    seconds["live, 100 %"] = busy(live, repeats=FEW)
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "session.json")
        graph.save_session(path)

        def load() -> None:
            graph.load_session(path)
            viewport.repaint()

        seconds["load"] = busy(load, repeats=FEW)
    return seconds


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]), Bare if "bare" in sys.argv else Scalar)))
