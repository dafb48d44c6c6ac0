"""Documents that are quick to train."""

import pytest

from engine.errors import accept
from engine.exchange.program import insert_text
from engine.graph.document import Document
from engine.graph.models import Model, model_document
from engine.graph.properties import set_mark, set_role, set_training, set_value
from engine.graph.records import DataSettings
from tests.playground.training.owner import Owner


@pytest.fixture
def descent() -> Document:
    """Hold L = (x - 3)**2 with the parameter x at 0."""
    document = Document()
    document.apply(accept(insert_text(document, "L = (x-3)**2", (0.0, 0.0))))
    x, loss = accept(document.find("x")), accept(document.find("L"))
    document.apply(accept(set_value(document, x, 0.0)))
    document.apply(accept(set_role(document, [x], "parameter")))
    document.apply(accept(set_mark(document, loss, "loss")))
    document.apply(accept(set_training(document, learning_rate=0.1)))
    return document


@pytest.fixture
def document() -> Document:
    """Hold a network of three neurons and one on twelve moons."""
    return accept(model_document(Model((3, 1), data=DataSettings("moons", samples=12))))


@pytest.fixture
def moons() -> Document:
    """Hold a network of 9 parameters on twenty moons, a quarter of them for the test."""
    data = DataSettings("moons", samples=20, test_share=0.25)
    return accept(model_document(Model((2, 1), data=data)))


@pytest.fixture
def own(qapp):
    """Give a document an owner, and end its training afterwards."""
    owners = []

    def made(document: Document) -> Owner:
        owners.append(Owner(document))
        return owners[-1]

    yield made
    for owner in owners:
        assert owner.training.close()
