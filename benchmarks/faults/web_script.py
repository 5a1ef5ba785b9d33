"""How a script speaks HTTP: one session, and two kinds of bad news."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TypeVar

import requests

from benchmarks.faults.route import Again, No

T = TypeVar("T")
_BUSY = 429
_TRIES = 3


@contextmanager
def session(headers: Mapping[str, str], logon: tuple[str, str] | None = None) -> Iterator[requests.Session]:
    """Begin a session that takes nothing from the environment."""
    with requests.Session() as made:
        made.trust_env = False
        made.auth = logon
        made.headers.update(headers)
        yield made


def written(send: Callable[[], requests.Response], read: Callable[[requests.Response], T]) -> T:
    """Write once, and *read* the answer.

    Raises:
        Again: there was no answer, none that can be read, or the server failed.
        No: the answer was no.
    """
    try:
        answer = send()
        if answer.status_code >= 500 or answer.status_code == _BUSY:
            raise Again(f"HTTP {answer.status_code}")
        if not answer.ok:
            raise No(answer.text)
        return read(answer)
    except (requests.RequestException, ValueError, LookupError) as error:  # also what is of no form
        raise Again(str(error)) from error


def asked(ask: Callable[[], requests.Response], read: Callable[[requests.Response], T]) -> T:
    """Ask until it is answered, a few times.

    Raises:
        Again: even the last time there was no answer.
    """
    for _ in range(_TRIES):
        try:
            return written(ask, read)
        except Again as error:
            lost = error
    raise lost
