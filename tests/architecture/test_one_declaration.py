"""One op, one record: a new one is found everywhere without another line being written."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import engine
from engine import Value, ops
from engine.errors import accept
from engine.exchange.exporters import EXPORTERS
from engine.exchange.program import insert_text
from engine.explain import describe
from engine.explain.paths import Ways
from engine.explain.questions import Question
from engine.explain.why import answer
from engine.files.reader import read
from engine.files.writer import write
from engine.graph import verbs
from engine.graph.arguments import activations
from engine.graph.document import Document
from engine.graph.templates import insert_template
from engine.ops.record import Attribute, Op, between
from engine.run.check import check_gradients
from engine.run.evaluate import evaluate
from engine.run.modes import pull_back, push_forward
from engine.run.plan import display_plan
from engine.run.sweep import Sweep
from engine.run.trace import Trace
from playground import cli
from playground.canvas import CanvasView
from playground.panels.help import page_of
from playground.panels.help.drawings import curve_of
from playground.panels.help.ops import example_of
from playground.session import Session
from playground.theme import ThemeManager
from playground.widgets import catalogue


def _bump(x: float, width: float) -> float:
    return 1 / (1 + width * x * x)


def _bump_partials(x: float, out: float, width: float) -> tuple[float]:
    return (-2 * width * x * out * out,)


@pytest.fixture
def bump() -> Iterator[Op]:
    """An op that the program has never heard of."""
    record = Op(
        key="bump",
        symbol="⌢",
        title="Bump",
        category="activations",
        ports=("x",),
        attributes=(Attribute("width", "Width", 1.0, 0.1, 10.0),),
        formula="1 / (1 + width * x**2)",
        derivatives=("-2 * width * x * out**2",),
        intuition="Tall near 0, flat far out.",
        forward=_bump,
        partials=_bump_partials,
        sampler=between((-2, 2), (0.5, 2)),
    )
    with ops.register(record):
        yield record


@pytest.fixture
def document(bump: Op) -> Document:
    """bump(x) at x = 0.5."""
    made = Document()
    made.apply(verbs.add_value(made, (0, 0), value=0.5, label="x"))
    made.apply(accept(verbs.add_op(made, bump.key, (200, 0), label="y")))
    made.apply(accept(verbs.connect(made, 1, 2)))
    return made


def test_value_has_it_as_a_method(bump: Op) -> None:
    x = Value(0.5)
    x.bump().backward()
    assert x.grad == pytest.approx(-0.64)


def test_the_tape_computes_it_and_its_gradient_passes_the_check(document: Document) -> None:
    result = evaluate(document)
    assert result.number(2) == pytest.approx(0.8)
    assert [check.verdict for check in check_gradients(document)] == ["ok"]


def test_the_palette_and_its_search_offer_it(bump: Op) -> None:
    assert "op:bump" in [item.text for item in catalogue.items()]
    assert catalogue.found("bump")[0].symbol == "⌢"


def test_the_add_menu_offers_it(bump: Op) -> None:
    [action] = [one for one in catalogue.add_actions() if one.id == "add.op:bump"]
    assert (action.text, action.menu) == ("Bump", "Add/Activations")
    assert action.arguments == ("op:bump",)


@pytest.fixture
def session(bump: Op, qapp: QApplication) -> Iterator[Session]:
    """An empty document in the hands of a session."""
    made = Session()
    yield made
    made.close()


def test_a_session_adds_it_and_the_canvas_paints_it(session: Session, qtbot: QtBot) -> None:
    canvas = CanvasView(session, ThemeManager("dark"))
    qtbot.addWidget(canvas)
    canvas.resize(600, 400)
    canvas.show()
    qtbot.waitExposed(canvas)
    pictures = []
    for text in ("expression:0.5", "op:bump", "op:tanh"):
        assert session.add_item(text, (0.0, 0.0))
        session.flush()
        session.set_selection(())
        QApplication.processEvents()
        pictures.append(canvas.grab().toImage())
        if text != "expression:0.5":
            session.undo()
    empty, bumpy, tanh = pictures
    assert bumpy not in (empty, tanh)
    assert session.add_item("op:bump", (0.0, 0.0))
    session.do(verbs.connect(session.document, 1, session.document.next_id - 1))
    session.flush()
    assert session.result.number(session.document.next_id - 1) == pytest.approx(0.8)


def test_the_command_line_makes_a_network_of_it_and_trains_it(
    bump: Op, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "bumps.mgp"
    assert cli.main(["new", "--activation", "bump", "--layers", "2,3,1", "-o", str(path)]) == 0
    document = accept(read(path.read_bytes()))
    assert sum(node.op == "bump" for node in document.nodes()) == 3
    capsys.readouterr()
    assert cli.main(["train", str(path), "--steps", "5", "--json"]) == 0
    losses = json.loads(capsys.readouterr().out)["history"]["objective"]
    assert len(losses) == 6
    assert min(losses[1:]) < losses[0]


def test_the_inspector_explains_it(document: Document) -> None:
    explanation = describe(document, evaluate(document), 2)
    assert explanation.title == "Bump"
    assert explanation.intuition == "Tall near 0, flat far out."
    assert [row.local for row in explanation.inputs] == [pytest.approx(-0.64)]


def test_the_why_card_asks_it(document: Document) -> None:
    told = answer(document, evaluate(document), Question("gradient", 1))
    assert told.lines[-1].names.plain.startswith("∂y/∂x = ")
    assert told.lines[-1].numbers.symbols[-1].number == pytest.approx(-0.64)


def test_the_ledger_the_stepper_both_modes_and_a_curve_have_its_slope(document: Document) -> None:
    result, plan = evaluate(document), display_plan(document)
    passed = Trace(document, result)
    assert [step.node for step in passed.run()] == [1, 2, 2, 2]
    curve = accept(Sweep.build(document, result, 2, (1,)))
    slopes = {
        "ledger": Ways(document, 1, 2).ledger(result, 1).total,
        "stepper": passed.gradient(1),
        "forward": float(push_forward(plan, result.value, [1]).derivative[plan.row[2], 0]),
        "reverse": float(pull_back(plan, result.value, [2]).derivative[plan.row[1], 0]),
        "curve": float(curve.at(np.array([0.5])).slope[0, 0]),
    }
    assert slopes == dict.fromkeys(slopes, pytest.approx(-0.64))


def test_the_help_has_a_page_of_it_with_its_curve_and_an_example(bump: Op) -> None:
    page = page_of("op/bump")
    assert page is not None
    for words in (bump.intuition, "](drawing:op%2Fbump", "](try:bump)"):
        assert words in page.write({})
    curve = curve_of(bump, {}, 0)
    np.testing.assert_allclose(curve.value, 1 / (1 + curve.across**2), rtol=1e-12)
    assert curve.slope is not None
    turning = np.gradient(curve.value, curve.across)
    np.testing.assert_allclose(curve.slope[1:-1], turning[1:-1], atol=1e-3)
    document = Document()
    document.apply(example_of(bump, document, (0.0, 0.0)))
    assert "bump" in [node.op for node in document.nodes()]


def test_a_typed_formula_may_use_it(bump: Op) -> None:
    document = Document()
    document.apply(accept(insert_text(document, "bump(3) + 1", (0, 0))))
    assert "bump" in [node.op for node in document.nodes()]


def test_a_network_may_be_made_of_it(bump: Op) -> None:
    assert "bump" in activations()
    document = Document()
    arguments = {"layers": (3, 1), "activation": "bump"}
    document.apply(accept(insert_template(document, "mlp", arguments, (0, 0))))
    assert sum(node.op == "bump" for node in document.nodes()) == 3


def test_a_file_keeps_it(document: Document) -> None:
    again = accept(read(write(document)))
    assert again.same_content(document)


@pytest.mark.parametrize(("key", "gradient"), [("micrograd", "x.grad"), ("python", "x_grad")])
def test_programs_compute_it_and_its_gradient(
    document: Document, key: str, gradient: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, module in (("micrograd", engine), ("micrograd.engine", engine.value)):
        monkeypatch.setitem(sys.modules, name, module)
    names: dict[str, Any] = {"__name__": "program"}
    exec(accept(EXPORTERS[key].write(document, frozenset())), names)
    assert float(eval(gradient, names)) == pytest.approx(-0.64)


def test_pytorch_spells_its_formula_and_drawings_show_it(document: Document) -> None:
    torch = accept(EXPORTERS["torch"].write(document, frozenset()))
    assert "y = 1 / (1 + 1 * x**2)" in torch
    assert "⌢" in accept(EXPORTERS["dot"].write(document, frozenset()))
    nodes = json.loads(accept(EXPORTERS["json"].write(document, frozenset())))["nodes"]
    assert [node["op"] for node in nodes] == ["value", "bump"]
