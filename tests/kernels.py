"""The compiled kernels for tests: made once, and kept between runs under `build`."""

from pathlib import Path

import pytest

from engine.run import compiled

CACHE = Path(__file__).parents[1] / "build" / "kernels"


@pytest.fixture(scope="session")
def kernels() -> None:
    """Load the compiled runner; the first time it is compiled, which takes about a minute."""
    folder = CACHE / compiled.fingerprint()
    folder.mkdir(parents=True, exist_ok=True)
    refusal = compiled.load(str(folder))
    assert refusal is None, refusal
