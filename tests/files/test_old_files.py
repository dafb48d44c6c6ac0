"""Files of every released version open for good; `old/` holds one of each, never written again."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from engine.files import read, write
from engine.files.format import VERSION
from engine.graph.document import Document
from engine.graph.initialise import initial_parameters
from engine.graph.records import DataSettings, Seeds, TrainingSettings, View

OLD = Path(__file__).parent / "old"
# Files with what came later without a new version: an older program keeps it, and asks nothing.
GROWN = {"version-1-optimisers.mgp", "version-1-links.mgp", "version-1-table.mgp"}


def opened(version: int) -> Document:
    """Open the frozen file of a version."""
    document = read((OLD / f"version-{version}.mgp").read_bytes())
    assert isinstance(document, Document), str(document)
    return document


def test_there_is_a_file_of_every_version() -> None:
    assert {path.name for path in OLD.iterdir()} == {
        *(f"version-{number}.mgp" for number in range(1, VERSION + 1)),
        *GROWN,
    }


@pytest.mark.parametrize("name", sorted(GROWN))
def test_what_came_later_is_saved_as_it_was(name: str) -> None:
    document = read((OLD / name).read_bytes())
    assert isinstance(document, Document), str(document)
    assert write(document) == (OLD / name).read_bytes()


def test_nothing_of_the_settings_of_optimisers_is_lost() -> None:
    document = read((OLD / "version-1-optimisers.mgp").read_bytes())
    assert isinstance(document, Document), str(document)
    told = {"optimizer": "adamw", "schedule": "cosine", "order": "fixed", "momentum": 0.5}
    told |= {"decay": 0.875, "beta1": 0.75, "beta2": 0.96875, "epsilon": 1e-6}
    told |= {"weight_decay": 0.25, "step_factor": 0.5, "warmup_steps": 12, "l1": 0.125}
    told |= {"clip": "norm", "clip_limit": 2.0}
    assert document.training == replace(opened(1).training, **told)


def test_nothing_of_what_links_say_is_lost() -> None:
    document = read((OLD / "version-1-links.mgp").read_bytes())
    assert isinstance(document, Document), str(document)
    assert (document.seeds.data, document.training.l1_rule) == ("0.00042", "truncated")
    assert (document.training.remainder, document.training.order) == ("carry", "fixed")
    assert initial_parameters(document).is_empty
    assert [node.value for node in document.nodes() if node.slot == (0, 0, 0, "weight")] != [0.0]


def test_nothing_of_a_table_is_lost() -> None:
    document = read((OLD / "version-1-table.mgp").read_bytes())
    assert isinstance(document, Document), str(document)
    data = document.data
    assert data.table is not None
    assert data.table.names == ("width", "height", "kind")
    assert data.table.words == ((), (), ("cat", "dog"))
    assert data.table.numbers.tolist() == [[1.5, -2.0, 0.0], [0.1, 1e-300, 1.0], [3.0, 4.0, 1.0]]
    assert (data.features, data.target, data.standardise) == ((1, 0), 2, True)
    assert (data.source, data.test_share) == ("pets.csv", 0.25)


def test_settings_that_say_nothing_new_are_not_written() -> None:
    written = json.loads(write(opened(1)))["training"]
    first = "reduction optimizer learning_rate schedule end_rate schedule_steps l2 l2_scope batch"
    assert written.keys() == set(first.split())


def test_every_file_opens_with_the_same_content() -> None:
    for version in range(1, VERSION):
        assert opened(version).same_content(opened(VERSION))


def test_the_present_version_is_saved_as_it_was() -> None:
    assert write(opened(VERSION)) == (OLD / f"version-{VERSION}.mgp").read_bytes()


def test_nothing_of_the_file_of_version_1_is_lost() -> None:
    document = opened(1)
    assert len(document) == 14
    assert len(document.edges()) == 13
    assert document.next_id == 17
    feature, frozen, product = (document.node(node) for node in (1, 2, 3))
    assert (feature.label, feature.role, feature.index, feature.group) == ("a", "feature", 1, 16)
    assert (frozen.role, frozen.frozen, frozen.value) == ("parameter", True, 1.0)
    assert (product.comment, product.position) == ("why “b”?", (190.0, -33.0))
    assert document.node(8).attributes == {"slope": 0.2}
    assert document.node(9).marks == ("backward", "prediction")
    assert document.node(11).slot == (0, 0, 0, "weight")
    assert document.inputs(7) == (3, 6)
    assert document.groups[10].template == "neuron"
    assert document.groups[10].arguments == {"activation": "tanh", "inputs": 1}
    assert document.groups[16].label == "pair"
    assert document.data == DataSettings("circle", 50, 0.25, 0.5)
    assert document.seeds == Seeds(1, 2, 3)
    assert document.training == TrainingSettings(
        "sum", "sgd", 0.3, "linear", 0.01, 100, 0.001, "weights", 7
    )
    assert document.link == "logit"
    assert document.view == View(1.5, (10.0, 20.0), frozenset({10}), 3, "batch", 16)
