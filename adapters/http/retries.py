"""Repeating what was only read, when the ERP could not answer; writes never come here."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import stamina

from ports.errors import Unavailable

T = TypeVar("T")
_ATTEMPTS = 3
_MOST_PATIENT = 60.0
"""Seconds; who is asked to wait longer is told so at once."""


def repeated(ask: Callable[[], T]) -> T:
    """Call *ask*, up to three times while the ERP is unavailable; waits as long as the ERP wants, if it says so.

    The arguments are bound inside *ask*: a retry's log line shows all that the library is given.

    Raises:
        Unavailable: even the last time, or the ERP wants a longer wait than a minute.
    """
    for attempt in stamina.retry_context(on=_wait, attempts=_ATTEMPTS, timeout=None):
        with attempt:
            return ask()
    raise AssertionError("the last attempt returns or raises")


def _wait(error: Exception) -> bool | float:
    if not isinstance(error, Unavailable):
        return False
    if error.retry_after is None:
        return True
    return error.retry_after if error.retry_after <= _MOST_PATIENT else False
