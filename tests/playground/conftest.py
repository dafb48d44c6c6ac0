"""A session for whoever tests something that hangs on one."""

import pytest


@pytest.fixture
def session(qapp):
    """Open a session with an empty document, and end it with its worker thread."""
    from playground.session import Session

    made = Session()
    yield made
    made.close()
