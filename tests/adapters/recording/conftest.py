"""The four sandboxes as if they were vendors' own: running for the whole session, their contents stated by nobody."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from adapters.embedded import Embedded


@pytest.fixture(scope="module")
def vendors() -> Iterator[Embedded]:
    running = Embedded()
    yield running
    running.close()
