"""A session for whoever tests something that hangs on one."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playground.session import Session


@pytest.fixture
def session(qapp) -> "Iterator[Session]":
    """Open a session with an empty document, and end it with its worker thread."""
    from playground.session import Session

    made = Session()
    yield made
    made.close()
