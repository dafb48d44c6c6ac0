"""Runs the program in this process, as the tests of the command line need it."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from playground.cli import main

EXAMPLES = Path(__file__).parents[2] / "resources" / "examples"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a run of the program left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The JSON on standard output, which has no number that JSON does not know."""
        return json.loads(self.out, parse_constant=pytest.fail)

    @property
    def sentence(self) -> str:
        """The one sentence on standard error of a run that failed."""
        assert self.out == ""
        assert self.err.count("\n") == 1, self.err
        assert self.err.endswith(".\n"), self.err
        return self.err.strip()


Run = Callable[..., Answer]


def runner(capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs the program with arguments."""

    def run(*arguments: object) -> Answer:
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        return Answer(code, *capsys.readouterr())

    return run


def example(name: str) -> Path:
    """Return the path of a bundled example."""
    return EXAMPLES / f"{name}.mgp"
