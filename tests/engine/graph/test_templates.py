"""Templates write ordinary scalars: micrograd's network, weight for weight."""

import random

import numpy as np
import pytest

from engine.errors import EngineError, Refusal, accept
from engine.graph import verbs
from engine.graph.arguments import LINEAR, activations
from engine.graph.document import Document
from engine.graph.geometry import input_port, output_port
from engine.graph.initialise import initial_parameters
from engine.graph.models import Model, insert_model, model_document
from engine.graph.projection import project
from engine.graph.records import Seeds
from engine.graph.templates import TEMPLATES, insert_template
from engine.nn import MLP
from engine.ops import OPS


def test_the_demo_network_has_the_weights_of_micrograd_in_its_order() -> None:
    random.seed(1337)
    expected = [p.data for p in MLP(2, [16, 16, 1]).parameters()]
    document = accept(model_document(Model()))
    parameters = [node.value for node in document.nodes() if node.role == "parameter"]
    assert len(parameters) == 337
    assert parameters == expected


def test_new_initial_weights_of_the_same_seed_are_the_first_ones() -> None:
    document = accept(model_document(Model()))
    assert initial_parameters(document).is_empty
    other = accept(model_document(Model(seeds=Seeds(init=5))))
    document.apply(initial_parameters(document, 5))
    assert [n.value for n in document.nodes()] == [n.value for n in other.nodes()]


def test_a_model_is_one_edit_that_undo_takes_back() -> None:
    document = Document()
    before = document.copy()
    edit = accept(insert_model(document, Model()))
    document.apply(edit)
    assert document.marked("loss")
    assert document.marked("prediction")
    document.apply(edit.inverse())
    assert document.same_content(before)


def test_a_second_model_takes_over_the_marks_of_the_first() -> None:
    document = accept(model_document(Model()))
    document.apply(accept(insert_model(document, Model(layers=(4, 1)), (0.0, 3000.0))))
    assert len(document.marked("loss")) == 1
    assert len([n for n in document.nodes() if n.role == "target"]) == 1


@pytest.mark.parametrize("key", TEMPLATES)
def test_every_template_can_be_dropped_on_an_empty_canvas_but_penalties(key: str) -> None:
    document = Document()
    edit = insert_template(document, key, {}, (0.0, 0.0))
    if isinstance(edit, Refusal):
        assert "penalty" in key
        assert "no parameter" in str(edit)
        document.apply(verbs.add_value(document, (0.0, 0.0), role="parameter"))
        edit = insert_template(document, key, {}, (0.0, 0.0))
    document.apply(accept(edit))
    assert any(group.template == key for group in document.groups.values())


def test_every_activation_offered_for_networks_lets_something_be_learned() -> None:
    generator = np.random.default_rng(3)
    for op in (OPS[key] for key in activations() if key != LINEAR):
        points = [op.sampler(generator, 1) for _draw in range(50)]
        slopes = []
        for x, *given in points:
            attributes = tuple(given) or op.defaults()
            out = op.scalar.forward((x,), attributes)
            slopes += op.scalar.partials((x,), out, attributes)
        assert any(slope != 0 for slope in slopes), op.key
    assert "step" not in activations()
    assert "step" in OPS


def test_templates_are_wired_to_the_features_there_are() -> None:
    document = Document()
    document.apply(accept(insert_template(document, "neuron", {}, (0.0, 0.0))))
    features = [n.id for n in document.nodes() if n.role == "feature"]
    document.apply(accept(insert_template(document, "neuron", {}, (0.0, 400.0))))
    assert [n.id for n in document.nodes() if n.role == "feature"] == features
    assert all(len(document.consumers(feature)) == 2 for feature in features)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"layers": ()}, "between 1 and 4096 units"),
        ({"layers": (4, 0)}, "between 1 and 4096 units"),
        ({"layers": (4096, 4096)}, "more than 300,000 scalars"),
        ({"activation": "tan"}, "There is no activation 'tan'"),
    ],
)
def test_wrong_arguments_are_refused_in_words(arguments: dict[str, object], words: str) -> None:
    refusal = insert_template(Document(), "mlp", arguments, (0.0, 0.0))
    assert isinstance(refusal, Refusal)
    assert words in str(refusal)


def test_a_network_that_does_not_end_in_one_unit_is_refused() -> None:
    with pytest.raises(EngineError, match="ends in one unit"):
        accept(insert_model(Document(), Model(layers=(4, 2))))


def test_the_wires_into_a_new_neuron_run_between_its_cards() -> None:
    document = Document()
    document.apply(accept(insert_template(document, "neuron", {"inputs": 3}, (0.0, 0.0))))
    rects = {item.id: item.rect for item in project(document, frozenset()).items}
    weights = [node.id for node in document.nodes() if node.role == "parameter"]
    for feature in (node.id for node in document.nodes() if node.role == "feature"):
        [(product, port)] = document.consumers(feature)
        x, y, width, height = rects[feature]
        begin = y + output_port((width, height))[1]
        end = rects[product][1] + input_port(rects[product][2:], port, 2)[1]
        assert begin == pytest.approx(end)
        assert x + width < rects[product][0]
        for weight in weights:
            _x, top, _width, high = rects[weight]
            assert not top - 8 < end < top + high + 8
