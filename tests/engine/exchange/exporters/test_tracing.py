"""Which line is about which node: every computed node has lines, and no text holds a mark."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import accept
from engine.exchange.exporters import EXPORTERS
from engine.exchange.exporters.tracing import MARK, Code, traced, traced_text
from engine.files.reader import read
from engine.graph.depths import SCALARS, folded_at
from engine.graph.document import Document
from engine.graph.properties import set_label

EXAMPLES = Path(__file__).parents[4] / "resources" / "examples"
NAMES = sorted(path.stem for path in EXAMPLES.glob("*.mgp"))


def example(name: str) -> Document:
    return accept(read((EXAMPLES / f"{name}.mgp").read_bytes()))


@pytest.mark.parametrize("key", list(EXPORTERS))
@pytest.mark.parametrize("name", NAMES)
def test_at_scalars_every_node_has_a_line_and_every_line_an_id_that_there_is(
    name: str, key: str
) -> None:
    document = example(name)
    code = accept(EXPORTERS[key].code(document, frozenset()))
    assert len(code.about) == len(code.text.split("\n"))
    assert MARK not in code.text
    named = {item for ids in code.about for item in ids}
    assert all(document.holds(item) for item in named)
    hidden = {node.id for node in document.nodes()} - named
    # PyTorch takes a network whose scalars are in sight apart, and micrograd takes none.
    assert not hidden


@pytest.mark.parametrize("key", [key for key in EXPORTERS if key != "json"])
def test_what_is_folded_has_lines_of_its_own(key: str) -> None:
    document = example("moons")
    folded = folded_at(document, SCALARS - 1)
    code = accept(EXPORTERS[key].code(document, folded))
    neurons = [g.id for g in document.groups.values() if g.template == "neuron"]
    around = {above for group in neurons for above in document.ancestry(group)}
    named = {item for ids in code.about for item in ids}
    assert named & around


def test_a_line_of_a_node_says_its_name() -> None:
    document = example("tanh-neuron")
    for key in ("micrograd", "python", "torch"):
        code = accept(EXPORTERS[key].code(document, frozenset()))
        lines = code.text.split("\n")
        for node in document.nodes():
            if node.is_leaf:
                assert any(lines[row].startswith(node.label) for row in code.lines_of([node.id]))


@given(st.text(max_size=40))
def test_no_label_can_forge_a_mark(label: str) -> None:
    document = example("tanh-neuron")
    document.apply(accept(set_label(document, 1, label + MARK + "999")))
    for exporter in EXPORTERS.values():
        code = accept(exporter.code(document, frozenset()))
        assert all(document.holds(item) for ids in code.about for item in ids)
        assert MARK not in code.text


def test_marks_are_put_once_and_come_off_again() -> None:
    lines = traced([*traced(["a", ""], 1), "b"], 2, 3)
    assert traced_text("\n".join(lines)) == Code("a\n\nb", ((1,), (), (2, 3)))
    assert Code("a\n\nb", ((1,), (), (2, 3))).lines_of([3, 1]) == [0, 2]
