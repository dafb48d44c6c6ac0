"""The start of parameters: noted by training, gone back to by a rewind, with undo and in files."""

import pytest

from engine.errors import Refusal, accept
from engine.files import read, write
from engine.files.journal import checkpoint_line, edit_line, header_line, replay
from engine.graph.document import Document
from engine.graph.groups import reset_groups
from engine.graph.initialise import initial_parameters, new_weights
from engine.graph.models import Model, model_document
from engine.graph.properties import set_frozen, set_role, set_value
from engine.graph.records import DataSettings
from engine.graph.reshape import reshape
from engine.graph.start import learned, rewound
from engine.graph.verbs import add_value
from engine.train.trainer import Trainer


@pytest.fixture
def document() -> Document:
    made = accept(model_document(Model((3, 1), data=DataSettings("moons", samples=20))))
    made.apply(accept(add_value(made, (0.0, 0.0))))
    hand = max(made.graph)
    made.apply(accept(set_value(made, hand, 0.25)))
    made.apply(accept(set_role(made, [hand], "parameter")))
    return made


def numbers(document: Document) -> dict[int, float]:
    return {node.id: node.value for node in document.nodes() if node.role == "parameter"}


def train(document: Document, by: float = 1.0) -> None:
    """Change every parameter that may be, as training would."""
    now = {node.id: node.value + by for node in document.nodes() if node.trainable}
    document.apply(learned(document, list(now), list(now.values()), "Train"))


def change(document: Document, edit) -> None:
    document.apply(accept(edit))


def test_a_rewind_brings_every_parameter_back_however_often_it_was_trained(document):
    before = numbers(document)
    train(document)
    train(document, -3.0)
    change(document, rewound(document))
    assert numbers(document) == before
    assert document.start is None


def test_what_was_set_by_hand_before_training_is_where_it_starts(document):
    weight = next(iter(numbers(document)))
    change(document, set_value(document, weight, 42.0))
    before = numbers(document)
    train(document)
    change(document, set_value(document, weight, -7.0))  # tried out in the middle of a run
    change(document, rewound(document))
    assert numbers(document) == before


def test_undo_takes_the_start_back_with_the_numbers(document):
    untouched = document.copy()
    edits = []
    document.listeners.append(edits.append)
    train(document)
    change(document, rewound(document))
    for edit in reversed(edits.copy()):
        document.apply(edit.inverse())
    assert document.same_content(untouched)


def test_a_trained_file_can_be_rewound_after_it_was_opened_again(document):
    before = numbers(document)
    train(document)
    again = accept(read(write(document)))
    assert again.same_content(document)
    change(again, rewound(again))
    assert numbers(again) == before


def test_the_trainer_and_a_recovered_journal_note_the_start_too(document):
    before = numbers(document)
    lines = [header_line(write(document))]
    trainer = accept(Trainer.build(document.copy()))
    trainer.advance(3)
    lines.append(checkpoint_line(trainer.ids, trainer.parameters))
    document.apply(trainer.edit("Train"))
    recovered = accept(replay(lines))
    for one in (document, recovered):
        change(one, rewound(one))
        assert numbers(one) == before


def test_a_journal_replays_rewinds_and_new_weights(document):
    lines = [header_line(write(document))]
    document.listeners.append(lambda edit: lines.append(edit_line(edit)))
    train(document)
    change(document, rewound(document))
    train(document)
    change(document, new_weights(document))
    train(document)
    assert accept(replay(lines)).same_content(document)


def test_parameters_that_came_later_start_where_training_found_them(document):
    train(document)
    mlp = next(g.id for g in document.groups.values() if g.template == "mlp")
    change(document, accept(reshape(document, mlp, {"layers": (4, 1)})).edit)
    new = set(numbers(document)) - set(document.start.ids.tolist())
    found = {node: number for node, number in numbers(document).items() if node in new}
    assert found
    train(document)
    change(document, rewound(document))
    assert {node: numbers(document)[node] for node in new} == found


def test_of_parameters_of_both_kinds_only_the_new_ones_start_where_training_found_them(document):
    start = numbers(document)
    train(document)
    change(document, add_value(document, (0.0, 0.0)))
    late = max(document.graph)
    change(document, set_value(document, late, 7.0))
    change(document, set_role(document, [late], "parameter"))
    train(document)
    change(document, rewound(document))
    assert numbers(document) == {**start, late: 7.0}


def test_frozen_parameters_stay_as_they_are(document):
    weight = next(iter(numbers(document)))
    train(document)
    reached = document.node(weight).value
    change(document, set_frozen(document, [weight], True))
    change(document, rewound(document))
    assert document.node(weight).value == reached


def test_what_is_gone_is_neither_rewound_nor_saved(document):
    train(document)
    [hand] = [node for node, number in numbers(document).items() if number == 1.25]
    change(document, set_role(document, [hand], "constant"))
    change(document, rewound(document))
    assert document.node(hand).value == 1.25


def test_nothing_is_rewound_before_training_and_nothing_noted_without_a_change(document):
    refusal = rewound(document)
    assert isinstance(refusal, Refusal)
    assert "has not changed them yet" in str(refusal)
    train(document, 0.0)
    assert document.start is None


def test_new_weights_are_drawn_from_the_next_seed_and_begin_there(document):
    hand = next(node for node, number in numbers(document).items() if number == 0.25)
    train(document)
    change(document, new_weights(document))
    assert document.seeds.init == 1338
    assert initial_parameters(document).is_empty
    assert document.node(hand).value == 0.25
    assert document.start is None


def test_a_group_that_is_drawn_anew_starts_there(document):
    train(document)
    layers = [g.id for g in document.groups.values() if g.template == "layer"]
    change(document, reset_groups(document, layers))
    drawn = numbers(document)
    change(document, rewound(document))
    assert {k: v for k, v in numbers(document).items() if v != 0.25} == {
        k: v for k, v in drawn.items() if v != 1.25
    }


def test_without_templates_there_are_no_weights_to_draw():
    document = Document()
    document.apply(accept(add_value(document, (0.0, 0.0))))
    refusal = new_weights(document)
    assert "no weights to draw" in str(refusal)
    assert accept(new_weights(document, 5)).changes[0].after.init == 5


@pytest.mark.parametrize(
    "start",
    [
        {"ids": [1, 1], "numbers": [0.0, 1.0]},
        {"ids": [2, 1], "numbers": [0.0, 1.0]},
        {"ids": [1], "numbers": []},
        {"ids": [1], "numbers": [None]},
        [],
    ],
)
def test_a_start_that_makes_no_sense_is_refused_in_words(document, start):
    import json

    tree = json.loads(write(document))
    refusal = read(json.dumps({**tree, "start": start}).encode())
    assert isinstance(refusal, Refusal)
    assert "start" in str(refusal)
