"""Pictures of the canvas: an SVG says what is seen, pixels are the canvas's own, bytes stay."""

import re
from pathlib import Path

import numpy as np
import pytest

from engine.errors import Refusal, accept
from engine.files.reader import read
from engine.graph.depths import folded_at
from engine.graph.document import Document
from engine.graph.properties import set_label
from engine.run.evaluate import evaluate

EXAMPLES = Path(__file__).parents[3] / "resources" / "examples"
FORMS = ("png", "svg", "pdf")


def example(name: str) -> Document:
    return accept(read((EXAMPLES / f"{name}.mgp").read_bytes()))


def motif(document: Document, folded=frozenset(), chosen=None, theme: str = "dark"):
    from playground.canvas.export import motif_of
    from playground.theme import load_theme

    return motif_of(document, folded, evaluate(document), load_theme(theme), chosen)


def shot(document: Document, form: str, *, folded=frozenset(), chosen=None, **how):
    from playground.canvas.export import shot as painted
    from playground.theme import load_theme

    made = motif(document, folded, chosen)
    return painted(made, form, load_theme("dark"), **how)


def elements(data: bytes) -> list[tuple[str, str]]:
    """Return the name of every element of an XML file with the text it begins with."""
    from PySide6.QtCore import QXmlStreamReader

    reader = QXmlStreamReader(data.decode())
    found: list[tuple[str, str]] = []
    while not reader.atEnd():
        token = reader.readNext()
        if token is QXmlStreamReader.TokenType.StartElement:
            found.append((reader.name(), ""))
        elif token is QXmlStreamReader.TokenType.Characters and found:
            found[-1] = (found[-1][0], found[-1][1] + reader.text())
    assert not reader.hasError(), reader.errorString()
    return found


def words(data: bytes) -> list[str]:
    return [text.strip("\n") for name, text in elements(data) if name == "text"]


def pixels(image) -> np.ndarray:
    found = np.frombuffer(image.constBits(), np.uint8)
    return found.reshape(image.height(), image.width(), 4)[:, :, :3].copy()


def test_an_svg_says_every_label_and_every_number(qapp) -> None:
    document = example("tanh-neuron")
    found = words(shot(document, "svg").data())
    for node in document.nodes():
        assert node.label in found
    for number in ("2.0", "−3.0", "0.8814", "0.7071", "∂ −1.5", "∂ 1.0"):
        assert number in found, number


def test_an_svg_is_shapes_and_text_without_pixels_or_empty_groups(qapp) -> None:
    data = shot(example("tanh-neuron"), "svg").data()
    assert b"<image" not in data
    assert not re.search(rb"<g\b[^>]*>\s*</g>", data)


def test_it_is_folded_as_asked(qapp) -> None:
    document = example("moons")
    found = words(shot(document, "svg", folded=folded_at(document, 2)).data())
    assert found.count("11") == found.count("15") == 2  # a tile has no room for more
    assert "layer 1" in found
    layers = words(shot(document, "svg", folded=folded_at(document, 1)).data())
    assert "15" not in layers


def test_a_png_is_what_the_canvas_paints_but_for_its_ground(qapp) -> None:
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtWidgets import QStyleOptionGraphicsItem

    from playground.canvas.painting.painter import PainterItem

    made = motif(example("tanh-neuron"))
    image = QImage.fromData(shot(example("tanh-neuron"), "png").data())
    canvas = QImage(image.size(), QImage.Format.Format_ARGB32_Premultiplied)
    canvas.fill(made.picture.theme.background)
    painter = QPainter(canvas)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(-made.area.left(), -made.area.top())
    made.picture.grounded = False
    PainterItem(made.picture).paint(painter, QStyleOptionGraphicsItem())
    painter.end()
    image = image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
    assert np.array_equal(pixels(image), pixels(canvas))


@pytest.mark.parametrize("scale", [1, 2, 4])
def test_a_png_has_so_many_pixels(qapp, scale: int) -> None:
    from PySide6.QtGui import QImage

    made = motif(example("tanh-neuron"))
    image = QImage.fromData(shot(example("tanh-neuron"), "png", scale=scale).data())
    assert image.width() == round(made.area.width() * scale)
    assert image.height() == round(made.area.height() * scale)


def test_a_page_is_as_large_as_the_graph(qapp) -> None:
    made = motif(example("tanh-neuron"))
    data = shot(example("tanh-neuron"), "pdf").data()
    box = re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", data)
    assert box is not None
    assert float(box[1]) == pytest.approx(made.area.width() * 0.75, abs=1)
    assert float(box[2]) == pytest.approx(made.area.height() * 0.75, abs=1)
    assert data.count(b"/Type /Page\n") == 1
    assert b"/Subtype /Image" not in data


@pytest.mark.parametrize("form", FORMS)
def test_the_same_graph_gives_the_same_bytes_without_a_date(qapp, form: str) -> None:
    first, second = (shot(example("tanh-neuron"), form).data() for _time in range(2))
    assert first == second
    assert b"20260" not in first


def test_a_pdf_says_truly_where_its_parts_stand(qapp) -> None:
    data = shot(example("tanh-neuron"), "pdf").data()
    start = int(re.findall(rb"startxref\s+(\d+)", data)[-1])
    assert data[start : start + 4] == b"xref"


def test_a_transparent_picture_has_no_ground(qapp) -> None:
    from PySide6.QtGui import QImage

    document = example("tanh-neuron")
    clear = QImage.fromData(shot(document, "png", transparent=True).data())
    full = QImage.fromData(shot(document, "png").data())
    assert clear.pixelColor(1, 1).alpha() == 0
    assert full.pixelColor(1, 1).alpha() == 255
    ground = b'fill="#15171c"'
    assert ground in shot(document, "svg").data()
    assert ground not in shot(document, "svg", transparent=True).data()


def test_a_selection_is_pictured_alone_with_the_wires_between(qapp) -> None:
    document = example("tanh-neuron")
    by_label = {node.label: node.id for node in document.nodes()}
    made = motif(document, chosen=[by_label["x1"], by_label["x1*w1"]])
    assert set(made.picture.frame.ids.tolist()) == {by_label["x1"], by_label["x1*w1"]}
    assert len(made.picture.frame.wires) == 1
    assert document.same_content(example("tanh-neuron"))


def test_a_selected_group_brings_what_is_in_it(qapp) -> None:
    document = example("moons")
    layer = next(g.id for g in document.groups.values() if g.label == "layer 1")
    made = motif(document, folded_at(document, 2), [layer])
    kinds = {document.groups[item].template for item in made.picture.frame.ids.tolist()}
    assert kinds == {"mlp", "layer", "neuron"}
    assert len(made.picture.frame) == 18


def test_too_large_a_picture_is_made_smaller_and_says_so(qapp, monkeypatch) -> None:
    from playground.canvas import export

    monkeypatch.setattr(export, "MOST_PIXELS", 100_000)
    made = shot(example("tanh-neuron"), "png", scale=4)
    assert made.size.width() * made.size.height() < 110_000
    assert re.fullmatch(r"The graph is so large that it is pictured at \d+ % .*\.", made.words)


def test_an_empty_canvas_is_refused_in_words(qapp) -> None:
    refusal = motif(Document())
    assert isinstance(refusal, Refusal)
    assert str(refusal) == "There is nothing to picture: the canvas is empty."


def test_too_many_cards_are_refused_in_words(qapp, monkeypatch) -> None:
    from engine.graph import visible

    monkeypatch.setattr(visible, "MOST_VISIBLE", 3)
    assert isinstance(motif(example("tanh-neuron")), Refusal)


def test_labels_cannot_break_an_svg(qapp) -> None:
    document = example("tanh-neuron")
    document.apply(accept(set_label(document, 1, '</text><script>&"')))
    names = {name for name, _text in elements(shot(document, "svg").data())}
    assert "text" in names
    assert "script" not in names
