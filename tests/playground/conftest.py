"""A session for whoever tests something that hangs on one, and the command line."""

import pytest

from tests.playground.terminal import Run, runner


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the program in this process."""
    return runner(capsys)


@pytest.fixture
def session(qapp):
    """Open a session with an empty document, and end it with its worker thread."""
    from playground.session import Session

    made = Session()
    yield made
    made.close()


@pytest.fixture(scope="session", autouse=True)
def clipboard_is_left_empty(qapp):
    """Take back what was copied: Qt would destroy it when Python is gone already, and crash."""
    yield
    qapp.clipboard().clear()
