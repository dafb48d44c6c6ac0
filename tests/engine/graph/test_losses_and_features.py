"""Losses, penalties and input features: each against a formula of its own, and each trains."""

import math
import random

import numpy as np
import pytest

from engine.errors import EngineError, Refusal, accept
from engine.graph import feeding, verbs
from engine.graph.arguments import FEATURE_WORDS
from engine.graph.document import Document
from engine.graph.models import LOSSES, Model, insert_model, model_document
from engine.graph.properties import set_mark, set_training, set_value
from engine.graph.templates import insert_template
from engine.run.check import check_gradients
from engine.run.evaluate import evaluate
from tests.engine.train.documents import built


def add(document: Document, key: str, **arguments: object) -> None:
    document.apply(accept(insert_template(document, key, arguments, (0.0, 0.0))))


def leaves(document: Document, numbers: list[float], role: str, mark: str = "") -> list[int]:
    made = []
    for number in numbers:
        edit = verbs.add_value(document, (0.0, 0.0), value=number, role=role)
        document.apply(edit)
        made.append(edit.changes[0].id)
        if mark:
            document.apply(accept(set_mark(document, made[-1], mark)))
    return made


def number(document: Document, mark: str) -> float:
    [node] = document.marked(mark)
    return evaluate(document).number(node)


@pytest.mark.parametrize("key", ["squared_error", "half_squared_error", "hinge", "cross_entropy"])
@pytest.mark.parametrize("score", [-40.0, -0.7, 0.3, 2.0, 800.0])
@pytest.mark.parametrize("target", [-1.0, 1.0])
def test_losses_of_one_score_are_their_formulas(key: str, score: float, target: float) -> None:
    document = Document()
    leaves(document, [score], "parameter", "prediction")
    leaves(document, [target], "target")
    add(document, key)
    formulas = {
        "squared_error": (score - target) ** 2,
        "half_squared_error": (score - target) ** 2 / 2,
        "hinge": max(0.0, 1.0 - score * target),
        "cross_entropy": float(np.logaddexp(0.0, -score * target)),
    }
    assert number(document, "loss") == pytest.approx(formulas[key], rel=1e-12, abs=1e-300)


@pytest.mark.parametrize("scores", [[0.2, -1.0], [1.0, 2.0, 3.0], [900.0, -900.0, 3.0, 0.0]])
def test_softmax_cross_entropy_is_minus_the_logarithm_of_the_softmax(scores: list[float]) -> None:
    document = Document()
    made = leaves(document, scores, "parameter", "prediction")
    add(document, "softmax_cross_entropy")
    targets = [node for node in document.nodes() if node.role == "target"]
    assert [node.index for node in targets] == list(range(len(scores)))
    assert {node.encoding for node in targets} == {"one-hot"}
    for right in range(len(scores)):
        for node in targets:
            one = float(node.index == right)
            document.apply(set_value(document, node.id, one))
        shifted = np.array(scores) - max(scores)
        logarithm = shifted - math.log(np.exp(shifted).sum())
        assert number(document, "loss") == pytest.approx(-logarithm[right], rel=1e-12, abs=1e-12)
        result = evaluate(document)
        slopes = [result.slope(node) for node in made]
        expected = np.exp(logarithm) - np.eye(len(scores))[right]
        assert slopes == pytest.approx(expected.tolist(), abs=1e-12)


def test_scores_without_marks_become_the_class_scores_of_a_document_without_a_loss() -> None:
    document = Document()
    scores = leaves(document, [1.0, 2.0, 3.0], "parameter")
    edit = accept(insert_template(document, "softmax_cross_entropy", {}, (0.0, 0.0), scores))
    before = document.copy()
    document.apply(edit)
    assert document.marked("prediction") == scores
    assert document.link == "class scores"
    document.apply(edit.inverse())
    assert document.same_content(before)


def test_a_document_that_has_a_loss_keeps_it_and_its_link() -> None:
    document = accept(model_document(Model(layers=(2, 1))))
    [loss] = document.marked("loss")
    add(document, "softmax_cross_entropy", classes=4)
    assert document.marked("loss") == [loss]
    assert document.link == "score"
    assert len([n for n in document.nodes() if n.encoding == "one-hot"]) == 4


def test_an_op_of_many_inputs_has_no_ports_for_scores_that_are_missing() -> None:
    document = Document()
    leaves(document, [0.5], "parameter", "prediction")
    add(document, "softmax_cross_entropy", classes=3)
    [everything] = [node for node in document.nodes() if node.op == "logsumexp"]
    assert everything.ports == (0,)
    assert document.wired(everything.id)


def test_one_class_is_refused() -> None:
    refusal = insert_template(Document(), "softmax_cross_entropy", {"classes": 1}, (0.0, 0.0))
    assert "at least 2" in str(refusal)


@pytest.mark.parametrize("loss", LOSSES)
def test_a_model_of_every_loss_learns_the_moons_with_right_gradients(loss: str) -> None:
    layers = (8, 2) if LOSSES[loss].inputs is None else (8, 1)
    document = accept(model_document(Model(layers, "tanh", loss)))
    document.apply(accept(set_training(document, learning_rate=0.2)))
    assert all(check.verdict in ("ok", "kink") for check in check_gradients(document))
    snapshot = built(document).advance(60)
    assert snapshot.train_accuracy > 0.8
    assert snapshot.train_accuracy <= 1.0


def test_a_model_of_class_scores_that_ends_in_one_unit_is_refused() -> None:
    with pytest.raises(EngineError, match="one unit for each class"):
        accept(insert_model(Document(), Model(layers=(4, 1), loss="softmax_cross_entropy")))


@pytest.mark.parametrize(("key", "size"), [("l1_penalty", abs), ("l2_penalty", lambda p: p * p)])
def test_a_penalty_is_its_strength_times_the_size_of_every_parameter(key, size) -> None:
    document = accept(model_document(Model(layers=(3, 1))))
    add(document, key, strength=0.25)
    weights = [node for node in document.nodes() if node.trainable]
    expected = 0.25 * math.fsum(size(node.value) for node in weights)
    assert number(document, "penalty") == pytest.approx(expected, rel=1e-12)
    group = max(document.groups)
    wires = [edge for edge in document.edges() if edge[0] in {node.id for node in weights}]
    inside = set(document.members(group))
    assert sum(target in inside for _source, target, _port in wires) == len(weights)


def test_a_penalty_node_trains_as_the_l2_of_the_settings_does() -> None:
    nodes, settings = (accept(model_document(Model(layers=(3, 1)))) for _twice in range(2))
    for document, l2 in ((nodes, 0.0), (settings, 0.01)):
        changed = set_training(document, learning_rate=0.1, schedule="constant", l2=l2)
        document.apply(accept(changed))
    add(nodes, "l2_penalty", strength=0.01)
    one, other = built(nodes).advance(30), built(settings).advance(30)
    assert one.objective == pytest.approx(other.objective, rel=1e-9)
    assert one.parameters[1] == pytest.approx(other.parameters[1], rel=1e-9)


def test_a_penalty_covers_the_selected_parameters_or_those_of_selected_groups() -> None:
    document = accept(model_document(Model(layers=(3, 1))))
    neurons = sorted(i for i, g in document.groups.items() if g.template == "neuron")
    for selected, covered in (
        ({neurons[0]}, 3),
        ({neurons[0], neurons[1]}, 6),
        ({document.nodes()[-1].id}, 13),
        (set(), 13),
    ):
        edit = insert_template(document, "l2_penalty", {}, (0.0, 0.0), selected=selected)
        made = [c.after for c in accept(edit).changes if c.kind == "node"]
        assert sum(node.op == "square" for node in made) == covered


def test_a_penalty_of_too_many_wires_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeding, "MOST_PENALISED", 12)
    document = accept(model_document(Model(layers=(3, 1))))
    refusal = insert_template(document, "l1_penalty", {}, (0.0, 0.0))
    assert isinstance(refusal, Refusal)
    assert "13 parameters" in str(refusal)
    assert "training panel" in refusal.remedy


FORMULAS = {
    "x1**2": lambda x, y: x**2,
    "x2**2": lambda x, y: y**2,
    "x1*x2": lambda x, y: x * y,
    "sin(x1)": lambda x, y: math.sin(x),
    "sin(x2)": lambda x, y: math.sin(y),
}


def test_the_seven_features_are_what_their_words_say() -> None:
    document = Document()
    add(document, "features")
    x1, x2 = (node.id for node in document.nodes() if node.role == "feature")
    generator = random.Random(4)
    for _draw in range(5):
        x, y = generator.uniform(-5, 5), generator.uniform(-5, 5)
        document.apply(set_value(document, x1, x))
        document.apply(set_value(document, x2, y))
        result = evaluate(document)
        computed = [node for node in document.nodes() if node.slot]
        assert [node.slot[0] for node in computed] == list(FORMULAS)
        for node in computed:
            assert result.number(node.id) == pytest.approx(FORMULAS[node.slot[0]](x, y))


def test_a_network_after_features_reads_them_all_and_only_those_chosen() -> None:
    document = Document()
    add(document, "features")
    edit = accept(insert_template(document, "neuron", {}, (400.0, 0.0)))
    fed = [change.after for change in edit.changes if change.kind == "edge"]
    leaves_and_group = {node.id for node in document.nodes()}
    assert leaves_and_group <= set(fed)
    assert len(leaves_and_group) == len(FEATURE_WORDS)
    other = Document()
    add(other, "features", features=("x2", "x1*x2"))
    before = len(other.edges())
    other.apply(accept(insert_template(other, "neuron", {}, (400.0, 0.0))))
    names = {other.name(source) for source, _target, _port in other.edges()[before:]}
    assert {"x2", "x1·x2"} <= names
    assert "x1" not in names


def test_features_are_fed_by_what_is_there_and_only_what_is_used_is_made() -> None:
    document = Document()
    leaves(document, [1.0], "feature")
    add(document, "features", features=("x1**2",))
    assert sum(node.role == "feature" for node in document.nodes()) == 1
    add(document, "features", features=("sin(x2)",))
    made = [node for node in document.nodes() if node.role == "feature"]
    assert sorted(node.index for node in made) == [0, 1]


@pytest.mark.parametrize("index", [0, 1])
def test_features_fed_by_hand_from_one_leaf_take_the_other_from_the_document(index: int) -> None:
    document = Document()
    for k in range(2):
        document.apply(verbs.add_value(document, (0.0, 0.0), role="feature", index=k))
    given = [node.id for node in document.nodes()][index]
    edit = accept(insert_template(document, "features", {}, (0.0, 0.0), (given,)))
    [product] = [c.after for c in edit.changes if c.kind == "node" and c.after.op == "mul"]
    ends = [c.after for c in edit.changes if c.kind == "edge" and c.id[0] == product.id]
    assert sorted(ends) == [node.id for node in document.nodes()]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [(("x1", "x2"), "features as they are"), (("x1", "x3**2"), "no feature 'x3**2'")],
)
def test_features_that_compute_nothing_or_are_unknown_are_refused(words, sentence) -> None:
    refusal = insert_template(Document(), "features", {"features": words}, (0.0, 0.0))
    assert sentence in str(refusal)
