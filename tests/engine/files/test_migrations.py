"""Older files are brought up to date step by step."""

from typing import Any

from engine.files.format import VERSION
from engine.files.migrations import MIGRATIONS, migrate


def test_every_older_version_has_its_step() -> None:
    assert set(MIGRATIONS) == set(range(1, VERSION))


def test_steps_are_taken_in_order_from_the_version_of_the_file() -> None:
    def step(name: str) -> Any:
        return lambda tree: {"steps": [*tree["steps"], name]}

    table = {1: step("one"), 2: step("two"), 3: step("three")}
    assert migrate({"steps": []}, 2, table, present=4) == {"steps": ["two", "three"]}
    assert migrate({"steps": []}, 4, table, present=4) == {"steps": []}
    assert migrate({"steps": []}, 9, table, present=4) == {"steps": []}
