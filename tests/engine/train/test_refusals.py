"""What cannot be trained is refused in words."""

import pytest

from engine.errors import Refusal, accept
from engine.graph import verbs
from engine.graph.document import Document
from engine.graph.properties import set_data, set_frozen, set_role
from engine.train.trainer import Trainer
from tests.engine.train.documents import demo, graph, marked, parabola


def refused(document: Document) -> str:
    """Return why a document cannot be trained."""
    refusal = Trainer.build(document)
    assert isinstance(refusal, Refusal)
    return str(refusal)


def test_an_empty_document() -> None:
    assert refused(Document()).startswith("There is nothing to train: the canvas is empty")


def test_two_ends_and_no_mark() -> None:
    document = graph(("neg", (1,)), ("exp", (1,)), leaves=[("parameter", 1.0)])
    assert refused(document).startswith("There is nothing to make smaller")
    assert not isinstance(Trainer.build(marked(document, 3, "loss")), Refusal)


def test_no_parameter() -> None:
    document = graph(("neg", (1,)), leaves=[("constant", 1.0)])
    assert refused(document).startswith("There is nothing to train")


def test_a_loss_that_no_parameter_reaches() -> None:
    document = graph(("neg", (1,)), ("exp", (2,)), leaves=[("constant", 1.0), ("parameter", 1.0)])
    assert refused(marked(document, 3, "loss")).startswith("There is nothing to train")


def test_only_frozen_parameters() -> None:
    document = parabola()
    document.apply(accept(set_frozen(document, [1], True)))
    assert refused(document).startswith("There is nothing to train")


def test_a_missing_input() -> None:
    document = parabola()
    document.apply(accept(verbs.disconnect(document, 3, 1)))
    assert "an input is missing" in refused(document)


@pytest.mark.parametrize(("role", "count"), [("feature", 2), ("target", 1)])
def test_a_column_that_the_data_do_not_have(role: str, count: int) -> None:
    document = graph(("mul", (1, 2)), leaves=[("parameter", 1.0), ("constant", 1.0)])
    document.apply(accept(set_role(document, [2], role, index=2)))
    document.apply(accept(set_data(document, generator="moons")))
    words = f"v1 is {role} 3, and the data has {count}"
    assert refused(document).startswith(words)


def test_data_that_do_not_exist() -> None:
    document = demo()
    document.data = type(document.data)("rocks")
    assert refused(document).startswith("There is no data set 'rocks'")
