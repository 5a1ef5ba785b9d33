"""Leaving a test when a server of somebody else is not to be had."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from tests.real.servers.cache import BuildFailed
from tests.real.vendor import missing

T = TypeVar("T")


def needed(build: Callable[[], T]) -> T:
    """Give what *build* gives, or leave the test, with the reason, if this machine cannot build it."""
    try:
        return build()
    except BuildFailed as failure:
        missing(str(failure))
        raise
