"""The bundled examples, as the welcome lists them: name, title and one line each."""

import json
from dataclasses import dataclass

import resources


@dataclass(frozen=True, slots=True)
class Example:
    """One example; `name` is what the session opens it by."""

    name: str
    title: str
    description: str


def examples() -> tuple[Example, ...]:
    """Read the index of the examples, in the order to show them."""
    index = json.loads(resources.read_text("examples/index.json"))
    return tuple(Example(**entry) for entry in index["examples"])
